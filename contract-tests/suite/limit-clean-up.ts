import { EndedAtOnce } from './send-error.ts'

/** Milliseconds that a clean-up has after its run was ended. */
const WHOLE = 15_000
/** The same for one answer, where somebody waits for the end. */
const ANSWER = 3000

/** The end of a clean-up whose run was ended. */
interface CleanUpLimit {
  /** Aborted when it has taken too long. */
  readonly signal: AbortSignal
  /** Waits for an answer to one of its requests. */
  whileOnWay<T>(answer: Promise<T>): Promise<T>
}

/**
 * What was made is removed also after a run was ended, for a while.
 * @param stop ends the run
 * @param urgent does so as well, by somebody who waits: a target that does not answer is not waited for then
 */
export function limitCleanUp(stop: AbortSignal, urgent: AbortSignal | undefined): CleanUpLimit {
  const over = new AbortController()
  const end = () => over.abort(new EndedAtOnce('the run was ended, and the clean-up took too long'))
  let onWay = 0
  let timer: NodeJS.Timeout | undefined
  // Begins anew with each answer: a hundred removals that are answered are not cut off.
  const listen = () => {
    clearTimeout(timer)
    if (urgent?.aborted && onWay > 0) timer = setTimeout(end, ANSWER)
  }
  const stopped = () => {
    setTimeout(end, WHOLE).unref()
    listen()
  }
  if (stop.aborted) stopped()
  else stop.addEventListener('abort', stopped, { once: true })
  return {
    signal: over.signal,
    async whileOnWay(answer) {
      onWay++
      listen()
      try {
        return await answer
      } finally {
        onWay--
        listen()
      }
    },
  }
}
