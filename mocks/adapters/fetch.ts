import { type Answer, type Call, type Query, refuse } from '../engine/vocabulary.ts'
import type { Mock } from '../mock.ts'
import { writeAnswer } from './write-answer.ts'

/** Statuses that never carry a body (Fetch standard, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304])

/** Answers a Fetch request; its URL's path starts with the API's base path. */
export async function answerRequest(mock: Mock, request: Request, path?: string): Promise<Response> {
  const call = toCall(request, path)
  const text = request.body === null ? '' : decode(await request.arrayBuffer())
  return toResponse(
    text === undefined ? mock.refuse(NOT_UTF8, call) : mock.serve(text === '' ? call : { ...call, text }),
  )
}

/** Of a body in other bytes nobody knows what it says; a lenient reader would make another text of it. */
export const NOT_UTF8 = refuse('malformed-body', 'body is not valid UTF-8', { at: '/', rule: 'encoding' })

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Without its byte order mark. */
function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}

function toCall(request: Request, path?: string): Call {
  const [url = ''] = request.url.split('#', 1)
  const mark = url.indexOf('?') + 1
  return {
    method: request.method,
    path: path ?? new URL(url).pathname,
    headers: Object.fromEntries(request.headers),
    ...(mark > 0 && { query: toQuery(url.slice(mark)) }),
  }
}

function toResponse(answer: Answer): Response {
  const { status, headers } = answer.reply
  const text = BODILESS.has(status) ? undefined : writeAnswer(answer)
  return new Response(text ?? null, { status, headers })
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
