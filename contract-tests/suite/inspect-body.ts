import type { Contract } from '../../documents/contract/contract.ts'
import { createAjv, type SchemaSlot, slotsOf } from '../../documents/validators/compile-validators.ts'
import { DataError, type Validate } from '../../documents/values/make-value.ts'

type Inspector = (text: string) => { path: string; keyword: string }[]

/** Gives a validator of an operation's body that tells every error; undefined where it takes no JSON. */
export const bodyValidatorOf = (contract: Contract, operationId: string): (() => Validate) | undefined =>
  contract.once(createValidators).get(operationId)

/** By operation. Compiling takes far longer than inspecting: who makes bodies and who inspects them have one validator. */
function createValidators(contract: Contract): ReadonlyMap<string, () => Validate> {
  const ajv = createAjv(contract, { source: false, isHasty: true })
  ajv.opts.allErrors = true
  const compileOnce = (schema: SchemaSlot['schema']): (() => Validate) => {
    let validate: Validate | undefined
    return () => {
      try {
        return (validate ??= ajv.compile(schema))
      } catch (error) {
        throw new DataError('', `its schema is not valid: ${(error as Error).message}`)
      }
    }
  }
  const bodies = slotsOf(contract).filter(({ place }) => place === 'body')
  return new Map(bodies.map(({ operationId, schema }) => [operationId, compileOnce(schema)]))
}

/** Every rule that a body's exact text breaks; a failed alternative counts as one, not its branches as well. */
export function inspectorOf(contract: Contract, operationId: string): Inspector {
  const validator = bodyValidatorOf(contract, operationId)
  return (text) => {
    const validate = validator?.()
    if (!validate || validate(JSON.parse(text))) return []
    const errors = validate.errors ?? []
    const composite = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
    const own = errors.filter(
      ({ schemaPath, keyword }) =>
        keyword !== 'if' && (composite.length === 0 || !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath)),
    )
    const seen = new Map(
      own.map(({ instancePath, keyword }) => [`${instancePath} ${keyword}`, { path: instancePath, keyword }]),
    )
    return [...seen.values()]
  }
}
