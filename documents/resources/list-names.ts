import { keyOf, type Places, type Step } from './read-paths.ts'
import { isManyAlone, isReadingAlone } from './tell-words.ts'

/** What may turn out to be a resource, told by paths and methods alone. */
interface Candidate {
  readonly key: string
  /** In the words of its path below its parent's item. */
  readonly own: readonly string[]
  readonly parent: Candidate | undefined
  readonly depth: number
  readonly length: number
}

/** The names of what may be a resource: by the key of its place; a single thing beside several has a space behind it. */
export type Names = ReadonlyMap<string, string>

/**
 * Names whatever may be a resource after its path, parents first: `pets`, `owners.pets`. Where a name would be another's,
 * the words before it in the path come to it: `admin.users`. Paths and methods alone decide, so that a name is the same
 * whatever else is known by then.
 */
export function listNames(places: Places): Names {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { key, own, parent } of listCandidates(places).sort(byDepth)) {
    const above = parent && names.get(parent.key)
    const called = (count: number) => [...(above === undefined ? [] : [above]), ...own.slice(-count)].join('.')
    let name = called(1)
    for (let count = 2; taken.has(name) && count <= own.length; count++) name = called(count)
    const stem = name
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`
    taken.add(name)
    names.set(key, name)
  }
  return names
}

/** What lies deeper comes later, and of the same depth the longer path: the shorter has the better claim to its last word. */
const byDepth = (one: Candidate, other: Candidate): number => one.depth - other.depth || one.length - other.length

function listCandidates(places: Places): Candidate[] {
  const found = new Map<string, Candidate>()
  const hasItems = (key: string) => isNamed(places, `${key}/{}`)
  for (const { steps } of places.values()) {
    for (const [at, { parameter, key, words }] of steps.entries()) {
      if (parameter !== undefined && isNamed(places, key)) add(steps.slice(0, at), words)
    }
  }
  for (const { steps, operations } of places.values()) {
    const last = steps.at(-1)
    if (!last) continue
    // `/breeds/{breed}` alone shows one breed or lists several, never both.
    if (last.parameter !== undefined && !places.has(keyOf(steps.slice(0, -1))) && !hasItems(last.key)) continue
    add(steps, last.words)
    if (isManyAlone(last.words)) add(steps.slice(0, -1), last.words)
    const has = (...methods: string[]) => operations.some(({ method }) => methods.includes(method))
    if (hasItems(last.key) || (has('POST') && has('DELETE') && !has('GET', 'PUT', 'PATCH'))) add(steps, last.words, ' ')
  }
  return [...found.values()]

  /** @param words what its items are called where its path has no word of its own */
  function add(steps: readonly Step[], words: string, mark = ''): Candidate {
    const key = keyOf(steps) + mark
    const known = found.get(key)
    if (known) return known
    const around = steps.findLastIndex((step) => step.parameter !== undefined && isNamed(places, step.key))
    const parent = around < 0 ? undefined : add(steps.slice(0, around), (steps[around] as Step).words)
    const own = steps.slice(around + 1).filter(({ parameter }) => parameter === undefined)
    const candidate: Candidate = {
      key,
      own: own.length > 0 ? own.map(({ text }) => text) : [words.replaceAll(' ', '_')],
      parent,
      depth: parent ? parent.depth + 1 : 0,
      length: steps.length,
    }
    found.set(key, candidate)
    return candidate
  }
}

/** Whether a path with a parameter at its end may name an item. */
const isNamed = (places: Places, key: string): boolean =>
  places.has(key) || places.below(key).some(({ steps }) => isReadingAlone(steps.at(-1)?.words ?? ''))
