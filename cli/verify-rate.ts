import { UsageError } from './read-arguments.ts'
import type { Subject } from './verify-subject.ts'

/** So many requests in so many seconds, at most. */
export interface Rate {
  readonly requests: number
  readonly seconds: number
}

const USUAL_RATE: Rate = { requests: 2, seconds: 1 }

/** For a target elsewhere: nine tenths of the tightest limit that the vendor documents, and never more than usual. */
export function politeRate({ api }: Subject): Rate {
  const limits = api?.behaviours.limits ?? []
  const rates = limits.map(({ requests, seconds }) => ({ requests: Math.max(1, Math.floor(requests * 0.9)), seconds }))
  const perSecond = ({ requests, seconds }: Rate) => requests / seconds
  return rates.reduce((least, rate) => (perSecond(rate) < perSecond(least) ? rate : least), USUAL_RATE)
}

/** `2/s`, `100/min`, `18/10 s`; `readRate` reads it back where the seconds are a unit. */
export const describeRate = ({ requests, seconds }: Rate): string =>
  `${requests}/${({ 1: 's', 60: 'min', 3600: 'h' } as Record<number, string>)[seconds] ?? `${seconds} s`}`

/** `2/s`, `100/min`. @throws UsageError */
export function readRate(text: string): Rate {
  const [, number = '', unit = ''] = /^(\d+)\/(s|sec|second|m|min|minute|h|hour)$/.exec(text) ?? []
  const requests = Number(number)
  if (!(requests > 0)) throw new UsageError(`--rate must be like 2/s or 100/min, not ${text}`)
  return { requests, seconds: unit.startsWith('s') ? 1 : unit.startsWith('m') ? 60 : 3600 }
}
