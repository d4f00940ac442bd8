import { describe, expect, it } from 'vitest'
import { findNamed } from './find-named.ts'

const values = (text: string): string[] => findNamed(text).map(({ value }) => value)

describe('the value of what is called a secret', () => {
  it.each<[where: string, text: string, found: string[]]>([
    ['JSON', '{"id":"1","token":"abc","ok":true}', ['abc']],
    ['indented JSON', '{\n  "apiKey" : "abc"\n}', ['abc']],
    ['JSON with escapes', String.raw`{"password":"a\"b\\"}`, ['a"b\\']],
    ['JSON in JSON', JSON.stringify({ echo: JSON.stringify({ token: 'abc', id: 'x' }) }), ['abc']],
    ['JSON in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: 'abc' }) }) }), ['abc']],
    ['JSON that was cut off', '{"id":"1","token":"abc', ['abc']],
    ['JSON that says so', '{"id":"1","token":"abc…', ['abc']],
    ['a list', '{"tokens":["a1","b2"],"ids":["c"]}', ['a1', 'b2']],
    ['a number', '{"pin":1234,"tokens":7}', ['1234']],
    ['an object of its own', '{"session":{"id":"s1","userId":"u","ip":"::1","createdAt":"now"},"id":"x"}', ['s1']],
    ['an object within', '{"credentials":{"type":"k","key":{"value":"v1"}}}', ['v1']],
    ['an object of its maker', '{"hashedPassword":{"bcrypt":{"hash":"h1"},"plain":"p1"}}', ['h1', 'p1']],
    ['a list of records', '{"credentials":[{"id":7,"chain":"a","address":"b","token":"t1"},{"chain":"c"}]}', ['t1']],
    ['a list of both', '{"tokens":[{"type":"k","user":"u"},"a1"],"x":"y"}', ['a1']],
    ['a list of lists', '{"tokens":[["a1"],["b2",["c3"]]],"x":"y"}', ['a1', 'b2', 'c3']],
    ['a query', '/verify?user=a&token=abc&x=1', ['abc']],
    ['a form', 'grant_type=password&password=abc&scope=all', ['abc']],
    ['a cookie', 'sid=abc; Path=/', ['abc']],
    ['an element', '<user><name>a</name><token>abc</token></user>', ['abc']],
    ['an attribute', '<input name="x" token="abc">', ['abc']],
    ['JSON in HTML', '<pre>{&quot;token&quot;:&quot;abc&quot;}</pre>', ['abc']],
    ['JSON in a URL', '?q=%7B%22token%22%3A%22abc%22%7D', ['abc']],
    ['nothing', '{"token":null,"secret":"","hasPassword":true,"password":false}', []],
    ['prose', 'no token is known to be wrong; give one with --bad-token', []],
  ])('is found in %s', (_, text, found) => {
    expect(values(text)).toEqual(found)
  })

  it('is told with its place', () => {
    const text = '{"a":"token","token":"abc"}'
    expect(findNamed(text).map(({ start, end }) => text.slice(start, end))).toEqual(['abc'])
  })
})
