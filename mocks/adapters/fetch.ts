import type { Mock } from '../api/mock.ts'
import type { Call, Query, Reply } from '../engine/vocabulary.ts'
import { tellFault } from './tell-fault.ts'
import { writeBody } from './write-body.ts'

/** Leaves out a byte order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Answers a Fetch request; its URL's path starts with the API's base path.
 * @returns `Response.error()` where no reply is given
 */
export async function answerRequest(mock: Mock, request: Request, path?: string): Promise<Response> {
  const call = toCall(request, path)
  const bytes = request.body && new Uint8Array(await request.arrayBuffer())
  try {
    const { delay, reply } = mock.serve(bytes?.length ? { ...call, ...decode(bytes) } : call)
    if (delay && !request.signal.aborted) await wait(delay, request.signal)
    return toResponse(reply)
  } catch (error) {
    return toResponse(tellFault(error))
  }
}

/** A body as its text, or where it is none, as it came. */
function decode(bytes: Uint8Array): Pick<Call, 'text' | 'bytes'> {
  try {
    return { text: UTF8.decode(bytes) }
  } catch {
    return { bytes }
  }
}

function toCall(request: Request, path?: string): Call {
  const [url = ''] = request.url.split('#', 1)
  const mark = url.indexOf('?') + 1
  const { origin, pathname } = new URL(url)
  const search = url.slice(mark)
  return {
    method: request.method,
    origin,
    path: path ?? pathname,
    headers: Object.fromEntries(request.headers),
    ...(mark > 0 && { search, query: toQuery(search) }),
  }
}

/** For so many milliseconds, or until the caller goes. */
const wait = (time: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, time)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)))
  })

function toResponse(reply: Reply): Response {
  const { status, headers, pairs = headers } = reply
  if (status === 0) return Response.error()
  return new Response(writeBody(reply), { status, headers: pairs as HeadersInit })
}

/** @param search a query with or without its question mark */
export function toQuery(search: string): Query {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name]
    if (before === undefined) query[name] = value
    else if (typeof before === 'string') query[name] = [before, value]
    else before.push(value)
  }
  return query
}
