import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  maxHeaderSize,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { sizeOf } from './collect-bytes.ts'
import { brokenOff, readBody } from './read-body.ts'
import { EndedAtOnce, SendError } from './send-error.ts'
import type { CaseReply } from './vocabulary.ts'

/** A request with everything that goes out. */
interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/** What one request may take, in time and in bytes. */
export interface Limits {
  /** For one request, its second attempt included, in milliseconds. */
  readonly timeout: number
  /** Of a reply's body, after decoding. */
  readonly maxBytes: number
  /** How long what is on its way may still go on after an abort, in milliseconds. Default: not at all. */
  readonly grace?: number
  /** The body is not wanted. */
  readonly headOnly?: boolean
}

/** Sends one request. @throws SendError where no usable reply comes back; `aborted` when the signal says so */
export type Exchange = (outgoing: Outgoing, signal: AbortSignal) => Promise<CaseReply>

/** RFC 9110, section 9.2.2. */
export const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/** Milliseconds; servers wait for the next request for seconds. */
const LONGEST_IDLE = 1000

/** One request and its reply, over connections that are kept alive. */
export function createExchange(base: string, limits: Limits): Exchange {
  const target = new URL(base)
  const isSecure = target.protocol === 'https:'
  // A connection that was idle for long may be closed by the server just now, and a POST on it is sent once only.
  const settings = { keepAlive: !limits.headOnly, maxSockets: 64, timeout: LONGEST_IDLE }
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

  const once = (outgoing: Outgoing, signal: AbortSignal, deadline: number) =>
    new Promise<CaseReply>((resolve, reject) => {
      const began = performance.now()
      const headers: Record<string, string> = { 'user-agent': 'rollcall', accept: '*/*', ...outgoing.headers }
      headers['accept-encoding'] ??= 'gzip'
      if (outgoing.body !== undefined) headers['content-length'] = String(Buffer.byteLength(outgoing.body))
      let request: ClientRequest | undefined
      let hasReply = false
      let stopReading = () => {}
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        clearTimeout(grace)
        signal.removeEventListener('abort', abort)
        finish()
      }
      const fail = (error: Error) => {
        settle(() => reject(error))
        stopReading()
        request?.destroy()
      }
      let grace: NodeJS.Timeout | undefined
      const abort = () => {
        const wait = signal.reason instanceof EndedAtOnce ? 0 : (limits.grace ?? 0)
        grace = setTimeout(() => fail(new SendError('aborted', 'the run was broken off')), wait)
      }
      const timer = setTimeout(
        () => fail(new SendError('timeout', `no complete reply within ${limits.timeout / 1000} s`)),
        deadline - began,
      )
      signal.addEventListener('abort', abort, { once: true })
      try {
        request = start({ ...place, method: outgoing.method, path: prefix + outgoing.path || '/', headers })
      } catch (error) {
        // What node:http refuses to put on the wire: a header's characters, a path's.
        return fail(new SendError('malformed', `the request cannot be sent: ${oneLine((error as Error).message)}`))
      }
      const current = request
      // There may be several, and one that nobody listens to ends the process.
      current.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = !hasReply && current.reusedSocket && isReset(error)
        fail(hasReply && isReset(error) ? brokenOff() : Object.assign(explain(error, target.host), { isStale }))
      })
      // Without a listener nothing would come of a connection that is said to speak another protocol from now on.
      current.on('upgrade', (_, socket) => {
        socket.destroy()
        fail(new SendError('malformed', `${target.host}: the reply is 101, which nobody asked for`))
      })
      current.once('response', (response) => {
        hasReply = true
        const status = response.statusCode as number
        const replyHeaders = headersOf(response)
        const done = (body: Pick<CaseReply, 'text' | 'isUtf8'>) =>
          settle(() => resolve({ status, headers: replyHeaders, ...body, duration: performance.now() - began }))
        if (limits.headOnly) {
          done({ text: '' })
          response.on('error', () => {})
          response.destroy()
          return
        }
        stopReading = readBody(response, outgoing.method, limits.maxBytes, (failure, body) =>
          failure ? fail(failure) : done(body),
        )
      })
      current.end(outgoing.body)
    })

  return async (outgoing, signal) => {
    const deadline = performance.now() + limits.timeout
    try {
      return await once(outgoing, signal, deadline)
    } catch (error) {
      // An idle connection that the server closed at the same moment: most likely the request never arrived (RFC 9112,
      // section 9.3.1). What would be done twice if it did is not sent again (RFC 9110, section 9.2.2).
      if (!(error as { isStale?: boolean }).isStale || !IDEMPOTENT.has(outgoing.method)) throw error
      return once(outgoing, signal, deadline)
    }
  }
}

function headersOf(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      // Cookies hold commas, and no header holds a line end (RFC 9110, sections 5.3 and 5.5).
      Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : (value ?? ''),
    ]),
  )
}

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
  if (code === 'HPE_HEADER_OVERFLOW')
    return new SendError('too-large', `${host}: the reply's headers are larger than ${sizeOf(maxHeaderSize)}`)
  if (code.startsWith('HPE_'))
    return new SendError('malformed', `${host}: the reply is not HTTP/1.1 (${oneLine(error.message)})`)
  if (/CERT|SSL|TLS|SELF_SIGNED|VERIFY/i.test(code))
    return new SendError('unreachable', `${host}: TLS failed (${code})`)
  return new SendError('reset', `${host}: ${oneLine(error.message)}`)
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')
