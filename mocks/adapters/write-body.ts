import { isJson } from '../engine/validate-call.ts'
import type { Reply } from '../engine/vocabulary.ts'

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
export const isBodiless = ({ status }: Reply): boolean => [204, 205, 304].includes(status)

/** What goes over the wire: JSON where the content type says so, otherwise the string or the bytes. */
export function writeBody(reply: Reply): string | Uint8Array<ArrayBuffer> | undefined {
  const { headers, body } = reply
  if (body === undefined || isBodiless(reply)) return undefined
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>
  const mediaType = headers['content-type']?.split(';', 1)[0] ?? ''
  return isJson(mediaType) ? JSON.stringify(body) : String(body)
}
