import { expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from './compile-validators.ts'
import { writeValidators } from './write-validators.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const kind = (name: string, member: string) => ({
  allOf: [ref('Base')],
  properties: { kind: { const: name }, [member]: {} },
  unevaluatedProperties: false,
})
const kid = { oneOf: [ref('A'), ref('B')] }
const content = { 'application/json': { schema: ref('Base') } }
const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  paths: { '/a': { post: { operationId: 'a', requestBody: { content }, responses: {} } } },
  components: {
    schemas: {
      A: kind('a', 'month'),
      B: kind('b', 'iban'),
      Base: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, kid } },
    },
  },
})

it.each<[what: string, validators: () => Promise<Json>]>([
  ['compiled while a mock runs', async () => compileValidators(contract)],
  [
    'written ahead of time',
    async () =>
      (await import(`data:text/javascript,${encodeURIComponent(await writeValidators(contract))}`)).default as Json,
  ],
])('of two that refer to a schema they are part of, neither allows what the other names: %s', async (_, validators) => {
  const { body } = (await validators())['a']
  const isValid = (one: object): boolean => body({ kind: 'x', kid: one })
  expect(isValid({ kind: 'a', month: 1 })).toBe(true)
  expect(isValid({ kind: 'b', iban: 1 })).toBe(true)
  expect(isValid({ kind: 'b', month: 1 })).toBe(false)
})
