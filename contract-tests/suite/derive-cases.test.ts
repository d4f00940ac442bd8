import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { loadDocument } from '../load-document.ts'
import { casesOf } from './derive-cases.ts'
import { numberNames } from './number-names.ts'
import type { JudgedReply } from './vocabulary.ts'

const text = (rules: Json = {}): Json => ({ type: 'string', ...rules })
const either = (...alternatives: Json[]): Json => ({
  type: 'object',
  oneOf: alternatives.map((properties) => ({ type: 'object', required: Object.keys(properties), properties })),
})
const failure = (when: string): Json => ({ id: 'taken', level: 'row', at: '/failed/*', when, evidence: 'documented' })
const link = { operationId: 'read', parameters: { id: '$response.body#/id' } }
const read = {
  get: {
    operationId: 'read',
    'x-role': 'read-back',
    parameters: [{ name: 'id', in: 'path', required: true, schema: text() }],
    responses: { '200': { description: 'One' } },
  },
}

/** Everything that can have the same name twice. */
const documentLike = (schema: Json) =>
  documentOf(
    schema,
    {
      parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
      'x-failures': [failure('It is taken.'), failure('It was taken.')],
      responses: {
        '200': { description: 'Old', links: { back: link } },
        '201': { description: 'New', links: { back: link } },
      },
    },
    { '/things/{id}': read },
  )

const SCHEMAS: Readonly<Record<string, Json>> = {
  'a member in two alternatives': either({ pay: text(), kind: text({ const: 'card' }) }, { pay: text(), iban: text() }),
  'a member in alternatives of alternatives': {
    type: 'object',
    anyOf: [either({ pay: text() }, { pay: text({ maxLength: 9 }), note: text() }), either({ pay: text() })],
  },
  'the same rule twice': {
    allOf: [
      { type: 'object', properties: { name: text({ maxLength: 20 }) } },
      { type: 'object', properties: { name: text({ maxLength: 9 }) } },
    ],
  },
  'a member that is called as a parameter stands': {
    type: 'object',
    properties: { query: { type: 'object', properties: { limit: { type: 'integer', minimum: 1 } } } },
  },
  'a member that is called as a number is given': either(
    { pay: text(), 'pay/alone': { type: 'object', properties: { 2: text() } } },
    { pay: text() },
  ),
}

const idsOf = (schema: Json): string[] => {
  const { cases, dropped } = casesOf(documentLike(schema))
  return [...cases, ...dropped].map(({ id }) => id)
}

describe('a case', () => {
  const { cases } = casesOf(documentLike(SCHEMAS['a member in two alternatives']), { tag: 'tagged12' })
  const one = (id: string): Json => JSON.parse(JSON.stringify(cases.find((each) => each.id === id)))

  it('is data: printed, it has its requests, the same each time', () => {
    const { steps, ...rest } = one('create/accepts/pay/alone')
    expect(rest).toMatchObject({ operationId: 'create', kind: 'accepts', rule: { evidence: 'documented' } })
    expect(steps).toMatchObject([{ operationId: 'create', request: { method: 'POST', path: '/things' } }])
    expect(JSON.parse(steps[0].request.body)).toHaveProperty('pay')
    expect(one('create/accepts/pay/alone').steps).toEqual(steps)
  })

  it('says which operation a request that earlier replies lead to is of', () => {
    const { steps } = one('create/stories/back')
    expect(steps.map(({ operationId, request }: Json) => [operationId, request?.path])).toEqual([
      ['create', '/things'],
      ['read', undefined],
    ])
  })
})

describe('what is derived', () => {
  const openDocument = (schema: Json, paths: Json = {}) =>
    documentOf(schema, { 'x-role': undefined, security: [] }, paths)
  const bodiesOf = (schema: Json, paths: Json = {}) =>
    casesOf(openDocument(schema, paths), { tag: 'tagged12' }).cases.flatMap(({ id, steps }) =>
      steps.flatMap(({ request }) => (request?.body === undefined ? [] : [[id, request.body] as const])),
    )

  it('says nothing of what is read-only, not even that it must be there', () => {
    const name = text({ minLength: 2 })
    const id = text({ readOnly: true, format: 'uuid' })
    const own = { type: 'object', readOnly: true, properties: { at: text({ maxLength: 9 }) } }
    const found = bodiesOf({ type: 'object', required: ['name'], properties: { id, name, own } })
    expect(found.length).toBeGreaterThan(9)
    expect(found.filter(([one, body]) => /\/(?:id|own)/.test(one) || /"(?:id|own)"/.test(body))).toEqual([])
  })

  it('tells apart what two operations create', () => {
    const schema = { type: 'object', required: ['email'], properties: { email: text({ format: 'email' }) } }
    const other = {
      operationId: 'other',
      requestBody: { content: { 'application/json': { schema } } },
      responses: { 201: { description: 'New' } },
    }
    const plain = bodiesOf(schema, { '/others': { post: other } }).filter(([id]) => id.endsWith('/accepts/plain'))
    expect(new Set(plain.map(([, body]) => body)).size).toBe(2)
  })

  it.each<[what: string, schema: Json]>([
    ['an object without members', { type: 'object' }],
    ['a number', { type: 'integer', minimum: 10 }],
    ['a list', { type: 'array', maxItems: 0 }],
  ])('is broken JSON where it says so, of a body that is %s', (_, schema) => {
    const found = bodiesOf(schema).find(([id]) => id.endsWith('/form/json'))
    expect(() => JSON.parse(found?.[1] as string)).toThrow(SyntaxError)
    expect(found?.[1]).not.toBe('')
  })

  it('is bounded where schemas refer to each other', () => {
    const names = [...'abcdefgh']
    const members = Object.fromEntries(names.map((name) => [name, { $ref: `#/paths/~1shapes/x-${name}` }]))
    const shapes = Object.fromEntries(
      names.map((name) => [`x-${name}`, { type: 'object', properties: { ...members, size: { type: 'integer' } } }]),
    )
    expect(bodiesOf({ $ref: '#/paths/~1shapes/x-a' }, { '/shapes': shapes }).length).toBeLessThan(1500)
  })

  it('leaves out what no value can be made for, by name, and the rest is tried', () => {
    const never = { type: 'object', required: ['a'], properties: { a: { type: 'string', enum: [] } } }
    const paths = { '/others': { get: { operationId: 'list', responses: { 200: { description: 'All' } } } } }
    const { cases, dropped } = casesOf(openDocument(never, paths))
    expect(dropped.map(({ id }) => id)).toContain('create/accepts/plain')
    expect(dropped.every(({ reason }) => reason.length > 0)).toBe(true)
    expect(cases.map(({ id }) => id)).toContain('list/accepts/plain')
  })
})

