import type { Breach, Evidence, Outcome } from './vocabulary.ts'

const EVIDENCE: readonly Evidence[] = ['documented', 'observed', 'assumed']

/** What becomes of a case that showed these: at least one. @param strict from which evidence on it fails */
export const outcomeOf = (breaches: readonly Breach[], strict: Evidence): Outcome =>
  breaches.some(({ rule }) => EVIDENCE.indexOf(rule.evidence) <= EVIDENCE.indexOf(strict)) ? 'fail' : 'note'
