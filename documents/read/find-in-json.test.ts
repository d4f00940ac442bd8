import { expect, it } from 'vitest'
import { readJsonPlaces } from './find-in-json.ts'
import { readPlaces } from './find-in-text.ts'

const TEXT = String.raw`
{
  "a": [1, {"b\"": "x, ]}", "": -1.5e3}, [], {} , "\\"],
  "a/b" : { "c": { "d": null }, "e": true },
  "é": "é"
}
`

const WAYS: readonly (readonly string[])[] = [
  [],
  ...['a', 'a/b', 'é', 'nobody'].map((name) => [name]),
  ...['0', '1', '2', '3', '4', '5', 'length'].map((item) => ['a', item]),
  ...[['b"'], [''], ['b'], ['b"', 'x']].map((way) => ['a', '1', ...way]),
  ...[['c'], ['c', 'd'], ['e'], ['e', 'f'], ['c', 'x', 'y']].map((way) => ['a/b', ...way]),
]

it.each(WAYS.map((way) => [JSON.stringify(way), way] as const))(
  'finds %s where the reader of YAML finds it',
  (_, way) => {
    const found = readJsonPlaces(TEXT)(way)
    expect(found).toEqual(readPlaces(TEXT)?.(way))
    // Also after it has looked around there before.
    const again = readJsonPlaces(TEXT)
    again(['a/b', 'c', 'd'])
    expect(again(way)).toEqual(found)
  },
)

it('finds a member that is given twice where it stands first', () => {
  expect(readJsonPlaces('{"a": 1, "a": 2}')(['a'])).toEqual({ start: 1, end: 7, depth: 1 })
})
