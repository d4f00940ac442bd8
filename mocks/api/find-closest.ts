/**
 * The known name that a word was most likely meant to be, and how many letters must be put in, taken out or replaced
 * for it (Levenshtein's distance); of several as near the first. Nothing where nothing is known.
 */
export function findClosest(word: string, known: readonly string[]): { name: string; distance: number } | undefined {
  let closest: { name: string; distance: number } | undefined
  for (const name of known) {
    const distance = distanceOf(word, name)
    if (!closest || distance < closest.distance) closest = { name, distance }
  }
  return closest
}

/** Row by row of the table of distances between all beginnings of the two. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let line = 0; line < one.length; line++) {
    const next = [line + 1]
    for (let at = 0; at < other.length; at++) {
      const [diagonal, above, before] = [row[at], row[at + 1], next[at]] as [number, number, number]
      next.push(Math.min(above + 1, before + 1, one[line] === other[at] ? diagonal : diagonal + 1))
    }
    row = next
  }
  return row.at(-1) as number
}
