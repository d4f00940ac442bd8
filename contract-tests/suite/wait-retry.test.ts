import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseReply } from './vocabulary.ts'
import { type Patience, RetryWait, type WaitOptions } from './wait-retry.ts'

const reply = (status: number, retryAfter?: string): CaseReply => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  text: '',
  duration: 1,
})
const fresh = (): Patience => ({ retries: 0, waited: 0, isTold: false })
/** How long one request waits for a reply, in milliseconds; `undefined`: it does not. */
function waitFor(one: CaseReply, options: WaitOptions = {}): number | undefined {
  const patience = fresh()
  return new RetryWait(options).holds(one, patience) ? patience.waited : undefined
}
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()

describe('a reply that asks for patience', () => {
  it.each<[what: string, reply: CaseReply, milliseconds: number | undefined]>([
    ['429 with seconds', reply(429, '7'), 7000],
    ['503 with seconds', reply(503, ' 0.5 '), 500],
    ['a date that is over', reply(429, inSeconds(-100)), 0],
    ['429 alone', reply(429), 1000],
    ['429 with nonsense', reply(429, 'soon'), 1000],
    ['429 with a negative number', reply(429, '-5'), 1000],
    ['503 alone', reply(503), undefined],
    ['503 with nonsense', reply(503, '\u001b[2J'), undefined],
    ['any other status', reply(200, '7'), undefined],
    ['longer than a minute', reply(429, '61'), undefined],
    ['without an end', reply(429, '9'.repeat(400)), undefined],
    ['a date far away', reply(429, inSeconds(1e9)), undefined],
  ])('%s', (_, one, milliseconds) => {
    expect(waitFor(one)).toBe(milliseconds)
  })

  it('may be a date', () => {
    expect(Math.round((waitFor(reply(429, inSeconds(20))) ?? 0) / 10_000)).toBe(2)
  })

  it('gets four more tries of a request', () => {
    const wait = new RetryWait({})
    const patience = fresh()
    const tries = Array.from({ length: 6 }, () => wait.holds(reply(429, '0'), patience))
    expect(tries).toEqual([true, true, true, true, false, false])
  })
})

describe('all waits of a run', () => {
  const told: unknown[] = []
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    told.length = 0
  })
  afterEach(() => void vi.useRealTimers())

  const onWait = (...one: unknown[]) => told.push(one)
  /** Each of these waits in seconds, by a request of its own, begun when the one before it is over. */
  const inARow = (wait: RetryWait, seconds: readonly number[]) =>
    seconds.map((one) => {
      const isHeld = wait.holds(reply(429, String(one)), fresh())
      if (isHeld) vi.advanceTimersByTime(one * 1000)
      return isHeld
    })

  it('end when they are used up, for good, and that is told once', () => {
    expect(inARow(new RetryWait({ waitBudget: 10_000, onWait }), [4, 5, 6, 1])).toEqual([true, true, false, false])
    expect(told).toEqual([
      [4000, 'the target answered 429 with Retry-After'],
      [5000, 'the target answered 429 with Retry-After'],
      [0, 'the target asks for more than 10 s of waiting in all'],
    ])
  })

  it('are five minutes unless something else is said', () => {
    expect(inARow(new RetryWait({}), [60, 60, 60, 60, 60, 1])).toEqual([true, true, true, true, true, false])
  })

  it('count once what many requests wait for together, and one of them tells it', () => {
    const wait = new RetryWait({ waitBudget: 35_000, onWait })
    expect([30, 30, 31, 31].map((one) => wait.holds(reply(503, String(one)), fresh()))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(told).toEqual([[30_000, 'the target answered 503 with Retry-After']])
  })

  it('are told once for a request that waits longer than 2 s in all', () => {
    const wait = new RetryWait({ onWait })
    const patience = fresh()
    for (let n = 0; n < 4; n++) {
      wait.holds(reply(429, '1'), patience)
      vi.advanceTimersByTime(1000)
    }
    expect(told).toEqual([[1000, 'the target answered 429 with Retry-After']])
  })
})
