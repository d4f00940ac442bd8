import type { Kind, LeftOut } from './vocabulary.ts'

/** More lines than these help nobody. */
const MOST_TOLD = 20

/**
 * A sentence for each operation that is tried less than it could be; of many, for those that lack most.
 * @param shared how many cases an operation has at most, where there would be too many of all together
 */
export function tellLeftOut(leftOut: readonly LeftOut[], shared?: number): string[] {
  const sorted = leftOut.toSorted((a, b) => Number(a.tried > 0) - Number(b.tried > 0) || countOf(b) - countOf(a))
  const rest = sorted.slice(MOST_TOLD)
  const more = rest.reduce((sum, one) => sum + countOf(one), 0)
  const missing = leftOut.reduce((total, one) => total + countOf(one), 0)
  const limit = `the document has more cases than a run takes, so each operation has ${shared} at most, and ${missing} are left out`
  return [
    ...(shared === undefined ? [] : [`${limit}; --cases 700 tries up to 700 of each`]),
    ...sorted.slice(0, MOST_TOLD).map(tell),
    ...(rest.length > 0 ? [`${rest.length} more operations: ${describe(more, sum(rest))} left out; --cases`] : []),
  ]
}

function tell(one: LeftOut): string {
  const { operationId, reason, tried, kinds } = one
  if (reason !== undefined) return `${operationId}: ${tried === 0 ? 'no case: ' : ''}${reason}`
  const whole = tried + countOf(one)
  return `${operationId}: ${describe(countOf(one), kinds)} left out; --cases ${whole} tries them all`
}

/** `34 cases (30 refuses, 4 accepts)`. */
function describe(count: number, kinds: LeftOut['kinds']): string {
  const each = Object.entries(kinds).map(([kind, number]) => `${number} ${kind}`)
  return `${count} ${count === 1 ? 'case' : 'cases'} (${each.join(', ')})`
}

const countOf = ({ kinds }: LeftOut): number => Object.values(kinds).reduce((total, number) => total + number, 0)

function sum(all: readonly LeftOut[]): LeftOut['kinds'] {
  const kinds: Partial<Record<Kind, number>> = {}
  for (const one of all)
    for (const [kind, number] of Object.entries(one.kinds) as [Kind, number][])
      kinds[kind] = (kinds[kind] ?? 0) + number
  return kinds
}
