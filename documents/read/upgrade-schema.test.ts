import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { parseOpenApi } from './read-document.ts'

const OTHERS = { Text: { type: 'string' }, Number: { type: 'number' } }

function read(schema: Json, version = '3.0.3', others: Json = OTHERS) {
  const text = JSON.stringify({
    openapi: version,
    info: { title: 'A', version: '1' },
    components: { schemas: { A: schema, ...others } },
  })
  const { document, diagnostics, originOf } = parseOpenApi(text, 'a.json')
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: true, validateFormats: false })
  ajv.addSchema({ components: document.components }, 'document')
  return {
    schema: document.components.schemas.A,
    rules: diagnostics.flatMap(({ rule }) => (rule === 'no-operations' ? [] : [rule])),
    originOf,
    accepts: (value: unknown) => ajv.validate({ $ref: 'document#/components/schemas/A' }, value) as boolean,
  }
}

describe('nullable of OpenAPI 3.0', () => {
  it.each<[beside: string, schema: Json, upgraded: Json, fits: unknown, breaks: unknown]>([
    ['type', { type: 'string' }, { type: ['string', 'null'] }, 'a', 1],
    ['enum', { type: 'string', enum: ['a'] }, { type: ['string', 'null'], enum: ['a', null] }, 'a', 'b'],
    [
      'an enum with null',
      { type: 'string', enum: ['a', null] },
      { type: ['string', 'null'], enum: ['a', null] },
      'a',
      'b',
    ],
    ['enum without type', { enum: ['a'] }, { enum: ['a', null] }, 'a', 'b'],
    [
      '$ref',
      { $ref: '#/components/schemas/Text' },
      { anyOf: [{ $ref: '#/components/schemas/Text' }, { type: 'null' }] },
      'a',
      1,
    ],
    [
      'allOf',
      { allOf: [{ $ref: '#/components/schemas/Text' }] },
      { anyOf: [{ allOf: [{ $ref: '#/components/schemas/Text' }] }, { type: 'null' }] },
      'a',
      1,
    ],
    [
      'oneOf',
      { oneOf: [{ type: 'string' }, { type: 'number' }] },
      { anyOf: [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'null' }] },
      1,
      true,
    ],
    [
      'a oneOf that has null',
      { oneOf: [{ type: 'string', nullable: true }] },
      { anyOf: [{ oneOf: [{ type: ['string', 'null'] }] }, { type: 'null' }] },
      'a',
      1,
    ],
    ['anyOf', { anyOf: [{ type: 'string' }] }, { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'a', 1],
    [
      'type and allOf',
      { type: 'string', allOf: [{ minLength: 2 }] },
      { anyOf: [{ type: 'string', allOf: [{ minLength: 2 }] }, { type: 'null' }] },
      'ab',
      'a',
    ],
    ['not', { not: { type: 'null' } }, { anyOf: [{ not: { type: 'null' } }, { type: 'null' }] }, 1, undefined],
  ])('lets null in beside %s, and nothing else', (_, schema, upgraded, fits, breaks) => {
    const found = read({ ...schema, nullable: true })
    expect(found.schema).toEqual(upgraded)
    expect([found.accepts(null), found.accepts(fits), breaks === undefined || !found.accepts(breaks)]).toEqual([
      true,
      true,
      true,
    ])
    expect(found.rules).toEqual([])
    expect(read({ ...schema, nullable: false }).schema).toEqual(read(schema).schema)
  })

  it('says nothing where nothing else is said', () => {
    expect(read({ nullable: true, description: 'any' }).schema).toEqual({ description: 'any' })
  })

  it('leaves around the alternatives what only tells', () => {
    const told = { description: 'owner', readOnly: true, example: null, 'x-a': 1 }
    expect(read({ $ref: '#/components/schemas/Text', nullable: true, ...told }).schema).toEqual({
      ...told,
      anyOf: [{ $ref: '#/components/schemas/Text' }, { type: 'null' }],
    })
  })

  it('keeps the way back to what became an alternative', () => {
    const { originOf } = read({ properties: { a: { nullable: true, allOf: [{ properties: { b: {} } }] } } })
    const schema = '#/components/schemas/A/properties/a'
    expect(originOf(`${schema}/anyOf/0/allOf/0/properties/b`)).toBe(`${schema}/allOf/0/properties/b`)
    expect(originOf(`${schema}/anyOf/1`)).toBe(`${schema}/anyOf/1`)
  })

  it('is a property’s name too', () => {
    const properties = { nullable: { type: 'boolean' }, example: { type: 'string' } }
    expect(read({ properties }).schema).toEqual({ properties })
  })

  it('is meant in OpenAPI 3.1 as well, and told', () => {
    const { schema, rules } = read({ type: 'string', nullable: true }, '3.1.0')
    expect(schema).toEqual({ type: ['string', 'null'] })
    expect(rules).toEqual(['keyword-of-other-version'])
    expect(read({ type: 'string', nullable: false }, '3.1.0').rules).toEqual([])
  })
})

