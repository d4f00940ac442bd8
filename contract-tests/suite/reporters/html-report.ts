import { groupBy } from '../group-by.ts'
import type { CaseResult, Leftover, Outcome, RunResult } from '../vocabulary.ts'
import { again, exchangesOf, type Lengths, seenAt } from './html-case.ts'
import { bar, casesOf, escapeHtml, MARKS, toDocument } from './html-document.ts'
import { fileLineOf, pointerIn } from './locate.ts'
import type { ReportContext } from './reporter.ts'
import {
  alike,
  byOperation,
  byReason,
  count,
  describeDuration,
  describeFindings,
  describeTally,
  type Finding,
  KINDS,
  shorten,
  tally,
  type Verdict,
  verdictOf,
  withReason,
} from './sum-up.ts'

/** What was found, to be opened first. */
export const REPORT_FILE = 'report.html'
/** Every case with all that it sent and got, beside it. */
export const CASES_FILE = 'report-cases.html'

/** Bytes. As many findings as fit are told whole, most telling first, the others in a line each. */
const BUDGET = 940_000
/** Characters of what is told in a line: of one, and of all of them together. */
const MAX_LINE = 300
const MAX_LINES = 100_000
const LENGTHS: Lengths = { body: 6000, curl: 8000 }
/** Of one finding that are linked to one by one. */
const MAX_CASES = 25

/** A finding with what it is called in both files, and found by. */
export interface Labelled extends Finding {
  readonly label: string
  readonly outcome: 'fail' | 'note'
}

/** The page of what was found. */
export function toReport(run: RunResult, findings: readonly Labelled[], context: ReportContext): string {
  const page = new Report(run, context)
  const around = [page.warnings(), page.overview(), page.matrix(), page.reasons()]
  const length = Math.min(MAX_LINE, Math.floor(MAX_LINES / findings.length))
  const lines = findings.map((finding) => page.line(finding, length))
  let rest = BUDGET - [...around, ...lines].reduce((sum, part) => sum + Buffer.byteLength(part), 0)
  const told = findings.map((finding, at) => {
    const line = lines[at] as string
    if (rest <= 0) return line
    const whole = page.finding(finding, at === 0)
    const more = Buffer.byteLength(whole) - Buffer.byteLength(line)
    if (more > rest) return line
    rest -= more
    return whole
  })
  const sectionOf = (title: string, outcome: Labelled['outcome']) => {
    const own = told.filter((_, at) => findings[at]?.outcome === outcome)
    return own.length > 0 ? `<section class="g"><h2>${title}</h2>${own.join('\n')}</section>` : ''
  }
  const [warnings, overview, matrix, reasons] = around
  return toDocument(run, {
    title: `${run.api.title}: ${headlineOf(run)}`,
    header: page.header(),
    main: `${warnings}
${sectionOf('What broke', 'fail')}
${overview}
${sectionOf('Notes', 'note')}
${matrix}
${reasons}
<footer>rollcall ${escapeHtml(context.version)} · what fails is documented${run.strict === 'documented' ? '' : ` or ${run.strict}`}; all else is a note</footer>`,
  })
}

class Report {
  readonly #run: RunResult
  readonly #context: ReportContext
  readonly #numbers: ReadonlyMap<CaseResult, number>

  constructor(run: RunResult, context: ReportContext) {
    this.#run = run
    this.#context = context
    this.#numbers = new Map(run.results.map((result, index) => [result, index]))
  }

