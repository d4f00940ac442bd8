import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildContract, readContract } from '../contract/build-contract.ts'
import { createRandom } from '../patterns/random.ts'
import type { Json } from '../read/read-document.ts'
import { createAjv } from '../validators/compile-validators.ts'
import { DataError, makeValue } from './make-value.ts'

const SCHEMAS: Record<string, Json> = {
  Tree: {
    type: 'object',
    required: ['name', 'children'],
    properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
  },
  Expression: {
    oneOf: [{ $ref: '#/components/schemas/Sum' }, { type: 'integer' }],
  },
  Sum: {
    type: 'object',
    required: ['left', 'right'],
    properties: {
      left: { $ref: '#/components/schemas/Expression' },
      right: { $ref: '#/components/schemas/Expression' },
    },
  },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
  Dog: {
    type: 'object',
    required: ['kind', 'tail'],
    properties: { kind: { type: 'string' }, tail: { type: 'boolean' } },
  },
  Open: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, a: { type: 'number' } } },
  Wide: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, b: { type: 'string' } } },
  Closed: { type: 'object', required: ['b'], properties: { b: { type: 'string' } }, additionalProperties: false },
  Endless: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Endless' } } },
}
/** Each refers twice to the next: there are 2 to the power of 25 ways to the last, which allows nothing. */
for (let at = 0; at < 25; at++) {
  const next = { $ref: `#/components/schemas/Twice${at + 1}` }
  SCHEMAS[`Twice${at}`] = { anyOf: [next, next] }
}
SCHEMAS['Twice25'] = { allOf: [{ type: 'string' }, { type: 'integer' }] }
const document = buildContract({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  components: { schemas: SCHEMAS },
})
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more })

