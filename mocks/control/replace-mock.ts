import { type Mock, SESSION_HEADER, type SessionControl } from '../api/mock.ts'
import type { Call } from '../engine/vocabulary.ts'
import { JOURNAL_ENTRIES, type OperationOf, type RawEntry, toEntry } from '../journal/journal.ts'
import type { StateListener } from '../state/commit.ts'
import { type Begun, moveState } from './move-state.ts'

/** A mock that can be replaced while it serves. */
export interface Replaceable {
  /** Answers as the one that stands there now. */
  readonly mock: Mock
  /**
   * Puts another mock in its place, with the state of all sessions as far as it has what that is of, with their journals,
   * and with the orders that it can still carry out. Who listens is told that each session was put back.
   * @param begun what sessions of both began with, where that was ordered for all of them
   * @returns what was lost, each in a few words; none where all was kept
   */
  replace(next: Mock, begun?: Begun): readonly string[]
}

/** What is known of a session beside what its mock knows. */
interface Known {
  /** By API, tenant and collection: what calls that do more than read have changed. */
  readonly written: Set<string>
  /** Calls that former mocks have answered, oldest first. */
  answered: readonly RawEntry[]
}

const writtenKey = (...names: readonly string[]): string => JSON.stringify(names)

/** @param most how many named sessions the mock keeps @param longest how many calls of each */
export function createReplaceable(first: Mock, most = 1000, longest = JOURNAL_ENTRIES): Replaceable {
  let current = first
  const sessions = new Map<string, Known>()
  const listeners = new Map<StateListener, () => void>()
  /** Undefined: what happens is no call of an API, but somebody steering the mock. */
  let isReading: boolean | undefined
  const knownOf = (name: string): Known => {
    const known = sessions.get(name) ?? { written: new Set(), answered: [] }
    // The one that was not used for longest goes first, as it does in the mock.
    sessions.delete(name)
    sessions.set(name, known)
    if (sessions.size > most + 1) sessions.delete([...sessions.keys()].find((one) => one !== '') as string)
    return known
  }
  const follow = (mock: Mock) =>
    mock.subscribe(({ session, commit }) => {
      const { written } = knownOf(session)
      if (!commit || isReading) return
      // To look at records for the first time is no edit of them.
      if (isReading === undefined && commit.changes.some(({ collection }) => collection.startsWith('('))) return
      for (const { collection } of commit.changes) written.add(writtenKey(commit.api, commit.tenant, collection))
    })
  let unfollow = follow(current)
  // Something may have been ordered before anybody has called.
  knownOf('')

  const answerBy = <T>(call: Call, answer: () => T): T => {
    knownOf(call.headers?.[SESSION_HEADER] ?? '')
    isReading = call.method === 'GET' || call.method === 'HEAD'
    try {
      return answer()
    } finally {
      isReading = undefined
    }
  }

  /** What former mocks have answered stands before, until the present one has more than it keeps. */
  const journalOf = (name: string) => {
    const { entries, dropped } = current.session(name).open().journal
    const answered = dropped > 0 ? [] : (sessions.get(name)?.answered ?? [])
    const all = [...answered, ...entries]
    const last = all.at(-longest - 1)
    return last ? { entries: all.slice(-longest), dropped: last.id } : { entries: all, dropped }
  }

  /** All of a state that was put back is as if calls had written it. */
  const noteRestored = (name: string) => {
    const { written } = knownOf(name)
    for (const [api, tenants] of current.session(name).open().session.state.tenants) {
      for (const [tenant, { collections }] of tenants)
        for (const collection of Object.keys(collections)) written.add(writtenKey(api, tenant, collection))
    }
  }

  const session = (name: string): SessionControl => ({
    reset() {
      sessions.delete(name)
      current.session(name).reset()
    },
    snapshot: () => current.session(name).snapshot(),
    restore(snapshot) {
      current.session(name).restore(snapshot)
      noteRestored(name)
    },
    *restoreInSteps(given) {
      yield* current.session(name).restoreInSteps(given)
      noteRestored(name)
    },
    failNext(order) {
      current.session(name).failNext(order)
      knownOf(name)
    },
    readOrders: () => current.session(name).readOrders(),
    clearFailures: () => current.session(name).clearFailures(),
    readJournal(limit) {
      const { entries } = journalOf(name)
      const shown = limit === undefined ? entries : entries.slice(Math.max(0, entries.length - limit))
      const operationOf: OperationOf = (api, id) =>
        current.apis.find((one) => one.name === api)?.operations.find((operation) => operation.id === id)
      return shown.map((entry) => toEntry(entry, operationOf))
    },
    readOutbox: () => current.session(name).readOutbox(),
    open: () => ({
      session: current.session(name).open().session,
      journal: {
        // Put together only for who reads them.
        get entries() {
          return journalOf(name).entries
        },
        get dropped() {
          return journalOf(name).dropped
        },
        get lastId() {
          const { lastId } = current.session(name).open().journal
          return lastId || (sessions.get(name)?.answered.at(-1)?.id ?? 0)
        },
      },
    }),
  })

  const mock: Mock = {
    get apis() {
      return current.apis
    },
    get seed() {
      return current.seed
    },
    get clock() {
      return current.clock
    },
    get named() {
      return current.named
    },
    inspect: (...record) => current.inspect(...record),
    answer: (call) => answerBy(call, () => current.answer(call)),
    fetch: (request) => current.fetch(request),
    reset: (name = '') => session(name).reset(),
    snapshot: (name = '') => session(name).snapshot(),
    restore: (snapshot, name = '') => session(name).restore(snapshot),
    failNext: (order, name = '') => session(name).failNext(order),
    get journal() {
      return session('').readJournal()
    },
    get outbox() {
      return session('').readOutbox()
    },
    session,
    subscribe(listener) {
      listeners.set(listener, current.subscribe(listener))
      return () => {
        listeners.get(listener)?.()
        listeners.delete(listener)
      }
    },
    serve: (call, judged, patience) => answerBy(call, () => current.serve(call, judged, patience)),
    refuse: (refusal, call) => answerBy(call, () => current.refuse(refusal, call)),
  }

  return {
    mock,
    replace(next, begun) {
      const lost = new Set<string>()
      for (const [name, known] of sessions) {
        const { written } = known
        const isWritten = (...names: [api: string, tenant: string, collection: string]) =>
          written.has(writtenKey(...names))
        for (const loss of moveState(current.session(name), next, name, isWritten, begun)) lost.add(loss)
        known.answered = journalOf(name).entries
      }
      unfollow()
      for (const [listener, end] of listeners) {
        end()
        listeners.set(listener, next.subscribe(listener))
      }
      current = next
      unfollow = follow(next)
      for (const listener of listeners.keys()) for (const session of sessions.keys()) listener({ session })
      return [...lost]
    },
  }
}
