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

/** On a machine that is busy, so often is tried again, with up to so many times the limit, what had less of the processor. */
const MOST_TRIES = 10
const MOST_WAITED = 4
/** The share of its limit that work has had the processor for, where it was not for others that it has not ended. */
const ENOUGH = 0.9

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
    let limit = milliseconds
    for (let tries = 1; ; tries++) {
      const began = cpuTime()
      try {
        return ground.run(limit) as T
      } catch (error) {
        if ((error as NodeJS.ErrnoException)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
        // The limit is one of the clock: that others had the processor says nothing of the work.
        const had = (cpuTime() - began) / milliseconds
        if (had >= ENOUGH || tries === MOST_TRIES)
          throw new TimeLimitError(`it took longer than ${milliseconds / 1000} s`)
        limit = Math.min(limit * 2, milliseconds * MOST_WAITED)
      }
    }
  } finally {
    delete ground.holder.work
    isLimited = false
  }
}

/** Milliseconds that this thread had the processor for; where Node cannot tell (before 24), all threads together. */
function cpuTime(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage()
  return (user + system) / 1000
}
