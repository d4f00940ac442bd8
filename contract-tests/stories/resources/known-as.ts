import type { DeclaredOperation } from '../../../documents/contract/operation.ts'
import type { Evidence } from '../../suite/vocabulary.ts'
import { weaker } from '../../suite/walk-schema.ts'
import type { Deed } from './course.ts'

/** How well it is known what several operations do: as the least known of them. What was inferred is assumed. */
export const knownAs = (...deeds: readonly (Deed | undefined)[]): Evidence =>
  deeds.map((deed) => deed?.evidence ?? 'documented').reduce(weaker, 'documented')

/** What an operation declares for what is not there (RFC 9110, sections 15.5.5 and 15.5.11). */
export const goneStatuses = ({ replies }: DeclaredOperation): readonly string[] =>
  replies.map(({ status }) => status).filter((status) => status === '404' || status === '410')

/** How well it is known that it refuses what is not there with one of these. */
export function goneEvidence({ replies }: DeclaredOperation): Evidence {
  const known = replies.filter(({ status }) => status === '404' || status === '410').map(({ evidence }) => evidence)
  return known.length === 0 ? 'assumed' : known.reduce(weaker)
}
