import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { parseOpenApi } from './read-document.ts'

/** The reading of a document, and its faults in short. @param version of OpenAPI */
function read(parts: Json, version = '3.1.0') {
  const reading = parseOpenApi(
    JSON.stringify({ openapi: version, info: { title: 'A', version: '1' }, ...parts }),
    'a.json',
  )
  const told = reading.diagnostics.filter(({ rule }) => rule !== 'no-operations' && rule !== 'no-responses')
  return { ...reading, told, rules: told.map(({ rule }) => rule) }
}

/** What is read of one schema. */
function readSchema(schema: Json, version?: string, others: Json = {}) {
  const { document, ...rest } = read({ components: { schemas: { A: schema, ...others } } }, version)
  return { ...rest, schema: document.components.schemas.A, components: document.components }
}

const operation = (parts: Json): Json => ({ paths: { '/a': { get: { operationId: 'a', ...parts } } } })
const readOperation = (parts: Json) => {
  const { document, ...rest } = read(operation(parts))
  return { ...rest, operation: document.paths?.['/a'].get }
}

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
    const { operation, rules } = readOperation(given)
    expect(operation).toMatchObject(filled)
    expect(rules).toEqual([])
  })

  it.each(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])(
    'is there and says nothing: a schema of %s',
    (keyword) => {
      expect(readSchema({ [keyword]: { items: null } }, undefined, { B: null }).components.schemas).toEqual({
        A: { [keyword]: { items: {} } },
        B: {},
      })
    },
  )

  it('is left out where it would have to say something: a path, a parameter, a security scheme, a link', () => {
    const components = { parameters: { limit: null }, securitySchemes: { key: null }, links: { next: null } }
    const { document } = read({ paths: { '/a': null }, components })
    expect(document).toMatchObject({ paths: {}, components: { parameters: {}, securitySchemes: {}, links: {} } })
  })
})

describe('a member of OpenAPI’s own', () => {
  it('is left out where it is null', () => {
    const { document } = read({ tags: null, paths: { '/a': { get: null, parameters: null } }, components: null })
    expect(document).toEqual({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: { '/a': {} } })
    expect(readSchema({ items: null, not: null, type: 'array' }).schema).toEqual({ type: 'array' })
  })

  it.each<[where: string, parts: Json]>([
    ['#/paths/~1a/get/parameters/1', operation({ parameters: [{ name: 'a', in: 'query' }, null] })],
    ['#/paths/~1a/get/x-failures/0', operation({ 'x-failures': [null] })],
    ['#/components/schemas/A/oneOf/0', { components: { schemas: { A: { oneOf: [null, {}] } } } }],
    ['#/servers/0', { servers: [null] }],
  ])('is told and left out where it is null and an item of a list: %s', (where, parts) => {
    const { told } = read(parts)
    expect(told).toMatchObject([{ rule: 'null-item', pointer: where, instead: 'it is left out' }])
  })

  it('keeps the way back to the text where an item before it was left out', () => {
    const { document, originOf } = read(operation({ parameters: [null, { name: 'b', in: 'query' }] }))
    expect(document.paths?.['/a'].get.parameters).toEqual([{ name: 'b', in: 'query' }])
    expect(originOf('#/paths/~1a/get/parameters/0/name')).toBe('#/paths/~1a/get/parameters/1/name')
  })

  it.each<[what: string, parts: Json, pointer: string]>([
    ['a list that is none', operation({ parameters: 'a' }), '#/paths/~1a/get/parameters'],
    ['a map that is none', { components: { schemas: [] } }, '#/components/schemas'],
    [
      'a schema that is a text',
      { components: { schemas: { A: { items: 'string' } } } },
      '#/components/schemas/A/items',
    ],
    ['a response that is a text', operation({ responses: { 200: 'fine' } }), '#/paths/~1a/get/responses/200'],
  ])('is told and ignored where it has another shape: %s', (_, parts, pointer) => {
    expect(read(parts).told).toMatchObject([{ rule: 'wrong-shape', pointer }])
  })
})

