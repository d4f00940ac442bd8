import { describe, expect, it } from 'vitest'
import { DocumentError } from './document-error.ts'
import { parseText } from './parse-text.ts'

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

  it('says where a tab indents YAML', () => {
    expect(() => parseText('a:\n\tb: 1\n', 'a.yaml')).toThrow(/^a\.yaml:2:1 is not valid YAML: .*[Tt]ab/)
  })
})