  header(): string {
    const run = this.#run
    const facts = {
      target: run.url,
      strict: run.strict,
      took: describeDuration(run.duration),
      at: run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
      seed: run.seed,
      tag: run.tag,
    }
    const pairs = Object.entries(facts).map(
      ([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`,
    )
    return `<h1><b>${escapeHtml(run.api.title)}</b> ${escapeHtml(run.api.version)} · contract</h1>
<p class="verdict" data-o="${OUTCOME_OF[verdictOf(run)]}">${escapeHtml(headlineOf(run))}</p>
<dl class="facts">${pairs.join('')}</dl>${bar(run.results)}`
  }

  warnings(): string {
    const { interrupted, leftovers, remarks } = this.#run
    const left = leftovers.filter(({ foreseen }) => !foreseen)
    const expected = leftovers.filter(({ foreseen }) => foreseen)
    const warning = [
      ...(interrupted ? [`<p><b>Broken off:</b> ${escapeHtml(interrupted)}</p>`] : []),
      ...(left.length > 0 ? [`<p><b>Left behind at the target: ${left.length}</b></p>${listOf(left)}`] : []),
    ].join('')
    const remark = [
      ...remarks.map((text) => `<p>${escapeHtml(text)}</p>`),
      ...(expected.length > 0
        ? [
            `<details><summary>Left behind at the target, as expected: <b>${expected.length}</b></summary>${listOf(expected)}</details>`,
          ]
        : []),
    ].join('')
    const cards = `${warning && `<section class="card warn list">${warning}</section>`}${remark && `<section class="card list">${remark}</section>`}`
    return cards && `<div class="warnings unfiltered">${cards}</div>`
  }

  overview(): string {
    const kinds = KINDS.filter((kind) => this.#run.results.some((result) => result.case.kind === kind))
    const rows = byOperation(this.#run.results).map(([operation, results], at) => {
      const cells = kinds.map((kind) => {
        const own = results.filter((result) => result.case.kind === kind)
        if (own.length === 0) return '<td class="none">·</td>'
        const { fail, note } = tally(own)
        const worst = fail > 0 ? `<b data-o="fail">${fail} ✗</b> ` : note > 0 ? `<b data-o="note">${note} !</b> ` : ''
        return `<td data-k="${kind}" title="${escapeHtml(describeTally(tally(own)))}">${worst}${own.length}${bar(own)}</td>`
      })
      return `<tr><th scope="row"><a href="#op-${at}">${escapeHtml(operation)}</a></th>${cells.join('')}</tr>`
    })
    const heads = kinds.map((kind) => `<th scope="col">${kind}</th>`).join('')
    return `<section class="unfiltered"><h2>Operations</h2><div class="card"><table><thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`
  }

  finding({ rule, seen, exchange, results, label, outcome }: Labelled, isOpen: boolean): string {
    const [first, ...others] = results as [CaseResult, ...CaseResult[]]
    const place = this.#context.locate(rule.pointer)
    const file = place.file ? `<code>${escapeHtml(fileLineOf(place))}</code> · ` : ''
    const excerpt = place.excerpt ? `<pre>${escapeHtml(place.excerpt)}</pre>` : ''
    const reason = first.reason ? `<p>${escapeHtml(first.reason)}</p>` : ''
    const links = others.slice(0, MAX_CASES).map((other) => this.#link(other, other.case.id))
    return `<details class="finding i" data-o="${outcome}" id="${label}"${isOpen ? ' open' : ''}>
<summary><span class="rule">${escapeHtml(shorten(rule.text, 1500))}</span><span class="tag">${casesOf(results)}${rule.evidence}</span><span class="seen">${seenAt(first, exchange)}: ${escapeHtml(shorten(seen, 1500))}</span></summary>
<div><h4>Rule</h4><p>${file}<code>${escapeHtml(pointerIn(place, rule.pointer))}</code></p>${excerpt}
<h4>Case</h4><p><code>${escapeHtml(first.case.id)}</code><br>${escapeHtml(first.case.title)}</p>${reason}${exchangesOf(first, this.#context, LENGTHS)}${again(first, this.#run, this.#context)}<p><a href="${CASES_FILE}#q=${label}">${count(results.length, 'case')} in ${CASES_FILE}</a></p>${links.length > 0 ? `<div class="chips">${links.join('')}</div>` : ''}</div></details>`
  }

  /**
   * The same without what was sent and what came back: that is in the other file.
   * @param length of the rule, in characters; what was seen has half of it
   */
  line({ rule, seen, results, label, outcome }: Labelled, length: number): string {
    const place = fileLineOf(this.#context.locate(rule.pointer))
    return `<p class="finding i line" data-o="${outcome}" id="${label}"><a href="${CASES_FILE}#q=${label}">${escapeHtml(shorten(rule.text, length))}</a> <span class="tag">${casesOf(results)}${rule.evidence}</span><br>Seen: ${escapeHtml(shorten(seen, Math.ceil(length / 2)))} · <code>${escapeHtml(shorten(place, 150))}</code></p>`
  }

  matrix(): string {
    const cards = byOperation(this.#run.results).map(([operation, results], at) => {
      const kinds = KINDS.map((kind) => {
        const own = results.filter((result) => result.case.kind === kind)
        if (own.length === 0) return ''
        const rows = [...groupBy(own, (result) => placeOf(result)[0])].map(
          ([place, cases]) =>
            `<div class="row g"><span class="mono">${escapeHtml(shorten(place, 150))}</span><div class="chips">${cases.map((result) => this.#chip(result)).join('')}</div></div>`,
        )
        return `<div class="block g"><h4>${kind}</h4><div class="rows">${rows.join('\n')}</div></div>`
      })
      return `<div class="card g" id="op-${at}"><h3>${escapeHtml(operation)}</h3>${kinds.join('')}</div>`
    })
    return `<section class="g"><h2>Every case</h2>${cards.join('\n')}</section>`
  }

  #chip(result: CaseResult): string {
    const { outcome, case: tried } = result
    const title = escapeHtml(shorten(`${tried.id}: ${tried.title}`, 200))
    return `<a class="chip i" data-o="${outcome}" href="${this.#addressOf(result)}" title="${title}">${MARKS[outcome]} ${escapeHtml(shorten(placeOf(result)[1], 100))}</a>`
  }

  #link(result: CaseResult, name: string): string {
    const { outcome } = result
    return `<a class="chip" data-o="${outcome}" href="${this.#addressOf(result)}">${MARKS[outcome]} ${escapeHtml(shorten(name, 150))}</a>`
  }

  #addressOf(result: CaseResult): string {
    return `${CASES_FILE}#c${this.#numbers.get(result)}`
  }

  reasons(): string {
    const run = this.#run
    const blocks: [title: string, entries: { id: string; reason: string }[]][] = [
      ['Not reached', withReason(run, 'not-reached')],
      ['Skipped', withReason(run, 'skipped')],
      ['Unprovokable from outside', withReason(run, 'unprovokable')],
      ['Dropped: no request could be made that breaks this rule and no other', [...run.dropped]],
    ]
    const shown = blocks.filter(([, entries]) => entries.length > 0)
    if (shown.length === 0) return ''
    return `<section class="unfiltered"><h2>Not tried</h2>${shown
      .map(([title, entries]) => {
        const groups = byReason(entries).map(
          ([reason, ids]) =>
            `<p>${ids.length} × ${escapeHtml(reason)}</p><ul>${ids.map((id) => `<li><code>${escapeHtml(shorten(id, 200))}</code></li>`).join('')}</ul>`,
        )
        return `<details class="card list"><summary>${title}: <b>${entries.length}</b></summary>${groups.join('')}</details>`
      })
      .join('\n')}</section>`
  }
}

const listOf = (leftovers: readonly Leftover[]): string =>
  `<ul>${alike(leftovers)
    .map(
      ({ what, reason, times }) =>
        `<li>${times}<code>${escapeHtml(shorten(what, 500))}</code>: ${escapeHtml(shorten(reason, 500))}</li>`,
    )
    .join('')}</ul>`

const OUTCOME_OF: Readonly<Record<Verdict, Outcome>> = { passed: 'pass', failed: 'fail', 'nothing-tried': 'skipped' }

/** The run in a few words. */
function headlineOf(run: RunResult): string {
  const { fail } = tally(run.results)
  if (fail > 0) return describeFindings(run)
  if (run.interrupted) return 'Broken off'
  if (verdictOf(run) === 'failed') return 'Something was left behind'
  return verdictOf(run) === 'passed' ? 'Passed' : 'No case passed or failed'
}

/** Where a case belongs in the matrix, and what it is called there: `bulkCreateUser/refuses/0/country/pattern`. */
function placeOf({ case: { id, operationId, kind } }: CaseResult): [place: string, name: string] {
  const prefix = `${operationId}/${kind}/`
  const rest = (id.startsWith(prefix) ? id.slice(prefix.length) : id).split('/')
  const name = rest.pop() ?? id
  return [rest.join('/') || 'as a whole', name]
}
