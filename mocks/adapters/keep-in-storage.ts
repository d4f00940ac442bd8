import type { Mock } from '../api/mock.ts'
import type { Snapshot } from '../state/snapshot.ts'

/**
 * Keeps a mock's state in the page's sessionStorage, whenever it changes; outside a page, and where storage is forbidden,
 * it keeps nothing.
 * @returns puts back what the page before the reload kept of a session; only once
 */
export function keepInStorage(mock: Mock): ((session: string) => void) | undefined {
  const storage = storageOfPage()
  if (!storage) return undefined
  const keyOf = (session: string) => `rollcall ${mock.apis.map(({ name }) => name).join('+')} ${session}`.trimEnd()
  const recalled = new Set<string>()

  const recall = (session: string) => {
    if (recalled.has(session)) return
    recalled.add(session)
    const text = storage.getItem(keyOf(session))
    if (text === null) return
    try {
      mock.restore(JSON.parse(text) as Snapshot, session)
    } catch (error) {
      console.warn(`rollcall: the state could not be put back: ${(error as Error).message}`)
    }
  }
  recall('')
  mock.subscribe(({ session }) => {
    try {
      storage.setItem(keyOf(session), JSON.stringify(mock.snapshot(session)))
    } catch (error) {
      console.warn(`rollcall: the state could not be put away: ${(error as Error).message}`)
    }
  })
  return recall
}

function storageOfPage(): Storage | undefined {
  try {
    // Node has a sessionStorage too, and no page that could be reloaded.
    return globalThis.document ? globalThis.sessionStorage : undefined
  } catch {
    return undefined
  }
}
