import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import type { FoundList } from './find-list.ts'
import { ALIKE } from './find-record.ts'
import { type Form, isRecord, likeness } from './read-form.ts'
import type { Place, Step } from './read-paths.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Surroundings } from './surroundings.ts'
import { isCount, isManyAlone, isPlural, isSearch, isSession, isSetting, isVerb } from './tell-words.ts'
import { type Verdict, verdict } from './verdict.ts'

/** A place whose path ends in a word, and what stands there besides the operation in question. */
interface Spot {
  readonly around: Surroundings
  readonly operation: DeclaredOperation
  readonly place: Place
  readonly words: string
  /** What its items are, or would be. */
  readonly sketch: Sketch
  readonly hasItems: boolean
  /** What GET shows there, if that is a list of things that are kept one by one. */
  readonly list: FoundList | undefined
  /** What GET shows there is one of several, picked by a query parameter: `/numbers?number=7`. */
  readonly isPicked: boolean
  /** The item that it lies right below. */
  readonly item: Sketch | undefined
  readonly has: (...methods: string[]) => boolean
}

/** What an operation does whose path ends in a word: `/pets`, with or without items below it. */
export function classifyPlain(around: Surroundings, operation: DeclaredOperation, place: Place): Verdict {
  const items = around.listAt(place.steps)
  const sketch = items ?? around.several(place)
  const others = place.operations.filter((one) => one !== operation)
  const list = listAt(around, place, sketch)
  const words = (place.steps.at(-1) as Step).words
  const spot: Spot = {
    around,
    operation,
    place,
    words,
    sketch,
    hasItems: items !== undefined,
    list,
    isPicked: !list && picksOne(around, place, words),
    item: around.itemAt(place.steps.slice(0, -1)),
    has: (...methods) => others.some(({ method }) => methods.includes(method)),
  }
  const isSingle = spot.has('GET') && !list && !spot.hasItems && !spot.isPicked
  switch (operation.method) {
    case 'GET':
      return classifyGet(spot)
    case 'HEAD':
      return isSingle
        ? single(spot, 'singleton-read', 0.7, 'GET reads it')
        : verdict('none', 0.8, 'it only asks whether something answers')
    case 'QUERY':
      return classifyQuery(spot)
    default:
      if (isSingle) return single(spot, 'singleton-write', 0.85, 'GET shows one thing there')
      if (operation.method === 'POST') return classifyPost(spot)
      return operation.method === 'DELETE' ? classifyDelete(spot) : classifyPut(spot)
  }
}

/** `{ topics: […] }` that PUT replaces as a whole is one thing, whatever it holds (RFC 9110, section 9.3.4). */
function listAt(around: Surroundings, { steps, operations }: Place, sketch: Sketch): FoundList | undefined {
  const has = (method: string) => operations.some((one) => one.method === method)
  const reading = operations.find(({ method }) => method === 'GET')
  const list = reading && around.listIn(reading, sketch)
  const isWhole = has('PUT') && !has('POST') && !around.listAt(steps)
  return isWhole && list && list.at.length > 0 ? undefined : list
}

/** `/numbers?number=7` shows one of the numbers that POST adds. */
function picksOne(around: Surroundings, { operations }: Place, words: string): boolean {
  const reading = operations.find(({ method }) => method === 'GET')
  const { reply } = reading ? around.bodies(reading) : {}
  const isOne = reply !== undefined && isRecord(reply) && isPlural(words)
  if (!reading || !isOne || !operations.some(({ method }) => method === 'POST')) return false
  return reading.parameters.some(({ in: where, name }) => where === 'query' && reply.byWords.has(wordsOf(name)))
}

const single = (
  { around, place }: Spot,
  role: 'singleton-read' | 'singleton-write',
  sure: number,
  reason: string,
): Verdict => verdict(role, sure, reason, around.single(place))

const action = ({ around, words, item, place }: Spot, sure: number): Verdict =>
  verdict('action', sure, `${words} names something to do`, item ?? around.nearest(place.steps))

function classifyGet(spot: Spot): Verdict {
  const { around, operation, words, sketch, hasItems, list, place } = spot
  const { reply } = around.bodies(operation)
  if (isSession(words)) return verdict('none', 0.8, `${words} is about who calls`)
  if (spot.isPicked) return verdict('unsure', 0.4, 'a query parameter picks one of several', sketch)
  if (list) return { ...verdict('list', hasItems ? Math.max(0.9, list.sure) : list.sure, list.reason, sketch), list }
  const counted = isCount(words) ? around.nearest(place.steps) : undefined
  if (counted) return verdict('count', 0.7, `${words} says so`, counted)
  if (reply && isRecord(reply)) {
    return single(
      spot,
      'singleton-read',
      hasItems ? 0.7 : 0.85,
      'it shows one thing, and the path names none of several',
    )
  }
  if (hasItems) return verdict('list', 0.6, 'items lie below it, and nothing says what it shows', sketch)
  if (spot.item && isVerb(words)) return action(spot, 0.6)
  return spot.has('PUT', 'PATCH', 'POST', 'DELETE')
    ? single(spot, 'singleton-read', 0.6, 'it is written there')
    : verdict('none', 0.6, 'its reply has no members')
}

function classifyQuery({ around, operation, sketch }: Spot): Verdict {
  const list = around.listIn(operation, sketch)
  return list
    ? { ...verdict('search', 0.85, 'QUERY asks for some of them', sketch), list }
    : verdict('unsure', 0.4, 'nothing says what it shows', sketch)
}

