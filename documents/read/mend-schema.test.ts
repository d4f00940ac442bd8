import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { mendKeywords } from './mend-schema.ts'

function mend(schema: Json) {
  const told: string[] = []
  const mended = mendKeywords(schema, {
    version: '3.1',
    tell: (rule, message, instead, ...tokens) => told.push(`${rule} at ${tokens.join('/')}: ${message}; ${instead}`),
  })
  return { mended, told }
}

describe('a keyword that cannot be what it is', () => {
  it.each<[schema: Json, told: string]>([
    [
      { minLength: 'x' },
      'keyword-invalid at minLength: minLength is "x", and must be a whole number from 0; it is ignored',
    ],
    [{ maxItems: -1 }, 'keyword-invalid at maxItems: maxItems is -1, and must be a whole number from 0; it is ignored'],
    [
      { maxLength: 1.5 },
      'keyword-invalid at maxLength: maxLength is 1.5, and must be a whole number from 0; it is ignored',
    ],
    [{ maximum: null, minimum: [] }, 'keyword-invalid at minimum: minimum is [], and must be a number; it is ignored'],
    [{ multipleOf: 0 }, 'keyword-invalid at multipleOf: multipleOf is 0, and must be a number above 0; it is ignored'],
    [{ type: 'any' }, 'keyword-invalid at type: there is no type "any"; it is ignored'],
    [{ type: 'string|any' }, 'keyword-invalid at type: there is no type "string|any"; it is ignored'],
    [{ type: ['constructor'] }, 'keyword-invalid at type: there is no type "constructor"; it is ignored'],
    [{ type: {} }, 'keyword-invalid at type: there is no type {}; it is ignored'],
    [
      { pattern: '/^a$/gi' },
      'pattern-invalid at pattern: the pattern /^a$/gi is written as in a program; it is ignored',
    ],
    [{ type: [] }, 'keyword-invalid at type: type is an empty list; it is ignored'],
    [{ required: true }, 'keyword-invalid at required: required is true, and must be a list of names; it is ignored'],
    [
      { uniqueItems: 'yes' },
      'keyword-invalid at uniqueItems: uniqueItems is "yes", and must be true or false; it is ignored',
    ],
    [{ enum: 'a' }, 'keyword-invalid at enum: enum is "a", and must be a list; it is ignored'],
    [{ enum: [] }, 'enum-empty at enum: enum is empty; it is ignored'],
    [{ anyOf: [] }, 'keyword-invalid at anyOf: anyOf is [], and must be a list that is not empty; it is ignored'],
    [{ pattern: 7 }, 'keyword-invalid at pattern: pattern is 7, and must be a text; it is ignored'],
    [{ pattern: '(?i)a' }, 'pattern-invalid at pattern: the pattern (?i)a is not valid; it is ignored'],
    [
      { pattern: 'ab'.repeat(50_000) },
      `pattern-invalid at pattern: the pattern ${'ab'.repeat(500)}… is not valid, or too large for a regular expression; it is ignored`,
    ],
    [{ format: {} }, 'keyword-invalid at format: format is {}, and must be a text; it is ignored'],
    [{ examples: { a: 1 } }, 'keyword-invalid at examples: examples is {"a":1}, and must be a list; it is ignored'],
    [
      { discriminator: {} },
      'keyword-invalid at discriminator: discriminator is {}, and must be a propertyName; it is ignored',
    ],
    [
      { dependentRequired: { a: 'b' } },
      'keyword-invalid at dependentRequired: dependentRequired is {"a":"b"}, and must be a map of lists of names; it is ignored',
    ],
  ])('is told and ignored: %j', (schema, message) => {
    const { mended, told } = mend({ description: 'a', ...schema })
    expect(told).toEqual([message])
    expect(Object.keys(mended).filter((name) => mended[name] !== null)).toEqual(['description'])
  })

  it.each<[schema: Json, mended: Json]>([
    [{ minLength: '2' }, { minLength: 2 }],
    [{ maximum: '1.5' }, { maximum: 1.5 }],
    [{ uniqueItems: 'true' }, { uniqueItems: true }],
    [{ type: ['string', 'any'] }, { type: ['string'] }],
    [{ type: ['string', 'text'] }, { type: ['string'] }],
    [{ type: 'String' }, { type: 'string' }],
    [{ type: 'int' }, { type: 'integer' }],
    [{ type: 'integer|NULL' }, { type: ['integer', 'null'] }],
    [{ type: 'float, bool' }, { type: ['number', 'boolean'] }],
    [{ pattern: '/^a\\d$/' }, { pattern: '^a\\d$' }],
    [{ pattern: String.raw`/^\@/u` }, { pattern: '^@' }],
    [{ required: ['a', 1] }, { required: ['a'] }],
    [{ pattern: String.raw`^\@` }, { pattern: '^@' }],
    [
      { type: 'string', enum: [10, true] },
      { type: 'string', enum: ['10', 'true'] },
    ],
    [
      { type: ['integer', 'null'], enum: ['1', null] },
      { type: ['integer', 'null'], enum: [1, null] },
    ],
    [
      { type: 'number', enum: ['0.5'] },
      { type: 'number', enum: [0.5] },
    ],
    [
      { type: 'boolean', enum: ['false'] },
      { type: 'boolean', enum: [false] },
    ],
    [
      { type: 'array', enum: ['a', null], items: { type: 'string' } },
      { type: 'array', items: { type: 'string', enum: ['a'] } },
    ],
    [
      { type: 'array', enum: ['a'], items: { enum: ['a', 'b'] } },
      { type: 'array', items: { enum: ['a', 'b'] } },
    ],
    [
      { type: ['array', 'null'], enum: ['a'], items: { $ref: '#/b' } },
      { type: ['array', 'null'], items: { $ref: '#/b' } },
    ],
    [
      { type: 'array', enum: [1] },
      { type: 'array', items: { enum: [1] } },
    ],
    [{ patternProperties: { [String.raw`\_`]: {}, '(': {} } }, { patternProperties: { _: {} } }],
  ])('is told and read as it was meant, where that is plain: %j', (schema, mended) => {
    const found = mend(schema)
    expect(found.mended).toEqual(mended)
    expect(found.told.length).toBeGreaterThan(0)
  })
})

