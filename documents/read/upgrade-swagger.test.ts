import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { parseOpenApi } from './read-document.ts'

/** @param parts of the document in YAML */
function read(parts: string) {
  const { document, diagnostics, originOf } = parseOpenApi(
    `swagger: '2.0'\ninfo: { title: A, version: '1' }\n${parts}`,
    'a.yaml',
  )
  return { document, told: diagnostics, rules: diagnostics.map(({ rule }) => rule), originOf }
}

/** The operation `post /a` of a document. @param operation its members, in YAML's flow style */
function readOperation(operation: string, more = '') {
  const { document, ...rest } = read(
    `paths: { /a: { post: { operationId: a, ${operation}${operation.includes('responses:') ? '' : ', responses: { 204: { description: No } }'} } } }\n${more}`,
  )
  return { ...rest, document, operation: document.paths?.['/a'].post }
}

describe('where a document of Swagger is served', () => {
  it.each<[parts: string, servers: string[]]>([
    [
      'host: a.example:8080\nbasePath: /v1\nschemes: [https, http]',
      ['https://a.example:8080/v1', 'http://a.example:8080/v1'],
    ],
    ['host: a.example', ['https://a.example/']],
    ['host: a.example\nschemes: [wss]', ['https://a.example/']],
    ['basePath: /v1', ['/v1']],
    ['basePath: v1/', ['/v1/']],
    ['host: https://a.example/\nbasePath: v1', ['https://a.example/v1']],
    ['', ['/']],
  ])('%j', (parts, servers) => {
    expect(read(`paths: {}\n${parts}`).document.servers?.map(({ url }) => url)).toEqual(servers)
  })
})

it('one media type without a list around it is one', () => {
  const { operation } = readOperation(
    'consumes: text/csv, produces: text/html, parameters: [{ name: b, in: body }], responses: { 200: { schema: {} } }',
  )
  expect(Object.keys(operation.requestBody.content)).toEqual(['text/csv'])
  expect(Object.keys(operation.responses[200].content)).toEqual(['text/html'])
})

it('a method in capitals is that method', () => {
  const { document, told, originOf } = read('paths: { /a: { GET: { operationId: a, responses: { 204: {} } } } }')
  expect(document.paths?.['/a']?.get).toMatchObject({ operationId: 'a' })
  expect(told).toMatchObject([
    { message: 'there is no method "GET"', instead: 'it is read as get', pointer: '#/paths/~1a/GET' },
  ])
  expect(originOf('#/paths/~1a/get/responses')).toBe('#/paths/~1a/GET/responses')
})

describe('a parameter of Swagger', () => {
  it('has a schema of what describes its values', () => {
    const { operation, rules, originOf } = readOperation(
      'parameters: [{ name: b, in: query, required: true, description: B, type: integer, minimum: 1, exclusiveMinimum: true, default: 2, x-example: 3 }]',
    )
    expect(operation.parameters).toEqual([
      {
        name: 'b',
        in: 'query',
        required: true,
        description: 'B',
        example: 3,
        schema: { type: 'integer', exclusiveMinimum: 1, default: 2 },
      },
    ])
    expect(rules).toEqual([])
    expect(originOf('#/paths/~1a/post/parameters/0/schema/default')).toBe('#/paths/~1a/post/parameters/0/default')
  })

  it.each<[place: string, format: string, style: Json]>([
    ['query', '', { style: 'form', explode: false }],
    ['query', 'csv', { style: 'form', explode: false }],
    ['query', 'multi', { style: 'form', explode: true }],
    ['query', 'ssv', { style: 'spaceDelimited', explode: false }],
    ['query', 'pipes', { style: 'pipeDelimited', explode: false }],
    ['header', 'csv', {}],
  ])('that is a list is divided as it says: in %s by %j', (place, format, style) => {
    const collection = format && `, collectionFormat: ${format}`
    const { operation, rules } = readOperation(
      `parameters: [{ name: b, in: ${place}, type: array, items: { type: array, collectionFormat: csv, items: { type: string } }${collection} }]`,
    )
    const schema = { type: 'array', items: { type: 'array', items: { type: 'string' } } }
    expect(operation.parameters).toEqual([{ name: 'b', in: place, ...style, schema }])
    expect(rules).toEqual([])
  })

  it('is told where OpenAPI 3 cannot divide it so', () => {
    const { told } = readOperation(
      'parameters: [{ name: b, in: query, type: array, items: { type: string }, collectionFormat: tsv }]',
    )
    expect(told).toMatchObject([{ rule: 'style-unknown', pointer: '#/paths/~1a/post/parameters/0/collectionFormat' }])
  })

  it('may stand with the document, and refer to what a path item shares', () => {
    const { document, originOf } = read(`
parameters: { limit: { name: limit, in: query, type: integer } }
paths: { /a: { parameters: [{ $ref: '#/parameters/limit' }], get: { operationId: a, responses: { 200: { description: A } } } } }`)
    expect(document.paths?.['/a'].parameters).toEqual([{ $ref: '#/components/parameters/limit' }])
    expect(document.components.parameters.limit).toEqual({ name: 'limit', in: 'query', schema: { type: 'integer' } })
    expect(originOf('#/components/parameters/limit/schema/type')).toBe('#/parameters/limit/type')
  })
})

