import type { Contract } from '../../documents/contract/contract.ts'
import type { SchemaObject } from '../../documents/contract/schema.ts'
import type { Encoding } from '../../documents/contract/table.ts'
import { isBinarySchema, sampleBytes } from '../../documents/media-types/sample-bytes.ts'
import { writeXml } from '../../documents/media-types/write-xml.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { type BodyChoice, essenceOf } from './choose-body.ts'
import { writeParameter } from './write-parameter.ts'

/** A body as it goes out. */
export interface WrittenBody {
  readonly text: string
  readonly contentType: string
  /** Each character of the text is a byte: it is no text in UTF-8. */
  readonly isBytes?: true
}

/** What is known of a member of a form: the schemas that hold there. */
export type SchemasAt = (path: readonly string[]) => readonly SchemaObject[]

/** Writes a value down in a media type that an operation takes. */
export function writeBody(
  contract: Contract,
  { media, type, form }: BodyChoice,
  value: Json,
  schemasAt: SchemasAt,
): WrittenBody {
  switch (form) {
    case 'form':
      return { text: writeForm(value, media.encoding ?? {}), contentType: type }
    case 'multipart':
      return writeMultipart(value, type, media.encoding ?? {}, schemasAt)
    case 'xml':
      return {
        // An example may be written down already.
        text: typeof value === 'string' ? value : writeXml(contract, value, media.schema?.schema),
        contentType: type,
      }
    case 'text':
      return { text: plainTextOf(value), contentType: type }
    case 'bytes':
      return { text: String(value), contentType: type, isBytes: true }
    default:
      return { text: JSON.stringify(value), contentType: type }
  }
}

/** A value as a text that says no more than the value: JSON, where it is more than one. */
export const plainTextOf = (value: Json): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')

/** Bytes of a media type, a character for each. */
export const sampleOf = (type: string): string => String.fromCharCode(...sampleBytes(essenceOf(type)))

/** OpenAPI 3.1, "Support for x-www-form-urlencoded Request Bodies": as query parameters; without a style objects are JSON. */
function writeForm(value: Json, encoding: Readonly<Record<string, Encoding>>): string {
  const pairs = membersOf(value).flatMap(([name, member]) => pairsOf(name, member, encoding[name]))
  return new URLSearchParams(pairs).toString()
}

function pairsOf(name: string, member: Json, { style, explode }: Encoding = {}): [string, string][] {
  if (style === 'deepObject') return deepPairsOf(name, member)
  if (style === undefined || explode === undefined)
    return (Array.isArray(member) ? member : [member]).map((one) => [name, plainTextOf(one)])
  const written = writeParameter({ name, in: 'query', style, explode }, member)
  return Object.entries(written).flatMap(([key, texts]) => [texts].flat().map((text): [string, string] => [key, text]))
}

/** OpenAPI says nothing of what is deeper than one level, and of lists; this is how it is mostly read. */
function deepPairsOf(name: string, member: Json): [string, string][] {
  if (typeof member !== 'object' || member === null) return [[name, plainTextOf(member)]]
  return Object.entries<Json>(member).flatMap(([key, inner]) => deepPairsOf(`${name}[${key}]`, inner))
}

/** In no text that a run makes. */
const BOUNDARY = 'rollcall-3f8e61c9d2a7'

/** RFC 7578; OpenAPI 3.1, "Special Considerations for multipart Content". */
function writeMultipart(
  value: Json,
  type: string,
  encoding: Readonly<Record<string, Encoding>>,
  schemasAt: SchemasAt,
): WrittenBody {
  const parts = membersOf(value).flatMap(([name, member]) => {
    const isFile = [...schemasAt([name]), ...schemasAt([name, '0'])].some(isBinarySchema)
    // Without names of files many readers take a part for a text.
    return (Array.isArray(member) ? member : [member]).map((one) => partOf(name, one, isFile, encoding[name]))
  })
  const isBytes = parts.some((part) => part.isBytes)
  const texts = parts.map(({ head, content, isBytes: isOwn }) => {
    const body = isBytes && !isOwn ? toBytes(content) : content
    return `--${BOUNDARY}\r\n${isBytes ? toBytes(head) : head}\r\n\r\n${body}\r\n`
  })
  const text = `${texts.join('')}--${BOUNDARY}--\r\n`
  const contentType = `${type}; boundary=${BOUNDARY}`
  return isBytes ? { text, contentType, isBytes } : { text, contentType }
}

interface Part {
  readonly head: string
  readonly content: string
  readonly isBytes: boolean
}

function partOf(name: string, value: Json, isFile: boolean, encoding: Encoding = {}): Part {
  const quoted = name.replace(/["\r\n]/g, encodeURIComponent)
  const [wanted] = (encoding.contentType ?? '').split(',').map((one) => one.trim())
  const usual = isFile
    ? 'application/octet-stream'
    : typeof value === 'object' && value !== null
      ? 'application/json'
      : 'text/plain'
  const type = wanted && !wanted.includes('*') ? wanted : wanted?.startsWith('image/') ? 'image/png' : usual
  const disposition = `content-disposition: form-data; name="${quoted}"${isFile ? '; filename="rollcall"' : ''}`
  const others = (encoding.requiredHeaders ?? []).map((header) => `${header}: rollcall`)
  const isBytes = isFile && type !== 'application/octet-stream'
  const content = isBytes ? sampleOf(type) : plainTextOf(value)
  return { head: [disposition, `content-type: ${type}`, ...others].join('\r\n'), content, isBytes }
}

/** A text in UTF-8, a character for each byte. */
const toBytes = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')

/** What is null has no text: it is left out. */
const membersOf = (value: Json): [name: string, member: Json][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries<Json>(value).filter(([, member]) => member !== null)
    : []
