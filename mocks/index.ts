export type { Api } from './api/api.ts'
export type { ApiParts } from './api/define-api.ts'
export type { Mock, MockOptions, SessionControl } from './api/mock.ts'
export { createMock } from './create-mock.ts'
export { defineApi } from './define-own-api.ts'
export {
  defineBehaviours,
  type FailureOf,
  type OwnBehaviour,
  type OwnBehaviours,
  type ReplyOf,
  type Tools,
  type TurnOf,
} from './engine/define-behaviours.ts'
export type { ProgrammedFailure } from './engine/force-failure.ts'
export {
  type Behaviour,
  type Behaviours,
  type BodyOf,
  type Call,
  type Caller,
  type CollectionRules,
  type Collections,
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
  type RecordTypes,
  type Refusal,
  type RefusalReason,
  type Reply,
  refuse,
  type SchemaError,
  type SecurityScheme,
  type Turn,
  type Validate,
  type Visit,
  type World,
} from './engine/vocabulary.ts'
export { extendApi } from './extend-api.ts'
export type { JournalEntry } from './journal/journal.ts'
export { fromExamples } from './replies/from-examples.ts'
export type { Change, Commit, StateListener } from './state/commit.ts'
export type { Snapshot, TenantSnapshot } from './state/snapshot.ts'
