/** A document has few names, and each is asked for with every call. */
const known = new Map<string, string>()
const MOST = 10_000
const LONGEST = 100

/** The words of a name, in small letters: `created at` of `createdAt`, `created_at` and `Created-At`. */
export function wordsOf(name: string): string {
  // As most names are written.
  if (/^[a-z\d]+$/.test(name)) return name
  const before = known.get(name)
  if (before !== undefined) return before
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase()
  // Clients may invent names without end.
  if (known.size >= MOST) known.clear()
  if (name.length <= LONGEST) known.set(name, words)
  return words
}
