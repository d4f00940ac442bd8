import { onceFor } from '../../documents/read/once.ts'
import type { Operation, Refusal } from '../engine/vocabulary.ts'

/** What is so whoever asks for whatever (RFC 9110, sections 15.5.11 and 15.6.2; RFC 7725, section 3). */
const LASTING = ['410', '451', '501']

/** A range is answered with the most usual of its statuses. */
const OF_RANGE: Readonly<Record<string, number>> = { '2XX': 200, '3XX': 302, default: 200 }

interface Success {
  readonly status: number
  readonly key?: string
}

/**
 * What a valid request is answered with: the first success that is declared, or else the first redirection, or what every
 * status is declared by, if that is no error, or an end that is lasting. Where nothing is declared but how requests fail: 204.
 */
export const chooseSuccess = ({ replies }: Operation): Success => findSuccess(replies)

/** Each call asks several times. */
const findSuccess = onceFor((replies: Operation['replies']): Success => {
  const declared = Object.keys(replies).filter((key) => !replies[key]?.isError)
  const [key] = [
    ...['2', '3', 'default'].flatMap((start) => declared.filter((one) => one.startsWith(start))),
    ...declared.filter((one) => LASTING.includes(one)),
  ]
  return key === undefined ? { status: 204 } : { status: OF_RANGE[key] ?? Number(key), key }
})

/**
 * What an invalid request is answered with where only 422 is declared, or 401 where 403 is not, or the other way round; and
 * where 428 is, one without the condition that it must have (RFC 6585, section 3).
 */
export function chooseRefusal(refusal: Refusal, status: number, operation: Operation): number {
  const { refused } = refusal
  const isDeclared = (code: number) => Object.hasOwn(operation.replies, String(code))
  if (isDeclared(428) && lacksCondition(refusal)) return 428
  if (isDeclared(status)) return status
  if ((refused === 'invalid' || refused === 'malformed-body') && isDeclared(422)) return 422
  if (refused === 'bad-credentials' && isDeclared(401)) return 401
  // A range that has 401 declares it as well.
  const isInRange = ['4XX', 'default'].some((range) => Object.hasOwn(operation.replies, range))
  if (refused === 'no-credentials' && isDeclared(403) && !isInRange) return 403
  return status
}

/** Which header is missing stands in the message alone. */
const lacksCondition = ({ refused, at, rule, message }: Refusal): boolean =>
  refused === 'invalid' && at === 'header' && rule === 'required' && /\bif-(?:match|unmodified-since)\b/i.test(message)

/** Whether an operation says what a request that is right is answered with. */
export const hasSuccess = (operation: Operation): boolean => chooseSuccess(operation).key !== undefined
