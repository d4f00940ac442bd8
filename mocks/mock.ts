import type { Api } from './api.ts'
import type { Answer } from './engine/answer-call.ts'
import type { Snapshot } from './engine/store.ts'
import type { Call, Invitation, Refusal, Reply } from './engine/vocabulary.ts'

export interface MockOptions {
  /** One or more APIs; two whose paths collide are refused. */
  readonly apis: readonly Api<never>[]
  /** The same seed gives the same ids and data. Default: `rollcall`. */
  readonly seed?: string
  /** Default: the system's clock. */
  readonly clock?: () => Date
  /** Only these credentials are let in. Without them every one is, but the literal `invalid`. */
  readonly tokens?: readonly string[]
}

export interface Mock {
  readonly apis: readonly Api[]
  /** Answers at once, with plain data of the caller's own: changing it changes no state. */
  answer(call: Call): Reply
  /** The same for Fetch's objects. */
  fetch(request: Request): Promise<Response>
  /** For adapters: the reply shares its data with the state, so write it out and never change it. */
  serve(call: Call): Answer
  /** For adapters: gives a refusal that never became a call (a body too large) the shape of the API its path belongs to. */
  refuse(refusal: Refusal, path: string): Reply
  /** Forgets everything a session did. A session is any string; `''` is the default one. */
  reset(session?: string): void
  snapshot(session?: string): Snapshot
  /** @throws Error when the snapshot is not of this mock's APIs; the state is kept */
  restore(snapshot: Snapshot, session?: string): void
  /** Messages the APIs would have sent to people, oldest first, of the default session. */
  readonly outbox: readonly Invitation[]
}

/** The header by which a caller chooses a state of its own. */
export const SESSION_HEADER = 'x-rollcall-session'
