import type { Contract } from '../../documents/contract/contract.ts'
import { followSchema, targetOf } from '../../documents/contract/follow-schema.ts'
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
  /**
   * In which alternatives of a `oneOf` or `anyOf` it stands, the outermost first: its rules need not hold. What is chosen
   * between one schema and null is none, as its rules hold for whatever is not null.
   */
  readonly alternatives: readonly Alternative[]
  /** Null is allowed in its place. */
  readonly isBesideNull?: true
}

/** One of several schemas that may hold at a place, and that place. */
export type Alternative = SchemaPlace & Pick<Site, 'path'>

/** A place, and those found first on the way through it, in the document's order. */
interface Found {
  readonly site: Site
  readonly below: Found[]
}

/**
 * Every place below a schema, outermost first. A place is entered once for each member that holds it, by the shortest
 * way: schemas that refer to each other can be reached in endlessly many.
 */
export function* walkSchema(contract: Contract, start: SchemaPlace): Generator<Site> {
  const entered = new Set<string>()
  const enter = ({ place, path, alternatives, isBesideNull }: Way): Found | undefined => {
    const { schema, pointer, evidence } = followSchema(contract, place)
    if (typeof schema !== 'object' || schema === null) return undefined
    const holder = path.slice(0, -1).findLast((name) => name !== '0')
    const key = JSON.stringify([place.pointer, holder, alternatives.length > 0])
    if (entered.has(key)) return undefined
    entered.add(key)
    return {
      site: { path, schema, pointer, evidence, alternatives, ...(isBesideNull && { isBesideNull }) },
      below: [],
    }
  }
  const root = enter({ place: start, path: [], alternatives: [] })
  const waiting = root ? [root] : []
  for (let found = waiting.shift(); found; found = waiting.shift()) {
    const inside = waysFrom(contract, found.site).flatMap((way) => enter(way) ?? [])
    found.below.push(...inside)
    waiting.push(...inside)
  }
  if (root) yield* inOrder(root)
}

function* inOrder({ site, below: inside }: Found): Generator<Site> {
  yield site
  for (const found of inside) yield* inOrder(found)
}

interface Way extends Pick<Site, 'path' | 'alternatives' | 'isBesideNull'> {
  readonly place: SchemaPlace
}

/** Where a place leads: to the parts of its combinations, its members and its items. */
function waysFrom(contract: Contract, site: Site): Way[] {
  const { schema, pointer, evidence, path, alternatives } = site
  const placeOf = (child: Schema, ...tokens: readonly (string | number)[]): SchemaPlace => ({
    schema: child,
    pointer: below(pointer, ...tokens),
    evidence,
  })
  const inside = (place: SchemaPlace, ...names: readonly string[]): Way => ({
    place,
    path: [...path, ...names],
    alternatives,
  })
  const { isBesideNull } = site
  return [
    ...(schema.allOf ?? []).map(
      (part, index): Way => ({ ...inside(placeOf(part, 'allOf', index)), ...(isBesideNull && { isBesideNull }) }),
    ),
    ...(['oneOf', 'anyOf'] as const).flatMap((keyword) =>
      choicesOf(contract, site, keyword, (index) => placeOf(schema[keyword]?.[index] as Schema, keyword, index)),
    ),
    ...Object.entries(schema.properties ?? {}).map(([name, member]) =>
      inside(placeOf(member, 'properties', name), name),
    ),
    ...(schema.items === undefined ? [] : [inside(placeOf(schema.items, 'items'), '0')]),
  ]
}

function choicesOf(
  contract: Contract,
  { schema, path, alternatives, isBesideNull }: Site,
  keyword: 'oneOf' | 'anyOf',
  placeOf: (index: number) => SchemaPlace,
): Way[] {
  const parts = schema[keyword] ?? []
  const others = parts.filter((part) => !isNullAlone(contract, part))
  const isNullable = isBesideNull || others.length < parts.length
  return parts.map((part, index) => {
    const place = placeOf(index)
    const isOnly = others.length === 1 && others[0] === part
    return {
      place,
      path,
      alternatives: isOnly ? alternatives : [...alternatives, { ...place, path }],
      ...(isNullable && { isBesideNull: true }),
    }
  })
}

/** Whether a schema allows null and nothing else, in any of the ways to say so. */
export function isNullAlone(contract: Contract, schema: Schema): boolean {
  const target = targetOf(contract, schema)
  if (typeof target !== 'object' || target === null) return false
  const { type, const: constant, enum: members } = target
  const isOfNull = type !== undefined && [type].flat().every((one) => one === 'null')
  return isOfNull || constant === null || (members?.length === 1 && members[0] === null)
}

/** The same without the alternatives that are null, where there are others. */
export function withoutNull(contract: Contract, schema: SchemaObject): SchemaObject {
  const type = [schema.type ?? []].flat().filter((one) => one !== 'null')
  const rest = (['oneOf', 'anyOf'] as const).flatMap((keyword) => {
    const others = schema[keyword]?.filter((part) => !isNullAlone(contract, part)) ?? []
    return others.length > 0 ? [[keyword, others]] : []
  })
  return { ...schema, ...(type.length > 0 && { type }), ...Object.fromEntries(rest) }
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
