import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { below } from './json-pointer.ts'
import { parseOpenApi } from './read-document.ts'

/** @param paths in YAML's flow style */
function read(paths: string, more = '') {
  const { document, diagnostics, originOf } = parseOpenApi(
    `openapi: 3.1.0\ninfo: { title: Odd, version: '1' }\npaths: ${paths}\n${more}`,
    'odd.yaml',
  )
  return {
    paths: document.paths as Json,
    document,
    told: diagnostics,
    rules: diagnostics.map(({ rule }) => rule),
    originOf,
  }
}

const FINE = 'responses: { 200: { description: Fine } }'

describe('an operation', () => {
  it('keeps an id that nobody before it has, and is told where it does not', () => {
    const { paths, told } = read(
      `{ /a: { get: { operationId: x, ${FINE} }, put: { operationId: x, ${FINE} } }, '/b/{c}': { get: { parameters: [{ name: c, in: path, required: true }], ${FINE} } } }`,
    )
    expect([paths['/a'].get.operationId, paths['/a'].put.operationId]).toEqual(['x', 'putA'])
    expect(paths['/b/{c}'].get).not.toHaveProperty('operationId')
    expect(told).toEqual([
      {
        rule: 'operation-id-twice',
        message: 'operationId x is given twice',
        instead: 'it is called putA',
        pointer: '#/paths/~1a/put/operationId',
        within: '#/paths/~1a/put',
      },
      {
        rule: 'operation-id-missing',
        message: 'it has no operationId',
        instead: 'it is called getBByC',
        pointer: '#/paths/~1b~1%7Bc%7D/get',
        within: '#/paths/~1b~1%7Bc%7D/get',
      },
    ])
  })

  it('without responses is told, and declares none', () => {
    const { paths, rules } = read('{ /a: { get: { operationId: a }, put: { operationId: b, responses: {} } } }')
    expect([paths['/a'].get.responses, paths['/a'].put.responses]).toEqual([undefined, {}])
    expect(rules).toEqual(['no-responses', 'no-responses'])
  })

  it('may be missing altogether, and that is told', () => {
    const [{ rule, message, pointer }] = read('{}', 'webhooks: { new: { post: { responses: { 200: {} } } } }').told as [
      Json,
    ]
    expect({ rule, message, pointer }).toEqual({ rule: 'no-operations', message: 'it has no operations', pointer: '#' })
  })
})

