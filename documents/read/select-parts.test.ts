import { describe, expect, it } from 'vitest'
import { TimeLimitError } from '../patterns/limit-time.ts'
import { selectParts } from './select-parts.ts'

const LONG = `${'a'.repeat(60)}!`

describe('a regular expression in a query', () => {
  it.each([
    ["$[?search(@.text, '^(a+)+$')]", []],
    ["$[?search(@.text, '^(a+)+!$')]", ['long']],
    ["$[?match(@.text, '(a|a)*')]", []],
    ["$[?match(@.text, '(a|a)*!')]", ['long']],
    ["$[?match(@.text, '^(a|aa)+$')]", []],
  ])('%s is not tried in all ways', (query, found) => {
    expect(selectParts(query, { long: { text: LONG }, other: { text: 'b' } }).flat()).toEqual(found)
  })

  it.each([
    ["$[?search(@, 'b.d')]", [0]],
    ["$[?match(@, 'b.d')]", []],
    ["$[?match(@, 'ab.d')]", [0]],
    ["$[?match(@, 'x|abcd')]", [0]],
    ["$[?match(@, 'a[.]b')]", [1]],
    ["$[?match(@, 'a\\\\.b')]", [1]],
    ["$[?match(@, 'a[\\\\].]+b')]", [1]],
    ["$[?search(@, '^.$')]", [2]],
    ["$[?match(@, 'x.y')]", []],
    ["$[?match(@, '\\\\p{Lu}+')]", [4]],
    ["$[?match(@, '\\\\d')]", []],
    ["$[?match(@, '(')]", []],
    ['$[?match(@, 1)]', []],
  ])('says what RFC 9535 says: %s', (query, found) => {
    expect(selectParts(query, ['abcd', 'a.b', '😀', 'x\ny', 'ÄÖ', '1'.repeat(2), 7]).flat()).toEqual(found)
  })
})

it('a query that looks at everything from everywhere ends', () => {
  const data = Array.from({ length: 4000 }, (_, index) => ({ index }))
  expect(() => selectParts('$..[?count($..*) < 0]', data, 50)).toThrow(TimeLimitError)
})