describe('data', () => {
  it.each<[what: string, parts: Json]>([
    [
      'an example',
      { components: { examples: { a: { value: { $ref: 'b', c: null } } }, schemas: { A: { example: { b: null } } } } },
    ],
    ['a default of null', { components: { schemas: { A: { default: null, const: null, enum: [null] } } } }],
    ['examples of a schema', { components: { schemas: { A: { examples: [null, { properties: { a: null } }] } } } }],
    [
      'an extension',
      { 'x-topics': [{ content: { $ref: './a.md' } }, null], components: { schemas: { A: { 'x-a': { $ref: 'b' } } } } },
    ],
    ['what a link sends', { components: { links: { a: { parameters: { id: null }, requestBody: { $ref: 'b' } } } } }],
  ])('stay as they are, whatever they hold: %s', (_, parts) => {
    const { document, told } = read(parts)
    expect(document).toMatchObject(parts)
    expect(told).toEqual([])
  })

  it('stay as they are where an alias repeats them as a part of the document', () => {
    const text = `openapi: 3.1.0
info: { title: A, version: '1' }
components: { schemas: { A: { example: &a { note: null }, properties: *a } } }`
    expect(parseOpenApi(text, 'a.yaml').document.components.schemas.A).toEqual({
      example: { note: null },
      properties: { note: {} },
    })
  })
})

describe('a $ref that leads nowhere', () => {
  it.each<[what: string, parts: Json, told: Json]>([
    [
      'of a schema',
      { components: { schemas: { A: { items: { $ref: '#/components/schemas/B' } } } } },
      {
        instead: 'any value is accepted there',
        pointer: '#/components/schemas/A/items',
        within: '#/components/schemas/A',
      },
    ],
    [
      'of a property that is called value',
      { components: { schemas: { A: { properties: { value: { $ref: '#/b' } } } } } },
      { pointer: '#/components/schemas/A/properties/value' },
    ],
    [
      'of a response',
      operation({ responses: { default: { $ref: '#/components/responses/B' } } }),
      {
        instead: 'it is read as if it were empty',
        pointer: '#/paths/~1a/get/responses/default',
        within: '#/paths/~1a/get',
      },
    ],
    [
      'of a parameter',
      operation({ parameters: [{ $ref: '#/components/parameters/B' }] }),
      { instead: 'it is left out', pointer: '#/paths/~1a/get/parameters/0' },
    ],
    [
      'of a body',
      operation({ requestBody: { $ref: '#/components/requestBodies/B' } }),
      { instead: 'it is read as if it were empty', pointer: '#/paths/~1a/get/requestBody' },
    ],
    [
      'to what says nothing',
      { components: { parameters: { a: { $ref: '#/components/parameters/b' }, b: null } } },
      { instead: 'it is left out', pointer: '#/components/parameters/a' },
    ],
    [
      'with a stray percent sign',
      { components: { schemas: { A: { $ref: '#/components/schemas/100%' } } } },
      { message: 'the $ref leads nowhere: #/components/schemas/100%' },
    ],
  ])('is told and replaced: %s', (_, parts, told) => {
    const { document, ...found } = read(parts)
    expect(found.told).toMatchObject([{ rule: 'ref-dangling', ...told }])
    expect(JSON.stringify(document)).not.toContain('$ref')
  })
})