describe('a body of Swagger', () => {
  it('stands below each media type that the operation takes', () => {
    const { operation, originOf } = readOperation(
      "consumes: [application/json, text/json], parameters: [{ name: q, in: query, type: string }, { name: b, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }]",
      'definitions: { Pet: { type: object } }',
    )
    const media = { schema: { $ref: '#/components/schemas/Pet' } }
    expect(operation.requestBody).toEqual({
      required: true,
      content: { 'application/json': media, 'text/json': media },
    })
    expect(operation.parameters).toHaveLength(1)
    expect(originOf('#/paths/~1a/post/requestBody/content/text~1json/schema')).toBe(
      '#/paths/~1a/post/parameters/1/schema',
    )
  })

  it('is JSON where nothing is said, and may be shared by a path item or the document', () => {
    const { document } = read(`
parameters: { pet: { name: pet, in: body, schema: { type: object } } }
consumes: [application/xml]
paths:
  /a: { parameters: [{ $ref: '#/parameters/pet' }], put: { operationId: a, consumes: [], responses: { 200: { description: A } } } }`)
    expect(document.paths?.['/a'].put.requestBody).toEqual({
      content: { 'application/json': { schema: { type: 'object' } } },
    })
    expect(document.paths?.['/a'].parameters).toEqual([])
    expect(document.components.parameters).toEqual({})
  })

  it.each<[what: string, operation: string, types: string[]]>([
    ['a form', 'parameters: [{ name: b, in: formData, type: string }]', ['application/x-www-form-urlencoded']],
    [
      'a form in parts',
      'consumes: [multipart/form-data], parameters: [{ name: b, in: formData, type: string }]',
      ['multipart/form-data'],
    ],
    [
      'a form with a file',
      'consumes: [application/x-www-form-urlencoded], parameters: [{ name: b, in: formData, type: file }]',
      ['multipart/form-data'],
    ],
  ])('may be %s', (_, operation, types) => {
    expect(Object.keys(readOperation(operation).operation.requestBody.content)).toEqual(types)
  })

  it('of a form has a member for each field', () => {
    const { operation, originOf, rules } = readOperation(
      'consumes: [multipart/form-data], parameters: [{ name: f, in: formData, type: file, required: true, description: F }, { name: g, in: formData, type: array, items: { type: string }, collectionFormat: multi }]',
    )
    expect(operation.requestBody).toEqual({
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              f: { description: 'F', type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' },
              g: { type: 'array', items: { type: 'string' } },
            },
            required: ['f'],
          },
          encoding: { g: { style: 'form', explode: true } },
        },
      },
    })
    const field = '#/paths/~1a/post/requestBody/content/multipart~1form-data/schema/properties/g'
    expect(originOf(`${field}/items`)).toBe('#/paths/~1a/post/parameters/1/items')
    expect(rules).toEqual([])
  })
})

