import { expect, it } from 'vitest'
import { onceForText } from './once-for-text.ts'

it('an answer to a short text is worked out once, and none to a long one or to very many is kept', () => {
  let count = 0
  const lengthOf = onceForText((text) => {
    count++
    return text.length
  })
  expect(['name', 'name', 'x'.repeat(101), 'x'.repeat(101)].map(lengthOf)).toEqual([4, 4, 101, 101])
  expect(count).toBe(3)
  for (let at = 0; at < 10_000; at++) lengthOf(`n${at}`)
  count = 0
  expect(lengthOf('name')).toBe(4)
  expect(count).toBe(1)
})
