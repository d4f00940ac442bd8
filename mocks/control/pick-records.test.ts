import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../engine/vocabulary.ts'
import { type Asked, pickRecords } from './pick-records.ts'

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
const idsOf = ({ records }: { records: readonly object[] }) => records.map((record) => (record as Person).id)
const pick = (draft: Draft<object>, version: number, asked: Asked, kept: readonly (object | string)[] = []) =>
  pickRecords(draft, version, asked, () => kept)
const pickIds = async (...asked: Parameters<typeof pick>) => idsOf(await pick(...asked))
const pickFound = async (...asked: Parameters<typeof pick>) => (await pick(...asked)).found

it('a word is looked for in what a record holds, not in what its members are called', async () => {
  const { draft } = hold(people(3))
  expect(await pickFound(draft, 1, { ...ALL, search: 'metadata' })).toBe(0)
  expect(await pickIds(draft, 1, { ...ALL, search: 'ADA p1' })).toEqual(['p1'])
})

it('a word that is typed on is looked for in what was found, in the same order', async () => {
  const { draft, counts } = hold(people(7))
  expect(await pickIds(draft, 1, { ...ALL, search: 'ada', sort: '-id' })).toHaveLength(7)
  counts.read = 0
  expect(await pickIds(draft, 1, { ...ALL, search: 'adam', sort: '-id' })).toEqual(['p6', 'p3', 'p0'])
  expect(counts.read).toBe(0)
  expect(await pickFound(draft, 1, { ...ALL, search: 'ada', sort: '-id' })).toBe(7)
})

it('what was found of an older state is not looked in', async () => {
  const { draft } = hold(people(3))
  await pick(draft, 1, { ...ALL, search: 'p1' })
  const other = hold([...people(3), { id: 'p1b', name: 'Eve', metadata: { at: 9 } }]).draft
  Object.assign(draft, { values: other.values.bind(other) })
  expect(await pickIds(draft, 2, { ...ALL, search: 'p1b' })).toEqual(['p1b'])
})

it('a page is read as far as it goes, and what may be searched next is made ready meanwhile', async () => {
  const { draft, counts } = hold(people(6000))
  expect(await pickIds(draft, 1, { offset: 2, limit: 3 })).toEqual(['p2', 'p3', 'p4'])
  expect(counts.read).toBeLessThan(10)
  while (counts.read < 6000) await wait(1)
  expect(await pickFound(draft, 1, { ...ALL, search: 'p5999' })).toBe(1)
})

it('after a change only what is new is made ready again', async () => {
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
  expect(await pickFound(draft, 1, { ...ALL, search: 'ada' })).toBe(50)
  read.clear()
  held.splice(3, 1)
  held.splice(10, 20)
  held[12] = person('changed')
  held.push(person('added'))
  expect(await pickFound(draft, 2, { ...ALL, search: 'ada' })).toBe(30)
  expect([...read]).toEqual(['changed', 'added'])
})

it('what was ready of a collection that nobody looks at any more is made ready again when somebody does', async () => {
  const drafts = Array.from({ length: 6 }, (_, at) => hold(people(at + 1)).draft)
  for (const turn of [1, 2]) {
    for (const [at, draft] of drafts.entries()) {
      expect(await pickFound(draft, turn, { ...ALL, search: 'ada' })).toBe(at + 1)
      expect(await pickFound(draft, turn, { ...ALL, search: `p${at}` })).toBe(1)
    }
  }
})

describe('where the time is over first', () => {
  const now = { ...ALL, search: 'ada', within: 0 }

  it('it is told what was found so far, and of how many; who asks again is told more, until all were looked at', async () => {
    const { draft, counts } = hold(people(500))
    const first = await pick(draft, 1, now)
    expect(first).toMatchObject({ total: 500, found: 200, looked: 200 })
    expect(idsOf(first)).toEqual(people(200).map(({ id }) => id))
    expect(await pick(draft, 1, now)).toMatchObject({ found: 400, looked: 400 })
    const last = await pick(draft, 1, now)
    expect(last.found).toBe(500)
    expect(last).not.toHaveProperty('looked')
    expect(counts.read).toBe(500)
  })

  it('a word that is typed on is looked for in what was found, and then in the rest', async () => {
    const { draft } = hold(people(600))
    expect(await pick(draft, 1, now)).toMatchObject({ found: 200 })
    expect(await pick(draft, 1, { ...now, search: 'adam' })).toMatchObject({ found: 67, looked: 200 })
    expect(await pickIds(draft, 1, { ...ALL, search: 'adam p1' })).toEqual(
      people(600).flatMap(({ id, name }) => (name === 'Adam' && id.includes('p1') ? [id] : [])),
    )
  })

  it('what was made ready before a change is not made ready again', async () => {
    let read = 0
    const held = Array.from({ length: 300 }, () => ({
      get name() {
        read++
        return 'Ada'
      },
    }))
    const draft = { size: 300, values: () => held.values() } as unknown as Draft<object>
    await pick(draft, 1, now)
    expect(await pickFound(draft, 2, { ...ALL, search: 'ada' })).toBe(300)
    expect(read).toBe(300)
  })

  it('it is looked on where the order is asked for: nobody knows what comes first', async () => {
    const { draft } = hold(people(300))
    expect((await pickIds(draft, 1, { ...now, sort: '-metadata.at' }))[0]).toBe('p299')
  })
})

it('others have their turn while many are looked at', async () => {
  const record = {
    get id() {
      for (const end = performance.now() + 0.2; performance.now() < end; );
      return 'p'
    },
  }
  const draft = { size: 250, values: () => Array(250).fill(record).values() } as unknown as Draft<object>
  const events: string[] = []
  const found = pickFound(draft, 1, { ...ALL, search: 'p' }).then(() => events.push('found'))
  setTimeout(() => events.push('another'))
  await found
  expect(events).toEqual(['another', 'found'])
})

it('very many are searched and sorted as they are kept: none is read through the collection, and stays', async () => {
  const all = people(600)
  const kept = all.map((person, at) => (at % 2 ? person : JSON.stringify(person)))
  for (const asked of [
    { search: 'adam p1' },
    { sort: '-metadata.at' },
    { search: 'adam', sort: 'id' },
    { sort: 'none' },
  ]) {
    const page = { offset: 10, limit: 5, ...asked }
    const { draft, counts } = hold(all)
    const picked = await pick(Object.assign(Object.create(draft), { size: 200_001 }), 1, page, kept)
    expect(counts.read).toBe(0)
    expect(picked).toEqual(await pick(draft, 1, page))
  }
})
