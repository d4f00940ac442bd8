import { defineLazily } from './define-lazily.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Json } from './json.ts'

/** In the order of the document; what is told of a part that was put off takes its place when that is worked out. */
type Told = (Diagnostic | Told)[]

const listed = (told: Told): Diagnostic[] => told.flatMap((one) => (Array.isArray(one) ? listed(one) : one))

/**
 * Parts of a document that are worked out when they are first read: of a large document few are ever asked for. What is
 * told of them is the same, and in the same order, whenever that is.
 */
export class PutOff {
  readonly #all: Told = []
  #told = this.#all
  /** What nobody has read yet. More may come while others are worked out. */
  readonly #waiting = new Set<() => unknown>()

  tell(diagnostic: Diagnostic): void {
    this.#told.push(diagnostic)
  }

  /** Defines a member of a part. */
  define(holder: Json, name: string, workOut: () => Json): void {
    const told: Told = []
    this.#told.push(told)
    const read = () => holder[name]
    this.#waiting.add(read)
    defineLazily(holder, name, () => {
      const outer = this.#told
      this.#told = told
      // Whoever asks again, because it threw, is told of the same faults.
      told.length = 0
      try {
        const value = workOut()
        this.#waiting.delete(read)
        return value
      } finally {
        this.#told = outer
      }
    })
  }

  /** Works more out of a member when it is first read. */
  refine(holder: Json, name: string, refine: (value: Json) => Json): void {
    const { get, value } = Object.getOwnPropertyDescriptor(holder, name) as PropertyDescriptor
    this.define(holder, name, () => refine(get ? get() : value))
  }

  /** Works out what nobody has read yet, one part with each step. */
  *finish(): Generator<undefined> {
    for (const read of this.#waiting) {
      read()
      yield
    }
  }

  /** Of the parts that were worked out. */
  get diagnostics(): readonly Diagnostic[] {
    return listed(this.#all)
  }
}
