import type { Schema } from '../../documents/contract/schema.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import { holdersIn, normalName, recordsIn } from './find-identity.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** What was found in a list, and whether all of it was. */
export interface ListReading {
  readonly records: readonly Json[]
  /** The list's end was seen: nothing in it is unknown. */
  readonly isComplete: boolean
  /** All of it came at once, and in such a number that it may be the first page of more: whether it was shows when it grows. */
  readonly mayBeWhole?: boolean
  /** How many requests it took; 0: it was not answered at all. */
  readonly pages: number
}

/** Normal names (see `normalName`) of parameters that page through a list. */
const SIZE = new Set(
  'limit size perpage pagesize pagelimit maxresult top take rows resultsperpage pagecount'.split(' '),
)
const OFFSET = new Set('offset skip start startindex firstresult pageoffset'.split(' '))
const PAGE = new Set('page pagenumber pageno pagenum pageindex currentpage'.split(' '))
const CURSOR = new Set(
  'cursor after startingafter pagetoken nexttoken continuation continuationtoken marker pagecursor pageafter nextcursor'.split(
    ' ',
  ),
)
/** Those of them that take the name of the last record that was seen. */
const AFTER = new Set('after startingafter'.split(' '))
const NEXT = new Set(
  'nextcursor nextpagetoken nexttoken endcursor nextmarker continuation continuationtoken cursor nextpage next'.split(
    ' ',
  ),
)
/** A number of pages is none of records. */
const TOTAL = /^total(?!.*page)|^count$/

const LARGEST_PAGE = 100

/** Of more records the rest is not asked for: a server may send pages of any size, and each record is remembered. */
const MOST_RECORDS = 100_000

interface Paging {
  readonly size?: Slot
  readonly offset?: Slot
  readonly page?: Slot
  readonly cursor?: Slot
}

/** A parameter of the query, or a member of the body. */
interface Slot {
  readonly name: string
  readonly schema: Json
}

/** What is asked: the operation, what goes along with each page (its query or members of its body), and its path. */
interface ListQuestion {
  readonly builder: RequestBuilder
  readonly constants: Readonly<Record<string, Json>>
  readonly path: Readonly<Record<string, string>>
  /** How many records a page may hold, where that can be said. Default: as many as it takes, up to 100. */
  readonly size?: number
  /** Tells records apart. */
  identify(record: Json): string | undefined
  /** Sends one request. @returns undefined when it was not answered with a success */
  send(request: CaseRequest): Promise<JudgedReply | undefined>
}

/** So often in a row a list is read again without finding anything new. */
const DRY_WALKS = 4

/**
 * Reads a list page by page until its end shows: an empty page, no further cursor, or as many records as its total says.
 * Pages may be of any size. Where they are in another order each time, so that some records show twice and others not at
 * all, the list is read again. Gives up, and says so, after so many requests or records, or where pages only repeat.
 */
export async function readList(question: ListQuestion, mostPages: number): Promise<ListReading> {
  const records = new Map<string, Json>()
  const paging = pagingOf(question.builder)
  let pages = 0
  for (let dry = 0; ; ) {
    const before = records.size
    const walk = await walkPages(question, paging, records, mostPages - pages)
    pages += walk.pages
    dry = records.size === before ? dry + 1 : 0
    const isMixed = !walk.isComplete && walk.total !== undefined && (walk.isStale || walk.seen >= walk.total)
    if (!isMixed || dry >= DRY_WALKS || pages >= mostPages)
      return {
        records: [...records.values()],
        isComplete: walk.isComplete,
        ...(walk.mayBeWhole && { mayBeWhole: true }),
        pages,
      }
  }
}

interface Walk {
  readonly isComplete: boolean
  readonly mayBeWhole?: boolean
  readonly pages: number
  /** How many records the pages held, the same ones counted again. */
  readonly seen: number
  readonly total: number | undefined
  /** Its last pages held nothing new. */
  readonly isStale: boolean
}

