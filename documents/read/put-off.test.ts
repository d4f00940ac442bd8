import { expect, it } from 'vitest'
import type { Diagnostic } from './diagnostic.ts'
import { PutOff } from './put-off.ts'

const fault = (message: string): Diagnostic => ({
  rule: 'null-item',
  message,
  instead: 'it is left out',
  pointer: '#',
  within: '#',
})

/** A holder of two parts that tell of themselves, and between them something that is told at once. */
function putOffTwo() {
  const putOff = new PutOff()
  const asked: string[] = []
  const holder: Record<string, unknown> = {}
  const define = (name: string) =>
    putOff.define(holder, name, () => {
      asked.push(name)
      putOff.tell(fault(name))
      return name.toUpperCase()
    })
  define('a')
  putOff.tell(fault('between'))
  define('b')
  const told = () => putOff.diagnostics.map(({ message }) => message)
  return { putOff, holder, asked, told }
}

it('works a part out when it is first read, and once', () => {
  const { holder, asked } = putOffTwo()
  expect(Object.keys(holder)).toEqual(['a', 'b'])
  expect(asked).toEqual([])
  expect([holder['b'], holder['b'], { ...holder }]).toEqual(['B', 'B', { a: 'A', b: 'B' }])
  expect(asked).toEqual(['b', 'a'])
})

it('tells in the order in which parts were put off, whichever is read first', () => {
  const { putOff, holder, told } = putOffTwo()
  expect(holder['b']).toBe('B')
  expect(told()).toEqual(['between', 'b'])
  expect([...putOff.finish()]).toHaveLength(1)
  expect(told()).toEqual(['a', 'between', 'b'])
  expect([...putOff.finish()]).toEqual([])
})

it('finishes what is put off on the way', () => {
  const putOff = new PutOff()
  const outer: Record<string, unknown> = {}
  const inner: Record<string, unknown> = {}
  putOff.define(outer, 'a', () => {
    putOff.define(inner, 'b', () => putOff.tell(fault('inner')) ?? 1)
    putOff.tell(fault('outer'))
    return inner
  })
  expect([...putOff.finish()]).toHaveLength(2)
  expect(outer).toEqual({ a: { b: 1 } })
  expect(putOff.diagnostics.map(({ message }) => message)).toEqual(['inner', 'outer'])
})

it('tells nothing twice of a part that cannot be worked out the first time', () => {
  const { putOff, told } = putOffTwo()
  const holder: Record<string, unknown> = {}
  let isReady = false
  putOff.define(holder, 'c', () => {
    putOff.tell(fault('c'))
    if (!isReady) throw new Error('not yet')
    return 1
  })
  expect(() => holder['c']).toThrow('not yet')
  isReady = true
  expect([...putOff.finish()]).toHaveLength(3)
  expect(told()).toEqual(['a', 'between', 'b', 'c'])
})
