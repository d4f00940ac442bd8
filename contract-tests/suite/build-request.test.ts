import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import type { RequestBuilder } from './build-request.ts'
import { createKit } from './case-kit.ts'

const document = documentOf(
  { type: 'object' },
  {},
  {
    '/things/{id}/parts': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'read', responses: { '200': { description: 'Found' } } },
    },
  },
)
const builder: RequestBuilder = createKit(document).builderOf('read')

/** JSON as a reply gives it. */
const said = (json: string): Json => JSON.parse(json)

describe('a parameter of the path', () => {
  it.each<[json: string, path: string]>([
    ['"a b/ü?#%2F"', 'a%20b%2F%C3%BC%3F%23%252F'],
    ['7', '7'],
    ['[1,"a/b"]', '1,a%2Fb'],
    ['true', 'true'],
    ['"\\ud800x"', '%EF%BF%BDx'],
    ['{"toString":1}', 'toString,1'],
    ['"."', '%2E'],
    ['".."', '%2E%2E'],
    ['""', ''],
  ])('%s is written as %s', (json, path) => {
    expect(builder.request({ path: { id: said(json) } }).path).toBe(`/things/${path}/parts`)
  })

  it('may be no text, and stands in a query all the same', () => {
    expect(builder.request({ path: { id: '1' }, query: { a: said('{"toString":1}'), b: ['\ud800', 'x'] } }).path).toBe(
      '/things/1/parts?a=%7B%22toString%22%3A1%7D&b=%EF%BF%BD&b=x',
    )
  })
})

it('rows have ids of their own, where there are enough', () => {
  const id = { type: 'string', pattern: '^[0-9]{1,2}$' }
  const rows = { type: 'array', items: { type: 'object', required: ['id'], properties: { id } } }
  const creating = createKit(documentOf(rows)).builderOf('create')
  for (let turn = 0; turn < 20; turn++)
    expect(new Set(creating.rows(`turn ${turn}`, 9).map((row: Json) => row.id)).size).toBe(9)
})

it('what no two records may have is made for each case, though the document has an example of it', () => {
  const properties = {
    isbn: { type: 'string', pattern: '^97[89]-\\d{10}$', example: '978-3161484100', 'x-unique': true },
    shelf: { type: 'integer', maximum: 99_999, example: 12, 'x-unique': { within: 'tenant' } },
    pages: { type: 'integer', example: 120 },
  }
  const schema = { type: 'object', required: Object.keys(properties), properties }
  const creating = createKit(documentOf(schema as Json)).builderOf('create')
  const bodies = Array.from({ length: 10 }, (_, turn) => creating.body(`turn ${turn}`))
  for (const name of ['isbn', 'shelf']) expect(new Set(bodies.map((body) => body[name])).size).toBe(10)
  for (const body of bodies) {
    expect(creating.broken(body)).toEqual([])
    expect(body).toMatchObject({ pages: 120 })
  }
})

describe('a text of a body', () => {
  it('carries the tag of the run, but not where the kind of one among several lists its values', () => {
    const text = { type: 'string' }
    const named = { type: 'object', required: ['kind', 'name'], properties: { kind: text, name: text } }
    const kinds = ['cat', 'dog'].map((kind) => ({ allOf: [named, { properties: { kind: { enum: [kind] } } }] }))
    const creating = createKit(documentOf({ oneOf: kinds })).builderOf('create')
    const body = creating.body('plain')
    expect(creating.broken(body)).toEqual([])
    expect(['cat', 'dog']).toContain(body.kind)
    expect(body.name).toContain(creating.context.tag)
  })
})
