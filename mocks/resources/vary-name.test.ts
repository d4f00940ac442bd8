import { describe, expect, it } from 'vitest'
import { createWorld } from '../engine/world.ts'
import { vary } from './vary-name.ts'

const world = createWorld('rollcall', 'shop', '', new Date('2026-01-01T00:00:00.000Z'))

describe('another text of the same kind', () => {
  it('is a UUID where the first is one, another for each number', () => {
    const uuids = [1, 2, 3].map((number) => vary('717221d9-29d3-4bfa-8520-97ea1c20a3a8', number, world))
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(uuids).size).toBe(3)
  })

  it('keeps a prefix, counts numbers, and numbers words', () => {
    expect(vary('cus_9sXf0d', 1, world)).toMatch(/^cus_\d[a-z][A-Z][a-z]\d[a-z]$/)
    expect([vary('0041', 2, world), vary('Ada Byron', 2, world)]).toEqual(['0043', 'Ada Byron-2'])
  })
})