describe('a $ref that leads in a circle', () => {
  it.each<[what: string, schemas: Json, mended: Json]>([
    ['to itself', { A: { $ref: '#/components/schemas/A' } }, { A: {} }],
    [
      'to another and back',
      { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } },
      { A: { $ref: '#/components/schemas/B' }, B: {} },
    ],
    [
      'through a combination',
      { A: { type: 'object', allOf: [{ $ref: '#/components/schemas/A' }] } },
      { A: { type: 'object', allOf: [{}] } },
    ],
    [
      'through an alternative',
      { A: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/A' }] } },
      { A: { anyOf: [{ type: 'string' }] } },
    ],
    ['through its only alternative', { A: { oneOf: [{ $ref: '#/components/schemas/A' }] } }, { A: {} }],
  ])('is told and broken where nothing ends it: %s', (_, schemas, mended) => {
    const { document, rules } = read({ components: { schemas } })
    expect(document.components.schemas).toEqual(mended)
    expect(rules).toEqual(['ref-circular'])
  })

  it('is broken too where it is no schema', () => {
    const responses = { A: { $ref: '#/components/responses/B' }, B: { $ref: '#/components/responses/A' } }
    const { document, rules } = read({ components: { responses } })
    expect(document.components.responses).toEqual({ A: {}, B: {} })
    expect(rules).toEqual(['ref-circular', 'ref-circular'])
  })

  it('is told also where nothing remains of it: a parameter', () => {
    const parameters = { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } }
    const { document, told } = read({
      ...operation({ parameters: [{ $ref: '#/components/parameters/A' }] }),
      components: { parameters },
    })
    expect(document).toMatchObject({ paths: { '/a': { get: { parameters: [] } } }, components: { parameters: {} } })
    expect(told.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['ref-circular', '#/paths/~1a/get/parameters/0'],
      ['ref-circular', '#/components/parameters/A'],
      ['ref-circular', '#/components/parameters/B'],
    ])
  })

  it.each<[what: string, schemas: Json]>([
    ['through a member', { A: { properties: { a: { $ref: '#/components/schemas/A' } } } }],
    [
      'through a member that is called as a combination',
      { A: { properties: { allOf: { $ref: '#/components/schemas/A' } } } },
    ],
    ['through items', { A: { items: { anyOf: [{ $ref: '#/components/schemas/A' }] } } }],
  ])('stays where values end it: %s', (_, schemas) => {
    const { document, rules } = read({ components: { schemas } })
    expect(document.components.schemas).toEqual(schemas)
    expect(rules).toEqual([])
  })
})

describe('a $ref to where no part can stand', () => {
  it('leads to a component, with the way back', () => {
    const { document, originOf, rules } = read(
      {
        ...operation({ responses: { 200: { $ref: '#/x-shared/fine' } } }),
        definitions: {
          Pet: { type: 'object', nullable: true, properties: { tag: { $ref: '#/definitions/Tag' } } },
          Tag: { type: 'string' },
        },
        'x-shared': { fine: { content: { 'application/json': { schema: { $ref: '#/definitions/Pet' } } } } },
      },
      '3.0.3',
    )
    expect(document.components).toEqual({
      responses: { fine: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } } },
      schemas: {
        Pet: { type: ['object', 'null'], properties: { tag: { $ref: '#/components/schemas/Tag' } } },
        Tag: { type: 'string' },
      },
    })
    expect(originOf('#/components/schemas/Pet/properties/tag')).toBe('#/definitions/Pet/properties/tag')
    expect(rules).toEqual([])
  })

  it('takes no name that is taken', () => {
    const { components } = readSchema({ $ref: '#/x-a/B' }, undefined, { B: { type: 'null' }, C: { $ref: '#/x-c/B' } })
    expect(components.schemas).toEqual({ A: {}, B: { type: 'null' }, C: {} })
    const { document } = read({
      components: { schemas: { A: { $ref: '#/x-a/B' }, B: {} } },
      'x-a': { B: { type: 'string' } },
    })
    expect(document.components.schemas).toEqual({
      A: { $ref: '#/components/schemas/B_2' },
      B: {},
      B_2: { type: 'string' },
    })
  })
})

