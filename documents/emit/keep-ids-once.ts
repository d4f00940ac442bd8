import type { Contract } from '../contract/contract.ts'
import type { Document } from '../read/read-document.ts'
import { visitParts } from '../read/visit-parts.ts'

/**
 * Takes the id from every operation that has another's: openapi-typescript takes none twice (OpenAPI 3.1, Operation Object).
 * A path item that paths refer to is there as each of them serves it, and once more as a component; those that are served
 * keep theirs, and of webhooks and callbacks the first.
 * @param document is changed; its paths are those of the contract
 */
export function keepIdsOnce({ operations }: Contract, document: Document): void {
  const served = new Set(operations.map(({ pointer }) => pointer))
  const taken = new Set<unknown>(operations.map(({ id }) => id))
  for (const { kind, value, pointer } of visitParts(document)) {
    if (kind !== 'operation' || value.operationId === undefined || served.has(pointer)) continue
    if (taken.has(value.operationId)) delete value.operationId
    else taken.add(value.operationId)
  }
}
