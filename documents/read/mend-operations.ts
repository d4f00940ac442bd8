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
import { readTemplates } from './read-templates.ts'
import { followChain } from './reference-chains.ts'
import { type QueryPair, splitPath, writePathQuery } from './split-path.ts'

/**
 * The operations of a document so that each can be served: with an id of its own, the parameters of its path and no
 * others in the path, replies that can be sent, and security schemes that there are. A path item that is another one's
 * `$ref` becomes a copy of that, with operations of its own. Parameters and replies are mended when they are first read.
 * @param document its `paths` and `security` are replaced, and its path items and operations completed
 * @param moved is told what has moved
 */
export function mendOperations(document: Json, moved: MovedParts, putOff: PutOff, tell: TellAt): void {
  Object.assign(document, mendSecurity(document, document, '#', tell))
  const { paths, queries } = mendPaths(document, moved, tell)
  document.paths = paths
  const written = Object.keys(paths).flatMap((path) => operationsOf(paths, path, queries.get(path) ?? []))
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
    mendResponses(document, place, moved, putOff, tell)
    Object.assign(operation, mendSecurity(document, operation, pointer, tell))
  }
}

function operationsOf(paths: Json, path: string, query: readonly QueryPair[]): PlacedOperation[] {
  // An extension.
  if (path.startsWith('x-')) return []
  const item = paths[path]
  const route = { path: splitPath(path).path, query }
  return waysOf(item).map((way) => ({
    path,
    route,
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

/** A path in which a template is nothing but a name: it is read the same whatever is declared. */
const IS_PLAIN = /^(?:[^{}:]|(?<!\/):|\{[\w.-]+\})*$/

/** The names of the path parameters that a path item or one of its operations declares. */
function declaredInPath(document: Json, written: Json): Set<string> {
  const item = typeof written.$ref === 'string' ? follow(document, written.$ref).value : written
  const holders = [item, ...METHODS.map((method) => item[method])]
  const parameters: readonly Json[] = holders.flatMap((holder) => holder?.parameters ?? [])
  const followed = parameters.map((one) => followChain(document, one))
  return new Set(followed.flatMap((one) => (one?.in === 'path' ? [one.name] : [])))
}

interface MendedPaths {
  readonly paths: Json
  /** What their author has written into them for the query, by path. */
  readonly queries: ReadonlyMap<string, readonly QueryPair[]>
}

/**
 * Paths that begin with a slash and end before a query or fragment, which are no part of a path (RFC 3986, section 3.3). One
 * that differs from another by its query alone keeps it. Of two that only differ in the names of their parameters, the
 * first is served.
 */
function mendPaths(document: Json, moved: MovedParts, tell: TellAt): MendedPaths {
  const written = Object.keys(document.paths ?? {})
  const given = new Set(written)
  const paths: Json = {}
  const queries = new Map<string, readonly QueryPair[]>()
  const known = new Map<string, string>()
  for (const name of written) {
    const pointer = below('#/paths', name)
    const item = document.paths[name]
    if (name.startsWith('x-')) {
      paths[name] = item
      continue
    }
    const { path, query } = splitPath(IS_PLAIN.test(name) ? name : readTemplates(name, declaredInPath(document, item)))
    const wanted = writePathQuery(query)
    const isTaken = path !== name && (given.has(path) || path in paths)
    const key = isTaken ? name : path
    queries.set(key, query)
    if (isTaken) {
      const instead = wanted === '' ? 'no request reaches it' : `it is served at ${path} where the query has ${wanted}`
      tell('path-malformed', `${name} is no path, and ${path} is another`, instead, pointer)
    } else if (path !== name) {
      tell('path-malformed', `${name} is no path`, `it is read as ${path}${wanted && ` with ${wanted}`}`, pointer)
      moved.add(below('#/paths', path), pointer)
    }
    paths[key] = standAlone(document, item, below('#/paths', key), moved)
    if (isTaken && wanted === '') continue
    const shape = path.replace(/\{[^{}]*\}/g, '{}') + (isTaken ? wanted : '')
    const other = known.get(shape)
    if (other === undefined) known.set(shape, key)
    else {
      const message = `the path ${key} is the same as ${other}`
      tell('path-twice', message, `where both have a method, that of ${other} is served`, pointer)
    }
  }
  return { paths, queries }
}

/** A path item; in the place of a reference to one, a copy of that with what stands beside the reference. */
function standAlone(document: Json, item: Json, pointer: Pointer, moved: MovedParts): Json {
  if (item.$ref === undefined) return item
  const { $ref, ...beside } = item
  const { value, reference } = follow(document, $ref)
  moved.add(pointer, reference)
  // Not assigned: what waits to be read has a getter alone.
  const copy = Object.defineProperties(copyLazily(value), Object.getOwnPropertyDescriptors(beside))
  for (const [name, ...rest] of waysOf(copy)) copy[name as string] = copyAlong(copy[name as string], rest)
  return copy
}

/** @param way to an operation, which becomes one of its own */
const copyAlong = (holder: Json, [name, ...rest]: readonly string[]): Json =>
  name === undefined ? copyLazily(holder) : { ...holder, [name]: copyAlong(holder[name], rest) }

/** To the end of a chain of references, which leads in no circle. */
function follow(document: Json, reference: Pointer): { readonly value: Json; readonly reference: Pointer } {
  let at = reference
  let value = valueAt(document, at)
  while (typeof value.$ref === 'string') {
    at = value.$ref
    value = valueAt(document, at)
  }
  return { value, reference: at }
}
