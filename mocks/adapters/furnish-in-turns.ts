import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Mock } from '../api/mock.ts'
import { Unready } from '../engine/unready.ts'
import type { Answer, Call } from '../engine/vocabulary.ts'

/** How long it is worked until others have their turn, in milliseconds. */
const TURN = 20

/**
 * Answers calls of a mock; who calls a tenant first that starts with very many users waits until they are made, and
 * nobody else has to.
 */
export function servePatiently(mock: Mock): (call: Call) => Answer | Promise<Answer> {
  const atWork = new Map<string, Promise<void>>()
  let last = Promise.resolve()
  const furnished = (unready: Unready): Promise<void> => {
    const key = JSON.stringify(unready.whose)
    const known = atWork.get(key)
    if (known) return known
    // One after the other: together they would hold the rest up for as many turns.
    const ready = last.then(() => furnishInTurns(unready)).finally(() => atWork.delete(key))
    atWork.set(key, ready)
    last = ready.catch(() => {})
    return ready
  }
  const serve = (call: Call): Answer | Promise<Answer> => {
    try {
      return mock.serve(call, undefined, true)
    } catch (error) {
      if (!(error instanceof Unready)) throw error
      return furnished(error).then(() => serve(call))
    }
  }
  return serve
}

/** Nobody sees the tenant until all of it is there. */
async function furnishInTurns({ open, work }: Unready): Promise<void> {
  let until = performance.now() + TURN
  open.isHidden = true
  while (open.isHidden) {
    if (work.next().done) open.isHidden = false
    open.commit()
    if (performance.now() < until) continue
    await nextTurn()
    until = performance.now() + TURN
  }
}
