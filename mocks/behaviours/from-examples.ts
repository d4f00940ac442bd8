import type { Behaviours, Operation, OperationExamples, Refusal } from '../engine/vocabulary.ts'

/** What an API does when nobody wrote behaviours for it: it validates, keeps nothing, and replies from its examples. */
export function fromExamples(
  operations: readonly Operation[],
  examples: Readonly<Record<string, OperationExamples>>,
): Behaviours {
  return {
    tenantOf: () => '',
    keysOf: () => [],
    refuse: (refusal, status, operation) =>
      refuseFromExamples(refusal, status, operation, operation && examples[operation.id]),
    exampleCredential: 'token',
    operations: Object.fromEntries(
      operations.map((operation) => [operation.id, () => exampleReply(operation, examples[operation.id])]),
    ),
  }
}

function exampleReply(operation: Operation, examples: OperationExamples | undefined) {
  const declared = Object.keys(operation.replies)
  const status =
    declared.find((key) => /^2\d\d$/.test(key)) ?? declared.find((key) => key === '2XX' || key === 'default')
  if (status === undefined) return { status: 204 }
  const [body] = Object.values(examples?.replies[status] ?? {})
  const [mediaType] = operation.replies[status]?.mediaTypes ?? []
  const number = /^\d+$/.test(status) ? Number(status) : 200
  if (mediaType === undefined) return { status: number }
  return { status: number, body, headers: { 'content-type': mediaType } }
}

/** The document's own example of the refusal with our message in it, or else problem details (RFC 9457). */
function refuseFromExamples(refusal: Refusal, status: number, operation?: Operation, examples?: OperationExamples) {
  const chosen = chooseStatus(refusal, status, operation)
  const key = declaredKey(chosen, operation)
  const [example] = Object.values(examples?.replies[key] ?? {})
  if (example !== undefined) {
    const [mediaType = 'application/json'] = operation?.replies[key]?.mediaTypes ?? []
    return { status: chosen, body: withMessage(example, refusal.message), headers: { 'content-type': mediaType } }
  }
  return {
    status: chosen,
    body: { type: 'about:blank', title: refusal.refused.replaceAll('-', ' '), status: chosen, detail: refusal.message },
    headers: { 'content-type': 'application/problem+json' },
  }
}

/** What an invalid request is answered with where only 422 is declared, or 401 where 403 is not. */
function chooseStatus(refusal: Refusal, status: number, operation?: Operation): number {
  const isDeclared = (code: number) => operation !== undefined && Object.hasOwn(operation.replies, String(code))
  if (isDeclared(status)) return status
  if ((refusal.refused === 'invalid' || refusal.refused === 'malformed-body') && isDeclared(422)) return 422
  if (refusal.refused === 'bad-credentials' && isDeclared(401)) return 401
  return status
}

/** How the refusal is declared: by its status, its range, or by `default` where that is not the success. */
function declaredKey(status: number, operation?: Operation): string {
  const keys = [String(status), `${Math.floor(status / 100)}XX`]
  const declared = Object.keys(operation?.replies ?? {})
  if (declared.some((key) => key.startsWith('2'))) keys.push('default')
  return keys.find((key) => declared.includes(key)) ?? String(status)
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
