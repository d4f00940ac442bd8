export { casesOf, type DerivedCases, type DeriveOptions } from './derive-cases.ts'
export { type LoadedDocument, loadDocument } from './load-document.ts'
export { type SendFetchOptions, sendByFetch } from './send-fetch.ts'
export { createSend, SendError, type SendOptions } from './send-http.ts'
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
