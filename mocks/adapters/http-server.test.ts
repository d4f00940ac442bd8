import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, request as sendRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Mock } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import { dynamic } from '../dynamic.ts'
import type { Answer, Reply } from '../engine/vocabulary.ts'
import { royalti } from '../royalti.ts'
import { type Listening, type ListenOptions, listen, MAX_BODY_BYTES } from './http-server.ts'

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const USERS = `/api/v0/environments/${ENVIRONMENT}/users`
const BULK = `${USERS}/bulk`
const TOKEN = { authorization: 'Bearer dyn_example' }
const JSON_TOKEN = { ...TOKEN, 'content-type': 'application/json' }
const ROW = '[{"email":"ines@example.com"}]'

const mock = createMock({ apis: [dynamic, royalti] })
let server: Listening

beforeAll(async () => {
  server = await listen(mock, { port: 0 })
})
beforeEach(() => {
  mock.reset()
  mock.reset('other')
})
afterAll(() => server.close())

/** A server of the test's own, closed behind it. */
async function listenOnce(own: Mock = mock, options: ListenOptions = {}): Promise<Listening> {
  const listening = await listen(own, { port: 0, ...options })
  onTestFinished(() => listening.close())
  return listening
}

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly agent?: Agent
}

interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Undefined where there is no JSON. */
  readonly body: unknown
}

