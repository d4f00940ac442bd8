import type { Api } from '../api.ts'
import { findBreach } from '../engine/check-reply.ts'
import { decide } from '../engine/decide.ts'
import { type Snapshot, Store } from '../engine/store.ts'
import { isRefusal, type StoredRecord } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'

/**
 * Holds a snapshot from outside to the documents: each user must be one that its API can show. Restored unseen, one that
 * is none would make every later list of its tenant fail.
 * @throws Error that names the first user that is none, and why
 */
export function inspectSnapshot(apis: readonly Api[], { apis: held, outbox }: Snapshot): void {
  for (const api of apis) {
    const tenants: unknown = isObject(held) && Object.hasOwn(held, api.name) ? held[api.name] : {}
    if (!isObject(tenants)) throw new Error(`apis.${api.name} of the snapshot must be an object of tenants`)
    for (const [tenant, state] of Object.entries(tenants)) {
      const at = `apis.${api.name}.${tenant} of the snapshot`
      const users: unknown = isObject(state) ? state['users'] : undefined
      if (!Array.isArray(users)) throw new Error(`${at} must have users (a list)`)
      for (const [index, user] of users.entries()) {
        const breach = isObject(user) && typeof user['id'] === 'string' ? inspectUser(api, tenant, user) : 'has no id'
        if (breach !== undefined) throw new Error(`users.${index} in ${at} is no user: ${breach}`)
      }
    }
  }
  for (const [index, message] of (Array.isArray(outbox) ? (outbox as unknown[]) : []).entries()) {
    const missing = MEMBERS.find((name) => !isObject(message) || typeof message[name] !== 'string')
    if (missing) throw new Error(`outbox.${index} of the snapshot must have ${missing} (a text)`)
  }
}

/** Of every message. */
const MEMBERS = ['api', 'tenant', 'to', 'at', 'userId']

/** What is wrong with a user that is alone in its tenant, as the API itself would read it. */
function inspectUser({ name, operations, validators, behaviours }: Api, tenant: string, user: object) {
  const record = user as StoredRecord
  try {
    const store = new Store()
    store.restore(
      { apis: { [name]: { [tenant]: { users: [record] } } }, outbox: [] },
      new Map([[name, behaviours.keysOf]]),
    )
    for (const [operationId, input] of Object.entries(behaviours.readings?.(record.id) ?? {})) {
      const operation = operations.find(({ id }) => id === operationId)
      if (!operation) throw new Error(`there is no operation ${operationId}`)
      const decision = decide(behaviours, operation, {
        input: { path: {}, query: {}, headers: {}, body: undefined, ...input },
        users: store.read(name, tenant, behaviours.keysOf),
        world: createWorld('', name, tenant, new Date(0)),
        tenant,
        failures: {},
        failRow: () => undefined,
      })
      const breach = isRefusal(decision)
        ? 'does not find it'
        : findBreach(operation, validators[operationId] ?? { replies: {} }, decision)
      if (breach !== undefined) return `${operationId} ${breach}`
    }
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
