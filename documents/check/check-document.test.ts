import { describe, expect, it } from 'vitest'
import { parseContract } from '../contract/build-contract.ts'
import type { Json } from '../read/read-document.ts'
import { checkDocument } from './check-document.ts'

/** @param replies of `GET /a`, in YAML's flow style */
function check(replies: string, more = ''): Json[] {
  const contract = parseContract(
    `openapi: 3.1.0
info: { title: A, version: '1' }
paths: { /a: { get: { operationId: a, responses: { ${replies} }${more} } } }
components: { examples: { bad: { value: 1 } }, schemas: { Text: { type: string } } }`,
    'a.yaml',
  )
  return [...checkDocument(contract)].flatMap((found) => found ?? [])
}

const REPLY = '#/paths/~1a/get/responses/200/content/application~1json'
const reply = (media: string): string => `200: { description: A, content: { application/json: { ${media} } } }`

describe('an example that breaks its schema', () => {
  it.each<[what: string, media: string, pointer: string, message: string]>([
    ['of a reply', 'schema: { type: string }, example: 1', '/example', 'it must be string'],
    [
      'one of several',
      'schema: { type: string }, examples: { good: { value: a }, bad: { value: 1 } }',
      '/examples/bad/value',
      'it must be string',
    ],
    [
      'of a schema',
      'schema: { properties: { b: { type: integer, example: many } } }',
      '/schema/properties/b/example',
      'it must be integer',
    ],
    [
      'of a schema, some levels down',
      'schema: { items: { type: string }, examples: [[a], [a, 1]] }',
      '/schema/examples/1',
      '/1 must be string',
    ],
    [
      'by its format',
      'schema: { type: string, format: date, example: soon }',
      '/schema/example',
      'it must match format "date"',
    ],
  ])('is told where it stands: %s', (_, media, pointer, message) => {
    expect(check(reply(media))).toEqual([
      {
        rule: 'example-invalid',
        message: `the example breaks its schema: ${message}`,
        instead: 'another value is shown',
        pointer: REPLY + pointer,
        within: '#/paths/~1a/get',
      },
    ])
  })

  it('is told behind a reference, and of a parameter', () => {
    const parameters =
      ", parameters: [{ name: b, in: query, schema: { $ref: '#/components/schemas/Text' }, examples: { bad: { $ref: '#/components/examples/bad' } } }]"
    expect(check('200: {}', parameters)).toMatchObject([
      { rule: 'example-invalid', pointer: '#/components/examples/bad/value' },
    ])
  })

  it('is another thing than a default that does', () => {
    expect(check(reply('schema: { type: string, default: 1 }'))).toMatchObject([
      { rule: 'default-invalid', pointer: `${REPLY}/schema/default` },
    ])
  })

  it.each([
    'schema: { type: string }, example: a',
    'example: 1',
    'schema: true, example: 1',
    "schema: { $ref: '#/components/schemas/Text' }, example: a",
  ])('is none where it satisfies it: %s', (media) => {
    expect(check(reply(media))).toEqual([])
  })
})

describe('a schema that allows no value', () => {
  it.each<[schema: string, reason: string]>([
    ['{ type: object, required: [b], properties: { b: false } }', 'the member b is required and not allowed'],
    ['{ type: string, minLength: 3, maxLength: 2 }', 'no string satisfies minLength 3, maxLength 2'],
    ['false', 'the schema false allows nothing'],
  ])('is told with the reason: %s', (schema, reason) => {
    expect(check(reply(`schema: ${schema}`))).toMatchObject([
      {
        rule: 'schema-unsatisfiable',
        message: `no value was found for the schema: ${reason}`,
        pointer: `${REPLY}/schema`,
        instead: 'it is answered as well as it can be',
      },
    ])
  })

  it('is told once where it is referred to, and of requests as well', () => {
    const body =
      ', requestBody: { content: { application/json: { schema: false }, text/json: { schema: { enum: [a], minLength: 2 } } } }'
    expect(check('200: {}', body)).toMatchObject([
      { pointer: '#/paths/~1a/get/requestBody/content/application~1json/schema', instead: 'no request can satisfy it' },
      { pointer: '#/paths/~1a/get/requestBody/content/text~1json/schema' },
    ])
  })
})

