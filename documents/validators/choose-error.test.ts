import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Validate } from '../contract/table.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from './compile-validators.ts'

/** @param schemas the components; `Body` is the one that the body is held to */
function errorOf(schemas: Json, value: unknown): string {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } }
  const contract = buildContract({
    openapi: '3.1.0',
    info: { title: 'Choices', version: '1' },
    paths: { '/a': { post: { operationId: 'a', requestBody: { content } } } },
    components: { schemas },
  })
  const validate = compileValidators(contract, { explains: true })['a']?.body as Validate
  expect(validate(value)).toBe(false)
  expect(validate.errors).toHaveLength(1)
  const { instancePath, keyword, message, params } = (validate.errors as Json)[0]
  return [instancePath || '/', keyword, params.allowedValues?.join() ?? message].join(' ')
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const kind = (rule: Json, required: Json, type: string) => ({
  type: 'object',
  required: ['kind', required],
  properties: { kind: rule, [required]: { type } },
})

const WORDS = {
  Cat: kind({ const: 'cat' }, 'lives', 'integer'),
  Dog: kind({ enum: ['dog', 'wolf'] }, 'bark', 'boolean'),
}
const STRINGS = { Cat: kind({ type: 'string' }, 'lives', 'integer'), Dog: kind({ type: 'string' }, 'bark', 'boolean') }
const CHOICE = { oneOf: [ref('Cat'), ref('Dog')] }
const told = (mapping?: Json, choice: Json = CHOICE) => ({
  ...choice,
  discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
})

describe('where a discriminator says which alternative is meant, its error is told', () => {
  const BARK = "/ required must have required property 'bark'"
  const MAPPING = { cat: '#/components/schemas/Cat', hound: 'Dog', dog: '#/components/schemas/Dog' }

  it.each<[what: string, schemas: Json, value: unknown, want: string]>([
    ['by a word of its own', { ...WORDS, Body: told() }, { kind: 'dog' }, BARK],
    ['by another of its words', { ...WORDS, Body: told() }, { kind: 'wolf', bark: 1 }, '/bark type must be boolean'],
    ['by the mapping', { ...STRINGS, Body: told(MAPPING) }, { kind: 'dog' }, BARK],
    ['by the mapping to a name', { ...STRINGS, Body: told(MAPPING) }, { kind: 'hound' }, BARK],
    ['by the name of its schema', { ...STRINGS, Body: told() }, { kind: 'Dog' }, BARK],
    ['with anyOf', { ...WORDS, Body: told(undefined, { anyOf: CHOICE.oneOf }) }, { kind: 'dog' }, BARK],
    [
      'by a word below allOf',
      {
        ...STRINGS,
        Body: told(undefined, { oneOf: [ref('Cat'), ref('Pup')] }),
        Pup: { allOf: [ref('Dog'), { properties: { kind: { const: 'pup' } } }] },
      },
      { kind: 'pup' },
      BARK,
    ],
    [
      'in a member',
      { ...WORDS, Pet: told(), Body: { type: 'object', properties: { pets: { type: 'array', items: ref('Pet') } } } },
      {
        pets: [
          { kind: 'cat', lives: 1 },
          { kind: 'dog', bark: 1 },
        ],
      },
      '/pets/1/bark type must be boolean',
    ],
    ['that nobody has', { ...WORDS, Body: told() }, { kind: 'cow', bark: 1 }, '/kind enum cat,dog,wolf'],
    ['that is mapped to nobody', { ...STRINGS, Body: told(MAPPING) }, { kind: 'cow' }, '/kind enum cat,hound,dog'],
    ['that is missing', { ...WORDS, Body: told() }, { bark: true }, "/ required must have required property 'kind'"],
    ['that is no object', { ...WORDS, Body: told() }, 7, '/ type must be object'],
  ])('%s', (_, schemas, value, want) => {
    expect(errorOf(schemas, value)).toBe(want)
  })

  it('unless another one is to be taken', () => {
    const discriminator = { propertyName: 'kind', mapping: MAPPING, defaultMapping: 'Dog' }
    expect(errorOf({ ...STRINGS, Body: { ...CHOICE, discriminator } }, { kind: 'cow' })).toBe(BARK)
  })
})

describe('without a discriminator the error of the nearest alternative is told', () => {
  it.each<[what: string, body: Json, value: unknown, want: string]>([
    ['its constant is there', CHOICE, { kind: 'dog', bark: 1 }, '/bark type must be boolean'],
    [
      'its constant is there, a required member is not',
      CHOICE,
      { kind: 'dog', lives: 1 },
      "/ required must have required property 'bark'",
    ],
    [
      'its type is there',
      { anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'integer' } }] },
      ['x'],
      '/0 type must be integer',
    ],
    [
      'its required members are there',
      { oneOf: [{ required: ['a', 'b'] }, { required: ['c'], properties: { c: { type: 'string' } } }] },
      { c: 1 },
      '/c type must be string',
    ],
    [
      'in a member of a member',
      { anyOf: [{ type: 'null' }, CHOICE] },
      { kind: 'dog', bark: 1 },
      '/bark type must be boolean',
    ],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    ['after a condition', { if: true, then: CHOICE }, { kind: 'dog', bark: 1 }, '/bark type must be boolean'],
    [
      'all types, where it is of none',
      { anyOf: [{ type: 'string', minLength: 2 }, { oneOf: [{ type: 'integer' }, { type: ['null', 'string'] }] }] },
      true,
      '/ type must be string,integer,null',
    ],
    [
      'none, as two are satisfied',
      { oneOf: [{ maxProperties: 2 }, { minProperties: 1 }] },
      { a: 1 },
      '/ oneOf must match exactly one schema in oneOf',
    ],
  ])('%s', (_, body, value, want) => {
    expect(errorOf({ ...WORDS, Body: body }, value)).toBe(want)
  })

  it('but for very large values', () => {
    const value = {
      kind: 'dog',
      bark: 1,
      ...Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`m${at}`, 1])),
    }
    expect(errorOf({ ...WORDS, Body: CHOICE }, value)).toMatch(/required property 'lives'/)
  })
})
