import { describe, expect, it } from 'vitest'
import { buildContract } from '../../../documents/contract/build-contract.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { createKit } from '../../suite/case-kit.ts'
import { isDrawn } from '../../suite/provoke-placeholders.ts'
import type { Deed } from './course.ts'
import { drawId } from './draw-id.ts'

const UNIQUE = 'things/lifecycle'

function drawFor(schema: Json, number?: number) {
  const parameters = [{ name: 'id', in: 'path', required: true, schema }]
  const get = { operationId: 'read', parameters, responses: { 200: { description: 'Good' } } }
  const contract = buildContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/things/{id}': { get } },
  })
  const kit = createKit(contract, { tag: 'tagged12' })
  const deed = { declared: contract.operation('read') } as Deed
  return drawId(kit, deed, UNIQUE, number)
}

describe('an id that nobody has', () => {
  it.each<[string, Json, RegExp]>([
    ['of any text', { type: 'string' }, /^rollcall-tagged12/],
    ['of a short text', { type: 'string', maxLength: 9 }, /^tagged12.$/],
    ['of a pattern', { type: 'string', pattern: '^[a-z0-9]{12}$' }, /^tagged12/],
    ['of hexadecimal digits', { type: 'string', pattern: '^[0-9a-f]{24}$' }, /^[\da-f]{24}$/],
    ['that is a UUID', { type: 'string', format: 'uuid' }, /^[\da-f]{8}-/],
    ['that is a number', { type: 'integer' }, /^\d{12}$/],
    ['of 32 bits', { type: 'integer', format: 'int32' }, /^\d{9}$/],
  ])('%s, is told from a stranger’s', (_, schema, form) => {
    const id = drawFor(schema) as string
    expect(id).toMatch(form)
    expect(isDrawn(id, { tag: 'tagged12', unique: UNIQUE })).toBe(true)
  })

  it('is another each time, where the tag stands in it', () => {
    expect(drawFor({ type: 'string' }, 1)).not.toBe(drawFor({ type: 'string' }, 2))
    expect(drawFor({ type: 'integer' }, 1)).toBeUndefined()
  })

  it.each<Json>([
    { enum: ['a', 'b'] },
    { const: 'a' },
    { type: 'string', maxLength: 3 },
    { type: 'string', pattern: '^[A-Z]{2}$' },
    { type: 'string', pattern: '(' },
    { type: 'string', format: 'email' },
    { type: 'integer', maximum: 99 },
  ])('is none of %j', (schema) => {
    expect(drawFor(schema)).toBeUndefined()
  })
})
