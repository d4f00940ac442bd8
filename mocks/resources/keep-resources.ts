import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/read/once.ts'
import type { Resource, ResourceOperation, ResourceRole, Resources } from '../../documents/resources/resource.ts'
import type { Operation } from '../engine/vocabulary.ts'
import { parametersOf } from './address.ts'
import { uniqueMembersOf } from './find-holder.ts'
import type { Keeping, KeptResource, Scene } from './kept-resource.ts'
import { nounOf } from './noun-of.ts'
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

/** An operation on a resource, before that is kept. */
type Part = Pick<Scene, 'inferred' | 'operation' | 'declared'>

/**
 * The resources whose records are kept: those that somebody can create, see in a list, or see and change. What can only be
 * read one by one has no state, nor has what nobody sees. Each is looked at when somebody first asks for it.
 * @param operations that the mock answers
 */
export function keepResources(contract: Contract, resources: Resources, operations: readonly Operation[]): Keeping {
  const answered = new Map(operations.map((operation) => [operation.id, operation]))
  const known = new Map<string, KeptResource | undefined>()
  const scenes = new Map<string, Scene | undefined>()
  const byNoun = once(() => {
    const nouns = new Map<string, string[]>()
    for (const name of resources.names) nouns.set(nounOf(name), [...(nouns.get(nounOf(name)) ?? []), name])
    return nouns
  })
  const keeping: Keeping = {
    names: resources.names,
    named(name) {
      if (!known.has(name)) known.set(name, keep(resources.named(name)))
      return known.get(name)
    },
    sceneOf(id) {
      if (!scenes.has(id)) scenes.set(id, findScene(id))
      return scenes.get(id)
    },
    below: (name) => resources.below(name),
    called: (noun) => byNoun().get(noun) ?? [],
  }
  return keeping

  function findScene(id: string): Scene | undefined {
    const inferred = resources.operation(id)
    const resource = inferred?.resource === undefined ? undefined : resources.named(inferred.resource)
    const part = inferred && resource && partOf(resource, inferred)
    const kept = part && keeping.named(resource.name)
    return kept && { ...part, contract, kept }
  }

  function partOf(resource: Resource, inferred: ResourceOperation): Part | undefined {
    const operation = answered.get(inferred.operationId)
    const declared = contract.operation(inferred.operationId)
    const isUnsure = inferred.role === 'none' || inferred.role === 'unsure'
    return operation && declared && !isUnsure
      ? { inferred: asPlaced(resource, inferred, operation), operation, declared }
      : undefined
  }

  function keep(resource: Resource | undefined): KeptResource | undefined {
    const parts = resource?.near.flatMap((inferred) => partOf(resource, inferred) ?? []) ?? []
    return resource && isKept(parts) ? keepResource(contract, resource, parts, keeping, parentOf(resource)) : undefined
  }

  /** The nearest that is kept. */
  function parentOf({ parent }: Resource): KeptResource | undefined {
    const resource = parent === undefined ? undefined : resources.named(parent)
    return resource && (keeping.named(resource.name) ?? parentOf(resource))
  }
}

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
  keeping: Keeping,
  parent: KeptResource | undefined,
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
    keeping,
    parent,
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
