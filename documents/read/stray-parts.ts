import { COMPONENTS, type Kind } from './grammar.ts'
import type { Json } from './json.ts'
import { below, normalize, type Pointer, parsePointer } from './json-pointer.ts'
import { kindAt } from './kind-at.ts'
import type { MovedParts } from './moved-parts.ts'

/** A part that is referred to and no component. */
export interface Stray {
  readonly kind: Kind
  /** Of the component that it becomes. */
  readonly name: string
  /** Where it stands. */
  readonly reference: Pointer
  readonly goal: Pointer
}

/**
 * What is referred to and stands within another part, or where only data do, as `#/definitions` does: it becomes a
 * component, because generators of types and validators only know those well.
 */
export class StrayParts implements Iterable<Stray> {
  readonly #document: Json
  readonly #moved: MovedParts
  readonly #onFound: (stray: Stray) => void
  readonly #known = new Map<Pointer, Stray>()
  /** The names in each map of components. */
  readonly #taken = new Map<string, Set<string>>()

  /** @param onFound is told of each as soon as something refers to it */
  constructor(document: Json, moved: MovedParts, onFound: (stray: Stray) => void) {
    this.#document = document
    this.#moved = moved
    this.#onFound = onFound
  }

  /** Where a reference is to lead. */
  goalOf(kind: Kind, reference: Pointer): Pointer {
    const tokens = parsePointer(reference) ?? []
    if (tokens.length === 3 && tokens[0] === 'components' && kindAt(reference) !== undefined) return reference
    const key = `${kind} ${normalize(reference)}`
    const known = this.#known.get(key)
    if (known) return known.goal
    const name = this.#nameFor(kind, tokens)
    const goal = below('#/components', COMPONENTS[kind] as string, name)
    const stray = { kind, name, reference, goal }
    this.#known.set(key, stray)
    this.#moved.add(goal, normalize(reference))
    this.#onFound(stray)
    return goal
  }

  /** All that were found. */
  [Symbol.iterator](): Iterator<Stray> {
    return this.#known.values()
  }

  #nameFor(kind: Kind, tokens: readonly string[]): string {
    const holder = COMPONENTS[kind] as string
    const taken = this.#taken.get(holder) ?? new Set(Object.keys(this.#document.components?.[holder] ?? {}))
    this.#taken.set(holder, taken)
    const words = tokens.slice(tokens[0] === 'components' ? 2 : 1).filter((token) => !WORDLESS.has(token))
    const plain = words.map((word) => word.replace(/[^\w.-]+/g, '_').replace(/^_|_$/g, '')).filter(Boolean)
    const stem = plain.join('_') || kind
    let name = stem
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`
    taken.add(name)
    return name
  }
}

/** Members that say nothing of what stands below them. */
const WORDLESS = new Set(['content', 'schema', 'properties', 'responses', 'parameters', 'application/json'])
