import { escapeControl } from './api/escape-control.ts'

/** Sessions by name; `''` is the default one. `get` makes what is not there, and counts as use. */
export interface Sessions<S> {
  get(name: string): S
  /** Forgets a session. @returns it, if it was there */
  reset(name: string): S | undefined
  /** Those that have a name, the least recently used first. */
  readonly named: ReadonlyMap<string, S>
}

/** Keeps so many named sessions, least recently used dropped first; the default session is always kept. */
export function keepSessions<S>(
  create: (name: string) => S,
  most: number,
  warn: (message: string) => void,
): Sessions<S> {
  let byDefault = create('')
  const named = new Map<string, S>()
  let last: { name: string; session: S } | undefined

  return {
    named,
    get(name) {
      if (name === '') return byDefault
      if (last?.name === name) return last.session
      const session = named.get(name) ?? create(name)
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
      const dropped = name === '' ? byDefault : named.get(name)
      if (name === '') byDefault = create('')
      else named.delete(name)
      if (last?.name === name) last = undefined
      return dropped
    },
  }
}
