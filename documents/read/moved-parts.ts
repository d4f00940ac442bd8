import { below, normalize, type Pointer, parsePointer } from './json-pointer.ts'

/**
 * What stands elsewhere in the model than in the text: an upgrade has moved it, or left out what stood before it. All
 * else has the same pointer in both.
 */
export class MovedParts {
  readonly #origins = new Map<Pointer, Pointer>()
  readonly #goals = new Map<Pointer, Pointer>()

  /** Says that a part of the model comes from this part of the text, and is made of more or less than that. */
  add(model: Pointer, written: Pointer): void {
    this.#origins.set(model, written)
  }

  /** Says that a part of the model is this part of the text: what refers to the one refers to the other. */
  rename(model: Pointer, written: Pointer): void {
    this.#origins.set(model, written)
    if (!this.#goals.has(written)) this.#goals.set(written, model)
  }

  /** Where a part of the model stood in the text. */
  originOf = (pointer: Pointer): Pointer => translate(this.#origins, pointer)

  /** Where a part of the text stands in the model; the first place where it stands in several. */
  goalOf = (pointer: Pointer): Pointer => translate(this.#goals, pointer)
}

/** The nearest part around it that was moved decides. */
function translate(table: ReadonlyMap<Pointer, Pointer>, pointer: Pointer): Pointer {
  if (table.size === 0) return pointer
  const tokens = parsePointer(pointer)
  if (tokens === undefined) return pointer
  for (let length = tokens.length; length >= 0; length--) {
    const moved = table.get(below('#', ...tokens.slice(0, length)))
    if (moved !== undefined) return below(moved, ...tokens.slice(length))
  }
  return normalize(pointer)
}
