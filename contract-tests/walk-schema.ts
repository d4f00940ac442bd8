import { below, normalize, type Pointer } from '../documents/json-pointer.ts'
import { type Document, type Json, resolve } from '../documents/read-document.ts'
import type { Evidence } from './vocabulary.ts'

/** A schema, where it stands in the document and how well it is known there. */
export interface SchemaPlace {
  readonly schema: Json
  readonly pointer: Pointer
  readonly evidence: Evidence
}

/** A place of a body or parameter, with one of the schemas that hold there. */
export interface Site extends SchemaPlace {
  /** Instance path: member names, and `0` for the items of a list. */
  readonly path: readonly string[]
  /** It stands in one alternative of a oneOf or anyOf: its rules need not hold. */
  readonly isAlternative: boolean
}

const EVIDENCE: readonly Evidence[] = ['documented', 'observed', 'assumed']

/** The weaker of two. */
export const weaker = (a: Evidence, b: Evidence): Evidence => (EVIDENCE.indexOf(a) > EVIDENCE.indexOf(b) ? a : b)

/** How well what stands here is known: what it says itself, or else what stands around it says. */
export const evidenceIn = (holder: Json, inherited: Evidence): Evidence => holder?.['x-evidence'] ?? inherited

/** How well one statement of a schema is known: a keyword, or a member of its enum. */
export const evidenceOf = (schema: Json, statement: string, inherited: Evidence): Evidence =>
  schema?.['x-evidence-of']?.[statement] ?? inherited

/** Follows references; what stands beside a `$ref` counts too. */
export function follow(document: Document, { schema, pointer, evidence }: SchemaPlace): SchemaPlace {
  let at = { schema, pointer, evidence: evidenceIn(schema, evidence) }
  for (let hops = 0; typeof at.schema?.$ref === 'string' && hops < 50; hops++) {
    const target = resolve(document, at.schema.$ref)
    at = { schema: target, pointer: normalize(at.schema.$ref), evidence: evidenceIn(target, at.evidence) }
  }
  return at
}

/** Every place below a schema, outermost first; a recursive schema is entered once. */
export function* walkSchema(
  document: Document,
  start: SchemaPlace,
  path: readonly string[] = [],
  isAlternative = false,
  above: readonly string[] = [],
): Generator<Site> {
  const { schema, pointer, evidence } = follow(document, start)
  if (typeof schema !== 'object' || schema === null || above.includes(pointer)) return
  yield { path, schema, pointer, evidence, isAlternative }
  const inside = [...above, pointer]
  const walk = (
    child: Json,
    tokens: readonly (string | number)[],
    at: readonly string[],
    alternative = isAlternative,
  ) => walkSchema(document, { schema: child, pointer: below(pointer, ...tokens), evidence }, at, alternative, inside)
  for (const [index, part] of (schema.allOf ?? []).entries()) yield* walk(part, ['allOf', index], path)
  for (const keyword of ['oneOf', 'anyOf']) {
    for (const [index, part] of (schema[keyword] ?? []).entries()) yield* walk(part, [keyword, index], path, true)
  }
  for (const [name, member] of Object.entries<Json>(schema.properties ?? {})) {
    yield* walk(member, ['properties', name], [...path, name])
  }
  if (schema.items !== undefined) yield* walk(schema.items, ['items'], [...path, '0'])
}

/** Where a statement of a schema or an operation stands: its keyword; where it has none of that name, it as a whole. */
export const statementAt = (holder: Json, pointer: Pointer, keyword: string): Pointer =>
  holder?.[keyword] === undefined ? pointer : below(pointer, keyword)

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
