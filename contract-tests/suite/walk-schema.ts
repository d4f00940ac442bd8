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
  const enter = ({ place, path, isAlternative }: Way): Found | undefined => {
    const { schema, pointer, evidence } = followSchema(contract, place)
    if (typeof schema !== 'object' || schema === null) return undefined
    const holder = path.slice(0, -1).findLast((name) => name !== '0')
    const key = JSON.stringify([place.pointer, holder, isAlternative])
    if (entered.has(key)) return undefined
    entered.add(key)
    return { site: { path, schema, pointer, evidence, isAlternative }, below: [] }
  }
  const root = enter({ place: start, path: [], isAlternative: false })
  const waiting = root ? [root] : []
  for (let found = waiting.shift(); found; found = waiting.shift()) {
    const inside = waysFrom(found.site).flatMap((way) => enter(way) ?? [])
    found.below.push(...inside)
    waiting.push(...inside)
  }
  if (root) yield* inOrder(root)
}

function* inOrder({ site, below: inside }: Found): Generator<Site> {
  yield site
  for (const found of inside) yield* inOrder(found)
}

interface Way {
  readonly place: SchemaPlace
  readonly path: readonly string[]
  readonly isAlternative: boolean
}

/** Where a place leads: to the parts of its combinations, its members and its items. */
function waysFrom({ schema, pointer, evidence, path, isAlternative }: Site): Way[] {
  const way = (
    child: Schema,
    tokens: readonly (string | number)[],
    at: readonly string[],
    alternative = isAlternative,
  ): Way => ({
    place: { schema: child, pointer: below(pointer, ...tokens), evidence },
    path: at,
    isAlternative: alternative,
  })
  return [
    ...(schema.allOf ?? []).map((part, index) => way(part, ['allOf', index], path)),
    ...(['oneOf', 'anyOf'] as const).flatMap((keyword) =>
      (schema[keyword] ?? []).map((part, index) => way(part, [keyword, index], path, true)),
    ),
    ...Object.entries(schema.properties ?? {}).map(([name, member]) =>
      way(member, ['properties', name], [...path, name]),
    ),
    ...(schema.items === undefined ? [] : [way(schema.items, ['items'], [...path, '0'])]),
  ]
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
