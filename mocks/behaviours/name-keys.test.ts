import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../built-in.ts'
import { makeRows } from '../data/index.ts'
import { Store } from '../engine/store.ts'
import type { Draft, Keys, StoredRecord } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'

describe.each(['dynamic', 'royalti', 'descope'])('new users of %s', async (name) => {
  const { behaviours, ...api } = await (BUILT_IN[name] as (typeof BUILT_IN)[string])()
  const { operationId, bodyOf } = behaviours.creation as NonNullable<typeof behaviours.creation>

  it('are kept under the keys that their records have', () => {
    const users = new Store().read(name, 'acme', behaviours.keysOf)
    const kept: [record: StoredRecord, keys: Keys][] = []
    const draft: Draft<StoredRecord> = {
      get size() {
        return users.size
      },
      get: (id) => users.get(id),
      find: (index, key) => users.find(index, key),
      values: () => users.values(),
      put: (record) => users.put(record),
      add(record, keys) {
        kept.push([record, keys])
        users.add(record, keys)
      },
      remove: (id) => users.remove(id),
      fresh: (idOf) => users.fresh(idOf),
      invite: (invitation) => users.invite(invitation),
    }
    behaviours.operations[operationId]?.({
      input: { path: {}, query: {}, headers: {}, body: bodyOf(makeRows({ ...api, behaviours }, 200)) },
      users: draft,
      world: createWorld('rollcall', name, 'acme', new Date(0)),
      tenant: 'acme',
      failures: {},
      failRow: () => undefined,
    })
    expect(kept.length).toBeGreaterThan(150)
    expect(users.size).toBe(kept.length)
    const inOrder = (keys: Keys) => [...new Set(keys.map((key) => JSON.stringify(key)))].sort()
    for (const [record, keys] of kept) expect(inOrder(keys)).toEqual(inOrder(behaviours.keysOf(record)))
    const { whole } = behaviours
    if (whole) for (const [record] of kept) expect(whole.recordOf(whole.shownOf(record))).toEqual(record)
  })
})
