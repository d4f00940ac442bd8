import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { BEARER, type CredentialScheme, type Credentials, carry } from './send-http-credentials.ts'
import type { CaseReply, CaseRequest, Send } from './vocabulary.ts'

export interface SendOptions extends Credentials {
  /** The target's base URL; the requests' paths are put behind it. */
  readonly url: string
  /** Sent with every request; a case's own header of the same name wins. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How the credential travels; by operationId where operations differ. Default: as a bearer token. */
  readonly scheme?: CredentialScheme | ReadonlyMap<string, CredentialScheme> | undefined
  /** For one request, from its first byte to the last of its reply, in milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined
  /** How much of a reply's body is read, after decoding. Default: 10 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * How long a request that is on its way may still finish after an abort, in milliseconds: one that is cut off may have
   * created something whose id nobody knows then. Default: 5,000.
   */
  readonly grace?: number | undefined
  /** How long a 429 may make a request wait, in milliseconds. Default: 120,000. */
  readonly longestWait?: number | undefined
}

export type SendFailure = 'unreachable' | 'reset' | 'timeout' | 'too-large' | 'malformed' | 'aborted'

/** Nothing usable came back; the message says why, in one line. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly kind: SendFailure
  constructor(kind: SendFailure, message: string) {
    super(message)
    this.kind = kind
  }
}

const RETRIES = 4
const PROBE_TIMEOUT = 10_000

/** Sends over HTTP/1.1 with connections kept alive. Never follows a redirect: the reply itself is judged. */
export function createSend(options: SendOptions): Send {
  const {
    url,
    scheme = BEARER,
    timeout = 30_000,
    maxBytes = 10 * 1024 * 1024,
    longestWait = 120_000,
    grace = 5000,
  } = options
  const base = url.replace(/\/+$/, '')
  const fixed = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const exchange = createExchange(base, { timeout, maxBytes, grace })
  /** When the target wants to hear from us again: one 429 holds back all requests. */
  let quietUntil = 0

  return async (request, signal) => {
    const carried = carry(request.credentials ?? 'own', schemeOf(request, scheme), options)
    const path = carried.query
      ? `${request.path}${request.path.includes('?') ? '&' : '?'}${carried.query}`
      : request.path
    const headers = { ...fixed, ...carried.headers, ...request.headers }
    if (request.credentials !== undefined && request.credentials !== 'own') {
      // A credential given as a fixed header would make "no credentials" a lie.
      for (const name of credentialHeaders(schemeOf(request, scheme))) {
        if (!(name in carried.headers) && !(name in request.headers)) delete headers[name]
      }
    }
    for (let attempt = 0; ; attempt++) {
      await pause(quietUntil - Date.now(), signal)
      const reply = await exchange({ method: request.method, path, headers, body: request.body }, signal)
      const wait = reply.status === 429 && attempt < RETRIES ? waitOf(reply, attempt) : undefined
      if (wait === undefined || wait > longestWait) return reply
      quietUntil = Math.max(quietUntil, Date.now() + wait)
    }
  }
}

const schemeOf = (request: CaseRequest, scheme: NonNullable<SendOptions['scheme']>): CredentialScheme =>
  scheme instanceof Map ? (scheme.get(request.operationId) ?? BEARER) : (scheme as CredentialScheme)

function credentialHeaders(scheme: CredentialScheme): string[] {
  if (scheme.type === 'http') return ['authorization']
  return scheme.in === 'cookie' ? ['cookie'] : scheme.in === 'header' ? [scheme.name.toLowerCase()] : []
}

