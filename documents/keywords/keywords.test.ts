import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Data } from '../contract/data.ts'
import type { SchemaObject } from '../contract/schema.ts'
import { createRandom } from '../patterns/random.ts'
import { makeValue } from '../values/make-value.ts'
import { canonical } from './canonical.ts'
import { constant } from './const.ts'
import { enumeration } from './enum.ts'
import { breachesOf, demandOf, edgesOf, KEYWORDS, keywordOf, repairValue } from './index.ts'
import type { Breach, Composer, Keyword } from './keyword.ts'
import { maxLength } from './limit-length.ts'
import { maximum } from './limit-number.ts'
import { maxProperties } from './limit-properties.ts'
import { membersOf, typesOf } from './members.ts'
import { required } from './required.ts'
import { type } from './type.ts'

const text = { type: 'string' } as const
const whole = { type: 'integer' } as const
const properties = { a: text, b: whole, c: { type: 'boolean' } } as const
const object = (more: SchemaObject): SchemaObject => ({ type: 'object', properties, ...more })
const list = (more: SchemaObject): SchemaObject => ({ type: 'array', items: text, ...more })

/** Schemas in which the keyword can be broken alone. */
const SCHEMAS: Readonly<Record<string, readonly SchemaObject[]>> = {
  type: [
    ...['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'].map((type) => ({ type })),
    { type: ['boolean', 'null'] },
    { type: ['integer', 'null'], maximum: 5 },
    { type: 'integer', minimum: 4, exclusiveMaximum: 6 },
  ],
  enum: [
    { type: 'string', enum: ['small', 'large'] },
    { type: 'integer', enum: [1, 9, 3] },
    { type: ['string', 'null'], enum: ['small', null] },
    { enum: [null, 2] },
  ],
  const: [{ const: 'x' }, { const: 5 }, { type: 'string', const: 'y' }, { const: { a: [1] } }],
  maxLength: [
    { ...text, maxLength: 5 },
    { type: ['string', 'null'], maxLength: 3 },
    { ...text, maxLength: 4, pattern: '^[a-z]+$' },
    { ...text, maxLength: 4, pattern: '^[\\p{L} ]+$' },
  ],
  minLength: [
    { ...text, minLength: 12 },
    { ...text, minLength: 2, maxLength: 4 },
    { ...text, minLength: 3, pattern: '^[a-z]+$' },
    { ...text, pattern: '^[a-z]*$' },
  ],
  pattern: [
    { ...text, pattern: '^[a-z]{2,5}$' },
    { ...text, pattern: '^[\\p{L} ]+$', maxLength: 9 },
    { ...text, pattern: '^\\d*$' },
    { ...text, pattern: 'b', minLength: 2 },
    // No text of the greatest length breaks it.
    { ...text, pattern: '^[a-z]{4}$|[^a-z]', minLength: 3, maxLength: 4 },
  ],
  format: ['date-time', 'date', 'email', 'uuid', 'uri', 'ipv4'].map((format) => ({ ...text, format })),
  minimum: [
    { ...whole, minimum: 3 },
    { type: 'number', minimum: -1.5 },
    { ...whole, minimum: 6, multipleOf: 3 },
  ],
  maximum: [
    { ...whole, maximum: -3 },
    { type: 'number', maximum: 1.5, minimum: 1 },
    { ...whole, maximum: 6, multipleOf: 3 },
  ],
  exclusiveMinimum: [
    { ...whole, exclusiveMinimum: 3 },
    { type: 'number', exclusiveMinimum: 0 },
    { type: ['number', 'null'], exclusiveMinimum: 6, multipleOf: 1.5 },
  ],
  exclusiveMaximum: [
    { ...whole, exclusiveMaximum: 1 },
    { type: 'number', exclusiveMaximum: 1, multipleOf: 0.25 },
    { type: ['number', 'null'], exclusiveMaximum: -6 },
  ],
  multipleOf: [
    { ...whole, multipleOf: 5 },
    { type: 'number', multipleOf: 0.1 },
    { type: ['integer', 'null'], multipleOf: 7, minimum: 0 },
  ],
  minItems: [list({ minItems: 2 }), list({ minItems: 5, maxItems: 6 })],
  maxItems: [list({ maxItems: 2, minItems: 1 }), list({ maxItems: 1, uniqueItems: true, minItems: 1 })],
  uniqueItems: [list({ uniqueItems: true }), list({ uniqueItems: true, minItems: 3, items: { enum: [1, 2, 3] } })],
  required: [object({ required: ['a', 'c'] }), { required: ['b'], properties }],
  additionalProperties: [
    object({ additionalProperties: false }),
    object({ additionalProperties: false, required: ['b'], maxProperties: 2 }),
    object({ additionalProperties: false, minProperties: 1, maxProperties: 1 }),
    object({ additionalProperties: false, patternProperties: { '^x-': whole }, required: ['x-y'] }),
  ],
  maxProperties: [object({ maxProperties: 2 }), object({ maxProperties: 1, required: ['c'] })],
  minProperties: [object({ minProperties: 1 }), object({ minProperties: 3, additionalProperties: false })],
}

