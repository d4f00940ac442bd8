import type { Validate } from '../../documents/contract/table.ts'
import type { Refusal } from '../engine/vocabulary.ts'
import { problemOf, withMessage } from './tell-refusal.ts'

/** What is told in a body, and how. */
export interface Telling {
  readonly refused: Refusal['refused']
  readonly message: string
  readonly status: number
  /** Members of problem details mean what they mean there alone (RFC 9457, section 3). */
  readonly isProblem: boolean
  /** The document gives the body: more than a message is its own to say. */
  readonly isExample: boolean
}

/**
 * A body of a refusal with our message in the member that is called like one, as long as the schema lets it be; the body
 * itself where it has room for none.
 * @param validate undefined: nothing is said of the body
 */
export function fitMessage(value: unknown, telling: Telling, validate: Validate | undefined): unknown {
  const isValid = (one: unknown): boolean => validate?.(one) !== false
  for (const build of waysToTell(value, telling)) {
    const told = build(telling.message)
    if (isValid(told)) return told
    const limit = validate?.errors?.find(({ keyword }) => keyword === 'maxLength')?.params['limit']
    const short = typeof limit === 'number' ? build(cut(telling.message, limit)) : value
    if (isValid(short)) return short
  }
  return value
}

/** The fullest first. */
function waysToTell(
  value: unknown,
  { refused, status, isProblem, isExample }: Telling,
): ((message: string) => unknown)[] {
  if (typeof value === 'string') return isExample ? [] : [(message) => message]
  if (isExample) {
    const bare = (message: string) => withMessage(value, message)
    return isProblem ? [(message) => withMessage(value, message, status), bare] : [bare]
  }
  const whole = (message: string): object => ({ ...Object(value), ...problemOf({ refused, message }, status) })
  return [
    ...(isProblem ? [whole, (message: string) => pick(whole(message), value)] : []),
    (message: string) => withMessage(value, message, status),
    (message: string) => withMessage(value, message),
    // Where nothing is said of the members of an object, one may be there.
    ...(isEmpty(value) ? [(message: string) => ({ message })] : []),
  ].filter((build) => build('') !== value)
}

/** Without the members that a body has not. */
const pick = (body: object, value: unknown): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(Object(value), name)))

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0

/** In characters, not in UTF-16 units (JSON Schema Validation, section 6.3.1). */
const cut = (text: string, limit: number): string => [...text].slice(0, limit).join('')
