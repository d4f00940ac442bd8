import { describe, expect, it } from 'vitest'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from '../validators/compile-validators.ts'
import { buildContract } from './build-contract.ts'
import { findAlike } from './tell-apart.ts'

const text = { type: 'string' }
const object = (properties: Json, more: Json = {}): Json => ({ type: 'object', properties, ...more })
const named = { required: ['name'] }
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const SCHEMAS: Record<string, Json> = {
  Pet: object({ name: text, kind: text }, named),
  Dog: { allOf: [ref('Pet'), object({ bark: { type: 'boolean' } })] },
  Cat: { allOf: [ref('Pet'), object({ lives: { type: 'integer' } })] },
  Tree: object({ children: { type: 'array', items: ref('Tree') } }),
  // Each of its alternatives is what it stands in, once more.
  Endless: { oneOf: [{ allOf: [ref('Endless'), { maxLength: 3 }] }, { allOf: [ref('Endless'), { minLength: 1 }] }] },
  Bush: object({ children: { type: 'array', items: ref('Bush') } }),
}

const contractOf = (oneOf: readonly Json[]) => {
  const content = { 'application/json': { schema: { oneOf } } }
  return buildContract({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a': { post: { operationId: 'a', requestBody: { content }, responses: { 200: { description: 'A', content } } } },
    },
    components: { schemas: SCHEMAS },
  })
}

const alikeOf = (oneOf: readonly Json[]): unknown[] =>
  findAlike(contractOf(oneOf), oneOf).map(({ one, other }) => [oneOf.indexOf(one), oneOf.indexOf(other)])

describe('alternatives are alike', () => {
  it.each<[what: string, oneOf: Json[], alike: unknown[]]>([
    [
      'that are the same',
      [text, { type: 'string', description: 'Another.' }],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['where one allows more', [text, { type: 'string', format: 'date' }], [[1, 0]]],
    ['of numbers', [{ type: 'integer' }, { type: 'number' }], [[0, 1]]],
    ['where one allows anything', [{}, text], [[1, 0]]],
    ['of an enum', [{ enum: ['a'] }, { enum: ['b', 'a'] }], [[0, 1]]],
    [
      'that know members of their own and need none',
      [ref('Dog'), ref('Cat')],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'of which one needs more',
      [object({ a: text }), object({ a: text, b: text }, { required: ['a', 'b'] })],
      [[1, 0]],
    ],
    [
      'of lists',
      [
        { type: 'array', items: text },
        { type: 'array', items: { enum: ['a'], type: 'string' } },
      ],
      [[1, 0]],
    ],
    [
      'that hold themselves',
      [ref('Tree'), ref('Bush')],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'of which one is a choice itself',
      [text, { anyOf: [text, { type: 'integer' }] }],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['that both may be null', [{ type: 'null' }, { type: ['object', 'null'], properties: { a: text } }], [[0, 1]]],
  ])('%s', (_, oneOf, alike) => {
    expect(alikeOf(oneOf)).toEqual(alike)
  })
})

describe('alternatives are told apart', () => {
  it.each<[what: string, oneOf: Json[]]>([
    ['by type', [text, { type: 'integer' }, object({}), { type: 'array', items: text }]],
    [
      'by what is required of each',
      [object({ a: text }, { required: ['a'] }), object({ b: text }, { required: ['b'] })],
    ],
    ['that never end', [ref('Endless'), { type: 'string', maxLength: 4 }]],
    ['by required members alone', [{ required: ['a'] }, { required: ['b'] }]],
    ['by a constant', [object({ kind: { const: 'a' } }), object({ kind: { const: 'b' } })]],
    ['by enums that only overlap', [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }]],
    ['by the type of a member', [object({ a: text }), object({ a: { type: 'integer' } })]],
    [
      'by being closed',
      [object({ a: text }, { additionalProperties: false }), object({ b: text }, { additionalProperties: false })],
    ],
    [
      'by format',
      [
        { type: 'string', format: 'uuid' },
        { type: 'string', format: 'email' },
      ],
    ],
    [
      'by multiples',
      [
        { type: 'integer', multipleOf: 3 },
        { type: 'integer', multipleOf: 5 },
      ],
    ],
    [
      'by what only one forbids',
      [
        { type: 'string', not: { const: 'a' } },
        { type: 'string', maxLength: 3 },
      ],
    ],
  ])('%s', (_, oneOf) => {
    expect(alikeOf(oneOf)).toEqual([])
  })
})

describe('a oneOf', () => {
  const validate = (oneOf: Json[], value: Json): unknown[] => {
    const { a } = compileValidators(contractOf(oneOf))
    return [a?.body?.(value), a?.replies['200']?.(value)]
  }

  it('of alternatives that are alike allows what is of several, and nothing that is of none', () => {
    const pets = [ref('Dog'), ref('Cat')]
    expect(validate(pets, { name: 'Rex', bark: true })).toEqual([true, true])
    expect(validate(pets, { bark: true })).toEqual([false, false])
  })

  it('of alternatives that are told apart allows what is of one alone', () => {
    const multiples = [
      { type: 'integer', multipleOf: 3 },
      { type: 'integer', multipleOf: 5 },
    ]
    expect([9, 10, 15].map((value) => validate(multiples, value))).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ])
  })
})
