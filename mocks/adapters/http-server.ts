import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { escapeControl } from '../api/escape-control.ts'
import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { answerControl, CONTROL_PATH, type ControlGuard } from '../control/control.ts'
import type { ControlReply } from '../control/exchange.ts'
import { inspectionOf } from '../control/inspection.ts'
import { NOT_UTF8 } from '../engine/validate-call.ts'
import { type Answer, type Call, type Refusal, type Reply, refuse } from '../engine/vocabulary.ts'
import { Connections } from './connections.ts'
import { MAX_VALUES } from './count-values.ts'
import { toQuery } from './fetch.ts'
import { findAmbiguous } from './find-ambiguous.ts'
import { findUnsendable } from './find-unsendable.ts'
import { afterOthers, LONG } from './give-way.ts'
import { MAX_BODY_BYTES } from './limit-body.ts'
import { defaultMemory, SessionBudget } from './limit-memory.ts'
import { packageSources } from './package-sources.ts'
import { type BodyLimits, hasBody, isAnnouncedTooLarge, readBody } from './read-body.ts'
import { sendPieces, sendSlices } from './send-pieces.ts'
import { serveInspector } from './serve-inspector.ts'
import { type Serve, servePatiently } from './serve-patiently.ts'
import { Streams } from './streams.ts'
import { hasRoot, tellContents } from './tell-contents.ts'
import { tellFault } from './tell-fault.ts'
import { WithheldReplies } from './withhold-replies.ts'
import { writeAnswer } from './write-answer.ts'
import { isLongText, writeLongBody } from './write-long-body.ts'

export { MAX_BODY_BYTES }

// Imported, `node:http` loads all that its lazy members stand for: a client of fetch, TLS, HTTP/2, a third of the start.
const { createServer } = process.getBuiltinModule('node:http')

/** How long requests that have arrived are still answered after `close`, in milliseconds. */
const GRACE = 5000

/** In milliseconds. */
const CLIENT_TIMEOUT = 30_000

/** What was read as a state can be put back. */
const SNAPSHOT_VALUES = 40

/** Where and how a mock is served over HTTP. */
export interface ListenOptions {
  /** 0 takes a free port. Default: 4010. */
  readonly port?: number
  /** Default: 127.0.0.1. */
  readonly host?: string
  /** How long each answer of an API is held back, in milliseconds; asked for every answer that has no delay of its own. */
  readonly delay?: (answer: Answer) => number
  /** Who may use the control API where the host is not loopback, or everywhere once it is given. */
  readonly controlToken?: string
  /**
   * Whether the inspector's page is at `/__rollcall/`, and at `/` for a browser where no operation is; or the folder that it
   * was built into. Default: yes.
   */
  readonly inspector?: boolean | string
  /** Called once per answered request of an API, after it was written; `elapsed` in milliseconds. */
  readonly onAnswer?: (call: Call, answer: Answer, elapsed: number) => void
  /** How long requests that have arrived are still answered after `close`, in milliseconds. Default: 5,000. */
  readonly grace?: number
  /** How many bytes all sessions together may keep, about. Default: half of what the heap may have. */
  readonly maxMemory?: number
  /** How many bytes a body may have. Default: `MAX_BODY_BYTES`. */
  readonly maxBody?: number
  /** How long a client may take to send a request, and keep a connection idle, in milliseconds; 0: for ever. Default: 30,000. */
  readonly clientTimeout?: number
  /**
   * How many values a body may hold: items; a field is two, a member three, a part four. A snapshot may hold forty times as many.
   * Default: 300,000.
   */
  readonly maxValues?: number
  /** Told in one line of what no reply tells: a fault of the server, connections that were cut. Default: `console.warn`. */
  readonly warn?: (message: string) => void
}

/** A server that listens; `await using` closes it. */
export interface Listening extends AsyncDisposable {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /**
   * Takes no new connections, ends idle ones, answers what has arrived, and cuts the rest after the grace. Resolves when
   * the last connection is gone.
   */
  close(): Promise<void>
}

/** Whether only this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Serves a mock over HTTP. @throws Error when it is given no mock, and (code `EADDRINUSE`, ...) when the address cannot be had */
export async function listen(mock: Mock, options: ListenOptions = {}): Promise<Listening> {
  if (!mock?.serve) throw new Error('listen needs a mock')
  return listenBy((call, patience) => mock.serve(call, undefined, patience), mock, options)
}

