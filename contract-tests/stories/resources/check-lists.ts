import type { SchemaObject } from '../../../documents/contract/schema.ts'
import { toPointer, valueAt } from '../../../documents/read/json-pointer.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { tellLate } from './check-creation.ts'
import { isPlain, isSame, shownValue } from './compare-records.ts'
import { type Deed, textFor } from './course.ts'
import type { Journey, Place } from './journey.ts'
import { knownAs } from './known-as.ts'
import { isUnmade, type Maker, type Thing } from './make-things.ts'

const idOf = ({ place }: Thing): string => place.at(-1) as string

/** What was created is in the list, wherever its end is. @returns the list as it was seen; undefined where it was not */
export async function checkListed(journey: Journey, things: readonly Thing[]): Promise<readonly Json[] | undefined> {
  const { chapters } = journey
  const [{ course, place }] = things as [Thing]
  const [maker, list] = [course.maker as Deed, course.list as Deed]
  const isIn = (records: readonly Json[], thing: Thing) =>
    records.some((one) => journey.idIn(course, one) === idOf(thing))
  for (let looks = 1; ; looks++) {
    const { records, exchanges, reason } = await journey.list('listed', 'lists', course, place.slice(0, -1), {
      // A page too many does no harm, a thousand of them would.
      until: (found) => found.length > LONG && things.every((thing) => isIn(found, thing)),
    })
    const exchange = exchanges.at(-1)
    if (exchange === undefined) return void chapters.missed('listed', reason ?? 'the list was not answered')
    const missing = things.filter((thing) => !isIn(records, thing))
    if (missing.length === 0) {
      chapters.saw('listed', ...things.map((thing) => thing.exchange))
      if (looks > 1) tellLate(journey, 'listed', `what ${maker.declared.id} created is listed at once`, looks, exchange)
      return records
    }
    const why = reason ?? journey.whyNameless(course, records)
    if (why !== undefined) return void chapters.missed('listed', why)
    const others = missing.map((thing) => tellOthers(journey, thing, records)).find((one) => one !== undefined)
    if (others !== undefined) return void chapters.missed('listed', others)
    if (await journey.wait(looks)) continue
    chapters.saw('listed', ...missing.map((thing) => thing.exchange))
    chapters.breaks('listed', {
      text: `what ${maker.declared.id} created is listed by ${list.declared.id}`,
      seen: `${missing.map(idOf).map(shownValue).join(' and ')} not among ${records.length}`,
      evidence: knownAs(maker, list),
      exchange,
    })
    return records
  }
}

/**
 * Why a thing need not be listed: what is asked for, or shows of itself, are those with another value of a member. Where one
 * with such a value is among the records, the parameter chooses something else: what of each is shown.
 */
function tellOthers(journey: Journey, { course, shown, sent }: Thing, records: readonly Json[]): string | undefined {
  const { declared, list } = course.list as Deed
  const { path } = journey.kit.builderOf(declared.id).request({ query: journey.chosenFor(course.list as Deed) })
  const asked = new URLSearchParams(path.split('?')[1])
  const usualOf = (name: string): Json => rulesOf(course.list as Deed, name).default
  for (const [name, { at }] of Object.entries(list?.ranges ?? {})) {
    const limit = asked.get(name) ?? usualOf(name)
    if (limit !== undefined) return `${declared.id} lists those whose ${at.join('.')} is as ${name} says`
  }
  for (const [name, at] of Object.entries(list?.filters ?? {})) {
    const required = asked.get(name)
    const value = required ?? usualOf(name)
    const own = [shown, sent]
      .map((record) => textFor(name, valueAt(record, toPointer(at))))
      .find((one) => one !== undefined)
    if (value === undefined || at.length === 0 || /^(?:all|any)$/i.test(String(value))) continue
    // What shows nothing of it may have any value of it, where one had to be asked for.
    if (own === undefined && required === null) continue
    const choosesOthers = records
      .map((record) => valueAt(record, toPointer(at)))
      .some((one) => one !== undefined && !fits(one, value))
    if (!choosesOthers && (own === undefined || !fits(own, value)))
      return `${declared.id} lists those with ${shownValue(value)} as their ${at.join('.')}`
  }
  return undefined
}

/** So many records are a page or two. */
const LONG = 200

