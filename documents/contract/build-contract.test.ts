import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Document, DocumentError, type Json } from '../read/read-document.ts'
import { buildContract, parseContract, readContract } from './build-contract.ts'
import { followSchema } from './follow-schema.ts'
import type { DeclaredOperation } from './operation.ts'

const documentOf = (paths: object, rest: object = {}): Document => ({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '7' },
  paths: paths as Document['paths'] & object,
  ...rest,
})

const COMPONENTS = {
  schemas: { Pet: { type: 'object', 'x-evidence': 'observed' }, Alias: { $ref: '#/components/schemas/Pet' } },
  parameters: { Size: { name: 'size', in: 'query', required: true, schema: { $ref: '#/components/schemas/Alias' } } },
  requestBodies: {
    Pet: {
      required: true,
      content: { 'text/plain': {}, 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
    },
  },
  responses: {
    Made: {
      'x-evidence': 'assumed',
      content: { 'application/problem+json': { schema: { type: 'string' }, example: 'made' } },
      links: { read: { $ref: '#/components/links/Read' } },
    },
  },
  links: { Read: { operationId: 'getPet', parameters: { id: '$response.body#/id' }, 'x-each': '/pets' } },
  'x-failures': { Late: { id: 'late', level: 'request', at: '400', when: 'It is late.', evidence: 'observed' } },
  securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'k' }, bearer: { type: 'http', scheme: 'bearer' } },
}

/** The operation of a document that has one of its own beside `getPet`. */
function declared(operation: object, item: object = {}, rest: object = {}): DeclaredOperation {
  const paths = {
    '/pets': { ...item, post: { operationId: 'makePet', ...operation } },
    '/pets/{id}': { get: { operationId: 'getPet', 'x-role': 'read-back' } },
  }
  const [first] = buildContract(documentOf(paths, { components: COMPONENTS, ...rest })).operations
  return first as DeclaredOperation
}

describe('a contract', () => {
  it('knows its operations in the order of the document, with what each is for', () => {
    const contract = buildContract(documentOf({ '/a': { post: { operationId: 'b' }, get: { 'x-role': 'clean-up' } } }))
    expect(contract.operations.map(({ id, method, path, role }) => [id, method, path, role])).toEqual([
      ['getA', 'GET', '/a', 'clean-up'],
      ['b', 'POST', '/a', undefined],
    ])
    expect(contract.operation('b')).toBe(contract.operations[1])
    expect(contract.operation('c')).toBeUndefined()
  })

  it('is about the subjects that it names, about all operations where it gives no roles, and about none where others have roles', () => {
    const subjectsOf = (...roles: (string | undefined)[]) =>
      buildContract(
        documentOf({
          '/a': Object.fromEntries(
            roles.map((role, at) => [['get', 'put', 'post'][at], { operationId: `o${at}`, 'x-role': role }]),
          ),
        }),
      ).subjects.map(({ id }) => id)
    expect(subjectsOf('subject', undefined, 'subject')).toEqual(['o0', 'o2'])
    expect(subjectsOf(undefined, undefined)).toEqual(['o0', 'o1'])
    expect(subjectsOf(undefined, 'clean-up')).toEqual([])
  })

  it('calls operations that share an operationId by names of their own', () => {
    const contract = buildContract(documentOf({ '/a': { get: { operationId: 'x' }, put: { operationId: 'x' } } }))
    expect(contract.operations.map(({ id }) => id)).toEqual(['x', 'putA'])
    expect(contract.operation('putA')?.method).toBe('PUT')
  })

  it('has the operations of OpenAPI 3.2: the method query, and methods that have no member of their own', () => {
    const item = { query: { operationId: 'find' }, additionalOperations: { LINK: { operationId: 'link' } } }
    const contract = buildContract(documentOf({ '/a': item }))
    expect(contract.operations.map(({ id, method, pointer }) => [id, method, pointer])).toEqual([
      ['find', 'QUERY', '#/paths/~1a/query'],
      ['link', 'LINK', '#/paths/~1a/additionalOperations/LINK'],
    ])
  })

  it.each<[given: string, servers: Json, want: string[]]>([
    ['none', undefined, []],
    ['several, in order', [{ url: 'https://a.example/v1' }, { url: '/v2' }], ['https://a.example/v1', '/v2']],
    [
      'variables, filled with their defaults',
      [{ url: 'https://{region}.example/{base}', variables: { region: { default: 'eu' }, base: { default: 'v1' } } }],
      ['https://eu.example/v1'],
    ],
    ['a variable nobody declares, by its name', [{ url: 'https://a.example/{base}' }], ['https://a.example/base']],
  ])('has servers: %s', (_, given, want) => {
    const { servers } = buildContract(documentOf({}, given && { servers: given }))
    expect(servers.map(({ url }) => url)).toEqual(want)
    expect(servers.map(({ template }) => template)).toEqual((given ?? []).map(({ url }: Json) => url))
  })

  it('keeps what is worked out of it, each thing once, and never that of another contract', () => {
    const [one, other] = [buildContract(documentOf({})), buildContract(documentOf({}))]
    const workOut = vi.fn(() => ({}))
    expect(one.once(workOut)).toBe(one.once(workOut))
    expect(workOut).toHaveBeenCalledExactlyOnceWith(one)
    expect(other.once(workOut)).not.toBe(one.once(workOut))
    expect(one.once(() => undefined)).toBeUndefined()
  })

  it('reads each part once', () => {
    const operation = declared({ responses: { 200: {} }, 'x-failures': [{ id: 'a' }] })
    expect(operation.replies).toBe(operation.replies)
    expect(operation.failures).toBe(operation.failures)
    expect(operation.parameters).toBe(operation.parameters)
  })

  it('is read from a file and from a text, and says what is wrong with either', async () => {
    const file = join(import.meta.dirname, '../../contract-tests/fixtures/orders.yaml')
    expect((await readContract(file)).operation('placeOrder')?.method).toBe('POST')
    expect(parseContract('{ openapi: 3.1.0, info: { title: a, version: b } }', 'a.yaml').operations).toEqual([])
    expect(() => parseContract('{}', 'a.yaml')).toThrow(DocumentError)
    await expect(readContract('nowhere.yaml')).rejects.toThrow(DocumentError)
  })
})

