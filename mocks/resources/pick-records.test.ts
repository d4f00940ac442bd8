import { expect, it } from 'vitest'
import type { KeptRecord, Members } from './kept-record.ts'
import { isTurned, sortBy } from './pick-records.ts'

const RECORDS: readonly KeptRecord[] = [
  { under: [], id: '1', data: { age: 2, short_description: 'b', name: 'Zoe' } },
  { under: [], id: '2', data: { age: 10, short_description: 'a', name: 'ada' } },
  { under: [], id: '3', data: { age: 2, short_description: 'c', name: 'Ben' } },
]
const MEMBERS = [['age'], ['short_description'], ['name']]

const sorted = (asked: Members): string =>
  RECORDS.toSorted(sortBy({ sort: 'sort' }, asked, MEMBERS))
    .map(({ id }) => id)
    .join('')

it.each<[asked: string, ids: string]>([
  ['name', '231'],
  ['-name', '132'],
  ['name:desc', '132'],
  ['name desc', '132'],
  ['name_descending', '132'],
  ['name.asc', '231'],
  ['-age,name', '231'],
  ['name,desc', '132'],
  ['name, DESC', '132'],
  ['name,asc', '231'],
  ['age,desc,name,asc', '231'],
  ['age,name,desc', '132'],
  ['short_description', '213'],
  ['-short_description', '312'],
  ['short_description:desc', '312'],
])('records are sorted by %s', (asked, ids) => {
  expect(sorted({ sort: asked })).toBe(ids)
})

it('records are sorted by members that are asked for one by one, each with its direction', () => {
  expect(sorted({ sort: ['age,desc', 'name'] })).toBe('231')
  expect(sorted({ sort: ['age', 'desc', 'name'] })).toBe('231')
})

it('a member that is called like a direction is one', () => {
  const records = [{ desc: 'b' }, { desc: 'a' }].map((data) => ({
    under: [],
    id: data.desc,
    data: { age: 1, ...data },
  }))
  const order = sortBy({ sort: 'sort' }, { sort: 'age,desc' }, [...MEMBERS, ['desc']])
  expect(records.toSorted(order).map(({ id }) => id)).toEqual(['a', 'b'])
})

it.each<[direction: string, said: unknown, turns: boolean]>([
  ['order', 'desc', true],
  ['order', 'asc', false],
  ['descending', true, true],
  ['desc', true, true],
  ['reverse', true, true],
  ['descending', false, false],
  ['ascending', true, false],
  ['ascending', false, true],
  ['order', true, false],
  ['order', false, false],
  ['descending', undefined, false],
])('%s=%s turns the order: %s', (direction, said, turns) => {
  expect(isTurned(direction, { [direction]: said })).toBe(turns)
  const order = sortBy({ sort: 'sort', direction }, { sort: 'name', [direction]: said }, MEMBERS)
  expect(RECORDS.toSorted(order)[0]?.id).toBe(turns ? '1' : '2')
})

it('a text of separators alone sorts by nothing, and takes no time', () => {
  expect(sortBy({ sort: 'sort' }, { sort: `${'_'.repeat(2_000_000)}x` }, MEMBERS)).toBeUndefined()
})
