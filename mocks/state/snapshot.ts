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
 * @param inspect says what is wrong with a record that is alone in its tenant
 * @throws Error that names the first place where it is no snapshot of these APIs
 */
export function readSnapshot(
  given: unknown,
  collectionsOf: (api: string) => Collections | undefined,
  inspect: (api: string, tenant: string, collection: string, record: object) => string | undefined,
): Snapshot {
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
        return records.map((value: unknown, index) => {
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
  return structuredClone({ version: 2, apis: read, outbox })
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
function mapMembers<U>(
  from: unknown,
  at: string,
  what: string,
  to: (name: string, value: unknown) => U,
): Record<string, U> {
  if (!isObject(from)) return fail(`${at} of the snapshot must be an object of ${what}`)
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(name, value)]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})