/** One request by Node's own client, on a connection of its own unless an agent is given. */
function send(sent: Sent = {}, { port } = server): Promise<Answered> {
  const { method = 'POST', path = BULK, headers = JSON_TOKEN, body, agent } = sent
  return new Promise((resolve, reject) => {
    const request = sendRequest({ port, method, path, headers, agent: agent ?? false }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const isJson = response.headers['content-type']?.startsWith('application/json')
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        body: isJson && text ? JSON.parse(text) : undefined,
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A bare connection, ended with the test. */
async function openSocket({ port } = server): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Writes a request as it stands and reads until the server ends the connection. */
async function sendRaw(text: string): Promise<string> {
  const socket = await openSocket()
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

const countUsers = async (session?: string): Promise<number> => {
  const headers = { ...TOKEN, ...(session !== undefined && { 'x-rollcall-session': session }) }
  return ((await send({ method: 'GET', path: USERS, headers })).body as { count: number }).count
}

it('listens for a mock alone', async () => {
  await expect(listen({ apis: [dynamic] } as never)).rejects.toThrow('listen needs a mock')
})

describe('an answer', () => {
  it('carries the reply as JSON, with its length', async () => {
    const { status, headers, text, body } = await send({ body: ROW })
    expect(status).toBe(201)
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
    })
    expect(body).toMatchObject({ created: [{ email: 'ines@example.com' }], total: 1 })
  })

  it('has its length in bytes, not in characters', async () => {
    const { headers, text } = await send({ body: '[{"firstName":"李雷 😀 José","alias":"𐐀"}]'.replace(' 😀', '') })
    expect(text).toContain('李雷 José')
    expect(Number(headers['content-length'])).toBeGreaterThan(text.length)
  })

  it('of 204 has neither body nor length', async () => {
    const { body } = await send({ body: ROW })
    const { id } = (body as { created: [{ id: string }] }).created[0]
    const { status, headers, text } = await send({ method: 'DELETE', path: `${USERS}/${id}`, headers: TOKEN })
    expect([status, text, headers['content-length'], headers['transfer-encoding']]).toEqual([
      204,
      '',
      undefined,
      undefined,
    ])
  })

  it('takes the query into account', async () => {
    await send({ body: ROW })
    const { body } = await send({ path: `${BULK}?upsert=true`, body: ROW })
    expect(body).toMatchObject({ updated: [{ email: 'ines@example.com' }] })
    const found = await send({ method: 'GET', path: `${USERS}?filter%5BfilterValue%5D=nobody`, headers: TOKEN })
    expect(found.body).toEqual({ count: 0, users: [] })
  })

  it('is reported once it is written', async () => {
    const reported: unknown[] = []
    const own = await listenOnce(mock, {
      onAnswer: (call, answer, elapsed) =>
        reported.push([call.method, call.path, answer.reply.status, answer.operationId, elapsed >= 0]),
    })
    await send({ body: ROW }, own)
    await send({ path: '/nowhere', body: ROW }, own)
    expect(reported).toEqual([
      ['POST', BULK, 201, 'bulkCreateUser', true],
      ['POST', '/nowhere', 404, undefined, true],
    ])
  })
})

describe('CORS', () => {
  it.each(['authorization,content-type,prefer,x-rollcall-session', undefined])(
    'lets a page of any origin send credentials, JSON, preferences and a session, asked for or not: %s',
    async (asked) => {
      const { status, headers, text } = await send({
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example.com',
          'access-control-request-method': 'POST',
          ...(asked && { 'access-control-request-headers': asked }),
        },
      })
      expect([status, text]).toEqual([204, ''])
      expect(headers['access-control-allow-origin']).toBe('*')
      expect(headers['access-control-allow-methods']?.split(', ')).toEqual(
        expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      )
      expect(headers['access-control-allow-headers']?.split(', ')).toEqual(
        expect.arrayContaining(['authorization', 'content-type', 'prefer', 'x-rollcall-session']),
      )
    },
  )

  it('needs no credentials for a preflight, and allows other headers that a client asks for', async () => {
    const { status, headers } = await send({
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'X-Trace-Id' },
    })
    expect(status).toBe(204)
    expect(headers['access-control-allow-headers']).toContain('x-trace-id')
  })

  it.each<{ what: string; sent: Sent; status: number }>([
    { what: 'a success', sent: { body: ROW }, status: 201 },
    { what: 'a refused body', sent: { body: '[]' }, status: 400 },
    { what: 'missing credentials', sent: { body: ROW, headers: {} }, status: 401 },
    { what: 'an unknown path', sent: { path: '/nowhere' }, status: 404 },
    { what: 'a wrong method', sent: { method: 'PUT', body: ROW }, status: 405 },
    { what: 'a body that is no text', sent: { body: new Uint8Array([0xff]) }, status: 400 },
  ])('shows $what ($status) to the page', async ({ sent, status }) => {
    const answered = await send({
      ...sent,
      headers: { origin: 'https://app.example.com', ...(sent.headers ?? JSON_TOKEN) },
    })
    expect([answered.status, answered.headers['access-control-allow-origin']]).toEqual([status, '*'])
  })

  it('tells the page by name of the headers that it may read, beside the type of the reply', async () => {
    const exposed = async (sent: Sent) => (await send(sent)).headers['access-control-expose-headers']
    expect(await exposed({ body: ROW, headers: JSON_TOKEN })).toBe(undefined)
    expect(await exposed({ method: 'PUT', body: ROW, headers: JSON_TOKEN })).toBe('allow')
    expect(await exposed({ body: ROW, headers: { ...JSON_TOKEN, prefer: 'code=429' } })).toBe('retry-after')
  })
})

describe('/__rollcall', () => {
  it('answers for its health, without credentials', async () => {
    const { status, headers, body } = await send({ method: 'GET', path: '/__rollcall/health', headers: {} })
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      apis: [{ name: 'dynamic' }, { name: 'royalti' }],
      uptime: expect.any(Number),
    })
  })

  it.each([
    { method: 'POST', path: '/__rollcall/health', status: 405, allow: 'GET' },
    { method: 'GET', path: '/__rollcall/nothing', status: 404, allow: undefined },
  ])('answers $status to $method $path', async ({ method, path, status, allow }) => {
    const answered = await send({ method, path, headers: {} })
    expect([answered.status, answered.headers['allow']]).toEqual([status, allow])
  })
})

