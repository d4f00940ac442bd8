import { formatOf } from '../keywords/format.ts'
import { makeWords } from '../patterns/make-words.ts'
import { languageOf } from '../patterns/pattern-language.ts'
import type { Random } from '../patterns/random.ts'

/** What a string has to be. */
interface StringRules {
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly patterns: readonly string[]
  readonly formats: readonly string[]
}

/** @returns undefined where no string satisfies the rules */
export function makeString(rules: StringRules, random: Random): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = rules
  if (minLength > maxLength) return undefined
  // What several schemas say of one text is said once.
  const formats = [...new Set(rules.formats)].map(formatOf).filter((format) => format?.pattern !== undefined)
  if (rules.patterns.length === 0 && formats.length === 0) return makeWords(minLength, maxLength, random)
  if (rules.patterns.length === 0 && formats.length === 1) {
    const usual = formats[0]?.usual?.(random)
    if (usual !== undefined && usual.length >= minLength && usual.length <= maxLength) return usual
  }
  const patterns = [...rules.patterns, ...formats.map((format) => format?.pattern as string)]
  return languageOf(...(patterns as [string, ...string[]])).draw(random, { minLength, maxLength })
}
