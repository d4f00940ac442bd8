import type { Mock } from '../api/mock.ts'
import { type Journal, type RawEntry, toBrief } from '../journal/journal.ts'
import { type Control, type ControlReply, queryOf, readFlag, sessionNameOf } from './exchange.ts'
import type { ChangeLog } from './log-changes.ts'
import { operationOf } from './read-journal.ts'

/** Milliseconds between two looks at the journal: a stream costs no call anything. */
const PAUSE = 100
/** Milliseconds that one look may take: while calls come faster than a person reads, and else. */
const LONGEST = { busy: 1, else: 20 }
/** More calls than this between two looks are more than a person reads. */
const BUSY = 20
/**
 * Of a stream that skips: once so many calls wait, they are left out, but for the newest, and it tells only at every so many
 * looks. What it costs the mock is then the same however many calls come.
 */
const SKIPPING = { from: 200, told: 20, looks: 5 }
/** Milliseconds after which a stream that has nothing to tell says so, lest somebody on the way takes it for dead. */
const QUIET = 15_000

/** Of this process: who resumes at another begins again. */
const STARTED = Math.random().toString(36).slice(2, 10)

/** A place in a session's events: the last call and the last note that were told. */
interface Cursor {
  readonly call: number
  readonly note: number
}

/**
 * Server-Sent Events of a session, from the cursor on that `since` or `Last-Event-ID` names, or else from now on: `hello`
 * first, then `call` for every call, in short, `change` for what else happened to the session, and `missed` where the
 * journal has lost what was not told yet. With `skip=true` calls that come by the thousand are left out, `skipped` says which.
 * @throws Error where the cursor is none, or `skip` is neither true nor false
 */
export function streamEvents(control: Control): ControlReply {
  const { mock, call, inspection } = control
  const session = sessionNameOf(call)
  inspection.changes.listen()
  const given = queryOf(call, 'since') ?? call.headers?.['last-event-id']
  const now = nowOf(mock, inspection.changes, session)
  const asked = given === undefined || given === '' ? now : readCursor(given)
  // Of a server that is gone: everything here is new.
  const cursor = asked.call > now.call || asked.note > now.note ? { call: 0, note: 0 } : asked
  const isSkipping = readFlag(call, 'skip')
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    stream: (write) => follow(mock, inspection.changes, session, { ...cursor, isSkipping }, write),
  }
}

function readCursor(text: string): Cursor {
  const [, server, call, note = '0'] = /^(?:([a-z0-9]+)-)?(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (call === undefined)
    throw new Error(`since must be the id of an event, or 0 for all that the journal has, not ${text}`)
  if (server !== undefined && server !== STARTED) return { call: 0, note: 0 }
  return { call: Number(call), note: Number(note) }
}

function nowOf(mock: Mock, changes: ChangeLog, session: string): Cursor {
  const { lastId } = journalOf(mock, session)
  return { call: lastId, note: changes.lastNote(session) }
}

/** Of a session that nobody has used, or that was deleted, nothing: to look at it makes none. */
const journalOf = (mock: Mock, session: string): Pick<Journal, 'entries' | 'dropped' | 'lastId'> =>
  session === '' || mock.named.has(session)
    ? mock.session(session).open().journal
    : { entries: [], dropped: 0, lastId: 0 }

function follow(
  mock: Mock,
  changes: ChangeLog,
  session: string,
  from: Cursor & { readonly isSkipping: boolean },
  write: (text: string) => boolean,
): () => void {
  let { call, note } = from
  let quiet = 0
  let isReady = true
  let seen = from.call
  let hasLooked = false
  let looks = 0
  // What one look tells is written at once: a write for every call would cost more than all else.
  let told = ''
  const tell = (event: string, data: unknown) => {
    told += `id: ${STARTED}-${call}.${note}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  }
  const send = () => {
    if (told === '') return
    quiet = 0
    isReady = write(told)
    told = ''
  }
  const look = () => {
    // A slow reader gets no more until it has read: what waits stays where it is.
    if (!isReady && !write('')) return
    const { entries, dropped, lastId } = journalOf(mock, session)
    if (dropped > call) {
      call = dropped
      tell('missed', { before: call })
    }
    const start = entries.findLastIndex(({ id }) => id <= call) + 1
    const { notes, isCut } = changes.notesSince(session, note)
    let next = 0
    const tellNotes = (until: number) => {
      for (let one = notes[next]; one && one.after <= until; one = notes[++next]) {
        note = one.number
        tell('change', { what: one.what })
      }
    }
    if (isCut) tell('change', { what: 'state' })
    const isBusy = hasLooked && entries.length - 1 - entries.findLastIndex(({ id }) => id <= seen) > BUSY
    seen = lastId
    hasLooked = true
    let at = start
    if (!isBusy) looks = 0
    else if (from.isSkipping && entries.length - at > SKIPPING.from) {
      // What came at once is told as soon as it is over.
      if (++looks % SKIPPING.looks !== 0) return send()
      at = entries.length - SKIPPING.told
      const [after, last] = [call, entries[at - 1] as RawEntry]
      tellNotes(last.id)
      call = last.id
      tell('skipped', { after, before: call + 1, calls: at - start })
    }
    const knownOperation = operationOf(mock)
    const end = performance.now() + LONGEST[isBusy ? 'busy' : 'else']
    for (; at < entries.length && performance.now() < end; at++) {
      const entry = entries[at] as RawEntry
      tellNotes(entry.id - 1)
      call = entry.id
      tell('call', toBrief(entry, knownOperation))
    }
    if (at === entries.length) tellNotes(Number.POSITIVE_INFINITY)
    send()
    quiet += PAUSE
    if (quiet < QUIET) return
    quiet = 0
    write(': quiet\n\n')
  }
  tell('hello', { server: STARTED, session, apis: mock.apis.map(({ name }) => name) })
  look()
  const timer = setInterval(look, PAUSE)
  return () => clearInterval(timer)
}