describe('a response of Swagger', () => {
  it('stands below each media type that the operation gives, with its example', () => {
    const { operation, originOf } = readOperation(
      'produces: [application/json, text/csv], responses: { 200: { description: A, schema: { type: array, items: { type: string } }, examples: { application/json: [a] }, headers: { X-Total: { type: integer, description: B } } } }',
    )
    const schema = { type: 'array', items: { type: 'string' } }
    expect(operation.responses[200]).toEqual({
      description: 'A',
      headers: { 'X-Total': { description: 'B', schema: { type: 'integer' } } },
      content: { 'application/json': { schema, example: ['a'] }, 'text/csv': { schema } },
    })
    const content = '#/paths/~1a/post/responses/200/content/application~1json'
    expect(originOf(`${content}/schema/items`)).toBe('#/paths/~1a/post/responses/200/schema/items')
    expect(originOf(`${content}/example/0`)).toBe('#/paths/~1a/post/responses/200/examples/application~1json/0')
  })

  it.each<[responses: string, types: string[] | undefined]>([
    ['{ 200: { description: A, schema: { type: string } } }', ['application/json']],
    ['{ 200: { description: A, schema: { type: file } } }', ['application/octet-stream']],
    ['{ 200: { description: A } }', undefined],
  ])('has the usual media type where nothing is said: %s', (responses, types) => {
    const { content } = readOperation(`responses: ${responses}`).operation.responses[200]
    expect(content && Object.keys(content)).toEqual(types)
  })

  it('that is shared has the media types of who refers to it', () => {
    const { document, operation, rules } = readOperation(
      "produces: [text/csv], responses: { 200: { $ref: '#/responses/R' }, 404: { $ref: '#/responses/Nobody' } }",
      'produces: [application/xml]\nresponses: { R: { description: A, schema: { type: string } } }',
    )
    expect(Object.keys(operation.responses[200].content)).toEqual(['text/csv'])
    expect(Object.keys(document.components.responses.R.content)).toEqual(['application/xml'])
    expect(rules).toEqual(['ref-dangling'])
  })
})

describe('a schema of Swagger', () => {
  it('is a component, with its own keywords upgraded', () => {
    const { document, originOf, told } = read(`paths: {}
definitions:
  Pet: { type: object, discriminator: kind, required: [kind], properties: { kind: { type: string, x-nullable: true }, child: { $ref: '#/definitions/Pet' }, lost: { $ref: '#/definitions/Lost' } } }`)
    expect(document.components.schemas.Pet).toEqual({
      type: 'object',
      discriminator: { propertyName: 'kind' },
      required: ['kind'],
      properties: {
        kind: { type: ['string', 'null'], 'x-nullable': true },
        child: { $ref: '#/components/schemas/Pet' },
        lost: {},
      },
    })
    expect(originOf('#/components/schemas/Pet/properties/kind')).toBe('#/definitions/Pet/properties/kind')
    expect(told).toMatchObject([
      { rule: 'ref-dangling', pointer: '#/definitions/Pet/properties/lost', within: '#/components/schemas/Pet' },
      { rule: 'no-operations' },
    ])
  })
})

it('the security schemes of Swagger are those of OpenAPI 3', () => {
  const { document } = read(`paths: {}
securityDefinitions:
  basic: { type: basic, description: B }
  key: { type: apiKey, name: k, in: header }
  code: { type: oauth2, flow: accessCode, authorizationUrl: https://a.example/a, tokenUrl: https://a.example/t, scopes: { read: Reads } }
  machine: { type: oauth2, flow: application, tokenUrl: https://a.example/t }`)
  expect(document.components.securitySchemes).toEqual({
    basic: { type: 'http', scheme: 'basic', description: 'B' },
    key: { type: 'apiKey', name: 'k', in: 'header' },
    code: {
      type: 'oauth2',
      flows: {
        authorizationCode: {
          authorizationUrl: 'https://a.example/a',
          tokenUrl: 'https://a.example/t',
          scopes: { read: 'Reads' },
        },
      },
    },
    machine: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: {} } } },
  })
})