describe('a $ref into another part', () => {
  it('leads to a component, with the way back', () => {
    const reference = { $ref: '#/paths/~1a/get/responses/200/content/application~1json/schema/properties/b' }
    const schema = { properties: { b: { properties: { c: reference } } } }
    const { document, originOf, rules } = read(
      operation({ responses: { 200: { content: { 'application/json': { schema } } } } }),
    )
    const component = { $ref: '#/components/schemas/a_get_200_b' }
    expect(document.components.schemas).toEqual({ a_get_200_b: { properties: { c: component } } })
    expect(originOf('#/components/schemas/a_get_200_b/properties')).toBe(`${reference.$ref}/properties`)
    expect(rules).toEqual([])
  })

  it('of another kind leads nowhere', () => {
    const { rules } = readSchema({ $ref: '#/components/responses/R' })
    expect(rules).toEqual(['ref-dangling'])
    expect(
      read({ components: { schemas: { A: { $ref: '#/components/responses/R' } }, responses: { R: {} } } }).told,
    ).toMatchObject([{ rule: 'ref-dangling', pointer: '#/components/schemas/A' }])
  })
})

it('the mapping of a discriminator is made of references, and what leads nowhere is told', () => {
  const mapping = { one: 'B', two: '#/components/schemas/B', three: 'Nobody' }
  const { schema, told } = readSchema({ discriminator: { propertyName: 'a', mapping } }, undefined, { B: {} })
  expect(schema.discriminator.mapping).toEqual({ one: '#/components/schemas/B', two: '#/components/schemas/B' })
  expect(told).toMatchObject([
    { rule: 'ref-dangling', pointer: '#/components/schemas/A/discriminator/mapping/three', instead: 'it is left out' },
  ])
})

it('a $ref to the document by its own address (OpenAPI 3.2, $self) stays within it', () => {
  const { document } = read(
    {
      $self: 'https://example.com/a.json',
      components: { schemas: { A: { $ref: 'https://example.com/a.json#/components/schemas/B' }, B: {} } },
    },
    '3.2.0',
  )
  expect(document.components.schemas.A).toEqual({ $ref: '#/components/schemas/B' })
  expect(document.openapi).toBe('3.1.2')
})

describe('a parameter', () => {
  it.each<[what: string, parameter: Json, rule: string]>([
    ['without a name', { in: 'query' }, 'parameter-unusable'],
    ['in no place', { name: 'a' }, 'parameter-unusable'],
    ['in a place that there is not', { name: 'a', in: 'bodies' }, 'parameter-unusable'],
  ])('that nobody can send is told and left out: %s', (_, parameter, rule) => {
    const { operation, rules } = readOperation({ parameters: [parameter] })
    expect(operation.parameters).toEqual([])
    expect(rules).toEqual([rule])
  })

  it.each<[style: string, place: string]>([
    ['matrix', 'query'],
    ['form', 'header'],
    ['commas', 'query'],
  ])('of a style that its place has not is told and read in the usual one: %s in %s', (style, place) => {
    const { operation, rules } = readOperation({ parameters: [{ name: 'a', in: place, style }] })
    expect(operation.parameters).toEqual([{ name: 'a', in: place }])
    expect(rules).toEqual(['style-unknown'])
  })

  it('keeps the styles of its place, and the cookie style of 3.2 is the form style', () => {
    const parameters = [
      { name: 'a', in: 'query', style: 'deepObject' },
      { name: 'b', in: 'cookie', style: 'cookie' },
    ]
    const { operation, rules } = readOperation({ parameters })
    expect(operation.parameters).toEqual([parameters[0], { name: 'b', in: 'cookie', style: 'form' }])
    expect(rules).toEqual([])
  })
})

it('an example of OpenAPI 3.2 has its data as value', () => {
  const { document } = read({ components: { examples: { a: { dataValue: { b: 1 } } } } }, '3.2.0')
  expect(document.components.examples.a).toEqual({ value: { b: 1 } })
})

it('a media type of OpenAPI 3.2 that is referred to stands where it is referred to', () => {
  const content = { 'application/json': { $ref: '#/components/mediaTypes/Pet' } }
  const mediaTypes = { Pet: { schema: { type: 'string', nullable: true } } }
  const { document } = read({ ...operation({ responses: { 200: { content } } }), components: { mediaTypes } }, '3.2.0')
  expect(document.paths?.['/a'].get.responses[200].content).toEqual({
    'application/json': { schema: { type: ['string', 'null'] } },
  })
})

