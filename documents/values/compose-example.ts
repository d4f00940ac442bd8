import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { DeclaredReply, MediaType } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { createRandom } from '../patterns/random.ts'
import { replyValidatorOf } from '../validators/compile-validators.ts'
import { makeValue, type Validate } from './make-value.ts'

/** What a reply of one media type holds. */
export interface Composed {
  readonly value: unknown
  /** The document gives it, whole: nothing of it was made. */
  readonly isExample: boolean
  /** What of the document could not be kept to, in words that follow the name of the media type. */
  readonly remark?: string
}

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
  let reason: string
  try {
    const validate = replyValidatorOf(contract, schema)
    const [valid] = examples.flatMap((example) => readExample(example, media.type, validate))
    if (valid !== undefined) return { value: valid, isExample: true }
    const made = make(contract, schema, `${operationId} ${status}`, validate)
    const [example] = examples
    if (example === undefined) return { value: made, isExample: false }
    const remark = 'has an example that breaks its schema; a composed one is sent'
    return { value: overlay(made, example, validate), isExample: false, remark }
  } catch (error) {
    // Whatever the document has in the place of a schema, it ends no reply.
    reason = (error as Error).message
  }
  const [value] = examples
  const done = value === undefined ? 'nothing is sent for it' : 'its example is sent as it is'
  return { value, isExample: true, remark: `allows no value that can be made (${reason}); ${done}` }
}

/** A value for a schema of a reply, the document's examples of its parts first. @throws DataError where there is none */
export const make = (contract: Contract, { schema }: SchemaPlace, key: string, validate: Validate): unknown =>
  makeValue(contract, schema, createRandom('example', ...key.split(' ')), '', {
    examples: true,
    optional: 1,
    reading: 'replies',
    validator: () => validate,
  })

/** The example, if it is valid, in a list. A text may be what the data looks like, in JSON as in any other media type. */
function readExample(example: unknown, type: string, validate: Validate): unknown[] {
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
function overlay(made: unknown, example: unknown, validate: Validate): unknown {
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
