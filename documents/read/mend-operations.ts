import { copyLazily } from './define-lazily.ts'
import { METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer, valueAt } from './json-pointer.ts'
import { mendParameters } from './mend-parameters.ts'
import { mendResponses } from './mend-responses.ts'
import { mendSecurity } from './mend-security.ts'
import type { PlacedOperation, TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import { nameOperations } from './name-operations.ts'
import type { PutOff } from './put-off.ts'

/**
 * The operations of a document so that each can be served: with an id of its own, the parameters of its path and no
 * others in the path, replies that can be sent, and security schemes that there are. A path item that is another one's
 * `$ref` becomes a copy of that, with operations of its own. Parameters and replies are mended when they are first read.
 * @param document its `paths` and `security` are replaced, and its path items and operations completed
 * @param moved is told what has moved
 */
export function mendOperations(document: Json, moved: MovedParts, putOff: PutOff, tell: TellAt): void {
  Object.assign(document, mendSecurity(document, document, '#', tell))
  const paths = mendPaths(document, moved, tell)
  document.paths = paths
  const written = Object.keys(paths).flatMap((path) => operationsOf(paths, path))
  if (written.length === 0) tell('no-operations', 'it has no operations', 'there is nothing to serve', '#')
  for (const [index, { id, taken }] of nameOperations(written).entries()) {
    const place = written[index] as PlacedOperation
    const { operation, pointer } = place
    const { operationId } = operation
    if (taken)
      tell(
        'operation-id-twice',
        `operationId ${operationId} is given twice`,
        `it is called ${id}`,
        below(pointer, 'operationId'),
      )
    else if (id !== operationId) tell('operation-id-missing', 'it has no operationId', `it is called ${id}`, pointer)
    if (operationId !== undefined) operation.operationId = id
    mendParameters(document, place, moved, putOff, tell)
    mendResponses(document, place, putOff, tell)
    Object.assign(operation, mendSecurity(document, operation, pointer, tell))
  }
}

function operationsOf(paths: Json, path: string): PlacedOperation[] {
  // An extension.
  if (path.startsWith('x-')) return []
  const item = paths[path]
  return waysOf(item).map((way) => ({
    path,
    method: way.at(-1) as string,
    item,
    operation: way.reduce((holder, name) => holder[name], item),
    pointer: below('#/paths', path, ...way),
  }))
}

/** From a path item to its operations. */
const waysOf = (item: Json): string[][] => [
  ...METHODS.filter((method) => item[method] !== undefined).map((method) => [method]),
  ...Object.keys(item.additionalOperations ?? {}).map((method) => ['additionalOperations', method]),
]

/**
 * Paths that begin with a slash and end before a query or fragment, which are no part of a path (RFC 3986, section 3.3). Of
 * two that only differ in the names of their parameters, the first is served.
 */
function mendPaths(document: Json, moved: MovedParts, tell: TellAt): Json {
  const written = Object.keys(document.paths ?? {})
  const given = new Set(written)
  const paths: Json = {}
  const known = new Map<string, string>()
  for (const name of written) {
    const pointer = below('#/paths', name)
    if (name.startsWith('x-')) {
      paths[name] = document.paths[name]
      continue
    }
    const path = readPath(name)
    const isTaken = path !== name && (given.has(path) || path in paths)
    if (isTaken) tell('path-malformed', `${name} is no path, and ${path} is another`, 'no request reaches it', pointer)
    else if (path !== name) {
      tell('path-malformed', `${name} is no path`, `it is read as ${path}`, pointer)
      moved.add(below('#/paths', path), pointer)
    }
    const key = isTaken ? name : path
    paths[key] = standAlone(document, document.paths[name], below('#/paths', key), moved)
    if (isTaken) continue
    const shape = path.replace(/\{[^{}]*\}/g, '{}')
    const other = known.get(shape)
    if (other === undefined) known.set(shape, path)
    else {
      const message = `the path ${path} is the same as ${other}`
      tell('path-twice', message, `where both have a method, that of ${other} is served`, pointer)
    }
  }
  return paths
}

/** A path item; in the place of a reference to one, a copy of that with what stands beside the reference. */
function standAlone(document: Json, item: Json, pointer: Pointer, moved: MovedParts): Json {
  if (item.$ref === undefined) return item
  const { $ref, ...beside } = item
  const { value, reference } = follow(document, $ref)
  moved.add(pointer, reference)
  const copy = Object.assign(copyLazily(value), beside)
  for (const [name, ...rest] of waysOf(copy)) copy[name as string] = copyAlong(copy[name as string], rest)
  return copy
}

/** @param way to an operation, which becomes one of its own */
const copyAlong = (holder: Json, [name, ...rest]: readonly string[]): Json =>
  name === undefined ? copyLazily(holder) : { ...holder, [name]: copyAlong(holder[name], rest) }

/** To the end of a chain of references, which leads in no circle. */
function follow(document: Json, reference: Pointer): { readonly value: Json; readonly reference: Pointer } {
  const value = valueAt(document, reference)
  return typeof value.$ref === 'string' ? follow(document, value.$ref) : { value, reference }
}

function readPath(written: string): string {
  const path = written.replace(/[?#].*$/s, '')
  return path.startsWith('/') ? path : `/${path}`
}
