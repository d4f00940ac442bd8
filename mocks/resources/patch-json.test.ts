import { describe, expect, it } from 'vitest'
import { PatchError, patchJson } from './patch-json.ts'

describe('a JSON Patch', () => {
  it.each<[what: string, value: unknown, patch: unknown[], result: unknown]>([
    // RFC 6902, appendix A.
    ['A.1 adds a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    [
      'A.2 adds an item',
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    ['A.3 removes a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    [
      'A.4 removes an item',
      { foo: ['bar', 'qux', 'baz'] },
      [{ op: 'remove', path: '/foo/1' }],
      { foo: ['bar', 'baz'] },
    ],
    [
      'A.5 replaces a value',
      { baz: 'qux', foo: 'bar' },
      [{ op: 'replace', path: '/baz', value: 'boo' }],
      { baz: 'boo', foo: 'bar' },
    ],
    [
      'A.6 moves a value',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7 moves an item',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.8 tests and goes on',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    [
      'A.10 adds a nested member',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    [
      'A.11 ignores what it does not know',
      { foo: 'bar' },
      [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }],
      { foo: 'bar', baz: 'qux' },
    ],
    ['A.14 reads ~01 as ~1', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'A.16 adds a list as one item',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
      { foo: ['bar', ['abc', 'def']] },
    ],
    ['copies a value', { a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
    ['replaces the whole', { a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }], { b: 2 }],
    ['replaces an item where it is', { a: [1, 2, 3] }, [{ op: 'replace', path: '/a/1', value: 9 }], { a: [1, 9, 3] }],
    [
      'changes an item of an item',
      { a: [{ b: [1] }] },
      [{ op: 'add', path: '/a/0/b/0', value: 0 }],
      { a: [{ b: [0, 1] }] },
    ],
    ['adds null', {}, [{ op: 'add', path: '/a', value: null }], { a: null }],
    [
      'finds equal what differs in order alone',
      { a: { b: 1, c: 2 } },
      [{ op: 'test', path: '/a', value: { c: 2, b: 1 } }],
      { a: { b: 1, c: 2 } },
    ],
  ])('%s', (_, value, patch, result) => {
    const before = structuredClone(value)
    expect(patchJson(value, patch)).toEqual(result)
    expect(value).toEqual(before)
  })

  it.each<[what: string, value: unknown, patch: unknown[], isConflict: boolean]>([
    ['A.9 tests for something else', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], true],
    ['A.12 adds to what is not there', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }], true],
    ['A.15 compares a text with a number', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], true],
    ['removes what is not there', {}, [{ op: 'remove', path: '/a' }], true],
    ['replaces what is not there', {}, [{ op: 'replace', path: '/a', value: 1 }], true],
    ['adds behind the end of a list', { a: [] }, [{ op: 'add', path: '/a/1', value: 1 }], true],
    ['names an item with a leading zero', { a: [1, 2] }, [{ op: 'remove', path: '/a/01' }], true],
    ['names a member of the prototype', {}, [{ op: 'remove', path: '/toString' }], true],
    ['moves a value into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b' }], false],
    ['has no value', {}, [{ op: 'add', path: '/a' }], false],
    ['has no path', {}, [{ op: 'remove' }], false],
    ['has a path that is no pointer', {}, [{ op: 'remove', path: 'a' }], false],
    ['has a tilde that escapes nothing', { 'a~': 1 }, [{ op: 'remove', path: '/a~' }], false],
    ['has an op that there is not', {}, [{ op: 'set', path: '/a', value: 1 }], false],
    ['is no object', {}, [1], false],
  ])('is refused that %s', (_, value, patch, isConflict) => {
    expect(() => patchJson(value, patch)).toThrow(PatchError)
    try {
      patchJson(value, patch)
    } catch (error) {
      expect((error as PatchError).isConflict).toBe(isConflict)
    }
  })

  it('is refused where its operations copy what they have copied, again and again', () => {
    const doubling = Array.from({ length: 30 }, (_, at) => ({ op: 'copy', from: '/a', path: `/a/x${at}` }))
    expect(() => patchJson({ a: {} }, doubling)).toThrow('it takes more than 1000000 members and items to apply')
    expect(patchJson({ a: {} }, doubling.slice(0, 2))).toEqual({ a: { x0: {}, x1: { x0: {} } } })
  })

  it('is refused where many small operations change what is large', () => {
    const list = Array.from({ length: 10_000 }, (_, at) => at)
    const adding = Array.from({ length: 1000 }, () => ({ op: 'add', path: '/list/-', value: 0 }))
    const testing = Array.from({ length: 1000 }, () => ({ op: 'test', path: '/list', value: [] }))
    expect(() => patchJson({ list }, adding)).toThrow('members and items')
    expect(() => patchJson({ list }, testing)).toThrow('is not what /0 tests for')
    expect((patchJson({ list }, adding.slice(0, 50)) as { list: number[] }).list).toHaveLength(10_050)
  })

  it('is refused where it nests deeper than a body may', () => {
    const nesting = Array.from({ length: 1000 }, () => ({ op: 'copy', from: '/a', path: '/a/y' }))
    expect(() => patchJson({ a: {} }, nesting)).toThrow('what is left would be nested deeper than 1000 levels')
    const below = [{ op: 'add', path: '/b'.repeat(999), value: [[[]]] }]
    expect(() => patchJson({}, below)).toThrow('nested deeper')
  })
})
