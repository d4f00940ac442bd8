import { execFile } from 'node:child_process'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Contract } from '../../documents/contract/contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { serveJson } from '../fixtures/serve-json.ts'
import { serveOrders } from '../fixtures/serve-orders.ts'
import { createSend, type SendOptions } from '../suite/send-http.ts'
import { listCases, verify } from '../suite/verify.ts'
import type { CaseResult, RunResult } from '../suite/vocabulary.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function open(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serve = (listener: RequestListener): Promise<string> => open(createServer(listener))
/** Speaks for itself, once it was asked. */
const speak = (listener: (socket: Socket) => void): Promise<string> =>
  open(createSocketServer((socket) => void socket.on('data', () => listener(socket))))

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

/** Writes the beginning, and then a piece every 10 ms until nobody listens. */
function drip(socket: Socket, beginning: string, piece: string): void {
  socket.write(beginning)
  const timer = setInterval(() => socket.write(piece), 10)
  socket.once('close', () => clearInterval(timer))
}

/** One reading, which one case is about. */
const THING = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }
const document = documentOf(
  { type: 'object' },
  {},
  {
    '/thing': {
      get: {
        operationId: 'readThing',
        'x-role': 'subject',
        security: [],
        responses: { '200': { description: 'Found', content: { 'application/json': { schema: THING } } } },
      },
    },
  },
)

/** A run of every case. */
async function runAgainst(url: string, of: Contract, options: Partial<SendOptions> = {}): Promise<RunResult> {
  const plan = listCases({ document: of, seed: 's', tag: 'hostile1' })
  const send = createSend({ url, timeout: 300, waitBudget: 100, token: 'own-token', scheme: KEY, ...options })
  const run = await verify({ document: of, name: 'hostile', seed: 's', tag: 'hostile1', plan, send, url })
  expect(run.results.map((result) => result.case.id).sort()).toEqual(plan.cases.map(({ id }) => id).sort())
  expect(run.interrupted).toBeUndefined()
  return run
}

const KEY = { type: 'apiKey', in: 'header', name: 'X-Api-Key' } as const

/** What the only case of the reading broke. */
async function readingFrom(url: string, options: Partial<SendOptions> = {}): Promise<string[]> {
  const plan = listCases({ document, seed: 's', tag: 'hostile1', grep: 'readThing' })
  expect(plan.cases).toHaveLength(1)
  const send = createSend({ url, timeout: 300, waitBudget: 100, ...options })
  const { results, interrupted } = await verify({ document, name: 'hostile', plan, send, url })
  expect(interrupted).toBeUndefined()
  expect(results).toHaveLength(1)
  const [{ breaches, reason }] = results as [CaseResult]
  const told = breaches.map(({ rule, seen }) => `${rule.text}: ${seen}`)
  return reason === undefined || reason === 'a request was not answered' ? told : [reason, ...told]
}

const nested = (beginning: string, end: string, times = 6000) => `${beginning.repeat(times)}1${end.repeat(times)}`
const json = (response: ServerResponse, text: string | Buffer, headers = {}) =>
  void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text)
/** Writes for as long as somebody listens. */
function endless(response: ServerResponse, piece: Buffer): void {
  while (!response.destroyed && response.write(piece));
  if (!response.destroyed) response.once('drain', () => endless(response, piece))
}

