import type { World } from './vocabulary.ts'

type Hash = readonly [number, number, number, number]

/** Four lanes of multiply and rotate over the text, mixed by MurmurHash3's finaliser: names, not secrets, so speed over strength. */
function hash([a, b, c, d]: Hash, text: string): Hash {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = b ^ Math.imul(a ^ code, 0x9e3779b1)
    b = c ^ Math.imul(b ^ code, 0x85ebca77)
    c = d ^ Math.imul(c ^ code, 0xc2b2ae3d)
    d = a ^ Math.imul(d ^ code, 0x27d4eb2f)
  }
  a = mix(a ^ text.length)
  b = mix(b + a)
  c = mix(c + b)
  d = mix(d + c)
  return [mix(a + d), b, c, d]
}

function mix(lane: number): number {
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35)
  return (lane ^ (lane >>> 16)) >>> 0
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hex16 = (word: number): string => (HEX[(word >>> 8) & 0xff] as string) + HEX[word & 0xff]
const hex32 = (word: number): string => hex16(word >>> 16) + hex16(word)

const ROOT: Hash = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]

/** A world whose every id is a function of (seed, API, tenant, keys), so that user 7 is the same user everywhere. */
export function createWorld(seed: string, api: string, tenant: string, now: Date): World {
  return worldOf(hash(ROOT, JSON.stringify([seed, api, tenant])), now)
}

function worldOf(base: Hash, now: Date): World {
  return {
    now,
    uuid(...keys) {
      const [a, b, c, d] = hash(base, keys.join('\u0000'))
      const version = (b & 0x0fff) | 0x4000
      const variant = ((c >>> 16) & 0x3fff) | 0x8000
      return `${hex32(a)}-${hex16(b >>> 16)}-${hex16(version)}-${hex16(variant)}-${hex16(c)}${hex32(d)}`
    },
    letters(length, alphabet, ...keys) {
      let text = ''
      let state = hash(base, keys.join('\u0000'))
      while (text.length < length) {
        for (const lane of state) if (text.length < length) text += alphabet[lane % alphabet.length]
        state = hash(state, '\u0001')
      }
      return text
    },
    within: (key) => worldOf(hash(base, key), now),
  }
}

/** Not for keeping secrets, only for not printing them: the same text always gives the same 32 hexadecimal digits. */
export const digest = (text: string): string => hash(ROOT, text).map(hex32).join('')
