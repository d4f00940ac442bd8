import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { VERSION } from '../api/version.ts'
import type { ProgrammedFailure } from '../engine/force-failure.ts'
import { isTooDeep, MAX_DEPTH } from '../engine/validate-call.ts'
import type { Call, Reply } from '../engine/vocabulary.ts'
import type { Snapshot } from '../state/snapshot.ts'
import { listFailures } from './list-failures.ts'

/** Everything below it belongs to rollcall itself, on every server. */
export const CONTROL_PATH = '/__rollcall'

/** Who may steer the mock: on loopback whoever reaches it there, elsewhere who knows the token. */
export interface ControlGuard {
  readonly isLoopback: boolean
  readonly token?: string
}

interface Control {
  readonly mock: Mock
  readonly call: Call
  /** Seconds since the server began to listen. */
  readonly uptime: number
}

type Answerer = (control: Control) => Reply

const ROUTES: Readonly<Record<string, Readonly<Record<string, Answerer>>>> = {
  health: { GET: readHealth },
  state: { GET: ({ mock, call }) => json(200, sessionOf(mock, call).snapshot()), PUT: writeState },
  reset: {
    POST: ({ mock, call }) => {
      sessionOf(mock, call).reset()
      return { status: 204, headers: {} }
    },
  },
  journal: { GET: readJournal },
  outbox: { GET: ({ mock, call }) => json(200, sessionOf(mock, call).readOutbox()) },
  failures: {
    GET: ({ mock, call }) => json(200, { known: listFailures(mock), ordered: sessionOf(mock, call).readOrders() }),
    POST: orderFailure,
    DELETE: ({ mock, call }) => {
      sessionOf(mock, call).clearFailures()
      return { status: 204, headers: {} }
    },
  },
}

/** Answers a call of the control API, for the caller's session. Never a page of another origin: it could steer the mock. */
export function answerControl(mock: Mock, call: Call, uptime: number, guard: ControlGuard): Reply {
  const forbidden = forbid(call, guard)
  if (forbidden) return json(403, { error: forbidden })
  const name = call.path.slice(CONTROL_PATH.length + 1)
  const methods = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined
  if (!methods) {
    const all = Object.keys(ROUTES).map((known) => `${CONTROL_PATH}/${known}`)
    return json(404, { error: `nothing at ${call.path}; there is ${all.join(', ')}` })
  }
  const answer = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined
  if (!answer) {
    const allow = Object.keys(methods).join(', ')
    return json(405, { error: `${call.method} is not allowed here; allowed: ${allow}` }, { allow })
  }
  try {
    return answer({ mock, call, uptime })
  } catch (error) {
    return json(400, { error: (error as Error).message })
  }
}

const LOOPBACK_NAME = /^(?:localhost|(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/** Why this call may not steer the mock, in one line; undefined: it may. */
function forbid(call: Call, guard: ControlGuard): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site, authorization } = call.headers ?? {}
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'the control API is not for other sites'
  if (origin !== undefined && !isOwn(origin, host)) return 'the control API is not for other origins'
  // A foreign name that resolves to loopback is a page's way around the same-origin policy (DNS rebinding).
  if (guard.isLoopback && guard.token === undefined) {
    return LOOPBACK_NAME.test(host) ? undefined : 'the Host header must be a loopback name'
  }
  if (call.path === `${CONTROL_PATH}/health`) return undefined
  if (guard.token === undefined) return 'off loopback the control API needs a token: start with --control-token'
  return authorization === `Bearer ${guard.token}` ? undefined : 'send Authorization: Bearer <control token>'
}

const isOwn = (origin: string, host: string): boolean => origin.replace(/^https?:\/\//i, '') === host

const sessionOf = (mock: Mock, call: Call) => mock.session(call.headers?.[SESSION_HEADER] ?? '')

function readHealth({ mock, uptime }: Control): Reply {
  const apis = mock.apis.map(({ name, version }) => ({ name, version }))
  return json(200, { status: 'ok', version: VERSION, apis, uptime })
}

function writeState({ mock, call }: Control): Reply {
  sessionOf(mock, call).restore(readObject(call) as unknown as Snapshot)
  return { status: 204, headers: {} }
}

function readJournal({ mock, call }: Control): Reply {
  const limit = call.query?.['limit']
  if (limit !== undefined && !(typeof limit === 'string' && /^\d+$/.test(limit))) {
    throw new Error(`limit must be a whole number, not ${limit}`)
  }
  return json(200, sessionOf(mock, call).readJournal(limit === undefined ? undefined : Number(limit)))
}

function orderFailure({ mock, call }: Control): Reply {
  sessionOf(mock, call).failNext(readObject(call) as unknown as ProgrammedFailure)
  return { status: 204, headers: {} }
}

function readObject(call: Call): Record<string, unknown> {
  let value: unknown
  if (isTooDeep(call.text ?? '')) throw new Error(`the body is nested deeper than ${MAX_DEPTH} levels`)
  try {
    value = JSON.parse(call.text ?? '')
  } catch {
    throw new Error('the body must be JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object')
  return value as Record<string, unknown>
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
})
