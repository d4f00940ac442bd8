import { COMPONENTS, type Kind } from './grammar.ts'
import type { Json } from './json.ts'
import { below, normalize, type Pointer, parsePointer } from './json-pointer.ts'
import { kindAt } from './kind-at.ts'
import type { MovedParts } from './moved-parts.ts'

/** A part that is referred to and no component. */
interface Stray {
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
  readonly #known = new Map<Pointer, Stray>()

  constructor(document: Json, moved: MovedParts) {
    this.#document = document
    this.#moved = moved
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
    this.#known.set(key, { kind, name, reference, goal })
    this.#moved.add(goal, normalize(reference))
    return goal
  }

  /** Those that are found while others are gone through come too. */
  [Symbol.iterator](): Iterator<Stray> {
    return this.#known.values()
  }

  #nameFor(kind: Kind, tokens: readonly string[]): string {
    const holder = COMPONENTS[kind] as string
    const taken = new Set([
      ...Object.keys(this.#document.components?.[holder] ?? {}),
      ...[...this.#known.values()].map(({ name }) => name),
    ])
    const words = tokens.slice(tokens[0] === 'components' ? 2 : 1).filter((token) => !WORDLESS.has(token))
    const plain = words.map((word) => word.replace(/[^\w.-]+/g, '_').replace(/^_|_$/g, '')).filter(Boolean)
    const stem = plain.join('_') || kind
    let name = stem
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`
    return name
  }
}

/** Members that say nothing of what stands below them. */
const WORDLESS = new Set(['content', 'schema', 'properties', 'responses', 'parameters', 'application/json'])
