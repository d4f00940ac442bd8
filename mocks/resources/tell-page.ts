import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { MemberPath } from '../../documents/resources/resource.ts'
import { isLink, isNext, leadsOn, plainly } from '../../documents/resources/tell-words.ts'
import type { Input } from '../engine/vocabulary.ts'
import { baseOf } from './address.ts'
import { isMembers, type Members, membersOf, textOf } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { valueAt, withValueAt } from './member-path.ts'
import { allowsNull, schemaAt } from './member-schema.ts'
import type { Page } from './page-records.ts'

/** Ways from one page to others: where each begins, of those that there are. */
type Ways = ReadonlyMap<string, string | number>

/** Where else one can go from a page. */
function waysFrom(page: Page): Ways {
  const { offset, size, total, records, paging } = page
  const ways = new Map<string, string | number>()
  if (size === undefined || paging === undefined) return ways
  const hasNext = offset + records.length < total && records.length > 0
  if (hasNext) ways.set('next', page.startOf(offset + size))
  if (paging.kind === 'cursor') return ways
  ways.set('first', page.startOf(0))
  if (offset > 0) ways.set('prev', page.startOf(Math.max(0, offset - size)))
  if (size > 0) ways.set('last', page.startOf(Math.max(0, (Math.ceil(total / size) - 1) * size)))
  return ways
}

/** What the members around a list are called, and what they say of a page. */
const SAYINGS: readonly { readonly match: RegExp; say(page: Page, ways: Ways): unknown }[] = [
  { match: /^(?:has (?:more|next)(?: page| items| results)?|more|is truncated)$/, say: (_, ways) => ways.has('next') },
  { match: /^has (?:prev|previous)(?: page)?$/, say: ({ offset }) => offset > 0 },
  { match: /^(?:is )?last(?: page)?$/, say: (_, ways) => !ways.has('next') },
  { match: /^(?:is )?first(?: page)?$/, say: ({ offset }) => offset === 0 },
  {
    match:
      /^(?:total|(?:total|found|matching) (?:count|items?|results?|records?|elements?|entries|size)|(?:total|number) of .*|.* total|total .*(?<!pages?))$/,
    say: ({ total }) => total,
  },
  { match: /^(?:count|size|length|returned|num results|number of elements|items? count|result count)$/, say: countOf },
  {
    match: /^(?:(?:total |num )?pages(?: count| total)?|number of pages|(?:page|total page|num page) count|last page)$/,
    say: ({ total, size = 0 }) => (size > 0 ? Math.ceil(total / size) : 1),
  },
  {
    match: /^(?:page|current page|page (?:number|index|no|num)|current|number)$/,
    say: ({ offset, size = 0, firstPage }) => firstPage + (size > 0 ? Math.floor(offset / size) : 0),
  },
  {
    match: /^(?:per page|page size|limit|items per page|max results|take|pagesize|perpage)$/,
    say: ({ size, total }) => size ?? total,
  },
  { match: /^(?:offset|skip|start index|start)$/, say: ({ offset }) => offset },
  { match: /^end$/, say: ({ offset, records }) => Math.max(0, offset + records.length - 1) },
]

function countOf({ records, total, paging }: Page): number {
  return paging === undefined ? total : records.length
}

const WAYS: readonly (readonly [RegExp, string])[] = [
  [/^next\b/, 'next'],
  [/^(?:prev|previous)\b/, 'prev'],
  [/^first(?! page$| row$)/, 'first'],
  [/^last(?! page$| row$)/, 'last'],
]

/** Nothing but the next page: `nextPayment` stays as it is. */
const NEXT_PAGE = /^next(?: (?:page|cursor|token|link|url|uri|href|offset))*$/

/** What holds links, each called like the page that it leads to (JSON:API 1.1, section 5.6; HAL, section 4.1.1). */
const LINKS = /(?:^| )links$/

/** What `cursors: { before, after }` lead to. */
const CURSORS = new Map([
  ['after', 'next'],
  ['before', 'prev'],
])

