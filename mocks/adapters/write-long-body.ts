import { isJson } from '../engine/validate-call.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { isBodiless } from './write-body.ts'

/** A text that is longer is written in pieces of so many UTF-16 units. */
const PIECE = 2 ** 16
export const isLongText = (value: unknown): boolean => typeof value === 'string' && value.length > PIECE

/** So many items or members are written at once, unless they are long. */
const AT_ONCE = 500
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
  const isMuch = (one: unknown): boolean => --left < 0 || visit(one)
  const visit = (one: unknown): boolean => {
    if (typeof one !== 'object' || one === null) return isLongText(one)
    // To go through the positions of a list by name takes far longer.
    const found = Array.isArray(one) ? one.some(isMuch) : someMember(one, isMuch)
    if (found) known.add(one)
    return found
  }
  return known.has(value) || visit(value)
}

function someMember(holder: object, matches: (member: unknown) => boolean): boolean {
  for (const name in holder) if (matches(holder[name as keyof object])) return true
  return false
}

function* writeValue(value: unknown, long: Long): Generator<string> {
  if (isLongText(value)) yield* writeText(value as string)
  else if (typeof value !== 'object' || value === null || !isLong(value, long)) yield JSON.stringify(value) ?? 'null'
  else if (Array.isArray(value)) {
    let before = '['
    for (let at = 0; at < value.length; at += AT_ONCE) {
      const items = value.slice(at, at + AT_ONCE)
      const parts = isLong(items, long) ? items.map((item) => writeValue(item, long)) : [[inner(items)]]
      for (const part of parts) {
        yield before
        yield* part
        before = ','
      }
    }
    yield ']'
  } else {
    const names = Object.keys(value)
    let before = '{'
    for (let at = 0; at < names.length; at += AT_ONCE) {
      const few = names.slice(at, at + AT_ONCE).filter((name) => value[name as keyof object] !== undefined)
      if (few.length === 0) continue
      const members = few.map((name): unknown => value[name as keyof object])
      const parts = isLong(members, long)
        ? few.map((name, index) => writeMember(name, members[index], long))
        : [[few.map((name, index) => `${JSON.stringify(name)}:${JSON.stringify(members[index])}`).join(',')]]
      for (const part of parts) {
        yield before
        yield* part
        before = ','
      }
    }
    yield before === ',' ? '}' : '{}'
  }
}

function* writeMember(name: string, value: unknown, long: Long): Generator<string> {
  yield `${JSON.stringify(name)}:`
  yield* writeValue(value, long)
}

/** The JSON of a list without its brackets. */
const inner = (value: readonly unknown[]): string => JSON.stringify(value).slice(1, -1)

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
