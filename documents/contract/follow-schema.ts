import { normalize } from '../read/json-pointer.ts'
import type { Contract } from './contract.ts'
import { evidenceIn } from './evidence.ts'
import type { Schema, SchemaObject, SchemaPlace } from './schema.ts'

/** More than anybody writes: longer chains of references lead in a circle. */
const MOST_HOPS = 10_000

/** A schema, or what its `$ref` (or chain of them) leads to; how well it is known what stands beside a `$ref` says too. */
export function followSchema(contract: Contract, { schema, pointer, evidence }: SchemaPlace): SchemaPlace {
  let at: SchemaPlace = { schema, pointer, evidence: evidenceIn(schema, evidence) }
  for (let hops = 0; typeof at.schema === 'object' && at.schema?.$ref !== undefined && hops < MOST_HOPS; hops++) {
    const target = contract.valueAt(at.schema.$ref) as Schema
    at = { schema: target, pointer: normalize(at.schema.$ref), evidence: evidenceIn(target, at.evidence) }
  }
  return at
}

/** The same where only the schema matters. */
export function targetOf(contract: Contract, schema: Schema): Schema {
  let at = schema
  for (let hops = 0; typeof at === 'object' && at?.$ref !== undefined && hops < MOST_HOPS; hops++) {
    at = contract.valueAt(at.$ref) as Schema
  }
  return at
}

/** The keywords of a schema; one that is true or false, or is not there, has none. */
export const keywordsOf = (schema: Schema | undefined): SchemaObject =>
  typeof schema === 'object' && schema !== null ? schema : {}

/**
 * Whether schemas that inherit from it may name more members than it does: its discriminator tells them apart, and no
 * alternatives of its own (OpenAPI 3.0, Discriminator Object).
 */
export const mayHaveHeirs = ({ discriminator, oneOf, anyOf }: SchemaObject): boolean =>
  discriminator !== undefined && !oneOf && !anyOf

/** A schema and all that it is combined of by `allOf`, `anyOf` and `oneOf`, each once: one may be a part of itself. */
export function partsOf(contract: Contract, start: Schema | undefined): readonly SchemaObject[] {
  const parts = new Set<SchemaObject>()
  const add = (schema: Schema | undefined) => {
    const part = schema === undefined ? undefined : targetOf(contract, schema)
    if (typeof part !== 'object' || part === null || parts.has(part)) return
    parts.add(part)
    for (const inner of [part.allOf, part.anyOf, part.oneOf]) for (const one of inner ?? []) add(one)
  }
  add(start)
  return [...parts]
}
