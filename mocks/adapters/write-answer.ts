import { isJson } from '../engine/validate-call.ts'
import type { Answer, Kept, Reply } from '../engine/vocabulary.ts'

/**
 * What goes over the wire: JSON where the content type says so, otherwise the string itself. What the reply shows of the
 * state is from then on kept as it was written.
 */
export function writeAnswer({ reply, kept }: Answer): string | undefined {
  const { status, headers, body } = reply
  if (!kept || typeof body !== 'object' || !body || Array.isArray(body)) return writeBody(reply)
  const text = writeMembers(body as Readonly<Record<string, unknown>>, kept)
  if (kept.entry) kept.entry.reply = { status, headers, text }
  return text
}

/** What `JSON.stringify` would write, and each user in it by itself. */
function writeMembers(body: Readonly<Record<string, unknown>>, kept: Kept): string {
  let written = ''
  for (const name in body) {
    const value = body[name]
    const text = Array.isArray(value) ? writeItems(value, kept) : writeValue(value, kept)
    if (text !== undefined) written += `${written && ','}${JSON.stringify(name)}:${text}`
  }
  return `{${written}}`
}

function writeItems(items: readonly unknown[], kept: Kept): string {
  let written = ''
  for (const item of items) written += (written && ',') + (writeValue(item, kept) ?? 'null')
  return `[${written}]`
}

function writeValue(value: unknown, kept: Kept): string | undefined {
  const text = JSON.stringify(value)
  if (typeof value === 'object' && value) kept.keep(value, text)
  return text
}

function writeBody({ headers, body }: Reply): string | undefined {
  if (body === undefined) return undefined
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
}
