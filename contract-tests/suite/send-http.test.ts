import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import { schemesOf } from './list-schemes.ts'
import { EndedAtOnce, type SendFailure } from './send-error.ts'
import { createSend, probe, type SendOptions } from './send-http.ts'
import type { CaseRequest } from './vocabulary.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function open(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serve = (listener: RequestListener): Promise<string> => open(createServer(listener))
/** Speaks for itself on every connection. */
const speak = (listener: (socket: Socket) => void): Promise<string> =>
  open(
    createSocketServer((socket) => {
      socket.on('error', () => {})
      listener(socket)
    }),
  )

/** Writes the beginning, and then a piece every 10 ms until nobody listens. */
function drip(socket: Socket, beginning: string, piece: string): void {
  socket.write(beginning)
  const timer = setInterval(() => socket.write(piece), 10)
  socket.once('close', () => clearInterval(timer))
}

const GET: CaseRequest = { operationId: 'read', method: 'GET', path: '/things', headers: {} }
const never = new AbortController().signal
const sendTo = (url: string, options: Partial<SendOptions> = {}, request: CaseRequest = GET) =>
  createSend({ url, ...options })(request, never)

async function heardFrom(options: Partial<SendOptions>, request: Partial<CaseRequest>): Promise<IncomingMessage> {
  let heard: IncomingMessage | undefined
  const url = await serve((message, response) => {
    heard = message
    response.end()
  })
  await sendTo(url, options, { ...GET, ...request })
  return heard as IncomingMessage
}

describe('createSend', () => {
  it('sends the exact text below the base URL, and gives what came back', async () => {
    let seen: unknown
    const url = await serve((request, response) => {
      let text = ''
      request.on('data', (chunk) => (text += chunk))
      request.on('end', () => {
        seen = { method: request.method, url: request.url, text, type: request.headers['content-type'] }
        response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{"n":"é"}')
      })
    })
    const request = { ...GET, method: 'POST', path: '/a/b?c=%20', headers: { 'content-type': 'text/x' }, body: '{"é":' }
    const reply = await sendTo(`${url}/api/v0/`, {}, request)
    expect(seen).toEqual({ method: 'POST', url: '/api/v0/a/b?c=%20', text: '{"é":', type: 'text/x' })
    expect(reply).toMatchObject({ status: 201, text: '{"n":"é"}' })
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'set-cookie': 'a=1\nb=2' })
    expect(reply.duration).toBeGreaterThan(0)
  })

  it('uses one connection for requests in a row, and another when the server has closed that one', async () => {
    const ports = new Set<number | undefined>()
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('x')
    })
    const send = createSend({ url })
    for (let n = 0; n < 3; n++) await send(GET, never)
    expect(ports.size).toBe(1)
    for (const socket of sockets) socket.destroy()
    expect((await send(GET, never)).text).toBe('x')
    expect(ports.size).toBe(2)
  })

  it('never follows a redirect', async () => {
    const asked: string[] = []
    const url = await serve((request, response) => {
      asked.push(request.url as string)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect((await sendTo(url)).status).toBe(302)
    expect(asked).toEqual(['/things'])
  })

  it('decodes gzip, and reads no more than the limit of what it decodes to', async () => {
    const url = await serve((request, response) => {
      const text = request.url === '/bomb' ? 'x'.repeat(5_000_000) : 'hello'
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text))
    })
    expect((await sendTo(url)).text).toBe('hello')
    await expect(sendTo(url, { maxBytes: 1000 }, { ...GET, path: '/bomb' })).rejects.toMatchObject({
      kind: 'too-large',
    })
  })
})

