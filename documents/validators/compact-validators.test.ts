import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { OperationValidators, SchemaError, Validate } from '../contract/table.ts'
import type { Document } from '../read/read-document.ts'
import { compileValidators } from './compile-validators.ts'
import { writeValidators } from './write-validators.ts'

const SCHEMAS: Record<string, object | boolean> = {
  anyOf: {
    anyOf: [
      { type: 'string', minLength: 2 },
      { type: 'object', required: ['a'] },
      { $ref: '#/components/schemas/Row' },
    ],
  },
  oneOf: { oneOf: [{ type: 'integer' }, { minimum: 3 }, { $ref: '#/components/schemas/Row' }] },
  allOf: {
    allOf: [{ $ref: '#/components/schemas/Row' }, { required: ['more'] }, { properties: { more: { const: 'x"y\\' } } }],
  },
  not: { not: { $ref: '#/components/schemas/Row' } },
  notInside: {
    type: 'object',
    properties: { a: { not: { type: 'string' } }, b: { type: 'integer' }, c: { $ref: '#/components/schemas/Row' } },
  },
  ifThenElse: {
    if: { properties: { a: { const: 1 } }, required: ['a'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['b'] },
    else: { required: ['c'] },
  },
  contains: { type: 'array', contains: { $ref: '#/components/schemas/Row' }, minContains: 1, maxContains: 2 },
  tuple: { type: 'array', prefixItems: [{ type: 'string' }, { $ref: '#/components/schemas/Row' }], items: false },
  uniqueItems: { type: 'array', uniqueItems: true, items: { type: ['integer', 'string', 'null'] } },
  closed: {
    type: 'object',
    additionalProperties: false,
    patternProperties: { '^x-': { type: 'integer' } },
    properties: { a: true },
  },
  typed: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Row' } },
  unevaluated: {
    allOf: [{ properties: { a: true } }, { $ref: '#/components/schemas/Row' }],
    unevaluatedProperties: false,
  },
  unevaluatedItems: { prefixItems: [true], unevaluatedItems: false },
  propertyNames: { propertyNames: { pattern: '^[a-c]+$', maxLength: 2 } },
  dependent: { dependentRequired: { a: ['b', 'c'] }, dependentSchemas: { b: { required: ['a'] } } },
  counts: { type: 'object', minProperties: 1, maxProperties: 2 },
  numbers: { type: 'number', exclusiveMinimum: -1, maximum: 3, multipleOf: 0.5 },
  text: { type: 'string', format: 'email', pattern: '^[^/"\\\\]+/?.*$', maxLength: 20 },
  formats: {
    type: 'object',
    properties: { a: { format: 'uuid' }, b: { format: 'date' }, c: { format: 'uri' }, more: { format: 'time' } },
  },
  nothing: false,
  enum: { enum: ['a', 1, null, true, 'x"y\\', { a: 1 }] },
  words: { enum: ['a', 'x === "a")', 'x"y\\'] },
  patternNames: { type: 'object', patternProperties: { '^[a-c]$': { enum: ['x', 'y'] } } },
  alike: {
    type: 'object',
    required: ['b', 'a', 'more'],
    properties: {
      a: { type: ['string', 'null'], enum: ['x', null] },
      b: { type: ['string', 'null'], enum: ['x', null] },
      more: { type: ['string', 'null'], enum: ['x', null] },
    },
  },
  alikeLists: {
    type: 'object',
    properties: {
      a: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      b: { type: 'array', items: { $ref: '#/components/schemas/Row' } },
      more: { type: 'array', items: { $ref: '#/components/schemas/Row' } },
    },
  },
  alikeWithin: {
    type: 'object',
    properties: {
      a: { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 1 } } },
      b: { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 1 } } },
      c: { type: 'object', properties: { a: { type: 'integer', minimum: 1 } } },
    },
  },
  tree: { $ref: '#/components/schemas/Tree' },
  alias: { $ref: '#/components/schemas/Alias' },
  rows: { type: 'array', items: { $ref: '#/components/schemas/Row' }, maxItems: 2 },
  nested: {
    type: 'array',
    items: { type: 'array', items: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Row' }] } },
  },
}