describe('a refusal', () => {
  const at = (path: string, more: Sent = {}): Sent => ({ path, body: '{}', ...more })
  const plain = { ...TOKEN, 'content-type': 'text/plain' }

  it.each<{ what: string; sent: Sent; status: number; body: unknown }>([
    {
      what: 'an unknown path of Dynamic',
      sent: at('/api/v0/nothing'),
      status: 404,
      body: { error: 'Not Found', code: 'not_found' },
    },
    {
      what: 'an unknown path of Royalti',
      sent: at('/user/bulk/nothing'),
      status: 404,
      body: { success: false, error: { code: 'NOT_FOUND' } },
    },
    {
      what: 'an unknown path of nobody',
      sent: at('/nowhere'),
      status: 404,
      body: { error: 'no operation answers POST /nowhere' },
    },
    {
      what: 'a content type that Dynamic does not take',
      sent: at(BULK, { headers: plain }),
      status: 415,
      body: { error: 'content-type must be application/json, not text/plain' },
    },
    {
      what: 'a content type that Royalti does not take',
      sent: at('/user/bulk', { headers: plain }),
      status: 415,
      body: { success: false, error: { details: ['content-type must be application/json, not text/plain'] } },
    },
    {
      what: 'no content type',
      sent: at(BULK, { headers: TOKEN }),
      status: 415,
      body: { error: expect.stringMatching(/^content-type must be application\/json/) },
    },
    {
      what: 'broken JSON for Dynamic',
      sent: at(BULK, { body: '[{]' }),
      status: 400,
      body: { error: expect.stringMatching(/^body is not valid JSON/) },
    },
    {
      what: 'broken JSON for Royalti',
      sent: at('/user/bulk', { body: '[{]' }),
      status: 400,
      body: { success: false, error: { code: 'BAD_REQUEST' } },
    },
    { what: 'no body', sent: { path: BULK }, status: 400, body: { error: 'body is required' } },
    {
      what: 'bytes that are no UTF-8',
      sent: at(BULK, { body: Buffer.from('[{"alias":"Jos\xe9"}]', 'latin1') }),
      status: 400,
      body: { error: 'body is not valid UTF-8' },
    },
    {
      what: 'an unknown encoding',
      sent: at(BULK, { headers: { ...JSON_TOKEN, 'content-encoding': 'zstd' } }),
      status: 415,
      body: { error: expect.stringContaining('content-encoding must be one of gzip') },
    },
    {
      what: 'bytes that are not gzip',
      sent: at(BULK, { body: ROW, headers: { ...JSON_TOKEN, 'content-encoding': 'gzip' } }),
      status: 400,
      body: { error: 'body is not valid gzip' },
    },
    {
      what: 'gzip cut short',
      sent: at(BULK, { body: gzipSync(ROW).subarray(0, -9), headers: { ...JSON_TOKEN, 'content-encoding': 'gzip' } }),
      status: 400,
      body: { error: 'body is not valid gzip' },
    },
  ])('answers $status for $what', async ({ sent, status, body }) => {
    const answered = await send(sent)
    expect(answered).toMatchObject({ status, body })
    expect(await countUsers()).toBe(0)
  })

  it.each([
    { method: 'PUT', path: BULK, allow: 'DELETE, GET, POST' },
    { method: 'DELETE', path: USERS, allow: 'GET' },
    { method: 'PATCH', path: '/user/bulk/delete', allow: 'POST' },
    { method: 'OPTIONS', path: USERS, allow: 'GET' },
    { method: 'HEAD', path: USERS, allow: 'GET' },
  ])('answers 405 to $method $path, and names what is allowed: $allow', async ({ method, path, allow }) => {
    const { status, headers } = await send({ method, path, headers: TOKEN })
    expect([status, headers['allow']]).toEqual([405, allow])
  })

  it('leaves the connection to the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const own = await listenOnce()
    const ports = new Set<number | undefined>()
    agent.on('free', (socket: Socket) => ports.add(socket.localPort))
    const statuses: number[] = []
    for (const sent of [
      { body: '[{]' },
      { path: '/nowhere', body: ROW },
      { method: 'PUT', body: ROW },
      { body: new Uint8Array([0xff]) },
      { body: ROW, headers: {} },
      { body: ' '.repeat(MAX_BODY_BYTES + 1) },
      { body: ROW },
    ]) {
      statuses.push((await send({ ...sent, agent }, own)).status)
      // The agent takes the connection back a moment after the answer.
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(statuses).toEqual([400, 404, 405, 400, 401, 413, 201])
    expect(ports.size).toBe(1)
  })
})

