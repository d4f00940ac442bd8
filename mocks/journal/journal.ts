import { isTooDeep } from '../engine/validate-call.ts'
import type { Answer, Call, Operation, Query, Refusal } from '../engine/vocabulary.ts'
import {
  fieldsOf,
  REDACTED,
  redact,
  redactHeaders,
  redactQuery,
  SECRET_WORD,
  secretsIn,
  secretsOf,
  striking,
} from './redact-entry.ts'

/** One call and what became of it, as plain JSON without credentials. */
export interface JournalEntry {
  /** Rises from call to call, and no other call of this process has it: not of another session, nor after a reset. */
  readonly id: number
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
    /** What was most likely meant otherwise, where a row asked for a failure that there is not. */
    note?: string
  }
  /** Of status 0 where none was given. */
  readonly reply: { status: number; headers: Record<string, string>; body?: unknown }
  /** Milliseconds. */
  readonly duration: number
  /** By how many milliseconds the reply was held back then. */
  readonly delay?: number
}

/** A call without headers and bodies. */
export type BriefEntry = Pick<JournalEntry, 'id' | 'at' | 'api' | 'operationId' | 'verdict' | 'duration'> & {
  readonly method: string
  readonly path: string
  readonly query?: unknown
  readonly status: number
}

type Headers = NonNullable<Call['headers']>

/** Most of the garbage collector's work is what is kept: an entry is few objects, and shares what calls have in common. */
export interface RawEntry {
  readonly id: number
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
  readonly answer: Answer
}

export const JOURNAL_ENTRIES = 1000
/** Of request text, in UTF-16 units: large batches do not fill the memory. */
const JOURNAL_TEXT = 2 ** 25

/** Of all calls of this process: a mock may take the place of another, and sessions are reset. */
let count = 0

/** The last calls of a session, newest last. What is kept is shared with the calls; it is copied and redacted on reading. */
export class Journal {
  #entries: RawEntry[] = []
  #first = 0
  #text = 0
  readonly #most: number
  /** The id of the newest call that is not kept any more. */
  dropped = 0
  /** The id of the newest call; 0 before the first. */
  lastId = 0

  /** @param most how many calls are kept */
  constructor(most = JOURNAL_ENTRIES) {
    this.#most = most
  }

  /** Oldest first, as they are kept: `toEntry` makes of one what may be shown. */
  get entries(): RawEntry[] {
    return this.#entries.slice(this.#first)
  }

  add(at: Date, call: Call, answer: Answer, duration: number): void {
    const { method, path, query, headers = {}, bytes, text = bytes && `${bytes.length} bytes`, body } = call
    const last = this.#entries.at(-1)
    const entry: RawEntry = {
      id: (this.lastId = ++count),
      time: at.getTime(),
      duration: Math.round(duration * 1000),
      method,
      path: path === last?.path ? last.path : path,
      query,
      headers: last && isAmong(headers, last.headers) && isAmong(last.headers, headers) ? last.headers : headers,
      text,
      body,
      answer,
    }
    this.#entries.push(entry)
    this.#text += text?.length ?? 0
    while (
      this.#entries.length - this.#first > this.#most ||
      (this.#text > JOURNAL_TEXT && this.#entries.length - this.#first > 1)
    ) {
      const oldest = this.#entries[this.#first] as RawEntry
      this.#text -= oldest.text?.length ?? 0
      this.dropped = oldest.id
      this.#entries[this.#first] = undefined as never
      this.#first++
    }
    // Shifting once in a while costs less than shifting for every call.
    if (this.#first > this.#most) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
  }

  /**
   * @param limit at most so many, the newest
   * @param operationOf which query parameters are declared; the values of all others are redacted
   */
  read(limit = this.#most, operationOf: OperationOf = () => undefined): JournalEntry[] {
    const { entries } = this
    return entries.slice(Math.max(0, entries.length - limit)).map((entry) => toEntry(entry, operationOf))
  }
}

export type OperationOf = (api: string | undefined, operationId: string | undefined) => Operation | undefined

/** Whether all the headers of one call are those of the other too. */
function isAmong(some: Headers, others: Headers): boolean {
  for (const name in some) if (some[name] !== others[name]) return false
  return true
}

/**
 * What a list shows of a call: who watches is told of every call. Its bodies are read for their secrets where what is shown
 * may hold one of them: not where the path is that of the document and nothing is said of the call.
 */
export function toBrief(raw: RawEntry, operationOf: OperationOf): BriefEntry {
  const { id, time, duration, method, path, query, headers } = raw
  const { api, operationId, reply } = raw.answer
  const operation = operationOf(api, operationId)
  const verdict = verdictOf(raw.answer)
  const isBare = operation && path.endsWith(operation.path) && !query && !verdict.message && !verdict.note
  const secrets = [
    ...secretsOf(headers, query, operation),
    ...(isBare ? [] : secretsIn(bodiesOf(raw).filter((body) => !ArrayBuffer.isView(body)))),
  ]
  const strike = striking(secrets)
  return {
    id,
    at: new Date(time).toISOString(),
    ...(api !== undefined && { api }),
    ...(operationId !== undefined && { operationId }),
    method: strike(method),
    path: strike(path),
    ...(query && { query: redact(redactQuery(query, operation), secrets) }),
    status: reply.status,
    verdict: redact(verdict, secrets) as BriefEntry['verdict'],
    duration: duration / 1000,
  }
}

function verdictOf({ isForced, refusal, note }: Answer) {
  const { refused: reason, message, at, rule }: Partial<Refusal> = refusal ?? {}
  return { outcome: isForced ? 'forced' : refusal ? 'refused' : 'accepted', reason, message, at, rule, note }
}

/** A call as it may be shown: as plain JSON of its own, without secrets. */
export function toEntry(raw: RawEntry, operationOf: OperationOf): JournalEntry {
  const { id, time, duration, method, path, query, headers } = raw
  const { api, operationId, reply, delay } = raw.answer
  const operation = operationOf(api, operationId)
  const bodies = bodiesOf(raw)
  const entry = {
    id,
    at: new Date(time).toISOString(),
    api,
    operationId,
    call: {
      method,
      path,
      query: query && redactQuery(query, operation),
      headers: redactHeaders(headers),
      body: bodies[0],
    },
    verdict: verdictOf(raw.answer),
    reply: {
      status: reply.status,
      headers: reply.headers,
      body: bodies[1],
    },
    duration: duration / 1000,
    delay,
  }
  return redact(entry, [...secretsOf(headers, query, operation), ...secretsIn(bodies)]) as JournalEntry
}

/** What was sent, what was given back, and the fields of a form. */
export function bodiesOf({ text, body, answer: { reply, parts } }: RawEntry): readonly unknown[] {
  const sent = body ?? parsed(text)
  return [sent, parts ? JSON.parse(parts.join('')) : reply.body, sent === REDACTED && fieldsOf(text as string)]
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
