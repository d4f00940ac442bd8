import type { RunResult } from '../vocabulary.ts'
import { quote } from './curl.ts'
import { pointerIn } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  byOperation,
  byReason,
  count,
  describeFindings,
  describeRun,
  type Finding,
  findingsOf,
  KINDS,
  printable,
  shorten,
  tally,
  type Verdict,
  verdictOf,
  withReason,
} from './sum-up.ts'

/** GitHub shows ten annotations of a kind for a step. */
const MAX_ANNOTATIONS = 10
const MAX_ROWS = 50

const MARKS: Readonly<Record<Verdict, string>> = { passed: '✅', failed: '❌', 'nothing-tried': '⚪' }

/** Workflow annotations, at their lines of the document, and a job summary. */
export function createGithubReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      const ofRun = errorsOf(run)
      annotate(findingsOf(run, 'fail'), 'error', MAX_ANNOTATIONS - ofRun.length, run, context)
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
  const more = left.length > MAX_ROWS ? [`and ${left.length - MAX_ROWS} more`] : []
  return [
    ...(interrupted ? [{ title: 'rollcall was broken off', lines: [interrupted] }] : []),
    ...(left.length > 0
      ? [{ title: `rollcall left ${left.length} behind`, lines: [...left.slice(0, MAX_ROWS), ...more] }]
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
  for (const [index, { rule, seen, results }] of findings.entries()) {
    if (index === most - 1 && findings.length > most) {
      const rest = count(findings.length - index, 'more finding')
      context.stdout.write(
        `::${level} title=rollcall ${inProperty(run.api.name)}::${inMessage(`${rest}; see the job summary`)}\n`,
      )
      return
    }
    const found = context.locate(rule.pointer)
    const { file, line, column } = found
    const id = results[0]?.case.id ?? ''
    const place = file ? `file=${inProperty(file)},${line ? `line=${line},` : ''}${column ? `col=${column},` : ''}` : ''
    const more = results.length > 1 ? `\nand ${count(results.length - 1, 'more case')}` : ''
    const at = found.isMissing ? `\nat: ${pointerIn(found, rule.pointer)}` : ''
    const text = `${rule.text} (${rule.evidence})${at}\nseen: ${shorten(seen, 500)}${more}\n${againOf(context.again, id, run.seed, quote)}`
    context.stdout.write(`::${level} ${place}title=${inProperty(`${run.api.name}: ${id}`)}::${inMessage(text)}\n`)
  }
}

/** How the runner wants them: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const inMessage = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function summarize(run: RunResult, { again }: ReportContext): string {
  const failures = findingsOf(run, 'fail')
  const mark = MARKS[verdictOf(run)]
  const kinds = KINDS.filter((kind) => run.results.some((result) => result.case.kind === kind))
  const lines = [
    `## ${mark} rollcall: ${inCell(run.api.title)} ${inCell(run.api.version)}`,
    '',
    `${failures.length > 0 ? `**${describeFindings(run)}** · ` : ''}${describeRun(run)} · ${code(run.url)} · seed ${code(run.seed)}`,
    ...(run.interrupted ? ['', `**Broken off:** ${inCell(run.interrupted)}`] : []),
    ...(run.remarks.length > 0 ? ['', ...run.remarks.map((remark) => `- ${inCell(remark)}`)] : []),
    '',
    `| operation | ${kinds.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(kinds.length)}`,
    ...byOperation(run.results).map(([operation, results]) => {
      const cells = kinds.map((kind) => {
        const counts = tally(results.filter((result) => result.case.kind === kind))
        const { pass, note, fail, 'not-reached': missed } = counts
        const tried = pass + note + fail
        const parts = [
          ...(fail > 0 ? [`**${fail} failed** of ${tried}`] : tried > 0 ? [String(tried)] : []),
          ...(fail === 0 && note > 0 ? [`${note} with notes`] : []),
          ...(missed > 0 ? [`${missed} not reached`] : []),
        ]
        return parts.join(', ') || '–'
      })
      return `| ${code(operation)} | ${cells.join(' | ')} |`
    }),
  ]
  if (failures.length > 0) {
    lines.push('', '### Broken rules', '', '| rule | seen | cases | first case |', '| --- | --- | ---: | --- |')
    for (const { rule, seen, results } of failures.slice(0, MAX_ROWS)) {
      lines.push(
        `| ${inCell(rule.text)} | ${inCell(shorten(seen, 300))} | ${results.length} | ${code(results[0]?.case.id ?? '')} |`,
      )
    }
    if (failures.length > MAX_ROWS) lines.push('', `… and ${failures.length - MAX_ROWS} more.`)
    const command = againOf(again, failures[0]?.results[0]?.case.id ?? '', run.seed, quote)
    lines.push('', 'One of them again:', '', '```sh', printable(command), '```')
  }
  const notes = findingsOf(run, 'note')
  if (notes.length > 0) {
    lines.push(
      '',
      `<details><summary>${count(notes.length, 'note')}</summary>`,
      '',
      '| rule | seen | cases |',
      '| --- | --- | ---: |',
    )
    for (const { rule, seen, results } of notes.slice(0, MAX_ROWS)) {
      lines.push(`| ${inCell(rule.text)} | ${inCell(shorten(seen, 300))} | ${results.length} |`)
    }
    lines.push('', '</details>')
  }
  const missed = byReason(withReason(run, 'not-reached'))
  if (missed.length > 0) {
    lines.push('', '### Not reached', '', '| why | cases | first case |', '| --- | ---: | --- |')
    for (const [reason, ids] of missed) lines.push(`| ${inCell(reason)} | ${ids.length} | ${code(ids[0] ?? '')} |`)
  }
  for (const foreseen of [false, true]) {
    const left = run.leftovers.filter((one) => one.foreseen === foreseen)
    if (left.length === 0) continue
    const items = left.map(({ what, reason }) => `- ${inCell(what)}: ${inCell(reason)}`)
    if (!foreseen) lines.push('', '### Left behind', '', ...items)
    else {
      lines.push('', `<details><summary>Left behind, as was to be expected: ${left.length}</summary>`, '')
      lines.push(...items, '', '</details>')
    }
  }
  return `${lines.join('\n')}\n\n`
}

/** Text in a table's cell, with nothing in it that Markdown or HTML would read. */
const inCell = (text: string): string =>
  printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~@&-]/g, (char) => `&#${char.charCodeAt(0)};`)

const code = (text: string): string => `<code>${inCell(text)}</code>`
