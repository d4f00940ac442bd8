import type { Draft } from '../engine/vocabulary.ts'

/** What of a collection is asked for. */
export interface Asked {
  /** Records that hold all of its words, in any case, anywhere. */
  readonly search?: string | undefined
  /** A member, with a minus before it the other way round; `a.b` is one within another. */
  readonly sort?: string | undefined
  readonly offset: number
  readonly limit: number
}

interface Picked {
  /** How many there are, and how many of these match. */
  readonly total: number
  readonly found: number
  readonly records: readonly object[]
}

/** What was found last in a collection: pages of one list are asked for one after the other. */
interface Last {
  readonly version: number
  readonly key: string
  readonly records: readonly object[]
}

/** The text of a record to be searched in; records never change. */
const texts = new WeakMap<object, string>()
const last = new WeakMap<object, Last>()

/**
 * One page of a collection.
 * @param version of its state: as long as it is the same, what was found and sorted once is not looked for again
 */
export function pickRecords(
  draft: Draft<object>,
  version: number,
  { search = '', sort = '', offset, limit }: Asked,
): Picked {
  const total = draft.size
  const key = JSON.stringify([search, sort])
  let records = last.get(draft)
  if (records?.version !== version || records.key !== key) {
    const all = [...draft.values()]
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const found = words.length === 0 ? all : all.filter((record) => hasAll(textOf(record), words))
    records = { version, key, records: sort === '' ? found : sortBy(found, sort) }
    last.set(draft, records)
  }
  return { total, found: records.records.length, records: records.records.slice(offset, offset + limit) }
}

function textOf(record: object): string {
  let text = texts.get(record)
  if (text === undefined) texts.set(record, (text = JSON.stringify(record).toLowerCase()))
  return text
}

const hasAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))

/** Of a record that is kept with its place, its own members are below `data`. */
export function memberOf(record: object, path: string): unknown {
  let at: unknown = record
  const own = Object.hasOwn(record, 'under') ? (record as { data?: unknown }).data : record
  for (const name of path.split('.')) {
    if (at === record) at = own
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined
  }
  return at
}

/** Numbers before texts, what has none last, whichever way; equal ones as they were created. */
function sortBy(records: readonly object[], sort: string): object[] {
  const isBack = sort.startsWith('-')
  const path = isBack ? sort.slice(1) : sort
  const keyed = records.map((record) => ({ record, key: keyOf(memberOf(record, path)) }))
  const way = isBack ? -1 : 1
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    if (typeof a !== typeof b) return (typeof a === 'number' ? -1 : 1) * way
    return a === b ? 0 : (a < b ? -1 : 1) * way
  })
  return keyed.map(({ record }) => record)
}

function keyOf(value: unknown): string | number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  return typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)
}
