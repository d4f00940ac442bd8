/**
 * A stream of chance that is named by its keys. The same keys give the same stream in every process, and a stream made
 * by `at` does not depend on what was drawn before: a value keeps its place whatever its neighbours do.
 */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** @throws RangeError when there is nothing to choose from */
  pick<T>(values: readonly T[]): T
  at(...keys: readonly (string | number)[]): Random
}

type State = [number, number, number, number]

export const createRandom = (...keys: readonly (string | number)[]): Random => new Stream(keys.join('\u0000'))

class Stream implements Random {
  readonly #name: string
  #state: State | undefined

  constructor(name: string) {
    this.#name = name
  }

  next(): number {
    this.#state ??= hash(this.#name)
    return step(this.#state)
  }

  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('there is nothing to pick from')
    return values[this.integer(0, values.length - 1)] as T
  }

  at(...keys: readonly (string | number)[]): Random {
    return new Stream(`${this.#name}\u0000${keys.join('\u0000')}`)
  }
}

/** 128 bits of a text: cyrb128, four lanes of multiply and xor. */
function hash(text: string): State {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  const state: State = [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a]
  // The first draws of close names resemble each other.
  for (let round = 0; round < 8; round++) step(state)
  return state
}

/** One step of sfc32, a small fast counting generator. */
function step(state: State): number {
  const sum = (state[0] + state[1] + state[3]) | 0
  state[3] = (state[3] + 1) | 0
  state[0] = state[1] ^ (state[1] >>> 9)
  state[1] = (state[2] + (state[2] << 3)) | 0
  state[2] = (((state[2] << 21) | (state[2] >>> 11)) + sum) | 0
  return (sum >>> 0) / 4294967296
}