async function walkPages(
  { builder, constants, path, size, identify, send }: ListQuestion,
  paging: Paging,
  records: Map<string, Json>,
  mostPages: number,
): Promise<Walk> {
  const walked = new Set<string>()
  let next: Json
  let stale = 0
  let seen = 0
  let total: number | undefined
  let isLed = false
  for (let pages = 1; pages <= mostPages; pages++) {
    const reply = await send(requestOf(builder, paging, constants, path, { pages, next, seen, size }))
    const page = reply && recordsIn(reply.body)
    const ids = page?.map(identify)
    const end = (isComplete: boolean): Walk => ({ isComplete, pages, seen, total, isStale: stale > 1 })
    // A list whose records have no identity tells nothing of what was there.
    if (!reply || !page || ids?.some((id) => id === undefined))
      return { ...end(false), pages: reply ? pages : pages - 1 }
    const before = walked.size
    for (const [at, record] of page.entries()) {
      walked.add(ids?.[at] as string)
      records.set(ids?.[at] as string, record)
    }
    seen += page.length
    total = totalOf(reply.body, page.length) ?? total
    const lacks = total !== undefined && total > records.size
    const isFull = paging.size !== undefined && page.length >= mostOf(paging.size, size)
    next = nextOf(reply, paging)
    if (takesLast(paging) && page.length > 0 && (next === true || (next === undefined && isFull))) next = ids?.at(-1)
    // Behind an empty page there may be more, where it says so.
    if (total === records.size || (page.length === 0 && next === undefined)) return end(!lacks)
    const isLinked = typeof next === 'string' && next.includes('?')
    // Led from page to page and now no further: the last one says so (RFC 8288, section 3.3).
    if (isLed && next === undefined) return end(!lacks)
    isLed ||= isLinked
    const hasCursor = paging.cursor && next !== undefined && next !== true
    const canTurn = isLinked || hasCursor || (!paging.cursor && (paging.offset ?? paging.page) !== undefined)
    if (!canTurn) {
      const isWhole = next === undefined && !lacks && !hasMorePages(reply.body)
      const isSure = total !== undefined || (!isFull && isSurelyAll(page.length))
      return { ...end(isWhole && isSure), ...(isWhole && !isSure && { mayBeWhole: true }) }
    }
    // The first page once more says that pages are counted from 1; a second time, that they are not turned at all.
    stale = walked.size === before ? stale + 1 : 0
    if (stale > 1 || records.size >= MOST_RECORDS) return end(false)
  }
  return { isComplete: false, pages: mostPages, seen, total, isStale: false }
}

function requestOf(
  builder: RequestBuilder,
  { size, offset, page, cursor }: Paging,
  constants: Readonly<Record<string, Json>>,
  path: Readonly<Record<string, string>>,
  { pages, next, seen, size: most }: { pages: number; next: Json; seen: number; size: number | undefined },
): CaseRequest {
  // The next page as an address: its query alone is taken, the place stays ours (RFC 8288, section 3).
  if (pages > 1 && typeof next === 'string' && next.includes('?')) {
    const query = Object.fromEntries(new URLSearchParams(next.slice(next.indexOf('?') + 1)))
    return builder.request({ path, query })
  }
  const turned: (readonly [Slot, string | number])[] = []
  if (size) turned.push([size, mostOf(size, most)])
  if (pages > 1) {
    if (cursor) turned.push([cursor, String(next)])
    else if (offset) turned.push([offset, seen])
    // The first page is asked for without a number: nobody knows whether it is 0 or 1.
    else if (page) turned.push([page, pages - 1])
  }
  const members = [...Object.entries(constants), ...turned.map(([{ name }, value]) => [name, value] as const)]
  if (builder.bodySchema) return builder.request({ path, body: Object.fromEntries(members) })
  return builder.request({ path, query: Object.fromEntries(members.map(([name, value]) => [name, String(value)])) })
}

/** How many records a page is asked for. */
const mostOf = ({ schema }: Slot, size = LARGEST_PAGE): number => Math.min(schema?.maximum ?? size, size)

