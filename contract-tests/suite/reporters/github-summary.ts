import type { RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { describePlace } from './locate.ts'
import type { ReportContext } from './reporter.ts'
import {
  againOf,
  byOperation,
  byReason,
  count,
  describeReply,
  describeRun,
  type Finding,
  findingsOf,
  KINDS,
  printable,
  shorten,
  shownIn,
  tally,
  type Verdict,
  verdictOf,
  withReason,
} from './sum-up.ts'

const MARKS: Readonly<Record<Verdict, string>> = { passed: '✅', failed: '❌', 'nothing-tried': '⚪' }

/** Bytes. GitHub takes no more than 1 MiB for a step, and of a longer summary nothing at all. */
const BUDGETS = { operations: 100_000, rules: 250_000, details: 350_000, notes: 100_000, missed: 50_000, left: 50_000 }
const MAX_CURL = 4000
const MAX_REPLY = 2000

/** A run as GitHub's job summary, in Markdown. */
export function summarize(run: RunResult, context: ReportContext): string {
  const lines = [
    `## ${MARKS[verdictOf(run)]} rollcall: ${inCell(run.api.title)} ${inCell(run.api.version)}`,
    '',
    `**${inCell(describeRun(run))}** · ${code(run.url)} · seed ${code(run.seed)}`,
    ...(run.interrupted ? ['', `**Broken off:** ${inCell(run.interrupted)}`] : []),
    ...(run.remarks.length > 0 ? ['', ...run.remarks.map((remark) => `- ${inCell(remark)}`)] : []),
    '',
    ...tableOf(run),
    ...broken(run, context),
    ...notes(run),
    ...missed(run),
    ...left(run),
  ]
  return `${lines.join('\n')}\n\n`
}

function tableOf(run: RunResult): string[] {
  const kinds = KINDS.filter((kind) => run.results.some((result) => result.case.kind === kind))
  const rows = byOperation(run.results).map(([operation, results]) => {
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
  })
  return [
    `| operation | ${kinds.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(kinds.length)}`,
    ...within(BUDGETS.operations, rows, 'more operation'),
  ]
}

function broken(run: RunResult, context: ReportContext): string[] {
  const failures = findingsOf(run, 'fail')
  if (failures.length === 0) return []
  const rows = failures.map(
    ({ rule, seen, results }) =>
      `| ${inCell(shorten(rule.text, 300))} | ${inCell(shorten(seen, 300))} | ${results.length} | ${code(results[0]?.case.id ?? '')} |`,
  )
  return [
    ...['', '### Broken rules', '', '| rule | seen | cases | first case |', '| --- | --- | ---: | --- |'],
    ...within(BUDGETS.rules, rows, 'more finding'),
    '',
    ...within(
      BUDGETS.details,
      failures.map((finding) => detailsOf(finding, run, context)),
      'more finding',
    ),
  ]
}

/** What was sent, what came back, and how to see it again. */
function detailsOf(finding: Finding, run: RunResult, context: ReportContext): string {
  const { rule, seen, results } = finding
  const { request, reply } = shownIn(finding) ?? {}
  const curl = request && curlOf(request, context.curl)
  return [
    `<details><summary>${inCell(shorten(rule.text, 300))} · ${count(results.length, 'case')}</summary>`,
    '',
    code(describePlace(context.locate(rule.pointer), rule.pointer)),
    '',
    `Seen: ${inCell(shorten(seen, 1000))}`,
    '',
    ...(request && curl
      ? fenced(curl.length <= MAX_CURL ? curl : curlOf(request, context.curl, '--data-binary @body'), 'sh')
      : []),
    ...(request ? fenced(reply ? describeReply(reply, MAX_REPLY) : 'nothing came back') : []),
    ...fenced(againOf(context.again, results[0]?.case.id ?? '', run.seed, quote), 'sh'),
    '</details>',
    '',
  ].join('\n')
}

function notes(run: RunResult): string[] {
  const notes = findingsOf(run, 'note')
  if (notes.length === 0) return []
  const rows = notes.map(
    ({ rule, seen, results }) =>
      `| ${inCell(shorten(rule.text, 300))} | ${inCell(shorten(seen, 300))} | ${results.length} |`,
  )
  const head = `<details><summary>${count(notes.length, 'note')}</summary>`
  return [
    ...['', head, '', '| rule | seen | cases |', '| --- | --- | ---: |'],
    ...within(BUDGETS.notes, rows, 'more note'),
    ...['', '</details>'],
  ]
}

function missed(run: RunResult): string[] {
  const missed = byReason(withReason(run, 'not-reached'))
  if (missed.length === 0) return []
  const rows = missed.map(([reason, ids]) => `| ${inCell(reason)} | ${ids.length} | ${code(ids[0] ?? '')} |`)
  const head = ['', '### Not reached', '', '| why | cases | first case |', '| --- | ---: | --- |']
  return [...head, ...within(BUDGETS.missed, rows, 'more reason')]
}

function left(run: RunResult): string[] {
  return [false, true].flatMap((foreseen) => {
    const left = run.leftovers.filter((one) => one.foreseen === foreseen)
    if (left.length === 0) return []
    const items = within(
      BUDGETS.left,
      left.map(({ what, reason }) => `- ${inCell(what)}: ${inCell(reason)}`),
      'more thing',
    )
    if (!foreseen) return ['', '### Left behind', '', ...items]
    const head = `<details><summary>Left behind, as expected: ${left.length}</summary>`
    return ['', head, '', ...items, '', '</details>']
  })
}

/** As many of these as fit, and a line that says how many do not. */
function within(bytes: number, texts: readonly string[], what: string): string[] {
  let rest = bytes
  const fit = texts.findIndex((text) => (rest -= Buffer.byteLength(text) + 1) < 0)
  return fit < 0
    ? [...texts]
    : [...texts.slice(0, fit), '', `… and ${count(texts.length - fit, what)}; other reporters have all of them.`, '']
}

/** Text in a table's cell, with nothing in it that Markdown or HTML would read. */
const inCell = (text: string): string =>
  printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~@&-]/g, (char) => `&#${char.charCodeAt(0)};`)

const code = (text: string): string => `<code>${inCell(text)}</code>`

/** A block of code that nothing in it ends (CommonMark, section 4.5). */
function fenced(text: string, language = ''): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, printable(text), fence, '']
}
