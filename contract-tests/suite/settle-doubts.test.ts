import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { verify } from './verify.ts'
import type { CaseRequest, RunResult } from './vocabulary.ts'

const THING = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, size: { type: 'integer', minimum: 0 } },
}
const OK = { description: 'Done' }
const ID = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
const QUERY = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } }

/** A document whose `create` has these members besides, with a reading of a thing. */
const document = (create: Json = {}, get: Json = {}) =>
  documentOf(
    THING,
    { 'x-role': undefined, security: [], responses: { 201: OK, 400: OK }, ...create },
    {
      '/things/{id}': {
        get: { operationId: 'read', security: [], parameters: [...ID, QUERY], responses: { 200: OK, 404: OK }, ...get },
      },
    },
  )

/** Runs all cases against a server that answers so. */
const run = (contract: ReturnType<typeof document>, answer: (request: CaseRequest) => number, more: Json = {}) =>
  verify({
    document: contract,
    name: 'things',
    seed: 'a',
    allowChanges: true,
    send: async (request) => ({ status: answer(request), headers: {}, text: '', duration: 1 }),
    ...more,
  })

/** How many cases of an operation came out how. */
const countsOf = ({ results }: RunResult, operation: string, kind?: string) => {
  const counts: Record<string, number> = {}
  for (const { case: one, outcome } of results) {
    if (one.operationId === operation && (kind === undefined || one.kind === kind))
      counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}
const resultOf = ({ results }: RunResult, id: string) => results.find(({ case: one }) => one.id === id)
const bodyOf = ({ body = '' }: CaseRequest): Json =>
  body.startsWith('{"') && body.endsWith('}') ? JSON.parse(body) : {}
const isThing = (request: CaseRequest) => {
  const { name, size = 0 } = bodyOf(request)
  const isJson = request.headers['content-type']?.toLowerCase().startsWith('application/json') === true
  return isJson && typeof name === 'string' && Number.isInteger(size) && size >= 0
}

describe('a server that knows nothing', () => {
  it('passes nothing and fails nothing with 404: what was asked for is nobody’s', async () => {
    const result = await run(document(), () => 404)
    expect(Object.keys(countsOf(result, 'read'))).toEqual(['not-reached'])
    expect(Object.keys(countsOf(result, 'create'))).toEqual(['not-reached'])
    expect(result.remarks).toEqual([
      'create: no valid request was accepted (404); it may not be there',
      'read: no valid request was accepted (404); name one that is there: --param id=…',
      expect.stringMatching(/^404 is not documented for create/),
    ])
  })

  it('fails where what is not there was given as being there', async () => {
    const result = await run(document(), () => 404, { params: { id: 'a1' } })
    expect(resultOf(result, 'read/accepts/plain')).toMatchObject({ outcome: 'fail', breaches: [{ seen: '404 ' }] })
  })

  it('fails where it fails of itself, and is noted where another stands before it', async () => {
    const broken = await run(document(), () => 500)
    expect(countsOf(broken, 'read', 'accepts')).toEqual({ fail: 3 })
    const away = await run(document(), () => 503)
    expect(countsOf(away, 'read', 'accepts')).toEqual({ note: 3 })
  })
})

describe('a valid request that is refused', () => {
  const refusing = (isRefused: (request: CaseRequest) => boolean) => (request: CaseRequest) =>
    request.operationId === 'read' ? 404 : isRefused(request) || !isThing(request) ? 400 : 201

  it('fails where the same without that one thing is accepted, and shows that', async () => {
    const result = await run(
      document(),
      refusing((request) => bodyOf(request).size === 0),
    )
    const failed = result.results.filter(({ outcome }) => outcome === 'fail')
    expect(failed.map(({ case: one }) => one.id)).toEqual(['create/accepts/size/minimum'])
    const [{ breaches, exchanges }] = failed as [(typeof failed)[0]]
    expect(breaches).toMatchObject([{ seen: '400 ', exchange: 0 }])
    expect(breaches[0]).not.toHaveProperty('doubt')
    expect(exchanges.map(({ title, reply }) => [title, reply?.status])).toEqual([
      [expect.stringContaining('size'), 400],
      ['without it: the same without it', 201],
    ])
  })

  it.each([414, 431])('is not reached where it made its URL or headers too long for the server: %s', async (status) => {
    const isSmall = (request: CaseRequest) => bodyOf(request).size === 0
    const result = await run(document(), (request) => (isSmall(request) ? status : refusing(() => false)(request)))
    const id = 'create/accepts/size/minimum'
    expect(resultOf(result, id)).toMatchObject({ outcome: 'not-reached', breaches: [] })
  })

  it('is not reached where it is accepted by now: what stood against it is gone', async () => {
    let isThere = true
    const result = await run(
      document(),
      refusing((request) => bodyOf(request).size === 0 && isThere && !(isThere = false)),
    )
    expect(resultOf(result, 'create/accepts/size/minimum')).toMatchObject({ outcome: 'not-reached', breaches: [] })
  })

  it('fails too where it is tried alone', async () => {
    const result = await run(
      document(),
      refusing((request) => bodyOf(request).size === 0),
      {
        only: 'create/accepts/size/minimum',
      },
    )
    expect(result.results).toMatchObject([{ outcome: 'fail' }])
  })

  it('is not reached where all members together are too much', async () => {
    const result = await run(
      document(),
      refusing((request) => bodyOf(request).size > 0),
    )
    expect(resultOf(result, 'create/accepts/all')).toMatchObject({
      outcome: 'not-reached',
      reason: 'a valid request was refused, and the document does not say why: 400 ',
    })
  })

  it('fails where requests like it are accepted', async () => {
    let first = true
    const result = await run(
      document(),
      refusing(() => first && !(first = false)),
    )
    expect(resultOf(result, 'create/accepts/plain')).toMatchObject({ outcome: 'fail' })
  })

  it('is a failure at once where the document lists its refusals, and this is none of them', async () => {
    const failure = { id: 'taken', level: 'request', at: '/code', when: 'It is taken.', provoke: 'Nobody can.' }
    const listed = (status: number) => document({ 'x-failures': [{ ...failure, status }] })
    expect(countsOf(await run(listed(409), () => 400), 'create', 'accepts')).not.toHaveProperty('not-reached')
    expect(Object.keys(countsOf(await run(listed(400), () => 400), 'create', 'accepts'))).toEqual(['not-reached'])
  })
})

describe('a rule that no schema can say', () => {
  const date = (examples: Json) => ({ type: 'string', format: 'date-time', ...examples })
  const silence = (examples: Json = {}): Json => ({
    type: 'object',
    required: ['from'],
    properties: { from: date(examples), to: date(examples), note: { type: 'string', maxLength: 40 } },
  })
  const future = { examples: ['2999-01-01T00:00:00Z'] }
  const isFuture = (value: Json) => value === undefined || Date.parse(value) > Date.now()
  const inFuture = (request: CaseRequest) =>
    isFuture(bodyOf(request).from) && isFuture(bodyOf(request).to) && bodyOf(request).from ? 201 : 400
  const failures = ({ results }: RunResult) =>
    results.filter(({ case: one, outcome }) => one.kind === 'accepts' && outcome === 'fail')
  const silences = (schema: Json, media: Json = {}) =>
    document({ requestBody: { content: { 'application/json': { schema, ...media } } } })

  it.each<[what: string, contract: ReturnType<typeof document>]>([
    ['in the examples of the members', silences(silence(future))],
    ['in the example of the whole body', silences(silence(), { example: { from: '2999-01-01T00:00:00Z' } })],
  ])('holds for what is sent where the document has values that keep it: %s', async (_, contract) => {
    const result = await run(contract, inFuture)
    expect(resultOf(result, 'create/accepts/plain')?.outcome).toBe('pass')
    expect(failures(result)).toEqual([])
  })

  it('fails nobody where the document has none', async () => {
    const result = await run(silences(silence()), inFuture)
    expect(failures(result)).toEqual([])
    expect(countsOf(result, 'create', 'accepts')).toHaveProperty('not-reached')
  })

  it('hides no failure: an offset is refused where the same moment in UTC is not', async () => {
    const noOffset = (request: CaseRequest) => (bodyOf(request).to?.includes('+') ? 400 : inFuture(request))
    const failed = failures(await run(silences(silence(future)), noOffset))
    expect(failed.map(({ case: one }) => one.id)).toEqual(['create/accepts/to/format/with an offset'])
  })
})

describe('an answer that is documented', () => {
  it.each<[what: string, responses: Json, status: number]>([
    ['a redirection beside a success', { 200: OK, 302: OK }, 302],
    ['a redirection of a range', { '3XX': OK }, 304],
    ['an error, where nothing else is', { 404: OK }, 404],
    ['that it is gone, where nothing else is', { 410: OK }, 410],
    ['whatever it is', { default: OK }, 404],
  ])('is a pass: %s', async (_, responses, status) => {
    const result = await run(document({}, { responses }), () => status)
    expect(resultOf(result, 'read/accepts/plain')?.outcome).toBe('pass')
  })

  it.each<[what: string, responses: Json, status: number]>([
    ['another success than the documented one', { 200: OK }, 202],
    ['a redirection that nobody announced', { 200: OK }, 302],
  ])('is not: %s', async (_, responses, status) => {
    const result = await run(document({}, { responses }), () => status)
    expect(resultOf(result, 'read/accepts/plain')?.outcome).toBe('fail')
  })
})

describe('a refusal that the document does not list', () => {
  const EVERYTHING = { strict: 'assumed' }
  const to = (status: number) => (request: CaseRequest) =>
    request.operationId === 'create' && isThing(request) ? 201 : status

  it.each([409, 415, 422])('is one: %s is told once, and fails nobody', async (status) => {
    const result = await run(document(), to(status), EVERYTHING)
    expect(Object.keys(countsOf(result, 'create', 'refuses'))).toEqual(['pass'])
    expect(result.remarks).toContainEqual(
      expect.stringMatching(new RegExp(`^${status} is not documented for create.* \\(\\d+ replies\\)$`)),
    )
  })

  it.each([401, 403, 404, 410, 429])('says nothing of what was invalid: %s', async (status) => {
    const result = await run(document(), to(status), EVERYTHING)
    expect(Object.keys(countsOf(result, 'create', 'refuses'))).toEqual(['not-reached'])
    expect(resultOf(result, 'create/refuses/size/minimum')?.reason).toMatch(/^it may have been refused for another/)
  })

  it('is as good as any where the document lists none', async () => {
    const result = await run(document({ responses: { 201: OK } }), to(400), EVERYTHING)
    expect(Object.keys(countsOf(result, 'create', 'refuses'))).toEqual(['pass'])
  })

  it('is told in one line for all operations, of which five are named', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 23 }, (_, at) => [
        `/things/${at}`,
        { get: { operationId: `read${at}`, security: [], responses: { 200: OK } } },
      ]),
    )
    const result = await run(documentOf(THING, { 'x-role': undefined }, paths), () => 403, { grep: 'read' })
    const told = result.remarks.filter((remark) => remark.includes('not documented'))
    expect(told).toEqual([
      expect.stringMatching(/^403 is not documented for (?:read\d+, ){4}read\d+ and 18 more \(\d+ replies\)$/),
    ])
  })
})

