export type { Json } from '../documents/read/read-document.ts'
export { type LoadedDocument, loadDocument } from './load-document.ts'
export type { CaseKit, DeriveOptions } from './suite/case-kit.ts'
export { casesOf, type DerivedCases } from './suite/derive-cases.ts'
export { SendError } from './suite/send-error.ts'
export { type SendFetchOptions, sendByFetch } from './suite/send-fetch.ts'
export { createSend, type SendOptions } from './suite/send-http.ts'
export {
  type Claims,
  fillFor,
  markOf,
  type Stories,
  type Tale,
  type TaleStep,
  type Told,
  tell,
} from './suite/tell.ts'
export { type VerifyOptions, verify } from './suite/verify.ts'
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
} from './suite/vocabulary.ts'