/** How deep what tells of a page may lie: `meta: { page: { next: { after } } }`. */
const MOST_LEVELS = 3

/**
 * The envelope of a list, saying of the page what its members are there for: how many there are, and what leads to the
 * next ones. Whatever else it says stays.
 */
export function tellPage(
  scene: Scene,
  place: SchemaPlace | undefined,
  envelope: unknown,
  page: Page,
  input: Input,
): unknown {
  const { list } = scene.inferred
  if (!list || list.at.length === 0) return envelope
  const ways = waysFrom(page)
  const { total, next = [] } = page.paging ?? {}
  const kind = page.paging?.kind ?? 'page'
  let told = tellBeside(envelope, envelope, [])
  if (total) told = withValueAt(told, total, page.total)
  const to = ways.get('next')
  // The document may show a last page.
  return to !== undefined && lacks(told, next) ? withValueAt(told, next, wayTo(undefined, to, next)) : told

  /** @param whole the body so far @param around what stands in it at a path */
  function tellBeside(whole: unknown, around: unknown, path: MemberPath): unknown {
    let changed = whole
    for (const [name, value] of Object.entries(membersOf(around))) {
      const at = [...path, name]
      const words = plainly(wordsOf(name))
      const way = wayAt(at, words, value)
      if (isSamePath(at, list?.at) || Array.isArray(value) || !isMembers(valueAt(changed, path))) continue
      if (way !== undefined) changed = tellWay(changed, at, way)
      else if (isMembers(value)) changed = path.length < MOST_LEVELS ? tellBeside(changed, value, at) : changed
      else {
        const said = SAYINGS.find(({ match }) => match.test(words))?.say(page, ways)
        if (said !== undefined && typeof said === typeof value) changed = withValueAt(changed, at, said)
      }
    }
    return changed
  }

  /** Where a member leads. */
  function wayAt(at: MemberPath, words: string, value: unknown): string | undefined {
    if (isSamePath(at, next)) return 'next'
    const [, way] = WAYS.find(([match]) => match.test(words)) ?? []
    const around = wordsOf(at.at(-2) ?? '')
    const isInLinks = LINKS.test(around)
    if (isInLinks && words === 'self') return 'self'
    if (/(?:^| )cursors$/.test(around) && CURSORS.has(words)) return CURSORS.get(words)
    if (isMembers(value)) {
      const leads = Object.keys(value).some((name) => leadsOn(wordsOf(name), kind))
      return leads && (isInLinks || NEXT_PAGE.test(words)) ? way : undefined
    }
    // Of what cannot be asked for in pages nothing comes next.
    return typeof value !== 'boolean' && (page.paging || NEXT_PAGE.test(words)) ? way : undefined
  }

  function tellWay(body: unknown, path: MemberPath, way: string): unknown {
    const value = valueAt(body, path)
    const to = ways.get(way)
    if (typeof value === 'boolean') return withValueAt(body, path, to !== undefined)
    if (to === undefined && way !== 'self') return leadNowhere(scene.contract, place, body, path)
    if (!isMembers(value)) return withValueAt(body, path, wayTo(value, to, path))
    let changed = body
    for (const [name, inner] of Object.entries(value)) {
      const words = wordsOf(name)
      if (leadsOn(words, kind) && !isMembers(inner))
        changed = withValueAt(changed, [...path, name], wayTo(inner, to, [...path, name]))
    }
    return changed
  }

  /** As the document shows it: a URL, a number, or what is to be sent for the next page. @param to undefined: this page */
  function wayTo(shown: unknown, to: string | number | undefined, path: MemberPath): unknown {
    const schema = schemaAt(scene.contract, place, path)
    const form = schema && formOf(scene.contract, schema)
    const { format = '', example } = keywordsOf(form?.place.schema)
    const isNumber = form?.types.has('integer') || form?.types.has('number') || typeof shown === 'number'
    if (isNumber) return typeof to === 'number' ? to : shown
    const [words, around] = [wordsOf(path.at(-1) ?? ''), wordsOf(path.at(-2) ?? '')]
    const isUrl = /^(?:ur[il]|iri)(?:-reference)?$/.test(format)
    const isAddress =
      to === undefined ||
      isUrl ||
      isLink(words) ||
      LINKS.test(around) ||
      // Of a number nobody makes a text, but of a place.
      (typeof to === 'number' && /^(?:next|prev|previous|first|last)$/.test(words)) ||
      [shown, example].some((one) => typeof one === 'string' && /^(?:https?:\/)?\/|\?.*=/.test(one))
    if (!isAddress) return String(to)
    const address = linkTo(scene, input, page, to)
    return isUrl && !format.endsWith('-reference') && address.startsWith('/') ? `http://localhost${address}` : address
  }
}

