import type { ErrorObject } from 'ajv'
import type { Contract } from '../../documents/contract/contract.ts'
import type { MediaType } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { createAjv, type SchemaSlot, slotsOf } from '../../documents/validators/compile-validators.ts'
import { DataError, type Validate } from '../../documents/values/make-value.ts'
import { isNullAlone } from './walk-schema.ts'
import { readWholeQueries } from './whole-query.ts'

/** A rule that a value breaks, and its place in it. */
export interface BrokenRule {
  readonly path: string
  readonly keyword: string
  /** Of a `oneOf` or `anyOf` of which nothing holds: what is broken of each alternative that is not null. */
  readonly alternatives?: readonly (readonly BrokenRule[])[]
}

/** Tells the rules that a JSON text breaks. */
export type Inspector = (text: string) => BrokenRule[]

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
  return contract.once(createValidators).validators.get(keyOf(operationId, isFirst ? undefined : media.type))
}

const keyOf = (operationId: string, mediaType = ''): string => `${operationId} ${mediaType}`

/** By operation and media type. Compiling takes far longer than inspecting: who makes bodies and who inspects them have one validator. */
function createValidators(contract: Contract) {
  const ajv = createAjv(contract, { source: false, isHasty: true })
  ajv.opts.allErrors = true
  ajv.opts.verbose = true
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
  return {
    ajv,
    validators: new Map(bodies.map((slot) => [keyOf(slot.operationId, slot.mediaType), compileOnce(slot)])),
  }
}

/**
 * Every rule that a body's exact text breaks. What satisfies none of several alternatives breaks one rule, and what is
 * neither null nor the one thing that it may be else breaks the rules of that.
 */
export function inspectorOf(contract: Contract, operationId: string, media?: MediaType): Inspector {
  const validator = bodyValidatorOf(contract, operationId, media)
  return (text) => {
    const validate = validator?.()
    if (!validate || validate(JSON.parse(text))) return []
    return rulesIn(contract, (validate.errors ?? []) as readonly ErrorObject[])
  }
}

/** @param errors as Ajv tells them: of a choice those of its alternatives first, and then its own */
function rulesIn(contract: Contract, errors: readonly ErrorObject[]): BrokenRule[] {
  const found: BrokenRule[] = []
  for (let at = errors.length - 1; at >= 0; at--) {
    const error = errors[at] as ErrorObject
    const { instancePath: path, keyword } = error
    if (keyword === 'if') continue
    const branches = branchesOf(contract, error)
    const inside = branches.flatMap(({ errors: own }) => own)
    if (inside.length === 0 || !endsWith(errors.slice(0, at), inside, path)) {
      found.push({ path, keyword })
      continue
    }
    at -= inside.length
    const others = branches.filter(({ isNull }) => !isNull)
    const alternatives = others.map(({ errors: own }) => rulesIn(contract, own).map((rule) => moved(rule, path)))
    // What satisfies several of them is another mistake.
    const isNone = branches.every(({ errors: own }) => own.length > 0)
    if (isNone && others.length === 1) found.push(...(alternatives[0] as BrokenRule[]).toReversed())
    else found.push({ path, keyword, ...(isNone && { alternatives }) })
  }
  const seen = new Map(found.toReversed().map((rule) => [`${rule.path} ${rule.keyword}`, rule]))
  return [...seen.values()]
}

const moved = ({ path, alternatives, ...rule }: BrokenRule, to: string): BrokenRule => ({
  ...rule,
  path: to + path,
  ...(alternatives && { alternatives: alternatives.map((one) => one.map((each) => moved(each, to))) }),
})

/** What is wrong with a value by each alternative alone; nothing, where the error is not of a choice. */
function branchesOf(contract: Contract, { keyword, parentSchema, data }: ErrorObject): Branch[] {
  if (keyword !== 'oneOf' && keyword !== 'anyOf') return []
  const { ajv } = contract.once(createValidators)
  try {
    return ((parentSchema as Json)[keyword] as Json[]).map((schema) => {
      const validate = ajv.compile(schema)
      const errors = validate(data) ? [] : (validate.errors ?? [])
      return { errors, isNull: isNullAlone(contract, asInDocument(schema)) }
    })
  } catch {
    // A branch whose references lead elsewhere when it stands alone.
    return []
  }
}

interface Branch {
  readonly errors: readonly ErrorObject[]
  readonly isNull: boolean
}

/** What a reference leads to without the name of the reading that it is meant for. */
const asInDocument = (schema: Json): Json =>
  typeof schema?.$ref === 'string' ? { $ref: schema.$ref.slice(schema.$ref.indexOf('#')) } : schema

/** Whether the last errors are these, of a value at this place. */
function endsWith(errors: readonly ErrorObject[], last: readonly ErrorObject[], path: string): boolean {
  const start = errors.length - last.length
  return last.every(({ keyword, instancePath }, at) => {
    const error = errors[start + at]
    return error?.keyword === keyword && error.instancePath === path + instancePath
  })
}
