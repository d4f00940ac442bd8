import type { Selected, Selection } from './vocabulary.ts'

/** So many records are looked at in a step. */
const LOOKED_AT = 200
/** So many are sorted in a step. */
const SORTED = 1000
/** Of two sorted lists, so many are put in order in a step. */
const MERGED = 5000

type Steps<T> = Generator<void, T>

/** One that is picked: as it is kept, and what it is ordered by. */
interface Entry {
  readonly held: object | string
  readonly by: unknown
}

/**
 * What `Draft.select` gives, in steps, of the records as they were when it began. Those that are kept as text are read one by
 * one, and none stays: a million of them would not fit.
 */
export function* selectInSteps(
  kept: readonly (object | string)[],
  selection: Selection<object>,
): Steps<Selected<object>> {
  const { picks, by, compare, isTurned, first = Number.POSITIVE_INFINITY } = selection
  const found: Entry[] = []
  for (const [index, held] of kept.entries()) {
    if (index % LOOKED_AT === 0) yield
    const record = recordOf(held)
    if (picks && !picks(record)) continue
    found.push({ held, by: by?.(record) })
  }
  if (isTurned) found.reverse()
  const inOrder = compare
    ? yield* sort(found, (one, other) => (isTurned ? compare(other.by, one.by) : compare(one.by, other.by)), first)
    : found
  return {
    length: found.length,
    slice: (from, to) => inOrder.slice(from, to).map(({ held }) => recordOf(held)),
  }
}

const recordOf = (held: object | string): object => (typeof held === 'string' ? JSON.parse(held) : held)

type Compare = (one: Entry, other: Entry) => number

/** The first so many in order; what is alike stays as it stood. */
function* sort(all: readonly Entry[], compare: Compare, first: number): Steps<readonly Entry[]> {
  let runs: Entry[][] = []
  for (let at = 0; at < all.length; at += SORTED) {
    yield
    runs.push(
      all
        .slice(at, at + SORTED)
        .sort(compare)
        .slice(0, first),
    )
  }
  while (runs.length > 1) {
    const merged: Entry[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [one = [], other] = runs.slice(at, at + 2)
      merged.push(other ? yield* merge(one, other, compare, first) : one)
    }
    runs = merged
  }
  return runs[0] ?? []
}

function* merge(one: readonly Entry[], other: readonly Entry[], compare: Compare, first: number): Steps<Entry[]> {
  const merged: Entry[] = []
  let [left, right] = [0, 0]
  yield
  while (left < one.length && right < other.length && merged.length < first) {
    const isRight = compare(one[left] as Entry, other[right] as Entry) > 0
    merged.push((isRight ? other[right++] : one[left++]) as Entry)
    if (merged.length % MERGED === 0) yield
  }
  return merged.concat(one.slice(left), other.slice(right)).slice(0, first)
}
