import type { Json } from './json.ts'
import { type Kind, kindBelow } from './tell-kinds.ts'

/**
 * A copy of a document for readers that follow every `$ref` there is, and fetch the examples that stand elsewhere: without
 * the extensions, examples and other data that have a member of this name, which refers to nothing (OpenAPI 3.1, Reference
 * Object), and without addresses of examples.
 */
export const withoutDataReferences = (document: Json): Json => copy('document', document)

function copy(kind: Kind, value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item, index) => copy(kindBelow(kind, String(index), item) ?? kind, item))
  return Object.fromEntries(
    Object.entries<Json>(value).flatMap(([name, member]) => {
      if (kind === 'example' && name === 'externalValue') return []
      const below = kindBelow(kind, name, member)
      if (below !== undefined) return [[name, copy(below, member)]]
      return hasReference(member) ? [] : [[name, structuredClone(member)]]
    }),
  )
}

const hasReference = (data: Json): boolean =>
  typeof data === 'object' &&
  data !== null &&
  (typeof data.$ref === 'string' || Object.values<Json>(data).some(hasReference))
