import { wordsOf } from '../patterns/read-words.ts'
import type { Json } from '../read/read-document.ts'

/** Names of members that tell one record from another. */
const IDENTITIES = /^(?:(?:node |external |object |public )?(?:id|uuid|guid|sid|gid)|key|slug|email|login|username)$/

/** Whether a member tells the items of a list apart. @param kind what an item is called, or the list */
export function tellsApart(member: string, kind: string): boolean {
  const words = wordsOf(member)
  return IDENTITIES.test(words) || words === `${wordsOf(kind).replace(/s$/, '')} id`
}

/** An item of a list that is a copy of another but for the ids among its members. @param index how many copies stand before it */
export function varyIds(item: Json, index: number, kind: string): Json {
  if (index === 0 || typeof item !== 'object' || item === null || Array.isArray(item)) return item
  const varied = Object.entries<Json>(item).map(([name, value]) => [
    name,
    tellsApart(name, kind) ? varyExample(value, index) : value,
  ])
  return Object.fromEntries(varied)
}

/** An id that looks like another: a number further on, or a text whose last digits, or last letter, are further on. */
export function varyExample(example: Json, index: number): Json {
  if (index === 0) return example
  if (Number.isSafeInteger(example)) return example + index
  if (typeof example !== 'string') return example
  const [, start = '', digits, end = ''] = /^(.*?)(\d{1,6})(\D*)$/s.exec(example) ?? []
  if (digits !== undefined) {
    return start + String((Number(digits) + index) % 10 ** digits.length).padStart(digits.length, '0') + end
  }
  const at = example.search(/[a-z](?!.*[a-z])/s)
  if (at < 0) return example
  const letter = String.fromCharCode(97 + ((example.charCodeAt(at) - 97 + index) % 26))
  return example.slice(0, at) + letter + example.slice(at + 1)
}
