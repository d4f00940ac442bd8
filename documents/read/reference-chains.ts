import type { Json } from './json.ts'
import { normalize, type Pointer, valueAt } from './json-pointer.ts'
import type { MovedParts } from './moved-parts.ts'

/** Where chains of references end. Each reference is followed once, however many chains lead through it. */
export class ReferenceChains {
  readonly #document: Json
  readonly #moved: MovedParts
  /** By a part: what it leads to in the end, undefined for a circle. */
  readonly #ends = new Map<Pointer, Pointer | undefined>()

  constructor(document: Json, moved: MovedParts) {
    this.#document = document
    this.#moved = moved
  }

  /** What a chain ends with: a part that refers to nothing else, or nothing. @returns undefined where it leads in a circle */
  endOf(reference: Pointer): Pointer | undefined {
    const way = new Set<Pointer>()
    let at = normalize(reference)
    let end: Pointer | undefined
    while (!way.has(at)) {
      if (this.#ends.has(at)) {
        end = this.#ends.get(at)
        break
      }
      way.add(at)
      const next = valueAt(this.#document, at)?.$ref
      if (typeof next !== 'string' || !next.startsWith('#')) {
        end = at
        break
      }
      at = normalize(this.#moved.goalOf(next))
    }
    for (const part of way) this.#ends.set(part, end)
    return end
  }
}

/** What a chain of references ends with, in a document that was mended. @returns undefined where it leads in a circle */
export function followChain(document: Json, part: Json): Json {
  const way = new Set<string>()
  let at = part
  while (typeof at?.$ref === 'string') {
    if (way.has(at.$ref)) return undefined
    way.add(at.$ref)
    at = valueAt(document, at.$ref)
  }
  return at
}
