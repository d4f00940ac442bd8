import type { Contract } from '../../documents/contract/contract.ts'
import type { Schema } from '../../documents/contract/schema.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { compileSchema } from '../../documents/values/compile-schema.ts'

/** Whether a reply may hold a value where it has a schema; what is no valid schema forbids nothing. */
export function allowsValue(contract: Contract, schema: Schema, value: Json): boolean {
  try {
    return compileSchema(contract, schema, 'replies')(value) === true
  } catch {
    return true
  }
}
