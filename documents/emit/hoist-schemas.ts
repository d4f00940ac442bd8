import { below, normalize, parsePointer, valueAt } from '../read/json-pointer.ts'
import type { Document, Json } from '../read/read-document.ts'
import { holdsNames, isData } from '../read/tell-keywords.ts'
import { shortenChains } from './shorten-chains.ts'

const PREFIX = '#/components/schemas/'

/**
 * The document, where a reference that leads into a schema, or to one below a path, leads to a component of its own:
 * types have names for components alone. What a discriminator maps to are references too.
 */
export function hoistSchemas(model: Document): Document {
  const taken = new Set(Object.keys(model.components?.schemas ?? {}))
  /** What the schema at a pointer is called. */
  const names = new Map<string, string>()
  const nameOf = (pointer: string): string => {
    let name = names.get(pointer)
    if (name === undefined) {
      name = parsePointer(pointer)?.findLast((token) => /^[A-Za-z]\w*$/.test(token)) ?? 'schema'
      while (taken.has(name)) name += '_'
      taken.add(name)
      names.set(pointer, name)
    }
    return name
  }
  const shorten = shortenChains(model)
  const refer = (reference: string): string =>
    isInside(model, reference) ? PREFIX + nameOf(normalize(reference)) : reference
  const copy = (value: Json, hasNames = false): Json => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => copy(item))
    if (!hasNames && typeof value.$ref === 'string' && saysMore(value)) return copy(beside(value))
    return Object.fromEntries(
      Object.entries<Json>(value).map(([key, member]) => {
        if (hasNames) return [key, copy(member)]
        if (key === 'mapping') return [key, pointAll(model, member)]
        if (key === '$ref' && typeof member === 'string') return [key, refer(shorten(member))]
        return [key, isData(key, member) ? member : copy(member, holdsNames(key))]
      }),
    )
  }
  const hoisted = copy(model)
  // What is hoisted may refer to more.
  for (const [pointer, name] of names) {
    hoisted.components = {
      ...hoisted.components,
      schemas: { ...hoisted.components?.schemas, [name]: copy(valueAt(model, pointer)) },
    }
  }
  return hoisted
}

/**
 * A mapping of a discriminator may name schemas (OpenAPI 3.1, Discriminator Object): each becomes a reference, and what
 * leads nowhere is left out, because whoever writes types follows all.
 */
function pointAll(model: Document, mapping: Json): Json {
  if (typeof mapping !== 'object' || mapping === null) return mapping
  return Object.fromEntries(
    Object.entries<Json>(mapping).flatMap(([value, target]) => {
      if (typeof target !== 'string') return []
      const pointer = Object.hasOwn(model.components?.schemas ?? {}, target)
        ? below('#/components/schemas', target)
        : target
      return valueAt(model, pointer) === undefined ? [] : [[value, pointer] as const]
    }),
  )
}

/** Whether a reference leads to a schema that is no component: it stands in another, or under a `schema`. */
function isInside(model: Document, reference: string): boolean {
  const tokens = parsePointer(reference) ?? []
  const isDeep = tokens[0] === 'components' && tokens[1] === 'schemas' ? tokens.length > 3 : tokens.includes('schema')
  return isDeep && valueAt(model, reference) !== undefined
}

/** Keywords that a type is made of. */
const TYPING = new Set([
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties'],
  ...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf'],
])

/** Whether a schema says more than its reference (JSON Schema, Core, section 8.2.3): openapi-typescript looks at that alone. */
const saysMore = (schema: Json): boolean => Object.keys(schema).some((keyword) => TYPING.has(keyword))

/** The same with the reference as one of the parts that hold together. */
const beside = ({ $ref, allOf = [], ...rest }: Json): Json => ({ ...rest, allOf: [{ $ref }, ...allOf] })
