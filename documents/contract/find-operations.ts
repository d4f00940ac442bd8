import { METHODS } from '../read/grammar.ts'
import { below, type Pointer } from '../read/json-pointer.ts'
import { nameOperations } from '../read/name-operations.ts'
import { once } from '../read/once.ts'
import { dereferenceAt, type Json, memberOf, type Part } from '../read/read-document.ts'
import { splitPath, writePathQuery } from '../read/split-path.ts'
import type { Contract } from './contract.ts'

/** Header parameters that OpenAPI tells to ignore (3.1, Parameter Object, "name"). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

/** Where an operation stands in a document, as it is written, with what its path item adds. */
export interface OperationPlace {
  readonly id: string
  /** In capitals. */
  readonly method: string
  readonly path: string
  /** What tells it from another operation of the same path: `?beta=true`; empty where nothing does. */
  readonly pathQuery: string
  readonly operation: Json
  /** Where the operation stands; in what its path item's `$ref` leads to, if it has one. */
  readonly pointer: Pointer
  /** What stands under `servers`: its own, or its path item's. */
  readonly servers: readonly Json[]
  /** Its own before the path item's of the same name and place; they are read when it is called. */
  readonly parameters: () => readonly Part[]
}

/** All operations in the document's order. */
export function findOperations(contract: Contract): OperationPlace[] {
  const found = Object.entries(contract.growing.paths ?? {}).flatMap(([path, item]) =>
    path.startsWith('x-') ? [] : operationsAt(contract, path, item),
  )
  const ids = nameOperations(found)
  return found.map((place, index) => ({
    ...place,
    ...readPath(place.path),
    id: (ids[index] as (typeof ids)[number]).id,
  }))
}

/** One that no request reaches stays as it is written. */
function readPath(written: string): Pick<OperationPlace, 'path' | 'pathQuery'> {
  const { path, query } = splitPath(written)
  const pathQuery = writePathQuery(query)
  return pathQuery === '' ? { path: written, pathQuery } : { path, pathQuery }
}

function operationsAt(contract: Contract, path: string, item: Json): Omit<OperationPlace, 'id' | 'pathQuery'>[] {
  const pathItem = dereferenceAt(contract, { value: item, pointer: below('#/paths', path) })
  const { value } = pathItem
  const ways = [
    ...METHODS.filter((method) => value?.[method]).map((method) => [method]),
    ...Object.keys(value?.additionalOperations ?? {}).map((method) => ['additionalOperations', method]),
  ]
  return ways.flatMap((way) => {
    const { value: operation, pointer } = memberOf(pathItem, ...way)
    if (!operation) return []
    const method = (way.at(-1) as string).toUpperCase()
    const parameters = once(() => parametersOf(contract, pathItem, { value: operation, pointer }))
    const servers = [operation.servers, value.servers].find((list) => list?.length > 0) ?? []
    return [{ method, path, operation, pointer, servers, parameters }]
  })
}

/** The parameters of all holders; a later holder's in the place of an earlier one's of the same name and place. */
function parametersOf(contract: Contract, ...holders: readonly Part[]): Part[] {
  const all = new Map<string, Part>()
  for (const holder of holders) {
    for (const index of (holder.value.parameters ?? []).keys()) {
      const parameter = dereferenceAt(contract, memberOf(holder, 'parameters', index))
      const { in: where, name = '' } = parameter.value ?? {}
      if (where === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) continue
      all.set(`${where} ${name}`, parameter)
    }
  }
  return [...all.values()]
}
