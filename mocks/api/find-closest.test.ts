import { expect, it } from 'vitest'
import { findClosest } from './find-closest.ts'

it.each([
  ['searchUsr', ['listUsers', 'searchUsers', 'getUser'], { name: 'searchUsers', distance: 2 }],
  ['kitten', ['kindergarten', 'sitting'], { name: 'sitting', distance: 3 }],
  ['', ['ab', 'a'], { name: 'a', distance: 1 }],
  ['abc', ['', 'xyz'], { name: '', distance: 3 }],
  ['same', ['name', 'same'], { name: 'same', distance: 0 }],
])('of %j and %j the closest is %j', (word, known, closest) => {
  expect(findClosest(word, known)).toEqual(closest)
})

it('is the first of those that are as near, and none of none', () => {
  expect(findClosest('cat', ['bat', 'rat'])?.name).toBe('bat')
  expect(findClosest('cat', [])).toBeUndefined()
})
