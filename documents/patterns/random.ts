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

/** @param keys joined by U+0000: `('a', 1)` and `('a1')` are two streams */
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

/** 128 bits of a text: FNV-1a (32 bits) from four different starts, each finished as MurmurHash3 does. */
function hash(text: string): State {
  // Four variables: an array of them takes twice as long, and every value that is made begins here.
  let [first, second, third, fourth] = [0x811c9dc5, 0x9747b28c, 0x5bd1e995, 0x1b873593]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code ^ 1, 0x01000193)
    third = Math.imul(third ^ code ^ 2, 0x01000193)
    fourth = Math.imul(fourth ^ code ^ 3, 0x01000193)
  }
  const mix = (lane: number, index: number): number => finish(lane ^ Math.imul(text.length + index, 0x9e3779b1))
  const state: State = [mix(first, 0), mix(second, 1), mix(third, 2), mix(fourth, 3)]
  // The first draws of close names resemble each other.
  for (let round = 0; round < 8; round++) step(state)
  return state
}

function finish(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** One step of sfc32, the small fast counting generator of PractRand (public domain). */
function step(state: State): number {
  const sum = (state[0] + state[1] + state[3]) | 0
  state[3] = (state[3] + 1) | 0
  state[0] = state[1] ^ (state[1] >>> 9)
  state[1] = (state[2] + (state[2] << 3)) | 0
  state[2] = (((state[2] << 21) | (state[2] >>> 11)) + sum) | 0
  return (sum >>> 0) / 4294967296
}
