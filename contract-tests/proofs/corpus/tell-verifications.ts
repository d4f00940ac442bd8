import type { Verification } from './verification.ts'

/** Whether a run came to its end, and found its mock to be as the document says. */
export const isVerified = ({ reason, outcomes, complaints }: Verification): boolean =>
  reason === undefined && complaints.length === 0 && !outcomes['fail']

/** What the verifications of a run come to. */
export interface VerifiedTotals {
  readonly documents: number
  readonly verified: number
  readonly cases: number
  readonly outcomes: Readonly<Record<string, number>>
  /** Failed cases by their kind. */
  readonly failures: Readonly<Record<string, number>>
  /** Of the longest run, in milliseconds. */
  readonly longest: number
  /** The most memory that a suite held, in bytes. */
  readonly memory: number
}

/** The sums over all documents. */
export function sumUpVerified(all: readonly Verification[]): VerifiedTotals {
  return {
    documents: all.length,
    verified: all.filter(isVerified).length,
    cases: all.reduce((sum, { cases }) => sum + cases, 0),
    outcomes: addUp(all.map(({ outcomes }) => outcomes)),
    failures: addUp(all.map(failuresByKind)),
    longest: Math.max(0, ...all.map(({ duration }) => duration)),
    memory: Math.max(0, ...all.map(({ memory = 0 }) => memory)),
  }
}

const failuresByKind = ({ failures }: Verification): Record<string, number> =>
  addUp(failures.map(({ kind, cases }) => ({ [kind]: cases })))

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) sums[name] = (sums[name] ?? 0) + count
  return sums
}

const COLUMNS = [
  ['pass', 'passed'],
  ['note', 'notes'],
  ['not-reached', 'not reached'],
  ['skipped', 'skipped'],
  ['unprovokable', 'unprovokable'],
  ['fail', 'failed'],
] as const

const MEASURED = ['   seconds', 'memory', 'of mock']

/** The head of the table. Memory is in mebibytes. */
export const headOfVerified = (width: number): string =>
  [`${'document'.padEnd(width)}   cases`, ...COLUMNS.map(([, title]) => title), ...MEASURED].join('  ')

/** A document's line of the table; where there is no verdict, the reason. */
export function rowOfVerified(one: Verification, width: number): string {
  const { document, reason, cases, outcomes, duration, memory, memoryOfMock } = one
  const name = document.padEnd(width)
  if (reason !== undefined) return `${name}  not verified: ${reason}`
  const cells = [
    String(cases).padStart(6),
    ...COLUMNS.map(([outcome, title]) => String(outcomes[outcome] ?? 0).padStart(title.length)),
    (duration / 1000).toFixed(1).padStart((MEASURED[0] as string).length),
    mebibytes(memory).padStart((MEASURED[1] as string).length),
    mebibytes(memoryOfMock).padStart((MEASURED[2] as string).length),
  ]
  const failures = listCounts(failuresByKind(one))
  return [name, ...cells, ...(failures ? [failures] : [])].join('  ')
}

const mebibytes = (bytes: number | undefined): string =>
  bytes === undefined ? '?' : `${Math.round(bytes / 2 ** 20)} M`

const listCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')

/** Each thing that cases failed for in a line, and what else fails the run. */
export const listFailures = ({ failures, complaints }: Verification): string[] => [
  ...failures.map(
    ({ kind, cases, rule, seen, first }) =>
      `  ${kind}  ${cases} ×  ${oneLine(rule)}; seen: ${oneLine(seen)}  (${first})`,
  ),
  ...complaints.map((complaint) => `  ${complaint}`),
]

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300)

/** The totals in two lines. */
export function tellVerified({
  documents,
  verified,
  cases,
  outcomes,
  failures,
  longest,
  memory,
}: VerifiedTotals): string {
  const failed = listCounts(failures)
  return `${verified} of ${documents} mocks verified without a failure; the longest run took ${(longest / 1000).toFixed(1)} s, the largest ${mebibytes(memory)}
${cases} cases: ${COLUMNS.map(([outcome, title]) => `${outcomes[outcome] ?? 0} ${title}`).join(', ')}${failed && `; failed: ${failed}`}`
}
