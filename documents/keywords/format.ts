import { makeWords } from '../patterns/make-words.ts'
import type { Random } from '../patterns/random.ts'
import type { Keyword } from './keyword.ts'

/** What is known of one format; a format that nothing is known of narrows nothing. */
interface Format {
  /** Every text of this pattern has the format, though not the other way round: it is for drawing from. */
  readonly pattern?: string
  /** How it looks where nothing else is asked; addresses are of the blocks kept for documentation. */
  readonly usual?: (random: Random) => string
  /** Texts that just have the format, by what they are; what they say is what an example says, if there is one. */
  edgesOf?(example: string | undefined): Readonly<Record<string, string>>
  /** A text of the format in its usual form. */
  plainOf?(text: string): string
  /** Texts that do not, by what they are. */
  readonly broken?: Readonly<Record<string, string>>
  /** Of a whole number: the least and the greatest. */
  readonly limits?: readonly [number, number]
}

/**
 * JSON Schema, Validation, section 7. Edges and breaches come from the table below; a format that is not in it is
 * neither tried nor broken.
 */
export const format: Keyword = {
  name: 'format',
  of: 'string',
  narrow(shape, { format: name }) {
    if (typeof name === 'string') shape.formats.push(name)
  },
  *accepts({ format: name, example, examples = [] }) {
    const known = formatOf(name)
    const told = [...examples, example].find((one): one is string => typeof one === 'string')
    for (const [what, text] of Object.entries(known?.edgesOf?.(told) ?? {})) {
      const plain = known?.plainOf?.(text)
      yield { what: `format/${what}`, title: `is ${what}`, ...(plain !== undefined && { plain }), value: () => text }
    }
  },
  *breaks({ format: name }) {
    for (const [what, text] of Object.entries(formatOf(name)?.broken ?? {})) {
      yield { what: `format/${what}`, title: `is ${what}`, value: () => text }
    }
  },
  faults: [
    { accepts: 'a text that breaks its format', noticedBy: /format\/[^/]+/ },
    {
      refuses: 'a date-time with an offset',
      noticedBy: /format\/with an offset/,
      isRefused: (value, { format: name }) => name === 'date-time' && typeof value === 'string' && !value.endsWith('Z'),
    },
  ],
}

/** @returns undefined for a format that nothing is known of */
export const formatOf = (name: string | undefined): Format | undefined =>
  name !== undefined && Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined

/** A moment in the ways of RFC 3339, sections 5.6 and 5.8. A server may allow only some moments: an example is one of them. */
function writeMoment(example: string | undefined): Readonly<Record<string, string>> {
  const told = Date.parse(example ?? '')
  const [leap, other] = Number.isNaN(told) ? [LEAP, OTHER] : [told, told]
  return {
    'in UTC': inSeconds(new Date(leap)),
    'with a fraction': inSeconds(new Date(other)).replace('Z', '.123Z'),
    'with an offset': inSeconds(new Date(other + OFFSET)).replace('Z', '+05:30'),
  }
}

const LEAP = Date.UTC(2024, 1, 29, 23, 59, 59)
const OTHER = Date.UTC(2023, 10, 7, 0, 1, 56)
/** Five and a half hours, in milliseconds. */
const OFFSET = 5.5 * 3_600_000

const inSeconds = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`

const two = (value: number): string => String(value).padStart(2, '0')
const makeDate = (random: Random): string =>
  `${random.integer(2015, 2025)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
const makeTime = (random: Random): string =>
  `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}Z`
const makeHost = (random: Random): string => `${makeWords(4, 9, random)}.example.${random.pick(['com', 'net', 'org'])}`
const hex = (length: number, random: Random): string =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('')
const drawFrom = (letters: string, length: number, random: Random): string =>
  Array.from({ length }, () => random.pick([...letters])).join('')
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const makeEmail = (random: Random): string =>
  `${makeWords(3, 7, random)}.${makeWords(4, 8, random)}@example.${random.pick(['com', 'net', 'org'])}`
const makeUri = (random: Random): string => `https://${makeHost(random)}/${makeWords(3, 8, random)}`
const makeUuid = (random: Random): string =>
  `${hex(8, random)}-${hex(4, random)}-4${hex(3, random)}-${random.pick([...'89ab'])}${hex(3, random)}-${hex(12, random)}`

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])'
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+\\-](?:[01]\\d|2[0-3]):[0-5]\\d)'
const LABEL = '[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?'
const HOST = `${LABEL}(?:\\.${LABEL})*`
const EMAIL = `[A-Za-z0-9_+\\-]+(?:\\.[A-Za-z0-9_+\\-]+)*@(?:${LABEL}\\.)+[a-z]{2,10}`
const URI = `[a-z][a-z0-9+.\\-]*:\\/\\/[a-z0-9.\\-]+(?::\\d{2,4})?(?:\\/[A-Za-z0-9._~\\-]*)*(?:\\?[A-Za-z0-9=&]+)?(?:#[a-z0-9]+)?`
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'

