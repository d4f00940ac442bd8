import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Contract } from '../contract/contract.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators, slotsOf } from './compile-validators.ts'

const json = (schema: Json) => ({ content: { 'application/json': { schema } } })

/** An operation `a` whose request body and whose reply 200 have the same schema. */
function documentOf(schema: Json, schemas: Json = {}, operation: Json = {}): Contract {
  const a = { operationId: 'a', requestBody: json(schema), responses: { 200: json(schema) }, ...operation }
  const paths = { '/a': { post: a } }
  return buildContract({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components: { schemas } })
}

const validatorsOf = (...given: Parameters<typeof documentOf>): Json => compileValidators(documentOf(...given))['a']

describe('a validator', () => {
  const NODE = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' }, name: { type: 'string' } } }
  const NAMES = { type: 'object', properties: { example: { type: 'string' }, examples: { type: 'integer' } } }

  it.each<[rule: string, schema: Json, accepts: unknown[], refuses: unknown[]]>([
    ['reads patterns with the u flag', { pattern: '^\\p{L}{2}$' }, ['Zé', '𐊀𐊁'], ['p{L}', 'Z1']],
    ['counts characters, not code units', { type: 'string', maxLength: 1 }, ['💙', 'é'], ['💙💙']],
    ['asserts format date-time', { format: 'date-time' }, ['2026-01-31T12:00:00Z', 7], ['2026-01-31', 'soon']],
    ['asserts format uuid', { format: 'uuid' }, ['6f1ed002-ab59-4a04-8b0a-4f8a3c1d2e5b'], ['6f1ed002']],
    ['asserts format email', { format: 'email' }, ['ada@example.com'], ['ada']],
    ['asserts format int64', { format: 'int64' }, [2 ** 53 + 2, -(2 ** 63)], [1e19, -1e19, 0.5]],
    ['lets unknown formats pass', { format: 'blockchain' }, ['anything'], []],
    ['lets null pass where it is a type', { type: ['string', 'null'], minLength: 1 }, [null, 'a'], ['', 7]],
    ['lets nothing but null pass', { type: 'null' }, [null], [undefined, 'null', 0]],
    ['takes true for anything', true, [null, 7, {}], []],
    ['takes false for nothing', false, [], [null, 7, {}]],
    [
      'follows recursion',
      { $ref: '#/components/schemas/Node' },
      [{}, { next: { next: { name: 'a' } } }],
      [{ next: { next: { name: 7 } } }],
    ],
    [
      'reads what stands beside a $ref',
      { $ref: '#/components/schemas/Node', required: ['name'] },
      [{ name: 'a' }],
      [{}],
    ],
    ['follows references into paths', { anyOf: [{ $ref: '#/paths/~1b/x' }] }, [7], ['7']],
    [
      'knows properties called like keywords',
      NAMES,
      [{ example: 'a', examples: 1 }, {}],
      [{ example: 1 }, { examples: 'a' }],
    ],
    ['finds a schema called like a keyword', { $ref: '#/components/schemas/example' }, [true], ['true']],
    ['compares constants as data', { const: { $ref: '#/nowhere' } }, [{ $ref: '#/nowhere' }], [{}]],
    [
      'knows the multiples of decimal fractions',
      { multipleOf: 0.01 },
      [19.99, 0.07, 1.1, 33.33, 999999.99],
      [0.001, 19.995],
    ],
    ['knows 2020-12', { prefixItems: [{ type: 'string' }], items: false }, [['a'], []], [[1], ['a', 1]]],
  ])('%s', (_, schema, accepts, refuses) => {
    const document = documentOf(schema, { Node: NODE, example: { type: 'boolean' } })
    ;(document.model.paths as Json)['/b'] = { x: { type: 'integer' } }
    const { body, replies } = compileValidators(document)['a'] as Json
    for (const validate of [body, replies[200]]) {
      expect(accepts.filter((value) => !validate(value))).toEqual([])
      expect(refuses.filter((value) => validate(value))).toEqual([])
    }
  })
})

