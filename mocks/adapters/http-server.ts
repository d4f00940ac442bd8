import { isAscii, isUtf8 } from 'node:buffer'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable, Transform } from 'node:stream'
import { type Answer, type Call, type Refusal, type Reply, refuse } from '../engine/vocabulary.ts'
import { type Mock, SESSION_HEADER } from '../mock.ts'
import { answerControl, CONTROL_PATH, type ControlGuard } from './control.ts'
import { NOT_UTF8, toQuery } from './fetch.ts'
import { writeAnswer } from './write-answer.ts'

// Imported, `node:http` loads all that its lazy members stand for: a client of fetch, TLS, HTTP/2, a third of the start.
const { createServer } = process.getBuiltinModule('node:http')

/** 50 rows with 512 KB of metadata each are about 25 MiB. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024

/** A body too large is still read up to here: a client that is cut off while sending never sees the refusal. */
const MAX_DRAINED_BYTES = 4 * MAX_BODY_BYTES

/** How long open connections may still finish after `close`, in milliseconds. */
const CLOSING_GRACE = 500

export interface ListenOptions {
  /** 0 takes a free port. Default: 4010. */
  readonly port?: number
  /** Default: 127.0.0.1. */
  readonly host?: string
  /** How long each answer of an API is held back, in milliseconds; asked for every answer. */
  readonly delay?: () => number
  /** Who may use the control API where the host is not loopback, or everywhere once it is given. */
  readonly controlToken?: string
  /** Called once per answered request of an API, after it was written; `elapsed` in milliseconds. */
  readonly onAnswer?: (call: Call, answer: Answer, elapsed: number) => void
}

export interface Listening extends AsyncDisposable {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** Resolves when the last connection is gone, after half a second at the latest. */
  close(): Promise<void>
}

/** Whether only this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Serves a mock over HTTP. @throws Error (code `EADDRINUSE`, ...) when the address cannot be had */
export const listen = (mock: Mock, options: ListenOptions = {}): Promise<Listening> =>
  listenBy((call) => mock.serve(call), mock, options)

/** How a call of an API is answered. */
export type Serve = (call: Call) => Answer | Promise<Answer>

/** The same server over another way to answer; what is refused before it is a call is answered by the mock. */
export function listenBy(serve: Serve, mock: Mock, options: ListenOptions = {}): Promise<Listening> {
  const { port = 4010, host = '127.0.0.1', delay, controlToken, onAnswer } = options
  const guard: ControlGuard = {
    isLoopback: isLoopback(host),
    ...(controlToken !== undefined && { token: controlToken }),
  }
  const startedAt = performance.now()

  /** What no API answers: the control API, and a browser that asks what it may send. */
  const answerOurselves = (call: Call, refusal?: Refusal): Reply | undefined => {
    if (call.path === CONTROL_PATH || call.path.startsWith(`${CONTROL_PATH}/`)) {
      const uptime = Math.round(performance.now() - startedAt) / 1000
      return refusal ? controlRefusal(refusal) : answerControl(mock, call, uptime, guard)
    }
    if (call.method === 'OPTIONS' && call.headers?.['access-control-request-method'] !== undefined) {
      return { status: 204, headers: preflightHeaders(call) }
    }
    return undefined
  }

  const answer = (request: IncomingMessage, response: ServerResponse, call: Call, refusal?: Refusal): void => {
    const began = onAnswer ? performance.now() : 0
    const reply = answerOurselves(call, refusal)
    if (reply) {
      write(request, response, { reply }, { ...reply.headers })
      return
    }
    const finish = (answered: Answer) => {
      write(request, response, answered, sharedHeaders(answered.reply.headers))
      onAnswer?.(call, answered, performance.now() - began)
    }
    const giveBack = delay ? (answered: Answer) => void setTimeout(finish, delay(), answered) : finish
    const answered = refusal ? mock.refuse(refusal, call) : serveSafely(serve, mock, call)
    // Waiting for what is there already would cost each answer a turn.
    if (answered instanceof Promise) answered.then(giveBack)
    else giveBack(answered)
  }

  const server = createServer((request, response) => {
    const { headers } = request
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
      answer(request, response, toCall(request))
      return
    }
    readText(request, (text) => {
      if (typeof text === 'string') answer(request, response, toCall(request, text))
      else answer(request, response, toCall(request), text)
    })
  })
  // A client that sends its next request while the server gives up an idle connection sees ECONNRESET.
  server.keepAliveTimeout = 0
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(listening(server, host))
    })
  })
}

/** A fault of ours costs one answer, not the server. */
function serveSafely(serve: Serve, mock: Mock, call: Call): Answer | Promise<Answer> {
  const fail = (cause: unknown) => mock.refuse({ ...refuse('broken-reply', `rollcall failed: ${cause}`), cause }, call)
  try {
    const answered = serve(call)
    return answered instanceof Promise ? answered.catch(fail) : answered
  } catch (cause) {
    return fail(cause)
  }
}

function listening(server: Server, host: string): Listening {
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), CLOSING_GRACE).unref()
    })
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `http://${name}:${port}`, port, close, [Symbol.asyncDispose]: close }
}

