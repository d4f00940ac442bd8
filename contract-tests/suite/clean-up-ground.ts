import type { Gate } from './admit-request.ts'
import type { CaseKit } from './case-kit.ts'
import type { Ownership } from './prove-ownership.ts'
import type { Slots } from './slots.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** What the rooms of the clean-up share. */
export interface CleanUpGround {
  readonly kit: CaseKit
  readonly ownership: Ownership
  readonly gate: Gate
  /** Sends one request of the clean-up. @returns the reply, or why there was none */
  readonly send: (request: CaseRequest) => Promise<JudgedReply | { readonly failure: string }>
  /** What is removed takes one while others are free, and each case has one. */
  readonly slots: Slots
}
