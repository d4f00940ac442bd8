import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { Contract } from '../contract/contract.ts'
import type { Operation } from '../contract/table.ts'
import type { Json } from '../read/read-document.ts'
import { listOperations } from './list-operations.ts'

const documentOf = (paths: Json, rest: object = {}): Contract =>
  buildContract({ openapi: '3.1.0', info: { title: 'Orders', version: '1' }, paths, ...rest })

/** The only operation of a document that has one. */
function rowOf(operation: Json, item: object = {}, rest: object = {}): Operation {
  const [row] = listOperations(documentOf({ '/orders': { ...item, get: { responses: {}, ...operation } } }, rest))
  return row as Operation
}

describe('listOperations', () => {
  it('makes a row of plain data of each operation, in the order of the document', () => {
    const post = {
      operationId: 'order',
      'x-role': 'subject',
      requestBody: { required: true, content: { 'application/json': {}, 'text/plain': {} } },
      responses: {
        201: { content: { 'application/json': {} } },
        204: {},
        '4XX': { $ref: '#/components/responses/Bad' },
      },
      'x-failures': [
        { id: 'taken', provoke: 'Nobody can.', message: 'Taken', when: 'Somebody has it.' },
        { $ref: '#/components/x-failures/late' },
      ],
    }
    const components = {
      responses: { Bad: { content: { 'application/problem+json': {} } } },
      'x-failures': {
        late: {
          id: 'late',
          provoke: [{ rows: [] }],
          together: ['/a', '/b'],
          when: 'It is late.',
          evidence: 'observed',
        },
      },
    }
    const paths = {
      '/orders': { post, get: { operationId: 'list', responses: {} } },
      '/a': { put: { operationId: 'a' } },
    }
    expect(listOperations(documentOf(paths, { components }))).toEqual([
      { id: 'list', method: 'GET', path: '/orders', parameters: [], security: [], replies: {}, failures: [] },
      {
        id: 'order',
        role: 'subject',
        method: 'POST',
        path: '/orders',
        parameters: [],
        body: { required: true, mediaTypes: ['application/json', 'text/plain'] },
        security: [],
        replies: {
          201: { mediaTypes: ['application/json'] },
          204: { mediaTypes: [] },
          '4XX': { mediaTypes: ['application/problem+json'] },
        },
        failures: [
          { id: 'taken', level: 'request', at: '2XX', message: 'Taken' },
          { id: 'late', level: 'request', at: '2XX', message: 'It is late.' },
        ],
      },
      { id: 'a', method: 'PUT', path: '/a', parameters: [], security: [], replies: {}, failures: [] },
    ])
  })

  it.each([
    ['get', '/orders', 'getOrders'],
    ['get', '/orders/{id}', 'getOrdersById'],
    ['delete', '/v1/orders/{orderId}/line-items', 'deleteV1OrdersByOrderIdLineItems'],
    ['post', '/', 'post'],
  ])('calls %s %s without operationId %s', (method, path, want) => {
    expect(listOperations(documentOf({ [path]: { [method]: { responses: {} } } }))[0]?.id).toBe(want)
  })

  it.each([
    ['same', ['same', 'postB']],
    ['getA', ['getA_2', 'getA']],
  ])('calls no two operations the same where operationId %s is given twice or was made', (operationId, ids) => {
    const first = operationId === 'same' ? { operationId } : {}
    const paths = { '/a': { get: first }, '/b': { post: { operationId } } }
    expect(listOperations(documentOf(paths)).map(({ id }) => id)).toEqual(ids)
  })

  it('follows a path item that is a reference', () => {
    const components = { pathItems: { A: { get: { operationId: 'a', responses: {} } } } }
    const paths = { '/a': { $ref: '#/components/pathItems/A' } }
    expect(listOperations(documentOf(paths, { components }))).toMatchObject([{ id: 'a', path: '/a' }])
  })
})

