import { setupServer } from 'msw/node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseContract } from '../documents/contract/build-contract.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { listen } from './adapters/http-server.ts'
import { createHandlers } from './adapters/msw.ts'
import { createMock } from './create-mock.ts'
import { defineApi } from './define-own-api.ts'
import { listSites, placeBelow } from './list-sites.ts'

/** A mock whose replies say which operation answered. */
function mockOf(document: string) {
  const contract = parseContract(`openapi: 3.1.0\ninfo: { title: Sites, version: '1' }\n${document}`, 'sites.yaml')
  const operations = listOperations(contract)
  const sites = listSites(contract, operations)
  const api = defineApi({
    name: 'sites',
    title: 'Sites',
    version: '1',
    servers: contract.servers.map(({ url }) => url),
    operations,
    sites,
    validators: {},
    examples: {},
    behaviours: {
      tenantOf: () => '',
      collections: {},
      refuse: (_, status) => ({ status }),
      exampleCredential: '',
      operations: Object.fromEntries(
        operations.map(({ id }) => [id, ({ input }) => ({ status: 200, body: [id, input.path] })]),
      ),
    },
  })
  return { api, mock: createMock({ apis: [api], checkReplies: false }) }
}

type Mocked = ReturnType<typeof mockOf>

/** Which operation answers a path, with its path values where it has any; else the status. */
function ask({ mock }: Pick<Mocked, 'mock'>, path: string, method = 'GET'): unknown {
  const { status, body } = mock.answer({ method, path })
  if (status !== 200) return status
  const [id, values] = body as [string, object]
  return Object.keys(values).length > 0 ? [id, values] : id
}

const SERVERS = `
servers:
  - url: https://{region}.example.com:{port}/{base}/v1/
    variables: { region: { default: eu, enum: [eu, us] }, port: { default: '8443' }, base: { default: polls, enum: [polls, votes] } }
  - { url: /v2 }
  - { url: https://other.example.com/v2 }
paths:
  /hello: { get: { operationId: hello } }
  /files:
    servers: [{ url: 'https://files.example.com/uploads' }]
    post: { operationId: upload }
    get: { operationId: list, servers: [{ url: 'https://{tenant}.example.com/lists' }] }
  /empty: { servers: [], get: { operationId: empty, servers: [] } }
`

describe('the servers of a document', () => {
  const served = mockOf(SERVERS)

  it.each([
    ['GET /polls/v1/hello', 'hello'],
    ['GET /votes/v1/hello', 'hello'],
    ['GET /v2/hello', 'hello'],
    ['GET /v2/empty', 'empty'],
    ['GET /hello', 404],
  ])('are all served, with each value of their variables: %s', (line, want) => {
    const [method, path = ''] = line.split(' ')
    expect(ask(served, path, method)).toBe(want)
  })

  it.each([
    ['POST /uploads/files', 'upload'],
    ['GET /lists/files', 'list'],
    ['POST /v2/files', 404],
    ['GET /uploads/files', 405],
  ])('are not those of a path item or an operation that has its own: %s', (line, want) => {
    const [method, path = ''] = line.split(' ')
    expect(ask(served, path, method)).toBe(want)
  })

  it('that none is named are the root', () => {
    expect(ask(mockOf('paths: { /a: { get: { operationId: a } } }'), '/a')).toBe('a')
    expect(ask(mockOf("servers: [{ url: '' }]\npaths: { /a: { get: { operationId: a } } }"), '/a')).toBe('a')
  })

  it('with more values than can be told apart are served at their default', () => {
    const values = JSON.stringify(Array.from({ length: 300 }, (_, at) => `r${at}`))
    const many = mockOf(`servers: [{ url: '/{r}', variables: { r: { default: r7, enum: ${values} } } }]
paths: { /a: { get: { operationId: a } } }`)
    expect([ask(many, '/r7/a'), ask(many, '/r8/a')]).toEqual(['a', 404])
  })

  it('that meet at a path leave it to the more usual one', () => {
    const both = mockOf(`
servers: [{ url: /v1 }, { url: / }]
paths: { /v1/a: { get: { operationId: deep } }, /a: { get: { operationId: flat } } }`)
    expect([ask(both, '/v1/a'), ask(both, '/a'), ask(both, '/v1/v1/a')]).toEqual(['flat', 'flat', 'deep'])
  })
})

