import type { Mock } from '../api/mock.ts'
import { VERSION } from '../api/version.ts'
import type { ProgrammedFailure } from '../engine/force-failure.ts'
import type { Call, Reply } from '../engine/vocabulary.ts'
import {
  addRecord,
  deleteRecord,
  listCollections,
  listRecords,
  putRecord,
  readForm,
  readRecord,
} from './answer-records.ts'
import {
  compareWithSnapshot,
  deleteSnapshot,
  listSnapshots,
  putSnapshot,
  readSnapshotNamed,
  readState,
  restoreSnapshot,
  writeState,
} from './answer-snapshots.ts'
import { ControlError } from './control-error.ts'
import { type Control, type ControlReply, DONE, json, readObject, sessionNameOf, sessionOf } from './exchange.ts'
import { inspectionOf } from './inspection.ts'
import { listFailures } from './list-failures.ts'
import { listOperations, readOperation } from './list-operations.ts'
import { listSessions, resetSession } from './list-sessions.ts'
import type { Sources } from './read-contracts.ts'
import { listJournal, readJournalEntry } from './read-journal.ts'
import { streamEvents } from './stream-events.ts'
import { listDocuments, readDocumentFacts, readOpenApi } from './tell-documents.ts'

/** Everything below it belongs to rollcall itself, on every server. */
export const CONTROL_PATH = '/__rollcall'

/** Who may steer the mock: on loopback whoever reaches it there, elsewhere who knows the token. */
export interface ControlGuard {
  readonly isLoopback: boolean
  readonly token?: string
}

type Answerer = (control: Control) => ControlReply | Promise<ControlReply>

/** By path below `CONTROL_PATH`; `:name` is any segment. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Answerer>>>> = {
  health: { GET: readHealth },
  state: { GET: readState, PUT: writeState },
  reset: {
    POST: (control) => {
      sessionOf(control).reset()
      return DONE
    },
  },
  journal: { GET: listJournal },
  'journal/:id': { GET: readJournalEntry },
  events: { GET: streamEvents },
  outbox: { GET: (control) => json(200, sessionOf(control).readOutbox()) },
  failures: {
    GET: (control) => json(200, { known: listFailures(control.mock), ordered: sessionOf(control).readOrders() }),
    POST: orderFailure,
    DELETE: (control) => {
      sessionOf(control).clearFailures()
      return noteFailures(control)
    },
  },
  sessions: { GET: listSessions },
  'sessions/:name': { DELETE: resetSession },
  records: { GET: listCollections },
  'records/:api/:collection': { GET: listRecords, POST: addRecord },
  'records/:api/:collection/:id': { GET: readRecord, PUT: putRecord, DELETE: deleteRecord },
  'forms/:api/:collection': { GET: readForm },
  snapshots: { GET: listSnapshots },
  'snapshots/:name': { GET: readSnapshotNamed, PUT: putSnapshot, DELETE: deleteSnapshot },
  'snapshots/:name/restore': { POST: restoreSnapshot },
  'snapshots/:name/changes': { GET: compareWithSnapshot },
  operations: { GET: listOperations },
  'operations/:api/:operationId': { GET: readOperation },
  'openapi/:api': { GET: readOpenApi },
  documents: { GET: listDocuments },
  'documents/:api': { GET: readDocumentFacts },
}

/**
 * Answers a call of the control API, for the caller's session. Never a page of another origin: it could steer the mock.
 * What needs a document that was not read yet is answered later.
 */
export function answerControl(
  mock: Mock,
  call: Call,
  uptime: number,
  guard: ControlGuard,
  sources?: Sources,
): ControlReply | Promise<ControlReply> {
  const forbidden = forbid(call, guard)
  if (forbidden) return json(403, { error: forbidden })
  const found = findRoute(call.path.slice(CONTROL_PATH.length + 1))
  if (!found) {
    const all = Object.keys(ROUTES).map((known) => `${CONTROL_PATH}/${known.replace(/:(\w+)/g, '<$1>')}`)
    return json(404, { error: `nothing at ${call.path}; there is ${all.join(', ')}` })
  }
  const { methods, params } = found
  const answer = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined
  if (!answer) {
    const allow = Object.keys(methods).join(', ')
    return json(405, { error: `${call.method} is not allowed here; allowed: ${allow}` }, { allow })
  }
  try {
    const reply = answer({ mock, call, uptime, params, inspection: inspectionOf(mock, sources) })
    return reply instanceof Promise ? reply.catch(refuse) : reply
  } catch (error) {
    return refuse(error)
  }
}

const refuse = (error: unknown): Reply =>
  json(error instanceof ControlError ? error.status : 400, { error: (error as Error).message })

interface Found {
  readonly methods: Readonly<Record<string, Answerer>>
  readonly params: Readonly<Record<string, string>>
}

const PATTERNS = Object.entries(ROUTES).map(([pattern, methods]) => ({ segments: pattern.split('/'), methods }))

function findRoute(path: string): Found | undefined {
  const given = path.split('/')
  for (const { segments, methods } of PATTERNS) {
    if (segments.length !== given.length) continue
    const params: Record<string, string> = {}
    const isMatch = segments.every((segment, index) => {
      const text = given[index] as string
      if (!segment.startsWith(':')) return segment === text
      const decoded = decode(text)
      if (decoded === undefined || decoded === '') return false
      params[segment.slice(1)] = decoded
      return true
    })
    if (isMatch) return { methods, params }
  }
  return undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
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

function readHealth({ mock, uptime }: Control): Reply {
  const apis = mock.apis.map(({ name, version }) => ({ name, version }))
  return json(200, { status: 'ok', version: VERSION, apis, uptime })
}

/** So many orders of a session may stand. */
const MOST_ORDERS = 1000

function orderFailure(control: Control): Reply {
  const { programmed } = sessionOf(control).open().session
  if (programmed.length >= MOST_ORDERS) throw new Error(`${MOST_ORDERS} orders stand already; clear them first`)
  // Whatever else was sent is not kept.
  const { api, operationId, status, failure, example, drop, timeout, delay, times } = readObject(control.call)
  const given = Object.entries({ api, operationId, status, failure, example, drop, timeout, delay, times })
  const order = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  sessionOf(control).failNext(order as unknown as ProgrammedFailure)
  return noteFailures(control)
}

function noteFailures({ call, inspection }: Control): Reply {
  inspection.changes.note(sessionNameOf(call), 'failures')
  return DONE
}
