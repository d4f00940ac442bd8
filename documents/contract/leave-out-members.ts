import type { Json } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { targetOf } from './follow-schema.ts'
import type { Schema } from './schema.ts'
import { type Direction, hasDirection, isLeftOut } from './tell-directions.ts'

/** Deeper than any example; a schema may go round in a circle without taking a step in the value. */
const MOST_LEVELS = 60

/**
 * A value without the members that a message of its kind leaves out, wherever the schema or one of its parts marks them:
 * what only one alternative of several marks is left out too, lest a password be shown because another was meant.
 * @param direction `writeOnly` for replies, `readOnly` for requests
 */
export function leaveOutMembers(
  contract: Contract,
  schema: Schema | undefined,
  value: Json,
  direction: Direction,
): Json {
  return hasDirection(contract, direction) ? leaveOut(contract, schema, value, direction, 0, new Set()) : value
}

/** @param seen which schemas have left out theirs of this value: to go through one again would find nothing more */
function leaveOut(
  contract: Contract,
  given: Schema | undefined,
  value: Json,
  direction: Direction,
  level: number,
  seen: Set<Schema>,
): Json {
  if (typeof given !== 'object' || given === null || typeof value !== 'object' || value === null) return value
  if (level > MOST_LEVELS || seen.has(given)) return value
  seen.add(given)
  const beside = (schema: Schema | undefined, part: Json): Json =>
    leaveOut(contract, schema, part, direction, level + 1, seen)
  const inside = (schema: Schema | undefined, part: Json): Json =>
    leaveOut(contract, schema, part, direction, level + 1, new Set())
  let left = value
  if (given.$ref !== undefined) left = beside(targetOf(contract, given), left)
  for (const parts of [given.allOf, given.oneOf, given.anyOf]) {
    for (const part of parts ?? []) left = beside(part, left)
  }
  if (Array.isArray(left)) {
    const { prefixItems = [], items } = given
    if (prefixItems.length === 0 && items === undefined) return left
    return left.map((item, index) => inside(prefixItems[index] ?? items, item))
  }
  const schemasOf = memberSchemas(given)
  if (!schemasOf) return left
  return Object.fromEntries(
    Object.entries<Json>(left).flatMap(([name, member]) => {
      const schemas = schemasOf(name)
      if (schemas.some((schema) => isLeftOut(contract, schema, direction))) return []
      return [[name, schemas.reduce((value, schema) => inside(schema, value), member)] as const]
    }),
  )
}

/** What a schema itself says of a member (JSON Schema, Core, section 10.3.2); undefined where it says nothing of any. */
function memberSchemas({ properties, patternProperties, additionalProperties }: Exclude<Schema, boolean>) {
  const patterns = Object.entries(patternProperties ?? {}).map(
    ([pattern, schema]) => [new RegExp(pattern, 'u'), schema] as const,
  )
  if (properties === undefined && patterns.length === 0 && typeof additionalProperties !== 'object') return undefined
  return (name: string): readonly Schema[] => {
    const own = [
      ...(properties && Object.hasOwn(properties, name) ? [properties[name] as Schema] : []),
      ...patterns.flatMap(([pattern, schema]) => (pattern.test(name) ? [schema] : [])),
    ]
    return own.length > 0 || additionalProperties === undefined ? own : [additionalProperties]
  }
}
