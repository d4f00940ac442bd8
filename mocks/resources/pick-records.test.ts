import { expect, it } from 'vitest'
import type { KeptRecord } from './kept-record.ts'
import { sortBy } from './pick-records.ts'

const RECORDS: readonly KeptRecord[] = [
  { under: [], id: '1', data: { age: 2, short_description: 'b', name: 'Zoe' } },
  { under: [], id: '2', data: { age: 10, short_description: 'a', name: 'ada' } },
  { under: [], id: '3', data: { age: 2, short_description: 'c', name: 'Ben' } },
]
const MEMBERS = ['age', 'short_description', 'name']

it.each<[asked: string, ids: string]>([
  ['name', '231'],
  ['-name', '132'],
  ['name:desc', '132'],
  ['name desc', '132'],
  ['name_descending', '132'],
  ['name.asc', '231'],
  ['-age,name', '231'],
  ['short_description', '213'],
  ['-short_description', '312'],
  ['short_description:desc', '312'],
])('records are sorted by %s', (asked, ids) => {
  const order = sortBy({ sort: 'sort' }, { sort: asked }, MEMBERS)
  expect(
    RECORDS.toSorted(order)
      .map(({ id }) => id)
      .join(''),
  ).toBe(ids)
})

it('a text of separators alone sorts by nothing, and takes no time', () => {
  expect(sortBy({ sort: 'sort' }, { sort: `${'_'.repeat(2_000_000)}x` }, MEMBERS)).toBeUndefined()
})
