import { selectInSteps } from '../engine/select-in-steps.ts'
import { workInTurns } from '../engine/take-turns.ts'
import type { Draft, Work } from '../engine/vocabulary.ts'

/** What of a collection is asked for. */
export interface Asked {
  /** Records that hold all of its words in their values, in any case, anywhere. */
  readonly search?: string | undefined
  /** A member, with a minus before it the other way round; `a.b` is one within another. */
  readonly sort?: string | undefined
  readonly offset: number
  readonly limit: number
  /** Milliseconds after which it is told what was found so far, unless it is to be sorted. */
  readonly within?: number | undefined
}

interface Picked {
  /** How many there are, and how many of these match. */
  readonly total: number
  readonly found: number
  /** How many were looked at, where the time was over before all were. */
  readonly looked?: number
  readonly records: readonly object[]
}

/** So many records are made ready to be searched as soon as somebody looks at them: it takes a second for 100,000. */
const MANY = 5_000
/** More are never made ready: together they would not fit. */
const TOO_MANY = 200_000
/** Milliseconds of that in one go: callers wait no longer. */
const SLICE = 8
/** So many records are searched in a step. */
const STEP = 200
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
  /** Of the state; none before the first. */
  readonly version: number | undefined
  readonly records: object[]
  readonly texts: (string | undefined)[]
  /** The records that are not in the list yet. */
  rest: Iterator<object> | undefined
  /** What was in the lists before, where these were not complete either. */
  readonly before?: Pick<Lists, 'records' | 'texts'>
}

/** What is looked for, and how far. */
interface Search {
  readonly lists: Lists
  readonly search: string
  readonly sort: string
  readonly words: readonly string[]
  /** Rows that are looked at first, and how many of these were. */
  readonly among: readonly number[]
  at: number
  /** The row behind them that is looked at next. */
  row: number
  /** Those that were found; in the order that is asked for once all were looked at. */
  rows: number[]
  /** Whether those that are looked at are in that order. */
  readonly isInOrder: boolean
  isDone: boolean
}

/** A collection that was looked at. It may go with its state, whoever looked at it. */
interface Ready {
  readonly draft: WeakRef<Draft<object>>
  lists: Lists
  units: number
  /** What was looked for last: pages of one list are asked for one after the other. */
  last?: Search
}

/** The one that was looked at last stands last. */
const ready: Ready[] = []

/**
 * One page of a collection. What takes long is done in turns: a hundred thousand records are read for a second before they
 * are searched for the first time.
 * @param version of its state: as long as it is the same, what was found and sorted once is not looked for again
 * @param keptOf what is kept of the same collection now
 */
export async function pickRecords(
  draft: Draft<object>,
  version: number,
  asked: Asked,
  keptOf: () => readonly (object | string)[],
): Promise<Picked> {
  const { search = '', sort = '', offset, limit, within } = asked
  const total = draft.size
  if (search === '' && sort === '') {
    if (total >= MANY && total <= TOO_MANY) prepare(draft, version)
    return { total, found: total, records: pageOf(draft, version, offset, limit) }
  }
  if (total > TOO_MANY) return pickOfVeryMany(keptOf(), asked)
  const one = readyOf(draft)
  const looking = searchOf(one, listsOf(one, draft, version), search, sort)
  const until = within === undefined || sort !== '' ? Number.POSITIVE_INFINITY : performance.now() + within
  if (!looking.isDone) await workInTurns(lookOn(one, looking, until))
  const { rows, lists, isDone } = looking
  const records = rows.slice(offset, offset + limit).map((row) => lists.records[row] as object)
  if (isDone) return { total, found: rows.length, records }
  const looked = looking.at - looking.among.length + looking.row
  return { total, found: rows.length, looked: Math.max(0, Math.min(total, looked)), records }
}

/** Of what is never made ready all is read anew. */
async function pickOfVeryMany(kept: readonly (object | string)[], asked: Asked): Promise<Picked> {
  const { search = '', sort = '', offset, limit } = asked
  const words = wordsOf(search)
  const { keyOf, compare } = orderBy(sort)
  const work = selectInSteps(kept, {
    picks: (record) => hasAll(words, words.length > 0 ? valuesOf(record).toLowerCase() : ''),
    ...(sort !== '' && { by: keyOf, compare: compare as (one: unknown, other: unknown) => number }),
    first: offset + limit,
  })
  const found = await workInTurns(work)
  return { total: kept.length, found: found.length, records: found.slice(offset, offset + limit) }
}

const wordsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean)
const hasAll = (words: readonly string[], text: string): boolean => words.every((word) => text.includes(word))

/** The search that is under way, or one that begins with what its beginning has found. */
function searchOf(one: Ready, lists: Lists, search: string, sort: string): Search {
  const { last } = one
  const isSame = last?.lists === lists && last.sort === sort
  if (isSame && last.search === search) return last
  const words = wordsOf(search)
  // A word that is typed on is looked for in what its beginning has found, which is in order already.
  const isNarrower = isSame && search.startsWith(last.search)
  const begun = isNarrower
    ? { among: [...last.rows, ...last.among.slice(last.at)], row: last.row, isInOrder: last.isInOrder || last.isDone }
    : { among: [], row: 0, isInOrder: sort === '' }
  one.last = { lists, search, sort, words, ...begun, at: 0, rows: [], isDone: false }
  return one.last
}

