import { groupBy } from '../group-by.ts'
import type { CaseRequest, CaseResult, Exchange, Leftover, Outcome, RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { STYLE } from './html-style.ts'
import { fileLineOf, pointerIn } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  alike,
  byOperation,
  byReason,
  count,
  describeDuration,
  describeFindings,
  describeTally,
  type Finding,
  findingsOf,
  KINDS,
  OUTCOMES,
  PARTICIPLES,
  printable,
  shorten,
  tally,
  type Verdict,
  verdictOf,
  withReason,
} from './sum-up.ts'

/** Of a request's or reply's body, in characters. */
const MAX_BODY = 6000
/** A curl line is of use only as a whole. */
const MAX_CURL = 60_000
const OPEN = 1
/** Cases of one finding that are told with all they sent and got. */
const FULL = 25

const MARKS: Readonly<Record<Outcome, string>> = {
  fail: '✗',
  note: '!',
  pass: '✓',
  'not-reached': '○',
  skipped: '–',
  unprovokable: '?',
}

/** One file without scripts and without anything from elsewhere. */
export function createHtmlReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      await context.writeFile('report.html', write(run, context))
    },
  }
}

function write(run: RunResult, context: ReportContext): string {
  const failures = findingsOf(run, 'fail')
  const notes = findingsOf(run, 'note')
  const numbers = new Map(run.results.map((result, index) => [result, index]))
  const page = new Page(run, context, numbers)
  const title = `${run.api.title}: ${headlineOf(run)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${page.header()}
${page.filters()}
<main>
${page.warnings()}
<section class="unfiltered"><h2>Operations</h2>${page.overview()}</section>
${failures.length > 0 ? `<section class="block"><h2>What broke</h2>${failures.map((finding, index) => page.finding(finding, 'fail', index)).join('\n')}</section>` : ''}
${notes.length > 0 ? `<section class="block"><h2>Notes</h2>${notes.map((finding, index) => page.finding(finding, 'note', index)).join('\n')}</section>` : ''}
<section><h2>Every case</h2>${page.matrix()}</section>
${page.reasons()}
<footer>rollcall ${escapeHtml(context.version)} · what fails is documented${run.strict === 'documented' ? '' : ` or ${run.strict}`}; all else is a note</footer>
</main>
${run.results.map((result, index) => page.popover(result, index)).join('\n')}
</body>
</html>
`
}

class Page {
  readonly run: RunResult
  readonly context: ReportContext
  readonly numbers: ReadonlyMap<CaseResult, number>

  constructor(run: RunResult, context: ReportContext, numbers: ReadonlyMap<CaseResult, number>) {
    this.run = run
    this.context = context
    this.numbers = numbers
  }

  header(): string {
    const { run } = this
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
    return `<header><div><h1><b>${escapeHtml(run.api.title)}</b> ${escapeHtml(run.api.version)} · contract</h1>
<p class="verdict" data-o="${OUTCOME_OF[verdictOf(run)]}">${escapeHtml(headlineOf(run))}</p>
<dl class="facts">${pairs.join('')}</dl>${bar(run.results)}</div></header>`
  }

  filters(): string {
    const counts = tally(this.run.results)
    const all = `<label><input type="radio" name="f" id="f-all" checked>All <b>${this.run.results.length}</b></label>`
    const each = OUTCOMES.filter((outcome) => counts[outcome] > 0).map(
      (outcome) =>
        `<label data-o="${outcome}"><input type="radio" name="f" id="f-${outcome}"><b>${MARKS[outcome]} ${counts[outcome]}</b> ${PARTICIPLES[outcome]}</label>`,
    )
    return `<nav aria-label="Filter by outcome"><div>${all}${each.join('')}</div></nav>`
  }

