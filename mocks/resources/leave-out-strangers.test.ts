import { expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import { leaveOutStrangers } from './leave-out-strangers.ts'

const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'Folders', version: '1' },
  paths: {},
  components: {
    schemas: {
      Node: {
        properties: { name: {}, parent: { $ref: '#/components/schemas/Node' } },
        oneOf: [
          { properties: { size: {} } },
          { properties: { items: { type: 'array', items: { properties: { id: {} } } } } },
        ],
      },
      Open: { properties: { id: {} }, additionalProperties: { type: 'string' } },
      Base: { discriminator: { propertyName: 'kind' }, properties: { kind: {} } },
      Tagged: { properties: { tags: { type: 'object' }, pair: { prefixItems: [{ properties: { a: {} } }] } } },
    },
  },
})
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

it.each<[what: string, schema: object, value: unknown, left: unknown]>([
  ['what no alternative names', ref('Node'), { name: 'a', size: 1, odd: 1 }, { name: 'a', size: 1 }],
  ['the same further down', ref('Node'), { parent: { parent: { odd: 1 } } }, { parent: { parent: {} } }],
  ['the same in items', ref('Node'), { items: [{ id: 1, odd: 1 }] }, { items: [{ id: 1 }] }],
  [
    'the same in an item that has a place of its own',
    ref('Tagged'),
    { pair: [{ a: 1, odd: 1 }, { b: 1 }] },
    { pair: [{ a: 1 }, { b: 1 }] },
  ],
])('%s is left out', (_, schema, value, left) => {
  expect(leaveOutStrangers(contract, schema, value)).toEqual(left)
})

it.each<[what: string, schema: object | boolean, value: unknown]>([
  ['what must be there, though nothing else is said of it', { required: ['key'], properties: { id: {} } }, { key: 1 }],
  ['what others may be is said', ref('Open'), { id: 1, other: 'a' }],
  ['others inherit from it, and name more', ref('Base'), { kind: 'cat', skill: 'lazy' }],
  ['no members are named', ref('Tagged'), { tags: { odd: { odder: 1 } } }],
  ['nothing is strange', ref('Node'), { name: 'a', parent: { name: 'b' }, items: [{ id: 1 }] }],
  ['all is allowed', true, { odd: 1 }],
  ['it is no object', ref('Node'), 7],
])('where %s, the value is the same', (_, schema, value) => {
  expect(leaveOutStrangers(contract, schema, value)).toBe(value)
})
