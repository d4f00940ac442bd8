import { DocumentError } from './document-error.ts'

/** The marks at the beginning of texts that are not UTF-8 (Unicode, section 23.8); the longer ones first. */
const MARKS: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
]

/**
 * The text of a file, which is UTF-8 (RFC 8259, section 8.1), without a byte order mark.
 * @param name how errors call the file
 * @throws DocumentError with the line where it is anything else
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const mark = MARKS.find(([, begin]) => begin.every((byte, at) => bytes[at] === byte))
  if (mark) throw new DocumentError(`${name} is ${mark[0]}; save it as UTF-8`)
  const text = new TextDecoder().decode(bytes)
  const at = text.indexOf('\uFFFD')
  // The replacement character may be written as such: only then does the text give its bytes again.
  if (at < 0 || isUtf8(bytes)) return text
  throw new DocumentError(`${name}:${text.slice(0, at).split('\n').length} is not UTF-8; save it as UTF-8`)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