describe('what OpenAPI 3.0 says otherwise', () => {
  it.each<[given: Json, upgraded: Json]>([
    [{ minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    [
      { maximum: 1, exclusiveMaximum: true, minimum: 0, exclusiveMinimum: false },
      { exclusiveMaximum: 1, minimum: 0 },
    ],
    [{ exclusiveMinimum: true }, {}],
    [
      { type: 'string', format: 'byte' },
      { type: 'string', format: 'byte', contentEncoding: 'base64' },
    ],
    [
      { type: 'string', format: 'binary' },
      { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' },
    ],
    [
      { type: 'string', example: 'a' },
      { type: 'string', example: 'a' },
    ],
  ])('%j is read as %j', (given, upgraded) => {
    expect(read(given)).toMatchObject({ schema: upgraded, rules: [] })
    expect(Object.keys(read(given).schema).sort()).toEqual(Object.keys(upgraded).sort())
  })

  it('is told where it stands in OpenAPI 3.1, with the keyword', () => {
    const { schema, rules } = read({ minimum: 1, exclusiveMinimum: true }, '3.1.0')
    expect(schema).toEqual({ exclusiveMinimum: 1 })
    expect(rules).toEqual(['keyword-of-other-version'])
  })

  it('ignores beside a $ref what allows or forbids, and tells it', () => {
    const { schema, rules } = read({ $ref: '#/components/schemas/Text', minLength: 2, description: 'a' })
    expect(schema).toEqual({ $ref: '#/components/schemas/Text', description: 'a' })
    expect(rules).toEqual(['ref-siblings'])
    expect(read({ $ref: '#/components/schemas/Text', minLength: 2 }, '3.1.0')).toMatchObject({
      schema: { minLength: 2 },
      rules: [],
    })
  })
})

describe('what other versions say', () => {
  it.each<[given: Json, upgraded: Json]>([
    [{ type: 'file' }, { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' }],
    [{ discriminator: 'kind' }, { discriminator: { propertyName: 'kind' } }],
    [
      { items: [{ type: 'string' }], additionalItems: false },
      { prefixItems: [{ type: 'string' }], items: false },
    ],
  ])('%j is read as %j, and told', (given, upgraded) => {
    expect(read(given, '3.1.0')).toMatchObject({ schema: upgraded, rules: ['keyword-of-other-version'] })
  })

  it('is assumed of a list as items: some mean one after the other, some any of them', () => {
    const items = [{ type: 'string' }]
    expect(read({ items }).schema['x-evidence']).toBe('assumed')
    expect(read({ items, 'x-evidence': 'observed' }).schema['x-evidence']).toBe('observed')
  })

  it('leads back to the text where it has moved', () => {
    const { originOf } = read({ items: [{}, { minLength: 1 }] }, '3.1.0')
    expect(originOf('#/components/schemas/A/prefixItems/1/minLength')).toBe('#/components/schemas/A/items/1/minLength')
  })
})
