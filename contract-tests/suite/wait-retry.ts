import { setTimeout as sleep } from 'node:timers/promises'
import type { CaseReply } from './vocabulary.ts'

/** How long a target may make a run wait, by 429, or by 503 with `Retry-After`. */
export interface WaitOptions {
  /** A longer wait is not waited for: the reply is judged. In milliseconds. Default: 60,000. */
  readonly longestWait?: number | undefined
  /** All waits together, in milliseconds; when they are used up, every 429 is judged. Default: 300,000. */
  readonly waitBudget?: number | undefined
  /** Told once of each request that waits longer than 2 s; with 0 milliseconds when the waits are used up. */
  readonly onWait?: ((milliseconds: number, reason: string) => void) | undefined
}

/** One request's own history: how often it was sent again, and how long it waited, in milliseconds. */
export interface Patience {
  retries: number
  waited: number
  isTold: boolean
}

const RETRIES = 4
const SILENT = 2000
/** What a timer can wait. */
const FOREVER = 2 ** 31 - 1

/** Holds back all requests of a run while its target wants to hear nothing. */
export class RetryWait {
  readonly #longest: number
  readonly #budget: number
  readonly #onWait: NonNullable<WaitOptions['onWait']>
  /** When the target wants to hear from us again, on the clock of `performance`. */
  #quietUntil = 0
  #toldUntil = 0
  #spent = 0

  constructor({ longestWait = 60_000, waitBudget = 300_000, onWait = () => {} }: WaitOptions) {
    this.#longest = Math.min(longestWait, FOREVER)
    this.#budget = waitBudget
    this.#onWait = onWait
  }

  /** Until a request may be sent. @throws when the signal is aborted before or meanwhile */
  async over(signal: AbortSignal): Promise<void> {
    // Other requests may have been told to wait longer meanwhile.
    for (let rest = this.#rest(); rest > 0; rest = this.#rest()) await sleep(rest, undefined, { signal })
    signal.throwIfAborted()
  }

  /** Whether the request is to be sent again; all requests wait first then. */
  holds(reply: CaseReply, patience: Patience): boolean {
    const wait = patience.retries < RETRIES ? waitOf(reply, patience.retries) : undefined
    if (wait === undefined || wait > this.#longest || this.#spent > this.#budget) return false
    const now = performance.now()
    const until = Math.max(this.#quietUntil, now + wait)
    this.#spent += until - Math.max(this.#quietUntil, now)
    if (this.#spent > this.#budget) {
      this.#onWait(0, `the target asks for more than ${this.#budget / 1000} s of waiting in all`)
      return false
    }
    this.#quietUntil = until
    patience.retries++
    patience.waited += wait
    this.#tell(wait, reply, patience)
    return true
  }

  #tell(wait: number, { status, headers }: CaseReply, patience: Patience): void {
    // One of many that were told to wait at the same time speaks for all.
    if (patience.isTold || patience.waited <= SILENT || this.#quietUntil - this.#toldUntil <= SILENT) return
    patience.isTold = true
    this.#toldUntil = this.#quietUntil
    this.#onWait(
      wait,
      `the target answered ${status}${headers['retry-after'] === undefined ? '' : ' with Retry-After'}`,
    )
  }

  #rest(): number {
    return this.#quietUntil - performance.now()
  }
}

/** Milliseconds; `undefined` where nobody asks to wait. A 429 without a readable `Retry-After` is waited for ever longer. */
function waitOf({ status, headers }: CaseReply, retries: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined
  return readRetryAfter(headers['retry-after']) ?? (status === 429 ? 1000 * 2 ** retries : undefined)
}

/** Seconds, some servers' fractions of them, or a date (RFC 9110, sections 10.2.3 and 5.6.7). */
function readRetryAfter(header = ''): number | undefined {
  const text = header.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
