import type { Mock } from '../api/mock.ts'
import type { Answer, Call, Query } from '../engine/vocabulary.ts'
import { tellFault } from './tell-fault.ts'
import { writeAnswer } from './write-answer.ts'

/** Leaves out a byte order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Answers a Fetch request; its URL's path starts with the API's base path. */
export async function answerRequest(mock: Mock, request: Request, path?: string): Promise<Response> {
  const call = toCall(request, path)
  const bytes = request.body && new Uint8Array(await request.arrayBuffer())
  try {
    return toResponse(mock.serve(bytes?.length ? { ...call, ...decode(bytes) } : call))
  } catch (error) {
    return toResponse({ reply: tellFault(error) })
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

function toResponse(answer: Answer): Response {
  const body = writeAnswer(answer)
  const { status, headers, pairs = headers } = answer.reply
  return new Response(body, { status, headers: pairs as HeadersInit })
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
