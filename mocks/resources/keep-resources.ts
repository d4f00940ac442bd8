import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/contract/once.ts'
import type { Resource, ResourceRole, Resources } from '../../documents/resources/resource.ts'
import type { Operation } from '../engine/vocabulary.ts'
import { uniqueMembersOf } from './find-holder.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { readRecordForm } from './record-form.ts'
import { findReferences } from './refer-records.ts'

/** Roles that change what is kept. */
const CHANGES: readonly ResourceRole[] = [
  'create',
  'create-many',
  'replace',
  'update',
  'delete',
  'delete-many',
  'singleton-write',
]

/** Roles that nothing can be told from: examples answer them. */
export const isUnsure = (role: ResourceRole): boolean => role === 'none' || role === 'unsure'

const hasRole = ({ operations }: Resource, ...roles: ResourceRole[]): boolean =>
  operations.some(({ role }) => roles.includes(role))

/**
 * The resources whose records are kept, by name: those that somebody can create, see in a list, or see and change. What can
 * only be read one by one has no state, nor has what nobody sees.
 * @param operations that the mock answers
 */
export function keepResources(
  contract: Contract,
  { resources }: Resources,
  operations: readonly Operation[],
): ReadonlyMap<string, KeptResource> {
  const answered = new Map(operations.map((operation) => [operation.id, operation]))
  const byName = new Map(resources.map((resource) => [resource.name, resource]))
  const all = new Map<string, KeptResource>()
  const children = new Map<string, KeptResource[]>()
  /** The nearest that is kept. */
  const parentOf = (name: string | undefined): KeptResource | undefined =>
    name === undefined ? undefined : (all.get(name) ?? parentOf(byName.get(name)?.parent))
  for (const resource of resources) {
    const isShown = hasRole(resource, 'read', 'singleton-read', 'search', 'count')
    const isKept = hasRole(resource, 'list', 'create', 'create-many') || (isShown && hasRole(resource, ...CHANGES))
    if (!isKept) continue
    const parent = parentOf(resource.parent)
    const own: KeptResource[] = []
    const scenes: Scene[] = []
    const isSingle = resource.identity === undefined && hasRole(resource, 'singleton-read', 'singleton-write')
    const isPosted = hasRole(resource, 'create', 'create-many')
    const isPut = once(() =>
      scenes.some(({ operation, inferred: { role } }) => role === 'replace' && (mayCreate(operation) || !isPosted)),
    )
    const isRemoved = once(() => scenes.some(({ operation }) => operation.method === 'DELETE'))
    const form = once(() => readRecordForm(kept))
    const uniques = once(() => uniqueMembersOf(kept))
    const references = once(() => findReferences(kept))
    const kept: KeptResource = {
      contract,
      name: resource.name,
      resource,
      scenes,
      parent,
      children: own,
      all,
      get form() {
        return form()
      },
      get uniques() {
        return uniques()
      },
      get references() {
        return references()
      },
      isSingle,
      get isMade() {
        return isPosted || isPut()
      },
      get isListed() {
        return kept.isMade || hasRole(resource, 'list')
      },
      get isPut() {
        return isPut()
      },
      get isRemoved() {
        return isRemoved()
      },
    }
    for (const inferred of resource.operations) {
      const operation = answered.get(inferred.operationId)
      const declared = contract.operation(inferred.operationId)
      if (operation && declared && !isUnsure(inferred.role)) {
        scenes.push({ contract, kept, inferred, operation, declared })
      }
    }
    all.set(kept.name, kept)
    children.set(kept.name, own)
    if (parent) children.get(parent.name)?.push(kept)
  }
  return all
}

/** Whether a PUT may say that something is new. */
const mayCreate = ({ method, replies }: Operation): boolean => method === 'PUT' && Object.hasOwn(replies, '201')
