import { createContext, Script } from 'node:vm'
import { NotCompiledError, withoutCompiling } from '../../documents/validators/compile-late.ts'

/** It took longer than it was given. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

const tooLong = (milliseconds: number): string => `it took longer than ${milliseconds / 1000} s`

/** Milliseconds. */
const BEGINNING = 50

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
    throw new TimeLimitError(tooLong(milliseconds))
  } finally {
    delete ground.work
  }
}

/**
 * The same for work that validates: what has to be compiled for it first takes no part of its time, and is never broken
 * off, since seconds of it say nothing of a value, and half of it is worse than none.
 * @param work may be begun several times, and changes nothing
 * @throws TimeLimitError when all beginnings together took longer than so many milliseconds
 */
export function validatesWithinTime<T>(milliseconds: number, work: () => T): T {
  for (let left = milliseconds, count = 1; ; count *= 2) {
    const began = performance.now()
    try {
      return withinTime(Math.max(1, Math.ceil(left)), () => withoutCompiling(work))
    } catch (error) {
      if (error instanceof TimeLimitError) throw new TimeLimitError(tooLong(milliseconds))
      if (!(error instanceof NotCompiledError)) throw error
      left -= Math.max(0, performance.now() - began - BEGINNING)
      // Twice as many each time: to begin takes longer than to compile.
      error.compile(count)
    }
  }
}
