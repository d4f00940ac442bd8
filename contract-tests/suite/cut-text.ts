/** The beginning of a text, with a sign where it goes on. */
export const excerpt = (text: string, length = 200): string =>
  text.length > length ? `${cutText(text, length)}…` : text

/**
 * The beginning of a text, at most so many characters. Never half a surrogate pair; and never half a token that stands
 * behind something else: half a secret is not recognised by who hides secrets.
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  let end = length
  while (end > 0 && isToken(text[end]) && isToken(text[end - 1])) end--
  const head = text.slice(0, end === 0 ? length : end).replace(/[\uD800-\uDBFF]$/, '')
  // A slice keeps the whole text in memory: two hundred characters would keep 9 MB.
  return JSON.parse(JSON.stringify(head))
}

/** ASCII that credentials may be made of: all but delimiters. */
const isToken = (char = ''): boolean => /^[!#-'*+\--;=?-Z\\^-z|~]$/.test(char)
