import { parseMediaType } from './match-media-type.ts'

/** One part of a multipart body (RFC 7578, section 4). */
export interface Part {
  /** Of its Content-Disposition; undefined where it has none. */
  readonly name: string | undefined
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** Its text; where it is none, a character for each byte. */
  readonly value: string
  /** Whether its bytes are a text in UTF-8. */
  readonly isText: boolean
}

/**
 * Reads a multipart body (RFC 2046, section 5.1.1).
 * @param body its text, or its bytes where it is none
 * @param boundary the parameter of its media type
 * @returns undefined where it is none: without its boundary, its end, or the end of the headers of a part, which are not endless
 */
export function readMultipart(body: string | Uint8Array, boundary: string | undefined): Part[] | undefined {
  if (!boundary) return undefined
  const whole = typeof body === 'string' ? body : toCharacters(body)
  const delimiter = `\r\n--${boundary}`
  const parts: Part[] = []
  // The first delimiter may be what the body begins with; what comes before it is for nobody.
  let at = whole.startsWith(delimiter.slice(2)) ? delimiter.length - 2 : whole.indexOf(delimiter) + delimiter.length
  if (at < delimiter.length - 2) return undefined
  while (!whole.startsWith('--', at)) {
    const line = LINE_END.exec(whole.slice(at, at + 100))
    const start = line ? at + line[0].length : -1
    const end = start < 0 ? -1 : whole.indexOf(delimiter, start - 2)
    if (end < 0) return undefined
    // A part without headers begins with an empty line.
    const blank = whole.startsWith('\r\n', start) ? start - 2 : whole.indexOf('\r\n\r\n', start)
    if (blank < 0 || blank > end || blank - start > MOST_HEADERS) return undefined
    const content = Math.min(blank + 4, end)
    const slice =
      typeof body === 'string' ? { value: body.slice(content, end), isText: true } : decode(body, content, end)
    parts.push({ ...readHeaders(decodeHeaders(whole.slice(start, Math.max(start, blank)), body)), ...slice })
    at = end + delimiter.length
  }
  return parts
}

/** What a part says of itself is no longer than this, in bytes; one of another kind is meant to hold a server up. */
const MOST_HEADERS = 65_536

/** A delimiter may be padded (RFC 2046, section 5.1.1). */
const LINE_END = /^[ \t]*\r\n/

function readHeaders(text: string): Pick<Part, 'name' | 'headers'> {
  const headers = new Map<string, string>()
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const name = parseMediaType(headers.get('content-disposition') ?? '').parameters.get('name')
  return { name: name === undefined ? undefined : decodeName(name), headers }
}

/** Browsers write a quote and a line end in percent-encoding, and nothing else (HTML, "multipart/form-data"). */
const decodeName = (name: string): string =>
  name.replace(/%(?:22|0A|0D)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** A text in UTF-8; a character for each byte where it is none. */
function decode(bytes: Uint8Array, start: number, end: number): Pick<Part, 'value' | 'isText'> {
  const own = bytes.subarray(start, end)
  try {
    return { value: UTF8.decode(own), isText: true }
  } catch {
    return { value: toCharacters(own), isText: false }
  }
}

/** Names of files are sent in UTF-8 (RFC 7578, section 5.1). */
function decodeHeaders(text: string, body: string | Uint8Array): string {
  if (typeof body === 'string') return text
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}

/** A text with a character for each byte, so that any bytes can stand where a schema asks for a string. */
export function toCharacters(bytes: Uint8Array): string {
  let text = ''
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
