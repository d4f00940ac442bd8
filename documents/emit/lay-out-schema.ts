import type { Contract } from '../contract/contract.ts'
import type { Schema, SchemaObject } from '../contract/schema.ts'
import type { Layout } from '../contract/table.ts'

/** Deeper members stay text: nobody writes forms so deep, and schemas that name each other have no end. */
const MOST_LEVELS = 6

/** What text stands for by a schema. */
export const layOut = (contract: Contract, schema: Schema | undefined): Layout => layOutAll(contract, [schema], [])

/** @param above the parts of the schemas that this one stands in, the outermost first */
function layOutAll(contract: Contract, schemas: readonly unknown[], above: readonly SchemaObject[][]): Layout {
  const parts = partsOf(contract, schemas)
  const types = typesOf(parts)
  const xml = parts.find((part) => typeof part.xml === 'object' && part.xml !== null)?.xml
  const whole = { types, ...(xml && { xml }) }
  if (
    above.length >= MOST_LEVELS ||
    above.flat().filter((part) => part.properties && parts.includes(part)).length > 1
  ) {
    return whole
  }
  const within = (inner: readonly unknown[]) => layOutAll(contract, inner, [...above, parts])
  const names = new Set(parts.flatMap(({ properties }) => Object.keys(properties ?? {})))
  const members = [...names].map((name) => {
    const declared = parts.flatMap(({ properties = {} }) => (Object.hasOwn(properties, name) ? properties[name] : []))
    return [name, within(declared)] as const
  })
  const others = parts.flatMap(({ additionalProperties, patternProperties = {} }) => [
    ...Object.values(patternProperties),
    ...(additionalProperties ? [additionalProperties] : []),
  ])
  const isOpen = names.size === 0 && parts.every(({ additionalProperties }) => additionalProperties !== false)
  const items = parts.flatMap((part) => [
    ...(part.prefixItems ?? []),
    ...(part.items === undefined ? [] : [part.items]),
  ])
  return {
    ...whole,
    ...(types.includes('array') && { items: within(items) }),
    ...(members.length > 0 && { properties: Object.fromEntries(members) }),
    ...(types.includes('object') && (others.length > 0 || isOpen) && { others: within(others) }),
  }
}

/** The schemas with all that they refer to and combine, each once. */
function partsOf(contract: Contract, schemas: readonly unknown[]): SchemaObject[] {
  const parts = new Set<SchemaObject>()
  const take = (schema: unknown): void => {
    if (typeof schema === 'object' && schema !== null) parts.add(schema as SchemaObject)
  }
  for (const schema of schemas) take(schema)
  for (const part of parts) {
    if (part.$ref !== undefined) take(contract.valueAt(part.$ref))
    const combined = [...(part.allOf ?? []), ...(part.anyOf ?? []), ...(part.oneOf ?? []), part.then, part.else]
    for (const one of combined) take(one)
  }
  return [...parts]
}

function typesOf(parts: readonly SchemaObject[]): readonly string[] {
  const named = parts.flatMap(({ type = [] }) => type)
  if (named.length > 0) return [...new Set(named)]
  const values = parts.flatMap((part) => [...(part.enum ?? []), ...(part.const === undefined ? [] : [part.const])])
  const isObject = parts.some(({ properties, additionalProperties }) => properties ?? additionalProperties)
  const isArray = parts.some(({ items, prefixItems }) => items ?? prefixItems)
  return [...new Set([...values.map(jsonTypeOf), ...(isObject ? ['object'] : []), ...(isArray ? ['array'] : [])])]
}

/** The JSON type of a value, `integer` where it is one. */
const jsonTypeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
