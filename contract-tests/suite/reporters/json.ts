import { createHash } from 'node:crypto'
import type { CaseResult, Outcome, RunResult } from '../vocabulary.ts'
import { curlOf, quote } from './curl.ts'
import { describePlace } from './locate.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import { againOf, breachesOf, byOperation, describeReply, describeRun, shorten, tally } from './sum-up.ts'

const MAX_TEXT = 4000

/** CTRF has no word for a note; it passed, and `rawStatus` says note. */
const STATUS: Readonly<Record<Outcome, 'passed' | 'failed' | 'skipped' | 'pending' | 'other'>> = {
  pass: 'passed',
  note: 'passed',
  fail: 'failed',
  'not-reached': 'other',
  skipped: 'skipped',
  unprovokable: 'other',
}

/** The Common Test Report Format: https://ctrf.io, schema/ctrf.schema.json. */
export function createJsonReporter(context: ReportContext): Reporter {
  return {
    onStart() {},
    onResult() {},
    async onEnd(run) {
      await context.writeFile('ctrf-report.json', `${JSON.stringify(toCtrf(run, context), null, 2)}\n`)
    },
  }
}

function toCtrf(run: RunResult, context: ReportContext) {
  const counts = tally(run.results)
  const start = Date.parse(run.startedAt)
  const suites = byOperation(run.results).flatMap(([, results]) => [
    ...new Set(results.map((result) => result.case.kind)),
  ])
  return {
    reportFormat: 'CTRF',
    specVersion: '1.0.0',
    reportId: uuidOf(`${run.api.name} ${run.url} ${run.startedAt} ${run.tag}`),
    timestamp: new Date(start + Math.round(run.duration)).toISOString(),
    generatedBy: `rollcall ${context.version}`,
    results: {
      tool: { name: 'rollcall', version: context.version },
      summary: {
        tests: run.results.length,
        passed: counts.pass + counts.note,
        failed: counts.fail,
        skipped: counts.skipped,
        pending: 0,
        other: counts.unprovokable + counts['not-reached'],
        suites: suites.length,
        start,
        stop: start + Math.round(run.duration),
        duration: Math.round(run.duration),
      },
      tests: run.results.map((result) => toTest(result, run, context)),
      environment: { appName: run.api.name, appVersion: run.api.version, testEnvironment: run.url },
      extra: {
        api: run.api,
        url: run.url,
        seed: run.seed,
        tag: run.tag,
        strict: run.strict,
        summary: describeRun(run),
        outcomes: counts,
        dropped: run.dropped,
        leftovers: run.leftovers,
        remarks: run.remarks,
        ...(run.interrupted !== undefined && { interrupted: run.interrupted }),
      },
    },
  }
}

function toTest(result: CaseResult, run: RunResult, context: ReportContext) {
  const { id, operationId, kind, title, rule } = result.case
  const failed = breachesOf(result, run.strict, 'fail')
  const notes = breachesOf(result, run.strict, 'note')
  const message =
    [...failed, ...notes].map((breach) => `${breach.rule.text}; seen: ${breach.seen}`).join('\n') || result.reason
  const place = failed[0] && context.locate(failed[0].rule.pointer)
  const tells = failed.length > 0 || notes.length > 0
  return {
    id: uuidOf(`${run.api.name} ${id}`),
    name: `${id}: ${title}`,
    status: STATUS[result.outcome],
    rawStatus: result.outcome,
    duration: Math.round(result.duration),
    suite: [run.api.name, operationId, kind],
    ...(message !== undefined && { message }),
    ...(tells && {
      trace: result.exchanges
        .map(({ request, reply }) =>
          [
            `sent: ${shorten(curlOf(request, context.curl), MAX_TEXT)}`,
            `back: ${reply ? describeReply(reply, MAX_TEXT) : 'nothing'}`,
          ].join('\n'),
        )
        .join('\n'),
    }),
    ...(place?.excerpt && { snippet: place.excerpt }),
    // Who reads it annotates the line of a file of the user's.
    ...(place?.checkedOut && { filePath: place.checkedOut, ...(place.line && { line: place.line }) }),
    tags: [kind],
    extra: {
      caseId: id,
      rule,
      ...(place && failed[0] && { at: describePlace(place, failed[0].rule.pointer) }),
      ...(tells && { breaches: result.breaches, again: againOf(context.again, id, run.seed, quote) }),
    },
  }
}

/** The same for the same text: who compares two reports finds a case by it. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  // Version 8, made in a way of our own (RFC 9562, section 5.8).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
