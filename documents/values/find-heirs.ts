import type { Contract } from '../contract/contract.ts'
import { keywordsOf, mayHaveHeirs, targetOf } from '../contract/follow-schema.ts'
import type { Schema, SchemaObject } from '../contract/schema.ts'
import { measureDepth } from './measure-depth.ts'

/** A schema that inherits from another, and what that one's discriminator calls it. */
export interface Heir {
  readonly schema: { readonly $ref: string }
  readonly target: SchemaObject
  readonly kind: string
}

/** From one of so many a value is made. */
const MOST_HEIRS = 20

const createKnown = (): WeakMap<SchemaObject, readonly Heir[]> => new WeakMap()

/**
 * The schemas that a base tells apart by its discriminator (OpenAPI 3.0, Discriminator Object; 2.0, Schema Object): those
 * that it maps, or else all that have it in their `allOf`, each called by its name. None of a schema with alternatives.
 */
export function heirsOf(contract: Contract, base: SchemaObject): readonly Heir[] {
  const { discriminator } = base
  if (!mayHaveHeirs(base) || typeof discriminator?.propertyName !== 'string') return []
  const known = contract.once(createKnown)
  let heirs = known.get(base)
  if (!heirs) {
    const mapped = Object.entries(discriminator.mapping ?? {}).map(([kind, $ref]) => heirAt(contract, $ref, kind))
    const all = mapped.length > 0 ? mapped : namedHeirs(contract, base)
    known.set(base, (heirs = all.flatMap((heir) => (heir ? sayable(contract, base, heir) : []))))
  }
  return heirs
}

/** Those of them that values are made of. */
export const makeableHeirs = (contract: Contract, heirs: readonly Heir[]): readonly Heir[] =>
  heirs.slice(0, MOST_HEIRS).filter(({ schema }) => measureDepth(contract, schema) < Number.POSITIVE_INFINITY)

function heirAt(contract: Contract, $ref: string, kind: string): Heir | undefined {
  const target = targetOf(contract, { $ref })
  return typeof target === 'object' && target !== null ? { schema: { $ref }, target, kind } : undefined
}

function namedHeirs(contract: Contract, base: SchemaObject): (Heir | undefined)[] {
  const names = Object.keys((contract.valueAt('#/components/schemas') as object | undefined) ?? {})
  const all = names.map((name) =>
    heirAt(contract, `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, name),
  )
  return all.filter((heir) => heir && heir.target !== base && inherits(contract, heir.target, base, new Set()))
}

function inherits(contract: Contract, schema: Schema, base: SchemaObject, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return false
  seen.add(schema)
  return (keywordsOf(schema).allOf ?? []).some((part) => {
    const target = targetOf(contract, part)
    return target === base || inherits(contract, target, base, seen)
  })
}

/** Where the base lists the kinds that there are, as it spells them. */
function sayable(contract: Contract, base: SchemaObject, heir: Heir): Heir[] {
  const name = base.discriminator?.propertyName ?? ''
  const { const: only, enum: values = only === undefined ? undefined : [only] } = keywordsOf(
    targetOf(contract, base.properties?.[name] ?? true),
  )
  if (!values || values.includes(heir.kind)) return [heir]
  const own = values.find((one) => String(one).toLowerCase() === heir.kind.toLowerCase())
  return typeof own === 'string' ? [{ ...heir, kind: own }] : []
}
