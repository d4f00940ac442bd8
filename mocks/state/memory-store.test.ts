import { expect, it } from 'vitest'
import { MemoryStore } from './memory-store.ts'
import { describeStore } from './store.suite.ts'

describeStore('a store in memory', (options) => new MemoryStore(options))

const PARTS = { a: {}, b: [], c: {}, d: [1] }

it.each<[what: string, more: object, isText: boolean, isLong?: boolean]>([
  ['four parts and more as text, which costs the garbage collector less', PARTS, true],
  ['four parts and more as it is where much was sent: writing it would hold others up', PARTS, false, true],
  ['fewer parts as it is: writing it would cost more', { a: {}, b: [], c: {}, d: null, e: 'text', f: 1 }, false],
])('a store in memory keeps a record of %s', (_, more, isText, isLong) => {
  const record = { id: 'a', ...more }
  const collectionsOf = () => ({ things: { idOf: () => 'a', keysOf: () => [] } })
  const state = new MemoryStore({ collectionsOf }).openSession('')
  const turn = state.open('shop', 'acme')
  turn.collections['things']?.put(record)
  expect(turn.commit(isLong)).toEqual(isText ? { records: [record], texts: [JSON.stringify(record)] } : undefined)
  const kept = state.open('shop', 'acme').collections['things']?.get('a')
  expect(kept).toEqual(record)
  expect(kept === record).toBe(!isText)
})
