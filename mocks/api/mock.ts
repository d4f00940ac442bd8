import type { Order, ProgrammedFailure } from '../engine/force-failure.ts'
import type { Session } from '../engine/session.ts'
import type { Answer, Call, Invitation, Judgement, Patience, Refusal, Reply } from '../engine/vocabulary.ts'
import type { Journal, JournalEntry } from '../journal/journal.ts'
import type { StateListener } from '../state/commit.ts'
import type { KeptState, Snapshot } from '../state/snapshot.ts'
import type { SessionState } from '../state/store.ts'
import type { Api } from './api.ts'

/** What `createMock` takes. */
export interface MockOptions {
  /** One or more APIs; two whose paths collide are refused. */
  readonly apis: readonly Api[]
  /**
   * What every tenant starts with: so many made-up users, or by API the rows that `makeUsers` of `rollcall/data` gave.
   * A number needs Node; in a browser, make the rows first. Default: nobody.
   */
  readonly users?: number | Readonly<Record<string, readonly unknown[]>>
  /**
   * Of APIs that `readApi` made: how many records each resource begins with, those that the document shows among them; below
   * a parent a few. Default: those that the document shows, or where it shows none a few.
   */
  readonly records?: number
  /** Of the same APIs: whether they begin with nothing. Default: no. */
  readonly empty?: boolean
  /** The same seed gives the same ids and data. Default: `rollcall`. */
  readonly seed?: string
  /** Default: the system's clock. */
  readonly clock?: () => Date
  /** Only these credentials are let in, by all APIs, or by each its own. Without them every one is, but the literal `invalid`. */
  readonly tokens?: readonly string[] | Readonly<Record<string, readonly string[]>>
  /** Whether the vendors' documented limits are enforced, with 429 and Retry-After. Default: no. */
  readonly rateLimit?: boolean
  /**
   * Whether each reply is held to its document before it is kept and sent, so that a behaviour that breaks its own
   * contract answers 500 and leaves no trace. Default: yes.
   */
  readonly checkReplies?: boolean
  /** How many named sessions are kept; the least recently used goes first. Default: 1,000. */
  readonly maxSessions?: number
  /** How many calls the journal of a session keeps. Default: 1,000. */
  readonly journal?: number
  /**
   * By how many milliseconds each answer is held back, unless an order says otherwise. `answer` answers at once all the
   * same. Default: not at all.
   */
  readonly delay?: number
  /** What every session begins with, as `failNext` orders it; a reset begins anew. Default: nothing. */
  readonly failures?: readonly ProgrammedFailure[]
  /** Told in one line when something is dropped. Default: `console.warn`. */
  readonly warn?: (message: string) => void
}

/** The state and the record of one session. */
export interface SessionControl {
  /** Back to the start: forgets what was kept, journal, outbox, ordered failures, counts. */
  reset(): void
  /** The state as plain JSON of the caller's own. */
  snapshot(): Snapshot
  /** @throws Error that names the first place where the snapshot is none of this mock's APIs, or a record that its API cannot show; the state is kept */
  restore(snapshot: Snapshot): void
  /** @throws Error when there is no such operation, failure or example */
  failNext(order: ProgrammedFailure): void
  /** The orders that stand, with what is left of their times, oldest first. */
  readOrders(): Order[]
  clearFailures(): void
  /** The last calls, 1,000 unless the mock was told otherwise, newest last, without credentials. @param limit at most so many, the newest */
  readJournal(limit?: number): JournalEntry[]
  /** Messages the APIs would have sent to people, oldest first. */
  readOutbox(): Invitation[]
  /** For the control API: state and journal themselves. Whoever opens a tenant ends its turn at once. */
  open(): { readonly session: Session<SessionState>; readonly journal: Pick<Journal, 'entries' | 'dropped' | 'lastId'> }
  /** For the control API: as `restore`, in short steps, of what was read already. Until the last the state is as it was. */
  restoreInSteps(given: KeptState): Generator<void>
}

/**
 * One or more APIs with their state, behind every transport. Nothing is awaited between the route and the commit, so
 * calls never overlap.
 */
export interface Mock {
  readonly apis: readonly Api[]
  readonly seed: string
  readonly clock: () => Date
  /**
   * Answers at once, with plain data of the caller's own: changing it changes no state. Where a dropped connection or a
   * timeout was ordered, the reply has status 0.
   */
  answer(call: Call): Reply
  /** The same for Fetch's objects, after what delays there are. @throws TypeError where no reply is given, as fetch does */
  fetch(request: Request): Promise<Response>
  /** Forgets everything a session did. A session is any string; `''` is the default one. */
  reset(session?: string): void
  snapshot(session?: string): Snapshot
  /** @throws Error that names the first place where the snapshot is none of this mock's APIs, or a record that its API cannot show; the state is kept */
  restore(snapshot: Snapshot, session?: string): void
  /** Orders a failure, or a delay, of the next call, or calls, of an operation. @throws Error when there is no such thing to order */
  failNext(order: ProgrammedFailure, session?: string): void
  /** The default session's last 1,000 calls, newest last, without credentials. */
  readonly journal: readonly JournalEntry[]
  /** The messages the default session's APIs would have sent to people, oldest first. */
  readonly outbox: readonly Invitation[]
  /** All of these for one session. */
  session(name: string): SessionControl
  /** The sessions that have a name, by it, the least recently used first. */
  readonly named: ReadonlyMap<string, { readonly session: Session<SessionState> }>
  /** For the control API: says what is wrong with a record that is alone in its tenant. @throws what reading it throws */
  inspect(api: string, tenant: string, collection: string, record: object): string | undefined
  /**
   * Tells of all that changes the state of a session from now on, in order: of each call that was accepted what it changed,
   * as plain data that nobody may change; of a reset or a restored snapshot that it happened. What a listener throws is
   * told by `warn`, and changes no reply. @returns ends it
   */
  subscribe(listener: StateListener): () => void
  /**
   * For adapters: the reply shares its data with the state, so write it out and never change it.
   * @param judged what another reader of the document has found; without it the call is checked here
   * @param patience of a caller who can wait, so that others need not
   * @throws Unready to such a caller, where there are so many records that making or searching them takes long
   */
  serve(call: Call, judged?: Judgement, patience?: Patience): Answer
  /** For adapters: answers a call that was refused before it was one (a body too large), in the shape of its path's API. */
  refuse(refusal: Refusal, call: Call): Answer
}

/** The header by which a caller chooses a state of its own. */
export const SESSION_HEADER = 'x-rollcall-session'