describe('a path', () => {
  it('begins with a slash', () => {
    const { paths, told, originOf } = read(`{ a: { get: { operationId: a, ${FINE} } }, x-b: 1 }`)
    expect(Object.keys(paths)).toEqual(['/a', 'x-b'])
    expect(told).toMatchObject([{ rule: 'path-malformed', pointer: '#/paths/a' }])
    expect(originOf('#/paths/~1a/get/operationId')).toBe('#/paths/a/get/operationId')
  })

  it('ends before a query or a fragment, unless that is another path', () => {
    const item = (id: string) => `{ get: { operationId: ${id}, ${FINE} } }`
    const { paths, told } = read(`{ '/a?b=1': ${item('a')}, '/c#d': ${item('d')}, /c: ${item('c')} }`)
    expect(Object.keys(paths)).toEqual(['/a', '/c#d', '/c'])
    expect(told).toMatchObject([
      { rule: 'path-malformed', instead: 'it is read as /a with ?b=1' },
      { rule: 'path-malformed', pointer: '#/paths/~1c%23d', instead: 'no request reaches it' },
    ])
    expect(paths['/a'].get.parameters).toEqual([
      { name: 'b', in: 'query', required: true, schema: { type: 'string', const: '1' } },
    ])
  })

  it.each<[written: string, parameters: Json, want: readonly Json[]]>([
    ['/c?a=%C3%A4%20b', [], [{ name: 'a', schema: { type: 'string', const: 'ä b' } }]],
    [
      '/c?a=1&b',
      [],
      [
        { name: 'a', schema: { type: 'string', const: '1' } },
        { name: 'b', schema: { type: 'string' } },
      ],
    ],
    ['/c?a={x}', [], [{ name: 'a', schema: { type: 'string' } }]],
    [
      '/c?a={x}',
      [{ name: 'x', in: 'path', required: true, style: 'label', schema: { type: 'integer' } }],
      [{ name: 'a', schema: { type: 'integer' } }],
    ],
    [
      '/c?a={x}',
      [{ name: 'a', in: 'query', explode: false, schema: { type: 'array' } }],
      [{ name: 'a', explode: false, schema: { type: 'array' } }],
    ],
    [
      '/c?a=1',
      [{ name: 'a', in: 'query', schema: { type: 'integer' } }],
      [{ name: 'a', schema: { type: 'string', const: '1' } }],
    ],
  ])('with the query of %s beside another asks for that, and declares it: %j', (written, parameters, want) => {
    const { paths, told, originOf } = read(
      `{ /c: { get: { operationId: c, ${FINE} } }, '${written}': { get: { operationId: a, parameters: ${JSON.stringify(parameters)}, ${FINE} } } }`,
    )
    expect(paths[written].get.parameters).toEqual(want.map((one) => ({ in: 'query', required: true, ...one })))
    expect(told).toMatchObject([
      { rule: 'path-malformed', instead: expect.stringContaining('it is served at /c where the query has ?') },
    ])
    expect(originOf(below('#/paths', written, 'get'))).toBe(below('#/paths', written, 'get'))
  })

  it('has templates that are names alone, as its parameters are declared', () => {
    const { paths, told, originOf } = read(
      `{ '/a/{ b }/{c:int}': { get: { operationId: a, parameters: [{ name: b, in: path, required: true }, { $ref: '#/components/parameters/C' }], ${FINE} } }, '/d/:e': { parameters: [{ name: e, in: path, required: true }], get: { operationId: d, ${FINE} } } }`,
      'components: { parameters: { C: { name: c, in: path, required: true } } }',
    )
    expect(Object.keys(paths)).toEqual(['/a/{b}/{c}', '/d/{e}'])
    expect(told).toMatchObject([
      { rule: 'path-malformed', message: '/a/{ b }/{c:int} is no path', instead: 'it is read as /a/{b}/{c}' },
      { rule: 'path-malformed', instead: 'it is read as /d/{e}' },
    ])
    expect(originOf('#/paths/~1d~1%7Be%7D/get')).toBe('#/paths/~1d~1:e/get')
  })

  it('with the template of a query is the path before it', () => {
    const { paths, told } = read(
      `{ '/a/{b}{?page,size}': { parameters: [{ name: b, in: path, required: true }], get: { operationId: a, ${FINE} } } }`,
    )
    expect(Object.keys(paths)).toEqual(['/a/{b}'])
    expect(told).toMatchObject([{ rule: 'path-malformed', instead: 'it is read as /a/{b}' }])
  })

  it('with the same query as another is told', () => {
    const item = (id: string) => `{ get: { operationId: ${id}, ${FINE} } }`
    const { told } = read(`{ /c: ${item('c')}, '/c?a=1': ${item('a')}, '/c?a=1#d': ${item('d')} }`)
    expect(told.at(-1)).toMatchObject({ rule: 'path-twice', message: 'the path /c?a=1#d is the same as /c?a=1' })
  })

  it('that only differs in the names of its parameters is told', () => {
    const item = (name: string) =>
      `{ get: { operationId: ${name}, parameters: [{ name: ${name}, in: path, required: true }], ${FINE} } }`
    const { told } = read(
      `{ '/a/{b}': ${item('b')}, '/a/{c}': ${item('c')}, '/a/c': { get: { operationId: d, ${FINE} } } }`,
    )
    expect(told).toMatchObject([
      { rule: 'path-twice', message: 'the path /a/{c} is the same as /a/{b}', pointer: '#/paths/~1a~1%7Bc%7D' },
    ])
  })
})

