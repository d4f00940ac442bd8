import { onceForText } from '../../documents/patterns/once-for-text.ts'
import type { Json } from '../../documents/read/read-document.ts'

/** How names of one thing are told to be the same: `pet_id`, `petId`, `PetIDs` and `pet-id` are one. */
export const normalName = onceForText((name) =>
  name
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/s$/, ''),
)

/** A value that can name something: a text or a whole number, as text. A lone surrogate cannot be sent (RFC 3629, section 3). */
export function idTextOf(value: Json): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !text.isWellFormed()) return undefined
  // A dot segment or nothing at all would address the collection, or what stands above it (RFC 3986, section 5.2.4).
  const isSegment = text.trim() !== '' && !/(?:^|\/)\.\.?(?:\/|$)/.test(text)
  // A name that a program made of nothing.
  const isNothing = /^(?:null|undefined|NaN|\[object .*\]|\{[^{}]*\})$/.test(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no path can hold
  return isSegment && !isNothing && text.length <= 1024 && !/[\u0000-\u001f\u007f]/.test(text) ? text : undefined
}

/** Ids are compared without regard to case and type: rather one thing too many is taken for a stranger's. */
export const sameId = (id: string): string => id.toLowerCase()

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object and the objects that are its members; none where it is something else. */
export const holdersIn = (value: Json): Json[] =>
  isObject(value) ? [value, ...Object.values(value).filter(isObject)] : []

/**
 * The values in a record that a path parameter takes: `petId` is found as `petId`, `pet_id`, `id`, also one level down; all
 * items of a list of them. Of several things one level down, the one that is called like the parameter comes first: `role` of
 * `{ user, role }` for `role_id`.
 */
export function identitiesIn(record: Json, parameter: string): Json[] {
  const wanted = candidatesFor(parameter)
  for (const holder of [...namedHoldersIn(record, parameter), ...holdersIn(record)]) {
    let nearest = wanted.length
    let found: Json[] = []
    for (const name in holder) {
      const at = wanted.indexOf(normalName(name))
      if (at < 0 || at > nearest || isRelation(holder, name, parameter)) continue
      const ids = [holder[name]].flat().filter((one: Json) => idTextOf(one) !== undefined)
      if (ids.length === 0) continue
      found = at < nearest ? ids : [...found, ...ids]
      nearest = at
    }
    if (found.length > 0) return found
  }
  return []
}

/** Whether a member is what a thing with an id has to do with: the `collections` that `{collection}` lies in. */
const isRelation = (holder: Json, name: string, parameter: string): boolean =>
  Array.isArray(holder[name]) && !SUFFIX.test(parameter) && name !== 'id' && idTextOf(holder['id']) !== undefined

/** Things in a record that has no such member itself. */
function namedHoldersIn(record: Json, parameter: string): Json[] {
  if (!isObject(record)) return []
  const wanted = candidatesFor(parameter)
  const isItself = Object.keys(record).some((key) => wanted.includes(normalName(key)))
  const stem = normalName(parameter.replace(SUFFIX, ''))
  return isItself
    ? []
    : Object.entries<Json>(record).flatMap(([key, value]) =>
        normalName(key) === stem && isObject(value) ? [value] : [],
      )
}

const SUFFIX = /[ _-]?(?:uuid|guid|uid|sid|slug|key|email|login|name|code|number|id)$/i

/** Normal names of members, the nearest to the parameter first. */
const candidatesFor = (parameter: string): string[] => [...ownNamesOf(parameter), 'uuid', 'guid', 'uid', 'sid', 'name']

/** Those that are surely about the thing itself, and about no other that its record speaks of. */
export function ownNamesOf(parameter: string): string[] {
  const name = normalName(parameter)
  const suffix = /(?:uuid|guid|uid|sid|slug|key|email|login|name|code|number|id)$/.exec(name)?.[0]
  return [name, ...(suffix === undefined ? [] : [suffix]), 'id']
}

/** The list of records in a reply: the body itself, or a list of objects in it, one or two levels down. */
export function recordsIn(body: Json): Json[] | undefined {
  if (Array.isArray(body)) return body
  const lists = holdersIn(body)
    .flatMap(Object.values<Json>)
    .filter(Array.isArray)
  return lists.find((list) => list.some(isObject)) ?? lists.find((list) => list.length === 0)
}

/** Whether the tag shows anywhere in a value, in any case. */
export function showsTag(value: Json, tag: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(tag)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => name.toLowerCase().includes(tag) || showsTag(member, tag))
}

/** A text of so many characters, or a number of so many digits, is nobody else's by chance. */
const TELLING_TEXT = 8
const TELLING_NUMBER = 1e6

/** What a request wanted to be created. */
export interface SentRow {
  readonly values: Json
  /** Members whose values the run drew: no word of the document, which anybody may send. */
  readonly drawn: readonly string[]
}

const isTelling = (value: Json): boolean =>
  typeof value === 'string' ? value.length >= TELLING_TEXT : Math.abs(value) >= TELLING_NUMBER

/** Whether a row holds a value that tells it from all others. */
export const tells = ({ values, drawn }: SentRow): boolean => drawn.some((name) => isTelling(values[name]))

/** Whether a record shows a telling value that was sent, and no other text where one was drawn. */
export function showsValues(record: Json, sent: SentRow): boolean {
  const { values, drawn } = sent
  const shows = (name: string) =>
    isTelling(values[name]) && holdersIn(record).some((holder) => holder[name] === values[name])
  return drawn.some(shows) && !contradicts(record, sent)
}

/** Texts in a record under a name, in a list or one level down as well. */
const textsNamed = (record: Json, name: string): string[] =>
  holdersIn(record)
    .flatMap(Object.entries<Json>)
    .filter(([key]) => normalName(key) === name)
    .flatMap(([, value]) => [value].flat().filter((one: Json) => typeof one === 'string' && one !== ''))

/** What is left of a text whose form a server may change: the case, spaces, the marks of a phone number. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Whether a record shows other texts than were drawn and sent under the same name. */
export const contradicts = (record: Json, { values, drawn }: SentRow): boolean =>
  drawn.some((name) => {
    const value = values[name]
    if (typeof value !== 'string') return false
    const found = textsNamed(record, normalName(name)).map(bare)
    const wanted = bare(value)
    const resembles = (one: string) =>
      one === wanted || (wanted.length >= TELLING_TEXT && one !== '' && (one.includes(wanted) || wanted.includes(one)))
    return found.length > 0 && !found.some(resembles)
  })

/** Whether any record has a member of this name, one level down as well. */
export const namesMember = (records: readonly Json[], name: string): boolean =>
  records.some((record) =>
    holdersIn(record)
      .flatMap(Object.keys)
      .some((key) => normalName(key) === normalName(name)),
  )
