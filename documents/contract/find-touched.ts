import type { Diagnostic } from '../read/diagnostic.ts'
import { below, type Pointer, parsePointer } from '../read/json-pointer.ts'
import { holderOf } from '../read/kind-at.ts'
import { visitParts } from '../read/visit-parts.ts'
import type { Contract } from './contract.ts'

/** The ids of the operations that a fault touches: those that it stands in, and those that refer to where it stands. */
export function findTouched(contract: Contract, { within }: Pick<Diagnostic, 'within'>): readonly string[] {
  const users = contract.once(listUsers)
  const touched = new Set<Pointer>([within])
  for (const holder of touched) for (const user of users.get(holder) ?? []) touched.add(user)
  return contract.operations.filter(({ pointer }) => touched.has(pointer)).map(({ id }) => id)
}

/** By operation, path item and component: who refers to it, or to what stands in it. */
function listUsers({ model, operations, originOf }: Contract): Map<Pointer, Set<Pointer>> {
  const users = new Map<Pointer, Set<Pointer>>()
  const add = (used: Pointer, user: Pointer): void => {
    const known = users.get(used)
    if (known) known.add(user)
    else users.set(used, new Set([user]))
  }
  for (const { value, pointer } of visitParts(model)) {
    if (typeof value?.$ref === 'string')
      add(holderOf(parsePointer(value.$ref) ?? []), holderOf(parsePointer(pointer) ?? []))
  }
  for (const { pointer, path, security } of operations) {
    // Named, not referred to (OpenAPI 3.1, Security Requirement Object).
    for (const { name } of security.flat()) add(below('#/components/securitySchemes', name), pointer)
    // What a path item says, it says of each of its operations; it may be another path's, or a component.
    const item = parsePointer(pointer)?.slice(0, -1) ?? []
    add(holderOf(item.at(-1) === 'additionalOperations' ? item.slice(0, -1) : item), pointer)
    add(holderOf(['paths', path]), pointer)
    // Where a path was only a reference to it.
    const origin = parsePointer(originOf(pointer)) ?? []
    for (const tokens of [origin, origin.slice(0, -1)]) add(holderOf(tokens), pointer)
  }
  return users
}
