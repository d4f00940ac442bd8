import { describe, expect, it } from 'vitest'
import { below, parsePointer, toPointer, valueAt, valuesAt, withAnyIndex } from './json-pointer.ts'

/** RFC 6901, section 5 and 6, with what each leads to. */
const RFC = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
}
const EXAMPLES: readonly (readonly [plain: string, fragment: string, value: unknown])[] = [
  ['', '#', RFC],
  ['/foo', '#/foo', ['bar', 'baz']],
  ['/foo/0', '#/foo/0', 'bar'],
  ['/', '#/', 0],
  ['/a~1b', '#/a~1b', 1],
  ['/c%d', '#/c%25d', 2],
  ['/e^f', '#/e%5Ef', 3],
  ['/g|h', '#/g%7Ch', 4],
  ['/i\\j', '#/i%5Cj', 5],
  ['/k"l', '#/k%22l', 6],
  ['/ ', '#/%20', 7],
  ['/m~0n', '#/m~0n', 8],
]

describe('a pointer', () => {
  it.each(EXAMPLES)('%j is %j as a fragment, and leads to the same', (plain, fragment, value) => {
    expect([valueAt(RFC, plain), valueAt(RFC, fragment)]).toEqual([value, value])
    expect([valuesAt(RFC, plain), valuesAt(RFC, fragment)]).toEqual([[value], [value]])
    const tokens = parsePointer(plain) as string[]
    expect(parsePointer(fragment)).toEqual(tokens)
    expect([toPointer(tokens), below('#', ...tokens)]).toEqual([plain, fragment])
  })

  it.each(['', '~', '~1', '~01', '%', '%41', 'a b', '{id}', 'é', '\u{1f600}', '#', '?', '[0]', '__proto__', '0'])(
    'leads in either spelling to the member %j, and back to its name',
    (name) => {
      const holder = Object.defineProperty({}, name, { value: 'here', enumerable: true })
      for (const pointer of [toPointer([name]), below('#', name)]) {
        expect(parsePointer(pointer)).toEqual([name])
        expect(valueAt(holder, pointer)).toBe('here')
      }
      expect(below('#', name)).toMatch(/^#\/[\w.~!$&'()*+,;=:@?%-]*$/)
    },
  )

  it('is made longer in its own spelling', () => {
    expect(below('#/paths', '/pets/{petId}', 'parameters', 0)).toBe('#/paths/~1pets~1%7BpetId%7D/parameters/0')
    expect(below('/users/0', 'a/{b}')).toBe('/users/0/a~1{b}')
    expect(below('#/paths')).toBe('#/paths')
  })

  it('may stand in a $ref as people write it, percent sign or not', () => {
    expect(parsePointer('#/paths/~1pets~1{petId}/get')).toEqual(['paths', '/pets/{petId}', 'get'])
    expect(parsePointer('#/a/100%')).toEqual(['a', '100%'])
  })

  it.each(['400', 'a/b', '#a', '#anchor/b', 'pets.yaml#/Pet'])('is not %j, which leads nowhere', (text) => {
    expect(parsePointer(text)).toBeUndefined()
    expect(valueAt({ b: 1 }, text)).toBeUndefined()
    expect(valuesAt({ b: 1 }, text)).toEqual([])
  })

  it('leads to own members alone', () => {
    expect(valueAt({ text: 'abc' }, '/text/length')).toBeUndefined()
    expect(valueAt({}, '/constructor')).toBeUndefined()
    expect(valuesAt([7], '/length')).toEqual([])
  })

  it('leads to every item of a list by `*`, and to none of an object', () => {
    const body = { users: [{ ids: ['a', 'b'] }, {}, { ids: ['c'] }], map: { a: 1 } }
    expect(valuesAt(body, '/users/*/ids/*')).toEqual(['a', 'b', 'c'])
    expect(valuesAt(body, '/map/*')).toEqual([])
    expect(withAnyIndex('/0/users/0/ids/10/0')).toBe('/*/users/*/ids/10/*')
  })
})
