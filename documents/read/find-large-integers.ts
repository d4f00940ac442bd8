/** A whole number of 16 digits or more that stands as a value, in JSON or YAML; a text in quotes is none. */
const WRITTEN = /(?<=(?:^|[:[,\s-])\s?)-?[1-9]\d{15,30}(?=\s*(?:[,}\]\r\n#]|$))/g

/** Whether a number may stand for several whole numbers. */
export const isLargeInteger = (value: unknown): value is number =>
  Number.isInteger(value) && !Number.isSafeInteger(value)

/**
 * The whole numbers of a text that no number of JavaScript is, as they are written, by the number that they are read as.
 * What is read from several texts is left out: nobody could tell which was meant.
 */
export function findLargeIntegers(texts: Iterable<string>): ReadonlyMap<number, string> {
  const found = new Map<number, string | undefined>()
  for (const text of texts) {
    for (const [written] of text.matchAll(WRITTEN)) {
      const read = Number(written)
      found.set(read, found.has(read) && found.get(read) !== written ? undefined : written)
    }
  }
  return new Map(
    [...found].filter((entry): entry is [number, string] => entry[1] !== undefined && String(entry[0]) !== entry[1]),
  )
}
