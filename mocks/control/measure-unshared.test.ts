import { describe, expect, it } from 'vitest'
import type { KeptState } from '../state/snapshot.ts'
import { sizeOfUnshared } from './measure-unshared.ts'

const stateOf = (pets: readonly (object | string)[]): KeptState => ({ apis: { zoo: { '': { pets } } }, outbox: [] })
const make = (id: number) => JSON.stringify({ id, note: `${id}`.padEnd(10_000) })
const pets = Array.from({ length: 200 }, (_, at) => make(at))
/** How many of the records, each about as large, are in the snapshot alone. */
const countUnshared = (now: readonly (object | string)[]) =>
  Math.round(sizeOfUnshared(stateOf(pets), stateOf(now)) / 10_330)

describe('what a snapshot takes beside the state', () => {
  it('is next to nothing where nothing was changed since', () => {
    expect(sizeOfUnshared(stateOf(pets), stateOf([...pets]))).toBeLessThan(20 * pets.length)
    expect(countUnshared([...pets, make(7)])).toBe(0)
  })

  it('is what was changed and removed since, wherever', () => {
    expect(countUnshared(pets.map((pet, at) => (at >= 50 && at < 120 ? make(-at) : pet)))).toBe(70)
    expect(countUnshared(pets.filter((_, at) => at < 20 || at >= 150))).toBeLessThan(140)
    expect(countUnshared(pets.slice(0, 60))).toBe(140)
    const both = pets.flatMap((pet, at) => (at % 10 === 0 ? [] : at % 10 === 5 ? make(-at) : pet))
    expect(countUnshared(both)).toBe(40)
    expect(countUnshared(pets.flatMap((pet, at) => (at === 3 ? [] : at === 4 ? make(-4) : pet)))).toBe(2)
  })

  it('is all of it where the state has none of it', () => {
    expect(countUnshared(pets.map((_, at) => make(-1 - at)))).toBe(200)
    expect(countUnshared([])).toBe(200)
    expect(Math.round(sizeOfUnshared(stateOf(pets), undefined) / 10_330)).toBe(200)
  })
})
