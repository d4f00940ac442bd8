import { declaredStatus } from '../engine/check-reply.ts'
import type { Behaviours, Operation, OperationExamples, OperationValidators, Refusal } from '../engine/vocabulary.ts'

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
            chooseStatus(refusal, status, operation),
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

const mediaTypeOf = ({ replies }: Operation, key: string): string | undefined =>
  (replies[key] as Operation['replies'][string]).mediaTypes[0]

/** The first success that is declared, or else the first redirection, or what every status is declared by. */
function exampleReply(operation: Operation, examples: Examples) {
  const declared = Object.keys(operation.replies)
  const [key] = ['2', '3', 'default'].flatMap((start) => declared.filter((one) => one.startsWith(start)))
  if (key === undefined) return { status: 204 }
  const status = Number(key.replace('XX', '00')) || 200
  const mediaType = mediaTypeOf(operation, key)
  if (mediaType === undefined) return { status }
  const [body] = Object.values(examples[key] ?? {})
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
  const mediaType = mediaTypeOf(operation, key) as string
  const told = withMessage(example, refusal.message)
  const bodies = mediaType === PROBLEM ? [withStatus(told, status), told] : [told]
  // Where the document allows certain words alone, the example's own are the only ones that are known to be right.
  const body = bodies.find((one) => validators?.replies[key]?.(one) !== false) ?? example
  return { status, body, headers: { 'content-type': mediaType } }
}

const PROBLEM = 'application/problem+json'

/** The example of a range has one status of it; problem details have the one they are sent with (RFC 9457, section 3.1.4). */
const withStatus = (problem: unknown, status: number): unknown =>
  typeof Object(problem).status === 'number' ? { ...Object(problem), status } : problem

/** Problem details (RFC 9457). Without a type of its own a problem is called as its status is (section 4.2.1). */
const tellProblem = ({ refused, message }: Refusal, status: number) => ({
  status,
  body: { type: 'about:blank', title: PHRASES[status] ?? refused, status, detail: message },
  headers: { 'content-type': PROBLEM },
})

/** Of the statuses that refusals have here; RFC 9110, section 15, and RFC 6585, section 4. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

/** What an invalid request is answered with where only 422 is declared, or 401 where 403 is not. */
function chooseStatus({ refused }: Refusal, status: number, { replies }: Operation): number {
  const isDeclared = (code: number) => Object.hasOwn(replies, String(code))
  if (isDeclared(status)) return status
  if ((refused === 'invalid' || refused === 'malformed-body') && isDeclared(422)) return 422
  if (refused === 'bad-credentials' && isDeclared(401)) return 401
  return status
}

const MESSAGE_NAMES = ['message', 'detail', 'error_description', 'description', 'error', 'title']

/** A copy with our message in the first member that is called like one, however deep; the example itself if none is. */
function withMessage(example: unknown, message: string): unknown {
  if (typeof example !== 'object' || example === null) return example
  if (Array.isArray(example)) {
    const first = withMessage(example[0], message)
    return first === example[0] ? example : [first]
  }
  const members = example as Record<string, unknown>
  const name = MESSAGE_NAMES.find((candidate) => typeof members[candidate] === 'string')
  if (name) return { ...members, [name]: message }
  for (const [key, member] of Object.entries(members)) {
    const changed = withMessage(member, message)
    if (changed !== member) return { ...members, [key]: changed }
  }
  return example
}