describe('credentials', () => {
  const tokens = { token: 'own-1', badToken: 'bad-1', secondToken: 'second-1' }

  it.each<[credentials: NonNullable<CaseRequest['credentials']>, header: string | undefined]>([
    ['own', 'Bearer own-1'],
    ['none', undefined],
    ['other-scheme', `Basic ${Buffer.from('user:own-1').toString('base64')}`],
    ['bad', 'Bearer bad-1'],
    ['second', 'Bearer second-1'],
  ])('%s are sent as %s', async (credentials, header) => {
    expect((await heardFrom(tokens, { credentials })).headers.authorization).toBe(header)
  })

  it('"none" also leaves out a credential that was given as a header', async () => {
    const headers = { Authorization: 'Bearer fixed', 'X-Trace': '1' }
    expect((await heardFrom({ headers }, {})).headers.authorization).toBe('Bearer fixed')
    const { authorization, 'x-trace': trace } = (await heardFrom({ headers }, { credentials: 'none' })).headers
    expect({ authorization, trace }).toEqual({ authorization: undefined, trace: '1' })
  })

  it('that are needed together travel all, but for one that is left out, and one that was given is kept', async () => {
    const bearer = { type: 'http', scheme: 'Bearer' } as const
    const key = { type: 'apiKey', in: 'header', name: 'X-Api-Key' } as const
    const session = { type: 'apiKey', in: 'query', name: 'sid' } as const
    const scheme = new Map([['any', { together: [bearer, key, session], foreign: undefined }]])
    const heard = async (credentials: CaseRequest['credentials'], headers = {}) => {
      const request = { operationId: 'any', path: '/a', ...(credentials && { credentials }) }
      const { headers: sent, url } = await heardFrom({ ...tokens, scheme, headers }, request)
      return [sent.authorization, sent['x-api-key'], url]
    }
    expect(await heard('own')).toEqual(['Bearer own-1', 'own-1', '/a?sid=own-1'])
    expect(await heard('without header authorization')).toEqual([undefined, 'own-1', '/a?sid=own-1'])
    expect(await heard('without header x-api-key')).toEqual(['Bearer own-1', undefined, '/a?sid=own-1'])
    expect(await heard('without query sid')).toEqual(['Bearer own-1', 'own-1', '/a'])
    const given = { 'X-Api-Key': 'given' }
    expect(await heard('own', given)).toEqual(['Bearer own-1', 'given', '/a?sid=own-1'])
    expect(await heard('without header authorization', given)).toEqual([undefined, 'given', '/a?sid=own-1'])
    expect(await heard('without header x-api-key', given)).toEqual(['Bearer own-1', undefined, '/a?sid=own-1'])
    expect(await heard('none', given)).toEqual([undefined, undefined, '/a'])
  })

  it('travel as the document says, for each operation', async () => {
    const document = parseContract(
      `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a: { get: { operationId: a, security: [{ key: [] }], responses: {} } }
  /b: { get: { operationId: b, security: [{ query: [] }], responses: {} } }
  /c: { get: { operationId: c, security: [{ basic: [] }], responses: {} } }
  /d: { get: { operationId: d, security: [{ cookie: [] }], responses: {} } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key }
    query: { type: apiKey, in: query, name: api key }
    cookie: { type: apiKey, in: cookie, name: sid }
    basic: { type: http, scheme: basic }
`,
      'd.yaml',
    )
    const scheme = schemesOf(document)
    const heard = async (operationId: string, path: string) => {
      const { headers, url } = await heardFrom({ token: 'me:x', scheme }, { operationId, path })
      return { key: headers['x-api-key'], authorization: headers.authorization, cookie: headers.cookie, url }
    }
    expect(await heard('a', '/a')).toMatchObject({ key: 'me:x', authorization: undefined })
    expect(await heard('b', '/b?n=1')).toMatchObject({ url: '/b?n=1&api%20key=me%3Ax' })
    expect(await heard('c', '/c')).toMatchObject({ authorization: 'Basic bWU6eA==' })
    expect(await heard('d', '/d')).toMatchObject({ cookie: 'sid=me:x' })
  })

  it('are all that are needed together, none where none is asked for, and never a scheme that is declared as another', async () => {
    const document = parseContract(
      `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /both: { get: { operationId: both, security: [{ tls: [] }, { basic: [], key: [], sid: [], page: [] }], responses: {} } }
  /open: { get: { operationId: open, security: [], responses: {} } }
  /either: { get: { operationId: either, security: [{ token: [] }, { basic: [] }], responses: {} } }
components:
  securitySchemes:
    key: { type: apiKey, in: cookie, name: key }
    sid: { type: apiKey, in: cookie, name: sid }
    page: { type: apiKey, in: query, name: k }
    basic: { type: http, scheme: basic }
    token: { type: oauth2, flows: {} }
    tls: { type: mutualTLS }
`,
      'd.yaml',
    )
    const scheme = schemesOf(document)
    const heard = async (operationId: string) => {
      const path = `/${operationId}`
      const { headers, url } = await heardFrom({ token: 'me:x', scheme }, { operationId, path })
      return { authorization: headers.authorization, cookie: headers.cookie, url }
    }
    expect(await heard('both')).toEqual({
      authorization: 'Basic bWU6eA==',
      cookie: 'key=me:x; sid=me:x',
      url: '/both?k=me%3Ax',
    })
    expect(await heard('open')).toEqual({ url: '/open' })
    expect(await heard('either')).toEqual({ authorization: 'Bearer me:x', url: '/either' })
    expect([...scheme.values()].map(({ foreign }) => foreign)).toEqual(['Bearer', 'Basic', undefined])
  })
})

