import { answerDigest } from './answer-digest.ts'
import { CollectedBytes, sizeOf } from './collect-bytes.ts'
import type { Exchange } from './exchange-http.ts'
import { bytesOf } from './read-rows.ts'
import { type Credentials, type Schemes, schemesFor, withCredentials } from './send-http-credentials.ts'
import type { Send } from './vocabulary.ts'

/** The target, and how its requests travel over Fetch. */
export interface SendFetchOptions extends Credentials {
  /** Base URL of the implementation; the requests' paths are put behind it. */
  readonly url: string
  /** Default: the global one. An application's own `fetch(request)` is as good, and needs no server. */
  readonly fetch?: (request: Request) => Promise<Response> | Response
  /** How the credential travels; by operationId where operations differ. Default: as a bearer token. */
  readonly scheme?: Schemes
  /** Milliseconds for one request, to the last byte of its reply. Default: 30,000. */
  readonly timeout?: number
  /** How much of a reply's body is read, after decoding. Default: 10 MiB. */
  readonly maxBytes?: number
}

/**
 * Sends over a plain Fetch function: the global one, or that of an application under test. Redirects are not followed; a
 * challenge of Digest is answered (RFC 7616), in Node.
 */
export function sendByFetch(options: SendFetchOptions): Send {
  const base = options.url.replace(/\/+$/, '')
  const exchange = answerDigest(createFetchExchange(base, options), base)
  return async (request, signal) => {
    const { path, headers } = withCredentials(request, {}, schemesFor(request.operationId, options.scheme), options)
    const body = request.body === undefined ? undefined : bytesOf(request)
    return exchange({ method: request.method, path, headers, body }, signal)
  }
}

function createFetchExchange(base: string, options: SendFetchOptions): Exchange {
  const { fetch = (request) => globalThis.fetch(request), timeout = 30_000, maxBytes = 10 * 1024 * 1024 } = options
  return async ({ method, path, headers, body }, signal) => {
    const began = performance.now()
    const late = new AbortController()
    const limit = AbortSignal.any([signal, late.signal])
    const outgoing = new Request(base + path, {
      method,
      headers,
      // Given as a text, a body without a content type would be sent with one.
      ...(body !== undefined && { body: body as BodyInit }),
      redirect: 'manual',
      signal: limit,
    })
    for (const [name, value] of Object.entries(headers)) {
      // A browser leaves out, without a word, what a page may not say.
      if (outgoing.headers.get(name) !== value.trim())
        throw new Error(`fetch does not send the header ${name}: ${value}`)
    }
    const read = async () => {
      const response = await fetch(outgoing)
      const { status, headers } = response
      const body = await readText(response, maxBytes)
      return { status, headers: headersOf(headers), ...body, duration: performance.now() - began }
    }
    const timer = setTimeout(() => late.abort(new Error(`no complete reply within ${timeout / 1000} s`)), timeout)
    // Not everybody's function heeds the signal.
    return Promise.race([read(), untilAborted(limit)]).finally(() => clearTimeout(timer))
  }
}

/** By name in lower case; each cookie is a line (RFC 9110, section 5.3). */
function headersOf(headers: Headers): Record<string, string> {
  const cookies = headers.getSetCookie()
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { 'set-cookie': cookies.join('\n') }) }
}

async function readText(response: Response, maxBytes: number) {
  const bytes = new CollectedBytes(maxBytes)
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (bytes.add(part.value)) continue
    reader?.cancel().catch(() => {})
    throw new Error(`the reply is larger than ${sizeOf(maxBytes)}`)
  }
  return bytes.read()
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
