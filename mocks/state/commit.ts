import type { Invitation } from '../engine/vocabulary.ts'

/** What happened to one record: without `before` it was added, without `after` removed. */
export interface Change {
  readonly collection: string
  readonly id: string
  readonly before?: object
  readonly after?: object
}

/** What one call changed, as plain data that nobody may change. */
export interface Commit {
  readonly session: string
  readonly api: string
  readonly tenant: string
  /** In the order in which they were made; one record may be changed more than once. */
  readonly changes: readonly Change[]
  /** The messages that it sent, oldest first. */
  readonly messages: readonly Invitation[]
  /** By collection: the next number that an id is made from, of those that moved on. */
  readonly counters: Readonly<Record<string, number>>
}

/** A change of a session's state. */
export interface StateChange {
  readonly session: string
  /**
   * Not there where the session was reset or put back as a whole. It is made when it is first read, and says the same
   * whenever that is: to whoever does not ask what was changed, a commit costs next to nothing.
   */
  readonly commit?: Commit
}

/** Told of every change of the state. */
export type StateListener = (change: StateChange) => void