describe('a path parameter', () => {
  it('that is not declared takes any text', () => {
    const { paths, told } = read(
      `{ '/a/{b}/{c}': { parameters: [{ $ref: '#/components/parameters/b' }], get: { operationId: a, ${FINE} } } }`,
      'components: { parameters: { b: { name: b, in: path, required: true } } }',
    )
    expect(paths['/a/{b}/{c}'].get.parameters).toEqual([
      { name: 'c', in: 'path', required: true, schema: { type: 'string' } },
    ])
    expect(told).toMatchObject([{ rule: 'path-parameter-undeclared', message: 'the path parameter c is not declared' }])
  })

  it('that is not in the path is left out, and pointers to those behind it lead back', () => {
    const parameters = '[{ name: b, in: path, required: true }, { name: c, in: query }]'
    const { paths, told, originOf } = read(`{ /a: { get: { operationId: a, parameters: ${parameters}, ${FINE} } } }`)
    expect(paths['/a'].get.parameters).toEqual([{ name: 'c', in: 'query' }])
    expect(told).toMatchObject([{ rule: 'path-parameter-unused', pointer: '#/paths/~1a/get/parameters/0' }])
    expect(originOf('#/paths/~1a/get/parameters/0/name')).toBe('#/paths/~1a/get/parameters/1/name')
  })

  it('is always required', () => {
    const { paths, rules } = read(
      `{ '/{b}': { get: { operationId: a, parameters: [{ name: b, in: path }], ${FINE} } } }`,
    )
    expect(paths['/{b}'].get.parameters).toEqual([{ name: 'b', in: 'path', required: true }])
    expect(rules).toEqual(['path-parameter-optional'])
  })
})

describe('a method', () => {
  const item = (members: string) => read(`{ /a: { ${members} } }`)
  const operation = (id: string) => `{ operationId: ${id}, ${FINE} }`

  it('in capitals is that method, unless that is there too', () => {
    const { paths, told, originOf } = item(`POST: ${operation('b')}, GET: ${operation('c')}, get: ${operation('a')}`)
    expect(Object.keys(paths['/a'])).toEqual(['GET', 'get', 'post'])
    expect(told).toMatchObject([
      {
        rule: 'wrong-shape',
        message: 'there is no method "POST"',
        instead: 'it is read as post',
        pointer: '#/paths/~1a/POST',
      },
      {
        rule: 'wrong-shape',
        message: 'there is no method "GET"',
        instead: 'it is left out',
        pointer: '#/paths/~1a/GET',
      },
    ])
    expect(originOf('#/paths/~1a/post/responses')).toBe('#/paths/~1a/POST/responses')
  })

  it('that nobody knows is told, where it looks like an operation', () => {
    const { told } = item(`get: ${operation('a')}, list: ${operation('b')}, x-list: ${operation('c')}, note: { a: 1 }`)
    expect(told).toMatchObject([{ message: 'there is no method "list"', instead: 'it is left out' }])
  })
})

