import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Listening, listen, MAX_BODY_BYTES } from '../../../mocks/adapters/http-server.ts'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import { hostileWires, type Wire } from './hostile-bytes.ts'
import { hostileCalls, knownTexts } from './hostile-calls.ts'
import { FUZZ_TIMEOUT, fuzz, pack, readCorpus, share, unpack } from './keep-corpus.ts'
import { readReplies, type WireReply } from './read-replies.ts'
import { insist, insistOnCleanPrototypes, PATIENCE } from './stay-sound.ts'

const APIS = await Promise.all(Object.values(BUILT_IN).map((load) => load()))
const mock = createMock({ apis: APIS, warn: () => {} })
const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const HEAD = 'host: localhost\r\nauthorization: Bearer dyn_example\r\ncontent-type: application/json\r\n'
const BULK = `POST ${USERS}/bulk HTTP/1.1\r\n${HEAD}`

let server: Listening
let crash: unknown
const onCrash = (error: unknown) => void (crash ??= error)
beforeAll(async () => {
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash)
  server = await listen(mock, { port: 0 })
})
afterAll(async () => {
  await server.close()
  process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash)
})

function insistOnLife(): void {
  const error = crash
  crash = undefined
  insist(error === undefined, `the process would have crashed: ${error instanceof Error ? error.stack : error}`)
}

interface Heard {
  readonly bytes: string
  readonly isClosed: boolean
}

/** Long after a server that means to answer has answered: a request that is not whole has no reply. */
const QUIET = 60
/** On a busy machine the time may be over before the server, in the same process, had its turn. */
const TURNS = 20

