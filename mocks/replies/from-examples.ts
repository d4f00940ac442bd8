import { declaredStatus } from '../engine/check-reply.ts'
import type { Behaviours, Operation, OperationExamples, OperationValidators, Refusal } from '../engine/vocabulary.ts'
import { chooseRefusal, chooseSuccess } from './choose-status.ts'
import { tellFailure } from './tell-failure.ts'
import { PROBLEM, tellProblem, withMessage } from './tell-refusal.ts'

/**
 * What an API does when nobody wrote behaviours for it: it validates, keeps nothing, and replies from its examples.
 * Behaviours of your own can stand on it: take `refuse` from it, or its `operations` for those that yours leave out.
 * @param examples of every operation, be it `{ replies: {} }`
 */
export function fromExamples(
  operations: readonly Operation[],
  examples: Readonly<Record<string, OperationExamples>>,
  validators: Readonly<Record<string, OperationValidators>>,
): Behaviours {
  const examplesOf = ({ id }: Operation): Examples => (examples[id] as OperationExamples).replies
  return {
    tenantOf: () => '',
    collections: {},
    refuse: (refusal, status, operation) =>
      operation
        ? refuseFromExamples(
            refusal,
            chooseRefusal(refusal, status, operation),
            operation,
            examplesOf(operation),
            validators[operation.id],
          )
        : tellProblem(refusal, status),
    exampleCredential: 'token',
    operations: Object.fromEntries(
      operations.map((operation) => [operation.id, () => exampleReply(operation, examplesOf(operation))]),
    ),
  }
}

type Examples = OperationExamples['replies']

/** A range is no content type: what is in it is told by the example. */
function mediaTypeOf({ replies }: Operation, key: string, example: unknown): string | undefined {
  const [type] = (replies[key] as Operation['replies'][string]).mediaTypes
  if (!type?.includes('*')) return type
  return typeof example === 'string' ? 'text/plain' : 'application/json'
}

function exampleReply(operation: Operation, examples: Examples) {
  const { status, key } = chooseSuccess(operation)
  if (key === undefined) return { status }
  const [body] = Object.values(examples[key] ?? {})
  const mediaType = mediaTypeOf(operation, key, body)
  if (mediaType === undefined) return { status }
  return { status, body, headers: { 'content-type': mediaType } }
}

/** The example of the status, of its range or of `default`, with our message in it; or else problem details of our own. */
function refuseFromExamples(
  refusal: Refusal,
  status: number,
  operation: Operation,
  examples: Examples,
  validators: OperationValidators | undefined,
) {
  const key = declaredStatus(operation, status)
  const [example] = key === undefined ? [] : Object.values(examples[key] ?? {})
  if (key === undefined || example === undefined) return tellProblem(refusal, status)
  const mediaType = mediaTypeOf(operation, key, example) as string
  const validate = validators?.replies[key]
  const failure = refusal.refused === 'failure' ? operation.failures.find(({ id }) => id === refusal.rule) : undefined
  const worded = withMessage(example, refusal.message)
  // Who wrote the example is not known here: it may be the document.
  const told = failure ? tellFailure(worded, failure, refusal.message, true, validate) : worded
  const bodies = mediaType === PROBLEM ? [withStatus(told, status), told] : [told]
  // Where the document allows certain words alone, the example's own are the only ones that are known to be right.
  const body = bodies.find((one) => validate?.(one) !== false) ?? example
  return { status, body, headers: { 'content-type': mediaType } }
}

/** The example of a range has one status of it; problem details have the one they are sent with (RFC 9457, section 3.1.4). */
const withStatus = (problem: unknown, status: number): unknown =>
  typeof Object(problem).status === 'number' ? { ...Object(problem), status } : problem
