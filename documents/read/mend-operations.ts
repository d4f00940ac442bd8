import { METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer, valueAt } from './json-pointer.ts'
import { mendParameters } from './mend-parameters.ts'
import { mendResponses } from './mend-responses.ts'
import { mendSecurity } from './mend-security.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import { nameOperations } from './name-operations.ts'

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
  const paths = mendPaths(document, moved, tell)
  const mended: Json = { ...document, ...mendSecurity(document, document, '#', tell), paths }
  const written = Object.keys(paths).flatMap((path) => operationsOf(paths, path))
  if (written.length === 0) tell('no-operations', 'it has no operations', 'there is nothing to serve', '#')
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
      ...mendParameters(document, path, paths[path], { value: operation, pointer }, moved, tell),
      ...mendResponses(document, operation, pointer, tell),
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
    paths[isTaken ? name : path] = document.paths[name]
    if (isTaken) tell('path-malformed', `${name} is no path, and ${path} is another`, 'no request reaches it', pointer)
    else if (path !== name) {
      tell('path-malformed', `${name} is no path`, `it is read as ${path}`, pointer)
      moved.add(below('#/paths', path), pointer)
    }
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

function readPath(written: string): string {
  const path = written.replace(/[?#].*$/s, '')
  return path.startsWith('/') ? path : `/${path}`
}
