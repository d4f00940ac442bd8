import { expect, it } from 'vitest'
import { parseContract } from '../contract/build-contract.ts'
import { findTouched } from '../contract/find-touched.ts'
import { listExamples } from '../emit/list-examples.ts'
import { listOperations } from '../emit/list-operations.ts'
import { compileValidators } from '../validators/compile-validators.ts'
import type { Json } from './json.ts'

const content = (more: Json = {}): Json => ({
  'application/json': { schema: { $ref: '#/components/schemas/A' }, ...more },
})

const OPENAPI: Json = {
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  servers: [{ url: 'https://{host}.example.com', variables: { host: { default: 'a', enum: ['a', 'b'] } } }],
  security: [{ key: [] }],
  paths: {
    '/a/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      post: {
        operationId: 'a',
        parameters: [{ $ref: '#/components/parameters/p' }],
        requestBody: { content: content({ encoding: { n: { headers: { h: { required: true } } } } }) },
        responses: {
          200: {
            headers: { 'X-A': { schema: { type: 'integer' } } },
            content: content({ examples: { one: { value: { n: 1 } } } }),
            links: { self: { operationId: 'a', parameters: { id: '$response.body#/n' } } },
          },
        },
        callbacks: { done: { '{$request.body#/url}': { post: { responses: { 200: {} } } } } },
        'x-failures': [{ id: 'a', level: 'request', at: '/' }],
      },
    },
  },
  components: {
    schemas: {
      A: {
        type: 'object',
        required: ['n'],
        properties: {
          n: { type: 'integer', minimum: 1 },
          u: { oneOf: [{ type: 'null' }], discriminator: { propertyName: 'k', mapping: { a: 'A' } } },
        },
        dependentRequired: { n: ['u'] },
      },
    },
    parameters: { p: { name: 'p', in: 'query', schema: { type: 'string' } } },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'k' } },
  },
}

const SWAGGER: Json = {
  swagger: '2.0',
  info: { title: 'A', version: '1' },
  schemes: ['https'],
  consumes: ['application/json'],
  parameters: { q: { name: 'q', in: 'query', type: 'array', items: { type: 'string' } } },
  responses: { N: { description: 'N', schema: { type: 'object' }, examples: { 'application/json': {} } } },
  paths: {
    '/a': {
      get: {
        parameters: [{ $ref: '#/parameters/q' }],
        responses: { 200: { schema: { type: 'string' } }, 404: { $ref: '#/responses/N' } },
      },
    },
  },
}

const ODD: readonly Json[] = [5, [], { $ref: 5 }]

function* placesIn(value: Json, way: readonly string[] = []): Generator<readonly string[]> {
  if (way.length > 0) yield way
  if (typeof value === 'object') for (const name of Object.keys(value)) yield* placesIn(value[name], [...way, name])
}

const VERSIONS = new Set(['openapi', 'swagger'])

/** The document with something else in one place. */
function replace(document: Json, way: readonly string[], odd: Json): string {
  const copy = structuredClone(document)
  const holder = way.slice(0, -1).reduce<Json>((at, name) => at[name], copy)
  holder[way.at(-1) as string] = odd
  return JSON.stringify(copy)
}

/** Asks a document for all that it says. */
function readAll(text: string): void {
  const contract = parseContract(text, 'a.json')
  for (const fault of contract.diagnostics) findTouched(contract, fault)
  JSON.stringify([contract.servers, contract.links, listOperations(contract), listExamples(contract)])
  for (const { body, query, replies } of Object.values(compileValidators(contract))) {
    for (const validate of [body, query, ...Object.values(replies)]) validate?.({ n: 1 })
  }
}

it.each([
  ['OpenAPI', OPENAPI],
  ['Swagger', SWAGGER],
] as const)('whatever stands in whatever place of %s, the rest is read', (_, document) => {
  expect(() => readAll(JSON.stringify(document))).not.toThrow()
  const thrown: string[] = []
  for (const way of placesIn(document)) {
    if (VERSIONS.has(way[0] as string)) continue
    for (const odd of ODD) {
      try {
        readAll(replace(document, way, odd))
      } catch (error) {
        thrown.push(`${way.join('/')} = ${JSON.stringify(odd)}: ${error}`)
      }
    }
  }
  expect(thrown).toEqual([])
})

it.each<[place: string, odd: Json, message: string]>([
  ['servers/0/variables', 5, 'variables must be an object'],
  ['servers/0/variables/host', 5, 'a variable must be an object'],
  ['servers/0/variables/host/enum', 'a', 'enum must be a list'],
  ['security/0', 5, 'a security requirement must be an object'],
  ['paths', [], 'paths must be an object'],
  ['paths//a~1{id}', 5, 'a path item must be an object'],
  ['paths//a~1{id}/post', 'text', 'an operation must be an object'],
  ['paths//a~1{id}/post/responses', [], 'responses must be an object'],
  ['paths//a~1{id}/post/responses/200/content', 'text', 'content must be an object'],
  ['paths//a~1{id}/post/responses/200/content/application~1json', 5, 'a media type must be an object'],
  ['paths//a~1{id}/post/parameters', {}, 'parameters must be a list'],
  ['paths//a~1{id}/post/parameters/0', { $ref: 5 }, 'a $ref must be a text'],
  ['components/schemas/A', 5, 'a schema must be an object'],
  ['components/schemas/A/dependentRequired', [], 'dependentRequired is [], and must be a map of lists of names'],
])('what stands where it cannot is told: %s is %j', (place, odd, message) => {
  const way = place
    .replace('paths//', 'paths/~1')
    .split('/')
    .map((name) => name.replaceAll('~1', '/'))
  const { diagnostics } = parseContract(replace(OPENAPI, way, odd), 'a.json')
  expect(diagnostics.map((one) => one.message)).toContain(message)
})
