import { describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { applyOverlays } from './apply-overlays.ts'
import { DocumentError } from './document-error.ts'
import { createFindPlace } from './find-place.ts'
import { parseSource } from './parse-text.ts'
import { readDocument } from './read-document.ts'

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
tags: [{ name: one }, { name: two }, { name: three }]
paths:
  /pets:
    get: { tags: [one], summary: All of them }
    post: { tags: [two] }
`

/** Actions as YAML, applied to a document. */
async function apply(actions: string, { version = '1.2.0', document = PETS } = {}) {
  const text = `overlay: ${version}\ninfo: { title: Changes, version: '1' }\nactions:\n${actions}`
  const overlay = parseSource(text, 'pets.overlay.yaml', 'file:///pets.overlay.yaml')
  const written = parseSource(document, 'pets.yaml', 'file:///pets.yaml')
  const before = structuredClone(written.data)
  const { file, faults } = await applyOverlays(written, [overlay])
  expect(written.data, 'what was read is not changed').toEqual(before)
  const findPlace = createFindPlace(file, [], [overlay])
  const lineOf = (pointer: string) => {
    const place = findPlace(pointer)
    return `${place?.file}:${place?.line}`
  }
  return { data: file.data, faults, lineOf }
}

/** What is told of actions, and where. */
async function tell(actions: string, version?: string) {
  const { faults, lineOf } = await apply(actions, version === undefined ? {} : { version })
  return faults.map(({ message, pointer }) => `${lineOf(pointer)} ${message}`)
}

describe('an overlay', () => {
  it('merges objects: members that both have are merged too, lists grow, values are replaced', async () => {
    const { data, faults } = await apply(`
  - target: $.paths['/pets']
    update: { get: { tags: [four], summary: Every one, x-safe: true } }`)
    expect(data.paths['/pets'].get).toEqual({ tags: ['one', 'four'], summary: 'Every one', 'x-safe': true })
    expect(data.paths['/pets'].post).toEqual({ tags: ['two'] })
    expect(faults).toEqual([])
  })

  it('changes everything that its target selects, and no two parts share what came in', async () => {
    const { data } = await apply(`
  - target: $.paths.*[?@.tags]
    update: { x-seen: { by: [me] } }
  - target: $.paths['/pets'].post.x-seen.by
    update: [you]`)
    expect(data.paths['/pets'].get['x-seen']).toEqual({ by: ['me'] })
    expect(data.paths['/pets'].post['x-seen']).toEqual({ by: ['me', 'you'] })
  })

  it('works on what the action before has left', async () => {
    const { data } = await apply(`
  - target: $.paths['/pets'].get
    remove: true
  - target: $.paths['/pets']
    update: { get: { summary: New } }`)
    expect(data.paths['/pets'].get).toEqual({ summary: 'New' })
  })

  it('removes all that is selected, whatever stands before it in a list', async () => {
    const { data } = await apply(`
  - target: $.tags[0,2,0]
    remove: true`)
    expect(data.tags).toEqual([{ name: 'two' }])
  })

  it('removes what lies in something that it removes too', async () => {
    const { data, faults } = await apply(`
  - target: $.paths..*
    remove: true`)
    expect({ data: data.paths, faults }).toEqual({ data: {}, faults: [] })
  })

  it('adds one item to a list; from 1.1 on a list is added item by item', async () => {
    const actions = `
  - target: $.tags
    update: { name: four }
  - target: $.paths['/pets'].get.tags
    update: [five, six]`
    const { data } = await apply(actions)
    expect(data.tags).toHaveLength(4)
    expect(data.paths['/pets'].get.tags).toEqual(['one', 'five', 'six'])
    const { data: first } = await apply(actions, { version: '1.0.0' })
    expect(first.paths['/pets'].get.tags).toEqual(['one', ['five', 'six']])
  })

  it('replaces a single value from 1.1 on', async () => {
    const action = `
  - target: $.info.title
    update: Dogs`
    expect((await apply(action)).data.info.title).toBe('Dogs')
    expect(await tell(action, '1.0.1')).toEqual([
      'pets.overlay.yaml:6 overlay 1.0 changes objects and lists: the target must be what holds the value',
    ])
  })

  it('copies one part into others (1.1)', async () => {
    const { data } = await apply(`
  - target: $.paths
    update: { /dogs: {} }
  - target: $.paths['/dogs']
    copy: $.paths['/pets']`)
    expect(data.paths['/dogs']).toEqual(data.paths['/pets'])
  })

  it('takes an action from its components (1.2)', async () => {
    const { data } = await apply(`
  - $ref: '#/components/actions/hide~1it'
    target: $.paths['/pets'].post
components:
  actions:
    hide/it: { fields: { update: { x-hidden: true } } }`)
    expect(data.paths['/pets'].post).toEqual({ tags: ['two'], 'x-hidden': true })
  })

  it('keeps a member called __proto__ a member', async () => {
    const { data } = await apply(`
  - target: $.info
    update: { __proto__: { polluted: true } }`)
    expect(Object.keys(data.info)).toContain('__proto__')
    expect(data.info.polluted).toBeUndefined()
  })
})

describe('what is wrong in an overlay', () => {
  it.each<[what: string, action: string, told: string]>([
    ['a target that selects nothing', '{ target: $.nothing, update: {} }', 'the target selects nothing: $.nothing'],
    ['a target that is no query', '{ target: "$[", update: {} }', 'target is no JSONPath query (RFC 9535):'],
    ['no target', '{ update: {} }', 'an action must have a target, which is a JSONPath query'],
    ['an action that is none', 'rename', 'an action must have a target, which is a JSONPath query'],
    ['nothing to do', '{ target: $.info }', 'an action must have update or remove'],
    ['all of the document', '{ target: $, remove: true }', 'the whole document cannot be removed'],
    [
      'values that do not go together',
      '{ target: $.info, update: { title: [] } }',
      'a list cannot be merged into a primitive value',
    ],
    ['a list for an object', '{ target: $.info, update: [] }', 'a list cannot be merged into an object'],
    ['a copy of several parts', '{ target: $.info, copy: "$.tags.*" }', 'copy must select one part, and selects 3'],
    [
      'an action that is not there',
      "{ $ref: '#/components/actions/none', target: $ }",
      'the $ref of the action leads to none:',
    ],
  ])('is told by its line, and changes nothing: %s', async (_, action, told) => {
    const { data, faults, lineOf } = await apply(`  - ${action}`)
    expect(data).toEqual(parseSource(PETS, '', '').data)
    expect(faults).toHaveLength(1)
    expect(faults[0]?.message).toContain(told)
    expect(lineOf(faults[0]?.pointer as string)).toBe('pets.overlay.yaml:4')
  })

  it('is told by its line where it takes too long', async () => {
    const document = `${PETS}x-all: [${'{ a: 1 }, '.repeat(8000)}]`
    const { faults, lineOf } = await apply('  - { target: "$..[?count($..*) < 0]", update: {} }', { document })
    expect(faults.map(({ message }) => message)).toEqual(['target takes too long: it took longer than 5 s'])
    expect(lineOf(faults[0]?.pointer as string)).toBe('pets.overlay.yaml:4')
  }, 60_000)

  it.each([
    ['{}', 'x.yaml is no overlay: it has no member overlay, such as overlay: 1.0.0'],
    ['overlay: 2.0.0', 'x.yaml is an overlay of version 2.0.0; 1.0 to 1.2 are understood'],
    ['overlay: 1.0.0', 'x.yaml is no overlay: it has no list of actions'],
  ])('is no overlay at all: %s', async (text, message) => {
    const document = parseSource(PETS, 'pets.yaml', 'file:///pets.yaml')
    const given = applyOverlays(document, [parseSource(text, 'x.yaml', 'file:///x.yaml')])
    await expect(given).rejects.toThrow(new DocumentError(message))
  })
})

describe('a part of a document that an overlay has changed', () => {
  it('stands where it was written: in the overlay, or in the document, wherever it stands now', async () => {
    const { lineOf } = await apply(`
  - target: $.tags[0]
    remove: true
  - target: $.paths['/pets']
    update:
      get: { summary: New }
      put:
        tags: [three]`)
    expect(lineOf('#/paths/~1pets/get/summary')).toBe('pets.overlay.yaml:9')
    expect(lineOf('#/paths/~1pets/put/tags/0')).toBe('pets.overlay.yaml:11')
    expect(lineOf('#/paths/~1pets/get/tags')).toBe('pets.yaml:6')
    expect(lineOf('#/tags/1/name')).toBe('pets.yaml:3')
  })

  it('keeps its column when what stood before it in a list is gone', async () => {
    const overlay = parseSource(
      `overlay: 1.0.0\nactions: [{ target: '$.tags[0]', remove: true }]`,
      'o.yaml',
      'file:///o.yaml',
    )
    const written = parseSource(PETS, 'pets.yaml', 'file:///pets.yaml')
    const { file } = await applyOverlays(written, [overlay])
    const columnOf = (pointer: string) => createFindPlace(file, [], [overlay])(pointer).column
    const columnBefore = (pointer: string) => createFindPlace(written, [])(pointer).column
    expect([0, 1].map((at) => columnOf(`#/tags/${at}/name`))).toEqual(
      [1, 2].map((at) => columnBefore(`#/tags/${at}/name`)),
    )
  })
})

