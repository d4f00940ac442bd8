import type { Snapshot } from '../state/snapshot.ts'
import { ControlError } from './control-error.ts'

/** A state that was kept under a name. */
export interface NamedSnapshot {
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly snapshot: Snapshot
}

/** Of one session; whoever keeps more forgets one first. */
const MOST_NAMED = 100
const LONGEST_NAME = 200
/** So many sessions have some; of more the ones that kept none for longest lose theirs. */
const MOST_SESSIONS = 1000

/** The named snapshots of all sessions. A reset of a session leaves them: they are there to go back to. */
export class NamedSnapshots {
  readonly #bySession = new Map<string, Map<string, NamedSnapshot>>()

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

  /** Keeps one; another of this name is forgotten. @throws Error where the name is too long, or there are too many */
  put(session: string, name: string, snapshot: Snapshot): void {
    if (name.length > LONGEST_NAME) throw new Error(`a name has at most ${LONGEST_NAME} characters`)
    const named = this.#bySession.get(session) ?? new Map<string, NamedSnapshot>()
    if (!named.has(name) && named.size >= MOST_NAMED) {
      throw new Error(`there are ${MOST_NAMED} snapshots already; delete one first`)
    }
    named.delete(name)
    named.set(name, { name, at: new Date().toISOString(), snapshot })
    this.#bySession.delete(session)
    this.#bySession.set(session, named)
    if (this.#bySession.size > MOST_SESSIONS)
      this.#bySession.delete([...this.#bySession.keys()].find(Boolean) as string)
  }

  /** @throws ControlError where there is none of this name */
  delete(session: string, name: string): void {
    this.get(session, name)
    this.#bySession.get(session)?.delete(name)
  }
}
