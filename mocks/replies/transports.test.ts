import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setupServer } from 'msw/node'
import { afterAll, describe, expect, it } from 'vitest'
import { listen as listenPlain } from '../adapters/http-server.ts'
import { createHandlers } from '../adapters/msw.ts'
import { listen as listenBehindPrism } from '../adapters/prism.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'

const DOCUMENT = `
openapi: 3.1.0
info: { title: Files, version: '1' }
paths:
  /files/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: readFile
      responses:
        '200':
          description: ok
          headers: { ETag: { schema: { type: string } } }
          content:
            application/json: { schema: { type: object, required: [name], properties: { name: { const: Zoë } } } }
            image/png: { schema: { type: string, format: binary } }
    delete: { operationId: deleteFile, responses: { '204': { description: gone } } }
  /both:
    put: { operationId: putBoth, responses: { '204': { description: ok } } }
    head: { operationId: headBoth, responses: { '200': { description: ok, headers: { X-Own: { example: 1 } } } } }
    options: { operationId: askBoth, responses: { '200': { description: ok, content: { application/json: { example: [1] } } } } }
  /cookies:
    get:
      operationId: bake
      responses: { '204': { description: ok, headers: { Set-Cookie: { schema: { type: array }, example: ['a=1; Path=/', 'b=2, 3'] } } } }
  /tasks:
    post: { operationId: plain, responses: { '200': { description: ok, content: { text/plain: { example: plain } } } } }
    get: { operationId: list, responses: { '200': { description: ok, content: { text/plain: { example: list } } } } }
  /tasks?beta=true:
    post: { operationId: beta, responses: { '201': { description: ok, content: { text/plain: { example: beta } } } } }
    put: { operationId: put, responses: { '200': { description: ok, content: { text/plain: { example: put } } } } }
  /tasks?beta=true&run={id}:
    post:
      operationId: run
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { text/plain: { example: run } } } }
  /put: { put: { operationId: putOnly, responses: { '204': { description: ok } } } }
`
const folder = await mkdtemp(join(tmpdir(), 'transports-'))
const file = join(folder, 'files.yaml')
await writeFile(file, DOCUMENT)
const mock = createMock({ apis: [await readApi(file)] })
const servers = [await listenPlain(mock, { port: 0 }), await listenBehindPrism(mock, { port: 0 })] as const
afterAll(async () => {
  for (const server of servers) await server.close()
  await rm(folder, { recursive: true })
})

type Send = (method: string, path: string, headers?: Record<string, string>) => Promise<Response>
const over =
  ({ url }: { readonly url: string }): Send =>
  (method, path, headers = {}) =>
    fetch(url + path, { method, headers })
const TRANSPORTS: [name: string, send: Send][] = [
  ['HTTP', over(servers[0])],
  ['HTTP, behind Prism', over(servers[1])],
  ['Fetch', (method, path, headers = {}) => mock.fetch(new Request(`http://localhost${path}`, { method, headers }))],
]

