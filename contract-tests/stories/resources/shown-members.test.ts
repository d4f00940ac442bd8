import { expect, it } from 'vitest'
import { buildContract } from '../../../documents/contract/build-contract.ts'
import type { Document } from '../../../documents/read/read-document.ts'
import { createKit } from '../../suite/case-kit.ts'
import { type Course, readCourses } from './course.ts'
import { shownMembers } from './shown-members.ts'

const text = { type: 'string' }
const key = {
  type: 'object',
  properties: {
    id: text,
    tags: { type: 'array', items: text },
    origins: { type: 'array', items: { type: 'object', properties: { domain: text } } },
    plan: { type: 'object', properties: { name: text } },
    extra: { type: 'object' },
    size: { type: 'integer' },
    verdict: { anyOf: [{ type: 'object', properties: { score: { type: 'number' } } }, { type: 'null' }] },
    split: {
      oneOf: ['static', 'other'].map((name) => ({
        type: 'object',
        properties: { type: { enum: [name] }, parts: { type: 'object' } },
      })),
    },
  },
}
const shows = (schema: object) => ({
  responses: { '200': { description: '', content: { 'application/json': { schema } } } },
})
const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'Keys', version: '1' },
  paths: {
    '/keys': { post: { requestBody: { content: { 'application/json': { schema: key } } }, ...shows(key) } },
    '/keys/{id}': { get: shows(key) },
  },
} as Document)
const [course] = contract.once(readCourses).all
const { takes } = shownMembers(createKit(contract), course as Course)

it.each<[name: string, value: unknown]>([
  ['tags', ['a']],
  ['tags', []],
  ['origins', [{ domain: 'a' }]],
  ['plan', { name: 'a', mail: 'b' }],
  ['extra', { any: 1 }],
  ['size', 1],
  ['verdict', { score: 1, policy: 'b' }],
  ['unknown', 'a'],
  ['split', { type: 'other', parts: {} }],
])('%s may be shown as %j', (name, value) => expect(takes(name, value)).toBe(true))

it.each<[name: string, value: unknown]>([
  ['origins', ['https://example.com']],
  ['tags', [{ id: 1 }]],
  ['plan', { mail: 'b' }],
  ['size', 'large'],
  ['verdict', { policy: 'b' }],
  ['split', { type: 'auto' }],
])('%s is something else than %j', (name, value) => expect(takes(name, value)).toBe(false))
