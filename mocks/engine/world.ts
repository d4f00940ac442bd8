import type { World } from './vocabulary.ts'

/** What the last hash gave. Kept in one array, because numbers of 32 bits in variables of a module cost an allocation each. */
const lanes = new Int32Array(4)

/**
 * Four lanes of multiply and rotate over the keys, mixed by MurmurHash3's finaliser: names, not secrets, so speed over
 * strength. A text is followed by its length, a number of 32 bits stands for itself, any other for its text.
 */
function hash(base: Int32Array, keys: readonly (string | number)[]): void {
  let a = base[0] as number
  let b = base[1] as number
  let c = base[2] as number
  let d = base[3] as number
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string | number
    const isWord = typeof key === 'number' && key === (key | 0)
    const text = isWord ? '' : String(key)
    const last = isWord ? key : text.length
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : last
      a = b ^ Math.imul(a ^ code, 0x9e3779b1)
      b = c ^ Math.imul(b ^ code, 0x85ebca77)
      c = d ^ Math.imul(c ^ code, 0xc2b2ae3d)
      d = a ^ Math.imul(d ^ code, 0x27d4eb2f)
    }
  }
  a = mix(a)
  b = mix(b + a)
  c = mix(c + b)
  d = mix(d + c)
  lanes[0] = mix(a + d)
  lanes[1] = b
  lanes[2] = c
  lanes[3] = d
}

function mix(lane: number): number {
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35)
  return lane ^ (lane >>> 16)
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const digit = (word: number, shift: number): number => DIGITS[(word >>> shift) & 15] as number

const ROOT = Int32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)

/** A world whose every id is a function of (seed, API, tenant, keys), so that user 7 is the same user everywhere. */
export const createWorld = (seed: string, api: string, tenant: string, now: Date): SeededWorld =>
  new SeededWorld(ROOT, now).within(seed).within(api).within(tenant)

/** Most calls, and all rows of one, are in the same millisecond: writing the time out takes longer than an id. */
let lastTime = Number.NaN
let lastTimestamp = ''

/** So many of 62 letters are in 32 bits. */
const LETTERS_OF_LANE = 5
const NEXT = [1]
/** Of the text that is being made. */
const codes: number[] = []

export class SeededWorld implements World {
  readonly now: Date
  readonly #base: Int32Array

  constructor(base: Int32Array, now: Date) {
    this.#base = base
    this.now = now
  }

  get timestamp(): string {
    const time = this.now.getTime()
    if (time !== lastTime) {
      lastTimestamp = this.now.toISOString()
      lastTime = time
    }
    return lastTimestamp
  }

  uuid(...keys: (string | number)[]): string {
    hash(this.#base, keys)
    const a = lanes[0] as number
    const b = lanes[1] as number
    const c = lanes[2] as number
    const d = lanes[3] as number
    const version = (b & 0x0fff) | 0x4000
    const variant = ((c >>> 16) & 0x3fff) | 0x8000
    // One flat text: joined from parts, it would have to be flattened before it is compared or written.
    // biome-ignore format: four digits of a word to a line
    return String.fromCharCode(
      digit(a, 28), digit(a, 24), digit(a, 20), digit(a, 16),
      digit(a, 12), digit(a, 8), digit(a, 4), digit(a, 0), 0x2d,
      digit(b, 28), digit(b, 24), digit(b, 20), digit(b, 16), 0x2d,
      digit(version, 12), digit(version, 8), digit(version, 4), digit(version, 0), 0x2d,
      digit(variant, 12), digit(variant, 8), digit(variant, 4), digit(variant, 0), 0x2d,
      digit(c, 12), digit(c, 8), digit(c, 4), digit(c, 0),
      digit(d, 28), digit(d, 24), digit(d, 20), digit(d, 16),
      digit(d, 12), digit(d, 8), digit(d, 4), digit(d, 0),
    )
  }

  letters(prefix: string, length: number, alphabet: string, ...keys: (string | number)[]): string {
    hash(this.#base, keys)
    const part = 1 / alphabet.length
    let at = 0
    for (; at < prefix.length; at++) codes[at] = prefix.charCodeAt(at)
    let lane = 0
    let rest = 0
    for (let letter = 0; letter < length; letter++) {
      if (letter % LETTERS_OF_LANE === 0) {
        if (lane === lanes.length) {
          hash(lanes, NEXT)
          lane = 0
        }
        rest = (lanes[lane++] as number) >>> 0
      }
      // A product takes less than a quotient; the half keeps it from falling short of a whole number.
      const next = Math.floor((rest + 0.5) * part)
      codes[at++] = alphabet.charCodeAt(rest - next * alphabet.length)
      rest = next
    }
    codes.length = at
    return String.fromCharCode(...codes)
  }

  within(key: string): SeededWorld {
    hash(this.#base, [key])
    return new SeededWorld(lanes.slice(), this.now)
  }

  /** The same world at another time. */
  at(now: Date): SeededWorld {
    return new SeededWorld(this.#base, now)
  }
}

/** Not for keeping secrets, only for not printing them: the same text always gives the same 32 hexadecimal digits. */
export const digest = (text: string): string =>
  new SeededWorld(ROOT, new Date(0)).letters('', 32, '0123456789abcdef', text)
