import { describe, expect, it } from 'vitest'
import { compileValidators } from './compile-validators.ts'
import { composeMissing } from './compose-example.ts'
import { listExamples } from './list-examples.ts'
import type { Document, Json } from './read-document.ts'

const json = (media: Json) => ({ content: { 'application/json': media } })

const SCHEMAS = {
  Node: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      left: { $ref: '#/components/schemas/Node' },
      rest: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
    },
  },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'cat' }, lives: { enum: [9, 7] } } },
  Dog: { type: 'object', required: ['kind'], properties: { kind: { const: 'dog' } } },
}

const documentOf = (responses: Json): Document => ({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  paths: { '/a': { get: { operationId: 'a', responses } } },
  components: { schemas: SCHEMAS },
})

const repliesOf = (document: Document) => composeMissing(document, listExamples(document))['a']?.replies

describe('a composed example satisfies its schema', () => {
  const cat = { $ref: '#/components/schemas/Cat' }
  const dog = { $ref: '#/components/schemas/Dog' }

  it.each<[schema: Json, want: unknown]>([
    [true, {}],
    [{ type: 'string' }, 'text'],
    [{ type: 'string', minLength: 6 }, 'text..'],
    [{ type: 'string', maxLength: 2 }, 'te'],
    [{ type: 'string', format: 'date-time' }, '2026-01-31T12:00:00Z'],
    [{ type: 'string', format: 'uuid' }, '6f1ed002-ab59-4a04-8b0a-4f8a3c1d2e5b'],
    [{ type: 'string', format: 'email' }, 'ada@example.com'],
    [{ type: 'string', format: 'uri' }, 'https://example.com'],
    [{ type: ['null', 'string'] }, null],
    [{ type: 'boolean' }, true],
    [{ enum: ['b', 'a'] }, 'b'],
    [{ const: 0 }, 0],
    [{ type: 'integer', default: 20 }, 20],
    [{ type: 'string', examples: ['Zoë', 'Ada'] }, 'Zoë'],
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 5 }, 5],
    [{ type: 'integer', maximum: -5 }, -5],
    [{ type: 'integer', exclusiveMinimum: 5 }, 6],
    [{ type: 'integer', exclusiveMaximum: 0 }, -1],
    [{ type: 'integer', minimum: 0.5 }, 1],
    [{ type: ['integer', 'null'], exclusiveMinimum: 1.5 }, 2],
    [{ type: 'integer', multipleOf: 5, minimum: 12 }, 15],
    [{ type: 'integer', multipleOf: 5 }, 5],
    [{ type: 'number', exclusiveMinimum: 1 }, 2],
    [{ type: 'number', exclusiveMinimum: 10, exclusiveMaximum: 11 }, 10.5],
    [{ type: 'number', exclusiveMaximum: 0.5 }, -0.5],
    [{ type: 'number', multipleOf: 0.1, exclusiveMinimum: 0.2 }, 0.3],
    [{ type: 'number', maximum: 0.25 }, 0.25],
    [{ type: 'array', items: { type: 'string' } }, ['text']],
    [{ type: 'array', minItems: 3, items: { const: 7 } }, [7, 7, 7]],
    [{ items: { items: { type: 'boolean' } } }, [[true]]],
    [{ type: 'object' }, {}],
    [
      { properties: { a: { type: 'string' }, b: { type: 'object', properties: { c: { type: 'null' } } } } },
      { a: 'text', b: { c: null } },
    ],
    [
      { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
      { kind: 'cat', lives: 9 },
    ],
    [{ anyOf: [dog, cat] }, { kind: 'dog' }],
    [
      { allOf: [cat, { properties: { name: { type: 'string' } } }], properties: { age: { type: 'integer' } } },
      { kind: 'cat', lives: 9, name: 'text', age: 1 },
    ],
    [{ $ref: '#/components/schemas/Node' }, { name: 'text', rest: [] }],
  ])('%j: %j', (schema, want) => {
    const document = documentOf({ 200: json({ schema }) })
    expect(repliesOf(document)).toEqual({ 200: { composed: want } })
    const validate = (compileValidators(document)['a'] as Json).replies[200]
    expect(validate(want), JSON.stringify(validate.errors)).toBe(true)
  })
})

describe('composeMissing', () => {
  const media = { schema: { type: 'string' } }

  it.each<[given: string, responses: Json, want: Json]>([
    [
      'fills each success without example',
      { 200: json(media), 201: json(media), '2XX': json(media), default: json(media) },
      {
        200: { composed: 'text' },
        201: { composed: 'text' },
        '2XX': { composed: 'text' },
        default: { composed: 'text' },
      },
    ],
    ['keeps examples', { 200: json({ ...media, examples: { a: { value: 'b' } } }) }, { 200: { a: 'b' } }],
    ['invents no refusals', { 400: json(media), '5XX': json(media) }, {}],
    ['invents no bodies', { 204: {}, 200: { content: { 'text/csv': media } } }, {}],
    ['leaves alone what nothing satisfies', { 200: json({ schema: false }) }, {}],
  ])('%s', (_, responses, want) => {
    expect(repliesOf(documentOf(responses))).toEqual(want)
  })
})
