import { describe, expect, it } from 'vitest'
import type { DeclaredFailure, DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { createKit } from './case-kit.ts'
import { judgeAccepted, judgeFailure, judgeGuarded, judgeRefused } from './judge-outcome.ts'
import type { Rule, Step } from './vocabulary.ts'

const ROW: DeclaredFailure = {
  pointer: '#/paths/~1things/post/x-failures/0',
  id: 'taken',
  level: 'row',
  at: '/failed/*/code',
  messageAt: '/failed/*/text',
  message: '{name} is taken',
  when: 'taken',
  evidence: 'documented',
}
const TOLD: DeclaredFailure = {
  pointer: '#/paths/~1things/post/x-failures/1',
  id: 'told',
  level: 'row',
  at: '/errors/*',
  code: null,
  message: 'No {name}',
  when: 'told',
  evidence: 'documented',
}
const WHOLE: DeclaredFailure = {
  pointer: '#/paths/~1things/post/x-failures/2',
  id: 'bad',
  level: 'request',
  status: 400,
  at: '/error',
  code: 'BAD',
  when: 'bad',
  evidence: 'observed',
}

const kit = createKit(
  documentOf(
    { type: 'object' },
    {
      'x-failures': [ROW, TOLD, WHOLE],
      responses: {
        '201': { description: '' },
        '400': { description: '' },
        '401': { description: '' },
        '403': { description: '', 'x-evidence': 'assumed' },
      },
    },
  ),
)
const operation: DeclaredOperation = kit.builderOf('create').operation
const rule: Rule = { text: 'name has a length', pointer: '#/x', evidence: 'documented' }
const judged = (judge: Step['judge'], status: number, body: Json = {}) =>
  judge({ status, headers: {}, text: JSON.stringify(body), duration: 1, body }, { replies: [], requests: [] }).map(
    (breach) => `${breach.rule.evidence}: ${breach.rule.text}`,
  )

describe('what keeps every rule', () => {
  const judge = judgeAccepted(operation, rule)

  it('is accepted with any success', () =>
    expect([200, 201, 202].map((status) => judged(judge, status))).toEqual([[], [], []]))

  it('is not refused', () =>
    expect([400, 401, 500, 302].map((status) => judged(judge, status))).toEqual(
      Array(4).fill(['documented: name has a length']),
    ))

  it('is only noted when a row of it fails', () => {
    expect(judged(judge, 201, { failed: [{ code: 'other' }] })).toEqual([
      'assumed: name has a length, and no row fails',
    ])
    expect(judged(judge, 201, { failed: [], errors: [] })).toEqual([])
  })
})

describe('what breaks a rule', () => {
  const judge = judgeRefused(kit, operation, rule)

  it('is refused with the declared status, or as any gateway does', () =>
    expect([400, 413, 415].map((status) => judged(judge, status))).toEqual([[], [], []]))

  it('is not accepted', () => expect(judged(judge, 200)).toEqual(['documented: name has a length']))

  it('is noted where only the row is refused', () =>
    expect(judged(judge, 201, { errors: ['no'] })).toEqual([
      'observed: name has a length, or the whole request is refused',
    ]))

  it('is refused, not answered with 5xx', () =>
    expect(judged(judge, 500)[0]).toContain(
      'documented: name has a length; a request that breaks it is refused, not answered with 5xx',
    ))

  it('is noted where the status is another', () =>
    expect(judged(judge, 418)).toEqual(['observed: name has a length; otherwise the status is 400']))

  it('may be refused as what a document says of any other status has it', () => {
    const responses = { '200': { description: '' }, default: { description: '' } }
    const refusing = (own: Json) => {
      const open = createKit(documentOf({ type: 'object' }, { responses: { ...responses, ...own } }))
      return judgeRefused(open, open.builderOf('create').operation, rule)
    }
    expect([400, 422, 409].map((status) => judged(refusing({}), status))).toEqual([[], [], []])
    expect(judged(refusing({ '422': { description: '' } }), 422)).toEqual([])
    expect(judged(refusing({ '422': { description: '' } }), 409)).toEqual([
      'observed: name has a length; otherwise the status is 422',
    ])
  })

  it('may be refused in another usual way, which is told elsewhere', () => expect(judged(judge, 422)).toEqual([]))
})

describe('who is not let in', () => {
  it('is told so with the declared status', () => {
    expect(judged(judgeGuarded(kit, operation, rule, 'none'), 401)).toEqual([])
    expect(judged(judgeGuarded(kit, operation, rule, 'bad'), 403)).toEqual([])
  })

  it('is not let in', () => {
    for (const credentials of ['none', 'bad', 'other-scheme'] as const) {
      expect(judged(judgeGuarded(kit, operation, rule, credentials), 201)).toEqual(['documented: name has a length'])
    }
  })

  it('is noted where the status is another', () => {
    expect(judged(judgeGuarded(kit, operation, rule, 'none'), 403)).toEqual([
      'documented: name has a length: status 401',
    ])
    expect(judged(judgeGuarded(kit, operation, rule, 'bad'), 404)).toEqual([
      'assumed: name has a length: status 401 or 403',
    ])
  })

  it('may be answered with 401 where a document names 403 alone', () => {
    const forbidding = documentOf(
      { type: 'object' },
      { responses: { '201': { description: 'Created' }, '403': { description: 'No' } } },
    )
    const forbiddingKit = createKit(forbidding)
    const own = forbidding.operation('create') as DeclaredOperation
    const guarded = (status: number) => judged(judgeGuarded(forbiddingKit, own, rule, 'none'), status)
    expect(guarded(403)).toEqual([])
    expect(guarded(401)).toEqual(['assumed: name has a length: status 403'])
    expect(guarded(404)).toEqual(['documented: name has a length: status 403'])
  })
})

describe('a business failure', () => {
  const rows = [{ name: 'Ada' }, { name: 'Bob' }]
  const row = judgeFailure(kit, operation, ROW, rows)
  const told = judgeFailure(kit, operation, TOLD, rows)
  const whole = judgeFailure(kit, operation, WHOLE, [])

  it('shows its code and message where the document says', () => {
    expect(judged(row, 201, { failed: [{ code: 'taken', text: 'Bob is taken' }] })).toEqual([])
    expect(judged(told, 201, { errors: ['No Ada'] })).toEqual([])
    expect(judged(whole, 400, { error: 'BAD' })).toEqual([])
  })

  it('is seen to have another code, message or place', () => {
    expect(judged(row, 201, { failed: [{ code: 'other', text: 'Bob is taken' }] })).toEqual([
      'documented: taken: /failed/*/code is taken',
    ])
    expect(judged(row, 201, { failed: [{ code: 'taken', text: 'Eve is taken' }] })).toEqual([
      'documented: taken: /failed/*/text is "Ada is taken"',
    ])
    expect(judged(row, 201, { errors: [{ code: 'taken' }] })).toHaveLength(2)
    expect(judged(told, 201, { errors: ['No'] })).toEqual(['documented: told: /errors/* is "No Ada"'])
    expect(judged(whole, 400, { error: 'GOOD' })).toEqual(['observed: bad: /error is BAD'])
  })

  it('is of its level', () => {
    expect(judged(row, 400)).toEqual(['documented: taken: the row is refused, not the request'])
    expect(judged(whole, 200)).toEqual(['observed: bad: the request is refused'])
    expect(judged(whole, 409, { error: 'BAD' })).toEqual(['observed: bad: status is 400'])
  })
})

describe('the cause of what was accepted', () => {
  const causeOf = (text: string, pointer = '#/components/schemas/Word/type') => {
    const judge = judgeRefused(kit, operation, { text, pointer, evidence: 'documented' })
    const reply = { status: 201, headers: {}, text: '{}', duration: 1, body: {} }
    return judge(reply, { replies: [], requests: [] })[0]?.cause
  }

  it('is one for all places that one schema makes one demand of', () => {
    const causes = ['/0/name', '/0/address/city', 'body'].map((place) => causeOf(`${place} must be string`))
    expect(new Set(causes).size).toBe(1)
  })

  it('is another for another demand, or another schema', () => {
    const [one, ...others] = [
      causeOf('/name must be string'),
      causeOf('/name must be one of a, b'),
      causeOf('/name must be string', '#/components/schemas/Other/type'),
      causeOf('query name must be string'),
    ]
    expect(others).not.toContain(one)
    expect(one).toBeDefined()
  })
})
