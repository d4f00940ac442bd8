import { isJson } from '../engine/validate-call.ts'
import type { Call, Query, Reply } from '../engine/vocabulary.ts'
import type { Mock } from '../mock.ts'

/** Statuses that never carry a body (Fetch standard, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304])

/** Answers a Fetch request; its URL's path starts with the API's base path. */
export async function answerRequest(mock: Mock, request: Request, path?: string): Promise<Response> {
  return toResponse(mock.serve(await toCall(request, path)).reply)
}

export async function toCall(request: Request, path?: string): Promise<Call> {
  const url = new URL(request.url)
  const text = request.body === null ? '' : await request.text()
  return {
    method: request.method,
    path: path ?? url.pathname,
    headers: Object.fromEntries(request.headers),
    ...(url.search && { query: toQuery(url.search) }),
    ...(text && { text }),
  }
}

export function toResponse(reply: Reply): Response {
  const text = BODILESS.has(reply.status) ? undefined : writeBody(reply)
  return new Response(text ?? null, { status: reply.status, headers: reply.headers })
}

/** What goes over the wire: JSON where the content type says so, otherwise the string itself. */
export function writeBody({ headers, body }: Reply): string | undefined {
  if (body === undefined) return undefined
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
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
