import { printable, shorten } from '../contract-tests/reporters/sum-up.ts'
import type { CaseResult, RunResult } from '../contract-tests/vocabulary.ts'

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

const block = (id: string, a: string, b: string): string => `${printable(id)}\n  - ${a}\n  + ${b}`

/** The outcome, the statuses and the broken rules; not what is another every time, such as ids and durations. */
function describe({ outcome, reason, exchanges, breaches }: CaseResult): string {
  const statuses = exchanges.map(({ reply }) => reply?.status ?? 'nothing').join(', ')
  const rules = [...new Set(breaches.map(({ rule }) => rule.text))].join('; ')
  const why = rules || (outcome === 'skipped' ? reason : undefined)
  return printable(`${outcome}${statuses ? ` (${statuses})` : ''}${why ? `: ${shorten(why, 300)}` : ''}`).replaceAll(
    '\n',
    ' ',
  )
}
