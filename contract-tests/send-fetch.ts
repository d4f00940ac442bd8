import { BEARER, type CredentialScheme, type Credentials, carry } from './send-http-credentials.ts'
import type { Send } from './vocabulary.ts'

export interface SendFetchOptions extends Credentials {
  /** Base URL of the implementation; the requests' paths are put behind it. */
  readonly url: string
  /** Default: the global one. An application's own `fetch(request)` is as good, and needs no server. */
  readonly fetch?: (request: Request) => Promise<Response> | Response
  /** How the credential travels. Default: as a bearer token. */
  readonly scheme?: CredentialScheme
  /** Milliseconds for one request. Default: 30,000. */
  readonly timeout?: number
}

/** Sends over a plain Fetch function: the global one, or that of an application under test. Redirects are not followed. */
export function sendByFetch(options: SendFetchOptions): Send {
  const { url, fetch = (request) => globalThis.fetch(request), scheme = BEARER, timeout = 30_000 } = options
  const base = url.replace(/\/+$/, '')
  return async (request, signal) => {
    const carried = carry(request.credentials ?? 'own', scheme, options)
    const join = request.path.includes('?') ? '&' : '?'
    const began = performance.now()
    const outgoing = new Request(base + request.path + (carried.query ? join + carried.query : ''), {
      method: request.method,
      headers: { ...carried.headers, ...request.headers },
      // Given as a text, a body without a content type would be sent with one.
      ...(request.body !== undefined && { body: new TextEncoder().encode(request.body) }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    for (const [name, value] of Object.entries({ ...carried.headers, ...request.headers })) {
      // A browser leaves out, without a word, what a page may not say.
      if (outgoing.headers.get(name) !== value.trim())
        throw new Error(`fetch does not send the header ${name}: ${value}`)
    }
    const response = await fetch(outgoing)
    const text = await response.text()
    const headers = Object.fromEntries(response.headers)
    return { status: response.status, headers, text, duration: performance.now() - began }
  }
}
