import type { Contract } from '../../documents/contract/contract.ts'
import { followSchema } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaObject, SchemaPlace } from '../../documents/contract/schema.ts'
import { below } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'

export { evidenceOf, weaker } from '../../documents/contract/evidence.ts'
export { statementAt } from '../../documents/contract/statement-at.ts'

/** A place of a body or parameter, with one of the schemas that hold there. */
export interface Site extends SchemaPlace {
  readonly schema: SchemaObject
  /** Instance path: member names, and `0` for the items of a list. */
  readonly path: readonly string[]
  /** It stands in one alternative of a oneOf or anyOf: its rules need not hold. */
  readonly isAlternative: boolean
}

/** Every place below a schema, outermost first; a recursive schema is entered once. */
export function* walkSchema(
  contract: Contract,
  start: SchemaPlace,
  path: readonly string[] = [],
  isAlternative = false,
  above: readonly string[] = [],
): Generator<Site> {
  const { schema, pointer, evidence } = followSchema(contract, start)
  if (typeof schema !== 'object' || schema === null || above.includes(pointer)) return
  yield { path, schema, pointer, evidence, isAlternative }
  const inside = [...above, pointer]
  const walk = (
    child: Schema,
    tokens: readonly (string | number)[],
    at: readonly string[],
    alternative = isAlternative,
  ) => walkSchema(contract, { schema: child, pointer: below(pointer, ...tokens), evidence }, at, alternative, inside)
  for (const [index, part] of (schema.allOf ?? []).entries()) yield* walk(part, ['allOf', index], path)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    for (const [index, part] of (schema[keyword] ?? []).entries()) yield* walk(part, [keyword, index], path, true)
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    yield* walk(member, ['properties', name], [...path, name])
  }
  if (schema.items !== undefined) yield* walk(schema.items, ['items'], [...path, '0'])
}

/** A value from outside as a text to show or compare. `String` throws for `{"toString":1}`. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** A copy in which the value at a path is another, or is gone; containers on the way must be there. */
export function withValue(value: Json, path: readonly string[], put: Json | typeof GONE): Json {
  const [name, ...rest] = path
  if (name === undefined) return put
  if (Array.isArray(value)) {
    const copy = [...value]
    if (rest.length === 0 && put === GONE) copy.splice(Number(name), 1)
    else copy[Number(name)] = withValue(value[Number(name)], rest, put)
    return copy
  }
  const copy: Json = {}
  for (const key of Object.keys(value ?? {})) if (key !== name) setMember(copy, key, value[key])
  if (rest.length > 0 || put !== GONE) setMember(copy, name, withValue(value?.[name], rest, put))
  return copy
}

function setMember(holder: Json, name: string, value: Json): void {
  if (name !== '__proto__') holder[name] = value
  // An assignment would set the prototype.
  else Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

/** Takes a member away. */
export const GONE = Symbol('gone')