  warnings(): string {
    const { interrupted, leftovers, remarks } = this.run
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
            `<details><summary>Left behind at the target, as was to be expected: <b>${expected.length}</b></summary>${listOf(expected)}</details>`,
          ]
        : []),
    ].join('')
    const cards = `${warning && `<section class="card warn list">${warning}</section>`}${remark && `<section class="card list">${remark}</section>`}`
    return cards && `<div class="warnings">${cards}</div>`
  }

  overview(): string {
    const kinds = KINDS.filter((kind) => this.run.results.some((result) => result.case.kind === kind))
    const rows = byOperation(this.run.results).map(([operation, results]) => {
      const cells = kinds.map((kind) => {
        const own = results.filter((result) => result.case.kind === kind)
        if (own.length === 0) return '<td class="none">·</td>'
        const { fail, note } = tally(own)
        const worst = fail > 0 ? `<b data-o="fail">${fail} ✗</b> ` : note > 0 ? `<b data-o="note">${note} !</b> ` : ''
        return `<td title="${escapeHtml(describeTally(tally(own)))}">${worst}${own.length}${bar(own)}</td>`
      })
      return `<tr><th scope="row"><a href="#op-${escapeHtml(operation)}">${escapeHtml(operation)}</a></th>${cells.join('')}</tr>`
    })
    const heads = kinds.map((kind) => `<th scope="col">${kind}</th>`).join('')
    return `<div class="card scroll"><table><thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
  }

  finding({ rule, seen, exchange, results }: Finding, outcome: 'fail' | 'note', index: number): string {
    const [first, ...others] = results as [CaseResult, ...CaseResult[]]
    const place = this.context.locate(rule.pointer)
    const file = place.file ? `<code>${escapeHtml(fileLineOf(place))}</code> · ` : ''
    const excerpt = place.excerpt ? `<pre>${escapeHtml(place.excerpt)}</pre>` : ''
    const more = others
      .slice(0, FULL)
      .map(
        (other) =>
          `<details><summary><code>${escapeHtml(other.case.id)}</code></summary>${this.#tried(other)}</details>`,
      )
    const rest = others.slice(FULL).map((other) => this.#chip(other, other.case.id))
    const chips = rest.length > 0 ? `<div class="chips">${rest.join('')}</div>` : ''
    const also =
      more.length > 0
        ? `<div class="also"><h4>${count(others.length, 'more case')}</h4>${more.join('')}${chips}</div>`
        : ''
    return `<details class="finding" data-o="${outcome}" id="${outcome}-${index}"${outcome === 'fail' && index < OPEN ? ' open' : ''}>
<summary><span class="rule">${escapeHtml(rule.text)}</span><span class="tag">${results.length > 1 ? `${results.length} cases · ` : ''}${rule.evidence}</span><span class="seen">${seenAt(first, exchange)}: ${escapeHtml(shorten(seen, 1500))}</span></summary>
<div><h4>Rule</h4><p style="margin:0 0 6px">${file}<code>${escapeHtml(pointerIn(place, rule.pointer))}</code></p>${excerpt}
<h4>Case</h4><code>${escapeHtml(first.case.id)}</code><br>${escapeHtml(first.case.title)}${this.#tried(first)}${also}</div></details>`
  }

  /** What was sent, what came back, and how to see it again. */
  #tried(result: CaseResult): string {
    const steps = result.exchanges.map((exchange) => this.#exchange(exchange, result.exchanges.length > 1))
    const reason = result.reason ? `<p>${escapeHtml(result.reason)}</p>` : ''
    return `${reason}${steps.join('')}<h4>Again</h4><pre class="copy">${escapeHtml(this.#again(result))}</pre>`
  }

  #again(result: CaseResult): string {
    return againOf(this.context.again, result.case.id, this.run.seed, quote)
  }

  #exchange({ title, request, reply }: Exchange, hasTitle: boolean): string {
    const line = curlOf(request, this.context.curl)
    const curl =
      line.length <= MAX_CURL
        ? line
        : `${curlOf(request, this.context.curl, '--data-binary @body')}\n# the body has ${request.body?.length} characters; --case sends it again`
    const headers = Object.entries(reply?.headers ?? {})
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')
    const back = reply
      ? `<pre>${escapeHtml([`${reply.status}  in ${describeDuration(reply.duration)}`, headers, '', bodyOf(reply.text)].join('\n').trim())}</pre>`
      : '<pre>nothing</pre>'
    return `${hasTitle ? `<p style="margin:14px 0 0"><b>${escapeHtml(title)}</b></p>` : ''}<div class="pair">
<div><h4>Sent</h4><pre>${escapeHtml(requestText(request))}</pre></div><div><h4>Came back</h4>${back}</div></div>
<h4>curl</h4><pre class="copy">${escapeHtml(curl)}</pre>`
  }

  matrix(): string {
    return byOperation(this.run.results)
      .map(([operation, results]) => {
        const kinds = KINDS.map((kind) => {
          const own = results.filter((result) => result.case.kind === kind)
          if (own.length === 0) return ''
          const rows = [...groupBy(own, (result) => placeOf(result)[0])].map(
            ([place, cases]) =>
              `<div class="row"><span class="mono">${escapeHtml(place)}</span><div class="chips">${cases.map((result) => this.#chip(result)).join('')}</div></div>`,
          )
          return `<div class="block"><h4>${kind}</h4><div class="rows">${rows.join('\n')}</div></div>`
        })
        return `<div class="card block" id="op-${escapeHtml(operation)}"><h3>${escapeHtml(operation)}</h3>${kinds.join('')}</div>`
      })
      .join('\n')
  }

  #chip(result: CaseResult, name = placeOf(result)[1]): string {
    const { outcome } = result
    return `<button type="button" class="chip" data-o="${outcome}" popovertarget="c${this.numbers.get(result)}" aria-label="${escapeHtml(`${result.case.id}: ${outcome}`)}">${MARKS[outcome]} ${escapeHtml(name)}</button>`
  }

  popover(result: CaseResult, index: number): string {
    const { case: tried, outcome, reason, breaches } = result
    const lines = result.exchanges.map(
      ({ request, reply }) =>
        `<pre>${escapeHtml(`${request.method} ${shorten(request.path, 400)}\n${request.body === undefined ? '' : `${shorten(request.body, 300)}\n`}→ ${reply ? `${reply.status} ${shorten(reply.text, 300)}` : 'nothing'}`)}</pre>`,
    )
    const broken = breaches.map(
      ({ rule, seen, exchange }) =>
        `<p><b>${escapeHtml(rule.text)}</b><br>${seenAt(result, exchange)}: ${escapeHtml(shorten(seen, 600))}</p>`,
    )
    return `<div popover id="c${index}" data-o="${outcome}"><h3>${escapeHtml(tried.title)}</h3><code>${escapeHtml(tried.id)}</code>
<p><span class="outcome">${MARKS[outcome]} ${PARTICIPLES[outcome]}</span> · ${describeDuration(result.duration)}${reason ? ` · ${escapeHtml(reason)}` : ''}</p>
<p>${escapeHtml(tried.rule.text)} <span class="tag">${tried.rule.evidence}</span></p>${broken.join('')}${lines.join('<p></p>')}<h4>Again</h4><pre class="copy">${escapeHtml(this.#again(result))}</pre></div>`
  }

  reasons(): string {
    const { run } = this
    const blocks: [title: string, outcome: string, entries: { id: string; reason: string }[]][] = [
      ['Not reached', 'not-reached', withReason(run, 'not-reached')],
      ['Skipped', 'skipped', withReason(run, 'skipped')],
      ['Unprovokable from outside', 'unprovokable', withReason(run, 'unprovokable')],
      ['Dropped: a negative that broke more or fewer rules than its own', 'dropped', [...run.dropped]],
    ]
    const shown = blocks.filter(([, , entries]) => entries.length > 0)
    if (shown.length === 0) return ''
    return `<section><h2 class="unfiltered">Not tried</h2>${shown
      .map(([title, outcome, entries]) => {
        const groups = byReason(entries).map(
          ([reason, ids]) =>
            `<p>${ids.length} × ${escapeHtml(reason)}</p><ul>${ids.map((id) => `<li><code>${escapeHtml(id)}</code></li>`).join('')}</ul>`,
        )
        return `<details class="card list" data-o="${outcome}"><summary>${title}: <b>${entries.length}</b></summary>${groups.join('')}</details>`
      })
      .join('\n')}</section>`
  }
}

