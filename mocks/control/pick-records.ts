import { selectInSteps } from '../engine/select-in-steps.ts'
import { workInTurns } from '../engine/take-turns.ts'
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

/** So many records are made ready to be searched as soon as somebody looks at them: it takes half a second for 100,000. */
const MANY = 5_000
/** More are never made ready: together they would not fit. */
const TOO_MANY = 200_000
/** Milliseconds of that in one go: callers wait no longer. */
const SLICE = 8
/** So many collections are ready at once, and their texts have so many UTF-16 units; what is beyond it is read anew for each search. */
const MOST_READY = 4
const MOST_TEXT = 2 ** 27
/** So many records that were removed in a row are passed over without looking far. */
const NEAR = 8

/**
 * The records of a collection and the text of each that is searched, in two plain lists: to look a hundred thousand texts
 * up by their records would take longer than to search them.
 */
interface Lists {
  /** Of the state; none while they are being made. */
  version: number | undefined
  readonly records: object[]
  readonly texts: (string | undefined)[]
}

/** A collection that was looked at. It may go with its state, whoever looked at it. */
interface Ready {
  readonly draft: WeakRef<Draft<object>>
  lists: Lists
  units: number
  /** What was found last: pages of one list are asked for one after the other. */
  last?: { readonly lists: Lists; readonly search: string; readonly sort: string; readonly rows: readonly number[] }
}

/** The one that was looked at last stands last. */
const ready: Ready[] = []

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
    if (total >= MANY && total <= TOO_MANY) prepare(draft, version)
    return { total, found: total, records: pageOf(draft, offset, limit) }
  }
  const one = readyOf(draft)
  const lists = listsOf(one, draft, version)
  const { last } = one
  const isSame = last?.lists === lists && last.sort === sort
  let rows = last?.rows ?? []
  if (!isSame || last.search !== search) {
    // A word that is typed on is looked for in what its beginning has found, which is in order already.
    const isNarrower = isSame && search.startsWith(last.search)
    const found = findRows(one, wordsOf(search), isNarrower ? rows : undefined)
    rows = sort === '' || isNarrower ? found : sortBy(found, lists.records, sort)
    one.last = { lists, search, sort, rows }
  }
  const records = rows.slice(offset, offset + limit).map((row) => lists.records[row] as object)
  return { total, found: rows.length, records }
}

const wordsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean)

/**
 * The same, and of many that are not ready to be searched yet in turns.
 * @param keptOf what is kept of the same collection now
 */
export async function pickInTurns(
  draft: Draft<object>,
  version: number,
  asked: Asked,
  keptOf: () => readonly (object | string)[],
): Promise<Picked> {
  const { search = '', sort = '', offset, limit } = asked
  if (draft.size < MANY || (search === '' && sort === '') || isReady(draft)) return pickRecords(draft, version, asked)
  const kept = keptOf()
  const words = wordsOf(search)
  const { keyOf, compare } = orderBy(sort)
  const work = selectInSteps(kept, {
    picks: (record) => {
      const text = words.length > 0 ? valuesOf(record).toLowerCase() : ''
      return words.every((word) => text.includes(word))
    },
    ...(sort !== '' && { by: keyOf, compare: compare as (one: unknown, other: unknown) => number }),
    first: offset + limit,
  })
  const found = await workInTurns(work)
  return { total: kept.length, found: found.length, records: found.slice(offset, offset + limit) }
}

const isReady = (draft: Draft<object>): boolean =>
  ready.some((one) => one.draft.deref() === draft && one.lists.version !== undefined)

function findRows(one: Ready, words: readonly string[], among: readonly number[] | undefined): number[] {
  const { records } = one.lists
  const found: number[] = []
  const look = (row: number) => {
    const text = words.length > 0 ? textOf(one, row) : ''
    if (words.every((word) => text.includes(word))) found.push(row)
  }
  if (among) for (const row of among) look(row)
  else for (let row = 0; row < records.length; row++) look(row)
  return found
}

function pageOf(draft: Draft<object>, offset: number, limit: number): object[] {
  const page: object[] = []
  for (const record of draft.values(offset)) {
    if (page.length >= limit) break
    page.push(record)
  }
  return page
}

