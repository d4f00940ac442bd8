import type { CaseRequest, CaseResult, Exchange, RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { escapeHtml, MARKS } from './html-document.ts'
import { describePlace } from './locate.ts'
import type { ReportContext } from './reporter.ts'
import { againOf, breachesOf, describeDuration, PARTICIPLES, shorten } from './sum-up.ts'

/** How much of a request, of a reply, and of the line that sends it again is shown, in characters. */
export interface Lengths {
  readonly body: number
  readonly curl: number
}

/** Of a case that shows a finding. A curl line is of use only as a whole. */
const SHOWING: Lengths = { body: 6000, curl: 60_000 }
const FAILED: Lengths = { body: 4000, curl: 4000 }
const OTHER: Lengths = { body: 1000, curl: 1000 }

/**
 * One case with all that it sent and got.
 * @param labels of the findings that it shows
 */
export function caseOf(
  result: CaseResult,
  id: string,
  labels: readonly { readonly label: string; readonly isFirst: boolean }[],
  run: RunResult,
  context: ReportContext,
): string {
  const { case: tried, outcome, reason, breaches } = result
  const lengths = labels.some(({ isFirst }) => isFirst) ? SHOWING : outcome === 'fail' ? FAILED : OTHER
  const tags = labels.map(({ label }) => `<a class="tag" href="report.html#${label}">${label}</a>`)
  const shown = breaches.length > 0 ? breaches : breachesOf(result, run.strict, 'fail')
  const broken = shown.map(
    ({ rule, seen, exchange }) =>
      `<p><b>${escapeHtml(shorten(rule.text, 1000))}</b> <span class="tag">${rule.evidence}</span><br><code>${escapeHtml(describePlace(context.locate(rule.pointer), rule.pointer))}</code><br>${seenAt(result, exchange)}: ${escapeHtml(shorten(seen, 1500))}</p>`,
  )
  const rule =
    shown.length > 0
      ? ''
      : `<p>${escapeHtml(shorten(tried.rule.text, 1000))} <span class="tag">${tried.rule.evidence}</span></p>`
  return `<details class="case i" data-o="${outcome}" id="${id}"><summary><span class="outcome">${MARKS[outcome]}</span> <code>${escapeHtml(tried.id)}</code> ${tags.join(' ')}<span class="title">${escapeHtml(tried.title)}</span></summary>
<div><p><span class="outcome">${PARTICIPLES[outcome]}</span> · ${describeDuration(result.duration)}${reason ? ` · ${escapeHtml(reason)}` : ''}</p>${rule}${broken.join('')}${exchangesOf(result, context, lengths)}${again(result, run, context)}</div></details>`
}

/** What was sent and what came back, of each request. */
export const exchangesOf = ({ exchanges }: CaseResult, context: ReportContext, lengths: Lengths): string =>
  exchanges.map((exchange) => exchangeOf(exchange, exchanges.length > 1, context, lengths)).join('')

/** How to see a case again. */
export const again = (result: CaseResult, run: RunResult, context: ReportContext): string =>
  `<h4>Again</h4><pre class="copy">${escapeHtml(againOf(context.again, result.case.id, run.seed, quote))}</pre>`

/** Where a rule was seen broken: after which of several steps. */
export function seenAt({ exchanges }: CaseResult, exchange: number | undefined): string {
  const title = exchanges.length > 1 && exchange !== undefined ? exchanges[exchange]?.title : undefined
  return title === undefined ? 'Seen' : `Seen in “${escapeHtml(title)}”`
}

function exchangeOf(
  { title, request, reply }: Exchange,
  hasTitle: boolean,
  { curl: target }: ReportContext,
  { body: most, curl: longest }: Lengths,
): string {
  const line = curlOf(request, target)
  const curl =
    line.length <= longest
      ? line
      : `${curlOf(request, target, '--data-binary @body')}\n# the body has ${request.bodyLength ?? request.body?.length} characters; the line below sends it again`
  const headers = Object.entries(reply?.headers ?? {})
    .map(([name, value]) => `${name}: ${shorten(value, most)}`)
    .join('\n')
  const back = reply
    ? [`${reply.status}  in ${describeDuration(reply.duration)}`, headers, '', bodyOf(reply.text, most)]
        .join('\n')
        .trim()
    : 'nothing'
  return `${hasTitle ? `<p class="step"><b>${escapeHtml(title)}</b></p>` : ''}<div class="pair">
<div><h4>Sent</h4><pre>${escapeHtml(requestText(request, most))}</pre></div><div><h4>Came back</h4><pre>${escapeHtml(back)}</pre></div></div>
<h4>curl</h4><pre class="copy">${escapeHtml(shorten(curl, longest + 2000))}</pre>`
}

function requestText(request: CaseRequest, most: number): string {
  const lines = [
    `${request.method} ${shorten(request.path, most)}`,
    `credentials: ${request.credentials ?? 'own'}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${shorten(value, most)}`),
  ]
  return [...lines, ...(request.body === undefined ? [] : ['', bodyOf(request.body, most)])].join('\n')
}

/** JSON with one member a line, anything else as it is. */
function bodyOf(text: string, most: number): string {
  if (text.length > most) return shorten(text, most)
  try {
    const data = JSON.parse(text)
    // Never another number than the one that was sent, nor one member for two.
    return JSON.stringify(data) === text.trim() ? JSON.stringify(data, null, 2) : text
  } catch {
    return text
  }
}