it('a schema whose every value is too large to be made is told as such', () => {
  const schema = 'schema: { type: string, minLength: 6000000 }'
  expect(check(reply(schema), `, requestBody: { content: { application/json: { ${schema} } } }`)).toMatchObject([
    { rule: 'schema-too-large', instead: 'none is sent' },
    {
      rule: 'schema-too-large',
      message:
        'a value of the schema is larger than any that is made: its minLength is 6000000, and at most 5000000 are made',
      pointer: `${REPLY}/schema`,
      instead: 'its example is sent, or nothing',
    },
  ])
})

describe('a schema with a pattern that is very large', () => {
  const checkBody = (pattern: string) =>
    check(
      '200: {}',
      `, requestBody: { content: { application/json: { schema: { type: string, pattern: '${pattern}' } } } }`,
    )

  it.each(['^.{1,65535}$', '[a-z]{1,65535}', 'a{1,99999999}', '^(?=.{1,255}$)[a-z]+$'])('%s has values', (pattern) => {
    expect(checkBody(pattern)).toEqual([])
  })

  it('may have values though none was worked out, which is told as just that', () => {
    expect(checkBody('^a{1000000,99999999}$')).toMatchObject([
      {
        rule: 'schema-not-worked-out',
        message:
          'no value of the schema was worked out: the pattern ^a{1000000,99999999}$ cannot be used: it is too large to be worked out',
        instead: 'none is sent',
      },
    ])
  })
})

it('a schema of more parts than anybody combines may have values, which nobody knows', () => {
  const twice = Array.from({ length: 25 }, (_, at) => {
    const next = `{ $ref: '#/components/schemas/S${at + 1}' }`
    return `S${at}: { anyOf: [${next}, ${next}] }`
  })
  const contract = parseContract(
    `openapi: 3.1.0
info: { title: A, version: '1' }
paths: { /a: { post: { responses: { 200: { description: A } }, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } } } }
components: { schemas: { ${twice.join(', ')}, S25: { allOf: [{ type: string }, { type: integer }] } } }`,
    'a.yaml',
  )
  const rules = [...checkDocument(contract)].flatMap((found) => found?.rule ?? [])
  expect(rules).toContain('schema-not-worked-out')
  expect(rules).not.toContain('schema-unsatisfiable')
})

it('nothing is found in what is right, step by step', () => {
  const steps = [
    ...checkDocument(
      parseContract(
        `openapi: 3.1.0
info: { title: A, version: '1' }
paths: { /a: { get: { operationId: a, responses: { ${reply('schema: { type: string }, example: a')} } } } }`,
        'a.yaml',
      ),
    ),
  ]
  expect(steps).toEqual([undefined, undefined, undefined, undefined])
})

it('alternatives of a oneOf that nothing tells apart are told where they stand', () => {
  const alike = '{ $ref: "#/components/schemas/Text" }, { type: string, minLength: 2 }'
  const [found, ...more] = check(reply(`schema: { oneOf: [{ type: integer }, ${alike}] }`))
  expect(more).toEqual([])
  expect(found).toMatchObject({
    rule: 'alternatives-alike',
    message: 'whatever alternative 2 describes is of Text as well, and oneOf allows what is of one alone',
    instead: 'it is read as anyOf',
    pointer: `${REPLY}/schema/oneOf`,
  })
  expect(check(reply(`schema: { anyOf: [${alike}] }`))).toEqual([])
})

describe('a pattern that can be tried for ever', () => {
  it('is told where it stands', () => {
    const [found, ...more] = check(reply("schema: { properties: { b: { type: string, pattern: '^(a+)+$' } } }"))
    expect(more).toEqual([])
    expect(found).toMatchObject({
      rule: 'pattern-backtracks',
      message: 'the pattern ^(a+)+$ can be tried in more ways than anybody can wait for',
      pointer: `${REPLY}/schema/properties/b/pattern`,
    })
  })

  it('is told apart from one that only repeats what it repeats, and from data', () => {
    const repeated = "schema: { type: string, pattern: '^[a-z]+(?:-[a-z]+)*$' }"
    const data = 'schema: { type: object, default: { pattern: "^(a+)+$" } }'
    for (const media of [repeated, data]) expect(check(reply(media))).toEqual([])
  })
})