function classifyPost(spot: Spot): Verdict {
  const { around, operation, words, sketch, hasItems, item, place } = spot
  const isListed = spot.list !== undefined || spot.isPicked
  const { reply, request, status } = around.bodies(operation)
  const searched = asksForSome(spot)
  if (searched) return { ...verdict('search', 0.7, searched.reason, sketch), list: searched.list }
  if (hasItems || isListed) {
    if (around.holdsMany(request, sketch)) return verdict('create-many', 0.8, 'the request holds several items', sketch)
    const reason = hasItems ? 'items lie below it' : 'GET lists them there'
    return verdict('create', hasItems && isListed ? 0.95 : 0.85, reason, sketch)
  }
  if (isSession(words)) return verdict('none', 0.8, `${words} is about who calls`)
  if (isCount(words)) return verdict('count', 0.6, `${words} says so`, around.nearest(place.steps))
  if (isManyAlone(words)) {
    const before = place.steps.slice(0, -1)
    const isBelowWord = before.length > 0 && before.at(-1)?.parameter === undefined
    if (!isBelowWord || !request || isVerb(words.replace(/^\S+ ?/, ''))) return action(spot, 0.6)
    return verdict('create-many', 0.6, `${words} says so`, around.listAt(before) ?? around.several({ steps: before }))
  }
  // What answers 201 has created something (RFC 9110, section 15.3.2), whatever it is called.
  const creates = status === '201' && reply !== undefined && isRecord(reply) && !shows(around, reply, item)
  const changed = creates ? undefined : onItem(spot)
  if (changed && (!isVerb(words) || isSetting(words)) && !isPlural(words)) return changed
  if (isVerb(words) && !creates) return action(spot, 0.75)
  if (!operation.body && !(reply && isRecord(reply))) {
    return verdict('action', 0.7, 'it sends nothing, and shows nothing', item ?? around.nearest(place.steps))
  }
  if (spot.has('PUT', 'PATCH') || (spot.has('DELETE') && !isPlural(words)))
    return single(spot, 'singleton-write', 0.6, 'another method writes it too, and no item lies below it')
  return verdict(
    'create',
    isPlural(words) ? 0.65 : 0.55,
    `it sends a thing called ${words}, and nothing reads one`,
    sketch,
  )
}

/** What POST shows where it adds nothing: its path says so, or its body asks for what GET asks for in its query. */
function asksForSome({ around, operation, place, words, sketch, hasItems }: Spot) {
  const list = hasItems ? undefined : around.listIn(operation, sketch)
  if (!list) return undefined
  if (isSearch(words)) return { list, reason: `${words} says so` }
  const reading = place.operations.find(({ method }) => method === 'GET')
  const asked = new Set(reading?.parameters.flatMap(({ in: where, name }) => (where === 'query' ? [name] : [])))
  const names = [...(around.bodies(operation).request?.members.keys() ?? [])]
  const isAsking = names.filter((name) => asked.has(name)).length > names.length / 2
  return isAsking ? { list, reason: 'it is sent what GET is asked, and shows a list as well' } : undefined
}

/**
 * What shows the item that it lies below: changed, where all that it is sent are members of it. A POST may as well make
 * another of it, unless its path says otherwise: `/videos/{id}/remix`, and `/videos/{id}/title`.
 */
function onItem({ around, operation, item, words }: Spot): Verdict | undefined {
  const { reply, request } = around.bodies(operation)
  if (!item || !shows(around, reply, item)) return undefined
  const names = [...(request?.members.keys() ?? [])]
  const isSaid = operation.method !== 'POST' || isSetting(words) || item.record?.byWords.has(words)
  const isChange = isSaid && names.length > 0 && names.every((name) => item.record?.members.has(name))
  return isChange
    ? verdict('update', 0.7, 'it is sent members of the item that it lies below, and shows it', item)
    : verdict('action', 0.7, 'its reply is the item that it lies below', item)
}

/** Whether a body shows an item with its name; some of its members many things have. */
const shows = (around: Surroundings, body: Form | undefined, item: Sketch | undefined): boolean =>
  around.holds(body, item) && (body === item?.record || body?.members.has(item?.identity?.member ?? '') === true)

function classifyDelete(spot: Spot): Verdict {
  const { words, sketch, hasItems, list, item, isPicked } = spot
  if (isPicked) return verdict('delete-many', 0.6, 'a query parameter picks what it removes', sketch)
  if (hasItems || list) return verdict('delete-many', 0.75, 'it removes what is listed there', sketch)
  if (isVerb(words)) return action(spot, 0.6)
  return item || spot.has('PUT', 'PATCH', 'POST')
    ? single(spot, 'singleton-write', 0.6, 'it removes one thing, and the path names none of several')
    : verdict('unsure', 0.4, 'nothing says what it removes')
}

/** PUT and PATCH. */
function classifyPut(spot: Spot): Verdict {
  const { around, operation, words, sketch, hasItems, list } = spot
  const { request } = around.bodies(operation)
  if (spot.has('GET') && !list && !spot.isPicked)
    return single(spot, 'singleton-write', 0.8, 'GET shows one thing there')
  const isItem = request && isRecord(request) && (!sketch.record || likeness(request, sketch.record) >= ALIKE)
  if (hasItems && isItem) {
    return verdict(
      operation.method === 'PUT' ? 'replace' : 'update',
      0.75,
      'the request is an item, and names it',
      sketch,
    )
  }
  if (hasItems || list) return verdict('action', 0.5, 'it changes several at a time', sketch)
  const changed = onItem(spot)
  if (changed && (!isVerb(words) || isSetting(words))) return changed
  if (isVerb(words)) return action(spot, 0.75)
  return single(spot, 'singleton-write', 0.6, 'it writes one thing, and the path names none of several')
}