describe('a reply that cannot be sent', () => {
  const reply = (more: Partial<Reply>): Answer => ({ reply: { status: 200, headers: {}, body: 'x', ...more } })
  const fault = () => {
    throw new Error('lost')
  }

  it.each<[what: string, serve: () => Answer, detail: string]>([
    ['a status of four digits', () => reply({ status: 2000 }), 'the status 2000 ends no exchange'],
    ['a status that ends no exchange', () => reply({ status: 101 }), 'the status 101 ends no exchange'],
    [
      'a header beyond Latin-1',
      () => reply({ headers: { 'content-type': 'text/plain; charset=ž' } }),
      'the header content-type cannot be "text/plain; charset=ž"',
    ],
    [
      'a header of two lines in a reply without a body',
      () => reply({ status: 204, headers: { 'x-note': 'a\nb' } }),
      String.raw`the header x-note cannot be "a\nb"`,
    ],
    [
      'a length of its own',
      () => reply({ headers: { 'Content-Length': '0' } }),
      'the header Content-Length is for the server to set',
    ],
    [
      'a body that cannot be written',
      () => reply({ headers: { 'content-type': 'application/json' }, body: [1n] }),
      'TypeError: Do not know how to serialize a BigInt',
    ],
  ])('for %s is told as problem details, and the connection goes on', async (_, serve, detail) => {
    const answers: number[] = []
    const own = await listenOnce({ ...mock, serve }, { onAnswer: (__, answer) => answers.push(answer.reply.status) })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    for (let turn = 0; turn < 2; turn++) {
      const answered = await send({ method: 'GET', agent }, own)
      expect(answered).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } })
      expect(JSON.parse(answered.text)).toEqual({
        title: 'Internal Server Error',
        status: 500,
        detail: `rollcall failed: ${detail}`,
      })
    }
    expect(answers).toEqual([500, 500])
  })

  it('because something was thrown is shaped as its API refuses, and the mock keeps it in its journal', async () => {
    const own = await listenOnce({ ...mock, serve: fault })
    expect(await send({ body: ROW }, own)).toMatchObject({
      status: 500,
      body: { error: 'rollcall failed: Error: lost' },
    })
    expect(mock.journal.at(-1)).toMatchObject({ verdict: { reason: 'broken-reply' }, reply: { status: 500 } })
  })

  it.each<[what: string, own: Partial<Mock>, options: ListenOptions]>([
    ['the mock cannot even refuse', { serve: fault, refuse: fault }, {}],
    ['the control API has lost its state', { session: fault, serve: fault, refuse: fault }, {}],
    ['nobody knows how long to wait', {}, { delay: fault }],
  ])('because %s is told as problem details, and in a line', async (_, broken, options) => {
    const lines: string[] = []
    const own = await listenOnce({ ...mock, ...broken }, { ...options, warn: (line) => void lines.push(line) })
    expect(await send({ path: '/nowhere?token=secret', body: ROW }, own)).toMatchObject({
      status: 500,
      headers: { 'content-type': 'application/problem+json' },
    })
    expect(lines).toEqual(['rollcall failed at POST /nowhere: Error: lost'])
  })

  it('is no reason to cut one that was sent: what a listener throws is told in a line', async () => {
    const lines: string[] = []
    const own = await listenOnce(mock, { onAnswer: fault, warn: (line) => void lines.push(line) })
    expect(await send({ body: ROW }, own)).toMatchObject({ status: 201 })
    expect(lines).toEqual([`rollcall failed at POST ${BULK}: Error: lost`])
  })

  it.each([
    [204, undefined],
    [205, '0'],
    [304, undefined],
  ])('is one with a body and the status %i: it goes without', async (status, length) => {
    const own = await listenOnce({ ...mock, serve: () => reply({ status }) })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    for (let turn = 0; turn < 2; turn++) {
      const { text, headers, ...answered } = await send({ method: 'GET', agent }, own)
      expect([answered.status, text, headers['content-length']]).toEqual([status, '', length])
    }
  })

  it('is the body of a reply to HEAD: its length is', async () => {
    const own = await listenOnce({ ...mock, serve: () => reply({ body: 'four' }) })
    const { status, text, headers } = await send({ method: 'HEAD' }, own)
    expect([status, text, headers['content-length']]).toEqual([200, '', '4'])
  })
})

