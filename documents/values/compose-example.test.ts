import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Contract } from '../contract/contract.ts'
import { listExamples } from '../emit/list-examples.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from '../validators/compile-validators.ts'
import { composeMissing } from './compose-example.ts'

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

const documentOf = (responses: Json): Contract =>
  buildContract({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: { '/a': { get: { operationId: 'a', responses } } },
    components: { schemas: SCHEMAS },
  })

const repliesOf = (document: Contract) => composeMissing(document, listExamples(document))['a']?.replies

describe('a composed example satisfies its schema', () => {
  const cat = { $ref: '#/components/schemas/Cat' }
  const dog = { $ref: '#/components/schemas/Dog' }

  it.each<[schema: Json, want: unknown]>([
    [{ enum: ['b'] }, 'b'],
    [{ const: 0 }, 0],
    [{ type: 'integer', default: 20 }, 20],
    [{ type: 'string', examples: ['Zoë', 'Ada'] }, 'Zoë'],
    [{ type: 'array', minItems: 3, items: { const: 7 } }, [7, 7, 7]],
    [{ type: 'object', properties: { a: { type: 'string', example: 'b' } } }, { a: 'b' }],
    [true, expect.anything()],
    [{ type: 'string', minLength: 6 }, expect.any(String)],
    [{ type: 'string', pattern: '^(?=\\S)[\\p{L} ]+(?<=\\S)$', maxLength: 4 }, expect.any(String)],
    [{ type: 'string', format: 'date-time', example: 'yesterday' }, expect.any(String)],
    [{ type: 'integer', multipleOf: 5, minimum: 12, maximum: 16 }, 15],
    [{ type: 'number', multipleOf: 0.1, exclusiveMinimum: 0.2, maximum: 0.3 }, 0.3],
    [{ items: { items: { type: 'boolean' } } }, expect.any(Array)],
    [
      { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
      expect.objectContaining({ kind: expect.any(String) }),
    ],
    [{ anyOf: [dog, cat] }, expect.objectContaining({ kind: expect.any(String) })],
    [
      { allOf: [cat, { properties: { name: { type: 'string' } } }], properties: { age: { type: 'integer' } } },
      { kind: 'cat', lives: expect.any(Number), name: expect.any(String), age: expect.any(Number) },
    ],
    [{ $ref: '#/components/schemas/Node' }, expect.objectContaining({ name: expect.any(String) })],
  ])('%j: %j', (schema, want) => {
    const document = documentOf({ 200: json({ schema }) })
    const composed = repliesOf(document)?.['200']?.['composed']
    expect(composed).toEqual(want)
    const validate = (compileValidators(document)['a'] as Json).replies[200]
    expect(validate(composed), JSON.stringify(validate.errors)).toBe(true)
  })
})

describe('composeMissing', () => {
  const media = { schema: { const: 'text' } }

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
  ])('%s', (_, responses, want) => {
    expect(repliesOf(documentOf(responses))).toEqual(want)
  })

  it('names the operation and the field that nothing satisfies', () => {
    const schema = {
      type: 'object',
      required: ['age'],
      properties: { age: { type: 'integer', minimum: 2, maximum: 1 } },
    }
    expect(() => repliesOf(documentOf({ 200: json({ schema }) }))).toThrow(
      'no valid value can be made for /age of the reply 200 of a: no number is within its limits',
    )
  })
})
