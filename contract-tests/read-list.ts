import { schemaOf } from '../documents/list-operations.ts'
import type { Json } from '../documents/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import { normalName, recordsIn } from './find-identity.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** What was found in a list, and whether all of it was. */
export interface ListReading {
  readonly records: readonly Json[]
  /** The list's end was seen: nothing in it is unknown. */
  readonly isComplete: boolean
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
const NEXT = new Set(
  'nextcursor nextpagetoken nexttoken endcursor nextmarker continuation continuationtoken cursor nextpage next'.split(
    ' ',
  ),
)
const TOTAL = /^total|total$|^(?:total)?count$/

const LARGEST_PAGE = 100

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

/**
 * Reads a list page by page until its end shows: an empty page, no further cursor, or as many records as its total says.
 * Pages may be of any size and in any order. Gives up, and says so, after so many requests, or where pages only repeat.
 * @param constants what is asked with each page: parameters of the query, or members of the body
 * @param identify tells records apart
 * @param send one request; undefined: it may not be sent or was not answered with a success
 */
export async function readList(
  builder: RequestBuilder,
  constants: Readonly<Record<string, Json>>,
  path: Readonly<Record<string, string>>,
  identify: (record: Json) => string | undefined,
  send: (request: CaseRequest) => Promise<JudgedReply | undefined>,
  mostPages: number,
): Promise<ListReading> {
  const paging = pagingOf(builder)
  const records = new Map<string, Json>()
  let next: Json
  let stale = 0
  for (let pages = 1; pages <= mostPages; pages++) {
    const reply = await send(requestOf(builder, paging, constants, path, { pages, next, count: records.size }))
    const page = reply && recordsIn(reply.body)
    const ids = page?.map(identify)
    // A list whose records have no identity tells nothing of what was there.
    if (!reply || !page || ids?.some((id) => id === undefined))
      return { records: [...records.values()], isComplete: false, pages: reply ? pages : pages - 1 }
    const before = records.size
    for (const [at, record] of page.entries()) records.set(ids?.[at] as string, record)
    const all = [...records.values()]
    const total = totalOf(reply.body)
    if (total === records.size) return { records: all, isComplete: true, pages }
    if (page.length === 0) return { records: all, isComplete: !((total ?? 0) > records.size), pages }
    next = nextOf(reply)
    const isLinked = typeof next === 'string' && next.includes('?')
    const canTurn =
      isLinked || (paging.cursor ? next !== undefined : paging.offset !== undefined || paging.page !== undefined)
    if (!canTurn) return { records: all, isComplete: next === undefined && !((total ?? 0) > records.size), pages }
    // The first page once more says that pages are counted from 1; a second time, that they are not turned at all.
    stale = records.size === before ? stale + 1 : 0
    if (stale > 1) return { records: all, isComplete: total === records.size, pages }
  }
  return { records: [...records.values()], isComplete: false, pages: mostPages }
}

function requestOf(
  builder: RequestBuilder,
  { size, offset, page, cursor }: Paging,
  constants: Readonly<Record<string, Json>>,
  path: Readonly<Record<string, string>>,
  { pages, next, count }: { pages: number; next: Json; count: number },
): CaseRequest {
  // The next page as an address: its query alone is taken, the place stays ours (RFC 8288, section 3).
  if (pages > 1 && typeof next === 'string' && next.includes('?')) {
    const query = Object.fromEntries(new URLSearchParams(next.slice(next.indexOf('?') + 1)))
    return builder.request({ path, query })
  }
  const turned: (readonly [Slot, string | number])[] = []
  if (size) turned.push([size, Math.min(size.schema?.maximum ?? LARGEST_PAGE, LARGEST_PAGE)])
  if (pages > 1) {
    if (cursor) turned.push([cursor, String(next)])
    else if (offset) turned.push([offset, count])
    // The first page is asked for without a number: nobody knows whether it is 0 or 1.
    else if (page) turned.push([page, pages - 1])
  }
  const members = [...Object.entries(constants), ...turned.map(([{ name }, value]) => [name, value] as const)]
  if (builder.bodySchema) return builder.request({ path, body: Object.fromEntries(members) })
  return builder.request({ path, query: Object.fromEntries(members.map(([name, value]) => [name, String(value)])) })
}

function pagingOf(builder: RequestBuilder): Paging {
  const { place, context } = builder
  const slots: Slot[] = builder.bodySchema
    ? builder.bodySites
        .filter(({ path }) => path.length === 1)
        .map(({ path, schema }) => ({ name: path[0] as string, schema }))
    : place.parameters
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => ({ name: parameter.name, schema: schemaOf(context.document, parameter) }))
  const find = (names: ReadonlySet<string>, isNumber: boolean) =>
    slots.find(({ name, schema }) => names.has(normalName(name)) && (!isNumber || !isText(schema)))
  const [size, offset, page, cursor] = [find(SIZE, true), find(OFFSET, true), find(PAGE, true), find(CURSOR, false)]
  return { ...(size && { size }), ...(offset && { offset }), ...(page && { page }), ...(cursor && { cursor }) }
}

const isText = (schema: Json): boolean => [schema?.type ?? []].flat()[0] === 'string'

/** How many records there are in all, where a member says so. */
function totalOf(body: Json): number | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const holders = [
    body,
    ...Object.values<Json>(body).filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)),
  ]
  for (const holder of holders) {
    const found = Object.entries(holder).find(
      ([name, value]) => /^total/i.test(name) && TOTAL.test(normalName(name)) && Number.isInteger(value),
    )
    if (found) return found[1] as number
  }
  return undefined
}

/** What the next page is asked for with: its address, a cursor, or `true` where only that there is one is said. */
function nextOf({ body, headers }: JudgedReply): Json {
  const [, address] = /<([^>]*)>\s*;[^,]*\brel="?next\b/i.exec(headers['link'] ?? '') ?? []
  if (address !== undefined) return address
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const holders = [
    body,
    ...Object.values<Json>(body).filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)),
  ]
  for (const holder of holders) {
    for (const [name, value] of Object.entries<Json>(holder)) {
      if (NEXT.has(normalName(name)) && (typeof value === 'number' || (typeof value === 'string' && value !== '')))
        return value
      if (/^has_?(?:more|next)/i.test(name) && value === true) return true
    }
  }
  return undefined
}