const document = {
  openapi: '3.1.0',
  info: { title: 'Keywords', version: '1' },
  paths: Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      `/${name}`,
      {
        post: {
          operationId: name,
          requestBody: { content: { 'application/json': { schema } } },
          responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
        },
      },
    ]),
  ),
  components: {
    schemas: {
      Row: {
        type: 'object',
        description: 'errors = vErrors.length; if(errors === 0){ return false; }',
        required: ['a'],
        properties: {
          a: { type: 'integer', minimum: 1 },
          b: { type: ['string', 'null'], enum: ['x', 'y', null] },
          c: { $ref: '#/components/schemas/Tree' },
        },
      },
      Tree: {
        type: 'object',
        properties: { a: { type: 'integer' }, more: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
      Alias: { $ref: '#/components/schemas/Row' },
    },
  },
} as unknown as Document

const LEAVES = [undefined, null, true, 0, 1, 1.25, 4, '', 'a', 'x"y\\', 'x', 'ab@example.com', '2026-02-30', [], {}]
const MEMBERS = [1, 0, 'x', null, { a: 'x' }, [{ a: 1 }]]

/** Small values of every form. */
function* values(): Generator<unknown> {
  yield* LEAVES.slice(1)
  for (const one of LEAVES.slice(1)) for (const other of LEAVES) yield other === undefined ? [one] : [one, other]
  yield [{ a: 1 }, { a: 2 }, { a: 3 }]
  yield [[{ a: 0 }], ['x'], [1, 'x']]
  yield ['x', { a: 1 }, 3]
  for (const a of [undefined, ...MEMBERS])
    for (const b of [undefined, ...MEMBERS])
      for (const c of [undefined, { a: 1 }, { a: 'x' }, { more: [{ a: 1 }, { more: [{ a: null }] }] }])
        for (const more of [undefined, 'x"y\\', [{ a: 'x' }]])
          yield Object.fromEntries(Object.entries({ a, b, c, more }).filter(([, value]) => value !== undefined))
  yield { 'x-a': 1, 'x-b': 'x', z: 1 }
}

const source = await writeValidators(buildContract(document))
const written = (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default
const compiled = compileValidators(buildContract(document))

describe('the written validators of', () => {
  it.each(Object.keys(SCHEMAS))('%s give the verdicts and the errors of Ajv', (name) => {
    let refused = 0
    for (const value of values()) {
      for (const read of [(one: OperationValidators) => one.body, (one: OperationValidators) => one.replies['200']]) {
        const [one, other] = [read(written[name]), read(compiled[name] as OperationValidators)] as [Validate, Validate]
        const want = { value, verdict: other(value), errors: (other.errors ?? []).map(comparable) }
        const got = { value, verdict: one(value), errors: (one.errors ?? []).map(comparable) }
        if (JSON.stringify(got) !== JSON.stringify(want)) expect(got).toEqual(want)
        if (!want.verdict) refused++
      }
    }
    expect(refused).toBeGreaterThan(0)
  })
})

describe('the written validators', () => {
  it('hold no description, and only the formats that are used', () => {
    expect(source).toContain('date:{')
    expect(source).not.toMatch(/description|ipv4|ftp/)
  })
})

const comparable = ({ instancePath, keyword, params, message }: SchemaError) => ({
  instancePath,
  keyword,
  params,
  message,
})

describe('the Ajv that is installed', () => {
  it('is the one whose code is rewritten: pinned to an exact version', async () => {
    // compact-validators.ts rewrites the code that Ajv emits; another version may emit other code for the same schema.
    const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
    const { devDependencies } = read('../../package.json')
    expect(devDependencies.ajv).toMatch(/^\d+\.\d+\.\d+$/)
    expect(read('../../node_modules/ajv/package.json').version).toBe(devDependencies.ajv)
  })
})
