/** It took longer than it was given. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

interface Ground {
  readonly holder: { work?: () => unknown }
  run(timeout: number): unknown
}

/** Made when it is first needed: a context costs a millisecond. */
let ground: Ground | undefined
let isLimited = false

function layGround(): Ground {
  const { createContext, Script } = process.getBuiltinModule('node:vm')
  const holder = {}
  createContext(holder)
  const script = new Script('work()')
  return { holder, run: (timeout) => script.runInContext(holder as never, { timeout }) }
}

/** On a machine that is busy, so often is tried again what had no processor for half of its time. */
const MOST_TRIES = 10

/**
 * What `work` returns or throws; it waits for nothing, changes nothing, and may be begun several times. A context of its own, because nothing else ends a loop or a regular
 * expression of this thread from outside. Within a limit there is no other: that of the whole holds.
 * @throws TimeLimitError after so many milliseconds
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  if (isLimited) return work()
  ground ??= layGround()
  ground.holder.work = work
  isLimited = true
  try {
    for (let tries = 1; ; tries++) {
      const began = process.cpuUsage()
      try {
        return ground.run(milliseconds) as T
      } catch (error) {
        if ((error as NodeJS.ErrnoException)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
        const { user, system } = process.cpuUsage(began)
        // The limit is one of the clock: that others had the processor says nothing of the work.
        const isStarved = (user + system) / 1000 < milliseconds / 2
        if (!isStarved || tries === MOST_TRIES) throw new TimeLimitError(`it took longer than ${milliseconds / 1000} s`)
      }
    }
  } finally {
    delete ground.holder.work
    isLimited = false
  }
}