describe('a security requirement', () => {
  const SCHEMES = 'components: { securitySchemes: { a: { type: http, scheme: bearer } } }'
  it.each<[written: string, kept: Json, unknown: string[]]>([
    ['[{ a: [] }]', [{ a: [] }], []],
    ['[{ a: [] }, {}]', [{ a: [] }, {}], []],
    ['[{ b: [] }]', [], ['b']],
    ['[{ a: [], b: [] }]', [{ a: [] }], ['b']],
    ['[{ a: [] }, { b: [] }, { c: [] }]', [{ a: [] }], ['b', 'c']],
  ])('asks for no scheme that is not there: %s', (written, kept, unknown) => {
    const { document, paths, told } = read(
      `{ /a: { get: { operationId: a, security: ${written}, ${FINE} } } }`,
      `${SCHEMES}\nsecurity: ${written}`,
    )
    expect(paths['/a'].get.security).toEqual(kept)
    expect(document.security).toEqual(kept)
    const messages = unknown.map((name) => `there is no security scheme ${name}`)
    expect(told.map(({ message }) => message)).toEqual([...messages, ...messages])
  })

  it.each<[written: string, kept: Json, told: string[]]>([
    ['{ a: [] }', [{ a: [] }], ['security must be a list; it is read as a list of it']],
    ['{}', [{}], ['security must be a list; it is read as a list of it']],
    [
      '{ b: [] }',
      [],
      ['security must be a list; it is read as a list of it', 'there is no security scheme b; it is not asked for'],
    ],
    ['a', undefined, ['security must be a list; it is ignored']],
    ['[a]', [{ a: [] }], ['a security requirement must be an object; it is read as { a: [] }']],
    ['[b, { a: [] }]', [{ a: [] }], ['a security requirement must be an object; it is left out']],
    ['[null]', [], ['a security requirement must be an object; it is left out']],
    ['[[a]]', [], ['a security requirement must be an object; it is left out']],
  ])('that is no list, or lists no objects, is read as what it must mean: %s', (written, kept, messages) => {
    const { paths, told } = read(`{ /a: { get: { operationId: a, security: ${written}, ${FINE} } } }`, SCHEMES)
    expect(paths['/a'].get.security).toEqual(kept)
    expect(told.map(({ message, instead }) => `${message}; ${instead}`)).toEqual(messages)
  })
})

describe('a security scheme', () => {
  it('has texts for its members, or goes without them', () => {
    const scheme = '{ type: apiKey, in: header, name: 7, bearerFormat: [a], description: 5 }'
    const { document, told } = read('{}', `components: { securitySchemes: { a: ${scheme} } }`)
    expect(document.components.securitySchemes.a).toEqual({ type: 'apiKey', in: 'header', description: 5 })
    const ofSchemes = told.filter(({ pointer }) => pointer !== '#')
    expect(ofSchemes.map(({ message, pointer }) => [pointer, message])).toEqual([
      ['#/components/securitySchemes/a/name', 'name of a security scheme must be a text'],
      ['#/components/securitySchemes/a/bearerFormat', 'bearerFormat of a security scheme must be a text'],
    ])
  })
})

describe('what no reply can be', () => {
  const TEXT =
    "components: { responses: { Text: { description: Text, content: { 'text/plain; charset=ž': { example: 1 }, text/plain: { example: 2 } } } } }"
  const readReplies = (responses: string, more = '') => {
    const { paths, told } = read(`{ /a: { get: { operationId: getA, responses: ${responses}${more} } } }`, TEXT)
    return { operation: paths['/a'].get, told }
  }

  it.each<[responses: string, message: string, kept: string[]]>([
    ["{ 2000: {}, '200': {} }", 'no final reply can have the status "2000"', ['200']],
    ["{ 20: {}, '404': {} }", 'no final reply can have the status "20"', ['404']],
    ['{ 3: {}, default: {} }', 'no final reply can have the status "3"', ['default']],
    ['{ 101: {}, 4XX: {} }', 'no final reply can have the status "101"', ['4XX']],
    ["{ 1XX: {}, '204': {} }", 'no final reply can have the status "1XX"', ['204']],
    ['{ 2xx: {}, 2XX: {} }', 'no final reply can have the status "2xx"', ['2XX']],
    ["{ '600': {}, '599': {} }", 'no final reply can have the status "600"', ['599']],
    ['{ 2000: {} }', 'no final reply can have the status "2000"', ['default']],
    ["{ '204': { content: { text/plain: {} } }, '304': {} }", 'a reply of 204 has no body', ['204', '304']],
    [
      String.raw`{ '200': { content: { "text/plain\n": {} } } }`,
      String.raw`no content-type can be "text/plain\n"`,
      ['200'],
    ],
    ["{ '200': { content: { '': {} } } }", 'no content-type can be ""', ['200']],
  ])('is told and left out of %s', (responses, message, kept) => {
    const { operation, told } = readReplies(responses)
    expect(told).toMatchObject([{ message, within: '#/paths/~1a/get' }])
    expect(Object.keys(operation.responses)).toEqual(kept)
  })

  it.each<[responses: string, message: string, instead: string, kept: string[]]>([
    ['{ 2xx: {} }', '"2xx" is no status', 'it is read as 2XX', ['2XX']],
    ["{ '200': {}, Default: {} }", '"Default" is no status', 'it is read as default', ['200', 'default']],
    ["{ '200 OK': {} }", '"200 OK" is no status', 'it is read as 200', ['200']],
  ])('is read as what it is meant to be: %s', (responses, message, instead, kept) => {
    const { operation, told } = readReplies(responses)
    expect(told).toMatchObject([{ rule: 'status-unsendable', message, instead }])
    expect(Object.keys(operation.responses)).toEqual(kept)
  })

  it('is left out behind a reference, for this operation', () => {
    const { operation, told } = readReplies("{ '200': { $ref: '#/components/responses/Text' } }")
    expect(told).toMatchObject([{ rule: 'content-unsendable', pointer: '#/paths/~1a/get/responses/200' }])
    expect(operation.responses[200]).toEqual({ description: 'Text', content: { 'text/plain': { example: 2 } } })
  })

  it('is left out of the failures too', () => {
    const failures = ", x-failures: [{ id: full, at: '/', status: 4000 }, { id: late, at: '/', status: '409' }]"
    const { operation, told } = readReplies("{ '400': {} }", failures)
    expect(told).toMatchObject([{ rule: 'status-unsendable', pointer: '#/paths/~1a/get/x-failures/0/status' }])
    expect(operation['x-failures']).toEqual([
      { id: 'full', at: '/' },
      { id: 'late', at: '/', status: 409 },
    ])
  })
})