/** Two schemas that hold together; the keyword stands in both, or says nothing but how values are made. */
const TOGETHER: Readonly<Record<string, readonly (readonly [SchemaObject, SchemaObject])[]>> = {
  type: [
    [{ type: ['integer', 'string'] }, { type: ['number', 'null'] }],
    [{ type: ['boolean', 'object'] }, { type: ['boolean', 'array'] }],
  ],
  enum: [[{ enum: [1, 'a', null, { b: 2 }] }, { enum: [{ b: 2 }, 'a', 2] }]],
  const: [[{ const: 2 }, { enum: [1, 2, 3] }]],
  maxLength: [[{ ...text, maxLength: 4 }, { maxLength: 2 }]],
  minLength: [[{ ...text, minLength: 30 }, { minLength: 20 }]],
  pattern: [[{ ...text, pattern: '^[a-m]+$' }, { pattern: 'abc' }]],
  format: [[{ ...text, format: 'date-time' }, { pattern: 'Z$' }]],
  // Ajv decodes nothing: what these two say is held by the test of makeValue.
  contentEncoding: [
    [
      { ...text, contentEncoding: 'base64' },
      { format: 'byte', minLength: 30 },
    ],
  ],
  contentMediaType: [
    [
      { ...text, contentMediaType: 'application/json' },
      { minLength: 30, pattern: '^[a-z]+$' },
    ],
  ],
  minimum: [[{ type: 'number', minimum: 5000 }, { minimum: 3000 }]],
  maximum: [[{ type: 'number', maximum: -5000 }, { maximum: -3000 }]],
  exclusiveMinimum: [
    [
      { ...whole, exclusiveMinimum: 4 },
      { exclusiveMinimum: 2, maximum: 5 },
    ],
  ],
  exclusiveMaximum: [
    [
      { ...whole, exclusiveMaximum: 4 },
      { exclusiveMaximum: 6, minimum: 3 },
    ],
  ],
  multipleOf: [[{ ...whole, multipleOf: 4 }, { multipleOf: 6 }]],
  minItems: [[list({ minItems: 7 }), { minItems: 5 }]],
  maxItems: [[list({ maxItems: 1, minItems: 1 }), { maxItems: 2 }]],
  uniqueItems: [[list({ minItems: 3, items: { enum: [1, 2, 3] } }), { uniqueItems: true }]],
  required: [[object({ required: ['a'] }), { required: ['z'] }]],
  additionalProperties: [
    [object({ additionalProperties: false }), { properties: { a: { minLength: 30 } }, minProperties: 2 }],
    [{ type: 'object', additionalProperties: whole, minProperties: 3 }, { additionalProperties: { minimum: 900 } }],
  ],
  maxProperties: [[object({ maxProperties: 2 }), { maxProperties: 1 }]],
  minProperties: [[object({ minProperties: 2 }), { minProperties: 3 }]],
  items: [
    [list({ items: { type: ['integer', 'string'] }, minItems: 2 }), { items: whole, prefixItems: [{ const: 1 }] }],
  ],
  contains: [[list({ contains: { const: 'x' }, minContains: 2 }), { contains: { const: 'y' } }]],
  properties: [[object({ minProperties: 3 }), { properties: { a: { minLength: 30 }, b: { minimum: 5000 } } }]],
  propertyNames: [
    [{ type: 'object', minProperties: 2, propertyNames: { pattern: '^[A-Z]+$' } }, { propertyNames: { maxLength: 3 } }],
  ],
  dependentRequired: [
    [object({ required: ['a'], dependentRequired: { a: ['z'] } }), { dependentRequired: { z: ['y'] } }],
  ],
  dependentSchemas: [
    [object({ required: ['a'] }), { dependentSchemas: { a: { required: ['z'], properties: { z: whole } } } }],
  ],
  unevaluatedItems: [[{ type: 'array', prefixItems: [text], unevaluatedItems: false, minItems: 1 }, {}]],
  unevaluatedProperties: [[object({ patternProperties: { '^x-': whole }, unevaluatedProperties: false }), {}]],
}