describe('a path', () => {
  const paths = (...templates: string[]) => {
    const items = templates.map((template, at) => {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
      return [template, { parameters, get: { operationId: `p${at}` } }] as const
    })
    return mockOf(`paths: ${JSON.stringify(Object.fromEntries(items))}`)
  }

  it.each<[template: string, path: string, want: unknown]>([
    ['/größe', '/gr%C3%B6%C3%9Fe', 'p0'],
    ['/größe', '/gr%c3%b6%c3%9fe', 'p0'],
    ['/größe', '/größe', 'p0'],
    ['/gr%C3%B6%C3%9Fe', '/größe', 'p0'],
    ['/~me', '/%7Eme', 'p0'],
    ['/my file', '/my%20file', 'p0'],
    ['/a%20b', '/a%20b', 'p0'],
    ['/a/b', '/a%2Fb', 404],
    ['/100%', '/100%', 'p0'],
    ['/größe-{id}.json', '/gr%C3%B6%C3%9Fe-7.json', ['p0', { id: '7' }]],
    ['/{id}.json', '/a%2Fb.json', ['p0', { id: 'a/b' }]],
    ['/{a}{b}', '/xy', ['p0', { a: 'x', b: 'y' }]],
    ["/items({id})/Ns.f(x='{x}')", "/items(7)/Ns.f(x='1')", ['p0', { id: '7', x: '1' }]],
    ['/items({id})', '/items%287%29', ['p0', { id: '7' }]],
    ['/ends/', '/ends/', 'p0'],
    ['/ends/', '/ends', 404],
    ['/hash#one', '/hash', 'p0'],
    ['/query?a=1', '/query', 'p0'],
  ])('%s is met by %s: %j', (template, path, want) => {
    expect(ask(paths(template), path)).toEqual(want)
  })

  it('that two operations have is that of the first', () => {
    const both = paths('/a#one', '/a#two', '/{x}', '/{y}')
    expect([ask(both, '/a'), ask(both, '/b')]).toEqual(['p0', ['p2', { x: 'b' }]])
  })
})

describe('an API below a path of its own', () => {
  it('is there and nowhere else', () => {
    const { api } = mockOf(SERVERS)
    const mock = createMock({ apis: [placeBelow(api, '/x')], checkReplies: false })
    const answers = ['/x/hello', '/x/files', '/v2/hello', '/lists/files'].map((path) => ask({ mock }, path))
    expect(answers).toEqual(['hello', 'list', 404, 404])
  })
})

describe('a page', () => {
  it.each([
    ['https://eu.example.com:8443/polls/v1/hello', 'hello'],
    ['https://us.example.com:8443/polls/v1/hello?a=1', 'hello'],
    ['https://us.example.com:9999/votes/v1/hello', 'hello'],
    ['http://localhost/v2/hello', 'hello'],
    ['https://other.example.com/v2/hello', 'hello'],
    ['https://acme.example.com/lists/files', 'list'],
    ['https://asia.example.com:8443/polls/v1/hello', 'network'],
    ['https://files.example.com/uploads/other', 'network'],
    ['https://evil.example.org/acme.example.com/lists/files', 'network'],
    ['https://eu.example.com:8443/polls/v1/gr%C3%B6%C3%9Fe', 'umlaut'],
    ['https://eu.example.com:8443/polls/v1/größe', 'umlaut'],
    ['https://eu.example.com:8443/polls/v1/%7Eme/a%20b', 'tilde'],
  ])('that sends to %s is answered by %s', async (url, want) => {
    const { mock } = mockOf(
      `${SERVERS}  /größe: { get: { operationId: umlaut } }\n  /~me/{id}: { get: { operationId: tilde } }\n`,
    )
    const server = setupServer(...createHandlers(mock))
    server.listen()
    onTestFinished(() => server.close())
    const answer = await fetch(url).then(
      async (response) => ((await response.json()) as [string])[0],
      () => 'network',
    )
    expect(answer).toBe(want)
  })

  it('is answered as over HTTP', async () => {
    const { mock } = mockOf(SERVERS)
    await using server = await listen(mock, { port: 0 })
    const reply = await fetch(`${server.url}/votes/v1/hello`)
    expect(await reply.json()).toEqual(['hello', {}])
  })
})
