/** Figures into words. */
import type { Finding } from './vocabulary.ts'

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** The median of what the system tells. */
export function middle(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length > 0 ? median(known) : undefined
}

export const figureOf = ({ value, rounds }: Finding): number => value ?? median(rounds)

export function show(value: number | undefined, unit = '', digits = 0): string {
  if (value === undefined || Number.isNaN(value)) return '-'
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) + unit
}

/** Two digits that count, more before the point. */
const ratio = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

/** The median and the range. */
export const showRatio = (rounds: readonly number[], value = median(rounds)): string =>
  rounds.length > 1 ? `${ratio(value)} (${ratio(Math.min(...rounds))}..${ratio(Math.max(...rounds))})` : ratio(value)

export const showTimes = (times: readonly number[]): string =>
  `${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)}..${Math.max(...times).toFixed(0)})`

export const mebibytes = (bytes: number | undefined): string =>
  show(bytes === undefined ? undefined : bytes / 2 ** 20, ' MiB')

/** A ratio for each round that both have. */
export const pairwise = (above: readonly (number | undefined)[], below: readonly (number | undefined)[]): number[] =>
  above.flatMap((value, round) => {
    const other = below[round]
    return value === undefined || other === undefined ? [] : [value / other]
  })
