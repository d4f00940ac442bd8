import { EventEmitter, once } from 'node:events'
import { Agent, type IncomingMessage, request as sendRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readReplies, type WireReply } from '../../contract-tests/proofs/fuzz/read-replies.ts'
import { createMock } from '../create-mock.ts'
import { dynamic } from '../dynamic.ts'
import type { Answer } from '../engine/vocabulary.ts'
import { type Listening, type ListenOptions, listenBy, MAX_BODY_BYTES } from './http-server.ts'
import type { Serve } from './serve-patiently.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const TOKEN = { authorization: 'Bearer dyn_example' }
const mock = createMock({ apis: [dynamic] })

interface Opened extends Listening {
  /** All that it warned of. */
  readonly warnings: string[]
  /** Waits until it has decided on so many requests. */
  decided(count: number): Promise<void>
}

/** A server of the test's own. */
async function open(options: ListenOptions = {}, serve: Serve = (call) => mock.serve(call)): Promise<Opened> {
  const warnings: string[] = []
  const decisions = new EventEmitter()
  let count = 0
  const server = await listenBy(
    (call, patience) => {
      count++
      decisions.emit('decided')
      return serve(call, patience)
    },
    mock,
    { port: 0, grace: 100, warn: (line) => void warnings.push(line), ...options },
  )
  onTestFinished(() => server.close())
  return {
    ...server,
    warnings,
    async decided(wanted) {
      while (count < wanted) await once(decisions, 'decided')
    },
  }
}

/** A bare connection that keeps all that it hears. */
class Line {
  heard = ''
  readonly socket: Socket
  readonly #closed: Promise<unknown>

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1')
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk: string) => {
      this.heard += chunk
    })
    this.#closed = new Promise((resolve) => this.socket.once('close', resolve))
    onTestFinished(() => void this.socket.destroy())
  }

  get replies(): WireReply[] {
    return readReplies(this.heard, /HEAD/.test(this.heard))
  }

  /** Waits for so many whole replies. */
  async statuses(count: number): Promise<number[]> {
    for (;;) {
      try {
        const statuses = this.replies.map(({ status }) => status)
        if (statuses.length >= count) return statuses
      } catch {
        // Half a reply.
      }
      await once(this.socket, 'data')
    }
  }

  async closed(): Promise<void> {
    await this.#closed
  }
}

async function dial({ port }: Listening, bytes = ''): Promise<Line> {
  const line = new Line(port)
  await once(line.socket, 'connect')
  line.socket.write(bytes)
  return line
}

const HEAD = 'host: localhost\r\nauthorization: Bearer dyn_example\r\n'
const get = (path = USERS, more = '', version = '1.1') => `GET ${path} HTTP/${version}\r\n${HEAD}${more}\r\n`
const post = (body: string, more = '') =>
  `POST ${USERS}/bulk HTTP/1.1\r\n${HEAD}content-type: application/json\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`

const connectionOf = ({ headers }: WireReply) => headers.get('connection')

describe('a client that takes its time', () => {
  const head = `POST ${USERS}/bulk HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-type: application/json\r\n`

  it.each([
    ['sends nothing', '', ''],
    ['never ends its headers', `GET ${USERS} HTTP/1.1\r\nhost: x\r\n`, 'HTTP/1.1 408'],
    ['never ends its body', `${head}content-length: 10\r\n\r\n[`, 'HTTP/1.1 408'],
    ['never ends its chunks', `${head}transfer-encoding: chunked\r\n\r\n1\r\n[\r\n`, 'HTTP/1.1 408'],
    ['keeps a connection idle', `GET ${USERS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\n\r\n`, 'HTTP/1.1 200'],
  ])('and %s is let go', async (_, bytes, heard) => {
    const server = await open({ clientTimeout: 100 })
    const line = new Line(server.port)
    line.socket.write(bytes)
    await line.closed()
    expect(line.heard.slice(0, heard.length)).toBe(heard)
  })

  it('is answered however long the answer takes', async () => {
    const server = await open({ clientTimeout: 100, delay: () => 400 })
    const line = new Line(server.port)
    line.socket.write(`GET ${USERS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n`)
    await line.closed()
    expect(line.heard).toMatch(/^HTTP\/1.1 200/)
  })
})

