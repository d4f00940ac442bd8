import { isJson } from '../engine/validate-call.ts'
import type { Answer, Kept, Reply } from '../engine/vocabulary.ts'

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = [204, 205, 304]

/**
 * What goes over the wire: JSON where the content type says so, otherwise the string itself. What the reply shows of the
 * state is from then on kept as it was written.
 */
export function writeAnswer({ reply, kept }: Answer): string | undefined {
  const { status, headers, body } = reply
  if (BODILESS.includes(status)) return undefined
  if (!kept || typeof body !== 'object' || !body || Array.isArray(body)) return writeBody(reply)
  const parts = writeMembers(body as Readonly<Record<string, unknown>>, kept)
  if (kept.entry) kept.entry.reply = { status, headers, parts }
  return parts.join('')
}

/**
 * What `JSON.stringify` would write, in parts: each user is one, and state and journal share it. What stands between them
 * is the same for every reply of its kind: joined, it would be a text of its own to keep for each.
 */
function writeMembers(body: Readonly<Record<string, unknown>>, kept: Kept): string[] {
  const parts: string[] = []
  for (const name in body) {
    const value = body[name]
    if (value === undefined) continue
    parts.push(parts.length === 0 ? '{' : ',', quote(name))
    if (!Array.isArray(value)) parts.push(writeValue(value, kept))
    else if (value.length === 0) parts.push('[]')
    else {
      for (let index = 0; index < value.length; index++) {
        parts.push(index === 0 ? '[' : ',', writeValue(value[index], kept))
      }
      parts.push(']')
    }
  }
  parts.push(parts.length === 0 ? '{}' : '}')
  return parts
}

function writeValue(value: unknown, kept: Kept): string {
  const text = JSON.stringify(value) ?? 'null'
  if (typeof value === 'object' && value) kept.keep(value, text)
  return text
}

/** Names and colons: replies have few. */
const quoted: Record<string, string> = Object.create(null)
const quote = (name: string): string => (quoted[name] ??= `${JSON.stringify(name)}:`)

function writeBody({ headers, body }: Reply): string | undefined {
  if (body === undefined) return undefined
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
}
