import type { Contract } from '../../documents/contract/contract.ts'
import { followSchema, keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { below } from '../../documents/read/json-pointer.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import { type MemberPath, ONLY } from '../../documents/resources/resource.ts'
import { validatorOf } from './validator-of.ts'

/** The schema of what a path leads to. */
export function schemaAt(
  contract: Contract,
  place: SchemaPlace | undefined,
  path: MemberPath,
): SchemaPlace | undefined {
  let at = place
  for (const name of path) {
    const { members, items } = at ? formOf(contract, at) : {}
    at = name === ONLY ? (items ?? members?.get(name)) : members?.get(name)
  }
  return at
}

/** Whether a schema lets its value be null. */
export function allowsNull(contract: Contract, place: SchemaPlace | undefined): boolean {
  const { type, enum: values, oneOf, anyOf } = keywordsOf(place && followSchema(contract, place).schema)
  if ([type].flat().includes('null') || values?.includes(null)) return true
  return [...(oneOf ?? []), ...(anyOf ?? [])].some((schema) => keywordsOf(targetOf(contract, schema)).type === 'null')
}

/** The schema of the items of a list. */
export const itemSchemaOf = (contract: Contract, place: SchemaPlace | undefined): SchemaPlace | undefined =>
  place && formOf(contract, place).items

/** Of several schemas of which a value is one, that which it is: what else belongs to it is of the same. */
export function alternativeOf(
  contract: Contract,
  place: SchemaPlace | undefined,
  value: unknown,
): SchemaPlace | undefined {
  if (!place) return undefined
  const whole = followSchema(contract, place)
  const { oneOf, anyOf, properties } = keywordsOf(whole.schema)
  const name = oneOf ? 'oneOf' : 'anyOf'
  const choices = (oneOf ?? anyOf ?? []).map((schema, index) => ({
    ...whole,
    schema,
    pointer: below(whole.pointer, name, index),
  }))
  if (properties || choices.length < 2) return place
  return choices.find((choice) => validatorOf(contract, choice)(value)) ?? place
}