describe('a connection', () => {
  it.each([
    ['GET', USERS, 200],
    ['GET', '/nowhere', 404],
    ['HEAD', USERS, 405],
    ['DELETE', `${USERS}/6f2d1a30-0000-4000-8000-000000000000`, 404],
    ['OPTIONS', USERS, 405],
    ['GET', '/__rollcall/health', 200],
    ['POST', '/__rollcall/reset', 204],
  ])('is kept over any number of requests without a body: %s %s', async (method, path, status) => {
    const server = await open()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const ports = new Set<number | undefined>()
    for (let turn = 0; turn < 50; turn++) {
      const request = sendRequest({ port: server.port, method, path, headers: TOKEN, agent }).end()
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      ports.add(response.socket.localPort)
      expect(response.statusCode).toBe(status)
      await once(response.resume(), 'end')
      // The agent takes the connection back a moment after the answer.
      await wait(0)
    }
    expect(ports.size).toBe(1)
  })

  it('takes several requests before the first is answered, and gives the replies in their order', async () => {
    const server = await open({ delay: () => 5 })
    const all = [get(), get('/nowhere'), post('[{}]'), get(), post('['), get(USERS, 'connection: close\r\n')]
    const line = await dial(server, all.join(''))
    await line.closed()
    expect(line.replies.map(({ status }) => status)).toEqual([200, 404, 201, 200, 400, 200])
    // A request sees what the one before it did, though that one has a body that is yet to be read.
    const counts = line.replies.map(({ body }) => /"count":\d+/.exec(body)?.[0])
    expect([counts[0], counts[3]]).toEqual(['"count":0', '"count":1'])
    mock.reset()
  })

  it('takes hundreds of requests in one packet', async () => {
    const line = await dial(await open(), get().repeat(499) + get(USERS, 'connection: close\r\n'))
    await line.closed()
    expect(line.replies).toHaveLength(500)
  })

  it('ends where the client says so, and by default where it speaks HTTP/1.0', async () => {
    const server = await open()
    for (const bytes of [get(USERS, 'connection: close\r\n'), get(USERS, '', '1.0')]) {
      const line = await dial(server, bytes)
      await line.closed()
      expect(line.replies.map(connectionOf)).toEqual(['close'])
    }
  })

  it('is kept for a client of HTTP/1.0 that asks for it', async () => {
    const line = await dial(await open(), get(USERS, 'connection: keep-alive\r\n', '1.0'))
    await line.statuses(1)
    line.socket.write(get(USERS, '', '1.0'))
    await line.closed()
    expect(line.replies.map(connectionOf)).toEqual(['keep-alive', 'close'])
  })

  it('is kept after a body that was asked for with 100-continue', async () => {
    const line = await dial(await open(), post('[{}]', 'expect: 100-continue\r\n').replace('[{}]', ''))
    while (!line.heard.includes('HTTP/1.1 100 Continue\r\n\r\n')) await once(line.socket, 'data')
    line.socket.write('[{}]')
    expect(await line.statuses(1)).toEqual([201])
    line.socket.write(get(USERS))
    expect(await line.statuses(2)).toEqual([201, 200])
    mock.reset()
  })

  it('ends after a body that is not asked for, because it would be too large', async () => {
    const head = post('', 'expect: 100-continue\r\n').replace('length: 0', `length: ${MAX_BODY_BYTES + 1}`)
    const line = await dial(await open(), head)
    await line.closed()
    expect(line.heard).not.toContain(' 100 ')
    expect(line.replies).toMatchObject([{ status: 413 }])
    expect(line.replies.map(connectionOf)).toEqual(['close'])
  })

  it.each([
    ['in an encoding that nobody knows', 'content-encoding: zstd\r\n', 415],
    ['that is broken from its first byte', 'content-encoding: gzip\r\n', 400],
  ])('is kept after a long body %s, which the client may send to its end', async (_, header, status) => {
    const server = await open()
    const line = await dial(server, post(' '.repeat(8 * 1024 * 1024), header))
    expect(await line.statuses(1)).toEqual([status])
    line.socket.write(get())
    expect(await line.statuses(2)).toEqual([status, 200])
  })
})

describe('what is no request', () => {
  const chunked = `POST ${USERS}/bulk HTTP/1.1\r\n${HEAD}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`

  it.each([
    ['a line without a method', 'what?\r\n\r\n', 400],
    ['a header of 30,000 characters', get(USERS, `x: ${'x'.repeat(30_000)}\r\n`), 431],
    ['two lengths', post('[{}]', 'content-length: 5\r\n'), 400],
    ['a chunk without a length', `${chunked}4\r\n[{}]zz\r\n`, 400],
  ])('as %s, is refused behind the replies to the requests before it', async (_, bytes, status) => {
    const line = await dial(await open({ delay: () => 30 }), get() + get('/nowhere') + bytes)
    await line.closed()
    expect(line.replies.map((reply) => reply.status)).toEqual([200, 404, status])
    expect(line.replies.map(connectionOf)).toEqual(['keep-alive', 'keep-alive', 'close'])
    expect(mock.snapshot().apis).toEqual({})
  })
})

