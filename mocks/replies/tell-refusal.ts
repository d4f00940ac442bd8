import type { Refusal } from '../engine/vocabulary.ts'

/** Problem details as JSON (RFC 9457, section 3). */
export const PROBLEM = 'application/problem+json'

/** Of the statuses that refusals have here; RFC 9110, section 15, and RFC 6585, sections 3 and 4. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

/** What a status is called; of one that is not known here, nothing more than that. */
export const phraseOf = (status: number): string => PHRASES[status] ?? `status ${status}`

/** The members of problem details. Without a type of its own a problem is called as its status is (RFC 9457, section 4.2.1). */
export const problemOf = ({ refused, message }: Pick<Refusal, 'refused' | 'message'>, status: number) => ({
  type: 'about:blank',
  title: PHRASES[status] ?? refused,
  status,
  detail: message,
})

/** A refusal as problem details of our own. */
export const tellProblem = (refusal: Refusal, status: number) => ({
  status,
  body: problemOf(refusal, status),
  headers: { 'content-type': PROBLEM },
})

/** How members are called that hold a message for people, without case and what stands between words; the surest first. */
const MESSAGE_NAMES = [
  'message',
  'errormessage',
  'msg',
  'detail',
  'details',
  'errordescription',
  'description',
  'reason',
  'error',
  'title',
]

/** Those that hold the status of the reply. */
export const STATUS_NAMES = ['status', 'statuscode', 'httpstatus', 'httpstatuscode']

/** A name without case and what stands between its words. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[_-]/g, '')

/**
 * A copy with our message in the first member that is called like one, however deep; the example itself if none is. Of a
 * list the first item is ours, and alone.
 * @param status also goes into a number beside the message that is called like one
 */
export function withMessage(example: unknown, message: string, status?: number): unknown {
  if (typeof example !== 'object' || example === null) return example
  if (Array.isArray(example)) {
    const first = withMessage(example[0], message, status)
    return first === example[0] ? example : [first]
  }
  const members = example as Record<string, unknown>
  const texts = Object.keys(members).filter((key) => typeof members[key] === 'string')
  const name = MESSAGE_NAMES.flatMap((known) => texts.find((key) => plainName(key) === known) ?? [])[0]
  if (name !== undefined) return { ...members, ...statusesOf(members, status), [name]: message }
  for (const [key, member] of Object.entries(members)) {
    const changed = withMessage(member, message, status)
    if (changed !== member) return { ...members, ...statusesOf(members, status), [key]: changed }
  }
  return example
}

function statusesOf(members: Readonly<Record<string, unknown>>, status: number | undefined): Record<string, number> {
  if (status === undefined) return {}
  const names = Object.keys(members).filter(
    (key) => typeof members[key] === 'number' && STATUS_NAMES.includes(plainName(key)),
  )
  return Object.fromEntries(names.map((key) => [key, status]))
}
