import type { UniqueMember } from '../../documents/resources/resource.ts'
import type { Draft, Keys } from '../engine/vocabulary.ts'
import { type KeptRecord, keyOf, textOf } from './kept-record.ts'
import type { KeptResource } from './kept-resource.ts'
import { valueAt } from './member-path.ts'

/** The members that no two records share: by `x-unique`, and by a failure whose rule is `duplicate`. */
export function uniqueMembersOf({ resource, scenes }: KeptResource): readonly UniqueMember[] {
  const failures = scenes.flatMap(({ declared }) => declared.failures)
  const told = failures.flatMap(({ rule, of }): UniqueMember[] =>
    rule === 'duplicate' && of ? [{ member: of.split('/').slice(1), ignoreCase: false, within: 'tenant' }] : [],
  )
  const known = new Map([...told, ...resource.unique].map((unique) => [indexOf(unique), unique]))
  return [...known.values()]
}

/** The pointer of a member, which its index is called by. */
const indexOf = ({ member }: UniqueMember): string => member.map((name) => `/${name}`).join('')

/** The keys of a record. */
export function keysOf(uniques: readonly UniqueMember[], { under, data }: KeptRecord): Keys {
  return uniques.flatMap((unique) => {
    const value = valueAt(data, unique.member)
    if (value === undefined || value === null) return []
    const text = textOf(value)
    const own = unique.ignoreCase ? text.toLowerCase() : text
    return [[indexOf(unique), unique.within === 'parent' ? JSON.stringify([...under, own]) : own] as const]
  })
}

/**
 * What another record has of what only one may have; undefined where it is free.
 * @param before in whose place the record comes: what it has becomes free
 */
export function findHolder(
  kept: KeptResource,
  draft: Draft<object>,
  record: KeptRecord,
  before: KeptRecord = record,
): { readonly member: string; readonly value: unknown } | undefined {
  for (const [index, key] of keysOf(kept.uniques, record)) {
    const holder = draft.find(index, key) as KeptRecord | undefined
    if (holder && keyOf(holder.under, holder.id) !== keyOf(before.under, before.id)) {
      return { member: index, value: valueAt(record.data, index.split('/').slice(1)) }
    }
  }
  return undefined
}