it('members of a failure that are of another shape are ignored, and told, and a failure without a name', () => {
  const failures = '[{ id: full, when: { a: 1 }, states: open, of: /a }, { id: { a: 1 } }, { status: 409 }]'
  const { paths, told } = read(`{ /a: { get: { operationId: a, x-failures: ${failures}, ${FINE} } } }`)
  expect(paths['/a'].get['x-failures']).toEqual([{ id: 'full', of: '/a' }])
  expect(told.map(({ pointer }) => pointer.slice('#/paths/~1a/get/x-failures'.length))).toEqual([
    '/0/when',
    '/0/states',
    '/1/id',
    '/2',
  ])
})

it('failures that are no list are ignored, and told', () => {
  const { paths, told } = read(`{ /a: { get: { operationId: a, x-failures: { id: full }, ${FINE} } } }`)
  expect(paths['/a'].get['x-failures']).toEqual([])
  expect(told).toMatchObject([{ rule: 'wrong-shape', pointer: '#/paths/~1a/get/x-failures' }])
})

it('what can be sent stays as it is', () => {
  const { paths, rules } = read(
    "{ /a: { get: { operationId: a, responses: { '200': { content: { '*/*': {}, 'text/plain; charset=utf-8': {} } }, 5XX: {}, default: {}, x-note: 1 } } } }",
  )
  expect(paths['/a'].get.responses).toEqual({
    200: { content: { '*/*': {}, 'text/plain; charset=utf-8': {} } },
    '5XX': {},
    default: {},
    'x-note': 1,
  })
  expect(rules).toEqual([])
})

