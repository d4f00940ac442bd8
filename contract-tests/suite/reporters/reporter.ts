import type { CaseResult, RunResult } from '../vocabulary.ts'
import type { CurlTarget } from './curl.ts'
import type { Locate } from './locate.ts'

/** Tells about a run while it goes on, and when it has ended. */
export interface Reporter {
  onStart(plan: { readonly total: number }): void
  /** Of its requests and replies nothing can be told before the end, when all that is secret in them is known. */
  onResult(result: Pick<CaseResult, 'case' | 'outcome'>, done: number, total: number): void
  onEnd(result: RunResult): Promise<void>
}

/** Where text for people goes. */
export interface Output {
  write(text: string): void
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** What every reporter may know besides the run. */
export interface ReportContext {
  /** Of rollcall. */
  readonly version: string
  /** The command of this run without what chooses a case: `rollcall verify notes.yaml --url …`. */
  readonly again: string
  readonly curl: CurlTarget
  readonly locate: Locate
  readonly stdout: Output
  readonly hasColor: boolean
  /** Writes a file into the folder of reports, and says where it is now. */
  writeFile(name: string, text: string): Promise<string>
  /** Adds to GitHub's job summary; undefined outside of a workflow. */
  readonly appendSummary?: ((text: string) => Promise<void>) | undefined
}
