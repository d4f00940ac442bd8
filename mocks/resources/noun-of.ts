import { wordsOf } from '../../documents/patterns/read-words.ts'
import { singularOf } from '../../documents/resources/tell-words.ts'

/** What one record of a resource is called, by the resource's name: `toy` of `pets.toys`. */
export const nounOf = (name: string): string => singularOf(wordsOf(name.split('.').at(-1) ?? ''))
