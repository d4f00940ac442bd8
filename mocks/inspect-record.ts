import type { Target } from './engine/answer-call.ts'
import { findBreach } from './engine/check-reply.ts'
import { takeTurn } from './engine/take-turn.ts'
import { isRefusal } from './engine/vocabulary.ts'
import { createWorld } from './engine/world.ts'
import { MemoryStore } from './state/memory-store.ts'

/**
 * Holds a record from outside to the document: alone in its tenant, it must be one that its API can show. Restored unseen,
 * one that is none would make every later list of its tenant fail.
 * @param targets the operations of all APIs
 * @returns what is wrong with it
 * @throws what reading it throws
 */
export function inspectRecord(
  targets: readonly Target[],
  api: string,
  tenant: string,
  collection: string,
  record: object,
): string | undefined {
  const own = targets.filter((target) => target.api === api)
  const collections = own[0]?.behaviours.collections ?? {}
  const rules = collections[collection]
  const wrong = rules?.breachOf?.(record)
  if (wrong !== undefined) return wrong
  const state = new MemoryStore({ collectionsOf: () => collections }).openSession('')
  state.restore({ apis: { [api]: { [tenant]: { [collection]: [record] } } }, outbox: [] })
  for (const [operationId, input] of Object.entries(rules?.readings?.(rules.idOf(record)) ?? {})) {
    const target = own.find(({ operation }) => operation.id === operationId)
    if (!target) throw new Error(`there is no operation ${operationId}`)
    const decision = takeTurn(target, state.open(api, tenant), {
      input: { path: {}, query: {}, headers: {}, body: undefined, ...input },
      world: createWorld('', api, tenant, new Date(0)),
      tenant,
    })
    const breach = isRefusal(decision) ? 'does not find it' : findBreach(target.operation, target.validators, decision)
    if (breach !== undefined) return `${operationId} ${breach}`
  }
  return undefined
}
