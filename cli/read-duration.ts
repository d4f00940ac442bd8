import { UsageError } from './read-arguments.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }
/** A week; timers know no more than 24 days. */
const LONGEST = 7 * 24 * 3_600_000

/** `30s`, `10m`, `1h`, or seconds alone, in milliseconds. @throws UsageError */
export function readDuration(flag: string, text: string): number {
  const [, number = '', unit = 's'] = /^(\d+)(s|sec|m|min|h)?$/.exec(text) ?? []
  const milliseconds = Number(number) * (UNITS[unit.charAt(0)] ?? Number.NaN)
  if (number !== '' && milliseconds > 0 && milliseconds <= LONGEST) return milliseconds
  throw new UsageError(`${flag} must be like 30s, 10m or 1h, and no more than a week, not ${text}`)
}