const CONTRACT = buildContract({ openapi: '3.1.0', info: { title: 'Keywords', version: '1' } })
const SEEDS = Array.from({ length: 12 }, (_, seed) => createRandom('keywords', seed))

function createAjv(coerceTypes: boolean) {
  // 19.99 is a multiple of 0.01, though 19.99 / 0.01 is 1998.9999999999998.
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    multipleOfPrecision: 6,
    coerceTypes,
    validateSchema: false,
  })
  addFormats.default(ajv)
  const compiled = new Map<string, ValidateFunction>()
  return (schema: SchemaObject): ValidateFunction => {
    const key = JSON.stringify(schema)
    let validate = compiled.get(key)
    if (!validate) compiled.set(key, (validate = ajv.compile(schema)))
    return validate
  }
}

const judge = createAjv(false)
/** Reads texts as what they are to be, as parameters are read. */
const judgeTexts = createAjv(true)

/** What Ajv finds wrong of a value, each as the place and the keyword. */
function errorsOf(schema: SchemaObject, value: unknown, judgeBy = judge): string[] {
  const validate = judgeBy(schema)
  const told = (errors: readonly ErrorObject[]) =>
    errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)
  return validate(value) ? [] : [...new Set(told(validate.errors ?? []))]
}

function composerOf(schema: SchemaObject): Composer {
  const type = typesOf(schema).filter((one) => one !== 'null')
  const usual = type.length > 0 ? { ...schema, type } : schema
  return {
    tag: 'tagged12',
    value: (random) => makeValue(CONTRACT, usual, random, '', { optional: 0 }),
    items: (count, random) =>
      Array.from({ length: Math.max(0, count) }, (_, at) => makeValue(CONTRACT, schema.items, random.at(at))),
    member: (name, random) => makeValue(CONTRACT, schema.properties?.[name], random),
  }
}

const edgesIn = (schema: SchemaObject) =>
  [...edgesOf(schema)].flatMap(({ keyword, edge }) =>
    SEEDS.flatMap((random) => {
      const value = edge.value(random, composerOf(schema))
      return value === undefined ? [] : [{ keyword, what: edge.what, schema, value }]
    }),
  )

const breachesIn = (schema: SchemaObject) =>
  [...breachesOf(schema)].flatMap(({ keyword, breach }) =>
    SEEDS.flatMap((random) => {
      const value = brokenBy(breach, composerOf(schema), random)
      return value === undefined ? [] : [{ keyword, what: breach.what, schema, value, random }]
    }),
  )

function brokenBy(breach: Breach, composer: Composer, random: (typeof SEEDS)[number]): Data | undefined {
  if (!('lacks' in breach)) return breach.value(random, composer)
  return Object.fromEntries(membersOf(composer.value(random)).filter(([name]) => name !== breach.lacks))
}

const schemasOf = ({ name }: Keyword): readonly SchemaObject[] => SCHEMAS[name] ?? []
const ownEdges = (keyword: Keyword) =>
  schemasOf(keyword)
    .flatMap(edgesIn)
    .filter((one) => one.keyword === keyword)
const ownBreaches = (keyword: Keyword) =>
  schemasOf(keyword)
    .flatMap(breachesIn)
    .filter((one) => one.keyword === keyword)
/** The same limit moved: inwards, so that less is allowed, or outwards. */
function moved(schema: SchemaObject, name: string, way: 'inwards' | 'outwards', step: number): SchemaObject {
  const limit = schema[name as 'minimum']
  const up = /^(?:min|exclusiveMin)/.test(name) === (way === 'inwards')
  return { ...schema, [name]: (limit ?? 0) + (up ? step : -step) }
}
const isLimit = ({ name }: Keyword): boolean => /^(?:min|max|exclusive)/.test(name)
const isWhole = (schema: SchemaObject): boolean => !typesOf(schema).includes('number')

const breaking = KEYWORDS.filter(({ breaks }) => breaks)
const accepting = KEYWORDS.filter(({ accepts }) => accepts)
const named = (keywords: readonly Keyword[]) => keywords.map((keyword) => [keyword.name, keyword] as const)

