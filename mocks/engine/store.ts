import type { Behaviours, Draft, Invitation, StoredRecord } from './vocabulary.ts'

/** The state of one API and one tenant, as plain JSON. Users are in order of creation. */
export interface TenantSnapshot {
  readonly users: readonly StoredRecord[]
}

/** A session's whole state, as plain JSON: API, then tenant. A tenant without users is not in it. */
export interface Snapshot {
  readonly apis: Readonly<Record<string, Readonly<Record<string, TenantSnapshot>>>>
  readonly outbox: readonly Invitation[]
}

type KeysOf = Behaviours['keysOf']

/** Users by id, in order of creation, with unique indexes. Stored records are never changed in place. */
class Tenant {
  readonly users = new Map<string, StoredRecord>()
  readonly indexes = new Map<string, Map<string, string>>()
  next = 1
  readonly keysOf: KeysOf

  constructor(keysOf: KeysOf) {
    this.keysOf = keysOf
  }

  put(record: StoredRecord): void {
    const before = this.users.get(record.id)
    if (before) this.#forget(before)
    this.users.set(record.id, record)
    for (const [index, key] of this.keysOf(record)) {
      let ids = this.indexes.get(index)
      if (!ids) this.indexes.set(index, (ids = new Map()))
      ids.set(key, record.id)
    }
  }

  remove(id: string): void {
    const record = this.users.get(id)
    if (!record) return
    this.#forget(record)
    this.users.delete(id)
  }

  #forget(record: StoredRecord): void {
    for (const [index, key] of this.keysOf(record)) {
      const ids = this.indexes.get(index)
      // A record committed earlier in the same request may hold the key by now.
      if (ids?.get(key) === record.id) ids.delete(key)
    }
  }
}

/** A draft, and the one call that makes it real. */
export interface OpenDraft extends Draft<StoredRecord> {
  commit(): void
}

/** The state of one session. */
export class Store {
  readonly #tenants = new Map<string, Map<string, Tenant>>()
  readonly outbox: Invitation[] = []

  /** Opens the tenant's state for one call; a tenant touched for the first time starts with what `furnish` puts there. */
  read(api: string, tenantName: string, keysOf: KeysOf, furnish?: (draft: Draft<StoredRecord>) => void): OpenDraft {
    const known = this.#tenants.get(api)?.get(tenantName)
    if (known) return this.#open(api, tenantName, known)
    const tenant = new Tenant(keysOf)
    if (furnish) {
      const draft = this.#open(api, tenantName, tenant)
      furnish(draft)
      draft.commit()
    }
    return this.#open(api, tenantName, tenant)
  }

  #open(api: string, tenantName: string, tenant: Tenant): OpenDraft {
    return openDraft(tenant, (invitations) => {
      let tenants = this.#tenants.get(api)
      if (!tenants) this.#tenants.set(api, (tenants = new Map()))
      tenants.set(tenantName, tenant)
      for (const invitation of invitations) this.outbox.push({ ...invitation, api, tenant: tenantName })
    })
  }

  reset(): void {
    this.#tenants.clear()
    this.outbox.length = 0
  }

  snapshot(): Snapshot {
    const apis: Record<string, Record<string, TenantSnapshot>> = {}
    for (const [api, tenants] of this.#tenants) {
      const held = [...tenants].filter(([, { users }]) => users.size > 0)
      if (held.length === 0) continue
      apis[api] = Object.fromEntries(held.map(([name, { users }]) => [name, { users: [...users.values()] }]))
    }
    return structuredClone({ apis, outbox: this.outbox })
  }

  /** @throws Error when the snapshot names an API this mock does not have, or is not a snapshot; the state is kept */
  restore(snapshot: Snapshot, keysOf: ReadonlyMap<string, KeysOf>): void {
    if (typeof snapshot?.apis !== 'object' || snapshot.apis === null)
      throw new Error('the snapshot must have apis (an object)')
    const tenants = new Map<string, Map<string, Tenant>>()
    for (const [api, byName] of Object.entries(snapshot.apis)) {
      const keys = keysOf.get(api)
      if (!keys) throw new Error(`the snapshot holds state of ${api}, which this mock does not have`)
      const restored = new Map<string, Tenant>()
      for (const [name, { users }] of Object.entries(byName)) {
        if (!Array.isArray(users)) throw new Error(`apis.${api}.${name} of the snapshot must have users (a list)`)
        const tenant = new Tenant(keys)
        tenant.next = users.length + 1
        for (const user of structuredClone(users) as StoredRecord[]) {
          if (typeof user?.id !== 'string')
            throw new Error(`apis.${api}.${name} of the snapshot has a user without an id`)
          if (tenant.users.has(user.id))
            throw new Error(`apis.${api}.${name} of the snapshot has two users with the id ${user.id}`)
          for (const [index, key] of keys(user)) {
            if (typeof key === 'string' && !tenant.indexes.get(index)?.has(key)) continue
            throw new Error(`apis.${api}.${name} of the snapshot has no unique ${index} for user ${user.id}`)
          }
          tenant.put(user)
        }
        restored.set(name, tenant)
      }
      tenants.set(api, restored)
    }
    const outbox: Invitation[] = structuredClone(snapshot.outbox ?? []) as Invitation[]
    if (!Array.isArray(outbox)) throw new Error('outbox of the snapshot must be a list')
    this.reset()
    for (const [api, restored] of tenants) this.#tenants.set(api, restored)
    // Spread into arguments, a long list would overflow the stack when the state is half restored.
    for (const invitation of outbox) this.outbox.push(invitation)
  }
}

