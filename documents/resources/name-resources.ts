import type { Sketch } from './sketch-resources.ts'

/**
 * Names resources after their paths, parents first: `pets`, `owners.pets`. Where a name would be another's, the words
 * before it in the path come to it: `admin.users`.
 * @param stated names that the document gives
 */
export function nameResources(
  sketches: readonly Sketch[],
  stated: ReadonlyMap<Sketch, string> = new Map(),
): ReadonlyMap<Sketch, string> {
  const names = new Map<Sketch, string>()
  const taken = new Set<string>(stated.values())
  for (const sketch of [...sketches].sort(byDepth)) {
    const given = stated.get(sketch)
    if (given !== undefined) {
      names.set(sketch, given)
      continue
    }
    const own = ownWords(sketch)
    const parent = sketch.parent && names.get(sketch.parent)
    const called = (count: number) => [...(parent === undefined ? [] : [parent]), ...own.slice(-count)].join('.')
    let name = called(1)
    for (let count = 2; taken.has(name) && count <= own.length; count++) name = called(count)
    const stem = name
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`
    taken.add(name)
    names.set(sketch, name)
  }
  return names
}

/** What lies deeper comes later, and of the same depth the longer path: the shorter has the better claim to its last word. */
const byDepth = (one: Sketch, other: Sketch): number =>
  depthOf(one) - depthOf(other) || one.steps.length - other.steps.length

const depthOf = (sketch: Sketch): number => (sketch.parent ? depthOf(sketch.parent) + 1 : 0)

/** The words of its path below its parent's item; where it has none, what its items are called. */
function ownWords({ steps, parent, noun }: Sketch): string[] {
  const own = steps.slice(parent ? parent.steps.length + 1 : 0).filter(({ parameter }) => parameter === undefined)
  return own.length > 0 ? own.map(({ text }) => text) : [noun.replaceAll(' ', '_')]
}
