import type { RunResult } from '../../suite/vocabulary.ts'
import { compareReplies, type Difference } from './compare-replies.ts'
import { explain, type Known } from './differs.ts'
import { judgeAgain, type RecordedRun } from './record-run.ts'
import type { Column, Transport } from './vocabulary.ts'

/** One API's cases over one transport. */
export interface PlayedRun {
  readonly api: string
  readonly column: Column
  /** The ids of the cases that ran. */
  readonly cases: readonly string[]
  readonly differences: readonly (Difference & { readonly caseId: string; readonly known?: Known })[]
  /** What the suite says of the replies. */
  readonly result: RunResult
}

/** Sends what was recorded in memory over another transport, in the same order, and compares the answers. */
export async function playRun(
  column: Column,
  transport: Transport,
  { name, options, recorded, result }: RecordedRun,
): Promise<PlayedRun> {
  const played = await transport.play(
    name,
    recorded.map(({ request }) => request),
  )
  const differences = recorded.flatMap(({ caseId, reply }, at) =>
    compareReplies(reply, played[at] ?? { unsent: 'nothing came back' }).map((difference) => {
      const known = explain(column, caseId, difference)
      return { caseId, ...difference, ...(known && { known }) }
    }),
  )
  return {
    api: name,
    column,
    cases: [...new Set(recorded.map(({ caseId }) => caseId))],
    differences,
    // Equal replies are judged equally.
    result: differences.length === 0 ? result : await judgeAgain(options, recorded, played),
  }
}
