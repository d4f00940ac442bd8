import { afterAll, describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { createFindPlace } from './find-place.ts'
import { readFiles } from './read-files.ts'

const folder = createFolder()
afterAll(() => folder.remove())

const inText = (text: string) =>
  createFindPlace({ uri: 'file:///a.yaml', name: 'a.yaml', text, data: undefined, isJson: false, twice: () => [] }, [])

const TEXT = `openapi: 3.1.0
components:
  parameters:
    - name: one
      in: query
    - { name: two, in: path }
  responses: &all
    200: { description: Done } # as it is
    "a/b":
      description: |
        long
        text

  others: *all
  merged: { <<: *all, own: 1 }
  both: { <<: [{ x: 1 }, *all] }
  empty:
  none: {}
`

/** What the fast parser does not take: a bracket that closes before the column of what it is in. */
const ODD = `${TEXT}  odd:\n    a: {\n    }\n`

describe.each([
  ['the place of a pointer', TEXT],
  ['the place of a pointer into what only the slower parser reads', ODD],
])('%s', (_, text) => {
  const find = inText(text)

  it.each([
    ['#', 1, 1, []],
    ['#/openapi', 1, 1, ['openapi: 3.1.0']],
    ['#/components/parameters/0', 4, 7, ['    - name: one', '      in: query']],
    ['#/components/parameters/0/in', 5, 7, ['      in: query']],
    ['#/components/parameters/1/in', 6, 20, ['    - { name: two, in: path }']],
    ['#/components/responses/200', 8, 5, ['    200: { description: Done } # as it is']],
    ['#/components/responses/a~1b', 9, 5, ['    "a/b":', '      description: |', '        long', '        text']],
    ['#/components/others/200', 8, 5, ['    200: { description: Done } # as it is']],
    ['#/components/merged/a~1b/description', 10, 7, ['      description: |', '        long', '        text']],
    ['#/components/both/200', 8, 5, ['    200: { description: Done } # as it is']],
    ['#/components/merged/own', 15, 23, ['  merged: { <<: *all, own: 1 }']],
    ['#/components/empty', 17, 3, ['  empty:']],
    ['#/components/none', 18, 3, ['  none: {}']],
  ])('%s is line %i, column %i', (pointer, line, column, lines) => {
    expect(find(pointer)).toEqual({ file: 'a.yaml', line, column, pointer, lines })
  })

  it.each([
    ['#/components/parameters/2', 3, '#/components/parameters'],
    ['#/components/responses/200/content/x', 8, '#/components/responses/200'],
    ['#/info/title', 1, '#'],
    ['/components/none/x', 18, '#/components/none'],
  ])('that leads nowhere, %s, is that of the nearest part around it, line %i', (pointer, line, nearest) => {
    expect(find(pointer)).toMatchObject({ line, pointer: nearest, lines: [] })
  })
})

describe('the place of a pointer', () => {
  it.each(['\n', '\r\n', '\r'])('is counted in lines that end with %j', (end) => {
    expect(inText(['a: 1', 'b:', '  c: 2', ''].join(end))('#/b')).toMatchObject({ line: 2, lines: ['b:', '  c: 2'] })
  })

  it('is found in JSON, to the bracket that closes it', () => {
    const text = JSON.stringify({ 'ä"': [{ b: { c: ['}'] } }, {}], d: 1 }, undefined, 2)
    expect(inText(text)('#/%C3%A4%22/0/b')).toEqual({
      file: 'a.yaml',
      line: 4,
      column: 7,
      pointer: '#/%C3%A4%22/0/b',
      lines: ['      "b": {', '        "c": [', '          "}"', '        ]', '      }'],
    })
  })

  it('is only the file where that cannot be read for places', () => {
    expect(inText('a: [')('#/a')).toEqual({ file: 'a.yaml', lines: [] })
  })
})

it('is found in the file where a part was written, called as the document is', async () => {
  const file = folder.write({
    'openapi.yaml': `openapi: 3.1.0
paths:
  /pets:
    $ref: paths/pets.yaml
components:
  schemas:
    Pet: { $ref: schemas.yaml#/Pet }
    Owner: { items: { $ref: 'schemas.yaml#/Owner' } }`,
    'paths/pets.yaml': 'get:\n  responses: {}',
    'schemas.yaml': 'Pet:\n  type: object\nOwner:\n  properties:\n    name: {}',
    '.git/HEAD': '',
  })
  const { findPlace } = await readFiles(file)
  const place = (pointer: string) => {
    const { file: name, line, pointer: own } = findPlace(pointer) ?? {}
    return `${name?.replace(file.replace('openapi.yaml', ''), '')}:${line} ${own}`
  }
  expect(place('#/paths')).toBe('openapi.yaml:2 #/paths')
  expect(place('#/paths/~1pets/get/responses')).toBe('paths/pets.yaml:2 #/get/responses')
  expect(place('#/components/schemas/Pet/type')).toBe('schemas.yaml:2 #/Pet/type')
  expect(place('#/components/schemas/schemas_Owner/properties/name')).toBe('schemas.yaml:5 #/Owner/properties/name')
  expect(place('#/components/schemas/Owner/items')).toBe('openapi.yaml:8 #/components/schemas/Owner/items')
})
