import type { Contract } from '../contract/contract.ts'
import type { Schema } from '../contract/schema.ts'
import { isJsonName, parseMediaRange } from './choose-media-type.ts'
import { isJsonLines, isXml } from './match-media-type.ts'
import { writeCsv } from './write-csv.ts'
import { BOUNDARY, writeForm, writeMultipart } from './write-form.ts'
import { withLargeIntegers } from './write-large-integers.ts'
import { writeEvents, writeLines } from './write-lines.ts'
import { writeXml } from './write-xml.ts'

/** A body as it goes out, and the content type that it is sent with. */
export interface WrittenBody {
  /** Data where the content type is plainly JSON, which is written last of all; otherwise a text, or bytes. */
  readonly body: unknown
  readonly type: string
}

/**
 * Writes a value down as its media type has it. A text in a type that is no JSON is one already, and stays as it is.
 * @param type as it is sent: no range
 * @param schema of the value; the items of a stream are those of a list, or one
 */
export function writeBody(contract: Contract, type: string, value: unknown, schema: Schema | undefined): WrittenBody {
  const { name, parameters } = parseMediaRange(type)
  if (value instanceof Uint8Array) return { body: value, type }
  if (isJsonName(name)) {
    const exact = withLargeIntegers(contract, value)
    return { body: isPlainJson(type) ? exact : JSON.stringify(exact), type }
  }
  const isText = typeof value === 'string'
  const items = Array.isArray(value) ? value : [value]
  if (name === 'text/event-stream') return { body: isText && isEvents(value) ? value : writeEvents(items), type }
  if (isJsonLines(name)) return { body: isText ? value : writeLines(items, name.endsWith('seq')), type }
  if (isXml(name))
    return { body: isText && value.trimStart().startsWith('<') ? value : writeXml(contract, value, schema), type }
  if (isText) return { body: value, type }
  if (name === 'text/csv') return { body: writeCsv(value), type }
  if (name === 'application/x-www-form-urlencoded') return { body: writeForm(value), type }
  if (name.startsWith('multipart/') && parameters['boundary'] === undefined) {
    return { body: writeMultipart(contract, value, schema), type: `${type}; boundary=${BOUNDARY}` }
  }
  return { body: JSON.stringify(value), type }
}

/** Whether whoever sends it knows it for JSON as it is written: in lower case, and nothing before a semicolon. */
const isPlainJson = (type: string): boolean => /^(?:application\/json|[^A-Z;]*\+json)(?:;|$)/.test(type)

/** Whether a text is a stream of events already. */
const isEvents = (text: string): boolean => /^(?:data|event|id|retry|):/m.test(text)