function readyOf(draft: Draft<object>): Ready {
  const at = ready.findIndex((one) => one.draft.deref() === draft)
  const one = ready.splice(at, at < 0 ? 0 : 1)[0] ?? { draft: new WeakRef(draft), lists: begin(), units: 0 }
  ready.push(one)
  if (ready.length > MOST_READY) ready.shift()
  return one
}

const begin = (): Lists => ({ version: undefined, records: [], texts: [] })

/** The lists as the state is now. Most records are those of before, in the same order, and their texts are kept. */
function listsOf(one: Ready, draft: Draft<object>, version: number): Lists {
  const known = one.lists
  if (known.version === version) return known
  one.lists = { version, records: [...draft.values()], texts: [] }
  one.units = 0
  let at = 0
  let places: Map<object, number> | undefined
  for (const [row, record] of one.lists.records.entries()) {
    if (at >= known.records.length) break
    let place: number | undefined = at
    while (place < at + NEAR && known.records[place] !== record) place++
    const { records } = one.lists
    // What was changed stands in its place, and is in no list of before: the next one shows it, or else all are looked through.
    if (known.records[place] !== record && known.records[at + 1] === records[row + 1]) place = undefined
    else if (known.records[place] !== record) {
      places ??= new Map(known.records.map((each, index) => [each, index]))
      place = places.get(record)
    }
    at = (place ?? at) + 1
    const text = place === undefined ? undefined : known.texts[place]
    if (text !== undefined) keepText(one, row, text)
  }
  return one.lists
}

/** Writes the texts that are searched, in slices, while others are answered. */
function prepare(draft: Draft<object>, version: number): void {
  const isKnown = ready.some((each) => each.draft.deref() === draft)
  const one = readyOf(draft)
  if (isKnown) return
  const { lists } = one
  const records = draft.values()[Symbol.iterator]()
  const go = () => {
    for (const end = performance.now() + SLICE; performance.now() < end; ) {
      // Somebody has searched meanwhile, or looked at much else.
      if (one.lists !== lists || !ready.includes(one)) return
      const { done, value } = records.next()
      if (done) {
        lists.version = version
        return
      }
      textOf(one, lists.records.push(value) - 1)
    }
    setTimeout(go)
  }
  setTimeout(go)
}

function textOf(one: Ready, row: number): string {
  const known = one.lists.texts[row]
  if (known !== undefined) return known
  const text = valuesOf(one.lists.records[row]).toLowerCase()
  keepText(one, row, text)
  return text
}

const unitsOfAll = (): number => ready.reduce((sum, { units }) => sum + units, 0)

function keepText(one: Ready, row: number, text: string): void {
  while (ready.length > 1 && ready[0] !== one && unitsOfAll() + text.length > MOST_TEXT) ready.shift()
  if (one.units + text.length > MOST_TEXT) return
  one.units += text.length
  one.lists.texts[row] = text
}

/** All values of a record, one beside the other: that all have a member `metadata` makes none of them hold `data`. */
function valuesOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  let text = ''
  for (const name in value) text += `${valuesOf((value as Record<string, unknown>)[name])}\n`
  return text
}

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

type Key = string | number | undefined

/** Numbers before texts, what has none last, whichever way; equal ones as they were created. */
function orderBy(sort: string) {
  const way = sort.startsWith('-') ? -1 : 1
  const path = way < 0 ? sort.slice(1) : sort
  return {
    keyOf: (record: object): Key => keyOf(memberOf(record, path)),
    compare(a: Key, b: Key): number {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
      if (typeof a !== typeof b) return (typeof a === 'number' ? -1 : 1) * way
      return a === b ? 0 : (a < b ? -1 : 1) * way
    },
  }
}

function sortBy(rows: readonly number[], records: readonly object[], sort: string): number[] {
  const { keyOf, compare } = orderBy(sort)
  const keyed = rows.map((row) => ({ row, key: keyOf(records[row] as object) }))
  return keyed.sort((one, other) => compare(one.key, other.key)).map(({ row }) => row)
}

function keyOf(value: unknown): string | number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  return typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)
}
