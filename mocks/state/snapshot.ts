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

/**
 * Reads a snapshot from outside into the present version, as data of its own.
 * @param collectionsOf the collections of an API; none: this mock does not have it
 * @throws Error that names the first place where it is no snapshot of these APIs
 */
export function readSnapshot(given: unknown, collectionsOf: (api: string) => Collections | undefined): Snapshot {
  if (!isObject(given) || !isObject(given['apis'])) throw new Error('the snapshot must have apis (an object)')
  const { version = 1, outbox = [] } = given
  if (version !== 1 && version !== 2) {
    throw new Error(`the snapshot is of version ${JSON.stringify(version)}; versions 1 and 2 can be read`)
  }
  const apis = mapMembers(given['apis'], (api, tenants) => {
    const collections = collectionsOf(api)
    if (!collections) throw new Error(`the snapshot holds state of ${api}, which this mock does not have`)
    if (!isObject(tenants)) throw new Error(`apis.${api} of the snapshot must be an object of tenants`)
    return mapMembers(tenants, (tenant, held) => {
      const at = `apis.${api}.${tenant} of the snapshot`
      if (!isObject(held)) throw new Error(`${at} must be an object of collections`)
      return mapMembers(version === 1 ? { users: undefined, ...held } : held, (name, records) => {
        const rules = Object.hasOwn(collections, name) ? collections[name] : undefined
        if (!Array.isArray(records)) throw new Error(`${at} must have ${name} (a list)`)
        if (!rules) throw new Error(`${at} has ${name}, which ${api} does not keep`)
        return readRecords(records, rules, version, (index, why) => {
          throw new Error(`${placeOf(name, index, at)}: ${why}`)
        })
      })
    })
  })
  if (!Array.isArray(outbox)) throw new Error('outbox of the snapshot must be a list')
  for (const [index, message] of outbox.entries()) {
    const missing = MESSAGE_MEMBERS.find((name) => !isObject(message) || typeof message[name] !== 'string')
    if (missing) throw new Error(`outbox.${index} of the snapshot must have ${missing} (a text)`)
  }
  return structuredClone({ version: 2, apis, outbox })
}

/** Names a record that is none: `users.0 in apis.dynamic.acme of the snapshot is no user`. */
export const placeOf = (collection: string, index: number, at: string): string =>
  `${collection}.${index} in ${at} is no ${collection.replace(/s$/, '')}`

/** Of every message. */
const MESSAGE_MEMBERS = ['api', 'tenant', 'to', 'at', 'userId']

function readRecords(
  given: readonly unknown[],
  { idOf, keysOf, fromVersion1 }: CollectionRules<object>,
  version: 1 | 2,
  refuse: (index: number, why: string) => never,
): object[] {
  const ids = new Set<string>()
  const holders = new Map<string, string>()
  return given.map((value, index) => {
    const record = version === 1 && fromVersion1 && isObject(value) ? fromVersion1(value) : value
    const id: unknown = isObject(record) ? idOf(record) : undefined
    if (!isObject(record) || typeof id !== 'string') return refuse(index, 'has no id')
    if (ids.size === ids.add(id).size) return refuse(index, `has the id ${id}, which one before it has`)
    try {
      for (const key of keysOf(record)) {
        const written = JSON.stringify(key)
        if (typeof key[1] !== 'string') throw new Error(`${key[0]} must be a text`)
        if ((holders.get(written) ?? id) !== id) throw new Error(`has the ${key[0]} ${key[1]}, which one before it has`)
        holders.set(written, id)
      }
    } catch (error) {
      return refuse(index, (error as Error).message)
    }
    return record
  })
}

/** An object with the same members and other values; `__proto__` is a member like any other. */
const mapMembers = <T, U>(from: Readonly<Record<string, T>>, to: (name: string, value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(name, value)]))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
