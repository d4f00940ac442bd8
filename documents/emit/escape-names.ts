import type { Json } from '../read/read-document.ts'

/** What every object of JavaScript inherits: where one is asked for a name of the author's, such a name seems to be there. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype)
/** Characters that nobody has: they are for private use (Unicode, section 23.5). */
const MARK = '\uf8e5'
const PERCENT = '\uf8e7'
const writtenOf = (mark: string): RegExp => new RegExp(`${mark}|\\\\u${mark.charCodeAt(0).toString(16)}`, 'gi')
const IN_POINTER = new RegExp(`(?<=/)(?:${INHERITED.join('|')})(?=/|$)`, 'g')

/**
 * The document, where no name is one that openapi-typescript (and Redocly's resolver, on which it stands) takes for a method
 * of its own tables, as it does `hasOwnProperty` for a schema, a member or a parameter; or has a percent sign, which it
 * would decode of a name as it does of a reference.
 */
export function escapeNames(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(escapeNames)
  return Object.fromEntries(
    Object.entries<Json>(value).map(([name, member]) => {
      if (name === '$ref' && typeof member === 'string') return [name, escapePointer(member)]
      if (name === 'required' && Array.isArray(member)) return [name, member.map(escapeName)]
      if (name === 'mapping' && typeof member === 'object' && member !== null) return [name, escapeMapping(member)]
      return [escapeName(name), escapeNames(member)]
    }),
  )
}

/** The text that was written of such a document, with the names as they are. */
export const unescapeNames = (text: string): string =>
  text.replace(writtenOf(MARK), '').replace(writtenOf(PERCENT), '%')

const escapeName = (name: Json): Json =>
  INHERITED.includes(name) ? name + MARK : typeof name === 'string' ? name.replaceAll('%', PERCENT) : name

/** @param pointer as references write it: what stands in it for a percent sign is `%25` (RFC 6901, section 6) */
const escapePointer = (pointer: string): string =>
  pointer.replaceAll('%25', PERCENT).replace(IN_POINTER, (name) => name + MARK)

const escapeMapping = (mapping: Json): Json =>
  Object.fromEntries(
    Object.entries<Json>(mapping).map(([value, pointer]) => [value, escapePointer(String(pointer))] as const),
  )