describe('an operation', () => {
  it('stands where its pointer leads, also behind the $ref of a path item, and is documented unless it says otherwise', () => {
    const rest = { components: { pathItems: { A: { get: { 'x-evidence': 'observed' } } } } }
    const [one] = buildContract(documentOf({ '/a/{b}': { $ref: '#/components/pathItems/A' } }, rest)).operations
    expect([one?.id, one?.pointer, one?.evidence]).toEqual(['getAByB', '#/components/pathItems/A/get', 'observed'])
    expect([declared({}).pointer, declared({}).evidence]).toEqual(['#/paths/~1pets/post', 'documented'])
  })

  it('has the parameters of its path item, but for those that it has itself and those that OpenAPI ignores', () => {
    const item = {
      parameters: [
        { name: 'a', in: 'query' },
        { name: 'b', in: 'query' },
      ],
    }
    const own = [
      { name: 'a', in: 'query', style: 'deepObject' },
      { name: 'Accept', in: 'header' },
    ]
    const { parameters } = declared({ parameters: own }, item)
    expect(parameters.map(({ name, style, explode, required }) => [name, style, explode, required])).toEqual([
      ['a', 'deepObject', false, false],
      ['b', 'form', true, false],
    ])
    expect(parameters.map(({ pointer }) => pointer)).toEqual([
      '#/paths/~1pets/post/parameters/0',
      '#/paths/~1pets/parameters/1',
    ])
  })

  it('follows the references of a parameter to its schema, and knows how well each is known', () => {
    const [size] = declared({
      'x-evidence': 'assumed',
      parameters: [{ $ref: '#/components/parameters/Size' }],
    }).parameters
    expect(size).toMatchObject({ pointer: '#/components/parameters/Size', evidence: 'assumed', required: true })
    expect(size?.schema).toEqual({
      schema: COMPONENTS.schemas.Pet,
      pointer: '#/components/schemas/Pet',
      evidence: 'observed',
    })
  })

  it('takes a parameter without a schema for one that allows anything, and finds one below content', () => {
    const content = { 'application/json': { schema: { type: 'object' } } }
    const [bare, deep] = declared({
      parameters: [
        { name: 'a', in: 'path' },
        { name: 'b', in: 'query', content },
      ],
    }).parameters
    expect(bare?.schema).toEqual({ schema: {}, pointer: bare?.pointer, evidence: 'documented' })
    expect(deep?.schema.pointer).toBe('#/paths/~1pets/post/parameters/1/content/application~1json/schema')
  })

  it('lists the examples of a parameter, the nearest first, and says where its own stand', () => {
    const schema = { examples: [3], default: 4 }
    const examples = { one: { value: 2 } }
    const media = { schema, example: 5 }
    const [both, named, none, inContent] = declared({
      parameters: [
        { name: 'a', in: 'query', schema, example: 1, examples },
        { name: 'b', in: 'query', schema, examples },
        { name: 'c', in: 'query' },
        { name: 'd', in: 'query', content: { 'application/json': media } },
      ],
    }).parameters
    const all = [both, named, none, inContent]
    expect(all.map((one) => one?.examples)).toEqual([[1, 2, 3, 4], [2, 3, 4], [], [5, 3, 4]])
    expect(all.map((one) => one?.examplesPointer.split('parameters/')[1])).toEqual([
      '0/example',
      '1/examples',
      '2',
      '3/content/application~1json/example',
    ])
  })

  it('takes a body by media type, and knows the schema of the first that is JSON', () => {
    const { body } = declared({ requestBody: { $ref: '#/components/requestBodies/Pet' } })
    expect(body).toMatchObject({ required: true, contentPointer: '#/components/requestBodies/Pet/content' })
    expect(body?.content.map(({ type }) => type)).toEqual(['text/plain', 'application/json'])
    expect(body?.json).toEqual({
      schema: { $ref: '#/components/schemas/Pet' },
      pointer: '#/components/requestBodies/Pet/content/application~1json/schema',
      evidence: 'documented',
    })
    expect(declared({}).body).toBeUndefined()
  })

  it.each<[mediaTypes: string[], want: string | undefined]>([
    [['application/json'], 'application/json'],
    [['text/plain', 'application/json; charset=utf-8'], 'application/json; charset=utf-8'],
    [['application/problem+json'], 'application/problem+json'],
    [['application/json-seq', 'text/plain', '*/*'], undefined],
    [[], undefined],
  ])('of %j takes %s for JSON', (mediaTypes, want) => {
    const content = Object.fromEntries(mediaTypes.map((title) => [title, { schema: { title } }]))
    expect(declared({ requestBody: { content } }).body?.json?.schema).toEqual(want && { title: want })
  })

  it('has for an example what is written of it, where its data is not (OpenAPI 3.2)', () => {
    const examples = {
      a: { serializedValue: '{"b":1}' },
      c: { serializedValue: '{"b"' },
      d: { value: 2, serializedValue: '3' },
    }
    const content = {
      'application/json': { examples },
      'text/csv': { examples: { a: { serializedValue: 'b\r\n1\r\n' } } },
    }
    expect(declared({ requestBody: { content } }).body?.content.map((media) => media.examples)).toEqual([
      { a: { b: 1 }, d: 2 },
      { a: 'b\r\n1\r\n' },
    ])
  })

  it('replies by status, as well known as the reply or else the operation says', () => {
    const responses = {
      201: { $ref: '#/components/responses/Made' },
      '4XX': {},
      default: { content: { 'text/html': {} } },
    }
    const [made, refused, other] = declared({ responses, 'x-evidence': 'observed' }).replies
    expect(made).toMatchObject({
      status: '201',
      statusPointer: '#/paths/~1pets/post/responses/201',
      pointer: '#/components/responses/Made',
      evidence: 'assumed',
      json: { schema: { type: 'string' }, evidence: 'assumed' },
    })
    expect(made?.content[0]?.examples).toEqual({ default: 'made' })
    expect(refused).toMatchObject({ status: '4XX', evidence: 'observed', content: [], json: undefined })
    expect(other?.json).toBeUndefined()
    expect(declared({ responses }).repliesPointer).toBe('#/paths/~1pets/post/responses')
    expect(declared({}).repliesPointer).toBe('#/paths/~1pets/post')
  })

  it('replies with headers, as the style simple has them, but for the content type', () => {
    const headers = {
      'X-Count': { required: true, schema: { type: 'integer' }, example: 7 },
      'X-Page': { $ref: '#/components/headers/Page' },
      'X-Data': { content: { 'application/json': { schema: { type: 'object' } } } },
      'Content-Type': { schema: { type: 'string' } },
    }
    const components = { ...COMPONENTS, headers: { Page: { explode: true, schema: { type: 'object' } } } }
    const [reply] = declared({ responses: { 200: { headers } } }, {}, { components }).replies
    expect(
      reply?.headers.map(({ name, required, explode, examples, mediaType }) => [
        name,
        required,
        explode,
        examples,
        mediaType,
      ]),
    ).toEqual([
      ['X-Count', true, false, [7], undefined],
      ['X-Page', false, true, [], undefined],
      ['X-Data', false, false, [], 'application/json'],
    ])
    expect(reply?.headers[1]?.pointer).toBe('#/components/headers/Page')
    expect(reply?.headers[2]?.schema.schema).toEqual({ type: 'object' })
  })

  it('leads by the links of its successes to operations that are for something', () => {
    const [link] = declared({ responses: { 201: { $ref: '#/components/responses/Made' } } }).replies[0]?.links ?? []
    expect(link).toEqual({
      name: 'read',
      pointer: '#/components/links/Read',
      from: 'makePet',
      status: '201',
      to: 'getPet',
      role: 'read-back',
      parameters: { id: '$response.body#/id' },
      each: '$response.body#/pets',
      shows: {},
    })
    const responses = { 400: { $ref: '#/components/responses/Made' }, 200: { $ref: '#/components/responses/Made' } }
    const contract = buildContract(documentOf({ '/a': { get: { responses } } }, { components: COMPONENTS }))
    expect(contract.links.map(({ status }) => status)).toEqual(['200'])
  })

  it('fails as it says, each failure where it stands, as well known as it says or else the operation', () => {
    const { failures } = declared({
      'x-evidence': 'assumed',
      'x-failures': [{ id: 'taken', level: 'row', at: '/a' }, { $ref: '#/components/x-failures/Late' }],
    })
    expect(failures.map(({ id, pointer, evidence }) => [id, pointer, evidence])).toEqual([
      ['taken', '#/paths/~1pets/post/x-failures/0', 'assumed'],
      ['late', '#/components/x-failures/Late', 'observed'],
    ])
  })

  it('fails as a whole and shows it in the status alone, where a failure says neither', () => {
    const { failures } = declared({ 'x-failures': [{ id: 'full', status: 409 }, { id: 'odd' }] })
    expect(failures.map(({ level, at }) => [level, at])).toEqual([
      ['request', '409'],
      ['request', '2XX'],
    ])
  })

  it.each<[what: string, own: unknown, all: unknown, names: string[][], pointer: string]>([
    ['its own', [{ key: [] }, { bearer: [] }], [], [['key'], ['bearer']], '#/paths/~1pets/post/security'],
    ["the document's", undefined, [{ key: [], bearer: [] }], [['key', 'bearer']], '#/security'],
    ['none, where one alternative is empty', [{}, { key: [] }], [], [], '#/paths/~1pets/post/security'],
    ['none', undefined, undefined, [], '#/security'],
  ])('asks for credentials: %s', (_, own, all, names, pointer) => {
    const operation = declared(
      own === undefined ? {} : { security: own },
      {},
      all === undefined ? {} : { security: all },
    )
    expect(operation.security.map((schemes) => schemes.map(({ name }) => name))).toEqual(names)
    expect(operation.securityPointer).toBe(pointer)
  })

  it('says how a credential travels, and asks for no scheme that the document has not', () => {
    expect(declared({ security: [{ key: [] }, { bearer: [] }] }).security.flat()).toEqual([
      { name: 'key', type: 'apiKey', in: 'query', key: 'k' },
      { name: 'bearer', type: 'http', scheme: 'bearer' },
    ])
    expect(declared({ security: [{ oauth: [] }] }).security).toEqual([])
  })
})

describe('a schema', () => {
  const contract = buildContract(
    documentOf({}, { components: { schemas: { A: { $ref: '#/components/schemas/A' }, ...COMPONENTS.schemas } } }),
  )
  const start = (schema: object) => ({ schema, pointer: '#/x', evidence: 'documented' }) as const

  it('is where its references lead, as well known as what stands beside one says, or what they lead to', () => {
    const follow = (schema: object) => followSchema(contract, start(schema))
    const reference = { $ref: '#/components/schemas/Alias' }
    expect(follow(reference)).toMatchObject({ pointer: '#/components/schemas/Pet', evidence: 'observed' })
    expect(follow({ type: 'string', 'x-evidence': 'assumed' })).toMatchObject({ pointer: '#/x', evidence: 'assumed' })
    const none = { $ref: '#/components/schemas/None', 'x-evidence': 'assumed' }
    expect(follow(none)).toEqual({ schema: undefined, pointer: '#/components/schemas/None', evidence: 'assumed' })
  })

  it('that leads in a circle is followed so long, and no longer', () => {
    expect(followSchema(contract, start({ $ref: '#/components/schemas/A' })).pointer).toBe('#/components/schemas/A')
  })
})
