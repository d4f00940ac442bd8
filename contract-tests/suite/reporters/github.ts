import type { RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { summarize } from './github-summary.ts'
import { describePlace, type Place } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  count,
  describeFindings,
  describeReply,
  type Finding,
  findingsOf,
  loggable,
  shorten,
  shownIn,
} from './sum-up.ts'

/** GitHub shows ten annotations of a kind for a step. */
const MAX_ANNOTATIONS = 10
const MAX_LEFTOVERS = 50
const MAX_CURL = 4000
const MAX_REPLY = 800

/** Workflow annotations, at their lines of the document, and a job summary. */
export function createGithubReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      const failures = findingsOf(run, 'fail')
      if (failures.length > 0) {
        const title = inProperty(`rollcall: ${run.api.name}`)
        context.stdout.write(`::notice title=${title}::${inMessage(describeFindings(run))}\n`)
      }
      const ofRun = errorsOf(run)
      annotate(failures, 'error', MAX_ANNOTATIONS - ofRun.length, run, context)
      for (const { title, lines } of ofRun)
        context.stdout.write(`::error title=${title}::${inMessage(lines.join('\n'))}\n`)
      annotate(findingsOf(run, 'note'), 'warning', MAX_ANNOTATIONS, run, context)
      await context.appendSummary?.(summarize(run, context))
    },
  }
}

/** What went wrong with the run as a whole: one annotation each. */
function errorsOf({ interrupted, leftovers }: RunResult): { title: string; lines: string[] }[] {
  const left = leftovers.filter(({ foreseen }) => !foreseen).map(({ what, reason }) => `${what}: ${reason}`)
  const more = left.length > MAX_LEFTOVERS ? [`and ${left.length - MAX_LEFTOVERS} more`] : []
  return [
    ...(interrupted ? [{ title: 'rollcall was broken off', lines: [interrupted] }] : []),
    ...(left.length > 0
      ? [{ title: `rollcall left ${left.length} behind`, lines: [...left.slice(0, MAX_LEFTOVERS), ...more] }]
      : []),
  ]
}

function annotate(
  findings: readonly Finding[],
  level: 'error' | 'warning',
  most: number,
  run: RunResult,
  context: ReportContext,
): void {
  for (const [index, finding] of findings.entries()) {
    if (index === most - 1 && findings.length > most) {
      const rest = count(findings.length - index, 'more finding')
      context.stdout.write(
        `::${level} title=rollcall ${inProperty(run.api.name)}::${inMessage(`${rest}; see the job summary`)}\n`,
      )
      return
    }
    const place = context.locate(finding.rule.pointer)
    const title = inProperty(`${run.api.name}: ${finding.results[0]?.case.id ?? ''}`)
    const text = describe(finding, place, run, context)
    context.stdout.write(`::${level} ${positionOf(place)}title=${title}::${inMessage(text)}\n`)
  }
}

/** Only what is checked out can be annotated: any other path would be looked for there. */
const positionOf = ({ checkedOut, line, column }: Place): string =>
  checkedOut === undefined
    ? ''
    : `file=${inProperty(checkedOut)},${line ? `line=${line},` : ''}${column ? `col=${column},` : ''}`

function describe(finding: Finding, place: Place, run: RunResult, context: ReportContext): string {
  const { rule, seen, results } = finding
  const { request, reply } = shownIn(finding) ?? {}
  const curl = request && curlOf(request, context.curl)
  return [
    `${rule.text} (${rule.evidence})`,
    `at: ${describePlace(place, rule.pointer)}`,
    `seen: ${shorten(seen, 500)}`,
    ...(results.length > 1 ? [`and ${count(results.length - 1, 'more case')}`] : []),
    ...(request && curl
      ? [`sent: ${curl.length <= MAX_CURL ? curl : curlOf(request, context.curl, '--data-binary @body')}`]
      : []),
    ...(request ? [`back: ${reply ? describeReply(reply, MAX_REPLY) : 'nothing'}`] : []),
    `again: ${againOf(context.again, results[0]?.case.id ?? '', run.seed, quote)}`,
  ].join('\n')
}

/** How the runner wants them: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const inMessage = (text: string): string =>
  loggable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
