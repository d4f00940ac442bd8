/** The nouns of parity. Types only. */
import type { CaseReply, CaseRequest } from '../../suite/vocabulary.ts'

/** A way to the mock that the cases take; `memory` is what the others are held against. */
export type Column = 'memory' | 'msw-node' | 'msw-chromium' | 'http' | 'prism'

/** What came back, or why the request could not be sent that way. */
export type Played = CaseReply | { readonly unsent: string }

/** One way to the mock, over which calls are played. */
export interface Transport extends AsyncDisposable {
  /** Sends the requests one after the other to one API. Never throws for what the mock answers. */
  play(api: string, requests: readonly CaseRequest[]): Promise<readonly Played[]>
}

/** All that decides what the mock answers; plain data, so that a page can be given it. */
export interface Setting {
  readonly seed: string
  /** What the mock's clock reads. */
  readonly now: string
  /** By API: the credentials of the run, and the users that a tenant starts with. */
  readonly apis: Readonly<Record<string, { readonly tokens: Tokens; readonly users: readonly unknown[] }>>
  /** What every session begins with, as `createMock` takes it. */
  readonly failures?: readonly { readonly operationId: string; readonly drop?: boolean; readonly delay?: number }[]
}

/** The credentials of a run: its own, one that is refused, and that of a second tenant. */
export interface Tokens {
  readonly own: string
  readonly bad: string
  readonly second: string
}