/** The same server over another way to answer; what is refused before it is a call is answered by the mock. */
export function listenBy(own: Serve, mock: Mock, options: ListenOptions = {}): Promise<Listening> {
  const serve = servePatiently(own)
  const { port = 4010, host = '127.0.0.1', delay, controlToken, onAnswer, grace = GRACE, warn = console.warn } = options
  const { inspector = true } = options
  const { maxBody = MAX_BODY_BYTES, maxValues = MAX_VALUES, clientTimeout = CLIENT_TIMEOUT } = options
  const budget = new SessionBudget(
    mock,
    inspectionOf(mock, packageSources).snapshots,
    options.maxMemory ?? defaultMemory(),
    warn,
  )
  const limits: BodyLimits = { bytes: maxBody, values: maxValues }
  const controlLimits: BodyLimits = { bytes: maxBody, values: SNAPSHOT_VALUES * maxValues }
  const limitsOf = ({ url }: IncomingMessage) => (url?.startsWith(`${CONTROL_PATH}/`) ? controlLimits : limits)
  const guard: ControlGuard = {
    isLoopback: isLoopback(host),
    ...(controlToken !== undefined && { token: controlToken }),
  }
  const startedAt = performance.now()

  /** What no API answers: the control API, what is at `/` where no operation is, and a browser that asks what it may send. */
  const answerOurselves = (call: Call, refusal = call.bytes && NOT_UTF8): OwnReply => {
    const isOfPage = inspector !== false && (call.path === '/' || call.path.startsWith(CONTROL_PATH))
    const page = isOfPage
      ? serveInspector(call, mock.apis, typeof inspector === 'string' ? inspector : undefined)
      : undefined
    if (page) return page
    if (call.path === '/' && /^(?:GET|HEAD)$/.test(call.method) && !refusal && !hasRoot(mock.apis))
      return tellContents(mock.apis, inspector !== false)
    if (call.path === CONTROL_PATH || call.path.startsWith(`${CONTROL_PATH}/`)) {
      const uptime = Math.round(performance.now() - startedAt) / 1000
      return refusal
        ? controlRefusal(refusal)
        : withMemory(call, answerControl(mock, call, uptime, guard, packageSources))
    }
    if (call.method === 'OPTIONS' && call.headers?.['access-control-request-method'] !== undefined) {
      return { status: 204, headers: preflightHeaders(call) }
    }
    return undefined
  }

  /** What `health` tells is known here. */
  const withMemory = (call: Call, reply: OwnReply): OwnReply => {
    if (call.path !== `${CONTROL_PATH}/health` || !reply || reply instanceof Promise || reply.status !== 200)
      return reply
    return { ...reply, body: { ...Object(reply.body), memory: budget.use } }
  }

  /** No reply holds a text that is longer than what was sent: until something is, none is looked through for one. */
  let hasTakenLong = false

  const answer = (response: ServerResponse, call: Call, refusal?: Refusal): void => {
    budget.admit(call)
    hasTakenLong ||= isLongText(call.text)
    const began = onAnswer ? performance.now() : 0
    const reply = answerOurselves(call, refusal)
    if (reply) budget.note(call)
    if (reply instanceof Promise || reply?.stream || reply?.pieces) {
      void Promise.resolve(reply).then(
        (late) => attempt(response, () => answerControlled(response, late)),
        (error) => giveUp(response, error),
      )
      return
    }
    const finish = (answered: Answer) =>
      attempt(response, () => {
        // A document may have an example for what is no status: that is a fault to be told.
        const written = answered.reply.status === 0 ? withhold(answered) : write(response, answered, !reply)
        if (!reply) onAnswer?.(call, written, performance.now() - began)
      })
    const withhold = (answered: Answer): Answer => {
      const { refusal, api, operationId = '' } = answered
      if (refusal?.refused === 'timed-out') withheld.hold(response)
      else {
        // A browser sends by itself once more what was lost on a connection that it had used before: the order is for
        // that. Node's fetch does not, and says less of itself.
        if (api !== undefined && call.headers?.['sec-fetch-site'] && connections.isReused(response)) {
          mock.failNext({ api, operationId, drop: true }, call.headers[SESSION_HEADER])
        }
        withheld.drop(response)
      }
      return answered
    }
    // The connection keeps the process alive for as long as somebody waits.
    const takeBack = (answered: Answer) => {
      if (!reply) budget.note(call, answered)
      const isHeld = answered.refusal?.refused === 'timed-out'
      const time = reply || isHeld ? undefined : (answered.delay ?? delay?.(answered))
      if (time !== undefined) setTimeout(finish, time, answered).unref()
      else if (connections.isClosing || isLong(call.text)) afterOthers(() => finish(answered))
      else finish(answered)
      connections.leave(response)
    }
    const answered = reply ? { reply } : refusal ? mock.refuse(refusal, call) : serveSafely(serve, mock, call)
    // Waiting for what is there already would cost each answer a turn.
    if (answered instanceof Promise) {
      const settle = (late: Answer) => attempt(response, () => takeBack(late))
      answered.then(settle, (error) => giveUp(response, error))
    } else takeBack(answered)
  }

  const answerControlled = (response: ServerResponse, reply: ControlReply): void => {
    if (reply.stream) streams.open(response, reply, reply.stream)
    else if (reply.pieces) {
      const headers = { ...reply.headers, ...(endsConnection(response) && { connection: 'close' }) }
      sendPieces(response, reply.status, headers, reply.pieces).catch((error) => giveUp(response, error))
    } else write(response, { reply }, false)
    connections.leave(response)
  }

  /** Whatever is thrown over one request ends no other: it is answered with what was wrong. */
  const attempt = (response: ServerResponse, step: () => void): void => {
    try {
      step()
    } catch (error) {
      giveUp(response, error)
    }
  }

  const giveUp = (response: ServerResponse, error: unknown): void => {
    const { method, url = '' } = response.req
    const { path } = splitTarget(url)
    connections.leave(response)
    warn(escapeControl(`rollcall failed at ${method} ${path}: ${error}`))
    if (response.writableEnded) return
    if (response.headersSent) response.destroy()
    else write(response, faultAnswer(error), true)
  }

  /** A body that was not read to its end would be taken for the next request. */
  const endsConnection = (response: ServerResponse): boolean =>
    (!response.req.complete && hasBody(response.req)) || connections.endsWith(response)

  /** @returns the answer as it was written */
  const write = (response: ServerResponse, given: Answer, isShared: boolean): Answer => {
    const { req } = response
    const { answer, text, pieces } = prepare(given, hasTakenLong && req.method !== 'HEAD')
    const { status } = answer.reply
    const headers: SentHeaders = isShared ? sharedHeaders(answer.reply.headers) : { ...answer.reply.headers }
    const cookies = answer.reply.headers['set-cookie']
    if (cookies !== undefined) headers['set-cookie'] = cookies.split('\n')
    if (endsConnection(response)) headers['connection'] = 'close'
    if (pieces) {
      sendPieces(response, status, headers, pieces, LONG).catch((error) => giveUp(response, error))
      return answer
    }
    const length = text === undefined ? 0 : Buffer.byteLength(text)
    // A reply to HEAD has the length of what GET has, or none (RFC 9110, section 8.6).
    const hasLength = status !== 204 && status !== 304 && (req.method !== 'HEAD' || text !== undefined)
    if (hasLength) headers['content-length'] = length
    response.writeHead(status, headers)
    // As many bytes as characters: plain ASCII, which latin1 writes without encoding.
    const encoding = length === text?.length ? 'latin1' : 'utf8'
    if (isLong(text)) void sendSlices(response, typeof text === 'string' ? Buffer.from(text, encoding) : text)
    else response.end(text, encoding)
    return answer
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    connections.enter(response, () => {
      const ambiguous = findAmbiguous(request)
      if (ambiguous !== undefined) {
        // Nobody leaves here: what comes after it on this connection may be no request, and never begins.
        refuseAmbiguous(response, ambiguous)
        return
      }
      if (!hasBody(request)) attempt(response, () => answer(response, toCall(request)))
      else {
        readBody(request, limitsOf(request), (body) => {
          const take = () => {
            if (typeof body === 'string') answer(response, toCall(request, { text: body }))
            else if (body instanceof Uint8Array) answer(response, toCall(request, { bytes: body }))
            else answer(response, toCall(request), body)
          }
          if (typeof body === 'string' && isLong(body)) afterOthers(() => attempt(response, take))
          else attempt(response, take)
        })
      }
    })
  const times = {
    headersTimeout: clientTimeout,
    requestTimeout: clientTimeout,
    // How often is looked for requests that take too long.
    connectionsCheckingInterval: Math.min(Math.max(clientTimeout / 4, 50), 5000),
  }
  const server = createServer({ optimizeEmptyRequests: true, ...times }, handle)
  const connections = new Connections(server)
  const streams = new Streams()
  const withheld = new WithheldReplies()
  server.on('checkContinue', (request, response) => {
    if (!isAnnouncedTooLarge(request, limits)) response.writeContinue()
    handle(request, response)
  })
  server.on('connect', (_request, socket: Socket) => connections.refuse(socket, '400 Bad Request'))
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket: Socket) =>
    connections.refuse(socket, MALFORMED[code] ?? '400 Bad Request'),
  )
  // Node's own timeout of idle connections would announce itself in each reply.
  server.keepAliveTimeout = 0
  // Later than what says 408 to a request that is half sent.
  const idleTimeout = clientTimeout + 2 * times.connectionsCheckingInterval
  if (clientTimeout > 0) server.setTimeout(idleTimeout, (socket) => connections.endIdle(socket))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      // A connection that cannot be accepted, for want of file descriptors.
      server.on('error', ({ message }) => warn(`rollcall: ${message}`))
      let closing: Promise<void> | undefined
      const close = async () => {
        // Of a stream nobody waits for the end.
        streams.end()
        withheld.end()
        const cut = await connections.close(grace)
        if (cut > 0)
          warn(`rollcall: cut ${cut} connection${cut > 1 ? 's' : ''} whose replies took longer than ${grace} ms`)
      }
      resolve(listening(server, host, () => (closing ??= close())))
    })
  })
}

