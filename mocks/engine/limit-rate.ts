import { type Operation, type RateLimit, type Refusal, refuse } from './vocabulary.ts'

/** What a limit has counted: since when, how many, and until when it refuses (0: it does not). Times in milliseconds. */
export interface Count {
  since: number
  calls: number
  until: number
}

/**
 * Counts a call against the vendor's documented limits, in fixed windows.
 * @param counts the session's counts; a caller's counts are its own
 */
export function limitRate(
  limits: readonly RateLimit[],
  counts: Map<string, Count>,
  operation: Operation,
  caller: string,
  now: number,
): Refusal | undefined {
  for (const [index, limit] of limits.entries()) {
    if (limit.operations && !limit.operations.includes(operation.id)) continue
    const key = `${index} ${limit.name} ${caller}`
    let count = counts.get(key)
    // Calls that are refused do not count: whoever waited as long as Retry-After said is let in.
    if (!count || now >= (count.until || count.since + limit.seconds * 1000)) {
      counts.set(key, (count = { since: now, calls: 0, until: 0 }))
    }
    if (count.until === 0 && ++count.calls > limit.requests) {
      count.until = limit.backOff === undefined ? count.since + limit.seconds * 1000 : now + limit.backOff * 1000
    }
    if (count.until > 0) {
      const seconds = Math.max(1, Math.ceil((count.until - now) / 1000))
      return refuse(
        'rate-limited',
        `more than ${limit.requests} requests in ${limit.seconds} seconds; wait ${seconds} seconds`,
        {
          rule: limit.name,
          headers: { 'retry-after': String(seconds) },
        },
      )
    }
  }
  return undefined
}
