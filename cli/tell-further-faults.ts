import { setImmediate } from 'node:timers/promises'
import type { Diagnostic } from '../documents/read/diagnostic.ts'
import type { Api } from '../mocks/api/api.ts'
import { describeFaults } from './describe-faults.ts'

/** In milliseconds: who starts a server and calls it at once is answered first. */
const REST = 1000
/** How long is looked in all, and at most before others have their turn. */
const BUDGET = 500
const SLICE = 20

/**
 * Tells what is wrong in a document and takes long to find, once its mock has been serving for a while. What cannot be
 * looked at within half a second is left to `rollcall check`.
 * @returns ends it
 */
export function tellFurtherFaults(document: string, api: Api, warn: (line: string) => void): () => void {
  let isStopped = false
  const look = async (): Promise<void> => {
    const found = await findWithin(BUDGET, api.inspect?.() ?? [], () => isStopped)
    if (isStopped) return
    for (const line of describeFaults(document, found, api.findPlace ?? (() => undefined), 'more ')) warn(line)
  }
  const timer = setTimeout(() => void look(), REST).unref()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

async function findWithin(
  budget: number,
  steps: Iterable<Diagnostic | undefined>,
  isStopped: () => boolean,
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = []
  let left = budget
  let began = performance.now()
  for (const fault of steps) {
    if (fault) found.push(fault)
    const took = performance.now() - began
    if (took < SLICE) continue
    left -= took
    if (left <= 0) break
    await setImmediate()
    if (isStopped()) break
    began = performance.now()
  }
  return found
}