/** Of what is longer, reading, answering and writing are a turn each, between which others have theirs. */
const isLong = (text: string | Uint8Array | undefined): text is string | Uint8Array =>
  text !== undefined && text.length > LONG

type OwnReply = ControlReply | Promise<ControlReply> | undefined

/** What else than malformed a request may be, by the code of the error that Node makes of it. */
const MALFORMED: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Content Too Large',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/** A fault in the place of an answer. */
const faultAnswer = (cause: unknown): Answer => ({
  reply: tellFault(cause),
  refusal: { ...refuse('broken-reply', `rollcall failed: ${cause}`), cause },
})

/** An answer as it can be sent, with the text of its body, or its pieces: a fault where there is no way to write or to carry it. */
function prepare(answer: Answer, mayBeLong = false): Prepared {
  let what: unknown = findUnsendable(answer.reply)
  try {
    if (what === undefined) {
      const pieces = mayBeLong && !answer.written ? writeLongBody(answer.reply) : undefined
      return pieces ? { answer, pieces } : { answer, text: writeAnswer(answer) }
    }
  } catch (error) {
    // Half a gigabyte of rows is too long for one text.
    what = error
  }
  return prepare(faultAnswer(what))
}

interface Prepared {
  readonly answer: Answer
  readonly text?: ReturnType<typeof writeAnswer>
  readonly pieces?: Iterable<string>
}