const uri: Format = { pattern: `^${URI}$`, usual: makeUri }
const uriReference: Format = { pattern: `^(?:${URI}|\\/[A-Za-z0-9._~\\-/]*)$`, usual: makeUri }
const email: Format = { pattern: `^${EMAIL}$`, usual: makeEmail }
const hostname: Format = { pattern: `^${HOST}$`, usual: makeHost }

const FORMATS: Readonly<Record<string, Format>> = {
  date: {
    pattern: `^${DATE}$`,
    usual: makeDate,
    edgesOf: () => ({ 'a leap day': '2024-02-29' }),
    plainOf: () => '2024-02-28',
    broken: { words: 'yesterday', 'the 31st of February': '2023-02-31' },
  },
  time: { pattern: `^${TIME}$`, usual: makeTime },
  'date-time': {
    pattern: `^${DATE}T${TIME}$`,
    usual: (random) => `${makeDate(random)}T${makeTime(random)}`,
    edgesOf: writeMoment,
    plainOf: (text) => inSeconds(new Date(text)),
    broken: { 'a date alone': '2023-11-07', words: 'yesterday', 'the 31st of February': '2023-02-31T00:00:00Z' },
  },
  'iso-date-time': { pattern: `^${DATE}T${TIME}$` },
  'iso-time': { pattern: `^${TIME}$` },
  duration: {
    pattern: '^P(?:\\d{1,3}D|\\d{1,3}W|\\d{1,2}Y\\d{1,2}M|\\d{1,2}DT\\d{1,2}H\\d{1,2}M|T\\d{1,3}[HMS])$',
    usual: (random) => `PT${random.integer(1, 90)}M`,
  },
  email: { ...email, broken: { 'no address': 'not an address' } },
  'idn-email': email,
  uuid: {
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    usual: makeUuid,
    broken: { 'no UUID': '12345' },
  },
  uri: { ...uri, broken: { 'no URI': 'not a URI' } },
  url: {
    pattern: '^https?:\\/\\/[a-z0-9]{1,20}\\.[a-z]{2,6}(?:\\/[A-Za-z0-9_~\\-]*)*$',
    usual: makeUri,
  },
  iri: uri,
  'uri-reference': uriReference,
  'iri-reference': uriReference,
  'uri-template': { pattern: '^(?:\\/[a-z0-9]+|\\/\\{[a-z]+\\})+$', usual: makeUri },
  hostname,
  'idn-hostname': hostname,
  ipv4: {
    pattern: `^(?:${BYTE}\\.){3}${BYTE}$`,
    usual: (random) => `192.0.2.${random.integer(1, 254)}`,
    broken: { 'no address': '256.1.1.1' },
  },
  ipv6: {
    pattern: '^(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$',
    usual: (random) => `2001:db8::${random.integer(1, 0xffff).toString(16)}`,
  },
  byte: {
    pattern: '^(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?$',
    usual: (random) => btoa(makeWords(6, 12, random)),
  },
  base64url: {
    pattern: '^(?:[A-Za-z0-9_\\-]{4})*$',
    usual: (random) => btoa(makeWords(6, 12, random)).replace(/=+$/, ''),
  },
  base32: { pattern: '^(?:[A-Z2-7]{8})*$', usual: (random) => drawFrom(BASE32, 16, random) },
  base16: { pattern: '^(?:[0-9A-F]{2})*$', usual: (random) => hex(16, random).toUpperCase() },
  'json-pointer': { pattern: '^(?:\\/[a-z0-9]+)*$' },
  'relative-json-pointer': { pattern: '^\\d(?:\\/[a-z0-9]+)*$' },
  regex: { pattern: '^[a-z0-9]+$' },
  password: {
    pattern: '^[^]*$',
    usual: (random) => `${makeWords(8, 12, random)}-${random.integer(10, 99)}`,
  },
  binary: { pattern: '^[^]*$', usual: (random) => makeWords(6, 12, random) },
  int32: { limits: [-(2 ** 31), 2 ** 31 - 1] },
  // The greatest number of JavaScript below 2 ** 63.
  int64: { limits: [-(2 ** 63), 2 ** 63 - 1024] },
}
