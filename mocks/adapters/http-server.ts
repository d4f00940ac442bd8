import { isUtf8 } from 'node:buffer'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Answer } from '../engine/answer-call.ts'
import { type Call, type Refusal, type Reply, refuse } from '../engine/vocabulary.ts'
import { type Mock, SESSION_HEADER } from '../mock.ts'
import { answerControl, CONTROL_PATH } from './control.ts'
import { toQuery, writeBody } from './fetch.ts'

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
  /** Called once per answered request, after it was written; `elapsed` in milliseconds. */
  readonly onAnswer?: (call: Call, answer: Answer, elapsed: number) => void
}

export interface Listening extends AsyncDisposable {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** Resolves when the last connection is gone, after half a second at the latest. */
  close(): Promise<void>
}

/** Serves a mock over HTTP. @throws Error (code `EADDRINUSE`, ...) when the address cannot be had */
export function listen(
  mock: Mock,
  { port = 4010, host = '127.0.0.1', onAnswer }: ListenOptions = {},
): Promise<Listening> {
  const startedAt = performance.now()
  const server = createServer((request, response) => {
    const began = performance.now()
    takeCall(request).then(
      (taken) => {
        const { call } = taken
        if (isControl(call.path)) return write(request, response, answerControl(mock, call, startedAt), {})
        const isPreflight = call.method === 'OPTIONS' && call.headers?.['access-control-request-method'] !== undefined
        if (isPreflight) return write(request, response, { status: 204, headers: preflightHeaders(call) }, CORS)
        const answer: Answer = taken.refusal
          ? { reply: mock.refuse(taken.refusal, call.path), refusal: taken.refusal }
          : mock.serve(call)
        write(request, response, answer.reply, CORS)
        onAnswer?.(call, answer, performance.now() - began)
      },
      // The client went away while sending: there is nobody to answer.
      () => response.destroy(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(listening(server, host))
    })
  })
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

const isControl = (path: string): boolean => path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)

/** Reads a request into plain data. What cannot become a body comes as a refusal beside the call. */
async function takeCall(request: IncomingMessage): Promise<{ call: Call; refusal?: Refusal }> {
  const { path, search } = splitTarget(request.url ?? '/')
  const call: Call = {
    method: request.method ?? 'GET',
    path,
    headers: request.headers as Record<string, string>,
    ...(search && { query: toQuery(search) }),
  }
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  if (!hasBody) return { call }
  const text = await readText(request)
  return typeof text === 'string' ? { call: { ...call, text } } : { call, refusal: text }
}

/** The request target in origin form, or in the absolute form that proxies send (RFC 9112, section 3.2). */
function splitTarget(target: string): { path: string; search: string } {
  const origin = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/'
  const mark = origin.indexOf('?')
  return mark < 0 ? { path: origin, search: '' } : { path: origin.slice(0, mark), search: origin.slice(mark + 1) }
}

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

async function readText(request: IncomingMessage): Promise<string | Refusal> {
  const tooLarge = refuse('body-too-large', `body is larger than ${MAX_BODY_BYTES} bytes`, { at: '/', rule: 'size' })
  if (Number(request.headers['content-length']) > MAX_DRAINED_BYTES) return tooLarge
  const encoding = request.headers['content-encoding']?.toLowerCase()
  let source: AsyncIterable<Buffer> = request
  if (encoding && encoding !== 'identity') {
    const decoder = DECODERS[encoding as keyof typeof DECODERS]
    if (!decoder) {
      const known = Object.keys(DECODERS).join(', ')
      return refuse('unsupported-media-type', `content-encoding must be one of ${known}, not ${encoding}`, {
        at: 'header/content-encoding',
        rule: 'content-encoding',
      })
    }
    source = request.pipe(decoder())
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > MAX_DRAINED_BYTES) break
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    }
    if (size > MAX_BODY_BYTES) return tooLarge
  } catch (error) {
    if (source === request) throw error
    return refuse('malformed-body', `body is not valid ${encoding}`, { at: '/', rule: 'content-encoding' })
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  if (!isUtf8(bytes)) return refuse('malformed-body', 'body is not valid UTF-8', { at: '/', rule: 'encoding' })
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return bytes.toString('utf8', start)
}

/** The APIs are open to pages of any origin; credentials travel in Authorization, so `*` is enough. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after, allow' }
const ALLOWED_HEADERS = ['authorization', 'content-type', 'prefer', SESSION_HEADER]

function preflightHeaders(call: Call): Record<string, string> {
  const asked = (call.headers?.['access-control-request-headers'] ?? '').toLowerCase().split(/\s*,\s*/)
  return {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': [...new Set([...ALLOWED_HEADERS, ...asked])].filter(Boolean).join(', '),
    'access-control-max-age': '600',
  }
}

function write(request: IncomingMessage, response: ServerResponse, reply: Reply, extra: Record<string, string>): void {
  const text = writeBody(reply)
  const bytes = text === undefined ? 0 : Buffer.byteLength(text)
  const headers: Record<string, string | number> = { ...reply.headers, ...extra }
  if (reply.status !== 204) headers['content-length'] = bytes
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) headers['connection'] = 'close'
  response.writeHead(reply.status, headers)
  response.end(text)
}