describe('a document', () => {
  it.each<[what: string, text: string, rules: string[], info: Json]>([
    ['without info', 'openapi: 3.1.0', ['info-missing', 'info-missing'], { title: 'odd.yaml', version: '0' }],
    [
      'without a title',
      'openapi: 3.1.0\ninfo: { version: "1" }',
      ['info-missing'],
      { title: 'odd.yaml', version: '1' },
    ],
    ['whose version is a number', 'openapi: 3.1\ninfo: { title: A, version: 1.5 }', [], { title: 'A', version: '1.5' }],
    [
      'of a version that is not there yet',
      'openapi: 3.7.0\ninfo: { title: A, version: "1" }',
      ['version-unknown'],
      { title: 'A', version: '1' },
    ],
    [
      'with keys given twice',
      'openapi: 3.1.0\ninfo: { title: A, title: B, version: "1" }',
      ['key-twice'],
      { title: 'B', version: '1' },
    ],
  ])('%s is read and told', (_, text, rules, info) => {
    const { document, diagnostics } = parseOpenApi(text, 'folder/odd.yaml')
    expect(document.info).toEqual(info)
    expect(diagnostics.map(({ rule }) => rule).filter((rule) => rule !== 'no-operations')).toEqual(rules)
  })
})

describe('a path item that is a reference', () => {
  const SHARED = `{ parameters: [{ name: q, in: path, required: true }], get: { operationId: x, ${FINE} }, post: { operationId: y } }`

  it.each([
    [
      'a component',
      `{ '/b/{c}': { $ref: '#/components/pathItems/P' } }`,
      `components: { pathItems: { P: ${SHARED} } }`,
      '#/components/pathItems/P',
    ],
    ['another path', `{ /a: ${SHARED}, '/b/{c}': { $ref: '#/paths/~1a' } }`, '', '#/paths/~1a'],
  ])('is mended and told like one that is written there: %s', (_, paths, more, origin) => {
    const { paths: read_, told, originOf } = read(paths, more)
    const item = read_['/b/{c}']
    expect(item).not.toHaveProperty('$ref')
    expect(item.get.parameters).toEqual([{ name: 'c', in: 'path', required: true, schema: { type: 'string' } }])
    const ofItem = told.filter(({ message }) => message === 'the path parameter c is not declared')
    expect(ofItem.map(({ pointer, within }) => [pointer, within])).toEqual([
      [`${origin}/get`, '#/paths/~1b~1%7Bc%7D/get'],
      [`${origin}/post`, '#/paths/~1b~1%7Bc%7D/post'],
    ])
    expect(told.map(({ rule }) => rule)).toContain('no-responses')
    expect(originOf('#/paths/~1b~1%7Bc%7D/get/responses/200')).toBe(`${origin}/get/responses/200`)
  })

  it('has operations with ids of their own', () => {
    const { paths, rules } = read(`{ /a: { get: { operationId: x, ${FINE} } }, /b: { $ref: '#/paths/~1a' } }`)
    expect([paths['/a'].get.operationId, paths['/b'].get.operationId]).toEqual(['x', 'getB'])
    expect(rules).toEqual(['operation-id-twice'])
  })

  it('says also what stands beside the reference', () => {
    const { paths } = read(
      `{ /a: { get: { ${FINE} } }, /b: { $ref: '#/paths/~1a', put: { operationId: p, ${FINE} } } }`,
    )
    expect(Object.keys(paths['/b'])).toEqual(['get', 'put'])
  })

  it('says it in the place of what the other says', () => {
    const query = (name: string) => `parameters: [{ name: ${name}, in: query, schema: { type: string } }]`
    const { paths } = read(
      `{ /a: { ${query('x')}, get: { ${FINE} } }, /b: { $ref: '#/paths/~1a', ${query('y')}, put: { operationId: p, ${FINE} } } }`,
    )
    expect(paths['/b'].parameters).toMatchObject([{ name: 'y' }])
    expect(paths['/a'].parameters).toMatchObject([{ name: 'x' }])
  })
})

it.each([
  ['openapi: 3.1.0\ninfo: { title: A, version: 1.10 }', '1.10'],
  ['openapi: 3.1.0\ninfo:\n  title: A\n  version: 1.0 # first', '1.0'],
  ['{"openapi": "3.1.0", "info": {"title": "A", "version": 2.0}}', '2.0'],
  ['openapi: 3.1.0\ninfo: { title: A, version: 7 }', '7'],
])('a version without quotes is what is written: %s', (text, version) => {
  expect(parseOpenApi(text, 'a.yaml').document.info.version).toBe(version)
})
