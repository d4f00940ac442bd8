import type { CaseResult, RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { describePlace } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  alike,
  byOperation,
  byReason,
  count,
  describeFindings,
  describeReply,
  describeRun,
  describeTally,
  type Finding,
  findingsOf,
  inOrderOfForesight,
  KINDS,
  LEFT_AS_FORESEEN,
  LEFT_BEHIND,
  loggable,
  numberOf,
  oneLine,
  shorten,
  tally,
  type Verdict,
  verdictOf,
  withReason,
} from './sum-up.ts'

/** Told in full; what comes after them is told in two lines each. */
const FULL = 10
/** Of notes. */
const BRIEF = 200
/** Of cases that are told while the run goes on. */
const LIVE = 40
/** Milliseconds that somebody waits without wondering. */
const LONG = 60_000
/** A longer body does not help anybody on a terminal. */
const MAX_BODY = 2000
const MAX_REPLY = 800
const MAX_LEFTOVERS = 20
/** Of why cases were not tried. */
const MAX_REASONS = 10

const COLORS: Readonly<Record<string, string>> = { fail: '31', note: '33', pass: '32', dim: '2', bold: '1' }

const COLOR_OF = { passed: 'pass', failed: 'fail', 'nothing-tried': 'note' } as const satisfies Record<Verdict, string>

type Paint = (color: string, text: string) => string

/** For people: a moving line on a terminal, plain lines in a pipe, and at the end what broke and how to see it again. */
export function createListReporter({ stdout, again, curl, locate, hasColor }: ReportContext): Reporter {
  const paint: Paint = (color, text) => (hasColor ? `\x1b[${COLORS[color]}m${text}\x1b[0m` : text)
  const isLive = stdout.isTTY === true
  const say = (text: string) => stdout.write(`${text}\n`)
  const counts = { failed: 0, notes: 0 }
  let nextTenth = 1
  let began = 0
  let isHelpTold = false

  /** Where a run takes long: how long it still does, and once what would shorten it. */
  const describeRest = (done: number, total: number): string => {
    const left = ((Date.now() - began) / done) * (total - done)
    if (left < LONG) return ''
    const help = isHelpTold ? '' : `; --cases 20 tries less of each operation, --budget 30s ends it after 30 s`
    isHelpTold = true
    return `, about ${Math.ceil(left / 60_000)} min left${help}`
  }

  const tell = (finding: Finding, run: RunResult) => {
    const [result] = finding.results as [CaseResult]
    const place = locate(finding.rule.pointer)
    say(`\n${paint('fail', 'FAIL')}  ${paint('bold', loggable(result.case.id))}`)
    say(`      ${loggable(result.case.title)}`)
    say(field('rule', `${finding.rule.text} (${finding.rule.evidence})`))
    say(field('at', describePlace(place, finding.rule.pointer)))
    if (place.excerpt) say(paint('dim', field('', place.excerpt.split('\n').slice(0, 4).join('\n'))))
    say(field(`seen${numberOf(result, finding.exchange)}`, shorten(finding.seen, MAX_REPLY)))
    for (const [index, { request, reply }] of result.exchanges.entries()) {
      const number = numberOf(result, index)
      say(field(`sent${number}`, curlLine(request, curl)))
      say(field(`back${number}`, reply ? describeReply(reply, MAX_REPLY) : 'nothing'))
    }
    if (result.reason && result.reason !== finding.seen) say(field('note', result.reason))
    const others = finding.results.slice(1).map((other) => other.case.id)
    if (others.length > 0) say(field('also', `${count(others.length, 'more case')}: ${some(others)}`))
    say(field('again', againOf(again, result.case.id, run.seed, quote)))
  }

  return {
    onStart({ total }) {
      began = Date.now()
      say(`${count(total, 'case')} at ${loggable(curl.url)}`)
    },
    onResult(result, done, total) {
      if (result.outcome === 'fail') counts.failed++
      if (result.outcome === 'note') counts.notes++
      if (result.outcome === 'fail' || result.outcome === 'note') {
        if (isLive) stdout.write('\r\x1b[K')
        if (result.outcome === 'fail' && counts.failed <= LIVE)
          say(`${paint('fail', 'fail')}  ${loggable(result.case.id)}`)
        if (result.outcome === 'note' && counts.notes <= LIVE)
          say(`${paint('note', 'note')}  ${loggable(result.case.id)}`)
      }
      if (isLive) {
        const line = `[${done}/${total}]${counts.failed > 0 ? ` ${counts.failed} failed` : ''} ${loggable(result.case.id)}`
        stdout.write(`\r\x1b[K${line.slice(0, Math.max(20, (stdout.columns ?? 80) - 1))}`)
      } else if (done >= (total * nextTenth) / 10) {
        while (done >= (total * nextTenth) / 10) nextTenth++
        say(
          `${done} of ${total} done${counts.failed > 0 ? `, ${counts.failed} failed` : ''}${describeRest(done, total)}`,
        )
      }
    },
    async onEnd(run) {
      if (isLive) stdout.write('\r\x1b[K')
      const failures = findingsOf(run, 'fail')
      if (failures.length > 0) say(`\n${paint('fail', describeFindings(run))}`)
      for (const finding of failures.slice(0, FULL)) tell(finding, run)
      if (failures.length > FULL) {
        say(`\n${count(failures.length - FULL, 'more finding')}; --reporter html shows each with its request and reply`)
        for (const finding of failures.slice(FULL)) {
          say(brief(finding))
          say(`    ${loggable(oneLine(describePlace(locate(finding.rule.pointer), finding.rule.pointer)))}`)
        }
        const example = (failures[FULL] as Finding).results[0] as CaseResult
        say(
          `\nEach of them again, as here the first:\n${field('again', againOf(again, example.case.id, run.seed, quote))}`,
        )
      }
      tellNotes(run, say, paint)
      tellReasons(run, say)
      say(`\n${loggable(table(run))}`)
      for (const remark of run.remarks) say(`${paint('note', 'remark')}  ${loggable(oneLine(remark))}`)
      tellLeftovers(run, say, paint)
      if (run.interrupted) say(`${paint('fail', 'broken off')}: ${loggable(run.interrupted)}`)
      say(loggable(`seed ${run.seed}, tag ${run.tag}, strict ${run.strict}`))
      say(paint(COLOR_OF[verdictOf(run)], describeRun(run)))
    },
  }
}

