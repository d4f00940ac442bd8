import type { Snapshot } from '../engine/store.ts'
import type { Mock } from '../mock.ts'

export interface KeptState {
  /** Puts back what the page before the reload kept of a session; only once. */
  recall(session: string): void
  /** Keeps a session's state as it is now. */
  keep(session: string): void
}

/** Keeps a mock's state in the page's sessionStorage; outside a page, and where storage is forbidden, it keeps nothing. */
export function keepInStorage(mock: Mock): KeptState | undefined {
  const storage = storageOfPage()
  if (!storage) return undefined
  const keyOf = (session: string) => `rollcall ${mock.apis.map(({ name }) => name).join('+')} ${session}`.trimEnd()
  const recalled = new Set<string>()
  const written = new Map<string, string>()

  const kept: KeptState = {
    recall(session) {
      if (recalled.has(session)) return
      recalled.add(session)
      const text = storage.getItem(keyOf(session))
      if (text === null) return
      try {
        mock.restore(JSON.parse(text) as Snapshot, session)
      } catch (error) {
        console.warn(`rollcall: the state of the page before could not be put back: ${(error as Error).message}`)
      }
    },
    keep(session) {
      const text = JSON.stringify(mock.snapshot(session))
      if (written.get(session) === text) return
      written.set(session, text)
      try {
        storage.setItem(keyOf(session), text)
      } catch (error) {
        console.warn(`rollcall: the state will not survive a reload: ${(error as Error).message}`)
      }
    },
  }
  kept.recall('')
  // What the page changed without a request, such as `mock.reset()`.
  globalThis.addEventListener?.('pagehide', () => recalled.forEach(kept.keep))
  return kept
}

function storageOfPage(): Storage | undefined {
  try {
    // Node has a sessionStorage too, and no page that could be reloaded.
    return globalThis.document ? globalThis.sessionStorage : undefined
  } catch {
    return undefined
  }
}
