import { setImmediate } from 'node:timers/promises'
import type { Diagnostic } from '../documents/read/diagnostic.ts'
import type { Api } from '../mocks/api/api.ts'
import { describeFaults } from './describe-faults.ts'
import { describeRemembered } from './describe-start.ts'
import { isToldAtStart } from './is-told-at-start.ts'

/** In milliseconds: who starts a server and calls it at once is answered first. */
const REST = 1000
/** How long is looked for what is dear to find, and how long at most before others have their turn. */
const BUDGET = 500
const SLICE = 20
/** Where lines go. */
export interface Outlets {
  /** What is wrong. */
  readonly warn: (line: string) => void
  /** What is remembered, of a large document. */
  readonly tell: (line: string) => void
}

/**
 * Tells what is wrong in a document and takes long to find, once its mock has been serving for a while; of a large one, all
 * that is wrong, and what is remembered. What cannot be looked at within half a second is left to `rollcall check`.
 * @returns ends it
 */
export function tellFurther(document: string, api: Api, { warn, tell }: Outlets): () => void {
  let isStopped = false
  const tellFaults = (faults: readonly Diagnostic[], more?: 'more ') => {
    for (const line of describeFaults(document, faults, api.findPlace ?? (() => undefined), more && { more }))
      warn(line)
  }
  const look = async (): Promise<void> => {
    if (!isToldAtStart(api)) {
      await goThrough(api.finish?.() ?? [], Number.POSITIVE_INFINITY, () => isStopped)
      if (isStopped) return
      tellFaults(api.diagnostics ?? [])
      const remembered = describeRemembered(api)
      if (remembered) tell(`${api.title} (${api.name}): ${remembered}`)
    }
    const found = await goThrough(api.inspect?.() ?? [], BUDGET, () => isStopped)
    if (!isStopped) tellFaults(found, api.diagnostics?.length ? 'more ' : undefined)
  }
  const timer = setTimeout(() => void look(), REST).unref()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** Takes steps for a time, and lets others have their turn in between. @returns what the steps have found */
async function goThrough<T>(steps: Iterable<T | undefined>, budget: number, isStopped: () => boolean): Promise<T[]> {
  const found: T[] = []
  let left = budget
  let began = performance.now()
  for (const one of steps) {
    if (one !== undefined) found.push(one)
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
