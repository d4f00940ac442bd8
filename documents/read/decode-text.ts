import { DocumentError } from './document-error.ts'

/** The marks at the beginning of texts that are not UTF-8 (Unicode, section 23.8); the longer ones first. */
const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
]

/**
 * The text of a file without a byte order mark: UTF-8 (RFC 8259, section 8.1), or UTF-16 that says so (YAML 1.2, section
 * 5.2).
 * @param name how errors call the file
 * @throws DocumentError with the line where it is anything else
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const mark = MARKS.find(([, begin]) => begin.every((byte, at) => bytes[at] === byte))
  const encoding = mark?.[0] ?? 'UTF-8'
  if (encoding === 'UTF-32') throw new DocumentError(`${name} is UTF-32; save it as UTF-8`)
  const text = new TextDecoder(encoding).decode(bytes)
  const at = text.indexOf('\uFFFD')
  // The replacement character may be written as such: only then does the text give its bytes again.
  if (at < 0 || isText(bytes, encoding)) return text
  const line = text.slice(0, at).split('\n').length
  throw new DocumentError(`${name}:${line} is not ${encoding}; save it as UTF-8`)
}

function isText(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
