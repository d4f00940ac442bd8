import { isTooDeep } from './validate-call.ts'
import type { Answer, Call, Operation, Query, Refusal, Reply, WrittenReply } from './vocabulary.ts'

/** One call and what became of it, as plain JSON without credentials. */
export interface JournalEntry {
  /** ISO 8601, by the mock's clock. */
  readonly at: string
  readonly api?: string
  readonly operationId?: string
  readonly call: { method: string; path: string; query?: unknown; headers: Record<string, string>; body?: unknown }
  readonly verdict: {
    outcome: 'accepted' | 'refused' | 'forced'
    reason?: string
    at?: string
    rule?: string
    message?: string
  }
  readonly reply: { status: number; headers: Record<string, string>; body?: unknown }
  /** Milliseconds. */
  readonly duration: number
}

type Headers = NonNullable<Call['headers']>

/** Most of the garbage collector's work is what is kept: an entry is few objects, and shares what calls have in common. */
interface RawEntry {
  /** Milliseconds since 1970. */
  readonly time: number
  /** Microseconds, whole: a fraction would be an object of its own. */
  readonly duration: number
  readonly method: string
  readonly path: string
  readonly query: Query | undefined
  readonly headers: Headers
  readonly text: string | undefined
  readonly body: unknown
  readonly api: string | undefined
  readonly operationId: string | undefined
  readonly refusal: Refusal | undefined
  readonly isForced: boolean | undefined
  reply: Reply | WrittenReply
}

export const JOURNAL_ENTRIES = 1000
/** Of request text, in UTF-16 units: large batches do not fill the memory. */
const JOURNAL_TEXT = 2 ** 25

/** The last calls of a session, newest last. What is kept is shared with the calls; it is copied and redacted on reading. */
export class Journal {
  #entries: RawEntry[] = []
  #first = 0
  #text = 0

  add(at: Date, call: Call, { api, operationId, refusal, isForced, reply, kept }: Answer, duration: number): void {
    const { method, path, query, headers = {}, text, body } = call
    const last = this.#entries.at(-1)
    const entry: RawEntry = {
      time: at.getTime(),
      duration: Math.round(duration * 1000),
      method,
      path: path === last?.path ? last.path : path,
      query,
      headers: last && isAmong(headers, last.headers) && isAmong(last.headers, headers) ? last.headers : headers,
      text,
      body,
      api,
      operationId,
      refusal,
      isForced,
      reply,
    }
    this.#entries.push(entry)
    if (kept) kept.entry = entry
    this.#text += text?.length ?? 0
    while (
      this.#entries.length - this.#first > JOURNAL_ENTRIES ||
      (this.#text > JOURNAL_TEXT && this.#entries.length - this.#first > 1)
    ) {
      this.#text -= this.#entries[this.#first]?.text?.length ?? 0
      this.#entries[this.#first] = undefined as never
      this.#first++
    }
    // Shifting once in a while costs less than shifting for every call.
    if (this.#first > JOURNAL_ENTRIES) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
  }

  /**
   * @param limit at most so many, the newest
   * @param operationOf which query parameters are declared; the values of all others are redacted
   */
  read(limit = JOURNAL_ENTRIES, operationOf: OperationOf = () => undefined): JournalEntry[] {
    const start = Math.max(this.#first, this.#entries.length - limit)
    return this.#entries.slice(start).map((entry) => toEntry(entry, operationOf))
  }
}

export type OperationOf = (api: string | undefined, operationId: string | undefined) => Operation | undefined

/** Whether all the headers of one call are those of the other too. */
function isAmong(some: Headers, others: Headers): boolean {
  for (const name in some) if (some[name] !== others[name]) return false
  return true
}

function toEntry(raw: RawEntry, operationOf: OperationOf): JournalEntry {
  const { time, duration, method, path, query, headers, text, body, api, operationId, refusal, isForced, reply } = raw
  const { refused: reason, message, at, rule }: Partial<Refusal> = refusal ?? {}
  const entry = {
    at: new Date(time).toISOString(),
    api,
    operationId,
    call: {
      method,
      path,
      query: query && redactQuery(query, operationOf(api, operationId)),
      headers: redactHeaders(headers),
      body: body ?? parsed(text),
    },
    verdict: { outcome: isForced ? 'forced' : refusal ? 'refused' : 'accepted', reason, message, at, rule },
    reply: {
      status: reply.status,
      headers: reply.headers,
      body: 'parts' in reply ? JSON.parse(reply.parts.join('')) : reply.body,
    },
    duration: duration / 1000,
  }
  return redact(entry, secretsOf(headers)) as JournalEntry
}

/**
 * A body that is not JSON, or nested deeper than a request may be, is shown as the text that came, unless it speaks of a
 * secret: nobody knows where that ends.
 */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    if (!isTooDeep(text)) return JSON.parse(text)
  } catch {}
  return SECRET_WORD.test(text) ? REDACTED : text
}

export const REDACTED = '***'

const CODING = String.raw`(?:gzip|x-gzip|deflate|br|zstd|identity|\*)(?:\s*;\s*q=[\d.]+)?`
const MEDIA = String.raw`[\w.+*-]+\/[\w.+*-]+(?:\s*;\s*(?:q=[\d.]+|charset="?[\w-]+"?))*`
const HOST = String.raw`(?:localhost|\[[0-9a-f:]+\]|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)(?::\d+)?`
const listOf = (item: string): RegExp => new RegExp(`^${item}(?:[\\s,;]+${item})*$`, 'i')

/**
 * The headers that are shown, each while it says what it is there for; every other one, and every other value, may hold
 * a secret that was put into the wrong place.
 */
const SHOWN: ReadonlyMap<string, RegExp> = new Map([
  ['accept', listOf(MEDIA)],
  ['accept-encoding', listOf(CODING)],
  ['accept-language', listOf(String.raw`(?:\*|[a-z]{2,3}(?:-[a-z]{2,4})?)(?:\s*;\s*q=[\d.]+)?`)],
  ['connection', /^(?:keep-alive|close)$/i],
  ['content-encoding', listOf(CODING)],
  ['content-length', /^\d+$/],
  ['content-type', listOf(MEDIA)],
  ['host', listOf(HOST)],
  ['origin', new RegExp(`^(?:null|https?://${HOST})$`, 'i')],
  ['prefer', listOf(String.raw`(?:code=\d{3}|example="?[\w-]+"?)`)],
  ['transfer-encoding', /^chunked$/i],
  ['user-agent', /^(?:node$|[\w.-]+\/[\d.]+(?:\s|$))/],
  ['x-rollcall-session', /^/],
])

const isShown = (name: string, value: string): boolean => SHOWN.get(name)?.test(value) === true

const redactHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isShown(name, value) ? value : REDACTED]))

