import { formatOf } from '../keywords/format.ts'
import { commonStep } from '../keywords/multiple-of.ts'
import type { Random } from '../patterns/random.ts'

/** What a number has to be. */
interface NumberRules {
  readonly isInteger: boolean
  readonly least: number
  readonly most: number
  /** The limits themselves are left out. */
  readonly above: number
  readonly below: number
  readonly steps: readonly number[]
  readonly formats: readonly string[]
}

/** How far a number is from the one limit it has, or from zero. */
const USUAL_SPAN = 1000

/** @returns undefined where no number satisfies the rules */
export function makeNumber(rules: NumberRules, random: Random): number | undefined {
  const limits = rules.formats.map((name) => formatOf(name)?.limits).filter((range) => range !== undefined)
  const least = Math.max(rules.least, rules.above, ...limits.map(([low]) => low))
  const most = Math.min(rules.most, rules.below, ...limits.map(([, high]) => high))
  const isWhole = rules.isInteger || limits.length > 0
  const step = commonStep(isWhole ? [1, ...rules.steps] : rules.steps)
  const isAllowed = (value: number): boolean =>
    value >= least && value <= most && value > rules.above && value < rules.below
  if (step !== undefined) return makeMultiple(step, least, most, isAllowed, random)
  const [low, high] = window(least, most)
  const exact = low + random.next() * (high - low)
  const candidates = [Number(exact.toFixed(2)), exact, (low + high) / 2, low, high]
  return candidates.find(isAllowed)
}

function makeMultiple(
  step: number,
  least: number,
  most: number,
  isAllowed: (value: number) => boolean,
  random: Random,
): number | undefined {
  const [low, high] = window(Math.ceil(least / step), Math.floor(most / step))
  // Whole steps of 0.1 would show as 0.30000000000000004.
  const times = (count: number): number => {
    const product = count * step
    return (Number.isInteger(step) ? product : Number(product.toPrecision(15))) + 0
  }
  if (low > high) return undefined
  const middle = random.integer(low, high)
  return [middle, low, low + 1, high, high - 1].map(times).find(isAllowed)
}

/** A range of usual size within the limits, from zero up where the limits allow. */
function window(least: number, most: number): [number, number] {
  const low = least > 0 ? least : most < 0 ? Math.max(least, most - USUAL_SPAN) : Math.max(least, -USUAL_SPAN)
  const start = Number.isFinite(least) || most < 0 ? low : 0
  return [start, Math.min(most, Math.max(start, 0) + USUAL_SPAN)]
}
