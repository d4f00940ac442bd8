import { type Refusal, refuse } from '../engine/vocabulary.ts'

/**
 * What comes after reading takes some microseconds for each value, and nobody else is served meanwhile. Half a megabyte of
 * JSON in a member, which a document may allow, can hold nearly as many. A member of an object is three, its name is two of
 * them: it takes three times what an item of a list takes, and more.
 */
export const MAX_VALUES = 300_000

/** Counts the values of a body while it arrives, by the bytes that stand between them. */
export type CountValues = (chunk: Uint8Array) => number

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Each value of JSON but the first stands behind a comma, or is the first of a list or an object; a name ends in a colon. */
const SEPARATORS = new Uint8Array(256)
for (const char of ',[{') SEPARATORS[char.charCodeAt(0)] = 1
SEPARATORS[':'.charCodeAt(0)] = 2

function countJson(): CountValues {
  let values = 0
  let isText = false
  let isEscaped = false
  return (chunk) => {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (!isText) {
        if (byte === QUOTE) isText = true
        else values += SEPARATORS[byte] as number
      } else if (isEscaped) isEscaped = false
      else if (byte === BACKSLASH) isEscaped = true
      else if (byte === QUOTE) isText = false
    }
    return values
  }
}

/** Of other syntaxes each of these begins a value, or costs a part of what a value costs. */
function countBytes(weights: Readonly<Record<string, number>>): () => CountValues {
  const counted = new Float64Array(256)
  for (const [char, weight] of Object.entries(weights)) counted[char.charCodeAt(0)] = weight
  return () => {
    let values = 0
    return (chunk) => {
      for (let at = 0; at < chunk.length; at++) values += counted[chunk[at] as number] as number
      return values
    }
  }
}

/** A part is as many values: its boundary, its headers, its name and what it holds. */
const VALUES_OF_PART = 4

/** Each part of a multipart body begins with a line of two dashes (RFC 2046, section 5.1.1). */
function countParts(): CountValues {
  let values = 0
  let dashes = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (byte === 0x0a) dashes = 2
      else if (dashes > 0) {
        if (byte !== 0x2d) dashes = 0
        else if (--dashes === 0) values += VALUES_OF_PART
      }
    }
    return values
  }
}

const SYNTAXES: readonly (readonly [mediaType: RegExp, count: () => CountValues])[] = [
  [/json/, countJson],
  [/x-www-form-urlencoded/, countBytes({ '&': 1, '=': 1, '+': 1 / 8 })],
  [/multipart\//, countParts],
  [/xml/, countBytes({ '<': 1, '=': 1, '&': 1 })],
]

/** How the values of a body of this type are counted. Undefined: it is one value, a text or bytes. */
export const countValuesOf = (contentType = ''): CountValues | undefined => {
  const lower = contentType.toLowerCase()
  return SYNTAXES.find(([mediaType]) => mediaType.test(lower))?.[1]()
}

export const tooMany = (limit: number): Refusal =>
  refuse('body-too-large', `body holds more than ${limit} values and names of members`, { at: '/', rule: 'values' })
