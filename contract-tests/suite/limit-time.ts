import { TimeLimitError, withinTime } from '../../documents/patterns/limit-time.ts'
import { NotCompiledError, withoutCompiling } from '../../documents/validators/compile-late.ts'

export { TimeLimitError, withinTime }

const tooLong = (milliseconds: number): string => `it took longer than ${milliseconds / 1000} s`

/** Milliseconds. */
const BEGINNING = 50

/**
 * `withinTime` for work that validates: what has to be compiled for it first takes no part of its time, and is never broken
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
