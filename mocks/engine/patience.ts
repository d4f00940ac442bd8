import { selectInSteps } from './select-in-steps.ts'
import type { OpenTenant, Patience, Selected, Selection, Work } from './vocabulary.ts'

/** To make more, or to look at them, takes longer than others may be held up. */
const MANY = 5000

/** Thrown in the place of an answer: what has to be done before the call can be made again. */
export class Unready extends Error {
  declare readonly work: Work
  /** What the work is about. */
  declare readonly key: string
  /** Whether whoever is told of the same key waits for the same work. */
  declare readonly isShared: boolean
}

/** The patience of one call, which is made again whenever something was done for it. */
export class PatientCall implements Patience {
  readonly #done: { readonly key: string; readonly value: unknown }[] = []
  #next = 0

  /** Whoever asks for several in one call does so in the same order whenever it is made again. */
  #await<T>(key: string, work: () => Work<T>): T {
    const done = this.#done[this.#next]
    if (done?.key === key) {
      this.#next++
      return done.value as T
    }
    // What was done for another way through the call is of no use.
    this.#done.length = Math.min(this.#done.length, this.#next)
    throw Object.assign(new Unready(), { key, work: work(), isShared: false })
  }

  select<K>(
    key: string,
    collection: { readonly length: number; readonly kept: readonly (object | string)[] },
    selection: Selection<object, K>,
  ): Selected<object> | undefined {
    if (collection.length <= MANY) return undefined
    return this.#await(key, () => selectInSteps(collection.kept, selection as Selection<object>))
  }

  furnish(open: OpenTenant, work: Work, users: unknown, whose: readonly string[]): void {
    if (!(Number(users) > MANY)) return
    throw Object.assign(new Unready(), { key: JSON.stringify(whose), work: furnishHidden(open, work), isShared: true })
  }

  /** Before the call is made again. */
  keep(done: { readonly key: string; readonly value: unknown } | undefined): void {
    if (done) this.#done.push(done)
    this.#next = 0
  }

  threw(error: unknown): boolean {
    return error instanceof Unready
  }
}

/** Nobody sees the tenant until all of it is there. */
function* furnishHidden(open: OpenTenant, work: Work): Generator<void> {
  open.isHidden = true
  while (open.isHidden) {
    if (work.next().done) open.isHidden = false
    open.commit()
    yield
  }
}
