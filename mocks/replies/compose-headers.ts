import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredHeader } from '../../documents/contract/operation.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { make } from '../../documents/values/compose-example.ts'

/** They say how a body is framed and coded, which is for the server to say. */
const FRAMING =
  /^(?:content-length|content-encoding|transfer-encoding|connection|keep-alive|trailer|upgrade|proxy-authenticate)$/

/** Of no use unless the document gives an example: a made one would lead away, or lock a page out. */
const NEVER_MADE = /^(?:access-control-.*|link|age|via|content-range|content-security-policy)$/

/** A name is a token (RFC 9110, section 5.6.2). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/

const SOME_TIME = 'Thu, 01 Jan 2026 00:00:00 GMT'
const LATER = 'https://example.com/'

/** What means something in a header of this name, where its schema allows it. */
const USUAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    location: LATER,
    'content-location': LATER,
    etag: '"1"',
    'last-modified': SOME_TIME,
    expires: SOME_TIME,
    date: SOME_TIME,
    'retry-after': '1',
    'cache-control': 'no-store',
    'content-disposition': 'attachment',
    'content-language': 'en',
    vary: 'accept',
    'set-cookie': 'session=1; Path=/',
    'strict-transport-security': 'max-age=0',
  }),
)

/**
 * The headers that a reply declares, by their names in lower case: each its first valid example, or what is usual, or what
 * its schema makes. A header whose schema says nothing is left out, unless it is required.
 * @param usual what this reply would have, before what is usual anywhere
 */
export function composeHeaders(
  contract: Contract,
  operationId: string,
  declared: readonly DeclaredHeader[],
  usual: ReadonlyMap<string, string>,
): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const header of declared) {
    const name = nameOf(header)
    if (FRAMING.test(name) || !NAME.test(name)) continue
    const value = composeOnce(contract, operationId, header, usual.get(name))
    if (value === undefined) continue
    const before = headers[name]
    headers[name] = name === COOKIES && before !== undefined ? `${before}\n${value}` : value
  }
  return headers
}

/** The one header that cannot be sent as a list with commas (RFC 9110, section 5.3): each cookie stands on its own line. */
const COOKIES = 'set-cookie'

/** In lower case. A map has a name only once: authors put a zero character before that of a second cookie. */
const nameOf = ({ name }: DeclaredHeader): string => name.toLowerCase().replace(/^\0+/, '')

/** What a header's value is, once known: making costs, and gives the same each time. */
const createKnown = (): WeakMap<DeclaredHeader, string | undefined> => new WeakMap()

function composeOnce(
  contract: Contract,
  operationId: string,
  header: DeclaredHeader,
  usual?: string,
): string | undefined {
  const known = contract.once(createKnown)
  if (usual === undefined && known.has(header)) return known.get(header)
  const value = composeValue(contract, operationId, header, usual ?? USUAL.get(nameOf(header)))
  const text = value === undefined ? undefined : linesOf(header, value).map(sendable).join('\n')
  if (usual === undefined) known.set(header, text)
  return text
}

function composeValue(contract: Contract, operationId: string, header: DeclaredHeader, usual?: string): unknown {
  const { schema, required } = header
  const name = nameOf(header)
  const examples = header.examples.filter((example) => example !== null)
  try {
    const validate = replyValidatorOf(contract, schema)
    const isValid = (value: unknown) => readHeaderValue(value).some((reading) => validate(reading))
    const valid = [...examples, ...(usual === undefined ? [] : [usual])].find(isValid)
    if (valid !== undefined) return valid
    if (!required && (NEVER_MADE.test(name) || Object.keys(keywordsOf(schema.schema)).length === 0)) return undefined
    return make(contract, schema, [operationId, name], validate)
  } catch {
    // No value can be made: the document's own is the best there is.
    return examples[0] ?? usual
  }
}

/** What a text in a header may stand for, itself first. */
export function readHeaderValue(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value]
  const number = value.trim() === '' ? Number.NaN : Number(value)
  const boolean = ['true', 'false'].includes(value) ? [value === 'true'] : []
  return [value, ...(Number.isNaN(number) ? [] : [number]), ...boolean, value.split(',')]
}

/** Of cookies one each, as a list or as the members of an object have them (OpenAPI 3.2, Header Object, "Set-Cookie"). */
function linesOf(header: DeclaredHeader, value: unknown): string[] {
  if (nameOf(header) !== COOKIES) return [write(header, value)]
  if (typeof value === 'string') return value.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Array.isArray(value) ? value.map(String) : Object.entries(value).map(([name, own]) => `${name}=${own}`)
}

/** In the style `simple`, or as its media type has it (OpenAPI 3.1, Header Object). */
function write({ explode, mediaType }: DeclaredHeader, value: unknown): string {
  if (mediaType !== undefined && typeof value !== 'string') return asciiJson(value)
  if (Array.isArray(value)) return value.map(String).join(',')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, member]) => `${name}${explode ? '=' : ','}${member}`)
    .join(',')
}

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Letters that no header can carry are percent-encoded, line breaks become spaces (RFC 9110, section 5.5). */
const sendable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[^\x20-\x7e]+/g, encodeURIComponent)
    .trim()
