import type { Finding, Trial } from './trial.ts'

/** Whether a document is served, and no reply is 5xx, empty or breaks it. */
export const isRight = ({ served, findings }: Trial): boolean =>
  served && findings.every(({ kind }) => kind === 'unmade')

/** What a run comes to. */
export interface Totals {
  readonly documents: number
  readonly served: number
  readonly right: number
  readonly requests: number
  readonly statuses: Readonly<Record<string, number>>
  readonly undeclared: number
  readonly unjudged: number
  /** By kind of finding. */
  readonly findings: Readonly<Record<string, number>>
}

/** The sums over all documents. */
export function sumUp(trials: readonly Trial[]): Totals {
  const sum = (count: (trial: Trial) => number) => trials.reduce((all, trial) => all + count(trial), 0)
  return {
    documents: trials.length,
    served: sum(({ served }) => Number(served)),
    right: sum((trial) => Number(isRight(trial))),
    requests: sum(({ requests }) => requests),
    statuses: Object.fromEntries(CLASSES.map((one) => [one, sum(({ statuses }) => statuses[one] ?? 0)])),
    undeclared: sum(({ undeclared }) => undeclared),
    unjudged: sum(({ unjudged }) => unjudged),
    findings: Object.fromEntries(KINDS.map((kind) => [kind, sum((trial) => countOf(trial, kind))])),
  }
}

const CLASSES = ['2xx', '3xx', '4xx', '5xx']
const KINDS: readonly Finding['kind'][] = ['5xx', 'breach', 'empty', 'unmade']

const countOf = ({ findings }: Trial, kind: Finding['kind']): number =>
  findings.filter((finding) => finding.kind === kind).length

/** The head of the table. Times are in seconds, memory is in mebibytes. */
export const headOf = (width: number): string =>
  `${'document'.padEnd(width)}  first answer  memory  requests  ${CLASSES.map((one) => one.padStart(5)).join(' ')}  breach  empty  unmade`

/** A document's line of the table; where it was not served, the reason. */
export function rowOf(trial: Trial, width: number): string {
  const { document, served, reason, firstAnswer = 0, memory, requests, statuses } = trial
  const name = document.padEnd(width)
  if (!served) return `${name}  not served: ${reason}`
  const cells = [
    `${(firstAnswer / 1000).toFixed(2)} s`.padStart(12),
    (memory === undefined ? '?' : `${Math.round(memory / 2 ** 20)} M`).padStart(6),
    String(requests).padStart(8),
    CLASSES.map((one) => String(statuses[one] ?? 0).padStart(5)).join(' '),
    String(countOf(trial, 'breach')).padStart(6),
    String(countOf(trial, 'empty')).padStart(5),
    String(countOf(trial, 'unmade')).padStart(6),
  ]
  return `${name}  ${cells.join('  ')}`
}

/** Each finding in a line. */
export const listFindings = ({ findings }: Trial): string[] =>
  findings.map(
    ({ kind, method, path, status, rule }) => `  ${kind}  ${method} ${path}  ${status || 'not sent'}: ${rule}`,
  )

/** The totals in two lines. */
export function tellTotals(totals: Totals): string {
  const { documents, served, right, requests, statuses, undeclared, unjudged, findings } = totals
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')
  return `${served} of ${documents} documents served, ${right} without a fault
${requests} requests: ${list(statuses)}; ${list(findings)}; ${undeclared} with a status that is not declared, ${unjudged} not judged`
}