describe('a valid request that is answered 404', () => {
  const isPut = ({ operationId }: CaseRequest) => operationId === 'put'
  const put = (schema: Json) =>
    documentOf(
      THING,
      { 'x-role': undefined, security: [], responses: { 201: OK, 400: OK } },
      {
        '/boxes/{id}': {
          put: {
            operationId: 'put',
            security: [],
            parameters: ID,
            requestBody: { content: { 'application/json': { schema } } },
            responses: { 200: OK, 400: OK },
          },
        },
      },
    )
  const given = { params: { id: 'a1' }, select: ({ operationId }: { operationId: string }) => operationId === 'put' }

  it('fails where all that it names is there', async () => {
    const result = await run(put(THING), () => 404, given)
    expect(resultOf(result, 'put/accepts/plain')?.outcome).toBe('fail')
  })

  it('does not where it refers to something besides: that may be nobody’s', async () => {
    const schema = { type: 'object', required: ['ownerId'], properties: { ownerId: { type: 'string' } } }
    const result = await run(put(schema), () => 404, given)
    expect(countsOf(result, 'put', 'accepts')).toEqual({ 'not-reached': expect.any(Number) })
  })

  it.each([404, 422])('or %s does not where the one thing that differs is a reference', async (status) => {
    const owner = { type: 'integer', minimum: 1, maximum: 9 }
    const schema = { type: 'object', properties: { ownerId: owner, size: owner } }
    const hasOwner = (request: CaseRequest) => isPut(request) && bodyOf(request).ownerId !== undefined
    const result = await run(put(schema), (request) => (hasOwner(request) ? status : 200), given)
    expect(resultOf(result, 'put/accepts/ownerId/minimum')?.outcome).toBe('not-reached')
    const hasSize = (request: CaseRequest) => isPut(request) && bodyOf(request).size === 1
    const other = await run(put(schema), (request) => (hasSize(request) ? status : 200), given)
    expect(resultOf(other, 'put/accepts/size/minimum')?.outcome).toBe('fail')
  })

  it('does not where the name was chosen by the run: the server may have given it another', async () => {
    const things = (shown: Json) =>
      verify({
        document: documentOf(
          THING,
          { 'x-role': undefined, security: [], responses: { 201: OK } },
          {
            '/things/{name}': {
              delete: {
                operationId: 'remove',
                security: [],
                parameters: [{ ...ID[0], name: 'name' }],
                responses: { 204: OK },
              },
            },
          },
        ),
        name: 'things',
        seed: 'a',
        allowChanges: true,
        select: ({ operationId }) => operationId === 'remove',
        send: async (request) => {
          const isMade = request.operationId === 'create'
          const text = isMade ? JSON.stringify({ ...bodyOf(request), ...shown }) : ''
          return { status: isMade ? 201 : 404, headers: { 'content-type': 'application/json' }, text, duration: 1 }
        },
      })
    expect(resultOf(await things({}), 'remove/accepts/plain')?.outcome).toBe('not-reached')
    expect(resultOf(await things({ name: 'x4711' }), 'remove/accepts/plain')?.outcome).toBe('fail')
  })

  it('does not where what differs is a text, which may name something', async () => {
    const word = { type: 'string', maxLength: 5 }
    const find = put({ type: 'object', properties: { word } })
    const result = await run(find, (request) => (bodyOf(request).word?.length === 5 ? 404 : 200), {
      select: given.select,
    })
    expect(resultOf(result, 'put/accepts/word/longest')?.outcome).toBe('not-reached')
  })
})

