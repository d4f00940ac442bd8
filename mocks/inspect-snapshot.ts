import type { Target } from './engine/answer-call.ts'
import { findBreach } from './engine/check-reply.ts'
import { takeTurn } from './engine/take-turn.ts'
import { isRefusal } from './engine/vocabulary.ts'
import { createWorld } from './engine/world.ts'
import { MemoryStore } from './state/memory-store.ts'
import { placeOf, type Snapshot } from './state/snapshot.ts'

/**
 * Holds a snapshot to the documents: each record must be one that its API can show. Restored unseen, one that is none
 * would make every later list of its tenant fail.
 * @param targets the operations of all APIs
 * @throws Error that names the first record that is none, and why
 */
export function inspectSnapshot(targets: readonly Target[], { apis }: Snapshot): void {
  for (const [api, tenants] of Object.entries(apis)) {
    const own = targets.filter((target) => target.api === api)
    for (const [tenant, collections] of Object.entries(tenants)) {
      for (const [collection, records] of Object.entries(collections)) {
        for (const [index, record] of records.entries()) {
          const breach = inspectRecord(own, api, tenant, collection, record)
          if (breach === undefined) continue
          throw new Error(`${placeOf(collection, index, `apis.${api}.${tenant} of the snapshot`)}: ${breach}`)
        }
      }
    }
  }
}

/** What is wrong with a record that is alone in its tenant, as the API itself would read it. */
function inspectRecord(targets: readonly Target[], api: string, tenant: string, collection: string, record: object) {
  const collections = targets[0]?.behaviours.collections ?? {}
  const rules = collections[collection]
  const readings = rules?.readings?.(rules.idOf(record)) ?? {}
  const state = new MemoryStore({ collectionsOf: () => collections }).openSession('')
  state.restore({ version: 2, apis: { [api]: { [tenant]: { [collection]: [record] } } }, outbox: [] })
  try {
    for (const [operationId, input] of Object.entries(readings)) {
      const target = targets.find(({ operation }) => operation.id === operationId)
      if (!target) throw new Error(`there is no operation ${operationId}`)
      const decision = takeTurn(target, state.open(api, tenant), {
        input: { path: {}, query: {}, headers: {}, body: undefined, ...input },
        world: createWorld('', api, tenant, new Date(0)),
        tenant,
      })
      const breach = isRefusal(decision)
        ? 'does not find it'
        : findBreach(target.operation, target.validators, decision)
      if (breach !== undefined) return `${operationId} ${breach}`
    }
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
