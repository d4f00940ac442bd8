import type { Encoding } from '../../documents/contract/table.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { BodyChoice } from './choose-body.ts'
import { plainTextOf, type SchemasAt } from './write-body.ts'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * What a body stands for to who reads it in its media type: forms and texts know no types, so that a number in the place
 * of a text is a text again, and breaks nothing.
 * @returns undefined where nobody can say: bytes, XML, what is no object in a form, objects in a style of their own, and
 *   lists in the place of an object whose members have numbers for names then
 */
export function readBack({ form, media }: BodyChoice, value: Json, schemasAt: SchemasAt): Json {
  if (form === 'json') return value
  if (form === 'text') return readText(plainTextOf(value), typesAt(schemasAt, []))
  if ((form !== 'form' && form !== 'multipart') || typeof value !== 'object' || value === null || Array.isArray(value))
    return undefined
  const members = Object.entries<Json>(value)
  if (members.some(([name]) => hasStyle(media.encoding?.[name]) && typesAt(schemasAt, [name]).includes('object')))
    return undefined
  if (members.some(([name, member]) => isDeepIn(media.encoding?.[name]) && hasNumbered(member, [name], schemasAt)))
    return undefined
  return Object.fromEntries(
    members.flatMap(([name, member]) =>
      member === null || (Array.isArray(member) && member.length === 0)
        ? []
        : [[name, readMember(member, [name], schemasAt, isDeepIn(media.encoding?.[name]))]],
    ),
  )
}

/** Objects in such a style are names and values beside each other, and any text is some of them. */
const hasStyle = ({ style }: Encoding = {}): boolean => style !== undefined && style !== 'deepObject'

const isDeepIn = ({ style }: Encoding = {}): boolean => style === 'deepObject'

/** Whether a list stands, at any depth, where an object may: `a[0]=x` is either. */
function hasNumbered(value: Json, path: readonly string[], schemasAt: SchemasAt): boolean {
  if (typeof value !== 'object' || value === null) return false
  const isList = Array.isArray(value)
  return (
    (isList && typesAt(schemasAt, path).includes('object')) ||
    Object.entries<Json>(value).some(([name, inner]) => hasNumbered(inner, [...path, isList ? '0' : name], schemasAt))
  )
}

/** @param isDeep it is written in names with brackets, not as JSON, which knows types */
function readMember(member: Json, path: readonly string[], schemasAt: SchemasAt, isDeep: boolean): Json {
  const types = typesAt(schemasAt, path)
  const read = (inner: Json, name: string) => readMember(inner, [...path, name], schemasAt, isDeep)
  if (Array.isArray(member)) {
    const items = member.map((item) => read(item, '0'))
    // One of a name is no list, unless a list is asked for.
    return items.length === 1 && types.length > 0 && !types.includes('array') ? items[0] : items
  }
  if (types.includes('array')) return [read(member, '0')]
  if (typeof member === 'object' && member !== null && (types.length === 0 || types.includes('object'))) {
    return isDeep
      ? Object.fromEntries(Object.entries<Json>(member).map(([name, inner]) => [name, read(inner, name)]))
      : member
  }
  return readText(plainTextOf(member), types)
}

/** A text as a value of one of these types, where it can be; none: of any, and a text stays one. */
export function readText(text: string, types: readonly string[]): Json {
  if (types.length === 0 || types.includes('string')) return text
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true'
  if ((types.includes('number') || types.includes('integer')) && NUMBER.test(text)) {
    const number = Number(text)
    return Number.isFinite(number) ? number : text
  }
  return types.includes('null') && (text === '' || text === 'null') ? null : text
}

const typesAt = (schemasAt: SchemasAt, path: readonly string[]): string[] =>
  schemasAt(path).flatMap(({ type = [], enum: members = [] }) =>
    [type].flat().length > 0 ? [type].flat() : members.map((member) => (member === null ? 'null' : typeof member)),
  )
