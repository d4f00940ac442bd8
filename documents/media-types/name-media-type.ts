import { coversName, isJsonName, parseAccept, parseMediaRange } from './choose-media-type.ts'

/** What a body is: data that is written down, a text of its own, or bytes. */
export type BodyKind = 'data' | 'text' | 'bytes'

/** What a range is sent as where the client names nothing in it. */
const USUAL: Readonly<Record<string, string>> = {
  'text/*': 'text/plain',
  'application/*': 'application/json',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'font/*': 'font/woff2',
  'multipart/*': 'multipart/mixed',
}
const OF_KIND: Readonly<Record<BodyKind, string>> = {
  data: 'application/json',
  text: 'text/plain',
  bytes: 'application/octet-stream',
}

/**
 * The media type that a body is sent as: what is declared, or of a range the one that the client wants and the body can
 * be, or else the usual one. A range is no content type (RFC 9110, section 8.3).
 */
export function nameMediaType(declared: string, kind: BodyKind, accept?: string): string {
  const { name } = parseMediaRange(declared)
  if (!name.includes('*')) return declared
  const wanted = parseAccept(accept)
    .filter((one) => one.weight > 0 && !one.name.includes('*') && coversName(name, one.name))
    .sort((a, b) => b.weight - a.weight)
    .find((one) => isOfKind(one.name, name, kind))
  return wanted?.name ?? usualIn(name, kind)
}

/** A wide range says nothing of what may be in it: there JSON holds data, a text type text, any other bytes. */
function isOfKind(name: string, range: string, kind: BodyKind): boolean {
  if (range !== '*/*' && range !== 'application/*') return true
  if (kind === 'data') return isJsonName(name)
  return name.startsWith('text/') ? kind === 'text' : kind === 'bytes' && !isJsonName(name)
}

function usualIn(range: string, kind: BodyKind): string {
  if (range === '*/*' || (range === 'application/*' && kind === 'bytes')) return OF_KIND[kind]
  // A name of nobody's: a suffix alone is none.
  return USUAL[range] ?? range.replace('*', 'vnd.example')
}
