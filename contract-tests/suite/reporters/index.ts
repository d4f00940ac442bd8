import type { Redactor } from '../secrets/redactor.ts'
import type { CaseResult } from '../vocabulary.ts'
import { createGithubReporter } from './github.ts'
import { createHtmlReporter } from './html.ts'
import { createJsonReporter } from './json.ts'
import { createJunitReporter } from './junit.ts'
import { createListReporter } from './list.ts'
import type { ReportContext, Reporter } from './reporter.ts'

export type { Output, ReportContext, Reporter } from './reporter.ts'

/** What `--reporter` knows, and what makes each. `list` and `github` print; the others write a file. */
export const REPORTERS = {
  list: createListReporter,
  html: createHtmlReporter,
  junit: createJunitReporter,
  json: createJsonReporter,
  github: createGithubReporter,
} as const satisfies Readonly<Record<string, (context: ReportContext) => Reporter>>

/** One of the names that `--reporter` takes. */
export type ReporterName = keyof typeof REPORTERS

/** What a run itself reports to. */
export interface RunReporter extends Reporter {
  onResult(result: CaseResult, done: number, total: number): void
}

/**
 * Several reporters as one. Here is the edge: what they are given has no secrets any more. Nothing looks at what they have
 * written: a secret that is a word would be found in theirs.
 */
export function createReporters(
  names: readonly ReporterName[],
  context: ReportContext,
  redactor: Redactor,
): RunReporter {
  const { curl, locate } = context
  const clean: ReportContext = {
    ...context,
    again: redactor.hideKnown(context.again),
    curl: { ...curl, url: redactor.hideKnown(curl.url), headers: redactor.pairs(curl.headers ?? {}) },
    locate: (pointer) => {
      const place = locate(pointer)
      return { ...place, excerpt: redactor.hideKnown(place.excerpt) }
    },
  }
  const reporters = names.map((name) => REPORTERS[name](clean))
  return {
    onStart: (plan) => {
      for (const reporter of reporters) reporter.onStart(plan)
    },
    onResult: (result, done, total) => {
      redactor.learn(result)
      for (const reporter of reporters) reporter.onResult(result, done, total)
    },
    onEnd: async (result) => {
      const clean = redactor.run(result)
      const ends = await Promise.allSettled(reporters.map((reporter) => reporter.onEnd(clean)))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}
