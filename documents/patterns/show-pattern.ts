/** Characters of a pattern that a sentence has room for. */
const SHOWN = 1000

/** A pattern as a message shows it. */
export const showPattern = (pattern: string): string =>
  pattern.length > SHOWN ? `${pattern.slice(0, SHOWN).toWellFormed()}…` : pattern