describe.each(TRANSPORTS)('over %s', (_, send) => {
  it('bytes arrive as they are', async () => {
    const reply = await send('GET', '/files/7', { accept: 'image/png' })
    expect(reply.headers.get('content-type')).toBe('image/png')
    const bytes = new Uint8Array(await reply.arrayBuffer())
    expect([...bytes.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
    expect(mock.journal.at(-1)?.reply.body).toBe(`${bytes.length} bytes`)
  })

  it('HEAD is a GET without its body, and refused as that is', async () => {
    const [get, head] = [await send('GET', '/files/7'), await send('HEAD', '/files/7')]
    expect(get.headers.get('etag')).toMatch(/^"\w+"$/)
    expect(await get.json()).toEqual({ name: 'Zoë' })
    expect([head.status, head.headers.get('etag'), head.headers.get('content-type')]).toEqual([
      200,
      get.headers.get('etag'),
      'application/json',
    ])
    // RFC 9110, section 8.6.
    expect([null, get.headers.get('content-length')]).toContain(head.headers.get('content-length'))
    expect(await head.text()).toBe('')
    expect((await send('HEAD', '/files/x')).status).toBe(400)
  })

  it('OPTIONS tells what is allowed, and 405 does too', async () => {
    const options = await send('OPTIONS', '/files/7')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS'])
    expect((await send('OPTIONS', '/put')).headers.get('allow')).toBe('OPTIONS, PUT')
    expect((await send('HEAD', '/put')).status).toBe(405)
    expect((await send('OPTIONS', '/nowhere')).status).toBe(404)
    const refused = await send('HEAD', '/nowhere')
    expect(refused.status).toBe(404)
    const put = await send('PUT', '/files/7')
    expect(put.status).toBe(405)
    expect(put.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
  })

  it('several cookies are several headers', async () => {
    const { headers } = await send('GET', '/cookies')
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2, 3'])
  })

  it.each<[request: string, status: number, text: unknown]>([
    ['POST /tasks', 200, 'plain'],
    ['POST /tasks?beta=false', 200, 'plain'],
    ['POST /tasks?beta=true', 201, 'beta'],
    ['POST /tasks?a=1&beta=true', 201, 'beta'],
    ['POST /tasks?beta=false&beta=true', 200, 'plain'],
    ['POST /tasks?beta=true&run=7', 200, 'run'],
    ['POST /tasks?run=x&beta=true', 400, expect.stringContaining('query/run must be integer')],
    ['POST /tasks?run=7', 200, 'plain'],
    ['PUT /tasks?beta=true', 200, 'put'],
    ['PUT /tasks', 405, expect.any(String)],
    ['GET /tasks?beta=true', 200, 'list'],
    ['HEAD /tasks?beta=true', 200, ''],
    ['OPTIONS /tasks?beta=true', 204, ''],
    ['PATCH /tasks?beta=true', 405, expect.any(String)],
  ])('a path with a query in it is served where the query is that: %s', async (request, status, text) => {
    const [method = '', path = ''] = request.split(' ')
    const reply = await send(method, path)
    expect([reply.status, await reply.text()]).toEqual([status, text])
  })

  it('what is declared for HEAD and OPTIONS is what they are', async () => {
    const [head, options] = [await send('HEAD', '/both'), await send('OPTIONS', '/both')]
    expect([head.status, head.headers.get('x-own')]).toEqual([200, '1'])
    expect([options.status, await options.json()]).toEqual([200, [1]])
  })
})

it('through MSW too the query tells paths apart, and cookies are headers of their own', async () => {
  const network = setupServer(...createHandlers(mock, { baseUrl: 'http://files.test' }))
  network.listen({ onUnhandledFrame: 'bypass' })
  try {
    const post = async (path: string) => (await fetch(`http://files.test${path}`, { method: 'POST' })).text()
    expect([await post('/tasks'), await post('/tasks?beta=true'), await post('/tasks?beta=1')]).toEqual([
      'plain',
      'beta',
      'plain',
    ])
    const { headers } = await fetch('http://files.test/cookies')
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2, 3'])
  } finally {
    network.close()
  }
})

it('behind Prism the reply of an operation that the query tells is held to no other one', async () => {
  const violations: (readonly string[])[] = []
  await using server = await listenBehindPrism(mock, { port: 0, onViolation: (_, found) => violations.push(found) })
  expect((await fetch(`${server.url}/tasks?beta=true`, { method: 'POST' })).status).toBe(201)
  expect(violations).toEqual([])
})

describe('what is implied', () => {
  it('is nothing of a built-in API beside it', async () => {
    const { royalti } = await import('../royalti.ts')
    const both = createMock({ apis: [royalti, await readApi(file)] })
    expect(both.answer({ method: 'HEAD', path: '/user/' }).status).toBe(405)
    expect(both.answer({ method: 'HEAD', path: '/files/7' }).status).toBe(200)
  })

  it('is never TRACE, nor HEAD where there is no GET', () => {
    expect(mock.answer({ method: 'TRACE', path: '/files/7' }).status).toBe(405)
    const declared = createMock({ apis: mock.apis }).answer({ method: 'GET', path: '/both' })
    expect(declared).toMatchObject({ status: 405, headers: { allow: 'HEAD, OPTIONS, PUT' } })
  })
})
