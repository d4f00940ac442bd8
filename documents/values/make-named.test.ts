import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import { createRandom } from '../patterns/random.ts'
import type { Json } from '../read/read-document.ts'
import { makeValue } from './make-value.ts'

const text = { type: 'string' }
const number = { type: 'number' }
const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more })

const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  components: {
    schemas: {
      User: object({ id: { type: 'integer' }, name: text, email: text, firstName: text, city: text, country: text }),
    },
  },
})

const make = (schema: Json, options: Json = {}, seed = 'a') =>
  makeValue(contract, schema, createRandom(seed), '', { examples: true, optional: 1, ...options })

describe('a made value looks like what its member is called', () => {
  it.each<[name: string, schema: Json, look: RegExp]>([
    ['email', text, /^[a-z]+\.[a-z]+\d+@example\.com$/],
    ['contactEmail', { type: 'string', format: 'email' }, /^[a-z]+\.[a-z]+\d+@example\.com$/],
    ['phone_number', text, /^\+120255501\d\d$/],
    ['createdAt', text, /^202[234]-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
    ['updated_at', { type: 'string', format: 'date-time' }, /^202[234]-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
    ['birth_date', { type: 'string', format: 'date' }, /^(?:19|20)\d\d-\d\d-\d\d$/],
    ['avatarUrl', { type: 'string', format: 'uri' }, /^https:\/\/example\.com\/images\/[a-z-]+\.png$/],
    ['home-page', text, /^https:\/\/example\.com\/[a-z-]+$/],
    ['projectKey', text, /^[a-z]+-[a-z]+$/],
    ['ticketNo', text, /^[A-Z]{2}\d{4}$/],
    ['currency', text, /^[A-Z]{3}$/],
    ['unit', { type: 'string', format: 'currency' }, /^[A-Z]{3}$/],
    ['country', { type: 'string', minLength: 2, maxLength: 2 }, /^[A-Z]{2}$/],
    ['country', text, /^[A-Z][a-z ]+/],
    ['timezone', text, /^[A-Z]\w+\/[A-Z]\w+$/],
    ['color', text, /^#[0-9a-f]{6}$/],
    ['status', text, /^active$/],
    ['id', text, /^[0-9a-f]{8}-/],
    ['price', number, /^\d+(?:\.\d\d?)?$/],
    ['page', { type: 'integer' }, /^1$/],
    ['is_admin', { type: 'boolean' }, /^true$/],
    ['deleted', { type: 'boolean' }, /^false$/],
    ['has_error', { type: 'boolean' }, /^false$/],
    ['date_unix', { type: 'integer' }, /^1[67]\d{8}$/],
    ['lastModified', { type: 'integer' }, /^1[67]\d{8}$/],
    ['files_changed', { type: 'integer' }, /^\d{1,3}$/],
    ['warehouse', text, /^[a-z]+ [a-z]+$/],
  ])('%s %j', (name, schema, look) => {
    for (const seed of ['a', 'b', 'c']) {
      expect(String(make(object({ [name]: schema }), {}, seed)[name])).toMatch(look)
      expect(String(make(schema, { name }, seed))).toMatch(look)
    }
  })

  it.each<[name: string, schema: Json]>([
    ['email', { type: 'string', maxLength: 5 }],
    ['color', { type: 'string', pattern: '^[a-z]+$' }],
    ['status', { enum: ['open', 'closed'] }],
    ['price', { type: 'number', minimum: 10_000 }],
    ['page', { type: 'integer', multipleOf: 7, minimum: 2 }],
    ['created_at', { type: 'string', format: 'uuid' }],
    ['phone', { type: 'string', minLength: 300 }],
  ])('but its schema comes first: %s %j', (name, schema) => {
    for (const seed of ['a', 'b', 'c'])
      expect(() => make(object({ [name]: schema }, { required: [name] }), {}, seed)).not.toThrow()
  })

  it("and like its neighbours: the city lies in the country, the address is the person's", () => {
    const user = make({ $ref: '#/components/schemas/User' })
    expect(user.email).toContain(
      user.firstName
        .normalize('NFD')
        .replaceAll(/[^a-z]/gi, '')
        .toLowerCase(),
    )
    expect(user.name).toContain(user.firstName)
    expect(`${user.city}, ${user.country}`).toMatch(
      /Galway, Ireland|Lyon, France|Osaka, Japan|Porto, Portugal|Austin, United|Leeds, United|Basel, Switz|Toronto, Canada/,
    )
  })

  it('is the same for the same stream, and is asked for', () => {
    const schema = object({ email: text })
    expect(make(schema)).toEqual(make(schema))
    expect(make(schema, { examples: false }).email).not.toContain('@')
  })
})

describe('a list', () => {
  it('holds two or three items with ids of their own', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const users = make({ type: 'array', items: { $ref: '#/components/schemas/User' } }, {}, seed) as Json[]
      expect([2, 3]).toContain(users.length)
      expect(new Set(users.map(({ id }) => id)).size).toBe(users.length)
    }
  })

  it.each<[what: string, items: Json, wanted: Json[]]>([
    [
      'an example of the item',
      object({ id: text, n: number }, { example: { id: 'th_19', n: 1 } }),
      [
        { id: 'th_19', n: 1 },
        { id: 'th_20', n: 1 },
      ],
    ],
    [
      'examples of its members',
      object({ id: { type: 'integer', example: 7 }, note: { ...text, example: 'a' } }),
      [
        { id: 7, note: 'a' },
        { id: 8, note: 'a' },
      ],
    ],
    ['several examples', { ...text, examples: ['one', 'two'] }, ['one', 'two']],
    ['an enum', { enum: ['a', 'b', 'c'] }, ['a', 'b']],
  ])('of copies tells them apart: %s', (_, items, wanted) => {
    expect(make({ type: 'array', items, minItems: 2, maxItems: 2 })).toEqual(wanted)
  })

  it('of one thing only holds it once where items are unique', () => {
    expect(make({ type: 'array', uniqueItems: true, items: { const: 'a' } })).toEqual(['a'])
  })

  it('of unique items is as long as it must be, though its name has few looks', () => {
    const tags = make({
      type: 'array',
      uniqueItems: true,
      minItems: 40,
      items: object({ status: text }, { required: ['status'] }),
    })
    expect(new Set((tags as Json[]).map(({ status }) => status)).size).toBe(40)
  })
})

describe('an example that breaks its schema', () => {
  const deep = object({
    a: object({ b: object({ c: object({ wrong: number, right: text }) }) }),
    list: { type: 'array', items: number },
  })

  it.each<[string, Json, Json]>([
    [
      'is taken in pieces',
      { a: { b: { c: { wrong: 'text', right: 'kept' } } }, list: [1, 2, 'three', 4] },
      { a: { b: { c: { wrong: expect.any(Number), right: 'kept' } } }, list: [1, 2, expect.any(Number), 4] },
    ],
    ['has lists as long as they were', { list: ['none'] }, { a: expect.anything(), list: [expect.any(Number)] }],
  ])('%s', (_, example, want) => {
    expect(make({ ...deep, example })).toEqual(want)
    expect(make(deep, { example })).toEqual(want)
  })

  it('gains what it lacks', () => {
    expect(make({ ...deep, required: ['more'], example: { list: [1] } })).toMatchObject({
      list: [1],
      more: expect.anything(),
    })
  })

  it('of another type is left', () => {
    expect(make({ ...text, maxLength: 3, example: 7 })).toEqual(expect.any(String))
  })
})
