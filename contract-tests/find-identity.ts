import type { Json } from '../documents/read-document.ts'

/** How names of one thing are told to be the same: `pet_id`, `petId`, `PetIDs` and `pet-id` are one. */
export const normalName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/s$/, '')

/** A value that can name something: a text or a whole number, as text. A lone surrogate cannot be sent (RFC 3629, section 3). */
export function idTextOf(value: Json): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !text.isWellFormed()) return undefined
  // A dot segment or nothing at all would address the collection, or what stands above it (RFC 3986, section 5.2.4).
  const isSegment = text.trim() !== '' && !/^\.\.?$/.test(text) && !/(?:^|\/)\.\.?(?:\/|$)/.test(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no path can hold
  return isSegment && text.length <= 1024 && !/[\u0000-\u001f\u007f]/.test(text) ? text : undefined
}

/** Ids are compared without regard to case and type: rather one thing too many is taken for a stranger's. */
export const sameId = (id: string): string => id.toLowerCase()

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value in a record that a path parameter takes: `petId` is found as `petId`, `pet_id`, `id`, also one level down. */
export function identityIn(record: Json, parameter: string): Json {
  if (!isObject(record)) return undefined
  const wanted = candidatesFor(parameter)
  for (const holder of [record, ...Object.values(record).filter(isObject)]) {
    for (const name of wanted) {
      const found = Object.entries<Json>(holder).find(
        ([key, value]) => normalName(key) === name && idTextOf(value) !== undefined,
      )
      if (found) return found[1]
    }
  }
  return undefined
}

/** Normal names of members, the nearest to the parameter first. */
export function candidatesFor(parameter: string): string[] {
  const name = normalName(parameter)
  const suffix = /(?:uuid|guid|sid|slug|key|name|code|number|id)$/.exec(name)?.[0]
  return [...new Set([name, ...(suffix ? [suffix] : []), 'id', 'uuid', 'guid', 'sid', 'name'])]
}

/** The list of records in a reply: the body itself, or a list of objects in it, one or two levels down. */
export function recordsIn(body: Json): Json[] | undefined {
  if (Array.isArray(body)) return body
  if (!isObject(body)) return undefined
  const inside: Json[] = Object.values(body)
  const deeper = inside.filter(isObject).flatMap((member) => Object.values<Json>(member))
  const lists = [...inside, ...deeper].filter(Array.isArray)
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

/** Whether a record shows every plain member that was sent, and one of them is telling. */
export function showsValues(record: Json, sent: Json): boolean {
  if (!isObject(record) || !isObject(sent)) return false
  const plain = Object.entries<Json>(sent).filter(([, value]) => typeof value !== 'object')
  const isTelling = (value: Json) =>
    typeof value === 'string'
      ? value.length >= TELLING_TEXT
      : typeof value === 'number' && Math.abs(value) >= TELLING_NUMBER
  return plain.some(([, value]) => isTelling(value)) && plain.every(([name, value]) => record[name] === value)
}

/** Whether a record shows a text of its own where the run's tag was sent. */
export function contradicts(record: Json, sent: Json, tag: string): boolean {
  if (!isObject(record) || !isObject(sent)) return false
  return Object.entries<Json>(sent).some(
    ([name, value]) =>
      typeof value === 'string' &&
      showsTag(value, tag) &&
      typeof record[name] === 'string' &&
      record[name] !== '' &&
      !showsTag(record[name], tag),
  )
}
