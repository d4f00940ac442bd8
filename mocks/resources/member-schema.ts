import type { Contract } from '../../documents/contract/contract.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { MemberPath } from '../../documents/resources/resource.ts'

/** The schema of what a path leads to. */
export function schemaAt(
  contract: Contract,
  place: SchemaPlace | undefined,
  path: MemberPath,
): SchemaPlace | undefined {
  let at = place
  for (const name of path) at = at && formOf(contract, at).members.get(name)
  return at
}

/** The schema of the items of a list. */
export const itemSchemaOf = (contract: Contract, place: SchemaPlace | undefined): SchemaPlace | undefined =>
  place && formOf(contract, place).items
