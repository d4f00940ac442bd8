import type { Json } from './json.ts'

/**
 * JSON Pointers (RFC 6901), in two spellings. Into a body or a reply they are plain: `/users/0/a~1b`. Into a document they
 * are URI fragments, as in a `$ref` (section 6): they begin with `#`, and what a fragment cannot hold (RFC 3986, section
 * 3.5) is percent-encoded: `#/paths/~1pets~1%7BpetId%7D/get`. A pointer leads where its tokens say, through no `$ref`.
 */
export type Pointer = string

/** The pointer of what stands below another, in the spelling of that. */
export function below(pointer: Pointer, ...tokens: readonly (string | number)[]): Pointer {
  const write = pointer.startsWith('#') ? encodeToken : escapeToken
  let longer = pointer
  for (const token of tokens) longer += `/${write(String(token))}`
  return longer
}

/** A plain pointer. */
export const toPointer = (tokens: readonly string[]): Pointer => below('', ...tokens)

const escapeToken = (token: string): string =>
  /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token

const encodeToken = (token: string): string =>
  /^[\w.-]*$/.test(token) ? token : encodeURI(escapeToken(token).toWellFormed()).replaceAll('#', '%23')

/**
 * The tokens of a pointer in either spelling. In a fragment, characters that should be percent-encoded may stand as they
 * are: `$ref`s are written by hand.
 * @returns undefined where the text is no pointer
 */
export function parsePointer(text: string): string[] | undefined {
  const isFragment = text.startsWith('#')
  const [before, ...tokens] = text.split('/')
  if (before !== (isFragment ? '#' : '')) return undefined
  return tokens.map((token) => unescapeToken(isFragment ? decodeToken(token) : token))
}

/** The same pointer into a document as `below` would have made it, from one that was written by hand. */
export const normalize = (pointer: Pointer): Pointer => below('#', ...(parsePointer(pointer) ?? []))

/** In this order: `~01` is `~1` and no slash (section 4). */
const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

function decodeToken(token: string): string {
  if (!token.includes('%')) return token
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

/** What a pointer leads to. @returns undefined where that is nothing */
export function valueAt(value: Json, pointer: Pointer): Json {
  const tokens = parsePointer(pointer)
  let at: Json = tokens && value
  for (const token of tokens ?? []) at = has(at, token) ? at[token] : undefined
  return at
}

/** All that a pointer leads to; a token `*`, which RFC 6901 does not have, stands for every item of a list. */
export function valuesAt(value: Json, pointer: Pointer): Json[] {
  const tokens = parsePointer(pointer)
  let values: Json[] = tokens ? [value] : []
  for (const token of tokens ?? []) {
    values = values.flatMap((one) => {
      if (token === '*') return Array.isArray(one) ? one : []
      return has(one, token) ? [one[token]] : []
    })
  }
  return values
}

/** Of a list, only its items: its length is a member of its own in JavaScript, and none in JSON. */
const has = (value: Json, token: string): boolean =>
  typeof value === 'object' && value !== null && Object.prototype.propertyIsEnumerable.call(value, token)

/** The same with every index 0 as `*`: in a path through a schema it stands for any item. */
export const withAnyIndex = (pointer: Pointer): Pointer => pointer.replace(/\/0(?=\/|$)/g, '/*')