describe('the table of keywords', () => {
  it('is tried here whole', () => {
    expect(Object.keys(SCHEMAS).sort()).toEqual(breaking.map(({ name }) => name).sort())
    expect(Object.keys(TOGETHER).sort()).toEqual(KEYWORDS.map(({ name }) => name).sort())
    expect(new Set(KEYWORDS.map(({ name }) => name)).size).toBe(KEYWORDS.length)
  })

  it('says what each demands', () => {
    const schema: SchemaObject = {
      type: ['integer', 'null'],
      enum: [1, 2],
      required: ['a'],
      maxLength: 5,
      const: { a: 1 },
    }
    const demands = [type, enumeration, required, maxLength, constant].map((keyword) => demandOf(keyword, schema))
    expect(demands).toEqual([
      'must be integer or null',
      'must be one of 1, 2',
      'must have its required members',
      'must satisfy maxLength 5',
      'must satisfy const {"a":1}',
    ])
    expect(demandOf(enumeration, { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9] })).toBe('must be one of 9 values')
  })
})

describe('what a keyword accepts at its edges', () => {
  it.each(named(accepting))('%s: is valid', (_name, keyword) => {
    const edges = ownEdges(keyword)
    expect(edges.length).toBeGreaterThan(0)
    for (const { what, schema, value } of edges) {
      expect(errorsOf(schema, value), `${what} ${JSON.stringify(value)} of ${JSON.stringify(schema)}`).toEqual([])
    }
  })

  it.each(named(accepting.filter(isLimit)))('%s: is not, where the limit is one step further in', (name, keyword) => {
    for (const { schema, value } of ownEdges(keyword)) {
      const tighter = moved(schema, name, 'inwards', schema.multipleOf ?? (isWhole(schema) ? 1 : 0.01))
      expect(errorsOf(tighter, value), JSON.stringify(value)).toContain(` ${name}`)
    }
  })
})

describe('what breaks a keyword', () => {
  it.each(named(breaking))('%s: breaks it alone', (name, keyword) => {
    const breaches = ownBreaches(keyword)
    expect(breaches.length).toBeGreaterThan(0)
    for (const { what, schema, value } of breaches) {
      expect(errorsOf(schema, value), `${what} ${JSON.stringify(value)} of ${JSON.stringify(schema)}`).toEqual([
        ` ${name}`,
      ])
    }
  })

  it.each(named(breaking.filter(isLimit)))('%s: is valid where the limit is one step further out', (name, keyword) => {
    for (const { schema, value } of ownBreaches(keyword)) {
      // An object without members is short of all that it needs.
      if (name === 'minProperties' && schema.minProperties !== 1) continue
      const looser = moved(schema, name, 'outwards', schema.multipleOf ?? (isWhole(schema) ? 1 : 0.5))
      expect(errorsOf(looser, value), JSON.stringify(value)).toEqual([])
    }
  })

  it.each(named(KEYWORDS.filter(({ breaksText }) => breaksText)))('%s: does so written as a text', (name, keyword) => {
    const texts = schemasOf(keyword).flatMap((schema) =>
      SEEDS.flatMap((random) => ({ schema, text: keyword.breaksText?.(schema, random, 'tagged12') })),
    )
    const told = texts.filter(({ text }) => text !== undefined)
    expect(told.length).toBeGreaterThan(0)
    // A root value cannot be coerced in its place.
    for (const { schema, text } of told) {
      const holder = { type: 'object', properties: { value: schema } }
      expect(errorsOf(holder, { value: text }, judgeTexts), text).toEqual([`/value ${name}`])
    }
  })
})

it.each([
  ['of so many digits as milliseconds since 1970 have', 4_102_444_800_000, 4_102_444_800_001],
  ['of 64 bits', 2 ** 63, 2 ** 63 + 2048],
])('a maximum %s is broken by the next number', (_, limit, next) => {
  const schema = { type: 'integer', maximum: limit }
  const [broken] = maximum.breaks?.(schema) ?? []
  const none = undefined as never
  const value = broken && 'value' in broken ? broken.value(none, none) : undefined
  expect([value, maximum.breaksText?.(schema, none, none)]).toEqual([next, String(next)])
})

