import { answerDigest } from './answer-digest.ts'
import { createExchange, IDEMPOTENT } from './exchange-http.ts'
import { bytesOf } from './read-rows.ts'
import { SendError } from './send-error.ts'
import { type Credentials, type Schemes, schemesFor, withCredentials } from './send-http-credentials.ts'
import type { Send } from './vocabulary.ts'
import { type Patience, RetryWait, type WaitOptions } from './wait-retry.ts'

/** The target, and how its requests travel over HTTP, with how long a 429 is waited for. */
export interface SendOptions extends Credentials, WaitOptions {
  /** The target's base URL; the requests' paths are put behind it. */
  readonly url: string
  /** Sent with every request; a case's own header of the same name wins. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How the credential travels; by operationId where operations differ. Default: as a bearer token. */
  readonly scheme?: Schemes | undefined
  /** For one request, from its first byte to the last of its reply, in milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined
  /** How much of a reply's body is read, after decoding. Default: 10 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * How long a request that is on its way may still finish after an abort, in milliseconds: one that is cut off may have
   * created something whose id nobody knows then. Default: 5,000.
   */
  readonly grace?: number | undefined
}

const PROBE_TIMEOUT = 10_000

/** Sends over HTTP/1.1 with connections kept alive. Never follows a redirect: the reply itself is judged. */
export function createSend(options: SendOptions): Send {
  const { url, scheme, timeout = 30_000, maxBytes = 10 * 1024 * 1024, grace = 5000 } = options
  const base = url.replace(/\/+$/, '')
  const fixed = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const exchange = answerDigest(createExchange(base, { timeout, maxBytes, grace }), base)
  const retryWait = new RetryWait(options)

  return async (request, signal) => {
    const { path, headers } = withCredentials(request, fixed, schemesFor(request.operationId, scheme), options)
    const body = request.isBytes ? bytesOf(request) : request.body
    const patience: Patience = { retries: 0, waited: 0, isTold: false }
    for (;;) {
      await retryWait.over(signal).catch(() => {
        throw new SendError('aborted', 'the run was broken off')
      })
      const reply = await exchange({ method: request.method, path, headers, body }, signal)
      // What may be done already is not asked for again (RFC 9110, section 9.2.2); 429 says that it was not (RFC 6585, section 4).
      const isRepeatable = reply.status === 429 || IDEMPOTENT.has(request.method)
      if (!isRepeatable || !retryWait.holds(reply, patience)) return reply
    }
  }
}

/** Whether anything that speaks HTTP answers there. @throws SendError, in one line, when not */
export async function probe(url: string, { timeout = PROBE_TIMEOUT }: { timeout?: number } = {}): Promise<void> {
  const exchange = createExchange(url.replace(/\/+$/, ''), { timeout, maxBytes: 0, headOnly: true })
  await exchange({ method: 'GET', path: '', headers: {}, body: undefined }, new AbortController().signal)
}
