import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { DeclaredReply, MediaType } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { hasAlike } from '../contract/tell-apart.ts'
import { createRandom } from '../patterns/random.ts'
import { replyValidatorOf } from '../validators/compile-validators.ts'
import { compileSchema } from './compile-schema.ts'
import { type MakeOptions, makeValue, type Validate } from './make-value.ts'

/** What a reply of one media type holds. */
export interface Composed {
  readonly value: unknown
  /** The document gives it, whole: nothing of it was made. */
  readonly isExample: boolean
  /** What of the document could not be kept to, in words that follow the name of the media type. */
  readonly remark?: string
}

/** What may be valid where nothing can be made: a list of nothing, say. */
const SIMPLEST: readonly unknown[] = [[], {}, null, '', 0, false]

/**
 * A valid value for one media type of a reply: the document's first valid example; or one made from the schema, with the
 * members of an example that breaks it where they fit. Where no value is valid the example is taken as it is.
 * @returns a value undefined where there is none at all, with the remark that says why, or where neither schema nor
 *   example says what it is
 */
export function composeReply(
  contract: Contract,
  operationId: string,
  { status }: Pick<DeclaredReply, 'status'>,
  media: Pick<MediaType, 'schema' | 'examples' | 'type'>,
): Composed {
  const { schema } = media
  const examples = Object.values(media.examples ?? {}).map((example) =>
    leaveOutMembers(contract, schema?.schema, example, 'writeOnly'),
  )
  if (!schema) return { value: examples[0], isExample: true }
  const { validate, invalid } = validatorOf(contract, schema)
  // What a document shows is of one alternative alone, if that can be: others hold our replies to the letter.
  const isLiteral = (value: unknown): boolean =>
    invalid !== undefined || !hasAlike(contract) || compileSchema(contract, schema.schema, 'replies', true)(value)
  const isRight = (value: unknown): boolean => validate(value) && isLiteral(value)
  const [valid] = examples.flatMap((example) => readExample(example, media.type, isRight))
  if (valid !== undefined) return { value: valid, isExample: true, ...(invalid !== undefined && { remark: invalid }) }
  try {
    // What is about errors shows them: `GET /errors`, `POST /validate`.
    const isWell =
      /^2/.test(status) && !/error|exception|fault|valid|check/i.test(contract.operation(operationId)?.path ?? '')
    const { value, isWithout } = makeAnyhow(contract, schema, [operationId, status], validate, isWell)
    const [example] = examples
    const remark = invalid ?? (example !== undefined ? BROKEN : isWithout ? WITHOUT : undefined)
    return {
      value: example === undefined ? value : overlay(value, example, isRight),
      isExample: false,
      ...(remark !== undefined && { remark }),
    }
  } catch (error) {
    // Whatever the document has in the place of a schema, it ends no reply.
    const simplest = invalid === undefined ? SIMPLEST.find((one) => validate(one)) : undefined
    const [value = simplest] = examples
    const done = value === undefined ? 'nothing' : examples.length > 0 ? 'its example' : JSON.stringify(value)
    const remark = `allows no value that can be made (${(error as Error).message}); ${done} is sent`
    return { value, isExample: true, remark }
  }
}

/** Of a schema that is none, what lets everything be, and what is wrong with it. */
function validatorOf(
  contract: Contract,
  schema: SchemaPlace,
): { readonly validate: Validate; readonly invalid?: string } {
  try {
    return { validate: replyValidatorOf(contract, schema) }
  } catch (error) {
    const invalid = `has a schema that is not valid (${(error as Error).message}); what is sent is not held to it`
    return { validate: replyValidatorOf(contract, { ...schema, schema: true }), invalid }
  }
}

const BROKEN = 'has an example that breaks its schema; a composed one is sent'
const WITHOUT = 'has examples of its parts that break their schema; a value without them is sent'

/** With the document's examples of parts, or else without them. @throws DataError where there is no value either way */
function makeAnyhow(
  contract: Contract,
  schema: SchemaPlace,
  keys: readonly string[],
  validate: Validate,
  isWell: boolean,
): { readonly value: unknown; readonly isWithout: boolean } {
  try {
    return { value: make(contract, schema, keys, validate, { isWell }), isWithout: false }
  } catch {
    return { value: make(contract, schema, keys, validate, { isWell, examples: false }), isWithout: true }
  }
}

/**
 * A value for a schema of a reply, the document's examples of its parts first, if they are wanted.
 * @param keys the same ones give the same value
 * @throws DataError where there is none
 */
export const make = (
  contract: Contract,
  { schema }: SchemaPlace,
  keys: readonly string[],
  validate: Validate,
  options: Pick<MakeOptions, 'examples' | 'isWell'> = {},
): unknown =>
  makeValue(contract, schema, createRandom('example', ...keys), '', {
    examples: true,
    ...options,
    optional: 1,
    reading: 'replies',
    validator: () => validate,
  })

type IsValid = (value: unknown) => boolean

/** The example, if it is valid, in a list. A text may be what the data looks like, in JSON as in any other media type. */
function readExample(example: unknown, type: string, validate: IsValid): unknown[] {
  if (validate(example)) return [example]
  if (typeof example !== 'string') return []
  if (!/json/i.test(type)) return [example]
  try {
    const value: unknown = JSON.parse(example)
    return validate(value) ? [value] : []
  } catch {
    return []
  }
}

/** What was made, with all of the example that keeps it valid: as a whole, or else member by member. */
function overlay(made: unknown, example: unknown, validate: IsValid): unknown {
  const whole = merge(made, example)
  if (validate(whole)) return whole
  if (!isObject(made) || !isObject(example)) return made
  let kept: object = made
  for (const [name, member] of Object.entries(example)) {
    const tried = merge(kept, Object.fromEntries([[name, member]]))
    if (validate(tried)) kept = tried as object
  }
  return kept
}

function merge(made: unknown, example: unknown): unknown {
  if (Array.isArray(made) && Array.isArray(example)) return example.map((item) => merge(made[0], item))
  if (!isObject(made) || !isObject(example)) return example
  const members = Object.entries(example).map(([name, member]) => [
    name,
    Object.hasOwn(made, name) ? merge((made as Record<string, unknown>)[name], member) : member,
  ])
  return Object.fromEntries([...Object.entries(made), ...members])
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
