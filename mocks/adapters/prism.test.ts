import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { findShipped } from '../../documents/read/find-shipped.ts'
import { readDocument } from '../../documents/read/read-document.ts'
import { createReplaceable } from '../control/replace-mock.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import { readApi } from '../read-api.ts'
import { royalti } from '../royalti.ts'
import type { Listening } from './http-server.ts'
import { listen as listenPlainly } from './http-server.ts'
import { listen } from './prism.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const BULK = `${USERS}/bulk`
const TOKEN = { authorization: 'Bearer any' }

const mock = createMock({ apis: [dynamic, royalti, descope] })
const violations: string[] = []
let server: Listening

beforeAll(async () => {
  server = await listen(mock, { port: 0, onViolation: (_, found) => void violations.push(...found) })
}, 60_000)
beforeEach(() => {
  mock.reset()
  mock.reset('mine')
})
afterAll(async () => {
  await server.close()
  expect(violations).toEqual([])
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly text?: string
}

/** A POST where there is a body. */
async function send(path: string, { method, headers = TOKEN, body, text }: Sent = {}, { url } = server) {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(url + path, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(sent !== undefined && { body: sent }),
  })
  const answer = await response.text()
  return { status: response.status, headers: response.headers, body: answer ? JSON.parse(answer) : undefined }
}

const create = (...rows: unknown[]) => send(BULK, { body: rows })

describe('behind Prism, the mock', () => {
  it('remembers what it accepted, below the base path of each API', async () => {
    expect((await create({ email: 'ada@example.com' })).status).toBe(201)
    expect((await create({ email: 'ADA@example.com' })).body.failed[0].code).toBe('email_already_exists')
    expect((await send(USERS, { headers: TOKEN })).body.count).toBe(1)
    expect((await send('/user/', { headers: TOKEN })).body.totalUsers).toBe(0)
    const body = { users: [{ loginId: 'ada' }] }
    expect(
      (await send('/v1/mgmt/user/create/batch', { headers: { authorization: 'Bearer P2a:key' }, body })).status,
    ).toBe(200)
  })

  it('takes each of many requests at once as if they came in a row', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => create({ email: `user${at}@example.com` })))
    await Promise.all(Array.from({ length: 50 }, () => create({ email: 'same@example.com' })))
    expect((await send(USERS)).body.count).toBe(51)
  })

  it('takes requests that come before the replies one after the other', async () => {
    const head = 'HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer any\r\n'
    const row = '[{"email":"ada@example.com"}]'
    const post = `POST ${BULK} ${head}content-type: application/json\r\ncontent-length: ${row.length}\r\n\r\n${row}`
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
    onTestFinished(() => void socket.destroy())
    socket.write(`${post}${post}GET ${USERS} ${head}connection: close\r\n\r\n`)
    let text = ''
    for await (const chunk of socket) text += chunk
    expect(text.match(/HTTP\/1\.1 \d+|email_already_exists|"count":\d/g)).toEqual([
      ...['HTTP/1.1 201', 'HTTP/1.1 201', 'email_already_exists', 'HTTP/1.1 200', '"count":1'],
    ])
  })

  it('keeps a state for each session', async () => {
    await create({ email: 'ada@example.com' })
    const headers = { ...TOKEN, 'x-rollcall-session': 'mine' }
    expect((await send(USERS, { headers })).body.count).toBe(0)
  })

  it('fails the row that names its failure', async () => {
    const { body } = await create({ email: 'ada@example.com' }, { email: 'reassign_wallet_error@rollcall.test' })
    expect([body.created.length, body.failed[0].code]).toEqual([1, 'reassign_wallet_error'])
  })

  it('is steered by the control API', async () => {
    const order = { api: 'dynamic', operationId: 'listUsers', status: 500 }
    expect((await send('/__rollcall/failures', { headers: {}, body: order })).status).toBe(204)
    expect([(await send(USERS)).status, (await send(USERS)).status]).toEqual([500, 200])
    const journal = (await send('/__rollcall/journal')).body
    expect(journal.map(({ operationId }: { operationId: string }) => operationId)).toEqual(['listUsers', 'listUsers'])
  })

  it('drops a connection that it is told to drop, and tells which failure a row most likely meant', async () => {
    mock.failNext({ api: 'dynamic', operationId: 'listUsers', drop: true })
    await expect(send(USERS)).rejects.toThrow(TypeError)
    expect((await send(USERS)).status).toBe(200)
    const { headers } = await create({ email: 'email_exists@rollcall.test' })
    expect(headers.get('x-rollcall-note')).toMatch(/; the closest is email_already_exists$/)
  })

  it('answers a preferred example', async () => {
    const headers = { ...TOKEN, prefer: 'example=nobodyFound' }
    expect((await send('/user/', { headers })).body.totalUsers).toBe(0)
    expect((await send(USERS, { headers: { ...TOKEN, prefer: 'code=418' } })).status).toBe(400)
  })

  it('takes a body larger than Prism alone does', async () => {
    const metadata = { text: 'x'.repeat(250_000) }
    const rows = Array.from({ length: 50 }, (_, at) => ({ email: `user${at}@example.com`, metadata }))
    expect((await create(...rows)).body.created).toHaveLength(50)
  })
})

