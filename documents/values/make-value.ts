import type { Contract } from '../contract/contract.ts'
import type { Random } from '../patterns/random.ts'
import type { Json } from '../read/read-document.ts'
import { compileSchema, type Validate } from './compile-schema.ts'
import { DataError, NotWorkedOutError, TooComplexError, TooLargeError } from './data-error.ts'
import type { MakeOptions } from './make-options.ts'
import { Maker } from './maker.ts'

export type { Validate } from './compile-schema.ts'
export { DataError, NotWorkedOutError, TooLargeError } from './data-error.ts'
export type { MakeOptions } from './make-options.ts'

/** An example may break its schema in several places, which come to light one by one. */
const MAX_ATTEMPTS = 60

/**
 * A valid value for a schema of a document: JSON Schema 2020-12 as OpenAPI 3.1 uses it.
 * @param at how errors call the place of the value, as a JSON Pointer
 * @throws DataError where none can be made
 */
export function makeValue(contract: Contract, schema: Json, random: Random, at = '', options: MakeOptions = {}): Json {
  const validate = validatorOf(contract, schema, at, options)
  const maker = new Maker(contract, random, at, options)
  let pointer = at
  let reason = ''
  let unknown: NotWorkedOutError | undefined
  let meant: { readonly value: Json } | undefined
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    let value: Json
    try {
      value = maker.make(schema)
    } catch (error) {
      if (!(error instanceof DataError) || isFinal(error)) throw error
      if (error instanceof NotWorkedOutError) unknown = error
      pointer = error.pointer
      reason = error.reason
      maker.redraw(error.pointer.slice(at.length))
      continue
    }
    let errors = validate(value) ? undefined : validate.errors
    if (!errors) {
      if (!maker.isAlike) return value
      meant ??= { value }
      const validateLiterally = compileSchema(contract, schema, options.reading ?? 'requests', true)
      if (validateLiterally(value)) return value
      errors = validateLiterally.errors
    }
    // The last error is that of the outermost rule.
    const error = errors?.at(-1)
    pointer = at + (error?.instancePath ?? '')
    reason = `what was made ${error?.message ?? 'is not valid'}`
    maker.redraw(error?.instancePath ?? '')
  }
  if (meant) return meant.value
  throw unknown ?? new DataError(pointer, reason)
}

/** Whether to try again would take as long, and find no more. */
export const isFinal = (error: Error): boolean => error instanceof TooLargeError || error instanceof TooComplexError

function validatorOf(
  contract: Contract,
  schema: Json,
  at: string,
  { reading = 'requests', validator }: MakeOptions,
): Validate {
  try {
    return validator ? validator() : compileSchema(contract, schema, reading)
  } catch (error) {
    throw new DataError(at, `its schema is not valid: ${(error as Error).message}`)
  }
}
