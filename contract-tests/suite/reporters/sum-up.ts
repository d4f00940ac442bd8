import { groupBy } from '../group-by.ts'
import type {
  Breach,
  CaseReply,
  CaseResult,
  Evidence,
  Exchange,
  Kind,
  Leftover,
  Outcome,
  Rule,
  RunResult,
} from '../vocabulary.ts'

/** The order in which reports count and list: what somebody must act on comes first. */
export const OUTCOMES: readonly Outcome[] = ['fail', 'note', 'pass', 'not-reached', 'skipped', 'unprovokable']
/** The order in which reports show the kinds of cases. */
export const KINDS: readonly Kind[] = ['accepts', 'refuses', 'guards', 'failures', 'stories']

/** How many of them are called what: `2 failed`. */
export const PARTICIPLES: Readonly<Record<Outcome, string>> = {
  fail: 'failed',
  note: 'with notes',
  pass: 'passed',
  'not-reached': 'not reached',
  skipped: 'skipped',
  unprovokable: 'unprovokable',
}

type Tally = Readonly<Record<Outcome, number>>

/** @returns a count for every outcome, 0 where no case has it */
export function tally(results: readonly CaseResult[]): Tally {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  for (const { outcome } of results) counts[outcome]++
  return counts
}

/** `3 failed, 409 passed`: only what there is. */
export const describeTally = (counts: Tally): string =>
  OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${PARTICIPLES[outcome]}`)
    .join(', ') || 'none'

/**
 * What a run comes to. It failed also where it was broken off, or left behind what nobody foresaw; `nothing-tried`: no
 * case passed or failed, which says nothing of the target.
 */
export type Verdict = 'passed' | 'failed' | 'nothing-tried'

/** `failed` goes before `nothing-tried`: a run that was broken off has failed, whatever it had tried. */
export function verdictOf(run: RunResult): Verdict {
  const { fail, pass, note } = tally(run.results)
  if (fail > 0 || !hasEndedWell(run)) return 'failed'
  return pass + note > 0 ? 'passed' : 'nothing-tried'
}

/** Whether it came to its end, and nothing stayed behind that nobody foresaw. */
export const hasEndedWell = ({ interrupted, leftovers }: RunResult): boolean =>
  interrupted === undefined && leftovers.every(({ foreseen }) => foreseen)

/** `no case passed or failed: 12 not reached, 3 skipped; most often: it may send messages to people`. */
export function describeNothingTried({ results, remarks }: RunResult): string {
  if (results.length === 0) return ['there was no case to try', ...remarks.slice(0, 1)].join(': ')
  const untold = results.map(({ case: { id }, reason = '' }) => ({ id, reason }))
  const [most] = byReason(untold.filter(({ reason }) => reason !== ''))
  const why = most ? `; ${most[1].length < results.length ? 'most often: ' : ''}${most[0]}` : ''
  return `no case passed or failed: ${describeTally(tally(results))}${why}`
}

/** What was left behind: first what nobody foresaw. */
export const inOrderOfForesight = (leftovers: readonly Leftover[]): readonly Leftover[] => [
  ...leftovers.filter(({ foreseen }) => !foreseen),
  ...leftovers.filter(({ foreseen }) => foreseen),
]

/** Above what fails a run: nobody foresaw it. */
export const LEFT_BEHIND = 'left behind'
/** Above what does not fail a run: it was known beforehand that it might stay. */
export const LEFT_AS_FORESEEN = 'left behind, as expected'

/**
 * What was left behind in the same words, once, with how often (`15 × `): some targets leave the same a hundred times.
 * @param textOf what of a text is compared
 */
export function alike(
  leftovers: readonly Leftover[],
  textOf: (text: string) => string = (text) => text,
): (Leftover & { readonly times: string })[] {
  const groups = groupBy(leftovers, ({ what, reason, foreseen }) => `${foreseen} ${textOf(what)} ${textOf(reason)}`)
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [{ ...first, times: rest.length > 0 ? `${rest.length + 1} × ` : '' }] : [],
  )
}

/** `left behind: note n_7: DELETE answered 500`. */
export const describeLeftover = ({ what, reason, foreseen }: Leftover, at = ''): string =>
  `${foreseen ? LEFT_AS_FORESEEN : LEFT_BEHIND}${at}: ${what}: ${reason}`

/** The whole run in one line: `4 findings in 252 of 587 cases: 252 failed, 335 passed; 12.3 s`. */
export function describeRun(run: RunResult): string {
  const counts = tally(run.results)
  const what = counts.fail > 0 ? describeFindings(run) : count(run.results.length, 'case')
  const cases = `${what}: ${describeTally(counts)}`
  const dropped = run.dropped.length > 0 ? `; ${run.dropped.length} dropped` : ''
  return `${cases}${dropped}; ${describeDuration(run.duration)}`
}

/** `1 case`, `2 cases`; for nouns with a plural in s. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** `830 ms`, `12.3 s`, `4 min 5 s`. @param milliseconds of any length */
export const describeDuration = (milliseconds: number): string =>
  milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : milliseconds < 120_000
      ? `${(milliseconds / 1000).toFixed(1)} s`
      : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`

/** In the order of their first case. */
export function byOperation(results: readonly CaseResult[]): [operationId: string, results: CaseResult[]][] {
  return [...groupBy(results, (result) => result.case.operationId)]
}

const RANK: Readonly<Record<Evidence, number>> = { documented: 0, observed: 1, assumed: 2 }