describe('parameters', () => {
  const text = { schema: { type: 'string' } }
  const a = { name: 'a', in: 'query', ...text }

  it.each<[given: string, own: Json[], ofItem: Json[], want: object[]]>([
    ['those of the path item', [], [a], [{ name: 'a', in: 'query' }]],
    ['an override by name and place', [{ ...a, required: true }], [a], [{ name: 'a', required: true }]],
    ['the same name in another place', [{ ...a, in: 'header' }], [a], [{ in: 'query' }, { in: 'header' }]],
    ['a reference', [{ $ref: '#/components/parameters/b' }], [], [{ name: 'b', in: 'cookie' }]],
    [
      'a reference that is overridden',
      [{ name: 'b', in: 'cookie', required: true, ...text }],
      [{ $ref: '#/components/parameters/b' }],
      [{ required: true }],
    ],
    [
      'headers that OpenAPI ignores',
      ['Accept', 'content-type', 'AUTHORIZATION'].map((name) => ({ name, in: 'header', ...text })),
      [],
      [],
    ],
    ['a query parameter called like one of them', [{ name: 'accept', in: 'query', ...text }], [], [{ name: 'accept' }]],
  ])('are %s', (_, own, ofItem, want) => {
    const components = { parameters: { b: { name: 'b', in: 'cookie', ...text } } }
    const { parameters } = rowOf({ parameters: own }, { parameters: ofItem }, { components })
    expect(parameters).toHaveLength(want.length)
    expect(parameters).toMatchObject(want)
  })

  it.each<[given: object, want: object]>([
    [{ in: 'query' }, { style: 'form', explode: true, required: false }],
    [{ in: 'cookie' }, { style: 'form', explode: true }],
    [
      { in: 'path', required: true },
      { style: 'simple', explode: false, required: true },
    ],
    [{ in: 'header' }, { style: 'simple', explode: false }],
    [
      { in: 'query', explode: false },
      { style: 'form', explode: false },
    ],
    [
      { in: 'query', style: 'deepObject' },
      { style: 'deepObject', explode: false },
    ],
    [
      { in: 'query', style: 'pipeDelimited' },
      { style: 'pipeDelimited', explode: false },
    ],
    [
      { in: 'header', explode: true },
      { style: 'simple', explode: true },
    ],
  ])('%j are written as %j', (given, want) => {
    expect(rowOf({ parameters: [{ name: 'a', ...text, ...given }] }).parameters).toMatchObject([want])
  })

  it.each<[given: object, want: object]>([
    [{ schema: { type: 'integer' } }, { types: ['integer'] }],
    [{ schema: { type: ['string', 'null'] } }, { types: ['string', 'null'] }],
    [{ schema: { type: 'array', items: { type: 'number' } } }, { types: ['array'], itemTypes: ['number'] }],
    [{ schema: { $ref: '#/components/schemas/Id' } }, { types: ['integer', 'string'] }],
    [
      { schema: { enum: [1, 'a', null, 2, [], {}, true] } },
      { types: ['integer', 'string', 'null', 'array', 'object', 'boolean'] },
    ],
    [{ schema: { allOf: [{ type: 'string' }, { minLength: 1 }] } }, { types: ['string'] }],
    [{ schema: {} }, { types: [] }],
    [{}, { types: [] }],
    [{ content: { 'application/json': { schema: { type: 'object' } } } }, { types: ['object'] }],
  ])('%j have the types %j', (given, want) => {
    const components = {
      schemas: {
        Id: { oneOf: [{ type: 'integer' }, { $ref: '#/components/schemas/Name' }] },
        Name: { type: 'string' },
      },
    }
    const row = rowOf({ parameters: [{ name: 'a', in: 'query', ...given }] }, {}, { components })
    expect(row.parameters).toMatchObject([want])
  })

  it.each<[given: object, want: unknown]>([
    [{ example: 1, schema: { examples: [2] } }, 1],
    [{ examples: { one: { value: 3 } }, schema: { examples: [2] } }, 3],
    [{ schema: { examples: [2], default: 4 } }, 2],
    [{ schema: { default: 4 } }, 4],
    [{ schema: { const: false } }, false],
    [{ schema: { type: 'integer' } }, undefined],
  ])('%j has the example %j', (given, want) => {
    const [parameter] = rowOf({ parameters: [{ name: 'a', in: 'query', ...given }] }).parameters
    expect(parameter?.example).toEqual(want)
  })
})

describe('security', () => {
  const components = {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      login: { $ref: '#/components/securitySchemes/bearer' },
    },
  }
  const bearer = { name: 'bearer', type: 'http', scheme: 'bearer' }
  const key = { name: 'key', type: 'apiKey', in: 'header', key: 'X-Key' }

  it.each<[given: string, ofDocument: Json, own: Json, want: Operation['security']]>([
    ['nothing', undefined, undefined, []],
    ['one scheme for all', [{ bearer: [] }], undefined, [[bearer]]],
    ['its own instead', [{ bearer: [] }], [{ key: [] }], [[key]]],
    ['both together', undefined, [{ bearer: [], key: [] }], [[bearer, key]]],
    ['either', undefined, [{ bearer: [] }, { key: [] }], [[bearer], [key]]],
    ['none, by an empty list', [{ bearer: [] }], [], []],
    ['optional, by an empty requirement', undefined, [{ bearer: [] }, {}], []],
    ['a scheme that is a reference', undefined, [{ login: [] }], [[{ ...bearer, name: 'login' }]]],
  ])('asks for %s', (_, ofDocument, own, want) => {
    const rest = { components, ...(ofDocument && { security: ofDocument }) }
    expect(rowOf(own ? { security: own } : {}, {}, rest).security).toEqual(want)
  })

  it('asks for no scheme that is not declared', () => {
    expect(rowOf({ security: [{ nobody: [] }] }).security).toEqual([])
    expect(rowOf({ security: [{ nobody: [], key: [] }] }, {}, { components }).security).toEqual([[key]])
  })
})
