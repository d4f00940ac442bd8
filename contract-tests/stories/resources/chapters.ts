import type { Breach, Case, Evidence, Look } from '../../suite/vocabulary.ts'

/** What a chapter says was broken. */
interface Told {
  readonly text: string
  readonly seen: string
  readonly evidence: Evidence
  readonly exchange: number
  readonly cause?: string
}

/** What a lifecycle has found out for each of the cases that look at it. */
export class Chapters {
  readonly #cases: ReadonlyMap<string, Case>
  readonly #exchanges = new Map<string, Set<number>>()
  readonly #seen = new Set<string>()
  readonly #breaches = new Map<string, Breach[]>()
  readonly #missed = new Map<string, string>()

  /** @param cases by their names in the lifecycle: `read-back` */
  constructor(cases: ReadonlyMap<string, Case>) {
    this.#cases = cases
  }

  /** Whether anybody wants to know. */
  has(name: string): boolean {
    return this.#cases.has(name)
  }

  /** The names that begin so. */
  named(beginning: string): string[] {
    return [...this.#cases.keys()].filter((name) => name.startsWith(beginning))
  }

  /** The case that a request is about; where there is none of this name, any: somebody must be told of its reply. */
  about(name: string): Case {
    return this.#cases.get(name) ?? (this.#cases.values().next().value as Case)
  }

  /** A reader of the chapter should see these exchanges. */
  cite(name: string, ...exchanges: readonly number[]): void {
    const known = this.#exchanges.get(name) ?? new Set()
    for (const exchange of exchanges) known.add(exchange)
    this.#exchanges.set(name, known)
  }

  /** The rule of a chapter was looked at, in these exchanges. */
  saw(name: string, ...exchanges: readonly number[]): void {
    this.cite(name, ...exchanges)
    this.#seen.add(name)
  }

  /** It could not be looked at. */
  missed(name: string, reason: string): void {
    this.#missed.set(name, reason)
  }

  /** The same for all that nothing is known of by now. */
  missedRest(reason: string): void {
    for (const name of this.#cases.keys()) {
      if (!this.#seen.has(name) && !this.#missed.has(name)) this.#missed.set(name, reason)
    }
  }

  breaks(name: string, { text, seen, evidence, exchange, cause }: Told): void {
    const one = this.#cases.get(name)
    if (!one) return
    this.saw(name, exchange)
    const rule = { text, pointer: one.rule.pointer, evidence }
    this.#breaches.set(name, [...(this.#breaches.get(name) ?? []), { rule, seen, exchange, ...(cause && { cause }) }])
  }

  /** By the ids of the cases. */
  looks(): ReadonlyMap<string, Look> {
    const looks = new Map<string, Look>()
    for (const [name, { id }] of this.#cases) {
      const isSeen = this.#seen.has(name)
      const reason = isSeen ? undefined : this.#missed.get(name)
      if (!isSeen && reason === undefined) continue
      const exchanges = [...(this.#exchanges.get(name) ?? [])].sort((one, other) => one - other)
      looks.set(id, { breaches: this.#breaches.get(name) ?? [], exchanges, ...(reason !== undefined && { reason }) })
    }
    return looks
  }
}