describe('the ids of cases', () => {
  it.each(Object.entries(SCHEMAS))('are unique where the document has %s', (_, schema) => {
    const ids = idsOf(schema)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('are the same as long as the document says the same', () => {
    for (const schema of Object.values(SCHEMAS)) expect(idsOf(structuredClone(schema))).toEqual(idsOf(schema))
  })

  it('have a number where the document says something again', () => {
    const ids = idsOf(SCHEMAS['a member in two alternatives'])
    expect(ids.filter((id) => /pay\/alone|failures|stories/.test(id))).toEqual([
      'create/accepts/pay/alone',
      'create/accepts/pay/alone/2',
      'create/failures/taken',
      'create/failures/taken/2',
      'create/stories/back',
      'create/stories/back/members',
      'create/stories/back/2',
    ])
  })

  it('are those of cases that send other data', () => {
    const { cases } = casesOf(documentLike(SCHEMAS['a member in two alternatives']), { tag: 'tagged12' })
    const bodies = cases
      .filter(({ id }) => /pay\/alone/.test(id))
      .flatMap(({ steps }) => steps.map((step) => step.request as Json))
      .map(({ body }) => body)
    expect(bodies).toHaveLength(2)
    expect(new Set(bodies).size).toBe(2)
  })

  it.each(['dynamic', 'royalti', 'descope'])('need no number in %s', async (name) => {
    const { document } = await loadDocument(name)
    const { cases, dropped } = casesOf(document, { params: { environmentId: 'any' } })
    const ids = new Set([...cases, ...dropped].map(({ id }) => id))
    expect(ids.size).toBe(cases.length + dropped.length)
    expect([...ids].filter((id) => /\/\d+$/.test(id) && ids.has(id.replace(/\/\d+$/, '')))).toEqual([])
  })
})

describe('a name', () => {
  it('is given once, and never one that was given before', () => {
    const named = numberNames()
    expect(['a', 'a', 'b', 'a/2', 'a', 'a/2'].map(named)).toEqual(['a', 'a/2', 'b', 'a/2/2', 'a/3', 'a/2/3'])
  })
})

describe('credentials that are needed together', () => {
  const securitySchemes = {
    bearer: { type: 'http', scheme: 'bearer' },
    basic: { type: 'http', scheme: 'basic' },
    key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
    sid: { type: 'apiKey', in: 'query', name: 'sid' },
    certificate: { type: 'mutualTLS' },
  }
  const derived = (...security: Json[]) => {
    const responses = { '200': { description: 'Good' }, '401': { description: 'Who?' } }
    const document = buildContract({
      openapi: '3.1.0',
      info: { title: 'Together', version: '1' },
      components: { securitySchemes },
      paths: { '/a': { get: { operationId: 'a', security, responses } } },
    })
    return casesOf(document).cases.filter(({ id }) => id.startsWith('a/guards/without/'))
  }
  const leftOut = (...security: Json[]) =>
    derived(...security).map(({ steps }) => steps[0]?.request?.credentials?.replace('without ', ''))

  it.each<[security: Json[], leftOut: string[]]>([
    [[{ bearer: [], key: [], sid: [] }], ['header authorization', 'header x-api-key', 'query sid']],
    [[{ bearer: [], certificate: [] }], []],
    [[{ bearer: [] }, { key: [] }], []],
    [[{ bearer: [], key: [] }, {}], []],
    [[{ bearer: [], key: [] }, { certificate: [] }], []],
    [[{ bearer: [], key: [] }, { key: [] }], ['header x-api-key']],
    [
      [
        { bearer: [], key: [], sid: [] },
        { bearer: [], sid: [] },
      ],
      ['header authorization', 'query sid'],
    ],
    [[{ bearer: [], basic: [], key: [] }], []],
  ])('of %j each is left out that the rest cannot do without: %j', (security, expected) => {
    expect(leftOut(...security)).toEqual(expected)
  })

  it('are refused without one as a request without any is, and as certainly', () => {
    const [one] = derived({ bearer: [], key: [] })
    const judged = (status: number) => {
      const reply: JudgedReply = { status, headers: {}, text: '', duration: 1, body: undefined }
      return one?.steps[0]?.judge(reply, { replies: [], requests: [] }).map(({ rule }) => rule)
    }
    expect(judged(401)).toEqual([])
    expect(judged(200)).toEqual([
      {
        text: 'a request without the header authorization is refused: it is needed beside other credentials',
        pointer: '#/paths/~1a/get/security',
        evidence: 'documented',
      },
    ])
    expect(judged(403)?.map(({ evidence }) => evidence)).toEqual(['assumed'])
  })
})
