/** A text of JSON (RFC 8259) sign by sign. All of it takes an index, and a text that can be parsed. */

const BACKSLASH = 92

/** The index of the quote that ends the string which begins at an index. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, index: number): boolean {
  let count = 0
  while (text.charCodeAt(index - 1 - count) === BACKSLASH) count++
  return count % 2 === 1
}

/** What a string says. @param start of its quotes @param end the one that ends it */
export function stringIn(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end)
  return written.includes('\\') ? JSON.parse(text.slice(start, end + 1)) : written
}

export function skipSpace(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) <= 32) at++
  return at
}

/** The index behind the value that begins at an index. */
export function skipValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at)
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') depth--
    else if (depth === 0) {
      while (at < text.length && !/[\s,\]}]/.test(text[at] as string)) at++
      return at
    }
    if (depth === 0) return at + 1
  }
  return text.length
}