describe('a server', () => {
  it.each<[given: Json, read: Json[]]>([
    [{ url: 'https://' }, [{ url: '/' }]],
    [{ description: 'x' }, []],
  ])('whose address cannot be read is told: %j', (server, servers) => {
    const { document, rules } = read({ servers: [server] })
    expect(document.servers).toEqual(servers)
    expect(rules).toEqual(['server-invalid'])
  })

  it('may be relative, or have variables', () => {
    const servers = [
      { url: '/v1' },
      { url: 'https://{region}.example.com:{port}', variables: { port: { default: '1' } } },
    ]
    expect(read({ servers })).toMatchObject({ document: { servers }, rules: [] })
  })
})

describe('a schema that stands deeper than anybody writes', () => {
  const nest = (levels: number, around: (schema: Json) => Json): Json =>
    Array.from({ length: levels }).reduce<Json>((schema) => around(schema), { type: 'string' })

  it.each<[what: string, around: (schema: Json) => Json]>([
    ['properties', (schema) => ({ properties: { a: schema } })],
    ['items', (schema) => ({ items: schema })],
    ['parts', (schema) => ({ allOf: [schema] })],
  ])('is told, and any value is accepted there: %s', (_, around) => {
    const { schema, told } = readSchema(nest(1000, around))
    expect(told).toMatchObject([
      {
        rule: 'nested-too-deep',
        message: 'a schema stands more than 300 levels deep',
        instead: 'any value is accepted there',
      },
    ])
    expect(JSON.stringify(schema).length).toBeLessThan(10_000)
    expect(readSchema(nest(100, around)).rules).toEqual([])
  })
})

describe('a circle of schemas', () => {
  const ring = (size: number, hold: (next: Json) => Json): Json =>
    Object.fromEntries(
      Array.from({ length: size }, (_, at) => [`S${at}`, hold({ $ref: `#/components/schemas/S${(at + 1) % size}` })]),
    )

  it.each<[what: string, hold: (next: Json) => Json]>([
    ['references', (next) => next],
    ['parts', (next) => ({ allOf: [next] })],
  ])('of thousands is cut where it closes: %s', (_, hold) => {
    const { rules } = read({ components: { schemas: ring(4000, hold) } })
    expect(rules).toEqual(['ref-circular'])
  })
})

it('what nobody has read yet is neither mended nor told before somebody wants all of it', () => {
  const { growing, document, diagnostics } = parseOpenApi(
    JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'A', version: '1' },
      paths: { '/a': { get: { operationId: 'a', responses: { 200: { $ref: '#/components/schemas/A/x' } } } } },
      components: { schemas: { A: { nullable: true, type: 'tex' }, B: { type: 'tex' } } },
    }),
    'a.json',
  )
  expect(document).toBe(growing)
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['ref-dangling', 'keyword-invalid', 'keyword-invalid'])
})

