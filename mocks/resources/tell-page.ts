import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { MemberPath } from '../../documents/resources/resource.ts'
import { plainly } from '../../documents/resources/tell-words.ts'
import type { Input } from '../engine/vocabulary.ts'
import { baseOf } from './address.ts'
import { isMembers, type Members, textOf } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { valueAt, withValueAt } from './member-path.ts'
import { schemaAt } from './member-schema.ts'
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
  let told = tellBeside(envelope, [], 0)
  const { total, next } = page.paging ?? {}
  if (total) told = withValueAt(told, total, page.total)
  if (next) told = tellWay(told, next, ways.get('next'))
  return told

  function tellBeside(around: unknown, path: MemberPath, level: number): unknown {
    if (!isMembers(around) || level > 2) return around
    let changed: unknown = around
    for (const [name, value] of Object.entries(around)) {
      const at = [...path, name]
      if (at.join('\n') === list?.at.join('\n')) continue
      const words = plainly(wordsOf(name))
      const [, way] = WAYS.find(([match]) => match.test(words)) ?? []
      if (isMembers(value)) {
        const inner = level < 2 && !Array.isArray(value) ? tellBeside(value, at, level + 1) : value
        changed = withValueAt(changed, [name], inner)
      } else if (Array.isArray(value)) continue
      // Of what cannot be asked for in pages nothing comes next.
      else if (way !== undefined && typeof value !== 'boolean' && (page.paging || NEXT_PAGE.test(words))) {
        changed = withValueAt(changed, [name], wayTo(value, ways.get(way), schemaAt(scene.contract, place, at)))
      } else {
        const saying = SAYINGS.find(({ match }) => match.test(words))
        const said = saying?.say(page, ways)
        if (said !== undefined && typeof said === typeof value) changed = withValueAt(changed, [name], said)
      }
    }
    return changed
  }

  function tellWay(body: unknown, path: MemberPath, to: string | number | undefined): unknown {
    const before = valueAt(body, path)
    if (typeof before === 'boolean') return withValueAt(body, path, to !== undefined)
    return withValueAt(body, path, wayTo(before, to, schemaAt(scene.contract, place, path)))
  }

  /** As the document shows it: a URL, a number, or what is to be sent for the next page. */
  function wayTo(shown: unknown, to: string | number | undefined, schema: SchemaPlace | undefined): unknown {
    const form = schema && formOf(scene.contract, schema)
    const { format = '', example } = keywordsOf(form?.place.schema)
    if (to === undefined)
      return form?.types.has('null') || shown === null ? null : typeof shown === 'string' ? undefined : shown
    const isLink =
      format.startsWith('uri') ||
      format === 'url' ||
      [shown, example].some((one) => typeof one === 'string' && /^(?:https?:\/)?\/|\?.*=/.test(one))
    if (isLink) return linkTo(scene, input, page, to)
    if (form?.types.has('integer') || form?.types.has('number') || typeof shown === 'number') {
      return typeof to === 'number' ? to : shown
    }
    return String(to)
  }
}

/** The URL of another page of the same list. */
function linkTo(scene: Scene, input: Input, { paging, size }: Page, start: string | number): string {
  const { url = scene.operation.path } = input
  const query = new URLSearchParams()
  const own: Members = { ...input.query }
  for (const [name, value] of Object.entries(own)) {
    if (name === paging?.start) continue
    for (const one of [value].flat()) query.append(name, textOf(one))
  }
  if (paging?.size !== undefined && size !== undefined && !query.has(paging.size)) query.set(paging.size, String(size))
  if (paging?.start !== undefined) query.set(paging.start, String(start))
  return `${url}?${query}`
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
