import type { Collections } from '../engine/vocabulary.ts'
import type { Snapshot } from '../state/snapshot.ts'

/** One record that is not as it was. Without `before` it is new, without `after` gone. */
export interface Difference {
  readonly api: string
  readonly tenant: string
  readonly collection: string
  readonly id: string
  readonly before?: object
  readonly after?: object
}

interface Differences {
  /** The first 1,000. */
  readonly changes: readonly Difference[]
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** How many more messages there are. */
  readonly messages: number
}

const MOST_SHOWN = 1000

/** What became of the records of one state in another. */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  rulesOf: (api: string) => Collections,
): Differences {
  const all: Difference[] = []
  for (const api of union(before.apis, after.apis)) {
    const [was, is] = [before.apis[api] ?? {}, after.apis[api] ?? {}]
    for (const tenant of union(was, is)) {
      for (const collection of union(was[tenant] ?? {}, is[tenant] ?? {})) {
        // Notes of what has begun are no records.
        if (collection.startsWith('(')) continue
        const idOf = rulesOf(api)[collection]?.idOf ?? JSON.stringify
        const old = new Map((was[tenant]?.[collection] ?? []).map((record) => [idOf(record), record]))
        for (const record of is[tenant]?.[collection] ?? []) {
          const id = idOf(record)
          const one = old.get(id)
          old.delete(id)
          if (!one) all.push({ api, tenant, collection, id, after: record })
          else if (JSON.stringify(one) !== JSON.stringify(record))
            all.push({ api, tenant, collection, id, before: one, after: record })
        }
        for (const [id, record] of old) all.push({ api, tenant, collection, id, before: record })
      }
    }
  }
  const added = all.filter((one) => !one.before).length
  const removed = all.filter((one) => !one.after).length
  return {
    changes: all.slice(0, MOST_SHOWN),
    added,
    changed: all.length - added - removed,
    removed,
    messages: after.outbox.length - before.outbox.length,
  }
}

const union = (one: object, other: object): string[] => [...new Set([...Object.keys(one), ...Object.keys(other)])]
