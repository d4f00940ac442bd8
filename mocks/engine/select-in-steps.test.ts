import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectInSteps } from './select-in-steps.ts'
import { workAtOnce } from './take-turns.ts'
import type { Selection } from './vocabulary.ts'

interface Item {
  readonly id: number
  readonly rank: number
}

const ranks = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 5000, size: 'max' })
const itemsOf = (given: readonly number[]): Item[] => given.map((rank, id) => ({ id, rank }))
const byRank: Selection<Item, number> = { by: ({ rank }) => rank, compare: (one, other) => one - other }
const select = (items: readonly Item[], selection: Selection<Item, number>) => {
  const kept = items.map((item) => (item.id % 2 ? item : JSON.stringify(item)))
  return workAtOnce(selectInSteps(kept, selection as Selection<object>))
}

describe('selecting in steps', () => {
  it('gives what sorting all that is picked gives, whether kept as text or not', () => {
    fc.assert(
      fc.property(ranks, fc.boolean(), fc.boolean(), fc.nat(5000), (given, isTurned, isOrdered, first) => {
        const items = itemsOf(given)
        const picks = ({ rank }: Item) => rank % 3 > 0
        const all = items.filter(picks)
        if (isOrdered) all.sort((one, other) => one.rank - other.rank)
        if (isTurned) all.reverse()
        const found = select(items, { picks, isTurned, first, ...(isOrdered && byRank) })
        expect(found.length).toBe(all.length)
        expect(found.slice(0, first)).toEqual(all.slice(0, first))
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('leaves others their turn every few hundred records, and while it sorts and merges', () => {
    const steps = (selection: Selection<Item, number>): number => {
      const work = selectInSteps(
        itemsOf(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 1000)),
        selection as never,
      )
      let count = 0
      while (!work.next().done) count++
      return count
    }
    expect(steps({})).toBe(500)
    expect(steps(byRank)).toBeGreaterThan(500 + 100 + 7 * 20)
  })
})
