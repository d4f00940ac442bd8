import type { Contract } from '../../documents/contract/contract.ts'
import type { MediaType } from '../../documents/contract/operation.ts'
import { createAjv, type SchemaSlot, slotsOf } from '../../documents/validators/compile-validators.ts'
import { DataError, type Validate } from '../../documents/values/make-value.ts'
import { readWholeQueries } from './whole-query.ts'

/** Tells the rules that a JSON text breaks, each with its place in it. */
export type Inspector = (text: string) => { path: string; keyword: string }[]

/**
 * Gives a validator of an operation's body that tells every error; undefined where there is no schema.
 * @param media left out: the first JSON
 */
export function bodyValidatorOf(
  contract: Contract,
  operationId: string,
  media?: MediaType,
): (() => Validate) | undefined {
  const json = (contract.operation(operationId) ?? contract.once(readWholeQueries).get(operationId))?.body?.json
  const isFirst = media === undefined || (json !== undefined && media.schema === json)
  return contract.once(createValidators).get(keyOf(operationId, isFirst ? undefined : media.type))
}

const keyOf = (operationId: string, mediaType = ''): string => `${operationId} ${mediaType}`

/** By operation and media type. Compiling takes far longer than inspecting: who makes bodies and who inspects them have one validator. */
function createValidators(contract: Contract): ReadonlyMap<string, () => Validate> {
  const ajv = createAjv(contract, { source: false, isHasty: true })
  ajv.opts.allErrors = true
  const compileOnce = (slot: SchemaSlot): (() => Validate) => {
    let validate: Validate | undefined
    return () => {
      try {
        return (validate ??= ajv.compile(slot.schema))
      } catch (error) {
        throw new DataError('', `its schema is not valid: ${(error as Error).message}`)
      }
    }
  }
  const operations = [...contract.operations, ...contract.once(readWholeQueries).values()]
  const bodies = slotsOf(contract, operations).filter(({ place }) => place === 'body' || place === 'bodies')
  return new Map(bodies.map((slot) => [keyOf(slot.operationId, slot.mediaType), compileOnce(slot)]))
}

/** Every rule that a body's exact text breaks; a failed alternative counts as one, not its branches as well. */
export function inspectorOf(contract: Contract, operationId: string, media?: MediaType): Inspector {
  const validator = bodyValidatorOf(contract, operationId, media)
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
