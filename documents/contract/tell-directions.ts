import type { Contract } from './contract.ts'
import type { Schema, SchemaObject } from './schema.ts'

/**
 * The annotation of members that a message leaves out: a request what is read-only, a reply what is write-only (JSON
 * Schema, Validation, section 9.4).
 */
export type Direction = 'readOnly' | 'writeOnly'

/** Whether anything in the document may be marked so. Most documents mark nothing, and are read as they are. */
export const hasDirection = (contract: Contract, direction: Direction): boolean =>
  contract.once(direction === 'readOnly' ? mentionsReadOnly : mentionsWriteOnly)

const mentionsReadOnly = (contract: Contract): boolean => contract.mentions('readOnly')
const mentionsWriteOnly = (contract: Contract): boolean => contract.mentions('writeOnly')

/** The schema and all that surely hold beside it: what its `$ref` leads to, and the parts of its `allOf`. */
function partsOf(contract: Contract, given: Schema | undefined): Iterable<SchemaObject> {
  const parts = new Set<SchemaObject>()
  const take = (schema: Schema | undefined): void => {
    if (typeof schema === 'object' && schema !== null) parts.add(schema)
  }
  take(given)
  for (const { $ref, allOf = [] } of parts) {
    if ($ref !== undefined) take(contract.valueAt($ref) as Schema)
    for (const part of allOf) take(part)
  }
  return parts
}

/** Whether a member with this schema is left out. One of several annotations is enough (Validation, section 9.4). */
export function isLeftOut(contract: Contract, schema: Schema | undefined, direction: Direction): boolean {
  for (const part of partsOf(contract, schema)) if (part[direction] === true) return true
  return false
}

type Names = ReadonlySet<string>

const createKnown = (): Readonly<Record<Direction, WeakMap<object, Names>>> => ({
  readOnly: new WeakMap(),
  writeOnly: new WeakMap(),
})

/**
 * The names of the members that a schema marks, or one that surely holds beside it, or each of its alternatives: it may
 * be a neighbour that requires them.
 */
export function namesLeftOut(contract: Contract, schema: Schema, direction: Direction): Names {
  if (typeof schema !== 'object' || schema === null || !hasDirection(contract, direction)) return NONE
  const known = contract.once(createKnown)[direction]
  let names = known.get(schema)
  if (!names) {
    // Who comes by here again before it is known goes round in a circle, and finds nothing more.
    known.set(schema, NONE)
    known.set(schema, (names = findNames(contract, schema, direction)))
  }
  return names
}

const NONE: Names = new Set()

function findNames(contract: Contract, schema: Schema, direction: Direction): Names {
  const names = new Set<string>()
  for (const { properties = {}, oneOf, anyOf } of partsOf(contract, schema)) {
    for (const [name, member] of Object.entries(properties)) {
      if (isLeftOut(contract, member, direction)) names.add(name)
    }
    for (const choices of [oneOf ?? [], anyOf ?? []]) {
      const [first, ...others] = choices.map((choice) => namesLeftOut(contract, choice, direction))
      for (const name of first ?? []) if (others.every((other) => other.has(name))) names.add(name)
    }
  }
  return names
}
