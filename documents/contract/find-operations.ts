import { below, type Pointer } from '../read/json-pointer.ts'
import { DocumentError, dereferenceAt, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'

/** The methods that a path item may have (OpenAPI 3.1, Path Item Object), in the order in which they are read. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** Header parameters that OpenAPI tells to ignore (3.1, Parameter Object, "name"). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

/** Where an operation stands in a document, as it is written, with what its path item adds. */
export interface OperationPlace {
  readonly id: string
  /** In capitals. */
  readonly method: string
  readonly path: string
  readonly operation: Json
  /** Where the operation stands; in what its path item's `$ref` leads to, if it has one. */
  readonly pointer: Pointer
  /** What stands under `servers`: its own, or its path item's. */
  readonly servers: readonly Json[]
  /** Its own before the path item's of the same name and place. */
  readonly parameters: readonly Part[]
}

/** All operations in the document's order. @throws DocumentError on an operationId given twice */
export function findOperations(contract: Contract): OperationPlace[] {
  const places: OperationPlace[] = []
  const seen = new Map<string, string>()
  for (const [path, item] of Object.entries(contract.model.paths ?? {})) {
    const pathItem = dereferenceAt(contract, { value: item, pointer: below('#/paths', path) })
    for (const method of METHODS) {
      const { value: operation, pointer } = memberOf(pathItem, method)
      if (!operation) continue
      const id: string = operation.operationId ?? nameOf(method, path)
      const where = `${method.toUpperCase()} ${path}`
      if (seen.has(id)) throw new DocumentError(`operationId ${id} is given twice: ${seen.get(id)} and ${where}`)
      seen.set(id, where)
      const parameters = parametersOf(contract, pathItem, { value: operation, pointer })
      const servers = [operation.servers, pathItem.value.servers].find((list) => list?.length > 0) ?? []
      places.push({ id, method: method.toUpperCase(), path, operation, pointer, servers, parameters })
    }
  }
  return places
}

/** `get /users/{id}` is called `getUsersById`. */
function nameOf(method: string, path: string): string {
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/)
  return (
    method +
    words
      .filter(Boolean)
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join('')
  )
}

/** The parameters of all holders; a later holder's in the place of an earlier one's of the same name and place. */
function parametersOf(contract: Contract, ...holders: readonly Part[]): Part[] {
  const all = new Map<string, Part>()
  for (const holder of holders) {
    for (const index of (holder.value.parameters ?? []).keys()) {
      const parameter = dereferenceAt(contract, memberOf(holder, 'parameters', index))
      const { in: where, name } = parameter.value
      if (where === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) continue
      all.set(`${where} ${name}`, parameter)
    }
  }
  return [...all.values()]
}