describe('an object in the place of a list', () => {
  const lists = (paths: string) => {
    const { document, diagnostics, originOf } = parseOpenApi(
      `openapi: 3.0.0\ninfo: { title: A, version: '1' }\npaths: ${paths}`,
      'a.yaml',
    )
    return {
      paths: document.paths as Json,
      told: diagnostics.map(({ message, instead, pointer }) => `${pointer} ${message}; ${instead}`),
      originOf,
    }
  }
  const FINE = 'responses: { 200: { description: Fine } }'

  it('is its one item: a schema, a parameter, a server', () => {
    const { paths, told, originOf } = lists(
      `{ /a: { get: { operationId: a, servers: { url: /b }, parameters: { name: p, in: query, schema: { allOf: { type: integer } } }, ${FINE} } } }`,
    )
    expect(paths['/a'].get).toMatchObject({
      servers: [{ url: '/b' }],
      parameters: [{ name: 'p', schema: { allOf: [{ type: 'integer' }] } }],
    })
    const at = '#/paths/~1a/get'
    const instead = 'must be a list; it is read as a list of it'
    expect(told).toEqual([
      `${at}/servers servers ${instead}`,
      `${at}/parameters parameters ${instead}`,
      `${at}/parameters/schema/allOf allOf ${instead}`,
    ])
    expect(originOf(`${at}/parameters/0/schema/allOf/0/type`)).toBe(`${at}/parameters/schema/allOf/type`)
  })

  it('that names several is a list of them, by those names where they have none of their own', () => {
    const { paths, told, originOf } = lists(
      `{ '/a/{id}': { get: { operationId: a, parameters: { id: { in: path, required: true }, x: { name: p, in: query }, y: nothing, z: null }, ${FINE} } } }`,
    )
    expect(paths['/a/{id}'].get.parameters).toEqual([
      { name: 'id', in: 'path', required: true },
      { name: 'p', in: 'query' },
    ])
    const at = '#/paths/~1a~1%7Bid%7D/get/parameters'
    expect(told[0]).toBe(`${at} parameters must be a list; it is read as a list of what it names`)
    expect(told).toHaveLength(2)
    expect(originOf(`${at}/1/in`)).toBe(`${at}/x/in`)
  })
})

describe('an example', () => {
  const examplesOf = (examples: Json) => {
    const content = { 'application/json': { examples } }
    const { document, told } = read({ components: { requestBodies: { A: { content } } } })
    return {
      read: document.components.requestBodies.A.content['application/json'].examples,
      told: told.map(({ message, instead }) => `${message}; ${instead}`),
    }
  }
  const AROUND = 'it is read as the value itself'

  it.each<[written: Json, value: Json, told: string[]]>([
    [{ a: { value: 1 } }, { a: { value: 1 } }, []],
    [{ a: { summary: 'a', n: 1 } }, { a: { summary: 'a', n: 1 } }, []],
    [{ a: { 'x-a': 1 } }, { a: { 'x-a': 1 } }, []],
    [{ a: {} }, { a: {} }, []],
    [{ a: { n: 1 } }, { a: { value: { n: 1 } } }, [`an example has no value; ${AROUND}`]],
    [{ a: [1] }, { a: { value: [1] } }, [`an example must be an object; ${AROUND}`]],
    [{ a: 'b' }, { a: { value: 'b' } }, [`an example must be an object; ${AROUND}`]],
    [
      [{ value: 1 }, { n: 1 }, 2],
      { 0: { value: 1 }, 1: { value: { n: 1 } }, 2: { value: 2 } },
      ['examples must be an object; they are read as one, by their numbers'],
    ],
  ])('without the object around its value is read as that: %j', (written, value, told) => {
    expect(examplesOf(written)).toEqual({ read: value, told })
  })
})

it('what is true or false of a parameter, a header or a body is that in quotes too, and told', () => {
  const parameter = { name: 'p', in: 'query', required: 'true', explode: 'false', schema: {} }
  const { document, told } = read({
    components: {
      parameters: { A: parameter, B: { ...parameter, required: 'yes', explode: true } },
      headers: { A: { required: 'false' } },
      requestBodies: { A: { required: 'true', content: {} } },
    },
  })
  const { parameters, headers, requestBodies } = document.components
  expect([parameters.A, headers.A, requestBodies.A]).toMatchObject([
    { required: true, explode: false },
    { required: false },
    { required: true },
  ])
  expect(parameters.B.required).toBe('yes')
  expect(told.map(({ message, instead, pointer }) => `${pointer} ${message}; ${instead}`)).toEqual([
    '#/components/parameters/A/required required is the text "true"; it is read as true',
    '#/components/parameters/A/explode explode is the text "false"; it is read as false',
    '#/components/headers/A/required required is the text "false"; it is read as false',
    '#/components/requestBodies/A/required required is the text "true"; it is read as true',
  ])
})
