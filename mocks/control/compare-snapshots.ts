import type { Collections } from '../engine/vocabulary.ts'
import type { KeptState, KeptTenantState } from '../state/snapshot.ts'

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
/** So many records are compared in a step. */
const COMPARED = 200

/** What became of the records of one state in another, in short steps. */
export function* compareStates(
  before: KeptState,
  after: KeptState,
  rulesOf: (api: string) => Collections,
): Generator<void, Differences> {
  const counts = { added: 0, changed: 0, removed: 0 }
  const changes: Difference[] = []
  for (const api of union(before.apis, after.apis)) {
    const [was, is] = [before.apis[api] ?? {}, after.apis[api] ?? {}]
    for (const tenant of union(was, is)) {
      for (const collection of union(was[tenant] ?? {}, is[tenant] ?? {})) {
        // Notes of what has begun are no records.
        if (collection.startsWith('(')) continue
        const idOf = rulesOf(api)[collection]?.idOf ?? JSON.stringify
        const [old, now] = [was[tenant]?.[collection] ?? [], is[tenant]?.[collection] ?? []]
        for (const change of pairRecords(old, now, idOf)) {
          if (!change) {
            yield
            continue
          }
          counts[change.before === undefined ? 'added' : change.after === undefined ? 'removed' : 'changed']++
          if (changes.length < MOST_SHOWN) changes.push({ api, tenant, collection, ...show(change) })
        }
      }
    }
  }
  return { changes, ...counts, messages: after.outbox.length - before.outbox.length }
}

/** A record as it is kept. */
type Held = KeptTenantState[string][number]

interface Pair {
  readonly id: string
  readonly before?: Held | undefined
  readonly after?: Held | undefined
}

const recordOf = (held: Held): object => (typeof held === 'string' ? JSON.parse(held) : held)
const textOf = (held: Held): string => (typeof held === 'string' ? held : JSON.stringify(held))

const show = ({ id, before, after }: Pair) => ({
  id,
  ...(before !== undefined && { before: recordOf(before) }),
  ...(after !== undefined && { after: recordOf(after) }),
})

/**
 * Goes along both lists at once: what nobody has changed is one and the same record in both, in the same order, and need not be
 * read. Between steps it gives nothing.
 */
function* pairRecords(
  old: readonly Held[],
  now: readonly Held[],
  idOf: (record: object) => string,
): Generator<Pair | undefined> {
  /** Those of before that were removed, or stand further on, by id. */
  const passed = new Map<string, Held>()
  /** Those that are new, or stood further on. */
  const added = new Map<string, Held>()
  let at = 0
  /** Passes one of before. @returns its id, and what it is now if that was passed already */
  const pass = (): Pair => {
    const before = old[at++] as Held
    const id = idOf(recordOf(before))
    const after = added.get(id)
    if (!added.delete(id)) passed.set(id, before)
    return { id, before, after }
  }
  for (const [row, after] of now.entries()) {
    if (row % COMPARED === 0) yield undefined
    if (old[at] === after) {
      at++
      continue
    }
    const id = idOf(recordOf(after))
    while (!passed.has(id) && at < old.length && old[at] !== now[row + 1]) {
      if (at % COMPARED === 0) yield undefined
      const pair = pass()
      if (isChanged(pair)) yield pair
    }
    const pair = { id, before: passed.get(id), after }
    if (!passed.delete(id)) added.set(id, after)
    else if (isChanged(pair)) yield pair
  }
  while (at < old.length) {
    if (at % COMPARED === 0) yield undefined
    const pair = pass()
    if (isChanged(pair)) yield pair
  }
  for (const [id, after] of added) yield { id, after }
  for (const [id, before] of passed) yield { id, before }
}

const isChanged = ({ before, after }: Pair): boolean =>
  before !== undefined && after !== undefined && before !== after && textOf(before) !== textOf(after)

const union = (one: object, other: object): string[] => [...new Set([...Object.keys(one), ...Object.keys(other)])]