const listOf = (leftovers: readonly Leftover[]): string =>
  `<ul>${alike(leftovers)
    .map(({ what, reason, times }) => `<li>${times}<code>${escapeHtml(what)}</code>: ${escapeHtml(reason)}</li>`)
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

/** Where a rule was seen broken: after which of several steps. */
function seenAt({ exchanges }: CaseResult, exchange: number | undefined): string {
  const title = exchanges.length > 1 && exchange !== undefined ? exchanges[exchange]?.title : undefined
  return title === undefined ? 'Seen' : `Seen in “${escapeHtml(title)}”`
}

function bar(results: readonly CaseResult[]): string {
  const counts = tally(results)
  const parts = OUTCOMES.filter((outcome) => counts[outcome] > 0)
  return `<div class="bar" aria-hidden="true">${parts.map((outcome) => `<i data-o="${outcome}" style="flex:${counts[outcome]}"></i>`).join('')}</div>`
}

function requestText(request: CaseRequest): string {
  const credentials = request.credentials ?? 'own'
  const lines = [
    `${request.method} ${request.path}`,
    `credentials: ${credentials}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return [...lines, ...(request.body === undefined ? [] : ['', bodyOf(request.body)])].join('\n')
}

/** JSON with one member a line, anything else as it is. */
function bodyOf(text: string): string {
  if (text.length > MAX_BODY) return shorten(text, MAX_BODY)
  try {
    const data = JSON.parse(text)
    // Never another number than the one that was sent, nor one member for two.
    return JSON.stringify(data) === text.trim() ? JSON.stringify(data, null, 2) : text
  } catch {
    return text
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  printable(text.toWellFormed()).replace(/[&<>"']/g, (char) => ENTITIES[char] as string)
