import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Draft } from '../engine/vocabulary.ts'
import { pickInTurns, pickRecords } from './pick-records.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly metadata: { readonly at: number }
}

/** Counts how many records were read. */
function hold(people: readonly Person[]) {
  const counts = { read: 0 }
  const draft = {
    size: people.length,
    *values(from = 0) {
      for (const person of people.slice(from)) {
        counts.read++
        yield person
      }
    },
  } as unknown as Draft<object>
  return { draft, counts }
}

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, at) => ({ id: `p${at}`, name: at % 3 ? 'Ada' : 'Adam', metadata: { at } }))
const ALL = { offset: 0, limit: 1000 }
const idsOf = ({ records }: ReturnType<typeof pickRecords>) => records.map((record) => (record as Person).id)

it('a word is looked for in what a record holds, not in what its members are called', () => {
  const { draft } = hold(people(3))
  expect(pickRecords(draft, 1, { ...ALL, search: 'metadata' }).found).toBe(0)
  expect(idsOf(pickRecords(draft, 1, { ...ALL, search: 'ADA p1' }))).toEqual(['p1'])
})

it('a word that is typed on is looked for in what was found, in the same order', () => {
  const { draft, counts } = hold(people(7))
  expect(idsOf(pickRecords(draft, 1, { ...ALL, search: 'ada', sort: '-id' }))).toHaveLength(7)
  counts.read = 0
  expect(idsOf(pickRecords(draft, 1, { ...ALL, search: 'adam', sort: '-id' }))).toEqual(['p6', 'p3', 'p0'])
  expect(counts.read).toBe(0)
  expect(pickRecords(draft, 1, { ...ALL, search: 'ada', sort: '-id' }).found).toBe(7)
})

it('what was found of an older state is not looked in', () => {
  const { draft } = hold(people(3))
  pickRecords(draft, 1, { ...ALL, search: 'p1' })
  const other = hold([...people(3), { id: 'p1b', name: 'Eve', metadata: { at: 9 } }]).draft
  Object.assign(draft, { values: other.values.bind(other) })
  expect(idsOf(pickRecords(draft, 2, { ...ALL, search: 'p1b' }))).toEqual(['p1b'])
})

it('a page is read as far as it goes, and what may be searched next is made ready meanwhile', async () => {
  const { draft, counts } = hold(people(6000))
  expect(idsOf(pickRecords(draft, 1, { offset: 2, limit: 3 }))).toEqual(['p2', 'p3', 'p4'])
  expect(counts.read).toBeLessThan(10)
  while (counts.read < 6000) await wait(1)
  expect(pickRecords(draft, 1, { ...ALL, search: 'p5999' }).found).toBe(1)
})

it('after a change only what is new is made ready again', () => {
  const read = new Set<string>()
  const person = (id: string) => ({
    id,
    get name() {
      read.add(id)
      return 'Ada'
    },
  })
  const held = Array.from({ length: 50 }, (_, at) => person(`p${at}`))
  const draft = { size: 50, values: () => held.values() } as unknown as Draft<object>
  expect(pickRecords(draft, 1, { ...ALL, search: 'ada' }).found).toBe(50)
  read.clear()
  held.splice(3, 1)
  held.splice(10, 20)
  held[12] = person('changed')
  held.push(person('added'))
  expect(pickRecords(draft, 2, { ...ALL, search: 'ada' }).found).toBe(30)
  expect([...read]).toEqual(['changed', 'added'])
})

it('what was ready of a collection that nobody looks at any more is made ready again when somebody does', () => {
  const drafts = Array.from({ length: 6 }, (_, at) => hold(people(at + 1)).draft)
  for (const turn of [1, 2]) {
    for (const [at, draft] of drafts.entries()) {
      expect(pickRecords(draft, turn, { ...ALL, search: 'ada' }).found).toBe(at + 1)
      expect(pickRecords(draft, turn, { ...ALL, search: `p${at}` }).found).toBe(1)
    }
  }
})

it('very many that are not ready yet are searched and sorted in turns, as they would be at once', async () => {
  const all = people(6000)
  const kept = all.map((person, at) => (at % 2 ? person : JSON.stringify(person)))
  for (const asked of [
    { search: 'adam p1' },
    { sort: '-metadata.at' },
    { search: 'adam', sort: 'id' },
    { sort: 'none' },
  ]) {
    const page = { offset: 10, limit: 5, ...asked }
    const { draft, counts } = hold(all)
    const picked = pickInTurns(draft, 1, page, () => kept)
    expect(counts.read).toBe(0)
    const { records, ...rest } = await picked
    expect(counts.read).toBe(0)
    expect({ ...rest, records }).toEqual(pickRecords(draft, 1, page))
    expect(await pickInTurns(draft, 1, page, () => [])).toEqual({ ...rest, records })
  }
})
