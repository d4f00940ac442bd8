import type { Answer, Written } from '../engine/vocabulary.ts'
import { isBodiless, writeBody } from './write-body.ts'

/** What goes over the wire, as `writeBody` writes it. It is written once: records are kept as the texts that were written of them. */
export function writeAnswer(answer: Answer): string | Uint8Array<ArrayBuffer> | undefined {
  const { reply, written } = answer
  const { status, headers, body } = reply
  if (!written || !isPlainObject(body) || isBodiless(reply)) return writeBody(reply)
  const parts = writeMembers(body, written)
  answer.written = undefined
  answer.reply = { status, headers }
  answer.parts = parts
  return parts.join('')
}

const isPlainObject = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && !(body instanceof Uint8Array)

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
