import { describe, expect, it } from 'vitest'
import { DocumentError } from './document-error.ts'
import { parseSource, parseText } from './parse-text.ts'
import { parseOpenApi } from './read-document.ts'

describe('parseText', () => {
  it.each([
    ['JSON', '{"a": [1]}', { a: [1] }],
    ['JSON with CRLF', '{\r\n"a":\r\n1}', { a: 1 }],
    ['YAML with CRLF', 'a:\r\n  - 1\r\nb: |\r\n  x\r\n  y\r\n', { a: [1], b: 'x\ny\n' }],
    ['YAML in flow style', '{ a: 1, b: [x, y], }', { a: 1, b: ['x', 'y'] }],
    ['slashes in texts', '{"a": "// x", "b": "/* \\" */", }', { a: '// x', b: '/* " */' }],
    [
      'a URL and a glob in flow style',
      '{ a: http://x/y, b: /**/z, c: //x }',
      { a: 'http://x/y', b: '/**/z', c: '//x' },
    ],
    ['comments of YAML', '# a\n{ "a": 1 } # b', { a: 1 }],
  ])('reads %s', (_, text, data) => {
    expect(parseText(text, 'a.yaml')).toEqual(data)
  })

  it.each([
    ['a line', '{\n  // first\n  "a": 1\n}', '2:3'],
    ['the end of a line', '{\n  "a": 1, // first\n  "b": 2\n}', '2:11'],
    ['a block', '{ "a": 1, /* more\n */ "b": 2 }', '1:11'],
    ['the beginning', '// a\n{ "a": 1 }', '1:1'],
    ['a list', '[ "a", // b\n "c" ]', '1:8'],
  ])('says that JSON has no comments, and where one is: %s', (_, text, place) => {
    const error = new DocumentError(`a.json:${place} is a comment, and JSON has none: take it out, or write YAML`)
    expect(() => parseText(text, 'a.json')).toThrow(error)
  })

  it.each([
    [
      'a comma is missing',
      '{\n  "a": 1\n  "b": 2\n}',
      "3:3 is not valid JSON: expected ',' or '}' after property value",
    ],
    [
      'a comma is missing behind a text',
      '{\n  "a": "1"\n  "b": 2\n}',
      "3:3 is not valid JSON: expected ',' or '}' after property value",
    ],
    ['it ends too early', '{\n  "a": [1,', '2:11 is not valid JSON: it ends before it is closed'],
    ['a text ends too early', '{\n  "a": "x', '2:10 is not valid JSON: unterminated string'],
    [
      'a bracket is of the other kind',
      '{ "a": [{}} }',
      "1:11 is not valid JSON: expected ',' or ']' after array element",
    ],
    ['more follows', '{ "a": 1 }\n}', '2:1 is not valid JSON: unexpected non-whitespace character after JSON'],
  ])('says where JSON is wrong: %s', (_, text, told) => {
    expect(() => parseText(text, 'a.json')).toThrow(new DocumentError(`a.json:${told}`))
  })

  it.each([
    ['a comma too many', '{"a": {"b": 1,},}', { a: { b: 1 } }],
    ['names without quotes', '{"a": {b: 1}}', { a: { b: 1 } }],
    ['other quotes', `{"a": 'b', "c": 1}`, { a: 'b', c: 1 }],
    ['escapes of YAML', '{"a": "\\x41"}', { a: 'A' }],
    ['a text over two lines', '{"a": "\n  b"}', { a: ' b' }],
    ['a pair in a list', '{"a": ["b": 1]}', { a: [{ b: 1 }] }],
    ['a comment of YAML', '{"a": "b" # c\n}', { a: 'b' }],
  ])('reads JSON with what YAML allows: %s', (_, text, data) => {
    expect(parseText(text, 'a.json')).toEqual(data)
  })

  describe('of more than a megabyte', () => {
    const long = `"${'x'.repeat(1_000_000)} ,}"`

    it('is read with commas too many', () => {
      const twice: string[] = []
      const text = `{"a": ${long}, "b": [1,2, ], "b": [3,],\n}`
      expect(parseText(text, 'a.json', (pointer) => twice.push(pointer))).toEqual({ a: JSON.parse(long), b: [3] })
      expect(twice).toEqual(['#/b'])
    })

    it('is JSON when it begins so: it is told at once where it is none', () => {
      expect(() => parseText(`{"a": ${long},\n b: 1}`, 'a.json')).toThrow(
        'a.json:2:2 is not valid JSON: expected double-quoted property name',
      )
    })
  })

  it('says where a tab indents YAML', () => {
    expect(() => parseText('a:\n\tb: 1\n', 'a.yaml')).toThrow(/^a\.yaml:2:1 is not valid YAML: .*[Tt]ab/)
  })
})

describe('a text that is indented with tabs', () => {
  it.each([
    ['tabs alone', 'a:\n\tb:\n\t\t- 1\n\t\t- c: |\n\t\t\t\td\n', { a: { b: [1, { c: 'd\n' }] } }],
    ['tabs of four beside spaces', 'a:\n\tb: 1\n    c: 2\n', { a: { b: 1, c: 2 } }],
    ['tabs of eight behind spaces', 'a:\n\tb: 1\n        c: 2\n', { a: { b: 1, c: 2 } }],
  ])('is read with spaces in their place: %s', (_, text, data) => {
    expect(parseSource(text, 'a.yaml', 'file:///a.yaml')).toMatchObject({ data, isTabbed: true })
  })

  it('is told to be wrong as it was written, where it is wrong all the same', () => {
    expect(() => parseSource('a:\n\tb: [\n', 'a.yaml', 'file:///a.yaml')).toThrow(/^a\.yaml:2:1 .*[Tt]ab/)
  })

  it('is as it was written where tabs stand in texts alone', () => {
    const text = '{\n\t"a": "b\tc"\n}'
    expect(parseSource(text, 'a.json', 'file:///a.json')).toMatchObject({ text, isJson: false })
    expect(parseSource('a: |\n  b\n  \tc\n', 'a.yaml', 'file:///a.yaml')).not.toHaveProperty('isTabbed')
  })
})

it('a document that is indented with tabs is told', () => {
  const { diagnostics } = parseOpenApi("openapi: 3.1.0\ninfo:\n\ttitle: A\n\tversion: '1'\npaths: {}\n", 'a.yaml')
  expect(diagnostics[0]).toMatchObject({
    rule: 'yaml-tabs',
    message: 'a.yaml is indented with tabs, which YAML has not',
  })
})