const REMOVED = Symbol('removed')

function openDraft(
  tenant: Tenant,
  whenCommitted: (invitations: Omit<Invitation, 'api' | 'tenant'>[]) => void,
): OpenDraft {
  const changed = new Map<string, StoredRecord | typeof REMOVED>()
  const keys = new Map<string, Map<string, string | typeof REMOVED>>()
  const invitations: Omit<Invitation, 'api' | 'tenant'>[] = []
  let next = tenant.next
  let size = tenant.users.size

  const get = (id: string): StoredRecord | undefined => {
    const record = changed.size > 0 ? changed.get(id) : undefined
    return record === REMOVED ? undefined : (record ?? tenant.users.get(id))
  }
  const holderOf = (index: string, key: string): string | undefined => {
    const holder = keys.get(index)?.get(key)
    return holder === REMOVED ? undefined : (holder ?? tenant.indexes.get(index)?.get(key))
  }
  const setKey = (index: string, key: string, holder: string | typeof REMOVED) => {
    let holders = keys.get(index)
    if (!holders) keys.set(index, (holders = new Map()))
    holders.set(key, holder)
  }
  const forget = (record: StoredRecord) => {
    for (const [index, key] of tenant.keysOf(record)) setKey(index, key, REMOVED)
  }

  return {
    get size() {
      return size
    },
    get,
    find(index, key) {
      const id = holderOf(index, key)
      return id === undefined ? undefined : get(id)
    },
    *values() {
      if (changed.size === 0) return yield* tenant.users.values()
      for (const [id, record] of tenant.users) {
        const now = changed.get(id) ?? record
        if (now !== REMOVED) yield now
      }
      for (const [id, record] of changed) if (record !== REMOVED && !tenant.users.has(id)) yield record
    },
    put(record) {
      for (const [index, key] of tenant.keysOf(record)) {
        const holder = holderOf(index, key)
        if (holder !== undefined && holder !== record.id) {
          throw new Error(`${index} ${JSON.stringify(key)} belongs to user ${holder}, not to ${record.id}`)
        }
      }
      const before = get(record.id)
      if (before) forget(before)
      else size++
      changed.set(record.id, record)
      for (const [index, key] of tenant.keysOf(record)) setKey(index, key, record.id)
    },
    remove(id) {
      const before = get(id)
      if (!before) return false
      forget(before)
      changed.set(id, REMOVED)
      size--
      return true
    },
    fresh(idOf) {
      for (;;) {
        const number = next++
        const id = idOf(number)
        if (!get(id)) return { number, id }
      }
    },
    invite: (invitation) => void invitations.push(invitation),
    commit() {
      if (changed.size === 0 && invitations.length === 0 && next === tenant.next) return
      for (const [id, record] of changed) if (record === REMOVED) tenant.remove(id)
      for (const record of changed.values()) if (record !== REMOVED) tenant.put(record)
      tenant.next = next
      whenCommitted(invitations)
    },
  }
}