describe('a body', () => {
  it.each([
    ['texts of ASCII, none very long', 'x'],
    ['texts of more than ASCII', 'ü'],
    ['very long texts, which are written in pieces', 'ü😀'],
  ])(
    'that is long is read, answered and written in turns of their own, and its reply arrives whole: %s',
    async (_, letter) => {
      const rows = Array.from({ length: 20 }, (_row, at) => ({
        email: `long${at}@example.com`,
        metadata: { note: letter.repeat(60_000) },
      }))
      const { status, body, headers, text } = await send({ body: JSON.stringify(rows) })
      const length = letter.length > 1 ? undefined : `${Buffer.byteLength(text)}`
      expect([status, headers['content-length']]).toEqual([201, length])
      expect((body as { created: { metadata: object }[] }).created.map(({ metadata }) => metadata)).toEqual(
        rows.map(({ metadata }) => metadata),
      )
    },
  )

  const padded = (bytes: number) => {
    const text = Buffer.alloc(bytes, ' ')
    text.write(ROW.slice(0, -1))
    text.write(']', bytes - 1)
    return text
  }

  it.each<{ what: string; body: string | Uint8Array; headers?: Record<string, string> }>([
    { what: 'a byte order mark', body: `\uFEFF${ROW}` },
    { what: 'gzip', body: gzipSync(ROW), headers: { 'content-encoding': 'gzip' } },
    { what: 'GZIP in capitals', body: gzipSync(ROW), headers: { 'content-encoding': 'GZIP' } },
    { what: 'deflate', body: deflateSync(ROW), headers: { 'content-encoding': 'deflate' } },
    { what: 'brotli', body: brotliCompressSync(ROW), headers: { 'content-encoding': 'br' } },
    { what: 'the encoding identity', body: ROW, headers: { 'content-encoding': 'identity' } },
    { what: 'chunks', body: ROW, headers: { 'transfer-encoding': 'chunked' } },
    { what: 'a charset', body: ROW, headers: { 'content-type': 'application/json; charset=UTF-8' } },
    { what: 'exactly 25 MiB', body: padded(MAX_BODY_BYTES) },
  ])('is read with $what', async ({ body, headers }) => {
    const answered = await send({ body, headers: { ...JSON_TOKEN, ...headers } })
    expect(answered).toMatchObject({ status: 201, body: { created: [{ email: 'ines@example.com' }] } })
  })

  it.each<[what: string, body: string, type: string, status: number, options?: ListenOptions]>([
    ['300,001 values', `[${'0,'.repeat(300_000)}0]`, 'application/json', 413],
    ['300,000 values', `[${'0,'.repeat(299_998)}0]`, 'application/json', 400],
    ['100,001 members', `{${'"a":0,'.repeat(100_000)}"a":0}`, 'application/json', 413],
    ['100,000 members', `{${'"a":0,'.repeat(99_999)}"a":0}`, 'application/json', 400],
    ['more fields than it may have', 'a=1&'.repeat(5), 'application/x-www-form-urlencoded', 413, { maxValues: 8 }],
    ['as many values as are allowed', ROW, 'application/json', 201, { maxValues: 4 }],
    ['more values than are allowed', ROW, 'application/json', 413, { maxValues: 3 }],
    ['more bytes than are allowed', ROW, 'application/json', 413, { maxBody: ROW.length - 1 }],
    ['as many bytes as are allowed', ROW, 'application/json', 201, { maxBody: ROW.length }],
  ])('with %s is answered as it should be', async (_, body, type, status, options = {}) => {
    const own = await listenOnce(mock, options)
    expect((await send({ body, headers: { ...TOKEN, 'content-type': type } }, own)).status).toBe(status)
  })

  it('that is a snapshot may hold more', async () => {
    const own = await listenOnce(mock, { maxValues: 10 })
    const body = JSON.stringify({ apis: {}, outbox: [], note: Array(100).fill(0) })
    expect((await send({ method: 'PUT', path: '/__rollcall/state', body }, own)).status).toBe(204)
    expect((await send({ method: 'PUT', path: '/__rollcalls/state', body }, own)).status).toBe(413)
  })

  it('is put together from chunks that cut a character in two', async () => {
    const bytes = Buffer.from('[{"firstName":"李雷"}]')
    const cut = bytes.indexOf('雷') + 1
    const chunk = (part: Buffer) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
    const socket = await openSocket()
    const head = `POST ${BULK} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n`
    socket.write(Buffer.concat([Buffer.from(head), chunk(bytes.subarray(0, cut))]))
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.write(Buffer.concat([chunk(bytes.subarray(cut)), Buffer.from('0\r\n\r\n')]))
    let answer = ''
    for await (const part of socket.setEncoding('utf8')) answer += part
    expect(answer).toContain('HTTP/1.1 201')
    expect(answer).toContain('李雷')
  })

  it.each<{ what: string; sent: Sent; body: unknown }>([
    {
      what: 'one byte more than 25 MiB',
      sent: { body: padded(MAX_BODY_BYTES + 1) },
      body: { error: expect.any(String) },
    },
    {
      what: 'that much in chunks',
      sent: { body: padded(MAX_BODY_BYTES + 1), headers: { ...JSON_TOKEN, 'transfer-encoding': 'chunked' } },
      body: { error: 'body is larger than 26214400 bytes' },
    },
    {
      what: 'that much once it is unpacked',
      sent: { body: gzipSync(padded(MAX_BODY_BYTES + 1)), headers: { ...JSON_TOKEN, 'content-encoding': 'gzip' } },
      body: { error: 'body is larger than 26214400 bytes' },
    },
    {
      what: 'a bomb of 120 MiB in 1 kB',
      sent: {
        body: brotliCompressSync(Buffer.alloc(120 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
        headers: { ...JSON_TOKEN, 'content-encoding': 'br' },
      },
      body: { error: 'body is larger than 26214400 bytes' },
    },
    {
      what: 'that much, for Royalti',
      sent: { path: '/user/bulk', body: padded(MAX_BODY_BYTES + 1) },
      body: { success: false, error: { details: ['body is larger than 26214400 bytes'] } },
    },
  ])('is refused with 413, and the client sees it: $what', async ({ sent, body }) => {
    expect(await send(sent)).toMatchObject({ status: 413, body })
    expect(await countUsers()).toBe(0)
  })

  it('is refused by its announced length alone, when that is beyond reading', async () => {
    const head = `POST ${BULK} HTTP/1.1\r\nhost: x\r\ncontent-length: 10000000000\r\n\r\n`
    const answer = await sendRaw(head)
    expect(answer).toContain('HTTP/1.1 413')
    expect(answer.toLowerCase()).toContain('connection: close')
  })
})

describe('a request target', () => {
  const get = (target: string) =>
    sendRaw(`GET ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n`)

  it.each([
    { target: USERS, status: 200 },
    { target: `${USERS}?limit=1`, status: 200 },
    { target: `${USERS}?`, status: 200 },
    { target: `http://example.com${USERS}`, status: 200 },
    { target: `HTTPS://example.com:8443${USERS}?limit=1`, status: 200 },
    { target: `${USERS}?limit=0`, status: 400 },
    { target: `${USERS}/%zz`, status: 400 },
    { target: 'http://example.com', status: 200 },
    { target: 'http://example.com?limit=1', status: 404 },
    { target: '*', status: 400 },
    { target: `${USERS}/`, status: 404 },
    { target: `/${USERS}`, status: 404 },
    { target: '/__proto__/constructor', status: 404 },
  ])('$target is answered with $status', async ({ target, status }) => {
    expect((await get(target)).split('\r\n', 1)).toEqual([expect.stringContaining(`HTTP/1.1 ${status} `)])
  })
})

describe('a session', () => {
  it('has a state of its own', async () => {
    const inSession = (session: string) => ({ body: ROW, headers: { ...JSON_TOKEN, 'x-rollcall-session': session } })
    expect((await send({ body: ROW })).body).toMatchObject({ created: [{}] })
    expect((await send(inSession('other'))).body).toMatchObject({ created: [{}], failed: [] })
    expect((await send(inSession('other'))).body).toMatchObject({ created: [], failed: [{}] })
    mock.reset('other')
    expect([await countUsers(), await countUsers('other'), await countUsers('')]).toEqual([1, 0, 1])
  })

  it('is shared by the servers of one mock', async () => {
    const second = await listenOnce()
    expect(second.port).not.toBe(server.port)
    await send({ body: ROW })
    expect((await send({ body: ROW }, second)).body).toMatchObject({ failed: [{ code: 'email_already_exists' }] })
  })
})

describe('50 requests at once', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  afterAll(() => agent.destroy())
  const fifty = (rowOf: (index: number) => object) =>
    Promise.all(Array.from({ length: 50 }, (_, index) => send({ body: JSON.stringify([rowOf(index)]), agent })))

  it('with a row each leave 50 users with 50 ids', async () => {
    const answers = await fifty((index) => ({ email: `user-${index}@example.com` }))
    const ids = answers.map(({ body }) => (body as { created: { id: string }[] }).created[0]?.id)
    expect(new Set(ids).size).toBe(50)
    expect(await countUsers()).toBe(50)
  })

  it('with the same e-mail leave exactly one user', async () => {
    const answers = await fifty((index) => ({ email: index % 2 ? 'ines@example.com' : 'INES@example.com' }))
    const bodies = answers.map(({ body }) => body as { created: unknown[]; failed: { code: string }[] })
    expect(bodies.filter(({ created }) => created.length === 1)).toHaveLength(1)
    expect(bodies.filter(({ failed }) => failed[0]?.code === 'email_already_exists')).toHaveLength(49)
    expect(await countUsers()).toBe(1)
  })
})

describe('a client that leaves in the middle of its body', () => {
  it.each(['', 'content-encoding: gzip\r\n'])('changes nothing (%j)', async (encoding) => {
    const socket = await openSocket()
    socket.write(
      `POST ${BULK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${encoding}content-length: 900\r\n\r\n[{`,
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.destroy()
    expect(await send({ body: ROW })).toMatchObject({ status: 201 })
    expect(await countUsers()).toBe(1)
  })
})

describe('listen', () => {
  it('takes a free port for port 0, and tells the address', async () => {
    const { url, port } = await listenOnce()
    expect(port).toBeGreaterThan(0)
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect((await fetch(`${url}/__rollcall/health`)).status).toBe(200)
  })

  it('rejects with EADDRINUSE for a port that is taken', async () => {
    await expect(listen(mock, { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE', port: server.port })
    expect(await send({ body: ROW })).toMatchObject({ status: 201 })
  })

  it('closes within a second, although clients hang after nothing, half a head and half a body', async () => {
    const own = await listen(mock, { port: 0 })
    const head = `POST ${BULK} HTTP/1.1\r\nhost: x\r\n`
    for (const text of ['', head, `${head}content-length: 900\r\n\r\n[{`]) (await openSocket(own)).write(text)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const began = performance.now()
    await own.close()
    expect(performance.now() - began).toBeLessThan(1000)
    await expect(send({ body: ROW }, own)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('closes at once when every connection is idle, and may be closed twice', async () => {
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const own = await listen(mock, { port: 0 })
    await send({ body: ROW, agent }, own)
    await new Promise((resolve) => setImmediate(resolve))
    const began = performance.now()
    await own.close()
    expect(performance.now() - began).toBeLessThan(400)
    await own.close()
  })

  it('keeps an idle connection for as long as its client does', async () => {
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const { headers } = await send({ body: ROW, agent })
    expect([headers['connection'], headers['keep-alive']]).toEqual(['keep-alive', undefined])
  })

  it('closes at the end of the block that holds it with `await using`', async () => {
    let port = 0
    {
      await using own = await listen(mock, { port: 0 })
      port = own.port
      expect(await send({ body: ROW }, own)).toMatchObject({ status: 201 })
    }
    await expect(send({ body: ROW }, { port } as Listening)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('an order', () => {
  const list = (sent: Sent = {}, from = server) => send({ method: 'GET', path: USERS, headers: TOKEN, ...sent }, from)
  const order = (more: object) => mock.failNext({ api: 'dynamic', operationId: 'listUsers', ...more })

  it('to drop the connection ends it without a reply, as often as it says', async () => {
    order({ drop: true, times: 2 })
    await expect(list()).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(list()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await list()).status).toBe(200)
  })

  it('to drop it strikes a fetch of Node once, also on a connection that it has used before', async () => {
    const fetchList = () => fetch(server.url + USERS, { headers: TOKEN }).then(async (reply) => await reply.text())
    await fetchList()
    order({ drop: true })
    await expect(fetchList()).rejects.toThrow(TypeError)
    expect(await fetchList()).toContain('"count":0')
  })

  it('to drop it shows a client that speaks HTTP/1.0 nothing at all', async () => {
    order({ drop: true })
    expect(await sendRaw(`GET ${USERS} HTTP/1.0\r\nauthorization: Bearer dyn_example\r\n\r\n`)).toBe('')
  })

  it('to hold a call back does so, and no other', async () => {
    const timed = async () => {
      const began = performance.now()
      const { status } = await list()
      return [status, performance.now() - began >= 149]
    }
    order({ delay: 150 })
    order({ status: 503, delay: 150 })
    expect([await timed(), await timed(), await timed()]).toEqual([
      [200, true],
      [503, true],
      [200, false],
    ])
  })

  it('goes before the delay of the server', async () => {
    const slow = await listenOnce(mock, { delay: () => 60_000 })
    order({ status: 503, delay: 0 })
    expect((await list({}, slow)).status).toBe(503)
  })

  it('to time out gives no reply until the client goes; others are answered meanwhile', async () => {
    order({ timeout: true })
    const socket = await openSocket()
    let text = ''
    socket.on('data', (chunk) => (text += chunk))
    socket.write(`GET ${USERS} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer dyn_example\r\n\r\n`)
    await expect.poll(() => mock.journal.at(-1)?.verdict.reason).toBe('timed-out')
    expect((await list()).status).toBe(200)
    expect([text, socket.readyState]).toEqual(['', 'open'])
  })

  it('to time out keeps no server from its end', async () => {
    const own = await listenOnce()
    order({ timeout: true })
    const held = list({}, own)
    held.catch(() => undefined)
    await expect.poll(() => mock.journal.at(-1)?.verdict.reason).toBe('timed-out')
    const began = performance.now()
    await own.close()
    expect(performance.now() - began).toBeLessThan(2000)
    await expect(held).rejects.toThrow()
  })

  it('is told to who listens for answers, also where none is given', async () => {
    const told: unknown[] = []
    const own = await listenOnce(mock, {
      onAnswer: (_, { reply, refusal }) => told.push([reply.status, refusal?.message]),
    })
    order({ drop: true })
    await list({}, own).catch(() => undefined)
    expect(told).toEqual([[0, 'the connection was dropped, as ordered']])
  })
})

describe('a row that names no failure', () => {
  it('is told so in a header that pages of any origin may read', async () => {
    const { headers } = await send({ body: '[{"email":"email_exists@rollcall.test"}]' })
    expect(headers['x-rollcall-note']).toBe(
      'bulkCreateUser has no failure email_exists; the closest is email_already_exists',
    )
    expect(headers['access-control-expose-headers']).toContain('x-rollcall-note')
  })
})
