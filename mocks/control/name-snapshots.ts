import type { Snapshot } from '../state/snapshot.ts'
import { ControlError } from './control-error.ts'
import { sizeOf } from './measure-value.ts'

/** A state that was kept under a name. */
export interface NamedSnapshot {
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly snapshot: Snapshot
  /** About, in bytes. */
  readonly size: number
}

/** Of one session; whoever keeps more forgets one first. */
const MOST_NAMED = 100
const LONGEST_NAME = 200
/** So many sessions have some; of more the ones that kept none for longest lose theirs. */
const MOST_SESSIONS = 1000

/** The named snapshots of all sessions. A reset of a session leaves them: they are there to go back to. */
export class NamedSnapshots {
  readonly #bySession = new Map<string, Map<string, NamedSnapshot>>()
  /** How much all together may take, in bytes. */
  limit = Number.POSITIVE_INFINITY

  /** What all together take, about, in bytes. */
  get size(): number {
    let size = 0
    for (const named of this.#bySession.values()) for (const one of named.values()) size += one.size
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
  put(session: string, name: string, snapshot: Snapshot): void {
    if (name.length > LONGEST_NAME) throw new Error(`a name has at most ${LONGEST_NAME} characters`)
    const named = this.#bySession.get(session) ?? new Map<string, NamedSnapshot>()
    if (!named.has(name) && named.size >= MOST_NAMED) {
      throw new Error(`there are ${MOST_NAMED} snapshots already; delete one first`)
    }
    const size = sizeOf(snapshot)
    const all = this.size - (named.get(name)?.size ?? 0) + size
    if (all > this.limit) {
      const mb = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`
      throw new ControlError(
        507,
        `with ${name} the snapshots would take ${mb(all)}, and they may take ${mb(this.limit)}, a quarter of --max-memory: delete one first`,
      )
    }
    named.delete(name)
    named.set(name, { name, at: new Date().toISOString(), snapshot, size })
    this.#bySession.delete(session)
    this.#bySession.set(session, named)
    if (this.#bySession.size > MOST_SESSIONS)
      this.#bySession.delete([...this.#bySession.keys()].find(Boolean) as string)
  }

  /** Those of a session. */
  forget(session: string): void {
    this.#bySession.delete(session)
  }

  /** @throws ControlError where there is none of this name */
  delete(session: string, name: string): void {
    this.get(session, name)
    this.#bySession.get(session)?.delete(name)
  }
}
