import { Session } from './engine/session.ts'
import { escapeControl } from './escape-control.ts'

export interface Sessions {
  get(name: string): Session
  reset(name: string): void
}

/** Keeps so many named sessions, least recently used dropped first; the default session is always kept. */
export function keepSessions(most: number, warn: (message: string) => void): Sessions {
  let byDefault = new Session()
  const named = new Map<string, Session>()
  let last: { name: string; session: Session } | undefined

  return {
    get(name) {
      if (name === '') return byDefault
      if (last?.name === name) return last.session
      const session = named.get(name) ?? new Session()
      // A Map keeps the order of insertion: the first is the one that was not used for longest.
      named.delete(name)
      named.set(name, session)
      last = { name, session }
      for (const oldest of named.keys()) {
        if (named.size <= most) break
        named.delete(oldest)
        warn(
          `rollcall: more than ${most} sessions; dropped ${escapeControl(JSON.stringify(oldest.slice(0, 100)))}, the least recently used`,
        )
      }
      return session
    },
    reset(name) {
      if (name === '') byDefault = new Session()
      else named.delete(name)
      if (last?.name === name) last = undefined
    },
  }
}
