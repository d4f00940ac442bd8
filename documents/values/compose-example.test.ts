import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Contract } from '../contract/contract.ts'
import type { DeclaredReply, MediaType } from '../contract/operation.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from '../validators/compile-validators.ts'
import { composeReply } from './compose-example.ts'

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

const RESPONSE = 'application/json'

/** What the first media type of a reply of 200 holds. */
function compose(media: Json, type = RESPONSE) {
  const contract = documentOf({ 200: { content: { [type]: media } } })
  const [reply] = contract.operation('a')?.replies ?? []
  const [declared] = reply?.content ?? []
  return { contract, composed: composeReply(contract, 'a', reply as DeclaredReply, declared as MediaType) }
}

it('an example that is of two alternatives, which nothing tells apart, stands behind what is of one alone', () => {
  const named = { type: 'object', required: ['name'] }
  const name = { type: 'string' }
  const oneOf = [
    { ...named, properties: { name, barks: { type: 'boolean' } } },
    { ...named, properties: { name, lives: { type: 'integer' } } },
  ]
  const example = { name: 'Rex', barks: true }
  const { composed } = compose({ schema: { oneOf }, example })
  expect(composed).toMatchObject({ isExample: false, value: { name: 'Rex' } })
  expect(composed.value).not.toEqual(example)
  const same = [oneOf[0], { ...oneOf[0], description: 'The same.' }]
  expect(compose({ schema: { oneOf: same }, example }).composed.value).toMatchObject({ name: expect.any(String) })
})

it('an example of a schema that is none ends no reply, also where others have alternatives that are alike', () => {
  const { contract } = compose({ schema: { oneOf: [{ type: 'string' }, { type: 'string' }] } })
  const media = {
    type: RESPONSE,
    examples: { one: 'a' },
    schema: { schema: { type: 7 }, pointer: '', evidence: 'documented' },
  }
  const [reply] = contract.operation('a')?.replies ?? []
  const { value, remark } = composeReply(contract, 'a', reply as DeclaredReply, media as never)
  expect([value, remark]).toEqual(['a', expect.stringContaining('not valid')])
})

describe('a composed success', () => {
  const error = { type: 'object', required: ['code'], properties: { code: { type: 'integer' } } }
  const properties = { data: { type: 'string' }, error, errorMessage: { type: 'string' }, errors: { type: 'array' } }

  it('tells of no errors, unless it has to, or is about nothing else', () => {
    const told = (schema: Json) =>
      Object.keys(compose({ schema: { type: 'object', ...schema } }).composed.value as Json)
    expect(told({ properties })).toEqual(['data'])
    expect(told({ properties, required: ['error'] })).toEqual(['error', 'data'])
    expect(told({ properties: { errors: { type: 'array', items: error } } })).toEqual(['errors'])
  })

  it('tells of them in what is about them', () => {
    const contract = buildContract({
      openapi: '3.1.0',
      info: { title: 'A', version: '1' },
      paths: { '/errors': { get: { operationId: 'a', responses: { 200: { content: {} } } } } },
    })
    const media = {
      type: RESPONSE,
      schema: { schema: { type: 'object', properties }, pointer: '', evidence: 'documented' },
    }
    const { value } = composeReply(contract, 'a', { status: '200' }, media as never)
    expect(Object.keys(value as Json)).toContain('errors')
    expect(Object.keys(composeReply(documentOf({}), 'a', { status: '400' }, media as never).value as Json)).toContain(
      'error',
    )
  })

  it('tells of them where its example does', () => {
    const example = { data: 'a', error: { code: 7 } }
    expect(compose({ schema: { type: 'object', properties }, example }).composed.value).toEqual(example)
  })
})

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
    const { contract, composed } = compose({ schema })
    expect(composed).toEqual({ value: want, isExample: false })
    const validate = (compileValidators(contract)['a'] as Json).replies[200]
    expect(validate(composed.value), JSON.stringify(validate.errors)).toBe(true)
  })
})

describe('the reply of a media type', () => {
  const pet = {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'integer' },
      name: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
    },
  }
  const impossible = {
    type: 'object',
    required: ['age'],
    properties: { age: { type: 'integer', minimum: 2, maximum: 1 } },
  }
  const broken = expect.stringContaining('has an example that breaks its schema')

  it.each<[given: string, media: Json, want: Json]>([
    [
      'its example',
      { schema: pet, example: { id: 1, name: 'Rex' } },
      { value: { id: 1, name: 'Rex' }, isExample: true },
    ],
    [
      'the first example that keeps its schema',
      { schema: pet, examples: { bad: { value: { id: 'a' } }, good: { value: { id: 2, name: 'Ada' } } } },
      { value: { id: 2, name: 'Ada' }, isExample: true },
    ],
    [
      'an example that is JSON in a text',
      { schema: pet, example: '{"id":1,"name":"Rex"}' },
      { value: { id: 1, name: 'Rex' }, isExample: true },
    ],
    [
      'what its broken example lacks, composed, around the rest of it',
      { schema: pet, example: { name: 'Rex', more: 7 } },
      {
        value: { id: expect.any(Number), name: 'Rex', tags: expect.any(Array), more: 7 },
        isExample: false,
        remark: broken,
      },
    ],
    [
      'what is wrong in its example, composed, and the rest of it',
      { schema: pet, example: { id: 'a', name: 'Rex', tags: [7] } },
      { value: { id: expect.any(Number), name: 'Rex', tags: expect.any(Array) }, isExample: false, remark: broken },
    ],
    [
      'of a list as many items as its broken example has',
      { schema: { type: 'array', items: pet }, example: [{ id: 1 }, { id: 2 }] },
      {
        value: [expect.objectContaining({ id: 1, name: expect.any(String) }), expect.objectContaining({ id: 2 })],
        isExample: false,
        remark: broken,
      },
    ],
    ['its example, where it has no schema', { example: [1] }, { value: [1], isExample: true }],
    ['nothing, where it says nothing', {}, { value: undefined, isExample: true }],
    [
      'its example as it is, where no value is valid',
      { schema: impossible, example: { age: 1 } },
      {
        value: { age: 1 },
        isExample: true,
        remark: expect.stringMatching(/^allows no value .*\/age.*its example is sent/),
      },
    ],
    [
      'nothing, where no value is valid and there is no example',
      { schema: impossible },
      { value: undefined, isExample: true, remark: expect.stringContaining('no number is within its limits') },
    ],
    [
      'the simplest, where nothing better can be made',
      { schema: { not: { type: ['string', 'object', 'number', 'boolean', 'null'] } } },
      { value: [], isExample: true, remark: expect.stringMatching(/^allows no value .*; \[\] is sent$/) },
    ],
    [
      'what is made of a schema that is not valid, unchecked',
      { schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer', minLength: 'x' } } } },
      {
        value: { n: expect.any(Number) },
        isExample: false,
        remark: expect.stringContaining('a schema that is not valid'),
      },
    ],
    [
      'its example, where its schema is none',
      { schema: { type: 'wrong' }, example: 7 },
      { value: 7, isExample: true, remark: expect.stringContaining('a schema that is not valid') },
    ],
    [
      'nothing, where its schema is none',
      { schema: { type: 'wrong' } },
      { value: undefined, isExample: true, remark: expect.stringContaining('nothing is sent') },
    ],
  ])('is %s', (_, media, want) => {
    expect(compose(media).composed).toEqual(want)
  })

  it('is a text as it is written, where the type is no JSON', () => {
    expect(compose({ schema: pet, example: '<pet/>' }, 'application/xml').composed).toEqual({
      value: '<pet/>',
      isExample: true,
    })
  })
})