/** As many records are asked for as fit, and no more come. */
export async function checkLimit(journey: Journey, { list }: Thing['course'], place: Place): Promise<void> {
  const { chapters } = journey
  if (!chapters.has('limit') || !list) return
  const size = list.list?.paging?.size as string
  const least = Math.max(1, smallestOf(list, size))
  const answer = await journey.send('limit', `lists ${least}`, list, place, {
    query: { ...journey.chosenFor(list), [size]: String(least) },
  })
  if ('skip' in answer) return chapters.missed('limit', answer.skip)
  const { reply, exchange } = answer
  const items = journey.itemsIn(list, reply)
  if (!items) return chapters.missed('limit', `${list.declared.id} answered ${reply.status}, and no list`)
  chapters.saw('limit', exchange)
  if (items.length <= least) return
  const text = `${list.declared.id} with ${size}=${least} lists no more than ${least}`
  chapters.breaks('limit', { text, seen: `${items.length} of them`, evidence: 'assumed', exchange })
}

/** What is said of a query parameter. */
const rulesOf = ({ declared }: Deed, name: string): SchemaObject => {
  const { schema } = declared.parameters.find((one) => one.in === 'query' && one.name === name)?.schema ?? {}
  return typeof schema === 'object' ? schema : {}
}

const smallestOf = (list: Deed, name: string): number => rulesOf(list, name).minimum ?? 1
const largestOf = (list: Deed, name: string): number => rulesOf(list, name).maximum ?? Number.POSITIVE_INFINITY

/** As many pages as are turned to see that each record is on one of them. */
const PAGES = 3

/** Page by page each record shows once. @param count of all that there is */
export async function checkPages(
  journey: Journey,
  course: Thing['course'],
  place: Place,
  count: number,
): Promise<void> {
  const { chapters } = journey
  const { list } = course
  if (!chapters.has('pages') || !list) return
  if (count < 2) return chapters.missed('pages', 'there are not two of them')
  const size = list.list?.paging?.size as string
  const most = Math.min(Math.max(smallestOf(list, size), Math.ceil(count / PAGES)), largestOf(list, size))
  if (most >= count) return chapters.missed('pages', `a page holds ${most} at least, and there are ${count}`)
  const {
    pages: turned,
    exchanges,
    reason,
  } = await journey.list('pages', `lists ${most} at a time`, course, place, {
    size: most,
    // A server may show fewer at a time than it is asked for.
    until: ({ length }, turned) => turned > Math.ceil(count / Math.max(1, Math.min(most, length / turned))) + 2,
  })
  const exchange = exchanges.at(-1)
  if (exchange === undefined) return chapters.missed('pages', reason ?? 'the list was not answered')
  if (turned.length < 2 && reason !== undefined) return chapters.missed('pages', reason)
  chapters.saw('pages', ...exchanges)
  const idsOf = (records: readonly Json[] = []) => records.map((record) => journey.idIn(course, record) as string)
  // Whether pages are counted from 0 or from 1, the first two of them say: they are one page, or they are not.
  const isFirstTwice = list.list?.paging?.kind === 'page' && idsOf(turned[0]).join() === idsOf(turned[1]).join()
  const pages = isFirstTwice ? turned.slice(1) : turned
  const ids = pages.flatMap(idsOf)
  const twice = ids.filter((id, at) => ids.indexOf(id) < at)
  const text = `${list.declared.id} shows each of them on one page`
  if (twice.length > 0) {
    const seen = `${shownValue(twice[0])} on several of ${pages.length} pages`
    chapters.breaks('pages', { text, seen, evidence: 'assumed', exchange })
  } else if (reason === undefined && ids.length < count) {
    const seen = `${ids.length} on ${pages.length} pages, and ${count} when a page may hold all`
    chapters.breaks('pages', { text, seen, evidence: 'assumed', exchange })
  }
}