describe('a 429', () => {
  it('is waited out as Retry-After says, for all requests, and then tried again', async () => {
    let answered = 0
    const url = await serve((_, response) => {
      if (answered++ === 0) response.writeHead(429, { 'retry-after': '0.2' }).end()
      else response.end('done')
    })
    const began = performance.now()
    expect(await sendTo(url)).toMatchObject({ status: 200, text: 'done' })
    expect(performance.now() - began).toBeGreaterThan(190)
  })

  it('is the reply when the wait is too long, or when it comes again and again', async () => {
    let asked = 0
    const url = await serve((request, response) => {
      asked++
      response.writeHead(429, { 'retry-after': request.url === '/long' ? '3600' : '0' }).end('slow down')
    })
    expect((await sendTo(url, {}, { ...GET, path: '/long' })).status).toBe(429)
    expect(asked).toBe(1)
    expect((await sendTo(url)).status).toBe(429)
    expect(asked).toBe(6)
  })

  it('is the reply once a run has waited as long as it may in all', async () => {
    let asked = 0
    const url = await serve((_, response) => {
      asked++
      response.writeHead(429, { 'retry-after': '0.05' }).end()
    })
    const send = createSend({ url, waitBudget: 120 })
    for (let n = 0; n < 3; n++) expect((await send(GET, never)).status).toBe(429)
    expect(asked).toBe(5)
  })

  it('does not hold back an abort', async () => {
    const url = await serve((_, response) => void response.writeHead(429, { 'retry-after': '60' }).end())
    const controller = new AbortController()
    const sent = createSend({ url })(GET, controller.signal)
    setTimeout(() => controller.abort(), 50)
    await expect(sent).rejects.toMatchObject({ kind: 'aborted' })
  })
})