describe('readDocument', () => {
  it('applies overlays before the version is looked at, and tells faults that they bring in by their lines', async () => {
    const folder = createFolder()
    const document = folder.write({
      'pets.yaml': `swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: {}\n`,
      'pets.overlay.yaml': `overlay: 1.0.0
info: { title: Paths, version: '1' }
actions:
  - target: $
    update:
      basePath: /v2
      definitions: { Pet: { type: object, minProperties: -1 } }
`,
      'later.overlay.yaml': `overlay: 1.0.0
info: { title: Paths, version: '1' }
actions: [{ target: $, update: { basePath: /v3 } }, { target: $.nothing, update: {} }]
`,
    })
    const overlays = ['pets.overlay.yaml', 'later.overlay.yaml'].map((name) => document.replace('pets.yaml', name))
    const { document: model, diagnostics, findPlace } = await readDocument(document, { overlays })
    folder.remove()
    expect(model.servers).toEqual([{ url: '/v3' }])
    const told = diagnostics.map(
      ({ rule, pointer }) => `${rule} ${findPlace(pointer)?.file.split('/').at(-1)}:${findPlace(pointer)?.line}`,
    )
    expect(told).toEqual(
      expect.arrayContaining(['overlay-selects-nothing later.overlay.yaml:3', 'keyword-invalid pets.overlay.yaml:7']),
    )
  })
})
