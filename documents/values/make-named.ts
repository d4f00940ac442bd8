import { formatOf } from '../keywords/format.ts'
import { isMultiple } from '../keywords/multiple-of.ts'
import type { Shape } from '../keywords/shape.ts'
import type { Random } from '../patterns/random.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { NAMED_NUMBERS } from './named-numbers.ts'
import { NAMED_STRINGS, type NamedString } from './named-strings.ts'

/** Where a value stands. */
interface Named {
  /** What it is called. */
  readonly name: string
  /** What it is a member of. */
  readonly parent: string
  readonly random: Random
  /** Chance that the members of one object share. */
  readonly kin: Random
}

/** What stands for something that is not so. */
const UNUSUAL =
  /\b(?:deleted|removed|archived|locked|suspended|blocked|banned|expired|disabled|hidden|failed|errors?|invalid|cancell?ed)\b/
const USUAL = /^(?:is|has|can|was|enabled|active|verified|available|success|ok)\b/

/**
 * A value that looks like what its member is called, where the schema leaves room for it: patterns, lengths, limits and
 * formats come first.
 * @returns undefined where no name says anything, or nothing that fits
 */
export function makeNamed(type: string, shape: Shape, { name, parent, random, kin }: Named): unknown {
  const words = wordsOf(name)
  if (type === 'boolean') return UNUSUAL.test(words) ? false : USUAL.test(words) ? true : undefined
  if (type === 'string') {
    const made = findString(shape, words)?.make(random, kin, wordsOf(parent)) ?? []
    return [made].flat().find((text) => fitsString(shape, text))
  }
  if (type !== 'number' && type !== 'integer') return undefined
  const isWhole = type === 'integer' || shape.formats.some((name) => formatOf(name)?.limits)
  const made = NAMED_NUMBERS.find(({ match }) => match.test(words))?.make(random, isWhole)
  return made !== undefined && fitsNumber(shape, made, isWhole) ? made : undefined
}

const UNFORMATTED = NAMED_STRINGS.filter(({ isFormatted }) => !isFormatted)
const SAYING = UNFORMATTED.filter(({ isAny }) => !isAny)

/** A format that something is known of decides; any other says what a name says: `currency`. */
function findString({ formats }: Shape, words: string): NamedString | undefined {
  const [format] = formats
  if (format === undefined) return UNFORMATTED.find(({ match }) => match.test(words))
  if (formats.some((name) => formatOf(name))) {
    const having = NAMED_STRINGS.filter((entry) => entry.formats?.some((name) => name === format))
    return formats.length > 1 ? undefined : (having.find(({ match }) => match.test(words)) ?? having.at(-1))
  }
  return SAYING.find(({ match }) => match.test(wordsOf(format))) ?? UNFORMATTED.find(({ match }) => match.test(words))
}

function fitsString({ minLength, maxLength, patterns }: Shape, text: string): boolean {
  const { length } = [...text]
  if (length < minLength || length > maxLength) return false
  try {
    return patterns.every((pattern) => new RegExp(pattern, 'u').test(text))
  } catch {
    // Who draws from the pattern says what is wrong with it.
    return false
  }
}

const fitsNumber = ({ least, most, above, below, steps }: Shape, value: number, isWhole: boolean): boolean =>
  value >= least &&
  value <= most &&
  value > above &&
  value < below &&
  (!isWhole || Number.isInteger(value)) &&
  steps.every((step) => isMultiple(value, step))
