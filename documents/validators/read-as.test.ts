import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import { createRandom } from '../patterns/random.ts'
import type { Json } from '../read/read-document.ts'
import { makeValue } from '../values/make-value.ts'
import { compileValidators } from './compile-validators.ts'

const json = (schema: Json) => ({ content: { 'application/json': { schema } } })
const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more })
const text = { type: 'string' }
const id = { type: 'integer', readOnly: true }
const secret = { type: 'string', minLength: 3, writeOnly: true }

const SCHEMAS = {
  Id: id,
  Secret: secret,
  User: object({ id: { $ref: '#/components/schemas/Id' }, name: text, secret }, { required: ['id', 'name', 'secret'] }),
  Based: { allOf: [{ $ref: '#/components/schemas/User' }, { required: ['id', 'secret'] }] },
  Source: {
    oneOf: [
      object({ kind: { const: 'book' }, id, title: text }, { required: ['kind', 'id'], additionalProperties: false }),
      object({ kind: { const: 'web' }, secret }, { required: ['kind', 'secret'], additionalProperties: false }),
    ],
  },
  // The alternatives differ by what is left out alone.
  Same: { oneOf: [object({ id }, { required: ['id'] }), object({ name: text, secret }, { required: ['secret'] })] },
  Closed: { allOf: [object({ id }, { required: ['id'] })], properties: { name: text }, unevaluatedProperties: false },
  List: { type: 'array', items: { $ref: '#/components/schemas/User' }, minItems: 1 },
  Either: { required: ['id'], anyOf: [object({ id }), object({ id, name: text })] },
  Extra: object({ name: text }, { additionalProperties: { ...id, minimum: 1 }, patternProperties: { '^s-': secret } }),
  Dependent: object({ id, name: text }, { dependentRequired: { name: ['id'] } }),
  Not: object({ id, name: text }, { not: { required: ['id', 'name'], properties: { id: { const: 1 } } } }),
}

const contractOf = (schema: Json) =>
  buildContract({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: { '/a': { post: { operationId: 'a', requestBody: json(schema), responses: { 200: json(schema) } } } },
    components: { schemas: SCHEMAS },
  })

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

describe('a request', () => {
  it.each<[name: string, accepts: Json[], refuses: Json[]]>([
    [
      'User',
      [
        { name: 'a', secret: 'abc' },
        { id: 'sent', name: 'a', secret: 'abc' },
      ],
      [{ secret: 'abc' }, { id: 1 }],
    ],
    ['Based', [{ name: 'a', secret: 'abc' }], [{ name: 'a' }]],
    ['Source', [{ kind: 'book' }, { kind: 'book', id: 'sent', title: 'a' }], [{ kind: 'web' }, { kind: 'no' }]],
    ['Same', [{}, { secret: 'abc', id: 1 }], []],
    ['Closed', [{ name: 'a' }, { id: 'sent' }], [{ other: 1 }]],
    ['List', [[{ name: 'a', secret: 'abc' }]], [[], [{ name: 'a' }]]],
    ['Either', [{}, { id: 'sent' }], []],
    ['Extra', [{ other: 'sent' }, { 's-a': 'abc' }], [{ name: 1 }, { 's-a': 'a' }]],
    ['Dependent', [{ name: 'a' }], [{ name: 1 }]],
    // A rule that is turned round is read as it is.
    ['Not', [{ name: 'a' }, { id: 2, name: 'a' }], [{ id: 1, name: 'a' }]],
  ])('is not asked for what is read-only, and may send it: %s', (name, accepts, refuses) => {
    for (const schema of [ref(name), SCHEMAS[name as keyof typeof SCHEMAS]]) {
      const { body } = compileValidators(contractOf(schema))['a'] as Json
      expect(accepts.filter((value) => !body(value))).toEqual([])
      expect(refuses.filter((value) => body(value))).toEqual([])
    }
  })
})

describe('a reply', () => {
  it.each<[name: string, accepts: Json[], refuses: Json[]]>([
    ['User', [{ id: 1, name: 'a' }], [{ name: 'a' }, { id: 'a', name: 'a' }]],
    ['Based', [{ id: 1, name: 'a' }], [{ name: 'a' }]],
    ['Source', [{ kind: 'book', id: 1 }, { kind: 'web' }], [{ kind: 'book' }]],
    ['List', [[{ id: 1, name: 'a' }]], [[{ name: 'a' }]]],
  ])('need not show what is write-only: %s', (name, accepts, refuses) => {
    const { replies } = compileValidators(contractOf(ref(name)))['a'] as Json
    expect(accepts.filter((value) => !replies[200](value))).toEqual([])
    expect(refuses.filter((value) => replies[200](value))).toEqual([])
  })
})

describe('a made value', () => {
  it.each(Object.keys(SCHEMAS))('leaves out what its message leaves out: %s', (name) => {
    const contract = contractOf(ref(name))
    for (const [reading, direction] of [['requests', 'id'] as const, ['replies', 'secret'] as const]) {
      for (let index = 0; index < 5; index++) {
        const made = makeValue(contract, ref(name), createRandom(name, index), '', { reading, optional: 1 })
        expect(JSON.stringify(made) ?? '').not.toContain(`"${direction}"`)
      }
    }
  })
})

describe('an example', () => {
  it.each<[name: string, example: Json, shown: Json]>([
    ['User', { id: 1, name: 'a', secret: 'abc', more: 1 }, { id: 1, name: 'a', more: 1 }],
    ['Based', { id: 1, secret: 'abc' }, { id: 1 }],
    ['Source', { kind: 'web', secret: 'abc' }, { kind: 'web' }],
    ['List', [{ id: 1, secret: 'abc' }, 7], [{ id: 1 }, 7]],
    ['Extra', { name: 'a', other: 1 }, { name: 'a', other: 1 }],
  ])('is shown without what is write-only: %s', (name, example, shown) => {
    expect(leaveOutMembers(contractOf(ref(name)), ref(name), example, 'writeOnly')).toEqual(shown)
  })
})
