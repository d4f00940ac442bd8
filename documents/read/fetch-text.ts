import type { AdmitUrl } from './admit-url.ts'
import { DocumentError } from './document-error.ts'

/** What a fetch may cost at most. */
export interface FetchLimits {
  /** Unpacked. */
  readonly bytes: number
  /** Milliseconds, from the first request to the last byte. */
  readonly time: number
}

const MAX_REDIRECTS = 10

/**
 * Fetches what a URL gives (RFC 9110), through redirects that may be followed.
 * @returns the bytes, and the URL they came from
 * @throws DocumentError in a few words where it cannot be had
 */
export async function fetchText(
  start: URL,
  admit: AdmitUrl,
  { bytes: most, time }: FetchLimits,
): Promise<{ bytes: Uint8Array; url: URL }> {
  const signal = AbortSignal.timeout(time)
  try {
    let url = start
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (redirects === 0) admit(url)
      else admitRedirect(url, admit)
      const reply = await fetch(url, { redirect: 'manual', signal, headers: { accept: ACCEPT } })
      const location = reply.headers.get('location')
      if (reply.status >= 300 && reply.status < 400 && location !== null) {
        await reply.body?.cancel()
        url = new URL(location, url)
        continue
      }
      if (reply.ok) return { bytes: await readBody(reply, most), url }
      await reply.body?.cancel()
      throw new DocumentError(`the server answered ${reply.status}`)
    }
    throw new DocumentError(`it redirects more than ${MAX_REDIRECTS} times`)
  } catch (error) {
    throw explain(error as Error, time)
  }
}

/** Any order: whoever has only one of them sends that (RFC 9110, section 12.5.1). */
const ACCEPT = 'application/yaml, application/json, */*;q=0.8'

function admitRedirect(url: URL, admit: AdmitUrl): void {
  const where = `it redirects to ${url.origin}${url.pathname}`
  if (!/^https?:$/.test(url.protocol)) throw new DocumentError(where)
  try {
    admit(url)
  } catch (error) {
    throw new DocumentError(`${where}: ${(error as Error).message}`)
  }
}

async function readBody(reply: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  // The types of the browser's streams, which cannot be gone through, are in the way of Node's.
  const body = reply.body as AsyncIterable<Uint8Array> | null
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > most) throw new DocumentError(`it is larger than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function explain(error: Error, time: number): DocumentError {
  if (error instanceof DocumentError) return error
  if (error.name === 'TimeoutError') return new DocumentError(`it took longer than ${time / 1000} s`)
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  return new DocumentError(`it cannot be fetched: ${code ?? message}`)
}
