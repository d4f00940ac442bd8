import { expect, it } from 'vitest'
import { MemoryStore } from './memory-store.ts'
import { describeStore } from './store.suite.ts'

describeStore('a store in memory', (options) => new MemoryStore(options))

it.each<[what: string, more: object, isText: boolean]>([
  ['four parts and more as text, which costs the garbage collector less', { a: {}, b: [], c: {}, d: [1] }, true],
  ['fewer parts as it is: writing it would cost more', { a: {}, b: [], c: {}, d: null, e: 'text', f: 1 }, false],
])('a store in memory keeps a record of %s', (_, more, isText) => {
  const record = { id: 'a', ...more }
  const collectionsOf = () => ({ things: { idOf: () => 'a', keysOf: () => [] } })
  const state = new MemoryStore({ collectionsOf }).openSession('')
  const turn = state.open('shop', 'acme')
  turn.collections['things']?.put(record)
  expect(turn.commit()).toEqual(isText ? { records: [record], texts: [JSON.stringify(record)] } : undefined)
  const kept = state.open('shop', 'acme').collections['things']?.get('a')
  expect(kept).toEqual(record)
  expect(kept === record).toBe(!isText)
})
