import type { Answer } from './answer-call.ts'
import type { Call, Reply } from './vocabulary.ts'

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

interface RawEntry {
  readonly at: Date
  readonly call: Call
  readonly answer: Answer
  readonly duration: number
}

export const JOURNAL_ENTRIES = 1000
/** Of request text, in UTF-16 units: large batches do not fill the memory. */
const JOURNAL_TEXT = 32 * 1024 * 1024

/** The last calls of a session, newest last. What is kept is shared with the calls; it is copied and redacted on reading. */
export class Journal {
  #entries: RawEntry[] = []
  #first = 0
  #text = 0

  add(at: Date, call: Call, answer: Answer, duration: number): void {
    this.#entries.push({ at, call, answer, duration })
    this.#text += call.text?.length ?? 0
    while (
      this.#entries.length - this.#first > JOURNAL_ENTRIES ||
      (this.#text > JOURNAL_TEXT && this.#entries.length - this.#first > 1)
    ) {
      this.#text -= this.#entries[this.#first]?.call.text?.length ?? 0
      this.#entries[this.#first] = undefined as never
      this.#first++
    }
    // Shifting once in a while costs less than shifting for every call.
    if (this.#first > JOURNAL_ENTRIES) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
  }

  /** @param limit at most so many, the newest */
  read(limit = JOURNAL_ENTRIES): JournalEntry[] {
    const start = Math.max(this.#first, this.#entries.length - limit)
    return this.#entries.slice(start).map(toEntry)
  }
}

function toEntry({ at, call, answer, duration }: RawEntry): JournalEntry {
  const { reply, refusal, api, operationId, isForced } = answer
  const body = call.body ?? parsed(call.text)
  const outcome = isForced ? 'forced' : refusal ? 'refused' : 'accepted'
  const entry: JournalEntry = {
    at: at.toISOString(),
    ...(api !== undefined && { api }),
    ...(operationId !== undefined && { operationId }),
    call: {
      method: call.method,
      path: call.path,
      ...(call.query && { query: Object.fromEntries(Object.entries(call.query)) }),
      headers: redactHeaders(call.headers ?? {}),
      ...(body !== undefined && { body }),
    },
    verdict: {
      outcome,
      ...(refusal && { reason: refusal.refused, message: refusal.message }),
      ...(refusal?.at !== undefined && { at: refusal.at }),
      ...(refusal?.rule !== undefined && { rule: refusal.rule }),
    },
    reply: plain(reply),
    duration,
  }
  return redact(entry, secretsOf(call))
}

const plain = ({ status, headers, body }: Reply) => ({
  status,
  headers: { ...headers },
  ...(body !== undefined && { body }),
})

/** A body that is not JSON is shown as the text that came. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const REDACTED = '***'

/** The headers that are shown; every other one may hold a secret. */
const SHOWN = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'origin',
  'prefer',
  'transfer-encoding',
  'user-agent',
  'x-rollcall-session',
])

const redactHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SHOWN.has(name) ? value : REDACTED]))

/** Shorter ones would blacken ordinary words; a credential is longer. */
const SHORTEST_SECRET = 6

/** Every credential of the call, to be struck out wherever it shows again: in a message, in a body, in a path. */
function secretsOf(call: Call): string[] {
  const { authorization = '', cookie = '' } = call.headers ?? {}
  const ofCookies = cookie.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  const hidden = Object.entries(call.headers ?? {}).flatMap(([name, value]) => (SHOWN.has(name) ? [] : [value]))
  const all = [...hidden, ...authorization.split(' '), ...ofCookies].filter(
    (secret) => secret.length >= SHORTEST_SECRET,
  )
  return [...new Set(all)].sort((a, b) => b.length - a.length)
}

/** Members whose values are secrets by their name: passwords and their hashes, seeds, tokens, keys. */
const SECRET_NAME =
  /^(?:password|hashedpassword|passcode|secret|seed|(?:api|access|refresh|id|auth|signer)?_?-?(?:token|key))$/i

function redact<T>(value: T, secrets: readonly string[]): T {
  const text = JSON.stringify(value, (_name, member) => {
    if (typeof member === 'string') return secrets.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), member)
    return member
  })
  return JSON.parse(text, (name, member) =>
    SECRET_NAME.test(name) && (typeof member === 'string' || (typeof member === 'object' && member !== null))
      ? REDACTED
      : member,
  )
}
