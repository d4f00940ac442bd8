import type { Random } from './random.ts'

const ONSETS = [...'bdfgklmnprstv']
const VOWELS = [...'aeiou']

/** One word of a few syllables, or, where more is asked for, several with spaces between them. */
export function makeWords(minLength: number, maxLength: number, random: Random): string {
  const length = Math.min(maxLength, Math.max(minLength, random.integer(5, 10)))
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
  return text.slice(0, length)
}
