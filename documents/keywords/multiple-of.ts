import type { Keyword } from './keyword.ts'
import { typesOf } from './members.ts'

/**
 * JSON Schema, Validation, section 6.2.1. Broken by half a step, of whole numbers by 1; `multipleOf: 1` is left to
 * `type`.
 */
export const multipleOf: Keyword = {
  name: 'multipleOf',
  of: 'number',
  narrow(shape, { multipleOf: step }) {
    if (step !== undefined) shape.steps.push(step)
  },
  *breaks(schema) {
    const { multipleOf: step } = schema
    if (step === undefined || step === 1) return
    const isWhole = typesOf(schema).includes('integer')
    yield {
      what: 'multipleOf',
      title: `is no multiple of ${step}`,
      value(random, composer) {
        const good = composer.value(random) as number
        return isWhole ? good + 1 : round(good + step / 2)
      },
    }
  },
  faults: [{ accepts: 'a number between the multiples', noticedBy: /multipleOf/ }],
}

/** Whole steps of 0.1 would show as 0.30000000000000004. A whole number is what it is, of however many digits. */
export const round = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12)))

/** Within 1e-9 of a whole number of steps: 0.3 is a multiple of 0.1 although their quotient in binary is not 3. */
export const isMultiple = (value: number, step: number): boolean =>
  Math.abs(value / step - Math.round(value / step)) < 1e-9

/** The least number that is a multiple of every step. */
export function commonStep(steps: readonly number[]): number | undefined {
  if (steps.length === 0) return undefined
  const digits = Math.max(...steps.map(decimals))
  const scale = 10 ** digits
  const whole = steps.map((step) => Math.round(step * scale))
  return whole.reduce((left, right) => (left / divisor(left, right)) * right) / scale
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

function decimals(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}