describe('a target that misbehaves', () => {
  const OK = 'HTTP/1.1 200 OK\r\n'
  it.each<[what: string, kind: SendFailure, message: RegExp, listener: (socket: Socket) => void]>([
    ['resets', 'reset', /closed before a reply came/, (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['hangs up', 'reset', /closed before a reply came/, (socket) => socket.once('data', () => socket.end())],
    ['stalls', 'timeout', /no complete reply within 0.3 s/, () => {}],
    [
      'stalls in the middle of a body',
      'timeout',
      /no complete reply/,
      (socket) => socket.once('data', () => socket.write(`${OK}content-length: 9\r\n\r\nabc`)),
    ],
    ['answers garbage', 'malformed', /not HTTP/, (socket) => socket.once('data', () => socket.end('\0\x01 what?\n\n'))],
    [
      'dies in the middle of a body',
      'reset',
      /in the middle of the reply/,
      (socket) => socket.once('data', () => socket.end(`${OK}content-length: 9\r\n\r\nabc`)),
    ],
    [
      'announces 100 MB',
      'too-large',
      /larger than 10 MiB/,
      (socket) => socket.once('data', () => socket.write(`${OK}content-length: 104857600\r\n\r\nabc`)),
    ],
    [
      'says gzip and is not',
      'malformed',
      /not valid gzip/,
      (socket) =>
        socket.once('data', () => socket.write(`${OK}content-encoding: gzip\r\ncontent-length: 9\r\n\r\nabcdefghi`)),
    ],
  ])('%s: %s, told in one line', async (_, kind, message, listener) => {
    const url = await speak(listener)
    const failure = await sendTo(url, { timeout: 300 }).catch((error) => error)
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) })
    expect(failure.message).not.toContain('\n')
  })

  it.each<[what: string, kind: SendFailure, message: RegExp, listener: (socket: Socket) => void]>([
    [
      'a byte a moment of a body',
      'timeout',
      /no complete reply/,
      (socket) => drip(socket, `${OK}content-length: 99999\r\n\r\n`, 'x'),
    ],
    ['a byte a moment of a header', 'timeout', /no complete reply/, (socket) => drip(socket, `${OK}x-long: `, 'x')],
    [
      'one interim reply after the other',
      'timeout',
      /no complete reply/,
      (socket) => drip(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n'),
    ],
    [
      'headers without an end',
      'too-large',
      /headers are larger than 16384 bytes/,
      (socket) => socket.write(OK + 'x-more: y\r\n'.repeat(4000)),
    ],
    [
      'trailers without an end',
      'too-large',
      /headers are larger/,
      (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\n0\r\n${'x-more: y\r\n'.repeat(4000)}`),
    ],
    [
      'a change of the protocol',
      'malformed',
      /101, which nobody asked for/,
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    [
      'two lengths',
      'malformed',
      /not HTTP/,
      (socket) => socket.write(`${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nabc`),
    ],
    [
      'a gzip that ends in the middle',
      'malformed',
      /not valid gzip/,
      (socket) =>
        socket.end(
          Buffer.concat([
            Buffer.from(`${OK}content-encoding: gzip\r\nconnection: close\r\n\r\n`),
            gzipSync('x'.repeat(1000)).subarray(0, 20),
          ]),
        ),
    ],
  ])('sends %s: %s', async (_, kind, message, listener) => {
    const url = await speak((socket) => void socket.once('data', () => listener(socket)))
    await expect(sendTo(url, { timeout: 300 })).rejects.toMatchObject({ kind, message })
  })

  it('breaks a kept connection off in the middle of a reply: what it has answered is not sent again', async () => {
    let asked = 0
    const url = await speak((socket) => {
      socket.on('data', () => {
        asked++
        if (asked === 1) return void socket.write(`${OK}content-length: 1\r\n\r\na`)
        socket.write(`${OK}content-length: 9\r\n\r\nabc`)
        setTimeout(() => socket.resetAndDestroy(), 50)
      })
    })
    const send = createSend({ url })
    await send(GET, never)
    await expect(send(GET, never)).rejects.toMatchObject({ kind: 'reset', message: /in the middle of the reply/ })
    expect(asked).toBe(2)
  })

  it('sends a body in ten thousand pieces, or bytes that are not UTF-8: both are read', async () => {
    const url = await speak((socket) => {
      socket.once('data', (heard) => {
        if (`${heard}`.includes('/latin')) return void socket.write(`${OK}content-length: 3\r\n\r\n"\xe9"`, 'latin1')
        socket.write(`${OK}transfer-encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(10_000)}0\r\n\r\n`)
      })
    })
    expect((await sendTo(url)).text).toBe('a'.repeat(10_000))
    expect(await sendTo(url, {}, { ...GET, path: '/latin' })).toMatchObject({ text: '"\ufffd"', isUtf8: false })
  })

  it('sends 100 MB without an end: reading stops at the limit', async () => {
    let written = 0
    const url = await serve((_, response) => {
      const chunk = 'x'.repeat(1024 * 1024)
      const more = () => {
        while (written < 100 && !response.destroyed) {
          written++
          if (!response.write(chunk)) return void response.once('drain', more)
        }
      }
      more()
    })
    await expect(sendTo(url)).rejects.toMatchObject({ kind: 'too-large' })
    expect(written).toBeLessThan(60)
  })

  it('is not there', async () => {
    const url = await serve(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    await expect(sendTo(url)).rejects.toMatchObject({ kind: 'unreachable', message: /connection refused/ })
  })

  it('is sent nothing after an abort, and left after the grace when it comes while it is waited for', async () => {
    let asked = 0
    const url = await serve(() => void asked++)
    await expect(createSend({ url })(GET, AbortSignal.abort())).rejects.toMatchObject({ kind: 'aborted' })
    expect(asked).toBe(0)
    const controller = new AbortController()
    const sent = createSend({ url, grace: 50 })(GET, controller.signal)
    setTimeout(() => controller.abort(), 50)
    await expect(sent).rejects.toMatchObject({ kind: 'aborted' })
  })

  it('is left at once where nobody waits for an end any more', async () => {
    const url = await serve(() => {})
    const controller = new AbortController()
    const sent = createSend({ url, grace: 60_000 })(GET, controller.signal)
    setTimeout(() => controller.abort(new EndedAtOnce()), 50)
    await expect(sent).rejects.toMatchObject({ kind: 'aborted' })
  })

  it('tells by HEAD of a body that does not come: neither its length nor its coding matters', async () => {
    const headers = { 'content-length': 1e9, 'content-encoding': 'gzip' }
    const url = await serve((_, response) => void response.writeHead(200, headers).end())
    expect(await sendTo(url, {}, { ...GET, method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('is heard out when the abort comes while it answers: what it created would be unknown', async () => {
    const controller = new AbortController()
    const url = await serve((_, response) => {
      controller.abort()
      setTimeout(() => response.end('created 7'), 50)
    })
    expect((await createSend({ url })(GET, controller.signal)).text).toBe('created 7')
  })

  it('is sent nothing when a header cannot be written', async () => {
    const url = await serve((_, response) => void response.end())
    const failure = sendTo(url, {}, { ...GET, headers: { 'x-name': 'a\nb' } })
    await expect(failure).rejects.toMatchObject({ kind: 'malformed', message: /cannot be sent/ })
  })
})

describe('probe', () => {
  it('is content with any status, and does not wait for the body', async () => {
    const url = await serve((_, response) => void response.writeHead(404, { 'content-length': 10 }).write('x'))
    await expect(probe(url)).resolves.toBeUndefined()
  })

  it('tells in one line what is wrong', async () => {
    await expect(probe('http://127.0.0.1:1')).rejects.toThrow('127.0.0.1:1: nothing listens there (connection refused)')
    await expect(probe(await speak(() => {}), { timeout: 100 })).rejects.toThrow('no complete reply within 0.1 s')
    await expect(probe('http://host.invalid')).rejects.toThrow(/^host\.invalid: .*host/)
  })
})
