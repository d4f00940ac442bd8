import type { Difference } from './compare-replies.ts'
import type { Column } from './vocabulary.ts'

/** A difference that is known, and why it is there. */
export interface Known {
  readonly columns: readonly Column[]
  /** The ids of the cases that show it. */
  readonly cases: RegExp
  readonly at: Difference['at']
  /** What stands there instead of what is said in memory. All the rest is equal. */
  readonly instead: readonly [inMemory: RegExp, there: string]
  readonly reason: string
  /** Of the one whose difference it is. */
  readonly issue?: string
}

/** The first entry that fits a difference explains it; a difference that none explains fails the proof. */
export const DIFFERS: readonly Known[] = [
  {
    columns: ['prism'],
    cases: /\/(?:guards|failures)\//,
    at: 'body',
    instead: [/send Authorization: bearer <credential>/g, 'Invalid security scheme used'],
    reason:
      'Prism checks the credentials and says "Invalid security scheme used", where the mock says what to send. The status and all the rest are equal.',
  },
  {
    columns: ['prism'],
    cases: /\/refuses\/form\/content-type$/,
    at: 'body',
    instead: [/content-type must be (\S+), not [\w/]+/g, 'Supported content types: $1'],
    reason:
      'Prism checks the media type and says "Supported content types: application/json", where the mock says what it got as well. The status and all the rest are equal.',
    issue: 'https://github.com/stoplightio/prism/issues/1813',
  },
  {
    columns: ['prism'],
    cases: /\/enum$/,
    at: 'body',
    instead: [/( must be one of [^"]*, )null(?=")/g, '$1'],
    reason:
      'Prism checks the body, and its list of the allowed values has nothing where `null` is one of them. The status and all the rest are equal.',
  },
]

/** The entry that says of a difference why it is there. */
export function explain(
  column: Column,
  caseId: string,
  { at, want, got }: Difference,
  known: readonly Known[] = DIFFERS,
): Known | undefined {
  return known.find(
    (one) =>
      one.columns.includes(column) && one.cases.test(caseId) && one.at === at && want.replace(...one.instead) === got,
  )
}
