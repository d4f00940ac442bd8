import { type Language, languageOf } from '../patterns/pattern-language.ts'
import type { Random } from '../patterns/random.ts'
import type { Keyword } from './keyword.ts'

/** Longer texts are not sent: they would try the server's limits, not the document's. */
const LONGEST_ACCEPTED = 100_000
const LONGEST_REFUSED = 1_000_000

/** In characters, not in bytes and not in UTF-16 units (JSON Schema, Validation, section 6.3.1). */
const lengthOf = (value: unknown): number => (typeof value === 'string' ? [...value].length : -1)

/**
 * JSON Schema, Validation, section 6.3.1: in characters. No edge from 100,000 characters on unless a pattern holds, no
 * breach from a million on.
 */
export const maxLength: Keyword = {
  name: 'maxLength',
  of: 'string',
  narrow(shape, { maxLength: most = Number.POSITIVE_INFINITY }) {
    shape.maxLength = Math.min(shape.maxLength, most)
  },
  *accepts({ maxLength: most, pattern, format }) {
    if (most === undefined) return
    const longest = { what: 'longest', title: 'is as long as it may be' }
    const wide = { what: 'longest/corners', title: `${longest.title}, in characters that take more than 16 bits` }
    if (pattern !== undefined) {
      const length = () => Math.min(most, languageOf(pattern).longestLength ?? 0)
      yield { ...longest, value: (random) => languageOf(pattern).drawExactly(random, length()) }
      if (/\\p\{|\\u\{/.test(pattern)) {
        yield { ...wide, value: (random) => drawWide(languageOf(pattern), length(), random) }
      }
    } else if (format === undefined && most < LONGEST_ACCEPTED) {
      yield { ...longest, value: (random) => letters(random, most) }
      yield { ...wide, value: () => '\u{20bb7}'.repeat(most) }
    }
  },
  *breaks({ maxLength: most, pattern }) {
    if (most === undefined || most >= LONGEST_REFUSED) return
    yield {
      what: 'maxLength',
      title: 'is one character too long',
      value: (random) => textOf(pattern, most + 1, random),
    }
  },
  faults: [
    { accepts: 'a text longer than maxLength', noticedBy: /maxLength/ },
    {
      refuses: 'a text of just maxLength',
      noticedBy: /longest/,
      isRefused: (value, { maxLength: most }) => lengthOf(value) === most,
    },
    {
      refuses: 'a text whose UTF-16 units exceed maxLength',
      noticedBy: /longest(?:\/\w+)?/,
      isRefused: (value, { maxLength: most = Number.POSITIVE_INFINITY }) =>
        typeof value === 'string' && value.length > most,
    },
    {
      refuses: 'a text whose bytes exceed maxLength',
      noticedBy: /longest(?:\/\w+)?/,
      isRefused: (value, { maxLength: most = Number.POSITIVE_INFINITY }) =>
        typeof value === 'string' && new TextEncoder().encode(value).length > most,
    },
  ],
}

/**
 * JSON Schema, Validation, section 6.3.2: in characters. No edge beside a pattern or a format: those have edges of
 * their own.
 */
export const minLength: Keyword = {
  name: 'minLength',
  of: 'string',
  narrow(shape, { minLength: least = 0 }) {
    shape.minLength = Math.max(shape.minLength, least)
  },
  *accepts({ minLength: least, pattern, format }) {
    if (!least || least > LONGEST_ACCEPTED || pattern !== undefined || format !== undefined) return
    yield { what: 'shortest', title: 'is as short as it may be', value: (random) => letters(random, least) }
  },
  *breaks({ minLength: least, pattern }) {
    if (!least || least > LONGEST_ACCEPTED) return
    yield {
      what: 'minLength',
      title: 'is one character too short',
      value: (random) => textOf(pattern, least - 1, random),
    }
  },
  faults: [
    { accepts: 'a text shorter than minLength', noticedBy: /minLength/ },
    {
      refuses: 'a text of just minLength',
      noticedBy: /shortest/,
      isRefused: (value, { minLength: least }) => lengthOf(value) === least,
    },
    { refuses: 'an empty text', noticedBy: /empty/, isRefused: (value) => value === '' },
  ],
}

const textOf = (pattern: string | undefined, length: number, random: Random): string | undefined =>
  pattern ? languageOf(pattern).drawExactly(random, length) : 'x'.repeat(length)

/** A text of just this length with characters beyond 16 bits in it. */
function drawWide(language: Language, length: number, random: Random): string | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const text = language.drawExactly(random.at('wide', attempt), length, { corners: true })
    if (text !== undefined && text.length > length) return text
  }
  return undefined
}

const letters = (random: Random, length: number): string =>
  Array.from({ length }, () => random.pick([...'abcdefghijklmnopqrstuvwxyz'])).join('')
