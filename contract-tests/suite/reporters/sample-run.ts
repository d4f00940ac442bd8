import type { CaseRequest, CaseResult, Evidence, Kind, Outcome, RunResult } from '../vocabulary.ts'

/** A run for tests of the reporters: two operations, every kind and every outcome. */
export function sampleRun({ secret = 'word', failures = 2 }: { secret?: string; failures?: number } = {}): RunResult {
  const results: CaseResult[] = []
  const fields = ['name', 'email', 'country', 'phone', 'age', 'roles', 'address/city', 'address/zip']
  const rules = ['type', 'null', 'minLength', 'maxLength', 'pattern', 'format', 'enum', 'missing']
  let failed = 0
  for (const field of fields) {
    results.push(pass('accepts', `0/${field}/shortest`, `the shortest ${field}`))
    results.push(pass('accepts', `0/${field}/longest`, `the longest ${field}`))
    for (const [index, rule] of rules.entries()) {
      const id = `0/${field}/${rule}`
      const isFailure = (field.length + index) % 7 === 3 && failed < failures
      if (!isFailure) {
        results.push(pass('refuses', id, `a ${field} that breaks only its ${rule}`))
        continue
      }
      failed++
      const body = `[{"${field}":"O'Brien <script>alert(1)</script>","tag":"t1x2y3"}]`
      results.push({
        ...made('refuses', id, `a ${field} that breaks only its ${rule}`, 'fail', `${field} must satisfy its ${rule}`),
        breaches: [
          {
            rule: {
              text: `${field} must satisfy its ${rule}`,
              pointer: '#/components/schemas/Note',
              evidence: 'documented',
            },
            seen: `201, and the row in /created, with ${secret}`,
          },
        ],
        exchanges: [exchange(body, 201, `{"created":[{"id":"1"}],"failed":[],"echo":"${secret}"}`)],
      })
    }
  }
  results.push(pass('guards', 'no-credentials', 'without credentials'))
  results.push({
    ...made('guards', 'bad-token', 'with a wrong token', 'skipped'),
    reason: 'the run has no --bad-token',
    exchanges: [],
  })
  results.push({
    ...made(
      'failures',
      'email_already_exists',
      'email_already_exists shows',
      'note',
      'message is "Resources already exists"',
      'observed',
    ),
    breaches: [
      {
        rule: {
          text: 'the message is "Resources already exists"',
          pointer: '#/paths/~1notes/post',
          evidence: 'observed',
        },
        seen: `the message "exists, ${secret}"`,
      },
    ],
    exchanges: [exchange('[{}]', 201, '{"failed":[{"code":"email_already_exists"}]}')],
  })
  results.push({
    ...made('failures', 'quota_reached', 'quota_reached shows', 'unprovokable'),
    reason: 'It needs a plan that is used up.',
    exchanges: [],
  })
  const story = made(
    'stories',
    'created-can-be-read',
    'what was created can be read back',
    'fail',
    'a note can be read',
    'documented',
  )
  results.push({
    ...story,
    breaches: [{ rule: story.case.rule, seen: '\u001b[31mforged\u202E 404 instead of 200', exchange: 1 }],
    exchanges: [
      exchange('[{"name":"t1x2y3"}]', 201, '{"created":[{"id":"n_1"}]}'),
      {
        title: 'read it',
        request: {
          operationId: 'readNote',
          method: 'GET',
          path: `/notes/n_1?q=${encodeURIComponent(secret)}`,
          headers: {},
        },
        reply: {
          status: 404,
          headers: { 'content-type': 'text/html', 'x-echo': secret },
          text: '<h1>no</h1>',
          duration: 3,
        },
      },
    ],
  })
  results.push({
    ...made('accepts', 'plain', 'a plain note', 'fail', 'a valid note is accepted', 'documented', 'replaceNote'),
    reason: `127.0.0.1:1: the connection was closed before a reply came (${secret})`,
    exchanges: [{ title: 'replace', request: request('{"text":"x"}', 'replaceNote') }],
  })
  return {
    api: { name: 'notes', title: 'Notes & more', version: '2026-11' },
    url: 'http://127.0.0.1:4010/api/v0',
    seed: 'rollcall',
    tag: 't1x2y3',
    strict: 'documented',
    startedAt: '2026-11-22T10:00:00.000Z',
    duration: 12_345,
    results,
    dropped: [{ id: 'addNote/refuses/0/phone/type', reason: 'it breaks two rules' }],
    leftovers: [{ what: `note n_7 of ${secret}`, reason: 'DELETE answered 500', foreseen: false }],
    remarks: [],
  }
}

