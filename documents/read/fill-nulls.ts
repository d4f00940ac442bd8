import { DocumentError } from './document-error.ts'
import type { Json } from './json.ts'
import { below } from './json-pointer.ts'
import { holdsNames, isData } from './tell-keywords.ts'

/** Names that an author gives to what may say nothing: a response `204:` is declared, a property `note:` may be anything. */
const MAY_BE_EMPTY = new Set([
  ...['responses', 'content', 'headers'],
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas'],
])

/** Lists whose items are parts of the document: pointers count them, so none can be left out. */
const LISTS = new Set(['parameters', 'allOf', 'anyOf', 'oneOf', 'prefixItems', 'servers', 'x-failures'])

/**
 * A document without parts that are null, as YAML reads a name with nothing behind it. A response, a media type, a header
 * or a schema that an author has named is there and says nothing: `{}`. Anything else is left out. Data stay as they are,
 * and so do link parameters and extensions.
 * @param name how errors call the document
 * @throws DocumentError where an item of a list is null
 */
export function fillNulls(document: Json, name: string): Json {
  const path: string[] = []
  return fillIn(document, undefined)

  /** @param map the keyword whose members the author has named, if this is its value */
  function fillIn(value: Json, map: string | undefined): Json {
    if (typeof value !== 'object' || value === null) return value
    let changed: Json
    for (const [key, member] of Object.entries<Json>(value)) {
      path.push(key)
      const filled = fill(key, member, map)
      path.pop()
      if (filled === member) continue
      // A copy: an alias of YAML may stand in data as well.
      changed ??= Array.isArray(value) ? [...value] : { ...value }
      if (filled === undefined) delete changed[key]
      else changed[key] = filled
    }
    return changed ?? value
  }

  function fill(key: string, member: Json, map: string | undefined): Json {
    // The parameters and the body of a link are data.
    if (member !== null && map === 'links') return member
    if (map !== undefined) return member === null ? (MAY_BE_EMPTY.has(map) ? {} : undefined) : fillIn(member, undefined)
    const at = LISTS.has(key) && Array.isArray(member) ? member.indexOf(null) : -1
    if (at >= 0)
      throw new DocumentError(`${name} has nothing at ${below('#', ...path, at)}: say what it is, or take it out`)
    if (isData(key, member) || key === 'security' || key.startsWith('x-')) return member
    return member === null ? undefined : fillIn(member, holdsNames(key) ? key : undefined)
  }
}