/** What a filter asks for is all that shows. @param known how the two things are shown */
export async function checkFilters(
  journey: Journey,
  things: readonly [Thing, Thing],
  known: readonly [Json, Json],
): Promise<void> {
  const { chapters } = journey
  const [{ course, place }] = things
  const list = course.list as Deed
  for (const name of chapters.named('filter/')) {
    const parameter = name.slice('filter/'.length)
    const path = list.list?.filters[parameter] ?? []
    const member = path.join('.')
    const valueIn = (record: Json): Json => valueAt(record, toPointer(path))
    const [mine, others] = known.map(valueIn)
    const asked = askable(list, parameter, mine, others)
    if (asked === undefined) {
      chapters.missed(name, `no two of them are known to differ in ${member}`)
      continue
    }
    const { records, exchanges, reason } = await journey.list(
      name,
      `lists by ${parameter}`,
      course,
      place.slice(0, -1),
      {
        constants: { [parameter]: asked },
        until: (found) => found.length > LONG,
      },
    )
    const exchange = exchanges.at(-1)
    if (exchange === undefined || (records.length === 0 && reason !== undefined)) {
      chapters.missed(name, reason ?? 'the list was not answered')
      continue
    }
    chapters.saw(name, exchange)
    const text = `${list.declared.id} with ${parameter}=${asked} lists what has it as its ${member}`
    const strange = records.find((record) => valueIn(record) !== undefined && !fits(valueIn(record), asked))
    const isMissing =
      reason === undefined &&
      isSame(asked, mine) &&
      !records.some((record) => journey.idIn(course, record) === idOf(things[0]))
    if (strange !== undefined)
      chapters.breaks(name, { text, seen: `one has ${shownValue(valueIn(strange))}`, evidence: 'assumed', exchange })
    else if (isMissing)
      chapters.breaks(name, {
        text,
        seen: `${shownValue(idOf(things[0]))} is not among them`,
        evidence: 'assumed',
        exchange,
      })
  }
}

/** A value that one of two has and the other has not; or that neither has, of a parameter that takes few. */
function askable({ declared }: Deed, parameter: string, mine: Json, others: Json): Json {
  const found = declared.parameters.find((one) => one.in === 'query' && one.name === parameter)?.schema.schema
  const { enum: words, type, items, format, default: other } = typeof found === 'object' ? found : {}
  // Without it all would have to show: what has a default says how they show.
  if (typeof other === 'boolean') return undefined
  if (items !== undefined || type === 'object') return undefined
  // At an instant, or from it on: that is for each to say.
  if (!isPlain(mine) || format?.startsWith('date')) return undefined
  const isAllowed = words === undefined || words.includes(mine)
  if (isAllowed && mine !== others) return mine
  if (typeof mine === 'boolean') return !mine
  return words?.find((word) => word !== mine && word !== others && typeof word === typeof mine)
}

/** Texts are often sought by a part of them, in any case. */
function fits(shown: Json, asked: Json): boolean {
  if (Array.isArray(shown)) return shown.some((one) => fits(one, asked))
  if (typeof shown === 'string') return shown.toLowerCase().includes(String(asked).toLowerCase())
  return typeof shown === 'object' || String(shown) === String(asked)
}

/** A thing shows under its own parent alone. @returns another parent, to be removed; undefined where there is none */
export async function checkParent(journey: Journey, maker: Maker, thing: Thing): Promise<Thing | undefined> {
  const { chapters, courses, kit } = journey
  const { course, place } = thing
  const parent = courses.of(course.resource.parent)
  const at = parent?.resource.under.length ?? 0
  const isGiven = kit.context.params[course.resource.under[at] ?? ''] !== undefined
  if (!parent?.maker || isGiven || !(chapters.has('under-parent') || chapters.has('missing-parent'))) return undefined
  const other = await maker.make('under-parent', parent, { place: place.slice(0, at) })
  if (isUnmade(other)) {
    for (const name of ['under-parent', 'missing-parent']) chapters.missed(name, other.reason)
    return undefined
  }
  if (!course.list) return other
  const elsewhere = [...place.slice(0, at), other.place.at(-1), ...place.slice(at + 1, -1)]
  const { records, exchanges, reason } = await journey.list('under-parent', 'lists under another', course, elsewhere)
  const exchange = exchanges.at(-1)
  const isThere = records.some((record) => journey.idIn(course, record) === idOf(thing))
  if (exchange === undefined || (reason !== undefined && !isThere))
    chapters.missed('under-parent', reason ?? 'the list was not answered')
  else {
    chapters.saw('under-parent', thing.exchange, exchange)
    if (isThere)
      chapters.breaks('under-parent', {
        text: `${course.list.declared.id} lists what lies under one of ${parent.resource.name} under that one alone`,
        seen: `${shownValue(idOf(thing))} lies under ${shownValue(place[at])}, and shows under ${shownValue(other.place.at(-1))}`,
        evidence: knownAs(course.maker, course.list),
        exchange,
      })
  }
  return other
}