function* lookOn(one: Ready, looking: Search, until: number): Work {
  const { lists, words, among, sort, rows } = looking
  const look = (row: number) => {
    if (hasAll(words, words.length > 0 ? textOf(one, lists, row) : '')) rows.push(row)
  }
  for (let count = 1; ; count++) {
    if (looking.isDone) return
    if (looking.at < among.length) look(among[looking.at++] as number)
    else if (looking.row < lists.records.length || readNext(one, lists)) look(looking.row++)
    else break
    if (count % STEP !== 0) continue
    if (performance.now() > until) return
    yield
  }
  if (!looking.isInOrder) looking.rows = sortBy(rows, lists.records, sort)
  looking.isDone = true
}

function pageOf(draft: Draft<object>, version: number, offset: number, limit: number): object[] {
  const lists = ready.find((each) => each.draft.deref() === draft)?.lists
  // To pass over a hundred thousand takes longer than to know where they stand.
  if (lists?.version === version && !lists.rest) return lists.records.slice(offset, offset + limit)
  const page: object[] = []
  for (const record of draft.values(offset)) {
    if (page.length >= limit) break
    page.push(record)
  }
  return page
}

function readyOf(draft: Draft<object>): Ready {
  const at = ready.findIndex((one) => one.draft.deref() === draft)
  const one = ready.splice(at, at < 0 ? 0 : 1)[0] ?? { draft: new WeakRef(draft), lists: NONE, units: 0 }
  ready.push(one)
  if (ready.length > MOST_READY) ready.shift()
  return one
}

const NONE: Lists = { version: undefined, records: [], texts: [], rest: undefined }

/** The lists as the state is now. */
function listsOf(one: Ready, draft: Draft<object>, version: number): Lists {
  const known = one.lists
  if (known.version === version) return known
  const isRead = known !== NONE && !known.rest
  const records = isRead ? [...draft.values()] : []
  const rest = isRead
    ? {}
    : { rest: draft.values()[Symbol.iterator](), before: { records: known.records, texts: known.texts } }
  one.lists = { version, records, texts: [], rest: undefined, ...rest }
  one.units = 0
  if (isRead) keepTexts(one, known)
  return one.lists
}

/** Most records are those of before, in the same order, and their texts are kept. */
function keepTexts(one: Ready, known: Lists): void {
  const { lists } = one
  let at = 0
  let places: Map<object, number> | undefined
  for (const [row, record] of lists.records.entries()) {
    if (at >= known.records.length) break
    let place: number | undefined = at
    while (place < at + NEAR && known.records[place] !== record) place++
    // What was changed stands in its place, and is in no list of before: the next one shows it, or else all are looked through.
    if (known.records[place] !== record && known.records[at + 1] === lists.records[row + 1]) place = undefined
    else if (known.records[place] !== record) {
      places ??= new Map(known.records.map((each, index) => [each, index]))
      place = places.get(record)
    }
    at = (place ?? at) + 1
    const text = place === undefined ? undefined : known.texts[place]
    if (text !== undefined) keepText(one, lists, row, text)
  }
}

/** @returns whether there was one more */
function readNext(one: Ready, lists: Lists): boolean {
  const next = lists.rest?.next()
  if (!next || next.done) {
    lists.rest = undefined
    return false
  }
  const row = lists.records.push(next.value) - 1
  const text = lists.before?.records[row] === next.value ? lists.before?.texts[row] : undefined
  if (text !== undefined) keepText(one, lists, row, text)
  return true
}

/** Writes the texts that are searched, in slices, while others are answered. */
function prepare(draft: Draft<object>, version: number): void {
  const isKnown = ready.some((each) => each.draft.deref() === draft)
  const one = readyOf(draft)
  if (isKnown) return
  const lists = listsOf(one, draft, version)
  let row = 0
  const go = () => {
    for (const end = performance.now() + SLICE; performance.now() < end; row++) {
      // Somebody has searched what it is now, or looked at much else.
      if (one.lists !== lists || !ready.includes(one)) return
      if (row === lists.records.length && !readNext(one, lists)) return
      textOf(one, lists, row)
    }
    setTimeout(go)
  }
  setTimeout(go)
}

function textOf(one: Ready, lists: Lists, row: number): string {
  const known = lists.texts[row]
  if (known !== undefined) return known
  const text = valuesOf(lists.records[row]).toLowerCase()
  keepText(one, lists, row, text)
  return text
}

const unitsOfAll = (): number => ready.reduce((sum, { units }) => sum + units, 0)

function keepText(one: Ready, lists: Lists, row: number, text: string): void {
  // Of what is replaced already none is counted.
  if (one.lists !== lists) return
  while (ready.length > 1 && ready[0] !== one && unitsOfAll() + text.length > MOST_TEXT) ready.shift()
  if (one.units + text.length > MOST_TEXT) return
  one.units += text.length
  lists.texts[row] = text
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
