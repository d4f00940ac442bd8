import { decode } from '../engine/match-route.ts'
import type { Call, Operation, Query } from '../engine/vocabulary.ts'

type Headers = NonNullable<Call['headers']>

export const REDACTED = '***'

const MEDIA = String.raw`[\w.+*-]+\/[\w.+*-]+(?:\s*;\s*(?:q=[\d.]+|charset="?[\w-]+"?))*`
const HOST = String.raw`(?:localhost|\[[0-9a-f:]+\]|(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63})(?::\d+)?`
const listOf = (item: string): string => `${item}(?:[\\s,;]+${item})*`

/**
 * The headers that are shown, each while it says what it is there for; every other one, and every other value, may hold
 * a secret that was put into the wrong place.
 */
const SHOWN = new RegExp(
  `^(?:${[
    `(?:accept|content-type):${listOf(MEDIA)}`,
    'content-encoding:(?:gzip|br)',
    'connection:(?:keep-alive|close)',
    String.raw`content-length:\d+`,
    `host:${listOf(HOST)}`,
    `origin:(?:null|https?://${HOST})`,
    `prefer:${listOf(String.raw`(?:code=\d{3}|example="?[\w-]+"?)`)}`,
    String.raw`user-agent:(?:node|[\w.-]+\/[\d.]+(?:\s.*)?)`,
    'x-rollcall-session:.*',
  ].join('|')})$`,
  'i',
)

const isShown = (name: string, value: string): boolean => SHOWN.test(`${name}:${value}`)

export const redactHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isShown(name, value) ? value : REDACTED]))

/** What credentials are called, wherever they are sent. */
const keysOf = (operation: Operation | undefined) => operation?.security.flat().map(({ key }) => key)

export function redactQuery(query: Query, operation: Operation | undefined): Record<string, unknown> {
  const declared = new Set(
    operation?.parameters.flatMap(({ in: place, name, layout }) =>
      // The members of an object may come under names of their own.
      /^query/.test(place) ? [name, ...Object.keys(layout?.properties ?? {})] : [],
    ),
  )
  const keys = keysOf(operation)
  const entries = Object.entries(query).map(([name, value]) => {
    // Of `filter[token]`, the parameter `filter` is declared and the member `token` may not be.
    const isKnown = declared.has(name) || (declared.has(name.split('[', 1)[0] as string) && !isSecretName(name))
    return [name, isKnown && !keys?.includes(name) ? value : REDACTED] as const
  })
  return Object.fromEntries(entries)
}

/**
 * Every credential of the call, to be struck out wherever it shows again: in a message, in a body, in a path.
 * @param operation says which query parameters are called like keys; where none was found, any of them may be one
 */
export function secretsOf(headers: Headers, query?: Query, operation?: Operation): string[] {
  const ofHeaders = secretsInHeaders(headers)
  if (!query) return ofHeaders
  const ofQuery = keysOf(operation)?.flatMap((key) => query[key as string] ?? []) ?? Object.values(query).flat()
  return [...ofHeaders, ...ofQuery, ...secretsIn(query)]
}

/** Most calls of a session come with the headers of the one before, and share them in the journal. */
const read = new WeakMap<Headers, string[]>()

function secretsInHeaders(headers: Headers): string[] {
  const known = read.get(headers)
  if (known) return known
  const { authorization = '', cookie = '' } = headers
  const ofCookies = cookie.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  const hidden = Object.entries(headers).flatMap(([name, value]) =>
    // Node gives the values of a repeated header such as set-cookie as a list, which flatMap takes apart.
    isShown(name, value) || COMMON.test(name) ? [] : value,
  )
  const found = [...hidden, ...authorization.split(' '), passwordIn(authorization), ...ofCookies]
  read.set(headers, found)
  return found
}

/** Of `Basic`, behind the first colon of what was encoded (RFC 7617). */
function passwordIn(authorization: string): string {
  const [, encoded] = /^(?:basic\s+)?([\w+/-]+={0,2})$/i.exec(authorization) ?? []
  if (encoded === undefined) return ''
  try {
    const pair = atob(encoded)
    return pair.slice(pair.indexOf(':') + 1)
  } catch {
    return ''
  }
}

/** Headers that browsers send of their own accord: hidden like the rest, but their words may stand elsewhere. */
const COMMON = /^(?:accept-language|.*-encoding|cache-control|pragma|priority|te|referer|sec-fetch-.*)$/

const WORDS = 'pass.?(?:word|wd|code|phrase)|pwd|secret|token|credential|jwt'

/** Whether a text speaks of a secret: of all that holds secrets by name, some word is in it. */
export const SECRET_WORD = new RegExp(`${WORDS}|key|authorization|seed`, 'i')

/**
 * Names of secrets: passwords and their hashes, seeds, tokens, keys, with what may be added to the name of one that is still
 * one, and ways to a member: `filter[a][token]`, `user.password`, the pointer `/tokens/0`. None are public keys, and limits.
 */
const SECRET_NAME = new RegExp(
  `^(?!.*(?:public|max_)[^/.[]*$).*(?:(?:${WORDS})s?|key|authorization)(?:[\\W\\d_]|value|hash|confirm\\w*|pem)*(?:[[/.].*)?$|^seed$`,
  'i',
)

const isSecretName = (name: string): boolean => SECRET_NAME.test(name)

/** Whether a member is a secret by its name, or is what a JSON Patch (RFC 6902) puts where a secret is. */
const isSecret = (name: string, { path }: { path?: unknown }): boolean =>
  isSecretName(name) || (name === 'value' && typeof path === 'string' && isSecretName(path))

/** By so many values texts are searched: each is looked for in every text. */
const SEARCHED = 100

/** What stands in a body or a query under the name of a secret: it may show again under another name, or in a text. */
export function secretsIn(value: unknown, found: string[] = [], isHidden?: boolean): string[] {
  if (typeof value === 'string') {
    if (isHidden && value.length > 5) found.push(value)
  } else if (typeof value === 'object' && value) {
    for (const [name, member] of Object.entries(value)) secretsIn(member, found, isHidden || isSecret(name, value))
  }
  return found
}

/** What a body that is no JSON says as a form: its secrets have names too. */
export const fieldsOf = (text: string): object[] =>
  Array.from(new URLSearchParams(text), ([name, value]) => ({ [name]: value }))

/** @returns strikes them out of a text, by their value wherever they stand, as they are or percent-encoded */
export function striking(secrets: readonly string[]): (text: string) => string {
  // The longest first. Shorter ones would blacken ordinary words; a credential is longer.
  const searched = secrets
    .filter(({ length }) => length > 5)
    .slice(0, SEARCHED)
    .sort((one, other) => other.length - one.length)
  // What hides one is shown decoded; whatever else is encoded stays as it came.
  const strike = (text: string, levels = LEVELS): string => {
    const shown = searched.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    if (!levels || shown.length > LONG) return shown
    const plain = shown.replace(/(?:%[\da-f]{2})+/gi, decode)
    const struck = plain === shown ? plain : strike(plain, levels - 1)
    return struck === plain ? shown : struck
  }
  return strike
}

/** So often a text may have been percent-encoded: by a client, by a proxy, by mistake. */
const LEVELS = 4

/** In UTF-16 units: longer ones are no part of a URL, and reading a journal holds others up. */
const LONG = 100_000

/** A copy without what is undefined and without secrets, by their value wherever they stand, and by the name of what holds them. */
export function redact(value: unknown, secrets: readonly string[]): unknown {
  const strike = striking(secrets)
  const copy = (one: unknown): unknown => {
    if (typeof one === 'string') return strike(one)
    if (Array.isArray(one)) return one.map(copy)
    if (typeof one !== 'object' || one === null) return one
    if (one instanceof Uint8Array) return `${one.length} bytes`
    return Object.fromEntries(
      Object.entries(one).flatMap(([name, member]) =>
        member === undefined
          ? []
          : [[strike(name), isHiding(member, name) && isSecret(name, one) ? REDACTED : copy(member)]],
      ),
    )
  }
  return copy(value)
}

/** A flag such as `password: true` only says that there is one, a number called `tokens` how many. */
const isHiding = (member: unknown, name: string): boolean =>
  member !== null && typeof member !== 'boolean' && !(typeof member === 'number' && /s$/i.test(name))
