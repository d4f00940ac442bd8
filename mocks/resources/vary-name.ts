import { createRandom } from '../../documents/patterns/random.ts'
import type { World } from '../engine/vocabulary.ts'

const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** A text of the same kind as another: `cus_9sX` becomes `cus_k3B`, a UUID is another one, a number counts, and a word has a number behind it. */
export function vary(example: string, number: number, world: World): string {
  if (UUID.test(example)) return world.uuid(number)
  if (/^\d{1,15}$/.test(example)) return String(Number(example) + number).padStart(example.length, '0')
  const [, prefix = '', rest = ''] = /^((?:[A-Za-z]+[_-])*)(.*)$/s.exec(example) ?? []
  const isWord = /^[a-z .-]*$/i.test(rest) || rest.length < 6
  if (isWord) return `${example}-${number}`
  const isHex = /^(?=.*[a-f])[\da-f]+$/.test(rest)
  const random = createRandom(world.uuid(number))
  const start = /^[A-Z]{2}(?=[\da-f]{32}$)/.exec(rest)?.[0] ?? ''
  const varied = [...rest.slice(start.length)].map((letter, index) => {
    const drawn = random.at(index)
    if (isHex || start !== '') return drawn.pick([...DIGITS, ...'abcdef'])
    if (/\d/.test(letter)) return drawn.pick([...DIGITS])
    if (/[a-z]/.test(letter)) return drawn.pick([...LETTERS])
    return /[A-Z]/.test(letter) ? drawn.pick([...LETTERS.toUpperCase()]) : letter
  })
  return prefix + start + varied.join('')
}
