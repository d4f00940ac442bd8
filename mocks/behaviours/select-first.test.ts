import { expect, it } from 'vitest'
import { selectFirst } from './select-first.ts'

const numbers = Array.from({ length: 5000 }, (_, at) => ({ at, key: (at * 7919) % 1000 }))
const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key

it.each([0, 1, 2, 999, 4999, 5000, 9000])(
  'the first %i are those of the whole list sorted, and what is alike stays as it stood',
  (count) => {
    const given = [...numbers]
    expect(selectFirst(given, count, byKey)).toEqual(numbers.toSorted(byKey).slice(0, count))
    expect(given).toEqual(numbers)
  },
)