/** Whether breaking the rule makes a case fail; otherwise it is a note. */
const isEnforced = ({ evidence }: Rule, strict: Evidence): boolean => RANK[evidence] <= RANK[strict]

/** One cause, the rule that it broke first, and all the cases that showed it. */
export interface Finding {
  readonly rule: Rule
  /** In the first of its cases. */
  readonly seen: string
  /** Which of that case's exchanges showed it, from 0. */
  readonly exchange: number | undefined
  readonly results: readonly CaseResult[]
}

/**
 * What one broken rule is for a hundred cases is one finding, not a hundred. Most telling first: what is documented, then
 * what most cases show, then what was seen first.
 */
export function findingsOf(run: RunResult, outcome: 'fail' | 'note'): Finding[] {
  const findings = new Map<string, Finding & { results: CaseResult[] }>()
  for (const result of run.results) {
    for (const breach of breachesOf(result, run.strict, outcome)) {
      const { rule, seen, exchange } = breach
      const key = causeOf(breach)
      const finding = findings.get(key)
      if (!finding) findings.set(key, { rule, seen, exchange, results: [result] })
      else if (finding.results.at(-1) !== result) finding.results.push(result)
    }
  }
  return [...findings.values()].sort(
    (a, b) => RANK[a.rule.evidence] - RANK[b.rule.evidence] || b.results.length - a.results.length,
  )
}

/** The request and the reply that showed it; of a case with several, the last where nobody knows which. */
export function shownIn({ results: [first], exchange }: Finding): Exchange | undefined {
  return first?.exchanges[exchange ?? first.exchanges.length - 1]
}

/** The same for breaches of one cause. */
export const causeOf = ({ cause, rule }: Breach): string =>
  cause ?? `${rule.pointer}\n${rule.text.replace(/\/\d+(?=[/ ]|$)/g, '/*')}`

/** `4 findings in 252 of 587 cases`. */
export function describeFindings(run: RunResult): string {
  const { fail } = tally(run.results)
  return `${count(findingsOf(run, 'fail').length, 'finding')} in ${fail} of ${count(run.results.length, 'case')}`
}

/** A case that failed without a broken rule (nothing came back) broke its own. */
export function breachesOf(result: CaseResult, strict: Evidence, outcome: 'fail' | 'note'): readonly Breach[] {
  if (outcome === 'fail') {
    if (result.outcome !== 'fail') return []
    const enforced = result.breaches.filter(({ rule }) => isEnforced(rule, strict))
    if (enforced.length > 0) return enforced
    return [{ rule: result.case.rule, seen: result.reason ?? result.breaches[0]?.seen ?? 'it could not be finished' }]
  }
  if (result.outcome !== 'fail' && result.outcome !== 'note') return []
  return result.breaches.filter(({ rule }) => !isEnforced(rule, strict))
}

/** ` 2` for the second of several exchanges; nothing where there is one, or nobody knows which. */
export const numberOf = ({ exchanges }: CaseResult, exchange: number | undefined): string =>
  exchange !== undefined && exchanges.length > 1 ? ` ${exchange + 1}` : ''

/** What a run drew for one case alone. */
const DRAWN = /\brollcall[a-z\d-]*/g

/** Cases by their reason, the most frequent first; reasons that differ in what was drawn are one. */
export function byReason(entries: readonly { readonly id: string; readonly reason: string }[]): [string, string[]][] {
  return [...groupBy(entries, ({ reason }) => reason.replace(DRAWN, '…'))]
    .map(([, group]): [string, string[]] => [
      (group[0] as { reason: string }).reason.trimEnd(),
      group.map(({ id }) => id),
    ])
    .sort(([, a], [, b]) => b.length - a.length)
}

/** Ids of the cases with this outcome, in the order of the run; each has a reason to be grouped by. */
export const withReason = (run: RunResult, outcome: Outcome): { id: string; reason: string }[] =>
  run.results
    .filter((result) => result.outcome === outcome)
    .map((result) => ({ id: result.case.id, reason: result.reason ?? 'no reason given' }))

/** How to see one case again. */
export const againOf = (again: string, id: string, seed: string, quote: (text: string) => string): string =>
  `${again} --case ${quote(id)} --seed ${quote(seed)}`

/**
 * `201 application/json`, and the body on the next lines.
 * @param length of the body, in UTF-16 units, before it is cut
 */
export function describeReply({ status, headers, text }: CaseReply, length: number): string {
  const type = headers['content-type'] ? ` ${headers['content-type']}` : ''
  return `${status}${type}${text === '' ? ', no body' : `\n${shorten(text, length)}`}`
}

/** Cuts a text to this length in UTF-16 units, never between the halves of a character, and says how long it was. */
export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length} characters)`

/** White space of any kind, line breaks too, becomes one blank: for reports that a line stands for a case in. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** Text from outside must not move the cursor, turn the writing direction or fake a line. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, (char) =>
    char === '\n' || char === '\t' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/**
 * The same for a log that a machine reads as well: a line that says `::error::` or `##[error]` would be a command to
 * GitHub's runner wherever it stands behind blanks, and `##vso[…]` or `##teamcity[…]` one to others.
 */
export const loggable = (text: string): string =>
  printable(text)
    .replace(/^(\s*):(?=:)/gm, '$1\\u003a')
    .replace(/#(?=#[\w-]*\[)/g, '\\u0023')
