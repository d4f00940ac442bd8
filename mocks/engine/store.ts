import type { Behaviours, Draft, Invitation, Kept, Keys, StoredRecord } from './vocabulary.ts'

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
type Whole = NonNullable<Behaviours['whole']>

/** Stands in the place of a user whose removal is not committed yet, so that undoing it keeps the order of creation. */
const REMOVED: StoredRecord = { id: '' }

/** Users by id, in order of creation, with unique indexes. Stored records are never changed in place. */
class Tenant {
  /** A text stands for the record of which it is what replies show. */
  readonly users = new Map<string, StoredRecord | string>()
  readonly indexes = new Map<string, Map<string, string>>()
  next = 1
  readonly keysOf: KeysOf
  whole: Whole | undefined

  constructor(keysOf: KeysOf) {
    this.keysOf = keysOf
  }

  /** The record, read from its text when it is asked for first. */
  get(id: string): StoredRecord | undefined {
    const held = this.users.get(id)
    return typeof held === 'string' ? this.#read(id, held) : held
  }

  #read(id: string, text: string): StoredRecord {
    const record = (this.whole as Whole).recordOf(JSON.parse(text))
    this.users.set(id, record)
    return record
  }

  *values(): Generator<StoredRecord> {
    for (const [id, held] of this.users) {
      const record = typeof held === 'string' ? this.#read(id, held) : held
      if (record !== REMOVED) yield record
    }
  }

  /** @throws Error when a key belongs to another user; nothing is changed then */
  put(record: StoredRecord, before: StoredRecord | undefined): void {
    const keys = this.keysOf(record)
    for (const [index, key] of keys) {
      const holder = this.indexes.get(index)?.get(key)
      if (holder !== undefined && holder !== record.id) {
        throw new Error(`${index} ${JSON.stringify(key)} belongs to user ${holder}, not to ${record.id}`)
      }
    }
    if (before) this.forgetKeys(before)
    this.set(record, keys)
  }

  /** For a record whose keys nobody else has. */
  set(record: StoredRecord, keys = this.keysOf(record)): void {
    this.users.set(record.id, record)
    for (const [index, key] of keys) {
      let holders = this.indexes.get(index)
      if (!holders) this.indexes.set(index, (holders = new Map()))
      holders.set(key, record.id)
    }
  }

  forgetKeys(record: StoredRecord): void {
    for (const [index, key] of this.keysOf(record)) this.indexes.get(index)?.delete(key)
  }
}

/** A draft, and the two ways it can end. One of a tenant is open at a time: from its opening to its end nobody waits. */
export interface OpenDraft extends Draft<StoredRecord> {
  /** @returns whether there was something to keep */
  commit(): boolean
  /** What was kept can be kept as text. */
  keepText(whole: Whole): Kept
  /** Undoes all that was done in it, if it was not committed. */
  rollback(): void
}

/** The state of one session. */
export class Store {
  readonly #tenants = new Map<string, Map<string, Tenant>>()
  readonly outbox: Invitation[] = []

  /** Opens the tenant's state for one call; a tenant touched for the first time starts with what `furnish` puts there. */
  read(api: string, name: string, keysOf: KeysOf, furnish?: (draft: Draft<StoredRecord>) => void): OpenDraft {
    const known = this.#tenants.get(api)?.get(name)
    if (known) return new TenantDraft(this, api, name, known)
    const tenant = new Tenant(keysOf)
    if (furnish) {
      const draft = new TenantDraft(this, api, name, tenant)
      furnish(draft)
      draft.commit()
    }
    return new TenantDraft(this, api, name, tenant)
  }

