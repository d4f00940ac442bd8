import type { Gate } from './admit-request.ts'
import type { CleanUp } from './clean-up.ts'
import type { ReplyJudge } from './judge-reply.ts'
import type { CaseReply, CaseRequest, Evidence } from './vocabulary.ts'

/** What all cases and lifecycles of a run share. */
export interface SharedGround {
  readonly strict: Evidence
  /** Of rules that hold for every reply. */
  readonly judge: Pick<ReplyJudge, 'judge'>
  readonly gate: Gate
  readonly cleanUp: CleanUp
  /** @throws NotSentError, or any other Error when nothing came back */
  readonly send: (request: CaseRequest) => Promise<CaseReply>
  readonly isStopped: () => boolean
  /** How long what was done may take to show, in milliseconds. */
  readonly settling: number
}
