import type { Keyword } from './keyword.ts'

/** Encodings of RFC 4648, which JSON Schema, Validation, section 8.3 names, by the format whose texts are so encoded. */
const FORMATS: Readonly<Record<string, string>> = {
  base64: 'byte',
  base64url: 'base64url',
  base32: 'base32',
  base16: 'base16',
}

/** Text in the encoding of a format. @returns undefined where that is none that is known here */
export const encodeAs = (format: string, text: string): string | undefined => ENCODERS[format]?.(encodeUtf8(text))

const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const ENCODERS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  byte: toBase64,
  base64url: (bytes) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  base16: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(''),
}

const isJson = (mediaType: unknown): boolean =>
  typeof mediaType === 'string' && /^[\w.-]+\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(mediaType)

/** Nobody validates it: it is what whoever reads the text decodes. */
export const contentEncoding: Keyword = {
  name: 'contentEncoding',
  of: 'string',
  narrow(shape, { contentEncoding: name }) {
    const format = typeof name === 'string' ? FORMATS[name.toLowerCase()] : undefined
    if (format !== undefined && !shape.formats.includes(format)) shape.formats.push(format)
  },
}

/** With `contentSchema`, which says nothing without it (section 8.5). Of what a text may hold, JSON alone is composed. */
export const contentMediaType: Keyword = {
  name: 'contentMediaType',
  of: 'string',
  narrow(shape, { contentMediaType: name, contentSchema = {} }) {
    if (isJson(name)) shape.contents.push(contentSchema)
  },
}
