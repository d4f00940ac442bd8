import { type Operation, type Parameter, type Refusal, refuse } from '../engine/vocabulary.ts'

/**
 * Holds whole numbers to limits that no number of JavaScript is (beyond 2 ** 53): to the validators, what lies next to each
 * other there is the same.
 * @param textOf what was sent for a parameter, decoded
 */
export function checkLimits(
  { parameters }: Operation,
  textOf: (parameter: Parameter) => string | undefined,
): Refusal | undefined {
  for (const parameter of parameters) {
    const { limits } = parameter
    const text = limits && textOf(parameter)
    if (!limits || text === undefined || !/^-?\d+$/.test(text)) continue
    const { minimum = text, maximum = text } = limits
    const at = `${parameter.in}/${parameter.name}`
    if (BigInt(text) < BigInt(minimum)) return refuse('invalid', `${at} must be >= ${minimum}`, { at, rule: 'minimum' })
    if (BigInt(text) > BigInt(maximum)) return refuse('invalid', `${at} must be <= ${maximum}`, { at, rule: 'maximum' })
  }
  return undefined
}