const TORTURE: readonly Json[] = [
  true,
  {},
  { type: ['string', 'null'] },
  { enum: [1, 'a', null] },
  { enum: ['a', 1, 2.5], type: 'integer' },
  { const: { a: [1, 2] } },
  { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
  { type: 'string', minLength: 300, maxLength: 300 },
  { type: 'string', maxLength: 0 },
  { type: 'string', pattern: '^[a-z]+$', minLength: 5, maxLength: 5 },
  { allOf: [{ pattern: '^[a-f]+$' }, { pattern: 'abc' }, { maxLength: 12 }], type: 'string' },
  { type: 'string', pattern: '\\d', format: 'email', maxLength: 20 },
  { type: 'string', format: 'date-time', pattern: 'Z$', maxLength: 20 },
  { type: 'string', format: 'date-time', pattern: '\\+02:00$' },
  { type: 'string', format: 'date', pattern: '^2030-' },
  { type: 'string', format: 'email', maxLength: 9 },
  { type: 'string', format: 'uri', minLength: 200 },
  { type: 'string', format: 'uuid', pattern: '^0{8}' },
  ...[
    'date-time',
    'date',
    'time',
    'duration',
    'email',
    'uuid',
    'uri',
    'uri-reference',
    'hostname',
    'ipv4',
    'ipv6',
    'byte',
  ].map((format) => ({ type: 'string', format })),
  ...['json-pointer', 'relative-json-pointer', 'regex', 'password', 'binary', 'uri-template', 'url', 'made-up'].map(
    (format) => ({ type: 'string', format }),
  ),
  { type: 'string', format: 'hostname', minLength: 100 },
  { type: 'string', format: 'ipv4', pattern: '^10\\.' },
  { type: 'integer', format: 'int32' },
  { type: 'integer', format: 'int64', minimum: 3_000_000_000 },
  // No number of JavaScript says them exactly.
  { type: 'integer', format: 'int64', minimum: 19e17 },
  { type: 'integer', minimum: 2 ** 53 + 1 },
  { type: 'integer', format: 'int64', minimum: 2 ** 63 - 1024 },
  { type: 'integer', maximum: -1e30, multipleOf: 4 },
  { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 5 },
  { type: 'integer', minimum: -5.5, maximum: -4.5 },
  { type: 'integer', multipleOf: 7, minimum: 50, maximum: 56 },
  { type: 'number', multipleOf: 0.01, minimum: 19.985, maximum: 19.995 },
  { type: 'number', minimum: 0.001, maximum: 0.002 },
  { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1e-9 },
  { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }, { minimum: 1 }], type: 'integer' },
  { type: 'number', allOf: [{ multipleOf: 0.1 }, { multipleOf: 0.25 }], minimum: 0.1 },
  { type: 'number', maximum: -1e6 },
  { type: ['number', 'string'], allOf: [{ type: ['integer', 'boolean'] }] },
  { minimum: 5 },
  { type: 'array' },
  { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 2 },
  { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 },
  { type: 'array', items: { type: 'integer', minimum: 1, maximum: 40 }, uniqueItems: true, minItems: 30 },
  { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
  { type: 'array', prefixItems: [{ const: 1 }], items: { type: 'string' }, minItems: 4 },
  { type: 'array', contains: { const: 'x' }, minContains: 2, maxContains: 3 },
  { type: 'array', items: { type: 'integer' }, contains: { minimum: 900 }, maxItems: 2 },
  { type: 'array', maxItems: 0, items: { type: 'string' } },
  { type: 'array', prefixItems: [{ type: 'null' }], unevaluatedItems: false },
  object({ a: { type: 'string' } }, { required: ['a', 'b'], additionalProperties: { type: 'integer' } }),
  object({ a: { type: 'string' }, b: {} }, { minProperties: 2, maxProperties: 2, additionalProperties: false }),
  object({}, { minProperties: 3, additionalProperties: { type: 'boolean' } }),
  object(
    {},
    { patternProperties: { '^x-[a-z]{2}$': { type: 'integer' } }, additionalProperties: false, minProperties: 2 },
  ),
  object({}, { propertyNames: { pattern: '^[A-Z]{3}$' }, minProperties: 2 }),
  object({}, { propertyNames: { enum: ['one', 'two'] }, minProperties: 2 }),
  object({ a: {}, b: {}, c: {} }, { required: ['a'], dependentRequired: { a: ['b'], b: ['c'] } }),
  object({ a: {} }, { required: ['a'], dependentSchemas: { a: object({ z: { const: 1 } }, { required: ['z'] }) } }),
  object({ a: { readOnly: true, type: 'string' }, b: { type: 'string' } }),
  JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"},"a/b~c":{"type":"string"}},"required":["__proto__","a/b~c"]}',
  ),
  {
    allOf: [
      object({ a: { type: 'string' } }, { required: ['a'] }),
      object({ a: { maxLength: 3 }, b: { type: 'null' } }, { required: ['b'] }),
    ],
  },
  { allOf: [object({ a: {} }, { required: ['a'] })], unevaluatedProperties: false, properties: { b: {} } },
  {
    oneOf: [
      object({ a: { type: 'string' } }, { required: ['a'] }),
      object({ b: { type: 'string' } }, { required: ['b'] }),
    ],
  },
  // Each holds whenever the other does, unless a member says that it does not.
  { oneOf: [object({ a: { type: 'string' } }), object({ b: { type: 'string' }, c: {} })] },
  // What is all that is left of the last is no other.
  {
    type: 'array',
    minItems: 3,
    items: {
      oneOf: [
        ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => object({ [name]: {} }, { required: [name] })),
        object({}),
      ],
    },
  },
  {
    oneOf: [ref('Open'), ref('Wide')],
    discriminator: { propertyName: 'kind' },
  },
  // The discriminator names a member that nobody may have.
  {
    oneOf: [object({ a: { type: 'string' } }, { additionalProperties: false, required: ['a'] }), ref('Closed')],
    discriminator: { propertyName: 'kind', mapping: { closed: '#/components/schemas/Closed' } },
  },
  {
    oneOf: [
      { type: 'integer', multipleOf: 3 },
      { type: 'integer', multipleOf: 5 },
    ],
  },
  {
    anyOf: [
      { type: 'string', maxLength: 3 },
      { type: 'string', pattern: '^z' },
    ],
  },
  { type: 'string', anyOf: [{ type: 'integer' }, { minLength: 20 }] },
  {
    oneOf: [ref('Cat'), ref('Dog')],
    discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
  },
  { type: 'integer', minimum: 1, maximum: 4, not: { enum: [1, 2, 3] } },
  { type: 'string', pattern: '^[a-c]$', not: { const: 'a' } },
  {
    if: object({ a: { const: 1 } }, { required: ['a'] }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: object({ b: { type: 'string' } }, { required: ['b'] }),
    else: true,
  },
  { $ref: '#/components/schemas/Cat', required: ['lives'] },
  ref('Tree'),
  ref('Expression'),
  { anyOf: [ref('Endless'), { type: 'null' }] },
  object({ endless: ref('Endless'), name: { type: 'string' } }),
  object({ odd: { type: 'string', pattern: '(a+)b\\1' }, name: { type: 'string' } }, { required: ['name'] }),
]