function redactQuery(query: Query, operation: Operation | undefined): Record<string, unknown> {
  const declared = new Set(operation?.parameters.flatMap((one) => (one.in === 'query' ? one.name : [])))
  const keys = new Set(operation?.security.flat().flatMap((one) => (one.in === 'query' ? (one.key ?? '') : [])))
  const entries = Object.entries(query).map(([name, value]) => {
    // Of `filter[token]`, the parameter `filter` is declared and the member `token` may not be.
    const [parameter = name, member = ''] = name.split(/[[\]]/)
    const isKnown = declared.has(name) || (declared.has(parameter) && !SECRET_NAME.test(member))
    return [name, isKnown && !keys.has(name) ? value : REDACTED] as const
  })
  return Object.fromEntries(entries)
}

/** Every credential of the call, to be struck out wherever it shows again: in a message, in a body, in a path. */
function secretsOf(headers: Headers): string[] {
  const { authorization = '', cookie = '' } = headers
  const ofCookies = cookie.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  const hidden = Object.entries(headers).flatMap(([name, value]) =>
    // Node gives the values of a repeated header such as set-cookie as a list, which flatMap takes apart.
    isShown(name, value) || COMMON.test(name) ? [] : value,
  )
  return (
    [...hidden, ...authorization.split(' '), ...ofCookies]
      // Shorter ones would blacken ordinary words; a credential is longer.
      .filter((secret) => secret.length > 5)
      .sort((a, b) => b.length - a.length)
  )
}

/** Headers that browsers send of their own accord: hidden like the rest, but their words may stand elsewhere. */
const COMMON = /^(?:accept-language|cache-control|pragma|priority|te|referer|sec-fetch-(?:dest|mode|site|user))$/

/** Members whose values are secrets by their name: passwords and their hashes, seeds, tokens, keys; no public keys. */
const SECRET_NAME = /^(?!.*public).*(?:password|passcode|secret|token|key|jwt|authorization)$|^seed$/i
const SECRET_WORD = /password|passcode|secret|token|key|jwt|authorization|seed/i

/** A copy without what is undefined and without secrets, by their value wherever they stand, and by the name of what holds them. */
function redact(value: unknown, secrets: readonly string[]): unknown {
  const strike = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), text)
  const copy = (one: unknown): unknown => {
    if (typeof one === 'string') return strike(one)
    if (Array.isArray(one)) return one.map(copy)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(
      Object.entries(one).flatMap(([name, member]) =>
        member === undefined ? [] : [[strike(name), isSecret(name, member) ? REDACTED : copy(member)]],
      ),
    )
  }
  return copy(value)
}

/** A flag such as `password: true` only says that there is one. */
const isSecret = (name: string, member: unknown): boolean =>
  SECRET_NAME.test(name) && member !== null && typeof member !== 'boolean'
