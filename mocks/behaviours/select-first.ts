/**
 * The first so many of a list in an order; what that leaves alike stays as it stood. Few are asked for, and to sort all of
 * a long list would take most of a call.
 */
export function selectFirst<T>(all: Iterable<T>, count: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = []
  let last: T | undefined
  for (const one of all) {
    if (last && compare(one, last) >= 0) continue
    first.push(one)
    if (first.length < 2 * count + 1000) continue
    first.sort(compare).length = count
    last = first[count - 1]
  }
  return first.sort(compare).slice(0, count)
}
