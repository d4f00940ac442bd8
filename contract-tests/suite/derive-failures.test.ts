import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { createKit } from './case-kit.ts'
import { deriveFailures } from './derive-failures.ts'
import { numberNames } from './number-names.ts'
import type { Case, JudgedReply, StepRun } from './vocabulary.ts'

const ENTRY = { id: 'taken', level: 'row', at: '/failed/*', when: 'The name is taken.', evidence: 'documented' }
const BODY = {
  type: 'object',
  required: ['rows'],
  properties: {
    rows: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    mail: { type: 'boolean', 'x-run': { value: false } },
  },
}
const casesOf = (...failures: Json[]): Case[] =>
  deriveFailures(createKit(documentOf(BODY, { 'x-failures': failures }), { tag: 'tagged12' }), numberNames())
const reply = (body: Json, status = 201): JudgedReply => ({
  status,
  headers: {},
  text: JSON.stringify(body),
  duration: 1,
  body,
})

/** Runs a case against fixed replies. */
function play(one: Case, replies: readonly JudgedReply[]) {
  const run = { requests: [] as Json[], replies: [] as JudgedReply[] }
  const breaches = one.steps.map((step, index) => {
    const request = step.follow ? step.follow(run as StepRun) : step.request
    const said = replies[index] as JudgedReply
    const found = step.judge(said, run as StepRun)
    run.requests.push(request)
    run.replies.push(said)
    return found.map(({ rule }) => rule.text)
  })
  return { breaches, bodies: run.requests.map(({ body }) => body && JSON.parse(body)), requests: run.requests }
}

describe('failures', () => {
  it('follows a reference, and says where the failure stands', () => {
    const document = documentOf(
      BODY,
      { 'x-failures': [{ $ref: '#/paths/~1others/x-taken' }] },
      { '/others': { 'x-taken': ENTRY } },
    )
    const [one] = deriveFailures(createKit(document, { tag: 'tagged12' }), numberNames())
    expect(one).toMatchObject({
      id: 'create/failures/taken',
      rule: { text: 'The name is taken.', pointer: '#/paths/~1others/x-taken/when', evidence: 'documented' },
    })
  })

  it('are tried with the requests that the document gives, the same value in all of them', () => {
    const [one] = casesOf({ ...ENTRY, provoke: [{ rows: [{ name: '{tag}' }] }, { rows: [{ name: '{tag}' }] }] }) as [
      Case,
    ]
    const { breaches, bodies } = play(one, [reply({}), reply({ failed: ['taken'] })])
    expect(one).toMatchObject({
      id: 'create/failures/taken',
      kind: 'failures',
      rule: { text: 'The name is taken.', evidence: 'documented' },
    })
    expect(bodies[0]).toEqual({ rows: [{ name: expect.stringMatching(/^tagged12.{8}$/) }], mail: false })
    expect(bodies[1]).toEqual(bodies[0])
    expect(breaches).toEqual([[], []])
  })

  it('are missed where the last reply does not show them', () => {
    const [one] = casesOf({ ...ENTRY, provoke: [{ rows: [{ name: '{tag}' }] }] }) as [Case]
    expect(play(one, [reply({ failed: [] })]).breaches).toEqual([['taken: /failed/* is taken']])
  })

  it('are told from requests that only prepare them', () => {
    const [one] = casesOf({ ...ENTRY, provoke: [{ rows: [] }, { rows: [] }] }) as [Case]
    expect(play(one, [reply({}, 500), reply({ failed: ['taken'] })]).breaches).toEqual([
      ['a valid request is accepted'],
      [],
    ])
  })

  it('take over what earlier replies said', () => {
    const [one] = casesOf({ ...ENTRY, provoke: [{ rows: [] }, { rows: [{ name: '$response.body#/made/0' }] }] }) as [
      Case,
    ]
    expect(play(one, [reply({ made: ['it'] }), reply({ failed: ['taken'] })]).bodies[1].rows).toEqual([{ name: 'it' }])
  })

  it('are told to be unprovokable, with the reason', () => {
    const [told, silent] = casesOf({ ...ENTRY, provoke: 'Only by luck.' }, { ...ENTRY, id: 'silent' }) as [Case, Case]
    expect([told.unprovokable, told.steps]).toEqual(['Only by luck.', []])
    expect(silent.unprovokable).toBe('the document does not say how to provoke it')
  })

  it('need a wrong token where they are about one', () => {
    const [bad, none] = casesOf(
      { ...ENTRY, provoke: [{ credentials: 'bad' }] },
      { ...ENTRY, id: 'none', provoke: [{ credentials: 'none' }] },
    ) as [Case, Case]
    expect([bad.needs, none.needs]).toEqual(['bad-token', undefined])
    expect(play(none, [reply({ failed: ['none'] })]).requests[0].credentials).toBe('none')
  })
})