describe('a pattern or a format that is only assumed', () => {
  it.each<[keyword: string, schema: Json]>([
    ['pattern', { type: 'string', pattern: '^[a-z]+$' }],
    ['format', { type: 'string', format: 'uuid' }],
  ])('binds requests, and replies do not know it: %s', (keyword, rule) => {
    const schema = { ...rule, 'x-evidence-of': { [keyword]: 'assumed' } }
    for (const given of [schema, { $ref: '#/components/schemas/A' }]) {
      const { body, replies } = validatorsOf(given, { A: schema })
      expect(body('NOT SO')).toBe(false)
      expect(replies[200]('NOT SO')).toBe(true)
      expect(replies[200](7)).toBe(false)
    }
  })

  it.each(['observed', 'documented'])('binds replies too when it is %s', (evidence) => {
    const { replies } = validatorsOf({ pattern: '^[a-z]+$', 'x-evidence-of': { pattern: evidence } })
    expect(replies[200]('NOT SO')).toBe(false)
  })

  it('is all that is left out: an assumed length binds', () => {
    const { replies } = validatorsOf({ maxLength: 3, 'x-evidence-of': { maxLength: 'assumed' } })
    expect(replies[200]('NOT SO')).toBe(false)
  })
})

describe('slotsOf', () => {
  const parameters = [
    { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
    { name: 'limit', in: 'query', schema: { $ref: '#/components/schemas/Limit' } },
    { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
    { name: 'X-Key', in: 'header', required: true, schema: { minLength: 2 } },
    { name: 'session', in: 'cookie', schema: { enum: ['a'] } },
  ]
  const document = documentOf(
    {},
    { Limit: { maximum: 9 } },
    { parameters, responses: { 200: json({}), 204: {}, '4XX': json({}), default: json({}) } },
  )

  it('gives each place with a schema of its own, in order', () => {
    const places = slotsOf(document).map(({ operationId, place, status }) =>
      [operationId, place, status].filter(Boolean).join(' '),
    )
    expect(places).toEqual([
      'a path',
      'a query',
      'a header',
      'a cookie',
      'a body',
      'a reply 200',
      'a reply 4XX',
      'a reply default',
    ])
  })

  it('says where a schema stands, unless it is made of several', () => {
    const found = slotsOf(document).map(({ place, pointer }) => [place, pointer])
    const at = (key: string) => ['reply', `#/paths/~1a/post/responses/${key}/content/application~1json/schema`]
    const made = ['path', 'query', 'header', 'cookie'].map((place) => [place, undefined])
    const body = ['body', '#/paths/~1a/post/requestBody/content/application~1json/schema']
    expect(found).toEqual([...made, body, at('200'), at('4XX'), at('default')])
  })

  it.each<[place: string, accepts: object[], refuses: object[]]>([
    ['path', [{ id: 1 }], [{}, { id: 0 }, { id: '1' }]],
    ['query', [{}, { limit: 9, filter: {} }, { unknown: 1 }], [{ limit: 10 }, { filter: 'a' }]],
    ['header', [{ 'X-Key': 'ab' }], [{}, { 'X-Key': 'a' }]],
    ['cookie', [{}, { session: 'a' }], [{ session: 'b' }]],
  ])('checks the parameters of the %s together', (place, accepts, refuses) => {
    const validate = (compileValidators(document)['a'] as Json)[place]
    expect(accepts.filter((value) => !validate(value))).toEqual([])
    expect(refuses.filter((value) => validate(value))).toEqual([])
  })

  it('compiles a place when it is first used, and once', () => {
    const { replies } = compileValidators(document)['a'] as Json
    expect(replies[200]).toBe(replies[200])
    const broken = validatorsOf({ pattern: '(' })
    expect(() => broken.body).toThrow(/Invalid regular expression/)
  })
})

it('operations are told apart from what every object has, whatever they are called', () => {
  for (const operationId of ['constructor', 'toString', '__proto__']) {
    const contract = documentOf({ type: 'integer' }, {}, { operationId })
    const { body, replies } = Object.getOwnPropertyDescriptor(compileValidators(contract), operationId)?.get?.() ?? {}
    expect([body?.(1), body?.('a'), replies?.[200](1)]).toEqual([true, false, true])
  }
  expect(Object.hasOwn(Object, 'body')).toBe(false)
})
