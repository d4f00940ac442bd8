import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/read/once.ts'
import type { Resource, ResourceOperation, ResourceRole, Resources } from '../../documents/resources/resource.ts'
import type { Operation } from '../engine/vocabulary.ts'
import { parametersOf } from './address.ts'
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
    const parts = resource.operations.flatMap((inferred): Part[] => {
      const operation = answered.get(inferred.operationId)
      const declared = contract.operation(inferred.operationId)
      const isUnsure = inferred.role === 'none' || inferred.role === 'unsure'
      return operation && declared && !isUnsure
        ? [{ inferred: asPlaced(resource, inferred, operation), operation, declared }]
        : []
    })
    if (!isKept(parts)) continue
    const own: KeptResource[] = []
    const parent = parentOf(resource.parent)
    const kept = keepResource(contract, resource, parts, { parent, children: own, all })
    all.set(kept.name, kept)
    children.set(kept.name, own)
    if (parent) children.get(parent.name)?.push(kept)
  }
  return all
}

/** An operation on a resource, before that is kept. */
type Part = Pick<Scene, 'inferred' | 'operation' | 'declared'>

const hasRole = (parts: readonly Part[], ...roles: ResourceRole[]): boolean =>
  parts.some(({ inferred }) => roles.includes(inferred.role))

/** What is done to several below one item is done to that, and makes and removes none of its like. */
function asPlaced({ under }: Resource, inferred: ResourceOperation, { path }: Operation): ResourceOperation {
  const isMany = inferred.role === 'create-many' || inferred.role === 'delete-many'
  return isMany && parametersOf(path).length > under.length ? { ...inferred, role: 'action' } : inferred
}

const isKept = (parts: readonly Part[]): boolean =>
  hasRole(parts, 'list', 'create', 'create-many') ||
  (hasRole(parts, 'read', 'singleton-read', 'search', 'count') && hasRole(parts, ...CHANGES))

function keepResource(
  contract: Contract,
  resource: Resource,
  parts: readonly Part[],
  around: Pick<KeptResource, 'parent' | 'children' | 'all'>,
): KeptResource {
  const isPosted = hasRole(parts, 'create', 'create-many')
  // What an operation replies with is read when somebody asks for it.
  const isPut = once(() =>
    parts.some(({ operation, inferred: { role } }) => role === 'replace' && (!isPosted || mayCreate(operation))),
  )
  const form = once(() => readRecordForm(kept))
  const uniques = once(() => uniqueMembersOf(kept))
  const references = once(() => findReferences(kept))
  const scenes: Scene[] = []
  const kept: KeptResource = {
    ...around,
    contract,
    name: resource.name,
    resource,
    scenes,
    get form() {
      return form()
    },
    get uniques() {
      return uniques()
    },
    get references() {
      return references()
    },
    isSingle: resource.identity === undefined && hasRole(parts, 'singleton-read', 'singleton-write'),
    get isMade() {
      return isPosted || isPut()
    },
    get isListed() {
      return isPosted || hasRole(parts, 'list') || isPut()
    },
    get isPut() {
      return isPut()
    },
    isRemoved: parts.some(({ operation, inferred }) => operation.method === 'DELETE' && inferred.role !== 'action'),
  }
  scenes.push(...parts.map((part) => ({ ...part, contract, kept })))
  return kept
}

/** Whether a PUT may say that something is new. */
const mayCreate = ({ method, replies }: Operation): boolean => method === 'PUT' && Object.hasOwn(replies, '201')
