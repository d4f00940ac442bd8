import type { Json } from '../../documents/read/read-document.ts'
import type { SentRow } from './find-identity.ts'
import type { Trail } from './find-trails.ts'
import type { LinkSource } from './follow-links.ts'
import { idsOf } from './name-record.ts'
import { type Before, type Ownership, type Proof, SHORT_LIST } from './prove-ownership.ts'
import type { Target } from './target.ts'

/** What a reply named as made by the run, and is not removed yet. */
export interface Held {
  /** The case that sent it. */
  readonly by: string
  readonly target: Target
  /** What was claimed with it. */
  readonly rows: readonly SentRow[]
  readonly trail: Trail
  readonly source: LinkSource
  readonly foreseen: boolean
  /** It was written to since: it may have another id now. */
  isChanged?: boolean
}

/** By reading the thing, or where that cannot be done by looking into its list. */
export async function proveHeld(ownership: Ownership, held: Held, before: Before | undefined): Promise<Proof> {
  const { target, trail, source } = held
  if (target.reading || !before?.isComplete) return ownership.prove(target, before)
  const now = await ownership.list(trail, source)
  if (isAmong(now.records, held)) return 'own'
  return now.isComplete ? 'absent' : 'unknown'
}

/** Whether a list that is soon read to its end does not hold it any more, though a reading may still show it. */
export async function isUnlisted(ownership: Ownership, held: Held, before: Before | undefined): Promise<boolean> {
  if (!before?.isComplete || before.pages > SHORT_LIST) return false
  const now = await ownership.list(held.trail, held.source)
  return now.isComplete && !isAmong(now.records, held)
}

const isAmong = (records: readonly Json[], { target: { ids }, trail, source }: Held): boolean =>
  records.some((record) => idsOf(trail, record, source, true).some((id) => ids.includes(id)))
