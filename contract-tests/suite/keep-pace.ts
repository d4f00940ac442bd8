import { setTimeout as sleep } from 'node:timers/promises'

/** At most so many requests in so many seconds. */
export interface Rate {
  readonly requests: number
  readonly seconds: number
}

/** Waits before each request until it may be sent, evenly spread. Without a rate nobody waits. */
export function keepPace(rate?: Rate): (signal: AbortSignal) => Promise<void> {
  if (!rate) return async () => {}
  const gap = (rate.seconds * 1000) / rate.requests
  let next = 0
  return async (signal) => {
    const now = performance.now()
    const at = Math.max(now, next)
    next = at + gap
    if (at > now) await sleep(at - now, undefined, { signal })
  }
}
