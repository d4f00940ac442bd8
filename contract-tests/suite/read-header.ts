import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredHeader } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { readText } from './read-back.ts'

/**
 * All that the text of a header may stand for in the style `simple` (OpenAPI 3.1, Parameter Object, "Style Values"), what
 * its schema's own type says first. A schema may name no type, or hide it in alternatives.
 */
export function readHeader({ schema: { schema }, mediaType, explode }: DeclaredHeader, text: string): Json[] {
  if (mediaType !== undefined) return [parse(text) ?? text]
  const { type = [], format } = keywordsOf(schema)
  const types = [type].flat()
  const pieces = text === '' ? [] : text.split(',').map((piece) => piece.trim())
  const list = [pieces.map(readScalar), pieces]
  const scalars = [readText(text, types), text, readScalar(text), ...(isDate(text) ? [momentOf(text, format)] : [])]
  const objects = objectsIn(pieces, explode)
  if (types.includes('array')) return [...list, ...scalars]
  return types.includes('object') ? [...objects, ...scalars] : [...scalars, ...list, ...objects]
}

/** JSON's own way to write numbers, booleans and null. */
function readScalar(text: string): Json {
  const value = parse(text)
  return value === undefined || typeof value === 'object' ? text : value
}

function objectsIn(pieces: readonly string[], explode: boolean): Json[] {
  const pairs = explode
    ? pieces.map((piece) => [piece.split('=', 1)[0] as string, piece.slice(piece.indexOf('=') + 1)] as const)
    : pieces.flatMap((piece, at) => (at % 2 === 0 ? [[piece, pieces[at + 1] ?? ''] as const] : []))
  return [readScalar, (text: string) => text].map((read) =>
    Object.fromEntries(pairs.map(([name, value]) => [name, read(value)])),
  )
}

/** HTTP writes dates in a way of its own, whatever a document says of Last-Modified or Expires (RFC 9110, section 5.6.7). */
const isDate = (text: string): boolean => /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text)

function momentOf(text: string, format: string | undefined): string {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) return text
  return moment.toISOString().slice(0, format === 'date' ? 10 : undefined)
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
