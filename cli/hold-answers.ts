import type { Delay } from '../entries/config.ts'
import type { Answer } from '../mocks/engine/vocabulary.ts'

/** What is set for one API: for all its answers, or for those of some operations. */
type Delays = Delay | Readonly<Record<string, Delay>>

/**
 * How long each answer is held back, by what is set for its API.
 * @returns undefined where nothing is set
 */
export function createDelay(byApi: Readonly<Record<string, Delays>>): ((answer: Answer) => number) | undefined {
  if (Object.keys(byApi).length === 0) return undefined
  return ({ api = '', operationId = '' }) => {
    const set = byApi[api]
    const delay = typeof set === 'object' ? set[operationId] : set
    return delay === undefined ? 0 : chooseDelay(delay)
  }
}

/** In milliseconds: always the same, or evenly spread between two bounds. */
export function chooseDelay(delay: Delay): number {
  const [from = 0, to = from] = String(delay).split('-').map(Number)
  return from + Math.floor(Math.random() * (to - from + 1))
}