it.each([409, 412, 423, 428, 429])(
  'a valid request that is refused with %s is not: it is the state or the pace',
  async (status) => {
    let first = true
    const result = await run(document(), (request) =>
      request.operationId === 'create' && first && !(first = false) ? status : isThing(request) ? 201 : 400,
    )
    expect(resultOf(result, 'create/accepts/plain')?.outcome).toBe('not-reached')
  },
)

describe('a text of which nothing is said', () => {
  const inQuery = (schema: Json) => ({ name: 'find', in: 'query', schema })
  const refusing = (member: string) => (request: CaseRequest) =>
    request.path.includes(`${member}=`) || bodyOf(request)[member] !== undefined ? 400 : 200

  it('fails nobody where it is refused in a query: it may be an expression', async () => {
    const find = async (schema: Json) => {
      const result = await run(document({}, { parameters: [...ID, inQuery(schema)] }), refusing('find'), {
        params: { id: '1' },
      })
      return (
        resultOf(result, 'read/accepts/query/find/alone')?.outcome ??
        resultOf(result, 'read/accepts/query/find/example')?.outcome
      )
    }
    expect(await find({ type: 'string' })).toBe('not-reached')
    expect(await find({ type: 'array', items: { type: 'string' } })).toBe('not-reached')
    expect(await find({ type: 'string', example: 'name=Rex' })).toBe('fail')
  })

  it('fails nobody where it is called as things with paths of their own are', async () => {
    const asked = async (member: string) => {
      const contract = documentOf(
        { ...THING, properties: { ...THING.properties, [member]: { type: 'array', items: { type: 'string' } } } },
        { 'x-role': undefined, security: [], responses: { 201: OK, 400: OK } },
        {
          '/shelves/{shelf}': {
            get: { operationId: 'shelf', parameters: [{ ...ID[0], name: 'shelf' }], responses: { 200: OK } },
          },
        },
      )
      return resultOf(await run(contract, refusing(member)), `create/accepts/${member}/alone`)?.outcome
    }
    expect(await asked('shelves')).toBe('not-reached')
    expect(await asked('colors')).toBe('fail')
  })
})

describe('a declared 5xx for what is invalid', () => {
  const declared = document({ responses: { 201: OK, 400: OK, 500: OK } })

  it('says nothing of it where what is valid is answered alike', async () => {
    const result = await run(declared, () => 500)
    expect(Object.keys(countsOf(result, 'create', 'refuses'))).toEqual(['not-reached'])
  })

  it('is a failure where what is valid is accepted, or refused otherwise', async () => {
    for (const valid of [201, 404]) {
      const result = await run(declared, (request) => (isThing(request) ? valid : 500))
      expect(countsOf(result, 'create', 'refuses')).toMatchObject({ fail: expect.any(Number) })
    }
  })
})

it.each([
  [400, 'an example in the document may say what it takes'],
  [403, 'it may need another credential'],
  [404, 'it may not be there'],
])('a remark on an operation that answers nothing but %i says what may help: %s', async (status, help) => {
  const { remarks } = await run(document(), () => status)
  expect(remarks).toContain(`create: no valid request was accepted (${status}); ${help}`)
})
