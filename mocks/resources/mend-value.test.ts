import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Validate } from '../../documents/contract/table.ts'
import { mendValue } from './mend-value.ts'

const validateBy = (schema: object): Validate => new Ajv2020({ strict: false }).compile(schema)

const PET = {
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    age: { type: 'integer' },
    tags: { type: 'array', items: { type: 'object', required: ['tag'], properties: { tag: { type: 'string' } } } },
  },
}
const TEXT = { type: 'string' }
const REX = { id: 1, name: 'Rex', tags: [{ tag: 'good' }] }

describe('a value is mended', () => {
  it.each<[what: string, value: unknown, mended: unknown]>([
    ['not at all where it is valid', { id: 7, name: 'Zoe' }, { id: 7, name: 'Zoe' }],
    ['by what is missing', { id: 7 }, { id: 7, name: 'Rex' }],
    ['by leaving out what is too much', { id: 7, name: 'Zoe', fur: 'red' }, { id: 7, name: 'Zoe' }],
    ['by what the other has in a place', { id: 'seven', name: 'Zoe' }, { id: 1, name: 'Zoe' }],
    ['by leaving out what the other has not', { id: 7, name: 'Zoe', age: 'old' }, { id: 7, name: 'Zoe' }],
    [
      'inside of a list',
      { id: 7, name: 'Zoe', tags: [{ tag: 'a' }, {}, { tag: 'b' }] },
      { id: 7, name: 'Zoe', tags: [{ tag: 'a' }, { tag: 'good' }, { tag: 'b' }] },
    ],
    ['in several places', { fur: 1, name: 2, age: 3 }, { id: 1, name: 'Rex', age: 3 }],
    ['by the other itself where it is something else', 'Zoe', REX],
  ])('%s', (_, value, mended) => {
    const before = structuredClone(value)
    expect(mendValue(value, REX, validateBy(PET))).toEqual(mended)
    expect(value).toEqual(before)
  })

  it('with what the other has where none of several alternatives holds', () => {
    const validate = validateBy({ oneOf: [{ required: ['a'] }, { required: ['b'] }], type: 'object' })
    expect(mendValue({ c: 1 }, { a: 1 }, validate)).toEqual({ a: 1, c: 1 })
  })

  it('by as much of it as fits the other, where alternatives are told apart by a member', () => {
    const of = (kind: string, more: object) => ({
      type: 'object',
      required: ['kind', 'id'],
      additionalProperties: false,
      properties: { kind: { const: kind }, id: { type: 'integer' }, ...more },
    })
    const validate = validateBy({
      oneOf: [of('cat', { lives: { type: 'integer' } }), of('dog', { trick: { type: 'string' } })],
    })
    const cat = { kind: 'cat', id: 1, lives: 9 }
    expect(mendValue({ id: 7, trick: 'roll', lives: 3 }, cat, validate)).toEqual({ kind: 'cat', id: 7, lives: 3 })
    const inside = validateBy({ type: 'object', properties: { data: { oneOf: [of('cat', {}), of('dog', {})] } } })
    expect(mendValue({ data: { id: 7 }, more: 1 }, { data: { kind: 'dog', id: 1 } }, inside)).toEqual({
      data: { kind: 'dog', id: 7 },
      more: 1,
    })
  })

  it('by the other where it has nothing to give', () => {
    expect(mendValue({}, { a: 1 }, validateBy({ required: ['b'] }))).toEqual({ a: 1 })
  })

  it('by as much as fits in one place, whatever is wrong in another', () => {
    const ref = { anyOf: [{ type: 'object', required: ['type'], properties: { id: TEXT, type: TEXT } }] }
    const validate = validateBy({ properties: { parent: ref, size: { type: 'integer' } } })
    const valid = { parent: { id: '1', type: 'folder' }, size: 1 }
    expect(mendValue({ parent: { id: '7' }, size: 'big' }, valid, validate)).toEqual({
      parent: { id: '7', type: 'folder' },
      size: 1,
    })
  })

  it('with another id for each item of a list that lacks one', () => {
    const item = { type: 'object', required: ['id', 'kind'], properties: { id: TEXT, kind: TEXT } }
    const validate = validateBy({ properties: { options: { type: 'array', items: item } } })
    const valid = { options: [{ id: '8', kind: 'a' }] }
    const { options } = mendValue({ options: [{}, { id: '9' }, {}] }, valid, validate) as typeof valid
    expect(options.map(({ kind }) => kind)).toEqual(['a', 'a', 'a'])
    expect(new Set(options.map(({ id }) => id)).size).toBe(3)
    const named = mendValue({ options: ['a', 'b', 'c'] }, valid, validate) as typeof valid
    expect(new Set(named.options.map(({ id }) => id)).size).toBe(3)
  })
})
