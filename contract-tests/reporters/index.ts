import type { CaseResult, RunResult } from '../vocabulary.ts'
import { createGithubReporter } from './github.ts'
import { createHtmlReporter } from './html.ts'
import { createJsonReporter } from './json.ts'
import { createJunitReporter } from './junit.ts'
import { createListReporter } from './list.ts'
import { createRedact, redactResult } from './redact.ts'
import type { ReportContext, Reporter } from './reporter.ts'

export type { Output, ReportContext, Reporter } from './reporter.ts'

export const REPORTERS = {
  list: createListReporter,
  html: createHtmlReporter,
  junit: createJunitReporter,
  json: createJsonReporter,
  github: createGithubReporter,
} as const satisfies Readonly<Record<string, (context: ReportContext) => Reporter>>

export type ReporterName = keyof typeof REPORTERS

/**
 * Several reporters as one. Here is the edge: what they are given has no secrets any more, and what they write passes
 * through the same sieve once again.
 */
export function createReporters(
  names: readonly ReporterName[],
  context: ReportContext,
  secrets: readonly string[],
): Reporter {
  const hide = createRedact(secrets)
  const { stdout, appendSummary } = context
  const guarded: ReportContext = {
    ...context,
    again: hide(context.again),
    curl: {
      ...context.curl,
      url: hide(context.curl.url),
      headers: Object.fromEntries(
        Object.entries(context.curl.headers ?? {}).map(([name, value]) => [name, hide(value)]),
      ),
    },
    locate: (pointer) => {
      const place = context.locate(pointer)
      return { ...place, excerpt: hide(place.excerpt) }
    },
    stdout: { write: (text) => stdout.write(hide(text)), isTTY: stdout.isTTY, columns: stdout.columns },
    writeFile: (name, text) => context.writeFile(name, hide(text)),
    appendSummary: appendSummary && ((text) => appendSummary(hide(text))),
  }
  const reporters = names.map((name) => REPORTERS[name](guarded))
  return {
    onStart: (plan) => {
      for (const reporter of reporters) reporter.onStart(plan)
    },
    onResult: (result: CaseResult, done, total) => {
      const clean = redactResult(result, hide)
      for (const reporter of reporters) reporter.onResult(clean, done, total)
    },
    onEnd: async (result: RunResult) => {
      const clean = redactResult(result, hide)
      const ends = await Promise.allSettled(reporters.map((reporter) => reporter.onEnd(clean)))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}
