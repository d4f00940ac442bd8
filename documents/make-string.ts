import { languageOf } from './pattern-language.ts'
import type { Random } from './random.ts'

/** What a string has to be. */
export interface StringRules {
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly patterns: readonly string[]
  readonly formats: readonly string[]
}

/** @returns undefined where no string satisfies the rules */
export function makeString(rules: StringRules, random: Random): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = rules
  if (minLength > maxLength) return undefined
  const formats = rules.formats.filter((format) => Object.hasOwn(FORMAT_PATTERNS, format))
  const [format] = formats
  if (rules.patterns.length === 0 && formats.length === 0) return makeWords(minLength, maxLength, random)
  if (rules.patterns.length === 0 && formats.length === 1 && format && Object.hasOwn(USUAL, format)) {
    const usual = (USUAL[format] as (random: Random) => string)(random)
    if (usual.length >= minLength && usual.length <= maxLength) return usual
  }
  const patterns = [...rules.patterns, ...formats.map((name) => FORMAT_PATTERNS[name] as string)]
  return languageOf(...(patterns as [string, ...string[]])).draw(random, { minLength, maxLength })
}

const ONSETS = [...'bdfgklmnprstv']
const VOWELS = [...'aeiou']

/** One word of a few syllables, or, where more is asked for, several with spaces between them. */
export function makeWords(minLength: number, maxLength: number, random: Random): string {
  const length = Math.min(maxLength, Math.max(minLength, random.integer(5, 10)))
  let text = ''
  let word = 0
  while (text.length < length) {
    if (word >= 8 && length - text.length > 3) {
      text += ' '
      word = 0
    }
    text += random.pick(word % 2 === 0 ? ONSETS : VOWELS)
    word++
  }
  return text.slice(0, length)
}

const two = (value: number): string => String(value).padStart(2, '0')
const makeDate = (random: Random): string =>
  `${random.integer(2015, 2025)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
const makeTime = (random: Random): string =>
  `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}Z`
const makeHost = (random: Random): string => `${makeWords(4, 9, random)}.example.${random.pick(['com', 'net', 'org'])}`
const hex = (length: number, random: Random): string =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('')
const makeEmail = (random: Random): string =>
  `${makeWords(3, 7, random)}.${makeWords(4, 8, random)}@example.${random.pick(['com', 'net', 'org'])}`
const makeUri = (random: Random): string => `https://${makeHost(random)}/${makeWords(3, 8, random)}`

/** How these formats look where nothing else is asked; addresses are of the blocks kept for documentation. */
const USUAL: Readonly<Record<string, (random: Random) => string>> = {
  date: makeDate,
  time: makeTime,
  'date-time': (random) => `${makeDate(random)}T${makeTime(random)}`,
  email: makeEmail,
  'idn-email': makeEmail,
  uuid: (random) =>
    `${hex(8, random)}-${hex(4, random)}-4${hex(3, random)}-${random.pick([...'89ab'])}${hex(3, random)}-${hex(12, random)}`,
  uri: makeUri,
  'uri-reference': makeUri,
  url: makeUri,
  iri: makeUri,
  'iri-reference': makeUri,
  'uri-template': makeUri,
  hostname: makeHost,
  'idn-hostname': makeHost,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.integer(1, 0xffff).toString(16)}`,
  byte: (random) => btoa(makeWords(6, 12, random)),
  password: (random) => `${makeWords(8, 12, random)}-${random.integer(10, 99)}`,
}

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])'
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+\\-](?:[01]\\d|2[0-3]):[0-5]\\d)'
const LABEL = '[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?'
const HOST = `${LABEL}(?:\\.${LABEL})*`
const EMAIL = `[A-Za-z0-9_+\\-]+(?:\\.[A-Za-z0-9_+\\-]+)*@(?:${LABEL}\\.)+[a-z]{2,10}`
const URI = `[a-z][a-z0-9+.\\-]*:\\/\\/[a-z0-9.\\-]+(?::\\d{2,4})?(?:\\/[A-Za-z0-9._~\\-]*)*(?:\\?[A-Za-z0-9=&]+)?(?:#[a-z0-9]+)?`
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'

/** Every text of these patterns has the format, though not the other way round: they are for drawing from. */
const FORMAT_PATTERNS: Readonly<Record<string, string>> = {
  date: `^${DATE}$`,
  time: `^${TIME}$`,
  'date-time': `^${DATE}T${TIME}$`,
  'iso-date-time': `^${DATE}T${TIME}$`,
  'iso-time': `^${TIME}$`,
  duration: '^P(?:\\d{1,3}D|\\d{1,3}W|\\d{1,2}Y\\d{1,2}M|\\d{1,2}DT\\d{1,2}H\\d{1,2}M|T\\d{1,3}[HMS])$',
  email: `^${EMAIL}$`,
  'idn-email': `^${EMAIL}$`,
  uuid: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  uri: `^${URI}$`,
  url: `^https?:\\/\\/[a-z0-9]{1,20}\\.[a-z]{2,6}(?:\\/[A-Za-z0-9_~\\-]*)*$`,
  iri: `^${URI}$`,
  'uri-reference': `^(?:${URI}|\\/[A-Za-z0-9._~\\-/]*)$`,
  'iri-reference': `^(?:${URI}|\\/[A-Za-z0-9._~\\-/]*)$`,
  'uri-template': '^(?:\\/[a-z0-9]+|\\/\\{[a-z]+\\})+$',
  hostname: `^${HOST}$`,
  'idn-hostname': `^${HOST}$`,
  ipv4: `^(?:${BYTE}\\.){3}${BYTE}$`,
  ipv6: '^(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$',
  byte: '^(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?$',
  'json-pointer': '^(?:\\/[a-z0-9]+)*$',
  'relative-json-pointer': '^\\d(?:\\/[a-z0-9]+)*$',
  regex: '^[a-z0-9]+$',
  password: '^[^]*$',
  binary: '^[^]*$',
}
