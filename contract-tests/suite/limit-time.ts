import { createContext, Script } from 'node:vm'

/** It took longer than it was given. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

const ground: { work?: () => unknown } = {}
createContext(ground)
const script = new Script('work()')

/**
 * What `work` returns or throws; it waits for nothing, and calls nothing that limits its time in turn. A context of its
 * own, because nothing else ends a loop or a regular expression of this thread from outside.
 * @throws TimeLimitError after so many milliseconds
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  ground.work = work
  try {
    return script.runInContext(ground as never, { timeout: milliseconds })
  } catch (error) {
    if ((error as NodeJS.ErrnoException)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new TimeLimitError(`it took longer than ${milliseconds / 1000} s`)
  } finally {
    delete ground.work
  }
}
