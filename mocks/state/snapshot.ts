import type { CollectionRules, Collections, Invitation } from '../engine/vocabulary.ts'

/** The state of one API and one tenant: by collection its records, in order of creation. A tenant without records is in none. */
export type TenantSnapshot = Readonly<Record<string, readonly object[]>>

/** A session's whole state, as plain JSON: API, then tenant, then collection. */
export interface Snapshot {
  /** What has none is of version 1, where tenants had one collection, `users`. */
  readonly version?: 1 | 2
  readonly apis: Readonly<Record<string, Readonly<Record<string, TenantSnapshot>>>>
  readonly outbox: readonly Invitation[]
}

/** As `TenantSnapshot`, each record as it is kept: its JSON text, or an object that nobody may change. */
export type KeptTenantState = Readonly<Record<string, readonly (object | string)[]>>

/** What a snapshot is made of, not copied: it costs next to nothing, and what the state has too is there once. */
export interface KeptState {
  readonly apis: Readonly<Record<string, Readonly<Record<string, KeptTenantState>>>>
  readonly outbox: readonly Invitation[]
}

/** Makes a snapshot of it, as data of its own. */
export function copyState({ apis, outbox }: KeptState): Snapshot {
  const copy = (held: object | string): object => (typeof held === 'string' ? JSON.parse(held) : structuredClone(held))
  const copied = mapValues(apis, (tenants) =>
    mapValues(tenants, (collections) => mapValues(collections, (records) => records.map(copy))),
  )
  return { version: 2, apis: copied, outbox: structuredClone([...outbox]) }
}

/** How what is read is held to the APIs of a mock. */
export interface SnapshotRules {
  /** The collections of an API; none: this mock does not have it. */
  readonly collectionsOf: (api: string) => Collections | undefined
  /** Says what is wrong with a record that is alone in its tenant. */
  readonly inspect: (api: string, tenant: string, collection: string, record: object) => string | undefined
}

/**
 * Takes the records of a collection.
 * @param take holds one to its rules, and gives it in the present version; throws where it is no record
 */
export type TakeRecords = (
  records: readonly unknown[],
  take: (value: unknown, index: number) => object,
) => readonly (object | string)[]

/**
 * Reads a snapshot from outside into the present version, as data of its own.
 * @throws Error that names the first place where it is no snapshot of these APIs
 */
export const readSnapshot = (given: unknown, rules: SnapshotRules): Snapshot =>
  copyState(checkSnapshot(given, rules, (records, take) => records.map(take)))

/** The same without a copy, the records taken as somebody will. @throws Error as `readSnapshot` */
export function checkSnapshot(
  given: unknown,
  { collectionsOf, inspect }: SnapshotRules,
  takeRecords: TakeRecords,
): KeptState {
  const { version = 1, apis, outbox = [] } = asObject(given)
  if (!isObject(apis)) return fail('the snapshot must have apis (an object)')
  if (version !== 1 && version !== 2) {
    fail(`the snapshot is of version ${JSON.stringify(version)}; versions 1 and 2 can be read`)
  }
  const read = mapMembers(apis, 'apis', 'APIs', (api, tenants) => {
    const collections = collectionsOf(api)
    if (!collections) return fail(`the snapshot holds state of ${api}, which this mock does not have`)
    return mapMembers(tenants, `apis.${api}`, 'tenants', (tenant, held) => {
      const at = `apis.${api}.${tenant} of the snapshot`
      const all = version === 1 && isObject(held) ? { users: 0, ...held } : held
      return mapMembers(all, `apis.${api}.${tenant}`, 'collections', (name, records) => {
        const rules = Object.hasOwn(collections, name) ? collections[name] : undefined
        if (!Array.isArray(records)) return fail(`${at} must have ${name} (a list)`)
        if (!rules) return fail(`${at} has ${name}, which ${api} does not keep`)
        const isTaken = trackKeys(rules)
        return takeRecords(records, (value, index) => {
          const record = (version === 1 && rules.fromVersion1?.(asObject(value))) || asObject(value)
          let breach: string | undefined
          try {
            breach = isTaken(record) ?? inspect(api, tenant, name, record)
          } catch (error) {
            breach = (error as Error).message
          }
          return breach === undefined
            ? record
            : fail(`${name}.${index} in ${at} is no ${name.replace(/s$/, '')}: ${breach}`)
        })
      })
    })
  })
  if (!Array.isArray(outbox)) return fail('outbox of the snapshot must be a list')
  for (const [index, message] of outbox.entries()) {
    for (const name of ['api', 'tenant', 'to', 'at', 'userId']) {
      if (typeof asObject(message)[name] !== 'string')
        fail(`outbox.${index} of the snapshot must have ${name} (a text)`)
    }
  }
  return { apis: read, outbox }
}

/** Says of one record after the other what it has that one before it has. */
function trackKeys({ idOf, keysOf }: CollectionRules<object>): (record: object) => string | undefined {
  const taken = new Map<string, string>()
  return (record) => {
    const id: unknown = idOf(record)
    if (typeof id !== 'string') return 'has no id'
    // Texts of JSON: that of an id is none of a key.
    if (taken.has(JSON.stringify(id))) return `has the id ${id}, as one before it`
    taken.set(JSON.stringify(id), id)
    for (const key of keysOf(record)) {
      if (typeof key[1] !== 'string') return `${key[0]} must be a text`
      const written = JSON.stringify(key)
      if ((taken.get(written) ?? id) !== id) return `has the ${key[0]} ${key[1]}, as one before it`
      taken.set(written, id)
    }
    return undefined
  }
}

function fail(message: string): never {
  throw new Error(message)
}

/** An object with the same members and other values; `__proto__` is a member like any other. */
const mapValues = <T, U>(from: Readonly<Record<string, T>>, to: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]))

/** The same of what may be none. */
const mapMembers = <U>(from: unknown, at: string, what: string, to: (name: string, value: unknown) => U) =>
  isObject(from)
    ? mapValues(from, (value, name) => to(name, value))
    : fail(`${at} of the snapshot must be an object of ${what}`)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})