/** Longer than what the kernel takes in for a client that does not read. */
const LONG = 'x'.repeat(20 * 1024 * 1024)
const long = (): Answer => ({ reply: { status: 200, headers: { 'content-type': 'text/plain' }, body: LONG } })

describe('a server that closes', () => {
  it('writes the replies that are under way to their end, however slowly they are read', async () => {
    const server = await open({ grace: 20_000 }, long)
    const idle = await dial(server)
    const lines = await Promise.all(Array.from({ length: 3 }, () => dial(server)))
    for (const { socket } of lines) socket.pause().write(get())
    await server.decided(lines.length)
    const closed = server.close()
    // By then it has gone through its connections.
    await idle.closed()
    for (const { socket } of lines) socket.resume()
    await Promise.all(lines.map((line) => line.closed()))
    expect(lines.map(({ replies }) => replies.map(({ body }) => body.length))).toEqual(lines.map(() => [LONG.length]))
    await closed
    expect(server.warnings).toEqual([])
  })

  it('answers what is held back, and says that it is the last reply', async () => {
    const server = await open({ grace: 5000, delay: () => 100 })
    const line = await dial(server, get())
    await server.decided(1)
    await Promise.all([server.close(), line.closed()])
    expect(line.replies.map(({ status }) => status)).toEqual([200])
    expect(line.replies.map(connectionOf)).toEqual(['close'])
  })

  it('answers every request that came on a connection, and says so with the last', async () => {
    const server = await open({ grace: 5000, delay: () => 100 })
    const line = await dial(server, get() + post('[{}]') + get('/nowhere'))
    await server.decided(3)
    await Promise.all([server.close(), line.closed()])
    expect(line.replies.map(({ status }) => status)).toEqual([200, 201, 404])
    expect(line.replies.map(connectionOf)).toEqual(['keep-alive', 'keep-alive', 'close'])
    mock.reset()
  })

  it('answers what had arrived and was not read yet', async () => {
    const server = await open()
    const idle = await dial(server)
    const line = await dial(server, get())
    await line.statuses(1)
    const late = new Line(server.port)
    late.socket.write(get() + get('/nowhere'))
    await once(late.socket, 'connect')
    line.socket.write(get())
    await server.close()
    await Promise.all([idle, line, late].map((one) => one.closed()))
    expect([idle, line, late].map(({ replies }) => replies.length)).toEqual([0, 2, 2])
    expect([line, late].map(({ replies }) => replies.map(connectionOf))).toEqual([
      ['keep-alive', 'close'],
      ['keep-alive', 'close'],
    ])
  })

  it('takes no new connection, and ends idle ones at once', async () => {
    const release = new EventEmitter()
    const server = await open({ grace: 5000 }, async (call) => {
      if (call.path === '/slow') await once(release, 'release')
      return mock.serve(call)
    })
    const idle = await dial(server, get())
    await idle.statuses(1)
    const busy = await dial(server, get('/slow'))
    await server.decided(2)
    const closed = server.close()
    await idle.closed()
    const refused = connect(server.port, '127.0.0.1')
    expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
    expect(busy.heard).toBe('')
    release.emit('release')
    await Promise.all([closed, busy.closed()])
    expect(busy.replies).toHaveLength(1)
  })

  it('waits for a body that is still on its way', async () => {
    const server = await open({ grace: 5000 })
    const [head = '', body = ''] = post('[{}]').split(/(?<=\r\n\r\n)/)
    const idle = await dial(server)
    const line = await dial(server, head)
    const closed = server.close()
    await idle.closed()
    line.socket.write(body)
    await Promise.all([closed, line.closed()])
    expect(line.replies.map(({ status }) => status)).toEqual([201])
    mock.reset()
  })

  it('cuts what is left after the grace, and tells in one line how many', async () => {
    const server = await open({ grace: 150, delay: () => 60_000 })
    const lines = [await dial(server, get()), await dial(server, get() + get())]
    await server.decided(3)
    const began = performance.now()
    await server.close()
    expect(performance.now() - began).toBeLessThan(4000)
    await Promise.all(lines.map((line) => line.closed()))
    expect(lines.map(({ heard }) => heard)).toEqual(['', ''])
    expect(server.warnings).toEqual(['rollcall: cut 2 connections whose replies took longer than 150 ms'])
  })

  it('does so at the end of the block that holds it', async () => {
    let line: Line
    {
      await using server = await open({ grace: 5000, delay: () => 100 })
      line = await dial(server, get())
      await server.decided(1)
    }
    await line.closed()
    expect(line.replies.map(({ status }) => status)).toEqual([200])
  })
})
