import type { Contract } from '../../../documents/contract/contract.ts'
import { isWordLike, wordsOf } from './is-word-like.ts'
import { readingsOf } from './read-escapes.ts'
import { spellSecret } from './spell-secret.ts'

/** A single word in any language that has cases; nobody can say of it where it came from. */
const WORD = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u

/**
 * Searches texts for secrets, however they are spelled.
 * @returns of some texts, which secrets they show; never one that could be a word: innocent texts have those too
 */
export function createSecretSearch(
  secrets: readonly string[],
  contract: Contract,
): (texts: readonly string[]) => readonly string[] {
  const patterns = secrets
    .filter((secret) => !WORD.test(secret) && !isWordLike(secret, wordsOf(contract)))
    .map((secret) => ({ secret, pattern: patternOf(spellSecret(secret)) }))
  return (texts) => {
    if (patterns.length === 0) return []
    const readings = texts.flatMap((text) => readingsOf(text))
    return patterns.flatMap(({ secret, pattern }) => (readings.some(({ text }) => pattern.test(text)) ? [secret] : []))
  }
}

const patternOf = (texts: readonly string[]): RegExp =>
  new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'i')