const isValid = (schema: Json, of = document): ((value: Json) => boolean) =>
  createAjv(of, { source: false }).compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"requests#/')))

describe('a made value is valid', () => {
  it.each(TORTURE.map((schema) => [schema]))('%j', (schema) => {
    const check = isValid(schema)
    for (let index = 0; index < 8; index++) {
      const value = makeValue(document, schema, createRandom('torture', index))
      expect(check(value), JSON.stringify(value)).toBe(true)
    }
  })

  const orders = join(import.meta.dirname, '../../contract-tests/fixtures/orders.yaml')
  it.runIf(existsSync(orders))('for every schema of the orders', async () => {
    const read = await readContract(orders)
    for (const [name, schema] of Object.entries<Json>(read.model.components?.schemas ?? {})) {
      const check = isValid(schema, read)
      for (let index = 0; index < 5; index++) {
        expect(check(makeValue(read, schema, createRandom(name, index))), name).toBe(true)
      }
    }
  })
})

describe('makeValue', () => {
  it('gives the same for the same stream, member by member', () => {
    const make = (schema: Json) => makeValue(document, schema, createRandom('a', 7), '', { optional: 1 })
    const whole = object({ a: { type: 'string' }, b: { type: 'integer' }, c: { type: 'string' } })
    expect(make(whole)).toEqual(make(whole))
    expect(make(object({ b: { type: 'integer' } })).b).toBe(make(whole).b)
  })

  it('takes the examples that are asked for, and leaves invalid ones', () => {
    const schema = object({
      a: { type: 'string', examples: ['Zoë'] },
      b: { type: 'string', maxLength: 2, example: 'long' },
    })
    const value = makeValue(document, schema, createRandom('a'), '', { examples: true, optional: 1 })
    expect(value.a).toBe('Zoë')
    expect(value.b).not.toBe('long')
    expect(makeValue(document, schema, createRandom('a'), '', { optional: 1 }).a).not.toBe('Zoë')
  })

  it('gives the items of a list ids of their own, where there are enough', () => {
    const of = (id: Json) => ({ type: 'array', minItems: 9, maxItems: 9, items: object({ id }) })
    const idsOf = (id: Json, seed: number): string[] =>
      makeValue(document, of(id), createRandom('ids', seed), '', { optional: 1 }).map((item: Json) => item.id)
    const short = { type: 'string', pattern: '^[0-9]{1,2}$' }
    for (let seed = 0; seed < 50; seed++) expect(new Set(idsOf(short, seed)).size).toBe(9)
    expect(new Set(idsOf({ type: 'string', enum: ['a', 'b'] }, 1)).size).toBe(2)
  })

  it('is of one alternative alone where that can be, and of alternatives that differ in nothing all the same', () => {
    const text = { type: 'string', minLength: 1 }
    const made = makeValue(document, { oneOf: [text, { ...text, description: 'The same.' }] }, createRandom('a'))
    expect(typeof made).toBe('string')
    expect(() => makeValue(document, { oneOf: [text, { type: 'integer' }], enum: [true] }, createRandom('a'))).toThrow(
      DataError,
    )
  })

  it('leaves out of requests what is read-only, and out of replies what is write-only', () => {
    const schema = object({ a: { type: 'string', readOnly: true }, b: { type: 'string', writeOnly: true } })
    const keys = (reading: 'requests' | 'replies') =>
      Object.keys(makeValue(document, schema, createRandom('a'), '', { reading, optional: 1 }))
    expect(keys('requests')).toEqual(['b'])
    expect(keys('replies')).toEqual(['a'])
  })

  const contentSchema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } }

  it.each<[schema: Json, decode: (text: string) => unknown]>([
    [{ contentMediaType: 'application/json', contentSchema }, JSON.parse],
    [{ contentMediaType: 'application/vnd.a+json; charset=utf-8', contentSchema }, JSON.parse],
    [
      { contentMediaType: 'application/json', contentEncoding: 'base64', contentSchema },
      (text) => JSON.parse(Buffer.from(text, 'base64').toString()),
    ],
    [
      { contentMediaType: 'application/json', contentEncoding: 'base64url', contentSchema },
      (text) => JSON.parse(Buffer.from(text, 'base64url').toString()),
    ],
    [
      { contentMediaType: 'application/json', contentEncoding: 'base16', contentSchema },
      (text) => JSON.parse(Buffer.from(text, 'hex').toString()),
    ],
    [
      { allOf: [{ contentMediaType: 'application/json' }, { contentMediaType: 'text/json', contentSchema }] },
      JSON.parse,
    ],
  ])('composes the JSON that a text holds: %j', (schema, decode) => {
    for (const named of [true, false]) {
      const made = makeValue(document, { type: 'string', ...schema }, createRandom('content'), '', {
        named,
        name: 'title',
      })
      expect(decode(made)).toEqual({ n: expect.any(Number) })
    }
  })

  it('encodes also what is long, and what is beyond ASCII', () => {
    const schema = { type: 'string', contentMediaType: 'application/json', contentEncoding: 'base64' }
    const long = 'é'.repeat(100_000)
    const made = makeValue(document, { ...schema, contentSchema: { const: long } }, createRandom('content'))
    expect(JSON.parse(Buffer.from(made, 'base64').toString())).toBe(long)
  })

  it('leaves the content alone where the text has to be something else', () => {
    const schema = { type: 'string', contentMediaType: 'application/json', contentSchema, maxLength: 3 }
    expect(makeValue(document, schema, createRandom('content'))).toHaveProperty('length', 3)
  })

  it.each<[contentEncoding: string, pattern: RegExp]>([
    ['base64', /^[A-Za-z0-9+/]+={0,2}$/],
    ['base64url', /^[\w-]+$/],
    ['base32', /^(?:[A-Z2-7]{8})+$/],
    ['base16', /^(?:[0-9A-F]{2})+$/],
  ])('encodes a text in %s', (contentEncoding, pattern) => {
    const schema = { type: 'string', contentEncoding, minLength: 8 }
    for (const named of [true, false]) {
      expect(makeValue(document, schema, createRandom('content'), '', { named, name: 'title' })).toMatch(pattern)
    }
  })

  const lists = (minItems: number, items: Json): Json => ({ type: 'array', minItems, items })

  it.each<[schema: Json, pointer: string, reason: string | RegExp]>([
    [false, '/body', 'allows nothing'],
    [{ not: {} }, '/body', 'allows nothing'],
    [{ not: true }, '/body', 'allows nothing'],
    [object({ a: { type: 'string', pattern: '^(a+)b\\1$' } }, { required: ['a'] }), '/body/a', '^(a+)b\\1$'],
    [object({ a: { type: 'string', pattern: '^x{9}$', maxLength: 5 } }, { required: ['a'] }), '/body/a', 'maxLength 5'],
    [object({ 'a/b': { type: 'integer', minimum: 2, maximum: 1 } }, { required: ['a/b'] }), '/body/a~1b', 'limits'],
    [object({ a: {} }, { required: ['b'], additionalProperties: false }), '/body', 'member b'],
    [{ type: 'array', items: { enum: [1] }, uniqueItems: true, minItems: 2 }, '/body', 'different'],
    [{ allOf: [{ type: 'string' }, { type: 'integer' }] }, '/body', 'no type'],
    [{ allOf: [{ enum: [1] }, { enum: [2] }] }, '/body', 'enum'],
    [{ type: 'integer', not: { type: 'integer' } }, '/body', 'must NOT be valid'],
    [{ type: 'string', pattern: '(' }, '/body', /pattern|regular/i],
    [ref('Endless'), '/body', 'without end'],
    [object({ a: { type: 'string', minLength: 1e9 } }, { required: ['a'] }), '/body/a', 'at most 5000000 are made'],
    [{ type: 'string', minLength: 1e9, pattern: '^a+$' }, '/body', 'at most 100000 are made'],
    [lists(6, { type: 'string', minLength: 1e6 }), '/body/5', 'more than 5000000 characters'],
    [{ type: 'array', items: {}, minItems: 1e9 }, '/body', 'at most 49999 are made'],
    [{ type: 'array', items: {}, minItems: 1e9, uniqueItems: true }, '/body', 'at most 1000 are made'],
    [{ type: 'object', additionalProperties: {}, minProperties: 1e9 }, '/body', 'at most 1000 are made'],
    [lists(1000, lists(1000, { type: 'array', items: {}, minItems: 1000 })), '/body', 'more than 50000 values'],
    [ref('Twice0'), '/body', 'more than 20000 parts'],
  ])('names the field and the reason: %j', (schema, pointer, reason) => {
    const make = () => makeValue(document, schema, createRandom('a'), '/body')
    expect(make).toThrow(DataError)
    expect(make).toThrow(pointer)
    expect(make).toThrow(reason)
  })
})

