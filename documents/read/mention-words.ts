/** Whether one of some words may stand in a text as a name or a whole value. Words that are not there are looked for once. */
export type Mentions = (words: readonly string[]) => boolean

/** Looks in a text of JSON, or of YAML. None of the words may have a meaning of its own in a regular expression. */
export function createMentions({ text, isJson }: { readonly text: string; readonly isJson: boolean }): Mentions {
  let hides: boolean | undefined
  const missing = new Set<string>()
  return (words) => {
    const unknown = words.filter((word) => !missing.has(word))
    if (unknown.length > 0) {
      const any = unknown.join('|')
      const pattern = isJson ? `"(?:${any})"` : `(?<!\\w)(?:${any})(?!\\w)`
      if (new RegExp(pattern).test(text)) return true
      for (const word of unknown) missing.add(word)
    }
    return (hides ??= hidesLetters(text))
  }
}

/** A letter of ASCII or an underline as an escape; many write `<` and `&` of all texts so, which are in no word. */
const LETTER = /^(?:u00|x|u000000)(?:[46][1-9a-f]|5[0-9af]|7[0-9a])/i

/** Whether a letter of ASCII is written as an escape: then words cannot be found. */
function hidesLetters(text: string): boolean {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
    if (LETTER.test(text.slice(at + 1, at + 10))) return true
  }
  return false
}
