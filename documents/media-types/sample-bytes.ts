import { keywordsOf } from '../contract/follow-schema.ts'
import type { Schema } from '../contract/schema.ts'

/** The smallest of its kind that can be opened, in base64. */
const SAMPLES: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'image/gif': 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  'application/zip': 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==',
  'application/gzip': 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=',
}
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`

/** Types whose bodies are bytes, whatever their schema says. */
const BYTES =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:octet-stream|pdf|(?:x-)?(?:zip|gzip|tar|7z|bzip|rar|protobuf|msgpack)|cbor|wasm|msword|java-archive|vnd\.(?:ms-|openxmlformats|oasis)))/

/** Whether a body of this media type is bytes, to be sent as they are. */
export const isBytesName = (name: string): boolean => BYTES.test(name)

/** Whether a schema is about bytes: `format: binary` of OpenAPI 3.0, or bytes that stand unencoded (3.1, "Working with Binary Data"). */
export function isBinarySchema(schema: Schema): boolean {
  const { format, ...rest } = keywordsOf(schema)
  const { contentMediaType, contentEncoding } = rest as { contentMediaType?: string; contentEncoding?: string }
  return format === 'binary' || (contentEncoding === undefined && isBytesName(contentMediaType ?? ''))
}

/** Some bytes of a media type: a file of its kind where one is short, or else a text. */
export function sampleBytes(name: string): Uint8Array {
  const sample = SAMPLES[name]
  if (sample) return Uint8Array.from(atob(sample), (character) => character.charCodeAt(0))
  return new TextEncoder().encode(name === 'application/pdf' ? PDF : 'rollcall\n')
}
