import { describe, expect, it } from 'vitest'
import { differencesIn, isSame } from './compare-records.ts'

describe('a value is shown as it was sent', () => {
  it.each([
    ['in another form of the same instant', '2026-01-02T03:04:05Z', '2026-01-02T04:04:05.000+01:00', true],
    ['but at another instant', '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z', false],
    ['with members that a server adds', { a: 1 }, { a: 1, b: 2 }, true],
    ['but with another member', { a: 1 }, { a: 2 }, false],
    ['in another order', ['a', 'b'], ['b', 'a'], true],
    ['but with fewer items', ['a', 'b'], ['a'], false],
    ['as the thing that its id names', 7, { id: 7 }, true],
    ['but as nothing', 'a', null, false],
    ['with items that a server adds', ['a'], ['a', 'b'], true],
    ['as a page of the same', ['a'], { items: ['a'], total: 1 }, true],
    ['with members that are nowhere shown', { a: 1, b: 2 }, { b: 2 }, true],
    ['but as an object that says nothing of it', { a: 1 }, {}, false],
    ['as an object that had nothing but secrets', { password: 'a', note: '' }, {}, true],
    ['but as no object', { a: 1 }, null, false],
    ['but in another case', 'a', 'A', false],
  ])('%s', (_, sent, shown, wanted) => {
    expect(isSame(sent, shown)).toBe(wanted)
  })
})

describe('the members that are shown otherwise', () => {
  it('are named with what was sent and what is shown', () => {
    expect(differencesIn({ name: 'a', size: 1 }, { name: 'b', size: 1 })).toEqual([
      { name: 'name', sent: 'a', shown: 'b' },
    ])
  })

  it('are none of those that are not shown at all, or never are', () => {
    expect(differencesIn({ gone: 'a', password: 'b', apiToken: 'c' }, { password: '***', apiToken: '***' })).toEqual([])
  })

  it('are none where there is no record', () => {
    expect([differencesIn({ a: 1 }, undefined), differencesIn([1], [2])]).toEqual([[], []])
  })
})
