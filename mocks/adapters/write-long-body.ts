import { isJson } from '../engine/validate-call.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { isBodiless } from './write-body.ts'

/** A text that is longer is written in pieces of so many UTF-16 units. */
const PIECE = 2 ** 16
export const isLongText = (value: unknown): boolean => typeof value === 'string' && value.length > PIECE

/** What has no more values, and no long text, is written at once. */
const FEW = 10_000

/**
 * The JSON of a body that takes long to write, in pieces that together are what `JSON.stringify` writes; undefined where it
 * is short, or no JSON.
 */
export function writeLongBody(reply: Reply): Iterable<string> | undefined {
  const { headers, body } = reply
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  if (isBodiless(reply) || !isJson(mediaType)) return undefined
  const long: Long = new Set()
  return isLong(body, long) ? writeValue(body, long) : undefined
}

/** The lists and objects that are known to hold much. */
type Long = Set<unknown>

/** Whether it is a long text, or holds one, or many values. */
function isLong(value: unknown, known: Long): boolean {
  let left = FEW
  const visit = (one: unknown): boolean => {
    if (typeof one !== 'object' || one === null) return isLongText(one)
    for (const name in one) {
      if (!(--left < 0 || visit(one[name as keyof object]))) continue
      known.add(one)
      return true
    }
    return false
  }
  return known.has(value) || visit(value)
}

function* writeValue(value: unknown, long: Long): Generator<string> {
  if (isLongText(value)) yield* writeText(value as string)
  else if (typeof value !== 'object' || !isLong(value, long)) yield JSON.stringify(value) ?? 'null'
  else if (Array.isArray(value)) {
    let before = '['
    for (const item of value) {
      yield before
      yield* writeValue(item, long)
      before = ','
    }
    yield ']'
  } else {
    let before = '{'
    for (const name in value) {
      const member: unknown = value[name as keyof object]
      if (member === undefined) continue
      yield `${before}${JSON.stringify(name)}:`
      yield* writeValue(member, long)
      before = ','
    }
    yield before === ',' ? '}' : '{}'
  }
}

function* writeText(text: string): Generator<string> {
  yield '"'
  for (let at = 0; at < text.length; ) {
    let end = at + PIECE
    // Half of a pair alone would be written as an escape.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end++
    yield JSON.stringify(text.slice(at, end)).slice(1, -1)
    at = end
  }
  yield '"'
}