function field(name: string, text: string): string {
  const [first = '', ...rest] = loggable(text).split('\n')
  return [`  ${name.padEnd(7)} ${first}`, ...rest.map((line) => `          ${line}`)].join('\n')
}

function curlLine(request: Parameters<typeof curlOf>[0], target: ReportContext['curl']): string {
  const { body } = request
  if (body === undefined || body.length <= MAX_BODY) return curlOf(request, target)
  return `${curlOf(request, target, '--data-binary @body')}\n(the body: ${shorten(body, 200)})`
}

const brief = ({ rule, seen, results }: Finding): string =>
  `  ${loggable(results[0]?.case.id ?? '')}: ${loggable(oneLine(rule.text))}; seen: ${loggable(shorten(oneLine(seen), 160))}${
    results.length > 1 ? ` (${results.length} cases)` : ''
  }`

const some = (ids: readonly string[]): string =>
  `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? `, … (${ids.length - 3} more)` : ''}`

function tellNotes(run: RunResult, say: (text: string) => void, paint: Paint): void {
  const notes = findingsOf(run, 'note')
  if (notes.length === 0) return
  say(`\n${paint('note', 'Notes')} (they fail under --strict observed or assumed)`)
  for (const finding of notes.slice(0, BRIEF)) say(`${brief(finding)} [${finding.rule.evidence}]`)
  if (notes.length > BRIEF) say(`  … and ${notes.length - BRIEF} more`)
}

function tellLeftovers({ leftovers }: RunResult, say: (text: string) => void, paint: Paint): void {
  const each = alike(inOrderOfForesight(leftovers))
  // Where they are too many to be told one by one, those of one kind are one, with what the first of them was.
  const told = each.length > MAX_LEFTOVERS ? alike(inOrderOfForesight(leftovers), beforeValues) : each
  for (const { what, reason, foreseen, times } of told.slice(0, MAX_LEFTOVERS))
    say(
      `${foreseen ? LEFT_AS_FORESEEN : paint('fail', LEFT_BEHIND)}  ${loggable(oneLine(`${times}${what}: ${reason}`))}`,
    )
  const more = told.length - MAX_LEFTOVERS
  if (more > 0) say(`  … and ${more} more; --reporter json lists all ${leftovers.length}`)
  else if (told.length < each.length) say(`  --reporter json lists all ${leftovers.length}`)
}

const beforeValues = (text: string): string => text.split('{', 1)[0] as string

function tellReasons(run: RunResult, say: (text: string) => void): void {
  const blocks: [string, { id: string; reason: string }[]][] = [
    ['Not reached', withReason(run, 'not-reached')],
    ['Skipped', withReason(run, 'skipped')],
    ['Unprovokable from outside', withReason(run, 'unprovokable')],
    ['Dropped', [...run.dropped]],
  ]
  for (const [title, entries] of blocks) {
    if (entries.length === 0) continue
    say(`\n${title}`)
    const reasons = byReason(entries)
    for (const [reason, ids] of reasons.slice(0, MAX_REASONS))
      say(`  ${numberOfCases(ids.length)}  ${loggable(reason.replace(/\.$/, ''))}: ${loggable(some(ids))}`)
    const rest = reasons.slice(MAX_REASONS)
    const more = rest.reduce((sum, [, ids]) => sum + ids.length, 0)
    if (more > 0) say(`  ${numberOfCases(more)}  for ${count(rest.length, 'more reason')}; --reporter json tells each`)
  }
}

const numberOfCases = (number: number): string => String(number).padStart(4)

/** Operations by kinds; a number alone has passed. */
function table(run: RunResult): string {
  const kinds = KINDS.filter((kind) => run.results.some((result) => result.case.kind === kind))
  const rows = byOperation(run.results).map(([operation, results]) => [
    operation,
    ...kinds.map((kind) => cell(results.filter((result) => result.case.kind === kind))),
  ])
  const lines = [['', ...kinds], ...rows]
  const widths = ['', ...kinds].map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cell(results: readonly CaseResult[]): string {
  if (results.length === 0) return '-'
  const counts = tally(results)
  return counts.pass === results.length ? String(results.length) : describeTally(counts)
}