function toCall(request: IncomingMessage, text?: string): Call {
  const { path, search } = splitTarget(request.url ?? '/')
  return {
    method: request.method ?? 'GET',
    path,
    headers: request.headers as Record<string, string>,
    ...(search !== '' && { query: toQuery(search) }),
    ...(text !== undefined && { text }),
  }
}

/** The request target in origin form, or in the absolute form that proxies send (RFC 9112, section 3.2). */
function splitTarget(target: string): { path: string; search: string } {
  const origin = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/'
  const mark = origin.indexOf('?')
  return mark < 0 ? { path: origin, search: '' } : { path: origin.slice(0, mark), search: origin.slice(mark + 1) }
}

const DECODERS = ['gzip', 'x-gzip', 'deflate', 'br']

function createDecoder(encoding: string): Transform | undefined {
  if (!DECODERS.includes(encoding)) return undefined
  // Loaded when the first body comes that is compressed.
  const { createBrotliDecompress, createGunzip, createInflate } = process.getBuiltinModule('node:zlib')
  if (encoding === 'br') return createBrotliDecompress()
  return encoding === 'deflate' ? createInflate() : createGunzip()
}

/** Reads a body to its end, then calls back once with its text, or with why there is none. */
function readText(request: IncomingMessage, done: (text: string | Refusal) => void): void {
  if (Number(request.headers['content-length']) > MAX_DRAINED_BYTES) {
    done(TOO_LARGE)
    return
  }
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding === 'identity') {
    collect(request, done)
    return
  }
  const decoder = createDecoder(encoding)
  if (!decoder) {
    const message = `content-encoding must be one of ${DECODERS.join(', ')}`
    done(refuse('unsupported-media-type', message, { at: 'header/content-encoding', rule: 'content-encoding' }))
    return
  }
  // A bomb may turn out to be broken as well, after it was refused for its size.
  let isDone = false
  const doneOnce = (text: string | Refusal) => {
    if (!isDone) done(text)
    isDone = true
  }
  decoder.once('error', () =>
    doneOnce(refuse('malformed-body', `body is not valid ${encoding}`, { at: '/', rule: 'content-encoding' })),
  )
  collect(request.pipe(decoder), doneOnce)
}

function collect(source: Readable, done: (text: string | Refusal) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () => done(size > MAX_BODY_BYTES ? TOO_LARGE : decode(chunks))
  source.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    else if (size > MAX_DRAINED_BYTES) {
      source.off('end', finish)
      source.pause()
      source.removeAllListeners('data')
      done(TOO_LARGE)
    }
  })
  source.once('end', finish)
}

const TOO_LARGE = refuse('body-too-large', `body is larger than ${MAX_BODY_BYTES} bytes`, { at: '/', rule: 'size' })

function decode(chunks: readonly Buffer[]): string | Refusal {
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  // Copied, not decoded: most bodies are plain ASCII.
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) return NOT_UTF8
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return bytes.toString('utf8', start)
}

function controlRefusal({ refused, message }: Refusal): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { status: refused === 'body-too-large' ? 413 : 400, headers, body: { error: message } }
}

type SentHeaders = Record<string, string | number>

/** The APIs are open to pages of any origin; credentials travel in Authorization, so `*` is enough. */
const SHARED = { 'access-control-allow-origin': '*' }

/** A page may read the type of a reply, and what it is told of by name (Fetch, "CORS-safelisted response-header name"). */
function sharedHeaders(headers: Reply['headers']): SentHeaders {
  let exposed = ''
  for (const name in headers) if (name !== 'content-type') exposed += exposed === '' ? name : `, ${name}`
  if (exposed === '') return { ...headers, ...SHARED }
  return { ...headers, ...SHARED, 'access-control-expose-headers': exposed }
}

const ALLOWED_HEADERS = ['authorization', 'content-type', 'prefer', SESSION_HEADER]

function preflightHeaders(call: Call): Record<string, string> {
  const asked = (call.headers?.['access-control-request-headers'] ?? '').toLowerCase().split(/\s*,\s*/)
  return {
    ...SHARED,
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': [...new Set([...ALLOWED_HEADERS, ...asked])].filter(Boolean).join(', '),
    'access-control-max-age': '600',
  }
}

/** @param headers of the reply and around it; the body's length is put there */
function write(request: IncomingMessage, response: ServerResponse, answer: Answer, headers: SentHeaders): void {
  const { status } = answer.reply
  let text: string | undefined
  try {
    text = writeAnswer(answer)
  } catch (error) {
    // Half a gigabyte of rows is too long for one text. Thrown from here it would end the process.
    const plain = { 'content-type': 'application/json; charset=utf-8' }
    const body = { error: `rollcall could not write its reply: ${(error as Error).message}` }
    write(request, response, { reply: { status: 500, headers: plain, body } }, { ...headers, ...plain })
    return
  }
  const length = text === undefined ? 0 : Buffer.byteLength(text)
  if (status !== 204) headers['content-length'] = length
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) headers['connection'] = 'close'
  response.writeHead(status, headers)
  // As many bytes as characters: plain ASCII, which latin1 writes without encoding.
  response.end(text, length === text?.length ? 'latin1' : 'utf8')
}
