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

/** Told of every change of the state; `commit` is left out where a session was reset or put back as a whole. */
export type StateListener = (change: { readonly session: string; readonly commit?: Commit }) => void