describe('numbers beyond 2^53', () => {
  it.each(['minimum', 'const', 'default'])('are told: %s', (keyword) => {
    const { told } = mend({ [keyword]: JSON.parse('9007199254740993') })
    expect(told).toEqual([
      `number-rounded at ${keyword}: a number beyond 2^53 may have lost its last digits; it is read as 9007199254740992`,
    ])
  })
})

it('slashes that a text may have are no literal', () => {
  for (const pattern of ['/a/', '^/a/$', '/', '/^', 'a/^b$/'])
    expect(mend({ pattern })).toEqual({ mended: { pattern }, told: [] })
})

it.each([
  { type: 'string', enum: ['a', 1] },
  { type: 'integer', enum: ['a', '1'] },
  { type: ['string', 'integer'], enum: [true] },
  { type: 'string', enum: [null] },
  { enum: [1, 'a'] },
  { type: 'array', enum: [['a'], 'b'] },
  { type: ['array', 'string'], enum: ['a'] },
  { type: 'array', enum: [null] },
])('an enum of which not all can be of its type stays what it is: %j', (schema) => {
  expect(mend(schema)).toEqual({ mended: schema, told: [] })
})

it('a schema that is right is the same', () => {
  const schema = {
    type: ['string', 'null'],
    enum: ['a', null],
    minLength: 0,
    pattern: '^a',
    maximum: 2 ** 63,
    required: [],
  }
  const { mended, told } = mend(schema)
  expect(mended).toBe(schema)
  expect(told).toEqual([])
})
