import type { RunResult } from '../vocabulary.ts'
import { quote } from './curl.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  byOperation,
  count,
  describeRun,
  type Finding,
  findingsOf,
  KINDS,
  printable,
  shorten,
  tally,
} from './sum-up.ts'

/** GitHub shows ten annotations of a kind for a step. */
const MAX_ANNOTATIONS = 10
const MAX_ROWS = 50

/** Workflow annotations, at their lines of the document, and a job summary. */
export function createGithubReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      annotate(findingsOf(run, 'fail'), 'error', run, context)
      annotate(findingsOf(run, 'note'), 'warning', run, context)
      if (run.interrupted)
        context.stdout.write(`::error title=rollcall was broken off::${inMessage(run.interrupted)}\n`)
      await context.appendSummary?.(summarize(run, context))
    },
  }
}

function annotate(
  findings: readonly Finding[],
  level: 'error' | 'warning',
  run: RunResult,
  context: ReportContext,
): void {
  for (const [index, { rule, seen, results }] of findings.entries()) {
    if (index === MAX_ANNOTATIONS - 1 && findings.length > MAX_ANNOTATIONS) {
      const rest = count(findings.length - index, 'more broken rule')
      context.stdout.write(
        `::${level} title=rollcall ${inProperty(run.api.name)}::${inMessage(`${rest}; see the job summary`)}\n`,
      )
      return
    }
    const { file, line } = context.locate(rule.pointer)
    const id = results[0]?.case.id ?? ''
    const place = file ? `file=${inProperty(file)},${line ? `line=${line},` : ''}` : ''
    const more = results.length > 1 ? `\nand ${count(results.length - 1, 'more case')}` : ''
    const text = `${rule.text} (${rule.evidence})\nseen: ${shorten(seen, 500)}${more}\n${againOf(context.again, id, run.seed, quote)}`
    context.stdout.write(`::${level} ${place}title=${inProperty(`${run.api.name}: ${id}`)}::${inMessage(text)}\n`)
  }
}

/** How the runner wants them: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const inMessage = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function summarize(run: RunResult, { again }: ReportContext): string {
  const failures = findingsOf(run, 'fail')
  const counts = tally(run.results)
  const mark = counts.fail > 0 || run.interrupted ? '❌' : '✅'
  const kinds = KINDS.filter((kind) => run.results.some((result) => result.case.kind === kind))
  const lines = [
    `## ${mark} rollcall: ${inCell(run.api.title)} ${inCell(run.api.version)}`,
    '',
    `${describeRun(run)} · ${code(run.url)} · seed ${code(run.seed)}`,
    ...(run.interrupted ? ['', `**Broken off:** ${inCell(run.interrupted)}`] : []),
    '',
    `| operation | ${kinds.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(kinds.length)}`,
    ...byOperation(run.results).map(([operation, results]) => {
      const cells = kinds.map((kind) => {
        const { pass, note, fail } = tally(results.filter((result) => result.case.kind === kind))
        const tried = pass + note + fail
        if (tried === 0) return '–'
        return fail > 0 ? `**${fail} failed** of ${tried}` : note > 0 ? `${tried}, ${note} with notes` : String(tried)
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
  if (run.leftovers.length > 0) {
    lines.push('', '### Left behind', '')
    for (const { what, reason } of run.leftovers) lines.push(`- ${inCell(what)}: ${inCell(reason)}`)
  }
  return `${lines.join('\n')}\n\n`
}

/** Text in a table's cell, with nothing in it that Markdown or HTML would read. */
const inCell = (text: string): string =>
  printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~@&-]/g, (char) => `&#${char.charCodeAt(0)};`)

const code = (text: string): string => `<code>${inCell(text)}</code>`
