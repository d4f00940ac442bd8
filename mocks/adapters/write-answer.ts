import { isJson } from '../engine/validate-call.ts'
import type { Answer, Reply, Written } from '../engine/vocabulary.ts'

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = [204, 205, 304]

/** What goes over the wire: JSON where the content type says so, otherwise the string or the bytes. It is written once. */
export function writeAnswer(answer: Answer): string | Uint8Array<ArrayBuffer> | undefined {
  const { reply, written } = answer
  const { status, headers, body } = reply
  if (BODILESS.includes(status)) return undefined
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>
  if (!written || typeof body !== 'object' || !body || Array.isArray(body)) return writeBody(reply)
  const parts = writeMembers(body as Readonly<Record<string, unknown>>, written)
  answer.written = undefined
  answer.reply = { status, headers }
  answer.parts = parts
  return parts.join('')
}

/**
 * What `JSON.stringify` would write, in parts: each record is one. What stands between them is the same for every reply of
 * its kind: joined, it would be a text of its own to keep for each.
 */
function writeMembers(body: Readonly<Record<string, unknown>>, { records, texts }: Written): string[] {
  const parts: string[] = []
  // Replies show records in the order in which they were added.
  let next = 0
  const write = (value: unknown): string =>
    value === records[next] && value ? (texts[next++] as string) : (JSON.stringify(value) ?? 'null')
  for (const name in body) {
    const value = body[name]
    if (value === undefined) continue
    parts.push(parts.length === 0 ? '{' : ',', quote(name))
    if (!Array.isArray(value)) parts.push(write(value))
    else if (value.length === 0) parts.push('[]')
    else {
      for (let index = 0; index < value.length; index++) parts.push(index === 0 ? '[' : ',', write(value[index]))
      parts.push(']')
    }
  }
  parts.push(parts.length === 0 ? '{}' : '}')
  return parts
}

/** Names and colons: replies have few. */
const quoted: Record<string, string> = Object.create(null)
const quote = (name: string): string => (quoted[name] ??= `${JSON.stringify(name)}:`)

function writeBody({ headers, body }: Reply): string | undefined {
  if (body === undefined) return undefined
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
}
