import { describe, expect, it } from 'vitest'
import { mergePatch } from './merge-patch.ts'

describe('a merge patch', () => {
  it.each<[original: unknown, patch: unknown, result: unknown]>([
    // RFC 7396, appendix A.
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (original, patch, result) => {
    const before = structuredClone(original)
    expect(mergePatch(original, patch)).toEqual(result)
    expect(original).toEqual(before)
  })

  it('of a member called __proto__ is of that member', () => {
    const patched = mergePatch({}, JSON.parse('{"__proto__":{"a":1}}')) as object
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"a":1}}')
    expect(Object.getPrototypeOf(patched)).toBe(Object.prototype)
  })
})