/** Milliseconds; `Retry-After` is seconds or a date (RFC 9110, section 10.2.3). */
function waitOf({ headers }: CaseReply, attempt: number): number {
  const text = headers['retry-after']?.trim()
  if (text && /^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = text ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? 1000 * 2 ** attempt : Math.max(0, date - Date.now())
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(new SendError('aborted', 'the run was broken off'))
  if (milliseconds <= 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new SendError('aborted', 'the run was broken off'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** Whether anything that speaks HTTP answers there. @throws SendError, in one line, when not */
export async function probe(url: string, { timeout = PROBE_TIMEOUT }: { timeout?: number } = {}): Promise<void> {
  const exchange = createExchange(url.replace(/\/+$/, ''), { timeout, maxBytes: 0, headOnly: true })
  await exchange({ method: 'GET', path: '', headers: {}, body: undefined }, new AbortController().signal)
}

interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

interface Limits {
  readonly timeout: number
  readonly maxBytes: number
  readonly grace?: number
  /** The body is not wanted. */
  readonly headOnly?: boolean
}

type Exchange = (outgoing: Outgoing, signal: AbortSignal) => Promise<CaseReply>

function createExchange(base: string, limits: Limits): Exchange {
  const target = new URL(base)
  const isSecure = target.protocol === 'https:'
  const settings = { keepAlive: !limits.headOnly, maxSockets: 64 }
  const agent = isSecure ? new HttpsAgent(settings) : new HttpAgent(settings)
  const place = {
    protocol: target.protocol,
    // Node wants an IPv6 address without its brackets.
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    agent,
  }
  const prefix = target.pathname === '/' ? '' : target.pathname
  const start = isSecure ? requestHttps : requestHttp

  const once = (outgoing: Outgoing, signal: AbortSignal) =>
    new Promise<CaseReply>((resolve, reject) => {
      const began = performance.now()
      const headers: Record<string, string> = { 'user-agent': 'rollcall', accept: '*/*', ...outgoing.headers }
      headers['accept-encoding'] ??= 'gzip'
      if (outgoing.body !== undefined) headers['content-length'] = String(Buffer.byteLength(outgoing.body))
      let outgoingRequest: ClientRequest | undefined
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        clearTimeout(grace)
        signal.removeEventListener('abort', abort)
        finish()
      }
      const fail = (error: Error) => {
        settle(() => reject(error))
        outgoingRequest?.destroy()
      }
      let grace: NodeJS.Timeout | undefined
      const abort = () => {
        grace = setTimeout(() => fail(new SendError('aborted', 'the run was broken off')), limits.grace ?? 0)
      }
      const timer = setTimeout(
        () => fail(new SendError('timeout', `no complete reply within ${limits.timeout / 1000} s`)),
        limits.timeout,
      )
      signal.addEventListener('abort', abort, { once: true })
      try {
        outgoingRequest = start({ ...place, method: outgoing.method, path: prefix + outgoing.path || '/', headers })
      } catch (error) {
        // What node:http refuses to put on the wire: a header's characters, a path's.
        return fail(new SendError('malformed', `the request cannot be sent: ${oneLine((error as Error).message)}`))
      }
      const current = outgoingRequest
      current.once('error', (error: NodeJS.ErrnoException) =>
        fail(Object.assign(explain(error, target.host), { isStale: current.reusedSocket && isReset(error) })),
      )
      current.once('response', (response) => {
        const replyHeaders = headersOf(response)
        const done = (text: string) =>
          settle(() =>
            resolve({
              status: response.statusCode as number,
              headers: replyHeaders,
              text,
              duration: performance.now() - began,
            }),
          )
        if (limits.headOnly) {
          done('')
          response.destroy()
        } else readBody(response, limits.maxBytes, done, fail)
      })
      current.end(outgoing.body)
    })

  return async (outgoing, signal) => {
    try {
      return await once(outgoing, signal)
    } catch (error) {
      // An idle connection that the server closed at the same moment: the request never arrived (RFC 9112, section 9.3.1).
      if (!(error as { isStale?: boolean }).isStale) throw error
      return once(outgoing, signal)
    }
  }
}

function headersOf(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

function readBody(
  response: IncomingMessage,
  maxBytes: number,
  done: (text: string) => void,
  fail: (error: Error) => void,
): void {
  const tooLarge = () => fail(new SendError('too-large', `the reply is larger than ${sizeOf(maxBytes)}`))
  if (Number(response.headers['content-length']) > maxBytes) {
    tooLarge()
    return
  }
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  const hasBody =
    response.statusCode !== 204 && response.statusCode !== 304 && response.headers['content-length'] !== '0'
  const decoder = hasBody ? DECODERS.get(encoding)?.() : undefined
  let source: Readable = response
  if (decoder) {
    decoder.once('error', () => fail(new SendError('malformed', `the reply's body is not valid ${encoding}`)))
    source = response.pipe(decoder)
  }
  const chunks: Buffer[] = []
  let size = 0
  source.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
    else tooLarge()
  })
  source.once('end', () => done(Buffer.concat(chunks).toString('utf8')))
  const broken = () => fail(new SendError('reset', 'the connection ended in the middle of the reply'))
  response.once('error', broken)
  response.once('aborted', broken)
}

const sizeOf = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MiB` : `${bytes} bytes`

const isReset = ({ code }: NodeJS.ErrnoException): boolean => code === 'ECONNRESET' || code === 'EPIPE'

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'the connection timed out',
}

function explain(error: NodeJS.ErrnoException, host: string): SendError {
  // Where a name has several addresses, each of them has an error of its own.
  const [first] = (error as { errors?: NodeJS.ErrnoException[] }).errors ?? []
  const code = error.code ?? first?.code ?? ''
  if (UNREACHABLE[code]) return new SendError('unreachable', `${host}: ${UNREACHABLE[code]}`)
  if (isReset(error)) return new SendError('reset', `${host}: the connection was closed before a reply came`)
  if (code.startsWith('HPE_'))
    return new SendError('malformed', `${host}: the reply is not HTTP/1.1 (${oneLine(error.message)})`)
  if (/CERT|SSL|TLS|SELF_SIGNED|VERIFY/i.test(code))
    return new SendError('unreachable', `${host}: TLS failed (${code})`)
  return new SendError('reset', `${host}: ${oneLine(error.message)}`)
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')
