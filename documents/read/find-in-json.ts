import { endOfString, skipSpace, skipValue, stringIn } from './scan-json.ts'
import type { FindInText } from './span.ts'

/** A member with its name, or an item. */
interface Placed {
  readonly start: number
  /** Where its value begins. */
  readonly value: number
  readonly end: number
}

/** As `readPlaces`, of a text of JSON: only what stands around a place is looked at, and once. A large text takes no time. */
export function readJsonPlaces(text: string): FindInText {
  const known = new Map<number, ReadonlyMap<string, Placed>>()
  const membersAt = (start: number): ReadonlyMap<string, Placed> => {
    const members = known.get(start) ?? readMembers(text, start)
    known.set(start, members)
    return members
  }
  return (tokens) => {
    const root = skipSpace(text, 0)
    let at: Placed = { start: root, value: root, end: text.trimEnd().length }
    for (const [depth, token] of tokens.entries()) {
      const next = membersAt(at.value).get(token)
      if (!next) return { start: at.start, end: at.end, depth }
      at = next
    }
    return { start: at.start, end: at.end, depth: tokens.length }
  }
}

/** The members of an object by their names, the items of a list by their indices; none of any other value. */
function readMembers(text: string, start: number): ReadonlyMap<string, Placed> {
  const members = new Map<string, Placed>()
  const isObject = text[start] === '{'
  if (!isObject && text[start] !== '[') return members
  let at = skipSpace(text, start + 1)
  for (let index = 0; text[at] !== '}' && text[at] !== ']'; index++) {
    const begin = at
    let name = String(index)
    if (isObject) {
      const end = endOfString(text, at)
      name = stringIn(text, at, end)
      at = skipSpace(text, skipSpace(text, end + 1) + 1)
    }
    const value = at
    const end = skipValue(text, value)
    if (!members.has(name)) members.set(name, { start: begin, value, end })
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return members
}
