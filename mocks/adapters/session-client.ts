import { SESSION_HEADER } from '../api/mock.ts'
import type { ProgrammedFailure } from '../engine/force-failure.ts'
import type { Invitation } from '../engine/vocabulary.ts'
import type { JournalEntry } from '../journal/journal.ts'
import type { Snapshot } from '../state/snapshot.ts'

/** One session of a running `rollcall mock`, steered over its control API. */
export interface SessionClient {
  /** Of the server, without a slash at its end. */
  readonly url: string
  /** The session's name. */
  readonly session: string
  /** What a request must carry to be of this session. */
  readonly headers: Readonly<Record<string, string>>
  /** Fetch with the session's header; a path is taken from the server's URL. */
  fetch(target: string, init?: RequestInit): Promise<Response>
  reset(): Promise<void>
  snapshot(): Promise<Snapshot>
  restore(snapshot: Snapshot): Promise<void>
  failNext(order: ProgrammedFailure): Promise<void>
  readJournal(limit?: number): Promise<JournalEntry[]>
  readOutbox(): Promise<Invitation[]>
}

/** Where the fixtures look for the server: the environment's `ROLLCALL_URL`, or the default port. */
const defaultUrl = (): string => process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:4010'

/**
 * @param controlToken of a server that was started with `--control-token`
 * @throws (each call) Error with what the server answered, or that it cannot be reached and how to start it
 */
export function createSessionClient(session: string, url = defaultUrl(), controlToken?: string): SessionClient {
  const base = url.replace(/\/+$/, '')
  const headers = { [SESSION_HEADER]: session }
  const steer = async (method: string, name: string, body?: unknown): Promise<unknown> => {
    const reply = await fetch(`${base}/__rollcall/${name}`, {
      method,
      headers: { ...headers, ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((cause) => {
      throw new Error(`no rollcall mock answers at ${base}; start one with: npx rollcall mock`, { cause })
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${base}/__rollcall/${name} answered ${reply.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url: base,
    session,
    headers,
    fetch(target, init = {}) {
      const all = new Headers(init.headers)
      all.set(SESSION_HEADER, session)
      return fetch(new URL(target, `${base}/`), { ...init, headers: all })
    },
    reset: async () => void (await steer('POST', 'reset')),
    snapshot: () => steer('GET', 'state') as Promise<Snapshot>,
    restore: async (snapshot) => void (await steer('PUT', 'state', snapshot)),
    failNext: async (order) => void (await steer('POST', 'failures', order)),
    readJournal: (limit) =>
      steer('GET', limit === undefined ? 'journal' : `journal?limit=${limit}`) as Promise<JournalEntry[]>,
    readOutbox: () => steer('GET', 'outbox') as Promise<Invitation[]>,
  }
}
