import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { load } from 'js-yaml'
import {
  growTree,
  HOSTILE_NAMES,
  type Mutation,
  mutate,
  scratch,
  scratches,
  type Tree,
  writeTree,
} from './mutate-json.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')

/** A small one in which most of what a document can hold stands close together. */
const DENSE = {
  openapi: '3.1.0',
  info: { title: 'Dense', version: '1' },
  servers: [{ url: 'https://a.example/v1', variables: { a: { default: 'b', enum: ['b'] } } }],
  security: [{ key: [] }],
  tags: [{ name: 'things' }],
  paths: {
    '/things': {
      parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } }],
      get: {
        operationId: 'listThings',
        tags: ['things'],
        responses: {
          200: {
            description: 'Things',
            headers: { 'x-total': { schema: { type: 'integer' } } },
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
            },
          },
          default: { $ref: '#/components/responses/Problem' },
        },
      },
      post: {
        operationId: 'createThing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Thing' },
              examples: { one: { value: { id: 'a', name: 'A', size: 1 } } },
            },
            'multipart/form-data': { schema: { type: 'object' }, encoding: { file: { contentType: 'image/png' } } },
          },
        },
        responses: {
          201: {
            description: 'Made',
            links: { read: { operationId: 'readThing', parameters: { id: '$response.body#/id' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
        callbacks: { made: { '{$request.body#/url}': { post: { responses: { 204: { description: 'Heard' } } } } } },
        'x-failures': [{ id: 'full', level: 'request', status: 409, at: '/', message: 'Full', when: 'It is full.' }],
      },
    },
    '/things/{id}': {
      'x-resource': { name: 'things' },
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'readThing',
        responses: {
          200: {
            description: 'It',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
      delete: { operationId: 'deleteThing', security: [], responses: { 204: { description: 'Gone' } } },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'name'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', readOnly: true, format: 'uuid' },
          name: { type: 'string', minLength: 1, maxLength: 20, pattern: '^[A-Z]' },
          size: { type: ['integer', 'null'], minimum: 0, exclusiveMaximum: 10, multipleOf: 1 },
          kind: { enum: ['a', 'b'], default: 'a' },
          parent: { $ref: '#/components/schemas/Thing' },
          parts: {
            type: 'array',
            minItems: 0,
            maxItems: 3,
            uniqueItems: true,
            items: { $ref: '#/components/schemas/Part' },
          },
        },
      },
      Part: {
        oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'object', properties: { kind: { const: 'part' } } }],
        discriminator: { propertyName: 'kind', mapping: { part: '#/components/schemas/Part' } },
      },
    },
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } } },
    responses: {
      Problem: {
        description: 'No',
        content: { 'application/problem+json': { schema: { type: 'object' }, example: {} } },
      },
    },
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'x-key' },
      oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example/token', scopes: {} } } },
    },
  },
}

const BASES: readonly Tree[] = [
  DENSE,
  DENSE,
  ...readdirSync(join(FIXTURES, 'documents')).map((name) =>
    load(readFileSync(join(FIXTURES, 'documents', name), 'utf8')),
  ),
  load(readFileSync(join(FIXTURES, 'shelves.yaml'), 'utf8')),
].map(growTree)

const nested = (open: string, close: string, times: number): string => open.repeat(times) + 1 + close.repeat(times)

/** What stands where something else belongs. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is no template
const RAW = [
  ...['null', 'true', '0', '-1', '1.5', '1e9', '1e999', '""', '"a"', '"\\u0000"', '"\\ud800"', '[]', '{}', '[null]'],
  ...['[[]]', '[{}]', '{"a":null}', '{"":{}}', '"*/ alert(1) /*"', '"${1}`"', '"\\u2028"', '"</script>"', '"../../x"'],
  ...['{"$ref":"#"}', '{"$ref":"#/components/schemas/Thing"}', '{"$ref":"#/nowhere"}', '{"$ref":7}', '{"$ref":""}'],
  ...['{"$ref":"other.yaml"}', '{"$ref":"#/%zz"}', '{"$ref":"#/paths/~1things/get"}', '{"$ref":null,"type":"string"}'],
  ...['{"type":"wrong"}', '{"type":[]}', '{"type":"string","pattern":"("}', '{"type":"string","pattern":"^(a+)+$"}'],
  ...[
    '{"minLength":1e9}',
    '{"minItems":1e9,"items":{}}',
    '{"enum":[]}',
    '{"allOf":[]}',
    '{"oneOf":null}',
    '{"not":{}}',
  ],
  ...['{"required":"a"}', '{"properties":[]}', '{"items":[{}]}', '{"const":{"__proto__":1}}', '{"multipleOf":0}'],
  ...['{"__proto__":{"type":"string"}}', '{"200":null}', '{"get":null}', '{"get":{"responses":null}}', 'false'],
  ...[nested('{"items":', '}', 500), nested('{"properties":{"a":', '}}', 600), nested('[', ']', 5000)],
  nested('{"allOf":[', ']}', 400),
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is no template

const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(2000),
  how: fc.constantFrom(
    'replace',
    'replace',
    'replace',
    'remove',
    'add',
    'repeat',
    'rename',
    'duplicate',
    'wrap',
    'graft',
  ),
  raw: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...RAW) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
  ),
  name: fc.constantFrom(...HOSTILE_NAMES, 'get', '$ref', 'default', 'x-resource', '/a/{b}', '200', 'type', '*/'),
  times: fc.constantFrom(1, 2, 49),
})

/** A file of a document of which some places are not what belongs there. */
export interface BrokenFile {
  readonly name: 'document.json' | 'document.yaml'
  readonly bytes: Uint8Array
}

const ODD_LINES = [
  '? [a, b]\n: c\n',
  '? {a: b}\n: c\n',
  '&a x: *a\n',
  '<<: *nobody\n',
  '!!binary x: y\n',
  '%YAML 1.3\n',
  '\t- a\n',
  '---\n',
]

/** Documents of every version with one to three mutations; some are cut, or hold what their syntax or UTF-8 does not allow. */
export const brokenDocuments: fc.Arbitrary<BrokenFile> = fc
  .record({
    base: fc.nat(BASES.length - 1),
    mutations: fc.array(mutations, { minLength: 1, maxLength: 3 }),
    scratched: fc.option(scratches, { freq: 6 }),
    line: fc.option(fc.constantFrom(...ODD_LINES), { freq: 6 }),
    isBroken: fc.nat(30).map((one) => one === 0),
  })
  .map(({ base, mutations, scratched, line, isBroken }) => {
    const tree = mutations.reduce((grown, mutation) => mutate(grown, mutation), BASES[base] as Tree)
    const json = writeTree(tree)
    const text = (line ?? '') + (scratched ? scratch(json, scratched) : json)
    const bytes = Buffer.from(text)
    // No character begins with it.
    if (isBroken) bytes[Math.floor(bytes.length / 2)] = 0xbf
    return { name: line === null ? 'document.json' : 'document.yaml', bytes }
  })
