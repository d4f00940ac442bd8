/** What a member or an item takes beside its content, in bytes. */
const VALUE = 16

/** What a value takes, about, in bytes. No text is made of it, which might be too long. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return VALUE + value.length
  if (typeof value !== 'object' || value === null) return VALUE
  let size = VALUE
  for (const name in value) size += VALUE + sizeOf((value as Record<string, unknown>)[name])
  return size
}

/** What a record takes beside its content: its place in a collection and in the indexes of that, in bytes. */
const RECORD = 300
/** Of so many objects of a collection the size is found out one by one, and of more, the rest is taken for alike. */
const MOST_MEASURED = 1000

/** What records take that are kept as texts or as objects, about, in bytes. */
export function sizeOfRecords(records: readonly (object | string)[]): number {
  let [size, count, measured] = [RECORD * records.length, 0, 0]
  // In a list of a million the iterator of `for of` takes half of the time.
  for (let at = 0; at < records.length; at++) {
    const held = records[at]
    if (typeof held === 'string') size += held.length
    else if (count++ < MOST_MEASURED) measured += sizeOf(held)
  }
  return size + measured * Math.max(1, count / MOST_MEASURED)
}
