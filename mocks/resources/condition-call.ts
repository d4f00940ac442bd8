import type { Input, Refusal } from '../engine/vocabulary.ts'
import { refuse } from '../engine/vocabulary.ts'
import { digest } from '../engine/world.ts'
import type { KeptRecord } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'

/** What tells one state of a record from any other (RFC 9110, section 8.8.3). */
export const tagOf = ({ data }: KeptRecord): string => `"${digest(JSON.stringify(data)).slice(0, 16)}"`

/** The header ETag where one of an operation's replies declares it. */
export const tagHeader = ({ declared }: Scene, status: number, record: KeptRecord): Record<string, string> => {
  const reply = declared.replies.find((one) => one.status === String(status))
  return reply?.headers.some(({ name }) => name.toLowerCase() === 'etag') ? { etag: tagOf(record) } : {}
}

/** Whether the client has a record as it is already: a reply of 304 says so (RFC 9110, section 13.1.2). */
export const isFresh = ({ operation }: Scene, { headers }: Input, record: KeptRecord): boolean =>
  Object.hasOwn(operation.replies, '304') && matches(sent(headers, 'if-none-match'), record) === true

/** Refuses a change of what is not as the client believes it to be (RFC 9110, sections 13.1.1 and 13.1.2). */
export function refuseStale({ headers }: Input, record: KeptRecord | undefined): Refusal | undefined {
  const isChanged = matches(sent(headers, 'if-match'), record) === false
  const isThere = matches(sent(headers, 'if-none-match'), record) === true
  if (!isChanged && !isThere) return undefined
  const name = isChanged ? 'If-Match' : 'If-None-Match'
  const words = record ? `the record is at ${tagOf(record)}` : 'there is no such record'
  return refuse('failure', `${name} does not hold: ${words}`, {
    status: 412,
    rule: name.toLowerCase(),
    at: `header/${name.toLowerCase()}`,
  })
}

/** Declared headers are known by the names that the document has for them, and come behind. */
const sent = (headers: Input['headers'], name: string): unknown =>
  Object.entries(headers).findLast(([own]) => own.toLowerCase() === name)?.[1]

/** Undefined where the client sets no condition. */
function matches(condition: unknown, record: KeptRecord | undefined): boolean | undefined {
  if (condition === undefined) return undefined
  const tags = String(condition)
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return record !== undefined && (tags.includes('*') || tags.includes(tagOf(record)))
}
