import type { BodyLayout } from '../../documents/contract/table.ts'
import {
  isJson,
  isJsonLines,
  isXml,
  matchMediaType,
  type ParsedMediaType,
  parseMediaType,
} from '../../documents/media-types/match-media-type.ts'
import { readFields } from '../../documents/media-types/read-fields.ts'
import { readMultipart, toCharacters } from '../../documents/media-types/read-multipart.ts'
import { readScalar, withoutParts } from '../../documents/media-types/read-text.ts'
import { readXml } from '../../documents/media-types/read-xml.ts'
import { isTooDeep, MAX_DEPTH, NOT_UTF8, readJson, TOO_DEEP, tellMediaTypes } from '../engine/validate-call.ts'
import { type Call, type Operation, type Refusal, refuse } from '../engine/vocabulary.ts'
import { fieldsOf } from './read-parameters.ts'
import { readParts } from './read-parts.ts'

/** A body with the media type that it was declared as. */
export interface ReadContent {
  readonly value: unknown
  readonly mediaType: string
  /** It is a text of which no schema of the document can say anything, or data of which its schema is not known to the end. */
  readonly isText?: boolean
  /** The schema is that of each of its items. */
  readonly isEach?: boolean
}

type Read = Omit<ReadContent, 'mediaType'> | { readonly refusal: Refusal }
type Outcome = ReadContent | { readonly refusal: Refusal } | undefined

/** What a body without a content type is taken for (RFC 9110, section 8.3). */
const BYTES = 'application/octet-stream'

/**
 * Reads a body as the media type that it comes in: JSON, a form, parts, a text, any bytes.
 * @returns undefined where none is declared, or none was sent that must not be
 */
export function readContent({ body: declared }: Operation, call: Call): Outcome {
  if (!declared) return undefined
  const { mediaTypes } = declared
  const isData = call.body !== undefined
  if (!isData && !call.text && !call.bytes?.length) {
    if (!declared.required) return undefined
    return { refusal: refuse('invalid', 'body is required', { at: '/', rule: 'required' }) }
  }
  const contentType = call.headers?.['content-type']
  if (isData && !contentType) return readData(call, mediaTypes.find(isJsonType) ?? mediaTypes[0])
  const sent = parseMediaType(contentType || BYTES)
  const mediaType = matchMediaType(mediaTypes, sent)
  if (mediaType === undefined || !isKnown(sent)) {
    const message = tellMediaTypes(mediaTypes, contentType)
    return { refusal: refuse('unsupported-media-type', message, { at: 'header/content-type', rule: 'content-type' }) }
  }
  if (isData) return readData(call, mediaType)
  const layout = Object.hasOwn(declared.layouts ?? {}, mediaType) ? declared.layouts?.[mediaType] : undefined
  return withType(mediaType, readAs(sent, call, layout))
}

const isJsonType = (mediaType: string): boolean => isJson(parseMediaType(mediaType).essence)

const withType = (mediaType: string, read: Read): Outcome => ('refusal' in read ? read : { ...read, mediaType })

function readData({ body, text = '' }: Call, mediaType = ''): Outcome {
  return isTooDeep(text) ? TOO_DEEP : { value: body, mediaType }
}

function readAs({ essence, parameters }: ParsedMediaType, call: Call, layout: BodyLayout = { types: [] }): Read {
  if (isJson(essence) || essence === 'text/json')
    return call.text === undefined ? { refusal: NOT_UTF8 } : readJson(call.text)
  if (essence === 'application/x-www-form-urlencoded') {
    if (call.text === undefined) return { refusal: NOT_UTF8 }
    const fields = fieldsOf(call.text)
    return fields.some((field) => isTooDeep(field.text)) ? TOO_DEEP : { value: readFields(layout, fields) }
  }
  if (essence.startsWith('multipart/')) {
    const parts = readMultipart(call.text ?? (call.bytes as Uint8Array), parameters.get('boundary'))
    if (!parts) return { refusal: NO_MULTIPART }
    if (essence === 'multipart/form-data' && parts.some(({ name }) => name === undefined)) return { refusal: NAMELESS }
    return readParts(parts, layout)
  }
  const isParts = layout.types.length > 0 && !layout.types.includes('string')
  if (isJsonLines(essence) && (isParts || layout.types.length === 0)) return readLines(essence, call, layout)
  if (isXml(essence) && isParts) return readElements(call, parameters.get('charset'), layout)
  const value = isText(essence) ? decode(call, parameters.get('charset')) : (call.text ?? charactersOf(call))
  if (value === undefined) return { refusal: NOT_UTF8 }
  const types = withoutParts(layout.types)
  // An object or a list that is written as text, such as CSV: no schema says how.
  if (layout.types.length > 0 && types.length === 0) return { value, isText: true }
  return { value: isText(essence) ? readScalar(types, value) : value }
}

/** A list; a schema that is none of lists is that of each line, as it was before OpenAPI 3.2 had `itemSchema`. */
function readLines(essence: string, { text }: Call, { types }: BodyLayout): Read {
  if (text === undefined) return { refusal: NOT_UTF8 }
  const value: unknown[] = []
  // Each text of a sequence begins with a record separator, and may have several lines.
  for (const line of text.split(essence.endsWith('seq') ? '\x1e' : '\n')) {
    if (line.trim() === '') continue
    const read = readJson(line)
    if ('refusal' in read) {
      const at = `/${value.length}`
      return { refusal: { ...read.refusal, message: read.refusal.message.replace(/^body/, at), at } }
    }
    value.push(read.value)
  }
  return { value, isEach: types.length > 0 && !types.includes('array') }
}

function readElements({ text, bytes }: Call, charset: string | undefined, layout: BodyLayout): Read {
  const written = decode({ text, bytes } as Call, charset ?? declaredEncoding(bytes))
  if (written === undefined) return { refusal: NOT_UTF8 }
  const read = readXml(layout, written, MAX_DEPTH)
  if (!read) return { refusal: NO_XML }
  return read.depth > MAX_DEPTH ? TOO_DEEP : { value: read.value, isText: !read.isWhole }
}

const NO_XML = refuse('malformed-body', 'body is not well-formed XML', { at: '/', rule: 'xml' })

/** What an XML document says of itself in its first line (XML 1.0, section 4.3.3). */
const declaredEncoding = (bytes: Uint8Array = new Uint8Array()): string | undefined =>
  /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)/.exec(toCharacters(bytes.subarray(0, 200)))?.[1]

const charactersOf = ({ bytes = new Uint8Array() }: Call): string => toCharacters(bytes)

const NO_MULTIPART = refuse('malformed-body', 'body is not valid multipart: its boundary or its end is missing', {
  at: '/',
  rule: 'multipart',
})

/** RFC 7578, section 4.2. */
const NAMELESS = refuse('malformed-body', 'body has a part without a name in its content-disposition', {
  at: '/',
  rule: 'multipart',
})

const isText = (essence: string): boolean => essence.startsWith('text/')

/** JSON is UTF-8 (RFC 8259, section 8.1), and of a text somebody must know the charset. */
function isKnown({ essence, parameters }: ParsedMediaType): boolean {
  const charset = parameters.get('charset')
  if (charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)) return true
  if (isJson(essence)) return false
  try {
    return !isText(essence) || new TextDecoder(charset) !== undefined
  } catch {
    return false
  }
}

/** @returns undefined where it is no text in this charset */
function decode({ text, bytes }: Call, charset = 'utf-8'): string | undefined {
  try {
    return text ?? new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
