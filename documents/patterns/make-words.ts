import type { Random } from './random.ts'

const ONSETS = [...'bdfgklmnprstv']
const VOWELS = [...'aeiou']

/** What comes after that is the same again: nobody reads so far. */
const LONGEST_DRAWN = 100_000

/** One word of a few syllables, or, where more is asked for, several with spaces between them. */
export function makeWords(minLength: number, maxLength: number, random: Random): string {
  const whole = Math.min(maxLength, Math.max(minLength, random.integer(5, 10)))
  const length = Math.min(whole, LONGEST_DRAWN)
  let text = ''
  let word = 0
  while (text.length < length) {
    if (word >= 8 && length - text.length > 3) {
      text += ' '
      word = 0
    }
    text += random.pick(word % 2 === 0 ? ONSETS : VOWELS)
    word++
  }
  return text
    .slice(0, length)
    .repeat(Math.ceil(whole / Math.max(1, length)))
    .slice(0, whole)
}
