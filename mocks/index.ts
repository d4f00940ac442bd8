export type { Api } from './api.ts'
export { fromExamples } from './behaviours/from-examples.ts'
export { createMock } from './create-mock.ts'
export { type ApiParts, defineApi } from './define-api.ts'
export type { ProgrammedFailure } from './engine/force-failure.ts'
export type { JournalEntry } from './engine/journal.ts'
export type { Snapshot, TenantSnapshot } from './engine/store.ts'
export {
  type Behaviour,
  type Behaviours,
  type BodyOf,
  type Call,
  type Caller,
  type Decision,
  type Draft,
  type Failure,
  type Input,
  type InputOf,
  type Invitation,
  isRefusal,
  type Keys,
  type Operation,
  type OperationExamples,
  type OperationValidators,
  type Parameter,
  type Query,
  type RateLimit,
  type Refusal,
  type RefusalReason,
  type Reply,
  refuse,
  type SchemaError,
  type SecurityScheme,
  type StoredRecord,
  type Turn,
  type Validate,
  type Visit,
  type World,
} from './engine/vocabulary.ts'
export type { Mock, MockOptions, SessionControl } from './mock.ts'