/** Whether the next page is asked for with the name of the last record, and not with what a reply gives for it. */
const takesLast = ({ cursor }: Paging): boolean =>
  cursor !== undefined && AFTER.has(normalName(cursor.name)) && !String(cursor.schema?.format ?? '').startsWith('date')

function pagingOf(builder: RequestBuilder): Paging {
  const { operation } = builder
  const slots: Slot[] = builder.bodySchema
    ? builder.bodySites
        .filter(({ path }) => path.length === 1)
        .map(({ path, schema }) => ({ name: path[0] as string, schema }))
    : operation.parameters
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => ({ name: parameter.name, schema: parameter.schema.schema }))
  const find = (names: ReadonlySet<string>, isNumber: boolean) =>
    slots.find(({ name, schema }) => names.has(normalName(name)) && (!isNumber || !isText(schema)))
  const [size, offset, page, cursor] = [find(SIZE, true), find(OFFSET, true), find(PAGE, true), find(CURSOR, false)]
  return { ...(size && { size }), ...(offset && { offset }), ...(page && { page }), ...(cursor && { cursor }) }
}

const isText = (schema: Schema): boolean => typeof schema === 'object' && [schema.type ?? []].flat()[0] === 'string'

/** How many records there are in all, where a member says so. */
function totalOf(body: Json, page: number): number | undefined {
  const found = holdersIn(body)
    .flatMap(Object.entries<Json>)
    .find(
      // A count may be that of the page alone.
      ([name, value]) =>
        TOTAL.test(normalName(name)) && Number.isInteger(value) && (/^total/i.test(name) || value > page),
    )
  return found?.[1]
}

/** What the next page is asked for with: its address, a cursor, or `true` where only that there is one is said. */
function nextOf({ body, headers }: JudgedReply, { cursor }: Paging): Json {
  const [, address] = /<([^>]*)>\s*;[^,]*\brel="?next\b/i.exec(headers['link'] ?? '') ?? []
  if (address !== undefined) return address
  const members = holdersIn(body).flatMap(Object.entries<Json>)
  const found = members.find(
    ([name, value]) =>
      NEXT.has(normalName(name)) && (typeof value === 'number' || (typeof value === 'string' && value !== '')),
  )
  if (found) return found[1]
  const ways = waysIn(body)
  const way = (cursor && ways.find((one) => !isAddress(one))) ?? ways.find(isAddress)
  return way ?? (members.some(([name, value]) => /^has_?(?:more|next)/i.test(name) && value === true) || undefined)
}

const isAddress = (way: string): boolean => way.includes('?')

/** Normal names of what tells of a page, and not of a record. */
const OF_PAGE = /^(?:(?:response)?meta(?:data)?|pag(?:e|ing|ination)(?:info)?|link|cursor|next(?:page)?)$/
/** `{ meta: { page: { next: { after } } } }`. */
const MOST_LEVELS = 3

/** What leads on in what tells of a page, however deep: `{ paging: { next: { after, link } } }`, `{ _links: { next: { href } } }`. */
function waysIn(holder: Json, around = '', level = 0): string[] {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return []
  return Object.entries<Json>(holder).flatMap(([key, value]) => {
    const name = normalName(key)
    if (typeof value === 'object')
      return level < MOST_LEVELS && OF_PAGE.test(name) ? waysIn(value, name, level + 1) : []
    if (typeof value !== 'string' || value === '') return []
    const isOfNext = around.startsWith('next')
    const leads = NEXT.has(name) || (isOfNext && (CURSOR.has(name) || isAddress(value)))
    return leads || (around === 'cursor' && AFTER.has(name)) ? [value] : []
  })
}

/** A list without paging of just ten, twenty or a hundred records may be the first page of more. */
const isSurelyAll = (count: number): boolean => count < 10 || (count % 5 !== 0 && (count & (count - 1)) !== 0)

/** Whether a member says that there are several pages. */
const hasMorePages = (body: Json): boolean =>
  holdersIn(body).some((holder) =>
    Object.entries<Json>(holder).some(
      ([name, value]) =>
        /^(?:pagecount|totalpage|lastpage)$/.test(normalName(name)) && typeof value === 'number' && value > 1,
    ),
  )
