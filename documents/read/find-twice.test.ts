import { expect, it } from 'vitest'
import { findTwice } from './find-twice.ts'

it.each<[text: string, pointers: readonly string[]]>([
  ['{"a": 1, "b": 2, "a": 3}', ['#/a']],
  ['{"a": 1, "a": 2, "a": 3}', ['#/a', '#/a']],
  ['{"a": {"b": 1, "b": {}}, "c": [{"b": 1}, {"d/e": 1, "d/e": 2}]}', ['#/a/b', '#/c/1/d~1e']],
  ['{"a": [[], {}, [1, {"b": 1, "b": 2}]]}', ['#/a/2/1/b']],
  [String.raw`{"\u0061": 1, "a": 2}`, ['#/a']],
  [String.raw`{"a\\": 1, "a\"": 2, "a\\": "\\"}`, ['#/a%5C']],
])('finds the members that stand twice in %s', (text, pointers) => {
  expect(findTwice(text)).toEqual(pointers)
})

it.each([
  '{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 1}]}',
  '{"a": "b", "b": "a", "c": ["a", "a", "c"]}',
  String.raw`{"a": "{\"a\": 1, \"a\": 2}"}`,
  '[]',
])('finds none in %s', (text) => {
  expect(findTwice(text)).toEqual([])
})