describe('one finding is made of', () => {
  it.each<[what: string, text: string | Buffer, finding: RegExp]>([
    ['lists in lists', nested('[', ']'), /judged: it is nested more than 500 deep, so it was not judged further$/],
    ['100,000 lists in lists', nested('[', ']', 1e5), /judged: it is nested more than 500 deep, so it was not judged/],
    ['objects in objects', nested('{"id":', '}'), /judged: it is nested more than 500 deep, so it/],
    ['a million values', `[${'0,'.repeat(1e6)}0]`, /judged: it holds more than 500,000 values, so it/],
    ['nothing', '', /^the body is JSON: $/],
    ['bytes that are not UTF-8', Buffer.from('{"id":"\xe9"}', 'latin1'), /^JSON is in UTF-8 .*: bytes that are not$/],
    ['an id that no text can be made of', '{"id":{"toString":1}}', /^\/id must be string: {"toString":1}$/],
    ['JSON of 9 MB in one text', JSON.stringify(['x'.repeat(9e6)]), /^the body must be object: .{1,300}$/],
    ['an escape that clears the screen', '\u001b[2J\u001b[1;1H', /^the body is JSON: .\[2J.\[1;1H$/],
  ])('a body of %s', async (_, text, finding) => {
    const url = await serve((_, response) => json(response, text))
    expect(await readingFrom(url, { timeout: 5000 })).toEqual([expect.stringMatching(finding)])
  })

  const TOO_LARGE = /^every request is answered: the reply is larger than 10 MiB$/
  const LATE = /^every request is answered: no complete reply within 0.3 s$/
  const plain = Buffer.alloc(50e6, '[')
  const [bomb, zstd] = [gzipSync(plain), zstdCompressSync(plain)]
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
  const UNASKED = /answered: the reply's content-encoding is exi, which nobody asked for$/

  it.each<[what: string, finding: RegExp, listener: RequestListener]>([
    ['gzip that becomes 50 MB', TOO_LARGE, (_, response) => json(response, bomb, { 'content-encoding': 'gzip' })],
    ['brotli that becomes 50 MB', TOO_LARGE, (_, response) => json(response, brotli, { 'content-encoding': 'br' })],
    ['zstd that becomes 50 MB', TOO_LARGE, (_, response) => json(response, zstd, { 'content-encoding': 'zstd' })],
    ['a coding that nobody knows', UNASKED, (_, response) => json(response, '{}', { 'content-encoding': 'exi' })],
    ['a body without an end', TOO_LARGE, (_, response) => endless(response, Buffer.alloc(1e6, '['))],
    ['an announced 100 MB', TOO_LARGE, (_, response) => json(response, '[', { 'content-length': 1e8 })],
  ])('%s', async (_, finding, listener) => {
    expect(await readingFrom(await serve(listener), { timeout: 5000 })).toEqual([expect.stringMatching(finding)])
  })

  it.each<[what: string, finding: RegExp, listener: (socket: Socket) => void]>([
    ['a byte a moment', LATE, (socket) => drip(socket, `${OK}content-length: 999\r\n\r\n`, ' ')],
    ['a header without an end, slowly', LATE, (socket) => drip(socket, `${OK}x-long: `, 'x')],
    ['silence', LATE, () => {}],
    ['interim replies alone', LATE, (socket) => drip(socket, '', 'HTTP/1.1 102 Processing\r\n\r\n')],
    [
      'headers without an end',
      /answered: 127\.0\.0\.1:\d+: the reply's headers are larger than 16384 bytes$/,
      (socket) => void socket.write(OK + 'x-more: y\r\n'.repeat(1e5)),
    ],
    [
      'a reset in the middle of a body',
      /answered: the connection ended in the middle of the reply$/,
      (socket) => void socket.write(`${OK}content-length: 999\r\n\r\n{"id":`, () => socket.resetAndDestroy()),
    ],
    [
      'more than was announced',
      /the reply is not HTTP/,
      (socket) => void socket.end(`${OK}content-length: 5\r\n\r\n{"id":"x"}`),
    ],
    ['a status of four digits', /the reply is not HTTP/, (socket) => void socket.end(`HTTP/1.1 2000 Odd\r\n\r\n`)],
    [
      'a body without a type, in HTTP/1.0',
      /^content type is application\/json: no content type$/,
      (socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\n{"id":"x"}'),
    ],
    ['a reset', /answered: .*: the connection was closed before a reply came$/, (socket) => socket.resetAndDestroy()],
    ['what is not HTTP', /answered: .*: the reply is not HTTP\/1\.1/, (socket) => void socket.end('\u001b[2J\r\n\r\n')],
    [
      'an escape in a header',
      /answered: .*: the reply is not HTTP\/1\.1/,
      (socket) => void socket.end(`${OK}x: \u001b[2J\r\n\r\n`),
    ],
  ])('%s', async (_, finding, listener) => {
    expect(await readingFrom(await speak(listener))).toEqual([expect.stringMatching(finding)])
  })

  it('a status of 999', async () => {
    const url = await speak((socket) => void socket.end('HTTP/1.1 999 Odd\r\n\r\n'))
    expect(await readingFrom(url)).toEqual(['a plain request is accepted: 999 ', 'status is one of 200: 999'])
  })

  it.each(['/thing', 'elsewhere'])('a redirect to %s, which is not followed: no token goes there', async (to) => {
    const asked: string[] = []
    const elsewhere = await serve((request, response) => {
      asked.push(`elsewhere ${request.headers.authorization}`)
      response.end()
    })
    const url = await serve((request, response) => {
      asked.push(`${request.url}`)
      response.writeHead(307, { location: to === 'elsewhere' ? elsewhere : to }).end()
    })
    expect(await readingFrom(url, { token: 'own-token' })).toEqual([
      'a plain request is accepted: 307 ',
      'status is one of 200: 307',
    ])
    expect(asked).toEqual(['/thing'])
  })

  it('nothing that is wrong: a hundred thousand interim replies at once, trailers, a body in many small pieces', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1e5)
    const chunks = [...'{"id":"x"}'].map((char) => `1\r\n${char}\r\n`).join('')
    const reply = `${OK}trailer: x-sum\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\nx-sum: 7\r\n\r\n`
    expect(await readingFrom(await speak((socket) => void socket.write(interim + reply)), { timeout: 10_000 })).toEqual(
      [],
    )
  })

  it.each<[retryAfter: string, asked: number]>([
    ['0', 5],
    ['1', 1],
    ['0.03', 4],
    ['119', 1],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 1],
    ['soon', 1],
  ])('429 with Retry-After: %s on each request, which then is the reply', async (retryAfter, times) => {
    let asked = 0
    const url = await serve((_, response) => {
      asked++
      response.writeHead(429, { 'retry-after': retryAfter }).end()
    })
    const began = performance.now()
    expect(await readingFrom(url)).toEqual([
      `a valid request was refused, and the document does not say why: 429 with Retry-After: ${retryAfter} `,
    ])
    expect(asked).toBe(times)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('a run of a whole document ends, with a result for every case', () => {
  it.each<[what: string, listener: RequestListener]>([
    ['answers everything with 6,000 lists in lists', (_, response) => json(response, nested('[', ']'))],
    ['answers everything with a text', (_, response) => json(response, '"text"')],
    ['answers everything with null', (_, response) => json(response, 'null')],
    [
      'asks everybody to come back in two minutes',
      (_, response) => void response.writeHead(503, { 'retry-after': '119' }).end(),
    ],
    ['resets everything', ({ socket }) => void socket.resetAndDestroy()],
  ])('when the target %s', async (_, listener) => {
    const { document: orders } = await ordersDocument()
    expectNoStack(await runAgainst(await serve(listener), orders))
  })

  it.each<[what: string, json: string]>([
    ['half a character', '"\\ud800"'],
    ['what no text can be made of', '{"toString":1}'],
    ['a prototype', '{"__proto__":1}'],
    ['a list', '[["a"]]'],
    ['empty', '""'],
    ['a way up', '".."'],
    ['another way up', '"../../users"'],
    ['a control character', '"\\u0000"'],
    ['larger than a number can say', '12345678901234567890'],
    ['larger than a number can be', '1e400'],
    ['of half a million characters', `"${'x'.repeat(5e5)}"`],
    ['nested', nested('[', ']')],
  ])('when the ids of what was created are %s', async (_, id) => {
    const { document: orders } = await ordersDocument()
    const deleted: string[] = []
    await using server = await serveJson(({ method, path, headers, body }) => {
      if (method === 'DELETE') deleted.push(path)
      if (method === 'POST' && headers['x-api-key'] === 'own-token' && body) {
        return { status: 201, body: { state: 'open', placedAt: '2026-01-31T12:00:00Z', ...body, id: '$id' } }
      }
      return path === '/orders' ? { status: 200, body: { orders: [], total: 0 } } : { status: 404, body: NOT_FOUND }
    })
    const spoil = (text: string) => text.replace('"$id"', id)
    const run = await runThrough(server.url, orders, spoil)
    expectNoStack(run)
    expect(JSON.stringify(run.leftovers).length).toBeLessThan(run.leftovers.length * 3000 + 3)
    expect(deleted.filter((path) => !/^\/orders\/[^/]+$/.test(path))).toEqual([])
  })

  const NOT_FOUND = { trace: null, errors: [{ code: 'not_found', detail: 'There is no such order.' }] }
})

async function ordersDocument() {
  await using server = await serveOrders()
  return { document: server.document }
}

/** The same over a server in between, which changes the texts of replies. */
async function runThrough(target: string, of: Contract, spoil: (text: string) => string): Promise<RunResult> {
  const forward = createSend({ url: target })
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => !/^(?:host|connection|content-length|accept-encoding)$/.test(name),
      ),
    ) as Record<string, string>
    const asked = {
      operationId: '',
      method: request.method ?? '',
      path: request.url ?? '',
      headers,
      ...(body && { body }),
    }
    const reply = await forward(asked, new AbortController().signal)
    const { 'content-length': _, connection: __, 'transfer-encoding': ___, ...kept } = reply.headers
    response.writeHead(reply.status, kept).end(spoil(reply.text))
  })
  return runAgainst(url, of, { timeout: 5000 })
}

/** Nothing that a target did is shown as where in our code it was met. */
function expectNoStack({ results }: RunResult): void {
  const shown = results.flatMap(({ reason, breaches }) => [reason ?? '', ...breaches.map(({ seen }) => seen)])
  expect(shown.filter((text) => /\n\s+at /.test(text))).toEqual([])
}

describe('memory', () => {
  it('holds a run whose replies are far larger than it, all together', { timeout: 120_000 }, async () => {
    const script = new URL('../fixtures/verify-large-replies.ts', import.meta.url).pathname
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--max-old-space-size=96', script])
    const kept: Json = JSON.parse(stdout)
    expect(kept).toMatchObject({ failed: 100, lengths: [9_000_004, 1_000_014] })
    expect(kept.megabytes).toBeLessThan(80)
  })
})
