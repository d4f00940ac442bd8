export type { Json } from '../documents/read-document.ts'
export type { CaseKit, DeriveOptions } from './case-kit.ts'
export { casesOf, type DerivedCases } from './derive-cases.ts'
export { type LoadedDocument, loadDocument } from './load-document.ts'
export { SendError } from './send-error.ts'
export { type SendFetchOptions, sendByFetch } from './send-fetch.ts'
export { createSend, type SendOptions } from './send-http.ts'
export {
  type Claims,
  fillFor,
  markOf,
  type Stories,
  type Tale,
  type TaleStep,
  type Told,
  tell,
} from './stories/tell.ts'
export { type VerifyOptions, verify } from './verify.ts'
export type {
  Breach,
  Case,
  CaseReply,
  CaseRequest,
  CaseResult,
  Evidence,
  Kind,
  Outcome,
  Rule,
  RunResult,
  Send,
} from './vocabulary.ts'
