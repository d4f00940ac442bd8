import { groupBy } from '../group-by.ts'
import type { Breach, CaseResult, Outcome, RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { describePlace } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import {
  againOf,
  breachesOf,
  byOperation,
  describeFindings,
  describeLeftover,
  describeReply,
  type Finding,
  findingsOf,
  inOrderOfForesight,
  numberOf,
  printable,
  shorten,
  tally,
} from './sum-up.ts'

const MAX_TEXT = 4000

/**
 * A suite with one case of each finding, most telling first, then one for each operation and kind with all others. Notes
 * pass; what they say is in `system-out`.
 */
export function createJunitReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      await context.writeFile('junit.xml', write(run, context))
    },
  }
}

function write(run: RunResult, context: ReportContext): string {
  // One case may be the first of several.
  const findings = groupBy(findingsOf(run, 'fail'), ({ results }) => results[0] as CaseResult)
  const told = [...findings].map(([result, [finding]]) => [result, finding] as const)
  const rest = run.results.filter((result) => !findings.has(result))
  const suites = [
    ...(told.length > 0 ? [suiteOf(describeFindings(run), told, run, context)] : []),
    ...suitesOf(rest, run, context),
  ]
  const ends = [
    ...run.remarks.map((remark) => `remark: ${remark}`),
    ...inOrderOfForesight(run.leftovers).map((one) => describeLeftover(one)),
    ...(run.interrupted ? [`broken off: ${run.interrupted}`] : []),
  ]
  if (ends.length > 0) {
    const inner = run.interrupted
      ? element('error', { message: run.interrupted }, ends.join('\n'))
      : element('system-out', {}, ends.join('\n'))
    const attributes = {
      name: 'run',
      tests: 1,
      failures: 0,
      errors: run.interrupted ? 1 : 0,
      skipped: 0,
      time: '0.000',
    }
    suites.push(
      `  <testsuite${attributesOf(attributes)}>\n    <testcase name="run" classname="${escapeXml(run.api.name)}" time="0.000">${inner}</testcase>\n  </testsuite>`,
    )
  }
  const total = numbers(run.results)
  const attributes = {
    name: `rollcall ${run.api.name}`,
    ...total,
    tests: total.tests + (ends.length > 0 ? 1 : 0),
    errors: run.interrupted ? 1 : 0,
    time: seconds(run.duration),
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributesOf(attributes)}>\n${suites.join('\n')}\n</testsuites>\n`
}

function suitesOf(results: readonly CaseResult[], run: RunResult, context: ReportContext): string[] {
  return byOperation(results).flatMap(([operation, own]) =>
    [...groupBy(own, (result) => result.case.kind)].map(([kind, cases]) =>
      suiteOf(
        `${operation} ${kind}`,
        cases.map((result) => [result]),
        run,
        context,
      ),
    ),
  )
}

function suiteOf(
  name: string,
  cases: readonly (readonly [result: CaseResult, shows?: Finding | undefined])[],
  run: RunResult,
  context: ReportContext,
): string {
  const lines = cases.map(([result, finding]) => writeCase(result, finding, run, context))
  const attributes = { name, ...numbers(cases.map(([result]) => result)), timestamp: run.startedAt }
  return `  <testsuite${attributesOf(attributes)}>\n${lines.join('\n')}\n  </testsuite>`
}

function numbers(results: readonly CaseResult[]) {
  const counts = tally(results)
  return {
    tests: results.length,
    failures: counts.fail,
    errors: 0,
    skipped: counts['not-reached'] + counts.skipped + counts.unprovokable,
    time: seconds(results.reduce((sum, { duration }) => sum + duration, 0)),
  }
}

function writeCase(result: CaseResult, finding: Finding | undefined, run: RunResult, context: ReportContext): string {
  const { id, title, operationId, kind } = result.case
  const classname = `${run.api.name}.${operationId}.${kind}`
  const attributes = { name: `${id}: ${title}`, classname, time: seconds(result.duration) }
  const inner = innerOf(result, finding, run, context)
  return inner
    ? `    <testcase${attributesOf(attributes)}>${inner}</testcase>`
    : `    <testcase${attributesOf(attributes)}/>`
}

function innerOf(result: CaseResult, finding: Finding | undefined, run: RunResult, context: ReportContext): string {
  const untried = UNTRIED[result.outcome]
  if (untried !== undefined) return element('skipped', { message: `${untried}${result.reason ?? ''}` })
  if (result.outcome === 'note') {
    return element(
      'system-out',
      {},
      breachesOf(result, run.strict, 'note')
        .map(({ rule, seen }) => `note: ${rule.text}; seen: ${seen}`)
        .join('\n'),
    )
  }
  if (result.outcome !== 'fail') return ''
  const breaches = breachesOf(result, run.strict, 'fail')
  const lines = [
    ...breaches.flatMap(({ rule, seen, exchange }) => {
      const place = context.locate(rule.pointer)
      return [
        `rule: ${rule.text} (${rule.evidence})`,
        `at: ${describePlace(place, rule.pointer)}`,
        `seen${numberOf(result, exchange)}: ${seen}`,
      ]
    }),
    ...result.exchanges.flatMap(({ request, reply }, index) => [
      `sent${numberOf(result, index)}: ${shorten(curlOf(request, context.curl), MAX_TEXT)}`,
      `back${numberOf(result, index)}: ${reply ? describeReply(reply, MAX_TEXT) : 'nothing'}`,
    ]),
    `again: ${againOf(context.again, result.case.id, run.seed, quote)}`,
  ]
  const { rule, seen } = finding ?? (breaches[0] as Breach)
  const message = `${rule.text}; seen: ${seen}`
  return element('failure', { message: shorten(message, 400), type: 'contract' }, lines.join('\n'))
}

/** JUnit has one word for what neither passed nor failed; how its message begins says which it is. */
const UNTRIED: Readonly<Partial<Record<Outcome, string>>> = {
  'not-reached': 'not reached: ',
  skipped: '',
  unprovokable: 'unprovokable: ',
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

const attributesOf = (attributes: Readonly<Record<string, string | number>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')

const element = (name: string, attributes: Readonly<Record<string, string>>, text = ''): string =>
  text
    ? `<${name}${attributesOf(attributes)}>${escapeXml(text, true)}</${name}>`
    : `<${name}${attributesOf(attributes)}/>`

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 cannot hold most control characters at all, nor half a surrogate pair (section 2.2). */
function escapeXml(text: string, keepsLines = false): string {
  const sound = printable(text.toWellFormed())
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (char) => ENTITIES[char] as string)
  // A line break inside of an attribute would be read as a space.
  return keepsLines ? sound : sound.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
