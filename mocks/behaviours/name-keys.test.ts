import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../built-in.ts'
import { makeRows } from '../data/index.ts'
import { takeTurn } from '../engine/take-turn.ts'
import type { CollectionRules, Draft, Keys, Operation } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'
import { MemoryStore } from '../state/memory-store.ts'

describe.each(['dynamic', 'royalti', 'descope'])('new users of %s', async (name) => {
  const { behaviours, operations, ...api } = await (BUILT_IN[name] as (typeof BUILT_IN)[string])()
  const { operationId, bodyOf } = behaviours.creation as NonNullable<typeof behaviours.creation>
  const rules = behaviours.collections['users'] as CollectionRules<object>

  it('are kept under the keys that their records have', () => {
    const state = new MemoryStore({ collectionsOf: () => behaviours.collections }).openSession('')
    const open = state.open(name, 'acme')
    const users = open.collections['users'] as Draft<object>
    const kept: [record: object, keys: Keys][] = []
    const draft: Draft<object> = {
      get size() {
        return users.size
      },
      get: (id) => users.get(id),
      find: (index, key) => users.find(index, key),
      values: (from) => users.values(from),
      select: (selection) => users.select(selection),
      put: (record) => users.put(record),
      add(record, keys) {
        kept.push([record, keys])
        users.add(record, keys)
      },
      remove: (id) => users.remove(id),
      fresh: (idOf) => users.fresh(idOf),
    }
    const operation = operations.find(({ id }) => id === operationId) as Operation
    const watched = { ...open, collections: { users: draft }, invite: () => {} }
    takeTurn({ operation, behaviours, failures: {} }, watched, {
      input: { path: {}, query: {}, headers: {}, body: bodyOf(makeRows({ ...api, operations, behaviours }, 200)) },
      world: createWorld('rollcall', name, 'acme', new Date(0)),
      tenant: 'acme',
    })
    expect(kept.length).toBeGreaterThan(150)
    expect(users.size).toBe(kept.length)
    const inOrder = (keys: Keys) => [...new Set(keys.map((key) => JSON.stringify(key)))].sort()
    for (const [record, keys] of kept) expect(inOrder(keys)).toEqual(inOrder(rules.keysOf(record)))
  })
})
