import type { CaseResult, RunResult } from '../vocabulary.ts'
import { caseOf } from './html-case.ts'
import { escapeHtml, toDocument } from './html-document.ts'
import { CASES_FILE, type Labelled, REPORT_FILE, toReport } from './html-report.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import { byOperation, count, type Finding, findingsOf } from './sum-up.ts'

/**
 * Two files that ask for nothing from elsewhere: what was found, which stays small enough to be sent around, and every
 * case with all that it sent and got.
 */
export function createHtmlReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      const findings = [...label(findingsOf(run, 'fail'), 'finding'), ...label(findingsOf(run, 'note'), 'note')]
      // First what the other one leads to.
      await context.writeFile(CASES_FILE, toCases(run, findings, context))
      await context.writeFile(REPORT_FILE, toReport(run, findings, context))
    },
  }
}

/** `finding-07` of twelve: no label is the beginning of another, so a search finds it alone. */
function label(findings: readonly Finding[], name: 'finding' | 'note'): Labelled[] {
  const digits = String(findings.length).length
  return findings.map((finding, at) => ({
    ...finding,
    label: `${name}-${String(at + 1).padStart(digits, '0')}`,
    outcome: name === 'note' ? 'note' : 'fail',
  }))
}

function toCases(run: RunResult, findings: readonly Labelled[], context: ReportContext): string {
  const labels = new Map<CaseResult, { label: string; isFirst: boolean }[]>(run.results.map((result) => [result, []]))
  for (const { label, results } of findings)
    for (const [at, result] of results.entries()) labels.get(result)?.push({ label, isFirst: at === 0 })
  const numbers = new Map(run.results.map((result, at) => [result, at]))
  const sections = byOperation(run.results).map(([operation, results]) => {
    const cases = results.map((result) =>
      caseOf(result, `c${numbers.get(result)}`, labels.get(result) ?? [], run, context),
    )
    return `<section class="g"><h2>${escapeHtml(operation)}</h2>${cases.join('\n')}</section>`
  })
  return toDocument(run, {
    title: `${run.api.title}: every case`,
    header: `<h1><a href="${REPORT_FILE}">${escapeHtml(run.api.title)}</a> ${escapeHtml(run.api.version)} · contract</h1>
<p class="verdict">Every case: ${count(run.results.length, 'case')}</p>`,
    main: sections.join('\n'),
  })
}
