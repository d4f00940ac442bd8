import type { Api } from '../api/api.ts'
import type { KeptState } from '../state/snapshot.ts'
import { ControlError } from './control-error.ts'
import { sizeOfUnshared } from './measure-unshared.ts'

/** A state that was kept under a name. */
export interface NamedSnapshot {
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly kept: KeptState
  /** That it was held to: those of the mock that kept it. */
  readonly apis: readonly Api[]
}

/** Of one session; whoever keeps more forgets one first. */
const MOST_NAMED = 100
const LONGEST_NAME = 200
/** So many sessions have some; of more the ones that kept none for longest lose theirs. */
const MOST_SESSIONS = 1000

/** The named snapshots of all sessions. A reset of a session leaves them: they are there to go back to. */
export class NamedSnapshots {
  readonly #stateOf: (session: string) => KeptState | undefined
  readonly #bySession = new Map<string, Map<string, NamedSnapshot>>()
  /** How much all together may take when one is kept, in bytes. */
  limit = Number.POSITIVE_INFINITY

  /** @param stateOf what a session keeps now, where it is known: a snapshot shares with it what has not changed since */
  constructor(stateOf: (session: string) => KeptState | undefined) {
    this.#stateOf = stateOf
  }

  /** What all together take beside the states of their sessions, about, in bytes. */
  measure(): number {
    let size = 0
    for (const session of this.#bySession.keys()) size += this.#measure(session)
    return size
  }

  #measure(session: string, but?: string): number {
    const state = this.#stateOf(session)
    let size = 0
    for (const { name, kept } of this.list(session)) if (name !== but) size += sizeOfUnshared(kept, state)
    return size
  }

  /** In the order in which they were kept. */
  list(session: string): NamedSnapshot[] {
    return [...(this.#bySession.get(session)?.values() ?? [])]
  }

  /** @throws ControlError where there is none of this name */
  get(session: string, name: string): NamedSnapshot {
    const found = this.#bySession.get(session)?.get(name)
    if (found) return found
    const known = this.list(session).map((one) => one.name)
    throw new ControlError(404, `there is no snapshot ${name}; there is ${known.join(', ') || 'none'}`)
  }

  /**
   * Keeps one; another of this name is forgotten.
   * @throws Error where the name is too long, or there are too many
   * @throws ControlError where all together would take too much
   */
  put(session: string, name: string, kept: KeptState, apis: readonly Api[]): void {
    if (name.length > LONGEST_NAME) throw new Error(`a name has at most ${LONGEST_NAME} characters`)
    const named = this.#bySession.get(session) ?? new Map<string, NamedSnapshot>()
    if (!named.has(name) && named.size >= MOST_NAMED) {
      throw new Error(`there are ${MOST_NAMED} snapshots already; delete one first`)
    }
    let all = sizeOfUnshared(kept, this.#stateOf(session))
    for (const other of this.#bySession.keys()) all += this.#measure(other, other === session ? name : undefined)
    if (all > this.limit) {
      const mb = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`
      throw new ControlError(
        507,
        `with ${name} the snapshots would take ${mb(all)}, and they may take ${mb(this.limit)}, a quarter of --max-memory: delete one first`,
      )
    }
    named.delete(name)
    named.set(name, { name, at: new Date().toISOString(), kept, apis })
    this.#bySession.delete(session)
    this.#bySession.set(session, named)
    if (this.#bySession.size > MOST_SESSIONS)
      this.#bySession.delete([...this.#bySession.keys()].find(Boolean) as string)
  }

  /** Those of a session. */
  forget(session: string): void {
    this.#bySession.delete(session)
  }

  /** Forgets the one of the default session that was kept first. @returns its name */
  forgetOldest(): string | undefined {
    const [oldest] = this.list('')
    if (oldest) this.delete('', oldest.name)
    return oldest?.name
  }

  /** @throws ControlError where there is none of this name */
  delete(session: string, name: string): void {
    this.get(session, name)
    this.#bySession.get(session)?.delete(name)
  }
}
