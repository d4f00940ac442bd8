import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { formOf } from '../../documents/resources/read-form.ts'
import type { World } from '../engine/vocabulary.ts'
import type { Member, RecordForm } from './kept-resource.ts'

/** When a record was last changed. */
const CHANGED = /\b(?:updated?|modified|changed?|last (?:updated?|modified|changed?)|edited)\b/

/** What has not happened to a new record, and perhaps never will. */
const NOT_YET =
  /\b(?:deleted|removed|archived|closed|completed|cancell?ed|finished|ended|failed|suspended|locked|blocked|banned|merged|resolved|seen|read|revoked|paid|shipped|delivered|last|used|failed|dismissed|verified|confirmed)\b/

/** What lies ahead. */
const LATER = /\b(?:expir\w*|until|due|end|ends|next|renew\w*|deadline|valid|scheduled|retention)\b/

/** How numbers of seconds are called; any other must have a format, or be called a date or a time. */
const NUMBERED = /\b(?:created|updated|modified|timestamp|unix|at|time|date)\b/

/** Numbers of seconds since 1970 in this century; in milliseconds a thousand times as much. */
const SECONDS = [900_000_000, 5_000_000_000] as const

/** When something about a record happened. */
export type Moment = 'made' | 'changed'

/**
 * What a member that the server makes says of the time: now, as the document writes it. Null, or undefined, where it speaks
 * of what has not happened.
 * @returns undefined also where the member says nothing of the time
 */
export function timeOf(
  { contract }: RecordForm,
  member: Member,
  example: unknown,
  world: World,
  moment: Moment,
): unknown {
  const words = wordsOf(member.name)
  const isChange = CHANGED.test(words)
  if (LATER.test(words) || (moment === 'changed' && !isChange)) return undefined
  const form = member.place && formOf(contract, member.place)
  const { format = '' } = keywordsOf(form?.place.schema)
  const isNumber = typeof example === 'number' || form?.types.has('integer') || form?.types.has('number')
  if (isNumber ? !isCount(words, format, example) : !isWritten(format, example)) return undefined
  if (!isChange && NOT_YET.test(words)) return member.isNullable ? null : undefined
  return isNumber ? countOf(world.now, example) : write(world, format, example)
}

/** Whether a server-made time has not come yet, so that its example would lie. */
export const isNotYet = ({ name }: Member): boolean => NOT_YET.test(wordsOf(name)) && !CHANGED.test(wordsOf(name))

function isCount(words: string, format: string, example: unknown): boolean {
  if (!NUMBERED.test(words)) return false
  if (typeof example !== 'number') return /time/.test(format)
  const seconds = example > SECONDS[1] ? example / 1000 : example
  return Number.isInteger(example) && seconds > SECONDS[0] && seconds < SECONDS[1]
}

const countOf = (now: Date, example: unknown): number =>
  Math.floor(typeof example === 'number' && example > SECONDS[1] ? now.getTime() : now.getTime() / 1000)

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/
const MAIL = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (\S+)$/

const isWritten = (format: string, example: unknown): boolean =>
  /^date(?:-time.*)?$/.test(format) || (typeof example === 'string' && (ISO.test(example) || MAIL.test(example)))

/** RFC 3339, or where the document's example is as in mails, RFC 5322; with a part of a second only where the example has one. */
function write({ now, timestamp }: World, format: string, example: unknown): string {
  if (format === 'date') return timestamp.slice(0, 10)
  const text = typeof example === 'string' ? example : ''
  const zone = MAIL.exec(text)?.[1]
  if (zone !== undefined || format.includes('rfc-2822')) return now.toUTCString().replace('GMT', zone ?? '+0000')
  const [, fraction, offset] = ISO.exec(text) ?? []
  if (fraction !== undefined || offset === undefined) return timestamp
  return timestamp.replace(/\.\d+Z$/, offset.startsWith('Z') ? 'Z' : '+00:00')
}
