import { sentenceOf } from './validate-call.ts'
import {
  type Operation,
  type OperationValidators,
  type Refusal,
  type Reply,
  refuse,
  type Validate,
} from './vocabulary.ts'

/**
 * Holds a behaviour's reply to the document before anything is committed: its status must be declared and its body must
 * satisfy the declared schema.
 */
export function checkReply(operation: Operation, validators: OperationValidators, reply: Reply): Refusal | undefined {
  const breach = findBreach(operation, validators, reply)
  return breach === undefined ? undefined : broken(operation, breach)
}

/** What a reply does that its operation does not declare, in words that follow the operation's name. */
export function findBreach(
  operation: Operation,
  validators: OperationValidators,
  reply: Pick<Reply, 'status' | 'body'>,
): string | undefined {
  const declared = declaredStatus(operation, reply.status)
  if (declared === undefined) return `answers ${reply.status}, which it does not declare`
  const { mediaTypes } = operation.replies[declared] as Operation['replies'][string]
  if (mediaTypes.length === 0 && reply.body !== undefined) {
    return `answers ${reply.status} with a body, where none is declared`
  }
  const validate: Validate | undefined = validators.replies[declared]
  if (!validate || validate(reply.body)) return undefined
  const error = validate.errors?.[0]
  const rule = error ? `${error.instancePath || 'the body'} ${sentenceOf(error)}` : 'the body is not valid'
  return `answers ${reply.status}, but ${rule}`
}

/** The key under which a status is declared: itself, its range (`4XX`) or `default` (OpenAPI 3.1, Responses Object). */
export function declaredStatus(operation: Operation, status: number): string | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default']
  return keys.find((key) => Object.hasOwn(operation.replies, key))
}

/** A fault of whoever wrote the behaviour: nothing is committed, and it says so loudly. */
export const broken = (operation: Operation, what: string): Refusal =>
  refuse('broken-reply', `the behaviour of ${operation.id} failed: it ${what}; nothing was changed`, {
    rule: 'check-reply',
  })
