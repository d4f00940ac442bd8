import { describe, expect, it } from 'vitest'
import { workAtOnce } from '../engine/take-turns.ts'
import type { Collections } from '../engine/vocabulary.ts'
import type { KeptState } from '../state/snapshot.ts'
import { compareStates } from './compare-snapshots.ts'

const RULES = { pets: { idOf: ({ id }: { id: string }) => id, keysOf: () => [] } } as unknown as Collections
type Pet = object | string
const stateOf = (pets: readonly Pet[], messages = 0): KeptState => ({
  apis: { zoo: { '': { pets, '(notes)': [{ pets }] } } },
  outbox: Array(messages).fill({}),
})
const compare = (before: readonly Pet[], after: readonly Pet[]) =>
  workAtOnce(compareStates(stateOf(before), stateOf(after, 2), () => RULES))

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id })) as [Pet, Pet, Pet, Pet]
const text = (record: Pet) => JSON.stringify(record)
const changed = { id: 'b', name: 'Bo' }

describe('what became of records', () => {
  it.each<[what: string, before: Pet[], after: Pet[], want: string]>([
    ['that are the same', [a, text(b), c], [a, text(b), c], ''],
    ['that were read meanwhile', [text(a), text(b), c], [a, b, text(c)], ''],
    ['of which one was changed', [a, text(b), c], [a, changed, c], '~b'],
    ['of which the last was changed', [a, b], [a, changed], '~b'],
    ['of which one was added', [a, b], [a, b, text(c)], '+c'],
    ['of which the first was removed', [a, b, c], [b, c], '-a'],
    ['of which the last was removed', [a, b, c], [a, b], '-c'],
    ['of which one was removed and its neighbour changed', [a, b, c], [changed, c], '~b -a'],
    ['of which one was removed and made again', [a, b, c], [a, c, changed], '~b'],
    ['of which one was removed and made again as it was', [a, b, c], [a, c, { id: 'b' }], ''],
    ['that stand in another order', [a, b, c], [c, a, b], ''],
    ['that stand in another order, one changed', [a, b, c], [c, changed, a], '~b'],
    ['of which one was put between', [a, c], [a, b, c], '+b'],
    ['of which one is another', [a, b], [a, d], '+d -b'],
    ['that are all gone', [a, text(b)], [], '-a -b'],
    ['that are all new', [], [a, text(b)], '+a +b'],
  ])('%s', (_, before, after, want) => {
    const { changes, added, changed, removed, messages } = compare(before, after)
    const told = changes.map(({ id, before, after }) => (before ? (after ? '~' : '-') : '+') + id)
    expect(told.join(' ')).toBe(want)
    expect([added, changed, removed, messages]).toEqual([...['+', '~', '-'].map((sign) => count(want, sign)), 2])
    for (const { api, tenant, collection } of changes) expect([api, tenant, collection]).toEqual(['zoo', '', 'pets'])
  })

  it('is shown of a thousand, and counted of all, in steps', () => {
    const pets = Array.from({ length: 1500 }, (_, at) => text({ id: `${at}` }))
    const work = compareStates(stateOf([]), stateOf(pets), () => RULES)
    let steps = 0
    let step = work.next()
    for (; !step.done; step = work.next()) steps++
    expect(steps).toBeGreaterThan(5)
    expect([step.value.changes.length, step.value.added]).toEqual([1000, 1500])
    expect(step.value.changes[1]).toEqual({ api: 'zoo', tenant: '', collection: 'pets', id: '1', after: { id: '1' } })
  })
})

const count = (text: string, sign: string): number => text.split(sign).length - 1