const isSamePath = (one: MemberPath, other: MemberPath | undefined): boolean => one.join('\n') === other?.join('\n')

/**
 * A body in which what leads to a page leads nowhere: it is null, not there, or empty, whatever its schema allows; else what
 * is around it and holds nothing else, is so. Where none of that may be, it stays.
 */
function leadNowhere(contract: Contract, place: SchemaPlace | undefined, body: unknown, path: MemberPath): unknown {
  for (let length = path.length; length > 0; length--) {
    const at = path.slice(0, length)
    if (length < path.length && !holdsWaysAlone(valueAt(body, at))) break
    const holder = schemaAt(contract, place, at.slice(0, -1))
    if (allowsNull(contract, schemaAt(contract, place, at))) return withValueAt(body, at, null)
    if (!holder || !formOf(contract, holder).required.has(at.at(-1) as string)) return withValueAt(body, at, undefined)
  }
  const value = valueAt(body, path)
  const inner = Object.keys(membersOf(value))
  if (inner.length > 0) return inner.reduce((told, name) => leadNowhere(contract, place, told, [...path, name]), body)
  return typeof value === 'string' ? withValueAt(body, path, '') : body
}

/** Whether nothing stands at the end of a path, and nothing else in the way. */
const lacks = (body: unknown, path: MemberPath): boolean =>
  path.length > 0 &&
  path.every((_, length) => isMembers(valueAt(body, path.slice(0, length)) ?? {})) &&
  (valueAt(body, path) ?? undefined) === undefined

/** Whether it holds nothing but what leads to pages. */
const holdsWaysAlone = (value: unknown): boolean =>
  Object.keys(membersOf(value)).every((name) => {
    const words = wordsOf(name)
    return isNext(words) || isLink(words) || WAYS.some(([match]) => match.test(words))
  })

/** The URL of another page of the same list. @param start undefined: of the same page */
function linkTo(scene: Scene, input: Input, { paging, size }: Page, start: string | number | undefined): string {
  const { url = scene.operation.path } = input
  const query = new URLSearchParams()
  const own: Members = { ...input.query }
  for (const [name, value] of Object.entries(own)) {
    if (name === paging?.start && start !== undefined) continue
    for (const one of [value].flat()) query.append(name, textOf(one))
  }
  if (paging?.size !== undefined && size !== undefined && !query.has(paging.size)) query.set(paging.size, String(size))
  if (paging?.start !== undefined && start !== undefined) query.set(paging.start, String(start))
  return query.size > 0 ? `${url}?${query}` : url
}

/** Headers that say of a page what its envelope might: how many there are, and links (RFC 8288). */
export function pageHeaders(
  scene: Scene,
  declared: readonly string[],
  page: Page,
  input: Input,
): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of declared) {
    const words = wordsOf(name).replace(/^x /, '')
    if (words === 'link' && page.paging) {
      const ways = [...waysFrom(page)]
      const links = ways.map(([relation, start]) => `<${linkTo(scene, input, page, start)}>; rel="${relation}"`)
      // Without one, what the document shows would lead astray.
      headers['link'] = links.join(', ') || `<${input.url ?? baseOf(scene, input)}>; rel="self"`
    } else if (/^(?:pagination )?total(?: count| items| results)?$|^count$/.test(words)) {
      headers[name.toLowerCase()] = String(page.total)
    }
  }
  return headers
}