  /** A tenant is kept from its first change on. */
  keep(api: string, name: string, tenant: Tenant): void {
    let tenants = this.#tenants.get(api)
    if (!tenants) this.#tenants.set(api, (tenants = new Map()))
    tenants.set(name, tenant)
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
      apis[api] = Object.fromEntries(held.map(([name, tenant]) => [name, { users: [...tenant.values()] }]))
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
          tenant.set(user)
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

/**
 * Changes the tenant at once and remembers how to undo it: most calls are committed, so what they did is there already,
 * and reading needs no second look.
 */
class TenantDraft implements OpenDraft, Kept {
  readonly #store: Store
  readonly #api: string
  readonly #name: string
  readonly #tenant: Tenant
  /** What was done, in order: the record that is there now and the one that was there before. */
  readonly #done: (StoredRecord | undefined)[] = []
  #firstNumber: number
  #removed = 0
  #invitations: Omit<Invitation, 'api' | 'tenant'>[] | undefined
  entry?: NonNullable<Kept['entry']>

  constructor(store: Store, api: string, name: string, tenant: Tenant) {
    this.#store = store
    this.#api = api
    this.#name = name
    this.#tenant = tenant
    this.#firstNumber = tenant.next
  }

  get size(): number {
    return this.#tenant.users.size - this.#removed
  }

  get(id: string): StoredRecord | undefined {
    const record = this.#tenant.get(id)
    return record === REMOVED ? undefined : record
  }

  find(index: string, key: string): StoredRecord | undefined {
    const id = this.#tenant.indexes.get(index)?.get(key)
    return id === undefined ? undefined : this.#tenant.get(id)
  }

  values(): Iterable<StoredRecord> {
    return this.#tenant.values()
  }

  put(record: StoredRecord): void {
    const there = this.#tenant.get(record.id)
    this.#tenant.put(record, there === REMOVED ? undefined : there)
    if (there === REMOVED) this.#removed--
    this.#done.push(record, there)
  }

  add(record: StoredRecord, keys: Keys): void {
    // In the place of a user who was removed it is not new.
    if (this.#removed > 0) {
      this.put(record)
      return
    }
    this.#tenant.set(record, keys)
    this.#done.push(record, undefined)
  }

  remove(id: string): boolean {
    const before = this.get(id)
    if (!before) return false
    this.#tenant.forgetKeys(before)
    this.#tenant.users.set(id, REMOVED)
    this.#removed++
    this.#done.push(undefined, before)
    return true
  }

  fresh(idOf: (number: number) => string): { number: number; id: string } {
    for (;;) {
      const number = this.#tenant.next++
      const id = idOf(number)
      if (!this.#tenant.users.has(id)) return { number, id }
    }
  }

  invite(invitation: Omit<Invitation, 'api' | 'tenant'>): void {
    this.#invitations ??= []
    this.#invitations.push(invitation)
  }

  commit(): boolean {
    const done = this.#done
    if (done.length === 0 && !this.#invitations && this.#tenant.next === this.#firstNumber) return false
    if (this.#removed > 0) {
      const { users } = this.#tenant
      for (let at = 0; at < done.length; at += 2) {
        const id = (done[at + 1] as StoredRecord | undefined)?.id
        if (done[at] === undefined && id !== undefined && users.get(id) === REMOVED) users.delete(id)
      }
      this.#removed = 0
    }
    this.#store.keep(this.#api, this.#name, this.#tenant)
    for (const invitation of this.#invitations ?? []) {
      this.#store.outbox.push({ ...invitation, api: this.#api, tenant: this.#name })
    }
    this.#end()
    return true
  }

  keepText(whole: Whole): Kept {
    this.#tenant.whole = whole
    return this
  }

  keep(shown: object, text: string): void {
    const { users, whole } = this.#tenant
    const { id } = (whole as Whole).recordOf(shown)
    const held = users.get(id)
    if (typeof held === 'object' && (whole as Whole).shownOf(held) === shown) users.set(id, text)
  }

  rollback(): void {
    const done = this.#done
    for (let at = done.length - 2; at >= 0; at -= 2) {
      const [after, before] = [done[at], done[at + 1]]
      if (after) this.#tenant.forgetKeys(after)
      if (before === REMOVED) this.#tenant.users.set((after as StoredRecord).id, REMOVED)
      else if (before) this.#tenant.set(before)
      else this.#tenant.users.delete((after as StoredRecord).id)
    }
    this.#tenant.next = this.#firstNumber
    this.#removed = 0
    this.#end()
  }

  #end(): void {
    this.#done.length = 0
    this.#invitations = undefined
    this.#firstNumber = this.#tenant.next
  }
}
