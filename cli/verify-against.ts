import {
  count,
  describeLeftover,
  describeRun,
  inOrderOfForesight,
  loggable,
  shorten,
  verdictOf,
} from '../contract-tests/suite/reporters/sum-up.ts'
import type { CaseResult, RunResult } from '../contract-tests/suite/vocabulary.ts'

/** At most so many of each run; a terminal is no place for hundreds. */
const MAX_LEFTOVERS = 20

/** What `--against` prints: both runs in a line each, what differs, and what a reader must know of either. */
export function describeDifferences(one: RunResult, other: RunResult, found: readonly string[]): string {
  const remarks = [one, other].flatMap((run) => [
    ...run.remarks.map((remark) => `remark at ${run.url}: ${remark}`),
    ...leftoversOf(run),
    ...(run.interrupted ? [`broken off at ${run.url}: ${run.interrupted}`] : []),
  ])
  const lines = [
    `- ${one.url}: ${describeRun(one)}`,
    `+ ${other.url}: ${describeRun(other)}`,
    ...found.map((text) => `\n${text}`),
    // Two runs that tried nothing are alike, which says nothing of the targets.
    ...(found.length > 0 || verdictOf(one) !== 'nothing-tried'
      ? [`\n${found.length === 0 ? 'no differences' : count(found.length, 'difference')}`]
      : []),
    ...remarks,
  ]
  return loggable(lines.join('\n'))
}

function leftoversOf({ url, leftovers }: RunResult): string[] {
  const lines = inOrderOfForesight(leftovers).map((one) => describeLeftover(one, ` at ${url}`))
  const more = lines.length - MAX_LEFTOVERS
  return more > 0 ? [...lines.slice(0, MAX_LEFTOVERS), `and ${more} more at ${url}`] : lines
}

/** What differs between two runs of the same cases, case by case; nothing: the same. */
export function differences(one: RunResult, other: RunResult): string[] {
  const others = new Map(other.results.map((result) => [result.case.id, result]))
  const known = new Set(one.results.map((result) => result.case.id))
  const found = one.results.flatMap((result) => {
    const twin = others.get(result.case.id)
    const [a, b] = [describe(result), twin ? describe(twin) : 'not run']
    return a === b ? [] : [block(result.case.id, a, b)]
  })
  const extra = other.results.filter((result) => !known.has(result.case.id))
  return [...found, ...extra.map((result) => block(result.case.id, 'not run', describe(result)))]
}

const block = (id: string, a: string, b: string): string => `${loggable(id)}\n  - ${a}\n  + ${b}`

/** The outcome, the statuses and the broken rules; not what is another every time, such as ids and durations. */
function describe({ outcome, reason, exchanges, breaches }: CaseResult): string {
  const statuses = exchanges.map(({ reply }) => reply?.status ?? 'nothing').join(', ')
  const rules = [...new Set(breaches.map(({ rule }) => rule.text))].join('; ')
  const why = rules || (outcome === 'skipped' || outcome === 'not-reached' ? reason : undefined)
  return loggable(`${outcome}${statuses ? ` (${statuses})` : ''}${why ? `: ${shorten(why, 300)}` : ''}`).replaceAll(
    '\n',
    ' ',
  )
}