/** A fault of ours costs one answer, not the server. */
function serveSafely(serve: ReturnType<typeof servePatiently>, mock: Mock, call: Call): Answer | Promise<Answer> {
  const fail = (cause: unknown) => mock.refuse({ ...refuse('broken-reply', `rollcall failed: ${cause}`), cause }, call)
  try {
    const answered = serve(call)
    return answered instanceof Promise ? answered.catch(fail) : answered
  } catch (cause) {
    return fail(cause)
  }
}

function listening(server: Server, host: string, close: () => Promise<void>): Listening {
  const { port } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `http://${name}:${port}`, port, close, [Symbol.asyncDispose]: close }
}

function toCall(request: IncomingMessage, body?: Pick<Call, 'text' | 'bytes'>): Call {
  const { path, search } = splitTarget(request.url ?? '/')
  return {
    method: request.method ?? 'GET',
    path,
    headers: request.headers as Record<string, string>,
    ...(search !== '' && { search, query: toQuery(search) }),
    ...body,
  }
}

/** The request target in origin form, or in the absolute form that proxies send (RFC 9112, section 3.2). */
function splitTarget(target: string): { path: string; search: string } {
  const origin = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/'
  const mark = origin.indexOf('?')
  return mark < 0 ? { path: origin, search: '' } : { path: origin.slice(0, mark), search: origin.slice(mark + 1) }
}

function refuseAmbiguous(response: ServerResponse, error: string): void {
  const body = JSON.stringify({ error })
  const headers = {
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  }
  response.writeHead(400, headers).end(body)
}

function controlRefusal({ refused, message }: Refusal): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { status: refused === 'body-too-large' ? 413 : 400, headers, body: { error: message } }
}

type SentHeaders = Record<string, string | number | string[]>

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
