import type { World } from './vocabulary.ts'

/**
 * The running hash: four lanes of multiply and rotate over what is absorbed, mixed by MurmurHash3's finaliser. Names,
 * not secrets, so speed over strength. They are variables of the module, because ids are asked for by the million and
 * nobody waits between the start of a hash and its end.
 */
let a = 0
let b = 0
let c = 0
let d = 0

function absorb(code: number): void {
  a = b ^ Math.imul(a ^ code, 0x9e3779b1)
  b = c ^ Math.imul(b ^ code, 0x85ebca77)
  c = d ^ Math.imul(c ^ code, 0xc2b2ae3d)
  d = a ^ Math.imul(d ^ code, 0x27d4eb2f)
}

function absorbText(text: string): void {
  for (let at = 0; at < text.length; at++) absorb(text.charCodeAt(at))
  absorb(text.length)
}

function absorbNumber(number: number): void {
  absorb(number | 0)
  // What is past 32 bits, or behind the point, is told apart by its text.
  if (number !== (number | 0)) absorbText(String(number))
}

function mix(lane: number): number {
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35)
  return (lane ^ (lane >>> 16)) >>> 0
}

function finish(): void {
  a = mix(a)
  b = mix(b + a)
  c = mix(c + b)
  d = mix(d + c)
  a = mix(a + d)
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const digit = (word: number, shift: number): number => DIGITS[(word >>> shift) & 15] as number

/** A world whose every id is a function of (seed, API, tenant, keys), so that user 7 is the same user everywhere. */
export function createWorld(seed: string, api: string, tenant: string, now: Date): World {
  return new SeededWorld(now, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344).within(seed).within(api).within(tenant)
}

class SeededWorld implements World {
  readonly now: Date
  readonly #a: number
  readonly #b: number
  readonly #c: number
  readonly #d: number

  constructor(now: Date, ...lanes: [number, number, number, number]) {
    this.now = now
    ;[this.#a, this.#b, this.#c, this.#d] = lanes
  }

  #hash(keys: readonly (string | number)[]): void {
    a = this.#a
    b = this.#b
    c = this.#c
    d = this.#d
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string | number
      if (typeof key === 'number') absorbNumber(key)
      else absorbText(key)
    }
    finish()
  }

  uuid(...keys: (string | number)[]): string {
    this.#hash(keys)
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

  letters(length: number, alphabet: string, ...keys: (string | number)[]): string {
    this.#hash(keys)
    const codes: number[] = []
    for (;;) {
      for (const lane of [a, b, c, d]) {
        if (codes.length === length) return String.fromCharCode(...codes)
        codes.push(alphabet.charCodeAt(lane % alphabet.length))
      }
      absorb(1)
      finish()
    }
  }

  within(key: string): World {
    this.#hash([key])
    return new SeededWorld(this.now, a, b, c, d)
  }
}

/** Not for keeping secrets, only for not printing them: the same text always gives the same 32 hexadecimal digits. */
export const digest = (text: string): string =>
  new SeededWorld(new Date(0), 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344).letters(32, '0123456789abcdef', text)
