import type { Contract } from '../../documents/contract/contract.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import type { Validate } from '../../documents/contract/table.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'

const ANYTHING: Validate = () => true

/** As replies are read. Nothing is held to a schema that Ajv cannot compile; it has been told. */
export function validatorOf(contract: Contract, place: SchemaPlace | undefined): Validate {
  try {
    return place ? replyValidatorOf(contract, place) : ANYTHING
  } catch {
    return ANYTHING
  }
}
