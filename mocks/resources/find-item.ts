import type { Draft, Refusal, Turn } from '../engine/vocabulary.ts'
import { type Address, parentPlaceOf } from './address.ts'
import { wholeRecord } from './change-records.ts'
import { draftOf } from './first-records.ts'
import { findRecord, type KeptRecord, membersOf, recordsOf, textOf } from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { refuseOrphan } from './refuse-call.ts'

/** Which item a call is about; without an id, none is named. */
export interface ItemName {
  readonly under: readonly string[]
  readonly id: string | undefined
}

/** Where the path does not name an item, the body may: `PUT /pets` with an id in it. */
export function nameItem(scene: Scene, { input }: Turn, { under = [], id }: Address): ItemName {
  const { kept } = scene
  const { identity } = kept.resource
  if (id !== undefined) return { under, id }
  if (kept.isSingle) return { under, id: '' }
  const own = identity && membersOf(wholeRecord(scene, input.body))[identity.member]
  return { under, id: own === undefined || own === null ? undefined : textOf(own) }
}

/** The record of that name, if there is one. */
export function findNamed(kept: KeptResource, draft: Draft<object>, { under, id }: ItemName): KeptRecord | undefined {
  if (id === undefined) return undefined
  if (under.length === kept.resource.under.length) return findRecord(draft, under, id)
  // The path of an item need not say what it lies under.
  for (const record of recordsOf(draft)) if (record.id === id) return record
  return undefined
}

/** What lies under nothing: of what clients can create there must be a record for others to lie under it. */
export function refuseOrphaned(kept: KeptResource, { under }: Pick<Address, 'under'>, turn: Turn): Refusal | undefined {
  const { parent } = kept
  const place = parent && under && parentPlaceOf(kept, under)
  if (!parent || !place || place.length === 0) return undefined
  const { identity } = parent.resource
  const [around, id] = identity ? [place.slice(0, -1), place.at(-1) as string] : [place, '']
  const above = refuseOrphaned(parent, { under: around }, turn)
  if (above || !identity || !parent.isMade) return above
  const draft = draftOf(parent, { drafts: turn.collections, world: turn.world })
  return findRecord(draft, around, id) ? undefined : refuseOrphan(parent, id)
}
