import { type VerifyOptions, verify } from '../../suite/verify.ts'
import type { CaseReply, CaseRequest, RunResult, Send } from '../../suite/vocabulary.ts'
import type { Played } from './vocabulary.ts'

/** One request of a run, those that set up and clean up among them, and what it was answered. */
interface Recorded {
  readonly caseId: string
  readonly request: CaseRequest
  readonly reply: CaseReply
}

/** Of `verify`, but for what recording decides: cases run one after the other. */
export type RunOptions = Omit<VerifyOptions, 'send' | 'onResult' | 'concurrency'>

/** A run in memory, with every exchange in the order in which it was sent. */
export interface RecordedRun {
  /** Of the API. */
  readonly name: string
  readonly options: RunOptions
  readonly result: RunResult
  readonly recorded: readonly Recorded[]
}

/** Runs the cases one after the other, and keeps every exchange. */
export async function recordRun(options: RunOptions, send: Send): Promise<RecordedRun> {
  const recorded: Recorded[] = []
  let ofThisCase: Omit<Recorded, 'caseId'>[] = []
  const result = await verify({
    ...options,
    async send(request, signal) {
      const reply = await send(request, signal)
      ofThisCase.push({ request, reply })
      return reply
    },
    onResult(one) {
      recorded.push(...ofThisCase.map((exchange) => ({ ...exchange, caseId: one.case.id })))
      ofThisCase = []
    },
  })
  return { name: options.name, options, result, recorded }
}

/** Runs the cases again on what was answered when the recorded requests were sent another way. */
export function judgeAgain(
  options: RunOptions,
  recorded: readonly Recorded[],
  played: readonly Played[],
): Promise<RunResult> {
  let next = 0
  return verify({
    ...options,
    async send(request) {
      const at = next++
      const reply = played[at]
      if (!reply || JSON.stringify(recorded[at]?.request) !== JSON.stringify(request)) {
        throw new Error(`request ${at} is not the one that was recorded: ${request.method} ${request.path}`)
      }
      if ('unsent' in reply) throw new Error(reply.unsent)
      return reply
    },
  })
}
