import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { parseOpenApi } from './read-document.ts'

/** @param more other members of the document, in YAML's flow style */
function read(operation: string, more = 'components: {}') {
  const { document, diagnostics, originOf } = parseOpenApi(
    `openapi: 3.0.0\ninfo: { title: Half, version: '1' }\npaths: { /a: { post: { operationId: a, ${operation} } } }\n${more}`,
    'half.yaml',
  )
  const told = diagnostics.map(({ rule, message, instead, pointer }) => ({
    rule,
    text: `${message}; ${instead}`,
    pointer,
  }))
  return { operation: (document.paths as Json)['/a'].post as Json, document: document as Json, told, originOf }
}
const FINE = 'responses: { 200: { description: Fine } }'
const AT = '#/paths/~1a/post'

describe('what a document of OpenAPI 3 has kept of Swagger 2.0', () => {
  it('may be a body among the parameters', () => {
    const { operation, told, originOf } = read(
      `consumes: [application/x+json], parameters: [{ name: b, in: body, required: true, schema: { type: object } }, { name: q, in: query, schema: {} }], ${FINE}`,
    )
    expect(operation.requestBody).toEqual({
      required: true,
      content: { 'application/x+json': { schema: { type: 'object' } } },
    })
    expect(operation.parameters).toEqual([{ name: 'q', in: 'query', schema: {} }])
    expect(told).toEqual([
      {
        rule: 'keyword-of-other-version',
        text: 'in: body has no meaning in OpenAPI 3; it is read as the request body',
        pointer: `${AT}/parameters/0`,
      },
    ])
    expect(originOf(`${AT}/requestBody/content/application~1x+json/schema/type`)).toBe(`${AT}/parameters/0/schema/type`)
    expect(originOf(`${AT}/parameters/0/name`)).toBe(`${AT}/parameters/1/name`)
  })

  it('may be the fields of a form, also where they are components', () => {
    const { operation, document, told } = read(
      `parameters: [{ $ref: '#/components/parameters/F' }, { name: g, in: formData, type: file }], ${FINE}`,
      'components: { parameters: { F: { name: f, in: formData, required: true, type: integer } } }',
    )
    const schema = operation.requestBody.content['multipart/form-data'].schema
    expect(schema).toMatchObject({
      required: ['f'],
      properties: { f: { type: 'integer' }, g: { type: 'string', format: 'binary' } },
    })
    expect(operation.parameters).toEqual([])
    expect(document.components.parameters).toEqual({})
    expect(told.map(({ text }) => text).slice(0, 2)).toEqual(
      Array(2).fill('in: formData has no meaning in OpenAPI 3; it is read as the request body'),
    )
  })

  it('is left out where the operation has a request body of its own', () => {
    const { operation, told } = read(
      `requestBody: { content: { text/plain: {} } }, parameters: [{ name: b, in: body }], ${FINE}`,
    )
    expect(Object.keys(operation.requestBody.content)).toEqual(['text/plain'])
    expect(told).toMatchObject([{ text: 'in: body has no meaning in OpenAPI 3; it is left out' }])
  })

  it('may be types of parameters and headers without a schema', () => {
    const { operation, document, told, originOf } = read(
      `parameters: [{ name: n, in: query, style: form, explode: false, type: array, items: { type: integer }, example: [1] }, { name: m, in: query, type: array, collectionFormat: pipes }, { name: e, in: query, enum: [x] }], responses: { 200: { headers: { X-N: { type: integer, description: d } } } }`,
      'components: { headers: { H: { type: string } }, parameters: { P: { name: p, in: query, type: boolean } } }',
    )
    expect(operation.parameters).toEqual([
      {
        name: 'n',
        in: 'query',
        style: 'form',
        explode: false,
        example: [1],
        schema: { type: 'array', items: { type: 'integer' } },
      },
      { name: 'm', in: 'query', style: 'pipeDelimited', explode: false, schema: { type: 'array' } },
      { name: 'e', in: 'query', schema: { enum: ['x'] } },
    ])
    expect(operation.responses[200].headers).toEqual({ 'X-N': { description: 'd', schema: { type: 'integer' } } })
    expect(document.components).toMatchObject({
      headers: { H: { schema: { type: 'string' } } },
      parameters: { P: { schema: { type: 'boolean' } } },
    })
    expect(told).toHaveLength(6)
    expect(told[0]).toEqual({
      rule: 'keyword-of-other-version',
      text: 'a type without a schema has no meaning in OpenAPI 3; it is read as its schema',
      pointer: `${AT}/parameters/0`,
    })
    expect(originOf(`${AT}/parameters/0/schema/items`)).toBe(`${AT}/parameters/0/items`)
  })

  it('may be the schema of a response', () => {
    const { operation, document, told, originOf } = read(
      `produces: text/csv, responses: { 200: { description: d, schema: { type: string } }, 400: { $ref: '#/components/responses/R' } }`,
      'components: { responses: { R: { description: r, schema: { type: object } } } }',
    )
    expect(operation.responses[200]).toEqual({
      description: 'd',
      content: { 'text/csv': { schema: { type: 'string' } } },
    })
    expect(document.components.responses.R).toEqual({
      description: 'r',
      content: { 'application/json': { schema: { type: 'object' } } },
    })
    expect(told).toMatchObject([
      {
        text: 'the schema of a response has no meaning in OpenAPI 3; it is read as its content',
        pointer: `${AT}/responses/200/schema`,
      },
      { pointer: '#/components/responses/R/schema' },
    ])
    expect(originOf(`${AT}/responses/200/content/text~1csv/schema/type`)).toBe(`${AT}/responses/200/schema/type`)
  })

  it('is nothing where the place is taken, or is of OpenAPI 3', () => {
    const { told } = read(
      `parameters: [{ name: n, in: query, schema: {}, type: string }, { name: m, in: query, content: { application/json: {} }, enum: [a] }], responses: { 200: { schema: {}, content: { text/plain: {} }, headers: { A: { schema: {} }, B: { $ref: '#/components/headers/B' } } } }`,
      'components: { headers: { B: { schema: {} } } }',
    )
    expect(told).toEqual([])
  })
})
