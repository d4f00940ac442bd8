import { isFinal } from '../../documents/values/make-value.ts'
import { isUnmakeable } from './case-kit.ts'
import { CHOICE, type Worth } from './rank-cases.ts'
import type { Case, Kind, LeftOut } from './vocabulary.ts'

/** A case before anything of it is made. */
export interface Attempt {
  readonly id: string
  readonly kind: Kind
  readonly worth: Worth
  /** `why`: there is no such case. */
  make(): Case | { readonly why: string }
}

/** What is tried of one operation. */
interface Chosen {
  readonly cases: readonly Case[]
  readonly dropped: readonly { readonly id: string; readonly reason: string }[]
  readonly leftOut: LeftOut | undefined
}

/** What could be tried of one operation. */
export interface Listed {
  readonly operationId: string
  readonly attempts: readonly Attempt[]
  /** Why there are no more. */
  readonly broken?: string
}

/** @param list may throw on the way what says that a document allows no value: what came before it stays */
export function listAttempts(operationId: string, list: () => Iterable<Attempt>): Listed {
  const attempts: Attempt[] = []
  try {
    for (const attempt of list()) attempts.push(attempt)
  } catch (error) {
    if (!isUnmakeable(error)) throw error
    return { operationId, attempts, broken: error.message }
  }
  return { operationId, attempts }
}

/**
 * How many cases each operation may have, that all together are no more than so many: few have all of theirs, and what
 * they leave is shared out among the others.
 * @param counts what each could have
 */
export function shareOut(counts: readonly number[], all: number): number {
  let left = all
  const sorted = counts.toSorted((one, other) => one - other)
  for (const [at, count] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - at))
    if (count > share) return Math.max(1, share)
    left -= count
  }
  return Number.POSITIVE_INFINITY
}

/**
 * How many cases each operation may have, that all together are about so many. Rules that need not hold, as another
 * alternative may, take what is left by all others.
 * @returns most: of the others, at most
 */
export function limitCases(
  lists: readonly Listed[],
  { each, all }: { readonly each: number; readonly all: number },
): { most: number; limitOf(list: Listed): number } {
  const countOf = ({ attempts }: Listed, isChoice: boolean) =>
    attempts.filter(({ worth }) => worth >= CHOICE === isChoice).length
  const neededOf = (list: Listed) => Math.min(countOf(list, false), each)
  const most = Math.min(each, shareOut(lists.map(neededOf), all))
  const takenOf = (list: Listed) => Math.min(neededOf(list), most)
  const choicesOf = (list: Listed) => Math.min(countOf(list, true), each - takenOf(list))
  const left = all - lists.reduce((sum, list) => sum + takenOf(list), 0)
  const mostChoices = left > 0 ? shareOut(lists.map(choicesOf), left) : 0
  return { most, limitOf: (list) => takenOf(list) + Math.min(choicesOf(list), mostChoices) }
}

/** After so many cases whose values are too large to make, the rest is not tried: each takes a tenth of a second to fail. */
const MOST_HOPELESS = 4

/** The largest documents that are published take a fifth of it for all of their operations together. */
const MOST_VALUES = 250_000

/**
 * Makes the cases of an operation that are worth most, at most so many; they keep the document's order.
 * @param madeValues how many values their bodies hold together so far: a tenth of a second goes by with each ten thousand
 */
export function chooseCases({ operationId, attempts, broken }: Listed, most: number, madeValues: () => number): Chosen {
  const dropped = broken === undefined ? [] : [{ id: `${operationId}/rest`, reason: broken }]
  const made = new Map<Attempt, Case>()
  const untried: Attempt[] = []
  let hopeless = 0
  const isTooMuch = () => madeValues() > MOST_VALUES
  for (const attempt of attempts.toSorted((a, b) => a.worth - b.worth)) {
    if (made.size >= most || hopeless >= MOST_HOPELESS || isTooMuch()) {
      untried.push(attempt)
      continue
    }
    const one = makeOrWhy(attempt)
    if ('why' in one) dropped.push({ id: attempt.id, reason: one.why })
    else made.set(attempt, one)
    if ('isFinal' in one && one.isFinal) hopeless++
  }
  const tooLarge = `its bodies are so large that ${untried.length} more are not made`
  const reason = hopeless >= MOST_HOPELESS ? (dropped.at(-1)?.reason ?? '') : isTooMuch() ? tooLarge : undefined
  return {
    cases: attempts.flatMap((attempt) => made.get(attempt) ?? []),
    dropped,
    leftOut:
      reason !== undefined && untried.length > 0
        ? { operationId, kinds: {}, tried: made.size, reason }
        : whatIsLeftOut(operationId, made.size, untried, dropped[0]?.reason),
  }
}

function makeOrWhy(attempt: Attempt): Case | { readonly why: string; readonly isFinal?: boolean } {
  try {
    return attempt.make()
  } catch (error) {
    if (!isUnmakeable(error)) throw error
    return { why: error.message, isFinal: isFinal(error) }
  }
}

function whatIsLeftOut(
  operationId: string,
  made: number,
  untried: readonly Attempt[],
  reason = 'nothing of it can be tried',
): LeftOut | undefined {
  if (untried.length > 0) {
    const kinds: Partial<Record<Kind, number>> = {}
    for (const { kind } of untried) kinds[kind] = (kinds[kind] ?? 0) + 1
    return { operationId, kinds, tried: made }
  }
  return made === 0 ? { operationId, kinds: {}, tried: 0, reason } : undefined
}
