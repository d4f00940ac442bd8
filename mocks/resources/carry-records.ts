import type { Contract } from '../../documents/contract/contract.ts'
import { onceFor } from '../../documents/read/once.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Changes } from '../api/api.ts'
import type { Operation } from '../engine/vocabulary.ts'
import type { TenantSnapshot } from '../state/snapshot.ts'
import { fitForm } from './compose-record.ts'
import { BEGINNING, type Beginning } from './first-records.ts'
import { keepResources } from './keep-resources.ts'
import type { KeptRecord } from './kept-record.ts'
import type { KeptResource } from './kept-resource.ts'

/**
 * What of a tenant's state there is still, after its document was changed. Records of resources that are still kept stay,
 * in the form that they have now. Where nothing was written they are those that the document shows, and are made anew when
 * somebody asks for them, as are those of resources that are new.
 * @param changes what has become of the operations
 * @param isWritten whether a call has changed a resource's records, by its name
 */
export function carryRecords(
  contract: Contract,
  operations: readonly Operation[],
  changes: Changes | undefined,
  collections: TenantSnapshot,
  isWritten: (resource: string) => boolean,
): TenantSnapshot {
  const keeping = keepResources(contract, contract.once(findResources), operations)
  const written = new Set<string>()
  for (const name of keeping.names.filter(isWritten)) {
    // Records lie below those of their parents, which stay with them.
    for (let one: KeptResource | undefined = keeping.named(name); one; one = one.parent) written.add(one.name)
  }
  const notes = (collections[BEGINNING] ?? []) as readonly Partial<Beginning & { begun: string }>[]
  const note = notes.find(({ untouched }) => untouched !== undefined) as Beginning | undefined
  const isUntouched = (name: string) => !written.has(name) || note?.untouched.includes(name) === true
  // Without the note a tenant has all that it begins with.
  const begun = notes.filter((one) => one.begun !== undefined && !isUntouched(JSON.parse(one.begun)[0]))
  const carried = keeping.names.flatMap((name): [string, readonly object[]][] => {
    const records = (collections[name] ?? []) as readonly KeptRecord[]
    const isGone = records.length === 0 || (note !== undefined && isUntouched(name))
    const kept = isGone ? undefined : keeping.named(name)
    if (!kept) return [[name, []]]
    return [[name, isAsBefore(kept, changes) ? records : records.map((record) => reshape(kept, record))]]
  })
  const untouched = keeping.names.filter(isUntouched)
  return { [BEGINNING]: note ? [{ ...note, untouched }, ...begun] : [], ...Object.fromEntries(carried) }
}

/** Whether a resource, and what it lies under, is spoken of by the same operations as before, none of them changed. */
export function isAsBefore(kept: KeptResource | undefined, changes: Changes | undefined): boolean {
  // One that is gone may have been the one that said it.
  if (!kept || !changes || changes.removed.length > 0) return false
  const known = keptOf(changes)
  for (let one: KeptResource | undefined = kept; one; one = one.parent) {
    if (!one.resource.near.every(({ operationId }) => known.has(operationId))) return false
  }
  return true
}

const keptOf = onceFor((changes: Changes): ReadonlySet<string> => new Set(changes.kept))

/** A record that no longer has the form of its resource has what the document shows in its place, as far as it must. */
const reshape = (kept: KeptResource, record: KeptRecord): KeptRecord =>
  record.isSketch ? record : { ...record, data: fitForm(kept, record.data) }
