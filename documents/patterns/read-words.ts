import { onceForText } from './once-for-text.ts'

/** The words of a name, in small letters: `created at` of `createdAt`, `created_at` and `Created-At`. */
export const wordsOf = (name: string): string =>
  // As most names are written.
  /^[a-z\d]+$/.test(name) ? name : splitWords(name)

const splitWords = onceForText((name) =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase(),
)
