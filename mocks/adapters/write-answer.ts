import { isJson } from '../engine/validate-call.ts'
import type { Answer, Kept, Reply } from '../engine/vocabulary.ts'

/**
 * What goes over the wire: JSON where the content type says so, otherwise the string itself. What the reply shows of the
 * state is from then on kept as it was written.
 */
export function writeAnswer({ reply, kept }: Answer): string | undefined {
  const { status, headers, body } = reply
  if (!kept || typeof body !== 'object' || !body || Array.isArray(body)) return writeBody(reply)
  const parts = writeMembers(body as Readonly<Record<string, unknown>>, kept)
  if (kept.entry) kept.entry.reply = { status, headers, parts }
  return parts.join('')
}

/** What `JSON.stringify` would write, in parts: each user is one, and state and journal share it. */
function writeMembers(body: Readonly<Record<string, unknown>>, kept: Kept): string[] {
  const parts: string[] = []
  let between = '{'
  const write = (value: unknown): void => {
    const text = JSON.stringify(value) ?? 'null'
    if (typeof value === 'object' && value) {
      parts.push(between, text)
      between = ''
      kept.keep(value, text)
    } else between += text
  }
  let comma = ''
  for (const name in body) {
    const value = body[name]
    if (value === undefined) continue
    between += `${comma}${JSON.stringify(name)}:`
    comma = ','
    if (Array.isArray(value)) {
      between += '['
      for (let index = 0; index < value.length; index++) {
        if (index > 0) between += ','
        write(value[index])
      }
      between += ']'
    } else write(value)
  }
  parts.push(`${between}}`)
  return parts
}

function writeBody({ headers, body }: Reply): string | undefined {
  if (body === undefined) return undefined
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
}
