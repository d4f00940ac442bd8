import type { Collections, Invitation, OpenTenant, Patience, State } from '../engine/vocabulary.ts'
import type { StateListener } from './commit.ts'
import type { KeptState, Snapshot } from './snapshot.ts'

/** What a store is told of the mock whose states it keeps. */
export interface StoreOptions {
  /** The collections of an API that the mock has. */
  readonly collectionsOf: (api: string) => Collections
  /** Puts there what a tenant starts with that is touched for the first time. What it throws, opening that tenant throws. */
  readonly furnish?:
    | ((api: string, tenant: string, draft: OpenTenant, session: string, patience?: Patience) => void)
    | undefined
}

/** Keeps the states of a mock's sessions, wherever that is. `describeStore` in `store.suite.ts` is what holds of every store. */
export interface Store {
  /** The state of a session; a name that was not heard before, or was reset, has none. */
  openSession(name: string): SessionState
  /** Tells of all that is committed from now on, in order. @returns ends it */
  subscribe(listener: StateListener): () => void
}

/** The records of a collection, outside a turn. */
export interface Kept {
  /** As they are kept, in order of creation: JSON texts, or objects. Nobody may change them, or the list. */
  readonly kept: readonly (object | string)[]
}

/** What is kept of a tenant: its collections by name. */
export interface KeptTenant {
  readonly collections: Readonly<Record<string, Kept>>
}

/** The state of one session. */
export interface SessionState extends State {
  /** The tenants that are kept, by API and name, also those without records. */
  readonly tenants: ReadonlyMap<string, ReadonlyMap<string, KeptTenant>>
  /** Oldest first. */
  readonly outbox: readonly Invitation[]
  /** Forgets everything. */
  reset(): void
  /** Forgets one tenant: it is new to whoever opens it next. */
  forget(api: string, tenant: string): void
  /** Data of the caller's own. */
  snapshot(): Snapshot
  /** The state as it is now, whatever becomes of it later: not a copy, but what is kept, which nobody may change. */
  keep(): KeptState
  /** @param given a snapshot as `readSnapshot` gives it, or what was kept; it is the state's from now on */
  restore(given: KeptState): void
  /** The same in short steps. Until the last the state is as it was, and after it as if it had been put back at once. */
  restoreInSteps(given: KeptState): Generator<void>
}
