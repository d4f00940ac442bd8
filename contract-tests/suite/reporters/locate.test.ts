import { describe, expect, it } from 'vitest'
import { buildContract, parseContract } from '../../../documents/contract/build-contract.ts'
import { createLocate, fileLineOf, pointerIn } from './locate.ts'
import { SAMPLE_DOCUMENT } from './sample-run.ts'

const contract = parseContract(SAMPLE_DOCUMENT, 'notes.yaml')
const locate = createLocate(contract)

describe('a place in a document', () => {
  it('has a line, and the lines that say it with their comments', () => {
    expect(locate('#/components/schemas/Note/properties')).toEqual({
      file: 'notes.yaml',
      checkedOut: 'notes.yaml',
      line: 23,
      column: 7,
      pointer: '#/components/schemas/Note/properties',
      excerpt:
        'properties:\n  name: { type: string, minLength: 1, maxLength: 80 } # as printed\n  email: { type: string, format: email }',
    })
  })

  it('is found by a plain pointer and by a URI fragment, through escapes', () => {
    const place = { line: 10, excerpt: 'operationId: addNote' }
    expect(locate('/paths/~1notes/post/operationId')).toMatchObject(place)
    expect(locate('#/paths/%7E1notes/post/operationId')).toMatchObject(place)
  })

  it('is none where the pointer leads nowhere, and says so', () => {
    const inFlow = '#/paths/~1notes/post/requestBody/content/application~1json/schema/items/properties'
    for (const pointer of [
      '#/components/schemas/Note/required',
      '#/nowhere',
      'nowhere',
      '#/info/title/length',
      inFlow,
    ]) {
      const place = locate(pointer)
      expect(place, pointer).toEqual({ file: 'notes.yaml', checkedOut: 'notes.yaml', excerpt: '', isMissing: true })
      expect([fileLineOf(place), pointerIn(place, pointer)]).toEqual(['notes.yaml', `${pointer} (not in the document)`])
    }
  })

  it('is found in lists, behind aliases and under names that are no texts', () => {
    const text = [
      'openapi: 3.1.0',
      'info: { title: A, version: "1" }',
      'x-parts:',
      '  parameters:',
      '    - name: one',
      '      in: query',
      '    - { name: two, in: path }',
      '  responses: &all',
      '    200: { description: Done }',
      '    true:',
      '      description: Odd',
      '  others: *all',
      '  mixed: [*all, 7]',
    ].join('\n')
    const find = createLocate(parseContract(text, 'a.yaml'))
    expect(find('#/x-parts/parameters/0')).toMatchObject({ line: 5, excerpt: '- name: one\n  in: query' })
    expect(find('#/x-parts/parameters/0/in')).toMatchObject({ line: 6, excerpt: 'in: query' })
    expect(find('#/x-parts/parameters/1/in')).toMatchObject({ line: 7 })
    expect(find('#/x-parts/others')).toMatchObject({ line: 12, excerpt: 'others: *all' })
    expect(find('#/x-parts/others/200')).toMatchObject({ line: 9, excerpt: '200: { description: Done }' })
    expect(find('#/x-parts/mixed/0/true/description')).toMatchObject({ line: 11, excerpt: 'description: Odd' })
    expect(find('#/x-parts/mixed/1')).toMatchObject({ line: 13 })
  })

  it('is called as the report calls its file', () => {
    const find = createLocate(contract, (name) => ({ file: `docs/${name}` }))
    expect(find('#/info/title')).toMatchObject({ file: 'docs/notes.yaml', line: 2 })
    expect(find('#/info/title')).not.toHaveProperty('checkedOut')
  })

  it('is found in JSON as well', () => {
    const text = JSON.stringify(contract.model, undefined, 2)
    const place = createLocate(parseContract(text, 'a.json'))('#/components/schemas/Note/properties/email')
    expect(text.split('\n')[(place.line as number) - 1]).toBe('          "email": {')
  })

  it('is its own part of a line that holds the whole document, with its column', () => {
    const text = JSON.stringify({ ...contract.model, 'x-much': 'a'.repeat(1000) })
    const place = createLocate(parseContract(text, 'a.json'))('#/components/schemas/Note/properties/email')
    expect(place.excerpt).toBe('"email":{"type":"string","format":"email"}')
    expect(fileLineOf(place)).toBe(`a.json:1:${text.indexOf('"email":{"type"') + 1}`)
  })

  it('is the whole document without a line where the pointer has no tokens', () => {
    expect(locate('#')).toEqual({ file: 'notes.yaml', checkedOut: 'notes.yaml', excerpt: '' })
  })

  it('is shown from the data where there is no text', () => {
    const { line, excerpt } = createLocate(buildContract(contract.model))('#/components/schemas/Note/properties/email')
    expect({ line, excerpt }).toEqual({ line: undefined, excerpt: 'email:\n  type: string\n  format: email' })
  })
})
