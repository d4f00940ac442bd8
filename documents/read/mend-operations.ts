import { METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer, valueAt } from './json-pointer.ts'
import { mendParameters } from './mend-parameters.ts'
import { mendResponses } from './mend-responses.ts'
import { mendSecurity } from './mend-security.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import { nameOperations } from './name-operations.ts'
import { readTemplates } from './read-templates.ts'
import { type QueryPair, splitPath, writePathQuery } from './split-path.ts'

/** A method of a path, as it stands. */
interface Written {
  readonly path: string
  readonly method: string
  readonly operation: Json
  readonly pointer: Pointer
  /** The way from the path item. */
  readonly way: readonly string[]
}

/**
 * The operations of a document so that each can be served: with an id of its own, the parameters of its path and no
 * others in the path, replies that can be sent, and security schemes that there are. What a path item takes from a `$ref`
 * is left as it is.
 * @param moved is told what has moved
 */
export function mendOperations(document: Json, moved: MovedParts, tell: TellAt): Json {
  const { paths, queries } = mendPaths(document, moved, tell)
  const mended: Json = { ...document, ...mendSecurity(document, document, '#', tell), paths }
  const written = Object.keys(paths).flatMap((path) => operationsOf(paths, path))
  if (written.length === 0) tell('no-operations', 'it has no operations', 'there is nothing to serve', '#')
  const placeOf = (path: string) => ({ path: splitPath(path).path, query: queries.get(path) ?? [] })
  for (const [index, { id, taken }] of nameOperations(written).entries()) {
    const { path, operation, pointer, way } = written[index] as Written
    const { operationId } = operation
    if (taken)
      tell(
        'operation-id-twice',
        `operationId ${operationId} is given twice`,
        `it is called ${id}`,
        below(pointer, 'operationId'),
      )
    else if (id !== operationId) tell('operation-id-missing', 'it has no operationId', `it is called ${id}`, pointer)
    const changed = {
      ...operation,
      ...(operationId !== undefined && { operationId: id }),
      ...mendParameters(document, placeOf(path), paths[path], { value: operation, pointer }, moved, tell),
      ...mendResponses(document, operation, pointer, moved, tell),
      ...mendSecurity(document, operation, pointer, tell),
    }
    paths[path] = withPart(paths[path], way, changed)
  }
  return mended
}

const withPart = (holder: Json, [name = '', ...rest]: readonly string[], part: Json): Json => ({
  ...holder,
  [name]: rest.length === 0 ? part : withPart(holder[name], rest, part),
})

function operationsOf(paths: Json, path: string): Written[] {
  const item = paths[path]
  // An extension; a path item of a `$ref` is mended where it stands, if that is a path.
  if (path.startsWith('x-') || item.$ref !== undefined) return []
  const place = (method: string, ...way: string[]): Written => ({
    path,
    method,
    operation: valueAt(item, below('', ...way)),
    pointer: below('#/paths', path, ...way),
    way,
  })
  return [
    ...METHODS.filter((method) => item[method] !== undefined).map((method) => place(method, method)),
    ...Object.keys(item.additionalOperations ?? {}).map((method) => place(method, 'additionalOperations', method)),
  ]
}

/** The names of the path parameters that a path item or one of its operations declares. */
function declaredInPath(document: Json, item: Json): Set<string> {
  const holders = [item, ...METHODS.map((method) => item[method])]
  const parameters: readonly Json[] = holders.flatMap((holder) => holder?.parameters ?? [])
  const followed = parameters.map((one) => (typeof one.$ref === 'string' ? valueAt(document, one.$ref) : one))
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
    if (name.startsWith('x-')) {
      paths[name] = document.paths[name]
      continue
    }
    const { path, query } = splitPath(readTemplates(name, declaredInPath(document, document.paths[name])))
    const wanted = writePathQuery(query)
    const isTaken = path !== name && (given.has(path) || path in paths)
    const key = isTaken ? name : path
    paths[key] = document.paths[name]
    queries.set(key, query)
    if (isTaken) {
      const instead = wanted === '' ? 'no request reaches it' : `it is served at ${path} where the query has ${wanted}`
      tell('path-malformed', `${name} is no path, and ${path} is another`, instead, pointer)
    } else if (path !== name) {
      tell('path-malformed', `${name} is no path`, `it is read as ${path}${wanted && ` with ${wanted}`}`, pointer)
      moved.add(below('#/paths', path), pointer)
    }
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
