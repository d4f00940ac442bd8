import { describe, expect, it } from 'vitest'
import { DocumentError } from './document-error.ts'
import { fillNulls } from './fill-nulls.ts'
import type { Json } from './json.ts'
import { parseOpenApi } from './read-document.ts'

const fill = (document: Json) => fillNulls(document, 'a.yaml')
const operationWith = (operation: Json): Json => ({ paths: { '/a': { get: operation } } })

describe('a name of the author’s with nothing behind it', () => {
  it.each<[what: string, given: Json, filled: Json]>([
    ['a response', { responses: { 204: null } }, { responses: { 204: {} } }],
    [
      'a media type',
      { responses: { 200: { content: { 'text/csv': null } } } },
      { responses: { 200: { content: { 'text/csv': {} } } } },
    ],
    [
      'a header',
      { responses: { 200: { headers: { Etag: null } } } },
      { responses: { 200: { headers: { Etag: {} } } } },
    ],
  ])('is there and says nothing: %s', (_, given, filled) => {
    expect(fill(operationWith(given))).toEqual(operationWith(filled))
  })

  it.each(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])(
    'is there and says nothing: a schema of %s',
    (keyword) => {
      expect(fill({ components: { schemas: { A: { [keyword]: { items: null } }, B: null } } })).toEqual({
        components: { schemas: { A: { [keyword]: { items: {} } }, B: {} } },
      })
    },
  )

  it('is left out where it would have to say something: a path, a parameter, a security scheme, a link', () => {
    const components = { parameters: { limit: null }, securitySchemes: { key: null }, links: { next: null } }
    expect(fill({ paths: { '/a': null }, components })).toEqual({
      paths: {},
      components: { parameters: {}, securitySchemes: {}, links: {} },
    })
  })
})

describe('a member of OpenAPI’s own', () => {
  it('is left out where it is null', () => {
    expect(fill({ tags: null, paths: { '/a': { get: null, parameters: null } }, components: null })).toEqual({
      paths: { '/a': {} },
    })
    expect(fill(operationWith({ responses: null, requestBody: null }))).toEqual(operationWith({}))
    expect(fill({ components: { schemas: { A: { items: null, not: null, type: 'array' } } } })).toEqual({
      components: { schemas: { A: { type: 'array' } } },
    })
  })

  it.each<[where: string, document: Json]>([
    ['#/paths/~1a/get/parameters/1', operationWith({ parameters: [{}, null] })],
    ['#/paths/~1a/get/x-failures/0', operationWith({ 'x-failures': [null] })],
    [
      '#/components/schemas/A/properties/b/oneOf/0',
      { components: { schemas: { A: { properties: { b: { oneOf: [null] } } } } } },
    ],
    ['#/servers/0', { servers: [null] }],
  ])('is refused as an item of a list, in one line: %s', (where, document) => {
    expect(() => fill(document)).toThrow(
      new DocumentError(`a.yaml has nothing at ${where}: say what it is, or take it out`),
    )
  })
})

describe('data', () => {
  it.each<[what: string, document: Json]>([
    [
      'an example',
      { components: { examples: { a: { value: { b: null } } }, schemas: { A: { example: { b: null } } } } },
    ],
    ['a default of null', { components: { schemas: { A: { default: null, const: null, enum: [null] } } } }],
    ['examples of a schema', { components: { schemas: { A: { examples: [null, { properties: { a: null } }] } } } }],
    ['an extension', operationWith({ 'x-failures': [{ id: 'taken', code: null, provoke: [{ body: null }] }] })],
    ['what a link sends', { components: { links: { a: { parameters: { id: null }, requestBody: { note: null } } } } }],
    ['a scheme without scopes: without it, all would be let in', { security: [{ bearer: null }] }],
  ])('stay as they are: %s', (_, document) => {
    expect(fill(document)).toBe(document)
  })

  it('stay as they are where an alias repeats them as a part of the document', () => {
    const shared = { note: null }
    const filled = fill({ components: { schemas: { A: { properties: shared, example: shared } } } })
    expect(filled.components.schemas.A).toEqual({ properties: { note: {} }, example: { note: null } })
  })
})

it('a document is read without its nulls, and a $ref to what is left out leads nowhere', () => {
  const head = `openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\n`
  const document = parseOpenApi(`${head}paths: { /a: { get: { responses: { 204: } } }, /b: }\ncomponents:`, 'a.yaml')
  expect(document.paths).toEqual({ '/a': { get: { responses: { 204: {} } } } })
  const broken = `${head}paths: { /a: { parameters: [{ $ref: '#/components/parameters/p' }] } }\ncomponents: { parameters: { p: } }`
  expect(() => parseOpenApi(broken, 'a.yaml')).toThrow(/^a\.yaml has a \$ref that leads nowhere at \S+: #\S+\/p$/)
})