it('a text is as long as it must be', () => {
  const text = makeValue(document, { type: 'string', minLength: 1_234_567 }, createRandom('a'))
  expect(text).toHaveLength(1_234_567)
})

it('a list is as long as an embedding', () => {
  const schema = { type: 'array', items: { type: 'number' }, minItems: 3072, maxItems: 3072 }
  expect(makeValue(document, schema, createRandom('embedding'))).toHaveLength(3072)
})

it('a member that must not be there, or that nothing satisfies, is left out alone', () => {
  const properties = { a: { const: 1 }, b: { not: {} }, c: false, d: { type: 'string', minLength: 3, maxLength: 2 } }
  expect(makeValue(document, { type: 'object', properties }, createRandom('left out'), '', { optional: 1 })).toEqual({
    a: 1,
  })
})

describe('a value of a base that a discriminator tells the heirs of', () => {
  const kind = (rules: Json = {}) => ({ type: 'string', ...rules })
  const base = (rules: Json, mapping?: Json) =>
    object({ kind: kind(rules) }, { discriminator: { propertyName: 'kind', ...(mapping && { mapping }) } })
  const heirOf = (name: string, member: string) => ({
    allOf: [ref(name), object({ [member]: { type: 'integer' } }, { required: [member] })],
  })
  const of = (Base: Json, more: Json = {}) =>
    buildContract({
      openapi: '3.0.3',
      info: { title: 'Heirs', version: '1' },
      components: { schemas: { Base, Cat: heirOf('Base', 'lives'), Dog: heirOf('Base', 'tricks'), ...more } },
    })
  const madeOf = (contract: ReturnType<typeof of>, name: string): Json[] =>
    Array.from({ length: 20 }, (_, at) => makeValue(contract, ref(name), createRandom('heirs', at)))
  const kindsOf = (values: readonly Json[]) =>
    new Set(values.map((value) => `${value.kind} ${Object.keys(value).filter((one) => one !== 'kind')}`))

  it.each<[string, Json, string[]]>([
    ['the names of what inherits', base({}), ['Cat lives', 'Dog tricks']],
    ['what is mapped', base({}, { c: '#/components/schemas/Cat' }), ['c lives']],
    ['what the member may be', base({ enum: ['CAT', 'DOG', 'COW'] }), ['CAT lives', 'DOG tricks']],
  ])('says which of %s it is, and has what that one has', (_, Base, kinds) => {
    expect(kindsOf(madeOf(of(Base), 'Base'))).toEqual(new Set(kinds))
  })

  it('says of an heir what that is called, however far it is from its base', () => {
    const contract = of(base({}), { Lion: heirOf('Cat', 'mane'), Own: { allOf: [ref('Dog'), base({ const: 'own' })] } })
    expect(kindsOf(madeOf(contract, 'Lion'))).toEqual(new Set(['Lion lives,mane']))
    expect(kindsOf(madeOf(contract, 'Own'))).toEqual(new Set(['own tricks']))
  })

  it('is of the base alone where that lets nothing else be, or what inherits has no end', () => {
    const closed = madeOf(of({ ...base({}), additionalProperties: false }), 'Base')
    expect(closed.flatMap(Object.keys)).not.toContain('lives')
    const Endless = { allOf: [ref('Other'), object({ next: ref('Endless') }, { required: ['next'] })] }
    const endless = madeOf(of({}, { Other: base({}), Endless }), 'Other')
    expect(endless.flatMap(Object.keys)).not.toContain('next')
  })
})

it('a format that two schemas say of one text is as it is where one says it', () => {
  const contract = buildContract({ openapi: '3.1.0', info: { title: 'Times', version: '1' }, paths: {} })
  const time = { type: 'string', format: 'date-time' }
  const make = (schema: Json) => makeValue(contract, schema, createRandom('time'), '', {})
  expect(make({ allOf: [time, time] })).toBe(make(time))
})