/** Writes to a connection of its own and listens until the server closes it, or for a while after its last word. */
async function converse(packets: readonly Buffer[], isFramed: boolean): Promise<Heard> {
  const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true })
  const chunks: Buffer[] = []
  let isClosed = false
  let heardAt = performance.now()
  let turns = 0
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    heardAt = performance.now()
    turns = 0
  })
  // A reset is an end as well: the server may answer and hang up while we are still writing.
  socket.on('error', () => {})
  socket.on('end', () => (isClosed = true))
  socket.on('close', () => (isClosed = true))
  for (const packet of packets) {
    socket.write(packet)
    if (packets.length > 1) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  heardAt = performance.now()
  while (!isClosed && (turns < TURNS || performance.now() - heardAt < (isFramed ? 2 * PATIENCE : QUIET))) {
    turns++
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  socket.destroy()
  return { bytes: Buffer.concat(chunks).toString('latin1'), isClosed }
}

function packetsOf({ bytes, cuts }: Wire): Buffer[] {
  const buffer = Buffer.from(bytes, 'latin1')
  const at = [0, ...cuts.map((cut) => cut % (buffer.length + 1)).sort((a, b) => a - b), buffer.length]
  return at.slice(1).map((end, index) => buffer.subarray(at[index], end))
}

/** Sends what is there and holds the replies to what is true of every reply. */
async function sendSoundly(wire: Wire): Promise<WireReply[]> {
  const heard = await converse(packetsOf(wire), wire.isFramed)
  const replies = readReplies(heard.bytes, /HEAD/i.test(wire.bytes))
  if (wire.isFramed) {
    insist(heard.isClosed, 'the connection stays open although it was to be closed')
    insist(replies.length === 1, `${replies.length} replies to one request`)
  }
  for (const { status, body } of replies) {
    insist(
      status < 500 || /prefer|rollcall\.test|content-encoding/i.test(wire.bytes),
      `${status} was not ordered: ${body.slice(0, 300)}`,
    )
    insist(!/rollcall (?:broke|failed|could)/.test(body), `a fault of ours: ${body.slice(0, 300)}`)
  }
  return replies
}

async function insistOnGoodReply(): Promise<void> {
  const bytes = `${BULK}connection: close\r\nx-rollcall-session: good\r\ncontent-length: 2\r\n\r\n[{}]`.replace(
    ': 2\r',
    ': 4\r',
  )
  const [reply] = await sendSoundly({ bytes, isFramed: true, cuts: [] })
  insist(reply?.status === 201, `the next good request is answered ${reply?.status}`)
  mock.reset('good')
}

const EMPTY = JSON.stringify({ version: 2, apis: {}, outbox: [] })

/** All at once, each in its session; where nothing was accepted, nothing has changed. */
async function sendTogether(wires: readonly Wire[]): Promise<void> {
  const replies = await Promise.all(
    wires.map((wire, index) => sendSoundly({ ...wire, bytes: wire.bytes.replaceAll(SESSION, `session-${index}-`) })),
  )
  for (const [index, own] of replies.entries()) {
    const name = `session-${index}-`
    const state = JSON.stringify(mock.snapshot(name))
    mock.reset(name)
    // A reply that a reset took on its way may have been a good one.
    if (own.length === 0 || own.some(({ status }) => status < 300)) continue
    insist(state === EMPTY, `${own.map(({ status }) => status)} changed the state`)
  }
  await insistOnGoodReply()
  insistOnLife()
  insistOnCleanPrototypes()
}

/** Stands for a session of the connection's own. */
const SESSION = '<session>'
const calls = fc.oneof(
  ...APIS.map((api) => hostileCalls(api, knownTexts(api, api.examples[api.operations[0]?.id ?? '']), ['id'])),
)

describe('the corpus', () => {
  it.each(readCorpus('http-server'))('holds: %s', async (_, { bytes, isFramed }) => {
    await sendSoundly({ bytes: unpack(bytes), isFramed, cuts: [] })
    for (const name of ['state', 'journal', 'outbox']) {
      const get = `GET /__rollcall/${name} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`
      const [reply] = await sendSoundly({ bytes: get, isFramed: true, cuts: [] })
      expect(reply?.status, name).toBe(200)
    }
    mock.reset()
    await sendTogether([])
  })
})

describe('hostile bytes', () => {
  const AT_ONCE = 50

  it(
    'get well-formed replies or none, and the next good request is answered',
    async () => {
      const together = fc.array(hostileWires(calls, SESSION, 'dynamic'), { minLength: AT_ONCE, maxLength: AT_ONCE })
      await fuzz(Math.ceil(share(5) / AT_ONCE), together, sendTogether, (wires) =>
        wires.map(({ bytes, isFramed }) => ({ about: '', against: 'http-server', isFramed, bytes: pack(bytes) })),
      )
    },
    FUZZ_TIMEOUT,
  )
})

describe('a body that is not UTF-8', () => {
  it.each(['\xff', '\xc3\x28', '\xed\xa0\x80', '\xf8\x88\x80\x80\x80'])('is refused (%j)', async (noise) => {
    const text = `[{"metadata":{"a":"${noise}"}}]`
    const bytes = `${BULK}connection: close\r\ncontent-length: ${text.length}\r\n\r\n${text}`
    expect((await sendSoundly({ bytes, isFramed: true, cuts: [] }))[0]?.status).toBe(400)
  })
})

describe('a compressed body', () => {
  const send = (encoding: string, body: Uint8Array) => {
    const head = `${BULK}connection: close\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`
    return sendSoundly({ bytes: head + Buffer.from(body).toString('latin1'), isFramed: true, cuts: [] })
  }
  const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

  it.each([
    ['just over the limit', MAX_BODY_BYTES + 1],
    ['far over it', 110 * 1024 * 1024],
  ])('that grows %s is refused', async (_, size) => {
    const bomb = Buffer.alloc(size, ' ')
    expect((await send('gzip', gzipSync(bomb)))[0]?.status).toBe(413)
    expect((await send('br', brotliCompressSync(bomb, QUICKLY)))[0]?.status).toBe(413)
    await sendTogether([])
  })

  it.each([16_389, 32_768, 65_536])('that is a bomb and broken at its end is refused once (%i)', async (extra) => {
    const bomb = gzipSync(Buffer.alloc(4 * MAX_BODY_BYTES + extra, ' '))
    bomb[bomb.length - 8] = (bomb[bomb.length - 8] as number) ^ 0xff
    expect([400, 413]).toContain((await send('gzip', bomb))[0]?.status)
    await sendTogether([])
  })

  it.each([
    ['cut', gzipSync('[{}]').subarray(0, 15)],
    ['empty', new Uint8Array()],
    ['not one', Buffer.from('[{}]')],
    ['of a lone header', Buffer.from([0x1f, 0x8b])],
  ])('that is %s is refused', async (_, body) => {
    expect((await send('gzip', body))[0]?.status).toBe(400)
    await sendTogether([])
  })
})

describe('a reply that cannot be written', () => {
  it('costs an answer, not the server', async () => {
    // As JSON.stringify throws for more than half a gigabyte: 900,000 rows of Descope.
    const toJSON = () => {
      throw new RangeError('Invalid string length')
    }
    const headers = { 'content-type': 'application/json' }
    const own = await listen(
      { ...mock, serve: () => ({ reply: { status: 200, headers, body: { toJSON } } }) },
      { port: 0 },
    )
    onTestFinished(() => own.close())
    const reply = await fetch(`${own.url}/any`)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([500, 'application/problem+json'])
    expect(await reply.json()).toEqual({
      title: 'Internal Server Error',
      status: 500,
      detail: 'rollcall failed: RangeError: Invalid string length',
    })
    insistOnLife()
  })
})

describe('1,000 half-open connections', () => {
  it('keep nobody waiting, and are gone once the server is closed', async () => {
    const own = await listen(mock, { port: 0 })
    onTestFinished(() => own.close())
    const starts = [
      '',
      'P',
      BULK,
      `${BULK}content-length: 100\r\n\r\n[{`,
      `${BULK}transfer-encoding: chunked\r\n\r\n5\r\n[`,
    ]
    const sockets: Socket[] = []
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()))
    for (let number = 0; number < 1000; number++) {
      const socket = connect(own.port, '127.0.0.1').on('error', () => {})
      sockets.push(socket)
      if (number % 100 === 99) await once(socket, 'connect')
      socket.write(starts[number % starts.length] as string)
    }
    const began = performance.now()
    const reply = await fetch(`${own.url}${USERS}`, { headers: { authorization: 'Bearer dyn_example' } })
    expect(reply.status).toBe(200)
    expect(performance.now() - began).toBeLessThan(PATIENCE)
    const closed = Promise.all(sockets.map((socket) => socket.closed || once(socket.resume(), 'close')))
    await own.close()
    await closed
    insistOnLife()
  }, 30_000)
})