/** Many cases of twelve operations with long names, sixty findings, and replies longer than any report shows. */
export function largeRun(cases = 1000): RunResult {
  const kinds: readonly Kind[] = ['accepts', 'refuses', 'guards', 'failures', 'stories']
  const others: readonly Outcome[] = ['pass', 'pass', 'pass', 'not-reached', 'skipped']
  const text = JSON.stringify({
    rows: Array.from({ length: 150 }, (_, at) => ({ id: `row_${at}`, name: 'x'.repeat(40) })),
  })
  const wide = 'w'.repeat(300)
  const results = Array.from({ length: cases }, (_, at): CaseResult => {
    const operationId = `operation${at % 12}${at % 12 === 5 ? wide : ''}`
    const kind = kinds[at % 5] as Kind
    const rest = `0/member${at % 9}${at % 100 === 7 ? wide : ''}/${at % 2 ? 'longest' : 'shortest'}-${at}`
    const outcome = at % 3 === 0 ? 'fail' : at % 50 === 1 ? 'note' : (others[at % 5] as Outcome)
    const result = made(kind, rest, `the case ${at} of all`, outcome, `case ${at} holds`, 'documented', operationId)
    const rule = {
      text: `rule ${(at / 3) % 60} holds`,
      pointer: '#/components/schemas/Note',
      evidence: 'documented',
    } as const
    const noted = { ...rule, text: 'what nobody documented holds', evidence: 'observed' } as const
    return {
      ...result,
      ...(outcome === 'not-reached' && { reason: `an earlier step had no result ${wide}` }),
      ...(outcome === 'skipped' && { reason: 'the run has no --bad-token' }),
      breaches:
        outcome === 'fail' ? [{ rule, seen: `201 ${wide}` }] : outcome === 'note' ? [{ rule: noted, seen: 'x' }] : [],
      exchanges: outcome === 'skipped' ? [] : [exchange(text, 201, text)],
    }
  })
  const run = sampleRun()
  const leftovers = Array.from({ length: 100 }, (_, at) => ({
    what: `note n_${at} ${wide}`,
    reason: 'no',
    foreseen: at > 9,
  }))
  return { ...run, results, leftovers, remarks: [`--param ${wide} lets more`], url: `http://127.0.0.1:4010/${wide}` }
}

function made(
  kind: Kind,
  rest: string,
  title: string,
  outcome: Outcome,
  text = `${rest} holds`,
  evidence: Evidence = 'documented',
  operationId = 'addNote',
): CaseResult {
  const rule = { text, pointer: '#/paths/~1notes/post/requestBody', evidence }
  return {
    case: { id: `${operationId}/${kind}/${rest}`, operationId, kind, title, rule },
    outcome,
    breaches: [],
    exchanges: [],
    duration: 4.2,
  }
}

const pass = (kind: Kind, rest: string, title: string): CaseResult => ({
  ...made(kind, rest, title, 'pass'),
  exchanges: [exchange('[{"name":"t1x2y3"}]', 201, '{"created":[],"failed":[]}')],
})

const request = (body: string, operationId = 'addNote'): CaseRequest => ({
  operationId,
  method: 'POST',
  path: '/notes',
  headers: { 'content-type': 'application/json' },
  body,
})

const exchange = (body: string, status: number, text: string) => ({
  title: 'send it',
  request: request(body),
  reply: { status, headers: { 'content-type': 'application/json' }, text, duration: 4 },
})

/** The document that the sample's pointers lead into. */
export const SAMPLE_DOCUMENT = `openapi: 3.1.0
info: { title: Notes & more, version: '2026-11' }
servers:
  - url: https://notes.example.test/api/v0
security:
  - bearer: []
paths:
  /notes:
    post:
      operationId: addNote
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { $ref: '#/components/schemas/Note' } }
      responses:
        '201': { description: Every note was handled }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas:
    Note:
      type: object
      properties:
        name: { type: string, minLength: 1, maxLength: 80 } # as printed
        email: { type: string, format: email }
`