describe('a request that Prism turns down', () => {
  it.each([
    ['a member', [{ email: 3 }], '/0/email must be string'],
    ['a pattern', [{ email: 'a@example.com' }, { country: 'xx' }], '/1/country must match pattern "^[A-Z]{2}$"'],
    ['a long pattern', [{ email: 'ines' }], "/0/email is not an e-mail address as the vendor's page defines it"],
    ['the body itself', {}, 'body must be array'],
  ])('for %s has the shape of the vendor and the place', async (_, body, error) => {
    const reply = await send(BULK, { body })
    expect([reply.status, reply.body]).toEqual([400, { error }])
  })

  it('for a parameter has its name as it is written', async () => {
    expect((await send(`${USERS}?limit=0`)).body).toEqual({ error: 'query/limit must be >= 1' })
    const { body } = await send('/api/v0/environments/x/users')
    expect(body.error).toMatch(/^path\/environmentId must /)
  })

  it('for a parameter and the body has the parameter first', async () => {
    expect((await send(`${BULK}?upsert=x`, { body: {} })).body.error).toMatch(/^query\/upsert must be boolean/)
    expect((await send(`${BULK}?upsert=x`, { text: '[' })).body.error).toMatch(/^query\/upsert must be boolean/)
  })

  it('for its credentials is refused first of all', async () => {
    expect(await send(BULK, { headers: {}, body: {} })).toMatchObject({
      status: 401,
      body: { error: 'No jwt provided!' },
    })
    expect(await send(BULK, { headers: {}, text: '[' })).toMatchObject({ status: 401 })
    expect(await send(USERS, { headers: { authorization: 'Bearer invalid' } })).toMatchObject({ status: 403 })
  })

  it('for JSON that is broken or too deep is answered', async () => {
    expect(await send(BULK, { text: '[{' })).toMatchObject({ status: 400, body: { error: /body is not valid JSON/ } })
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect((await send(BULK, { text: deep })).body.error).toMatch(/nested deeper/)
  })

  it.each(['null', 'false', '0', '""'])('for a body of %s is told so, though Prism takes it for none', async (text) => {
    expect(await send(BULK, { text })).toMatchObject({ status: 400, body: { error: 'body must be array' } })
    expect(await send(BULK, { text, headers: {} })).toMatchObject({ status: 401 })
  })

  it('for a property too many has its name', async () => {
    const body = { users: [{ loginId: 'a', hashedPassword: { extra: 1 } }] }
    const reply = await send('/v1/mgmt/user/create/batch', { headers: { authorization: 'Bearer P2a:key' }, body })
    expect(reply.body.errorMessage).toBe('/users/0/hashedPassword must not have a property extra')
  })

  it('for its media type, path or method is refused as by any gateway', async () => {
    const text = { ...TOKEN, 'content-type': 'text/plain' }
    expect((await send(BULK, { headers: text, text: '[]' })).status).toBe(415)
    expect((await send('/nowhere')).status).toBe(404)
    expect((await send('/user/%zz')).status).toBe(400)
    const { status, headers } = await send(USERS, { method: 'PUT' })
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('for what Prism cannot read is refused by the mock', async () => {
    expect((await send(BULK, { headers: { ...TOKEN, 'content-type': 'a\\' }, text: '[]' })).status).toBe(415)
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
    onTestFinished(() => void socket.destroy())
    socket.write('OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += chunk
    expect(text).toMatch(/^HTTP\/1\.1 404 /)
  })

  it('leaves no trace but in the journal', async () => {
    const before = mock.snapshot()
    await send(BULK, { body: [{ email: 3 }] })
    expect(mock.snapshot()).toEqual(before)
    expect(mock.journal.at(-1)).toMatchObject({
      operationId: 'bulkCreateUser',
      verdict: { outcome: 'refused', reason: 'invalid', at: '/0/email', rule: 'type' },
    })
  })
})

describe('any other document', () => {
  const ORDERS = join(import.meta.dirname, '../../contract-tests/fixtures/orders.yaml')

  it('is served from its examples', async () => {
    const api = await readApi(ORDERS)
    await using own = await listen(createMock({ apis: [api] }), { port: 0 })
    expect(await send('/v2/stock/7', { headers: {} }, own)).toMatchObject({
      status: 200,
      body: { quantity: expect.any(Number) },
    })
    expect((await send('/v2/stock/0', { headers: {} }, own)).status).toBe(400)
    expect((await send('/v2/orders', { headers: {}, body: {} }, own)).status).toBe(401)
  })

  it('is served without what no reply can be', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-prism-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const any = { description: 'Any' }
    const text = { 'text/plain; charset=ž': { example: 'a' } }
    const document = {
      openapi: '3.1.0',
      info: { title: 'Odd', version: '1' },
      paths: {
        '/digits': { get: { responses: { 2000: any, 20: any, 3: any, 101: any } } },
        '/letter': { get: { responses: { 200: { ...any, content: text } } } },
      },
    }
    await writeFile(join(folder, 'odd.json'), JSON.stringify(document))
    await using own = await listen(createMock({ apis: [await readApi(join(folder, 'odd.json'))] }), { port: 0 })
    expect([(await send('/digits', {}, own)).status, (await send('/letter', {}, own)).status]).toEqual([200, 200])
  })

  it('has its requests read as over every transport', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-prism-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const responses = { 204: { description: 'Done' } }
    const form = { schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } }
    const ids = {
      name: 'id',
      in: 'query',
      schema: { anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'integer' } }] },
    }
    const paths = {
      '/größe': { get: { responses, parameters: [ids] } },
      '/forms': { post: { responses, requestBody: { content: { 'multipart/form-data': form } } } },
      '/bytes': { put: { responses, requestBody: { content: { 'image/png': {} } } } },
      '/secret': { get: { responses, security: [{ key: [] }] } },
    }
    const components = { securitySchemes: { key: { type: 'http', scheme: 'Bearer' } } }
    const servers = [{ url: '/v1' }, { url: '/v2' }]
    const document = { openapi: '3.1.0', info: { title: 'Own', version: '1' }, servers, paths, components }
    await writeFile(join(folder, 'own.json'), JSON.stringify(document))
    const own = createMock({ apis: [await readApi(join(folder, 'own.json'))] })
    await using byPrism = await listen(own, { port: 0 })
    await using plain = await listenPlainly(own, { port: 0 })

    const multipart = (n: string) => {
      const body = new FormData()
      body.append('n', n)
      body.append('file', new Blob([Uint8Array.of(0xff)]))
      return body
    }
    const bytes = (type: string) => ({ method: 'PUT', headers: { 'content-type': type }, body: Uint8Array.of(0xff) })
    const requests: readonly (readonly [path: string, init: RequestInit, status: number])[] = [
      ['/v1/größe?id=1', {}, 204],
      ['/v1/größe?id=1&id=2', {}, 204],
      ['/v1/größe?id=x', {}, 400],
      ['/v2/größe', {}, 204],
      ['/v3/größe', {}, 404],
      ['/v1/größe', { method: 'POST' }, 405],
      ['/v1/forms', { method: 'POST', body: multipart('1') }, 204],
      ['/v1/forms', { method: 'POST', body: multipart('x') }, 400],
      ['/v1/bytes', bytes('image/png'), 204],
      ['/v1/bytes', bytes('image/gif'), 415],
      ['/v1/secret', { headers: { authorization: 'bearer a' } }, 204],
      ['/v1/secret', {}, 401],
    ]
    for (const [path, init, status] of requests) {
      const answers = [plain, byPrism].map(async ({ url }) => {
        const response = await fetch(url + path, init)
        return [path, response.status, await response.text()]
      })
      const [first, second] = await Promise.all(answers)
      expect(first).toEqual([path, status, expect.any(String)])
      expect(second).toEqual(first)
    }
  })

  it('can be replaced while it serves: Prism reads the documents of the one that stands there now', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-prism-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const readOwn = async (path: string) => {
      const paths = { [path]: { get: { responses: { 204: { description: 'Nothing' } } } } }
      const document = { openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths }
      await writeFile(join(folder, 'own.json'), JSON.stringify(document))
      return createMock({ apis: [await readApi(join(folder, 'own.json'))] })
    }
    const held = createReplaceable(await readOwn('/before'))
    await using own = await listen(held.mock, { port: 0 })
    expect((await send('/before', {}, own)).status).toBe(204)
    held.replace(await readOwn('/after'))
    expect((await send('/after', {}, own)).status).toBe(204)
    expect((await send('/before', {}, own)).status).toBe(404)
  })

  it('in the place of an API is what Prism holds its replies against', async () => {
    const document = structuredClone((await readDocument(findShipped('royalti') as string)).document)
    const { paths = {} } = document
    paths['/user/'].get.responses['200'].content['application/json'].schema = {
      type: 'object',
      properties: { totalUsers: { type: 'string' } },
    }
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-prism-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'other.json'), JSON.stringify(document))
    const found: string[] = []
    await using own = await listen(createMock({ apis: [royalti] }), {
      port: 0,
      documents: { royalti: join(folder, 'other.json') },
      onViolation: (_, violated) => void found.push(...violated),
    })
    expect((await send('/user/', {}, own)).status).toBe(200)
    expect(found).toEqual(['body/totalUsers: Response body property totalUsers must be string'])
  })
})
