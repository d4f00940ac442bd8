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

it.each([
  ['an example of', { example: '', schema: { type: 'string' } }],
  ['a default of', { schema: { type: 'string', default: '' } }],
])('%s nothing is nothing that a path can have', (_, more) => {
  const parameters = [{ name: 'id', in: 'path', required: true, ...more }]
  const get = { operationId: 'read', responses: { '200': { description: 'Found' } } }
  const builder = createKit(documentOf({}, {}, { '/things/{id}': { parameters, get } })).builderOf('read')
  expect(builder.request({}).path).toMatch(/^\/things\/[^/]+$/)
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

  it('is no tag where a discriminator says what inherits', () => {
    const text = { type: 'string' }
    const named = { type: 'object', required: ['kind', 'name'], properties: { kind: text, name: text } }
    // A mapping names any part of the document.
    const cat = '#/paths/~1cats/post/requestBody/content/application~1json/schema'
    const base = { ...named, discriminator: { propertyName: 'kind', mapping: { cat } } }
    const lives = { type: 'object', required: ['lives'], properties: { lives: { type: 'integer' } } }
    const cats = { post: { requestBody: { content: { 'application/json': { schema: lives } } }, responses: {} } }
    const creating = createKit(documentOf(base, {}, { '/cats': cats })).builderOf('create')
    expect(creating.body('plain')).toEqual({
      kind: 'cat',
      name: expect.stringContaining(creating.context.tag),
      lives: expect.any(Number),
    })
  })
})

describe('what the body of a replacement or an update repeats of its path', () => {
  const ID = { type: 'integer', minimum: 1 }
  const RECORD = { type: 'object', required: ['id', 'name'], properties: { id: ID, name: { type: 'string' } } }
  const DATA = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, type: { type: 'string' } } }
  const bodied = (operationId: string, schema: Json) => ({
    operationId,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { '200': { description: 'Changed' } },
  })
  const at = (...names: readonly string[]) =>
    names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const kit = createKit(
    documentOf(
      { type: 'object' },
      {},
      {
        '/things/{thingId}': {
          parameters: at('thingId'),
          put: bodied('replace', RECORD),
          patch: bodied('update', { type: 'object', required: ['data'], properties: { data: DATA } }),
        },
        '/shops/{shop_id}/pets/{slug}': {
          parameters: at('shop_id', 'slug'),
          put: bodied('replacePet', {
            type: 'object',
            properties: { shopId: { type: 'string' }, slug: { type: 'string' }, id: { type: 'string' } },
          }),
        },
        '/things/{thingId}/owner': { parameters: at('thingId'), put: bodied('setOwner', RECORD) },
        '/kinds/{id}': {
          parameters: at('id'),
          put: bodied('replaceKind', { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } }),
        },
      },
    ),
  )
  const sent = (operationId: string, body: Json, path: Readonly<Record<string, string>>): Json =>
    kit.builderOf(operationId).repeatPath({ body, path }).body

  it('is the same there, of the type that it has there', () => {
    expect(sent('replace', { id: 12, name: 'a' }, { thingId: '7' })).toEqual({ id: 7, name: 'a' })
  })

  it('is the same in the data of the body', () => {
    expect(sent('update', { data: { id: 'x', type: 't' } }, { thingId: '7' })).toEqual({ data: { id: '7', type: 't' } })
  })

  it('is what is called like another parameter, and nothing that names no item of this path', () => {
    const body = { shopId: 'x', slug: 'y', id: 'z' }
    expect(sent('replacePet', body, { shop_id: 's', slug: 'rex' })).toEqual({ shopId: 's', slug: 'rex', id: 'z' })
  })

  it('is nothing of what lies below the item', () => {
    expect(sent('setOwner', { id: 12, name: 'a' }, { thingId: '7' })).toEqual({ id: 12, name: 'a' })
  })

  it('is not put where the path says what the body may not', () => {
    const id = '0bddbe77-c79b-4d32-83da-b617d7a590a9'
    expect(sent('replaceKind', { id }, { id: 'seven' })).toEqual({ id })
  })

  it('stays wrong where a case breaks its rule, and is the same where a case breaks another', () => {
    expect(sent('replace', { id: 0, name: 'a' }, { thingId: '7' })).toEqual({ id: 0, name: 'a' })
    expect(sent('replace', { name: 'a' }, { thingId: '7' })).toEqual({ name: 'a' })
    expect(sent('replace', { id: 12, name: 1 }, { thingId: '7' })).toEqual({ id: 7, name: 1 })
    const text = { text: '{"id":12,"name":1}', contentType: 'text/plain', path: { thingId: '7' } }
    expect(kit.builderOf('replace').repeatPath(text)).toEqual({ ...text, text: '{"name":1,"id":7}' })
  })
})