describe('what is repaired', () => {
  it.each(named(breaking))('%s: is valid', (_name, keyword) => {
    for (const { schema, value, random } of ownBreaches(keyword)) {
      const repaired = repairValue(keyword, value, schema, composerOf(schema), random.at('repair'))
      expect(errorsOf(schema, repaired), `${JSON.stringify(repaired)} for ${JSON.stringify(value)}`).toEqual([])
    }
  })

  it.each(named(KEYWORDS.filter(({ repair }) => repair)))('%s: keeps what can be kept', (_name, keyword) => {
    const partsOf = (value: Data) =>
      (Array.isArray(value) ? value : membersOf(value)).map((part: unknown) => canonical(part))
    for (const { schema, value, random } of ownBreaches(keyword)) {
      const repaired = repairValue(keyword, value, schema, composerOf(schema), random.at('repair'))
      const [before, after] = [partsOf(value), partsOf(repaired)]
      // What is wrong may be all there is.
      if (before.length === 1) continue
      expect(before.every((part) => after.includes(part)) || after.every((part) => before.includes(part))).toBe(true)
    }
  })

  it('maxProperties: keeps what must be there', () => {
    const schema = object({ maxProperties: 2, required: ['c'] })
    const repaired = repairValue(
      maxProperties,
      { a: 'x', b: 1, c: true },
      schema,
      composerOf(schema),
      createRandom('one'),
    )
    expect(repaired).toEqual({ a: 'x', c: true })
  })
})

describe('what is made', () => {
  it.each(named(KEYWORDS))('%s: is valid at the first attempt, whatever else says the same', (name) => {
    const pairs = TOGETHER[name] ?? []
    const alone = SCHEMAS[name] ?? []
    const schemas = [...alone, ...pairs.flatMap(([one, other]) => [{ allOf: [one, other] }, { allOf: [other, one] }])]
    for (const schema of schemas) {
      const validate = judge(schema as SchemaObject)
      for (const random of SEEDS) {
        const seen: unknown[] = []
        const first = (value: unknown) => {
          seen.push(value)
          return true
        }
        makeValue(CONTRACT, schema, random, '', { validator: () => first as never })
        expect(validate(seen[0]), `${JSON.stringify(seen[0])} of ${JSON.stringify(schema)}`).toBe(true)
      }
    }
  })
})

describe('a fault', () => {
  const faults = KEYWORDS.flatMap((keyword) => (keyword.faults ?? []).map((fault) => ({ keyword, fault })))
  const whole = (pattern: RegExp): RegExp => new RegExp(`^(?:${pattern.source})$`)

  it.each(
    faults.flatMap(({ keyword, fault }) => ('accepts' in fault ? [[fault.accepts, keyword, fault] as const] : [])),
  )(
    'that lets in %s lets in a breach that must notice it, and only what it says',
    (_name, keyword, { noticedBy, isIgnored }) => {
      const breaches = ownBreaches(keyword)
      const noticing = breaches.filter(({ what }) => whole(noticedBy).test(what))
      expect(noticing.some(({ value, schema }) => isIgnored?.(value, schema) ?? true)).toBe(true)
      expect(breaches.every(({ value, schema }) => isIgnored?.(value, schema) ?? false)).toBe(false)
    },
  )

  it.each(
    faults.flatMap(({ keyword, fault }) => ('refuses' in fault ? [[fault.refuses, keyword, fault] as const] : [])),
  )(
    'that refuses %s refuses an edge that must notice it, and not everything',
    (_name, keyword, { noticedBy, isIn = () => true, isRefused }) => {
      const edges = schemasOf(keyword).filter(isIn).flatMap(edgesIn)
      expect(edges.some(({ what, value, schema }) => whole(noticedBy).test(what) && isRefused(value, schema))).toBe(
        true,
      )
      const usual = schemasOf(keyword).flatMap((schema) =>
        SEEDS.map((random) => [composerOf(schema).value(random), schema] as const),
      )
      expect(usual.some(([value, schema]) => !isRefused(value, schema))).toBe(true)
    },
  )

  it('that refuses the last member of an enum lets in the others, and null', () => {
    const [refused] = (enumeration.faults ?? []).flatMap((fault) => ('refuses' in fault ? [fault.isRefused] : []))
    const members = (schema: SchemaObject) => schema.enum?.filter((member) => refused?.(member, schema))
    expect(schemasOf(enumeration).map(members)).toEqual([['large'], [3], ['small'], [2]])
  })

  it('is of a keyword that the table finds', () => {
    for (const { keyword } of faults) expect(keywordOf(keyword.name)).toBe(keyword)
  })
})
