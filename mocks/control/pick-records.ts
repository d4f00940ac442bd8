import type { Draft } from '../engine/vocabulary.ts'

/** What of a collection is asked for. */
export interface Asked {
  /** Records that hold all of its words in their values, in any case, anywhere. */
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
  readonly search: string
  readonly sort: string
  readonly records: readonly object[]
}

/** So many records are made ready to be searched as soon as somebody looks at them: it takes half a second for 100,000. */
const MANY = 5_000
/** Milliseconds of that in one go: callers wait no longer. */
const SLICE = 8

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
  if (search === '' && sort === '') {
    if (total >= MANY) prepare(draft)
    return { total, found: total, records: pageOf(draft, offset, limit) }
  }
  const before = last.get(draft)
  const isSame = before?.version === version && before.sort === sort
  if (isSame && before.search === search) return answer(total, before.records, offset, limit)
  // A word that is typed on is looked for in what its beginning has found, which is in order already.
  const isNarrower = isSame && search.startsWith(before.search)
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const among = isNarrower ? before.records : [...draft.values()]
  const found = words.length === 0 ? among : among.filter((record) => hasAll(textOf(record), words))
  const records = sort === '' || isNarrower ? found : sortBy(found, sort)
  last.set(draft, { version, search, sort, records })
  return answer(total, records, offset, limit)
}

const answer = (total: number, records: readonly object[], offset: number, limit: number): Picked => ({
  ...{ total, found: records.length },
  records: records.slice(offset, offset + limit),
})

function pageOf(draft: Draft<object>, offset: number, limit: number): object[] {
  const page: object[] = []
  let at = 0
  for (const record of draft.values()) {
    if (at >= offset + limit) break
    if (at >= offset) page.push(record)
    at++
  }
  return page
}

const prepared = new WeakSet<Draft<object>>()

/** Writes the texts that are searched, in slices, while others are answered. */
function prepare(draft: Draft<object>): void {
  if (prepared.has(draft)) return
  prepared.add(draft)
  const records = draft.values()[Symbol.iterator]()
  const go = () => {
    for (const end = performance.now() + SLICE; performance.now() < end; ) {
      const { done, value } = records.next()
      if (done) return
      textOf(value)
    }
    setTimeout(go)
  }
  setTimeout(go)
}

function textOf(record: object): string {
  let text = texts.get(record)
  if (text === undefined) texts.set(record, (text = valuesOf(record).toLowerCase()))
  return text
}

/** All values of a record, one beside the other: that all have a member `metadata` makes none of them hold `data`. */
function valuesOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  let text = ''
  for (const name in value) text += `${valuesOf((value as Record<string, unknown>)[name])}\n`
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
