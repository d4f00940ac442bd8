export type { Api } from './api.ts'
export { createMock } from './create-mock.ts'
export { defineApi } from './define-api.ts'
export type { ProgrammedFailure } from './engine/force-failure.ts'
export type { JournalEntry } from './engine/journal.ts'
export type { Snapshot, TenantSnapshot } from './engine/store.ts'
export type {
  Behaviours,
  Call,
  Decision,
  Failure,
  Invitation,
  Operation,
  Query,
  Refusal,
  Reply,
  StoredRecord,
} from './engine/vocabulary.ts'
export type { Mock, MockOptions, SessionControl } from './mock.ts'
