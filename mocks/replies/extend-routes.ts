import type { Target } from '../engine/answer-call.ts'
import type { Route, Routes } from '../engine/match-route.ts'
import { isRefusal, type Operation, type Query, type Refusal, type Represent } from '../engine/vocabulary.ts'

/**
 * Finds also what a document need not declare: HEAD of each GET, which is answered as that, without a body (RFC 9110,
 * section 9.3.2), and OPTIONS of each path with what is allowed there (section 9.3.7). TRACE is never implied. Of
 * operations whose paths differ by a query alone it finds the one that asks for most of what was sent.
 * @param represent that of the API whose targets they are
 */
export function extendRoutes(represent: Represent, operations: readonly Operation[]) {
  const queries = [...new Set(operations.flatMap(({ path }) => /\?.*/s.exec(path) ?? []))]
    .map((text) => ({ text, pairs: [...new URLSearchParams(text)] }))
    .sort((a, b) => b.pairs.length - a.pairs.length)
  return (routes: Routes<Target>): Routes<Target> => ({
    match(method, path, query = {}) {
      const held = queries.filter(({ pairs }) => pairs.every((pair) => holds(query, ...pair)))
      let refusal: Refusal | undefined
      for (const { text } of [...held, { text: '' }]) {
        const found = matchImplied(represent, routes, method, path + text, query)
        if (!isRefusal(found)) return found
        // That a path allows other methods says more than that there is none.
        if (refusal?.refused !== 'method-not-allowed') refusal = found
      }
      return refusal as Refusal
    },
  })
}

/** @param value empty: any */
const holds = (query: Query, name: string, value: string): boolean =>
  Object.hasOwn(query, name) && (value === '' || query[name] === value)

function matchImplied(
  represent: Represent,
  routes: Routes<Target>,
  method: string,
  path: string,
  query: Query,
): Route<Target> | Refusal {
  const found = routes.match(method, path, query)
  if (!isRefusal(found) || found.refused !== 'method-not-allowed') return found
  const declared = found.headers?.['allow']?.split(', ') ?? []
  const own = declared.map((one) => routes.match(one, path)).find((one) => isOf(represent, one))
  if (!own) return found
  if (method === 'HEAD' && declared.includes('GET')) return routes.match('GET', path)
  const implied = ['OPTIONS', ...(declared.includes('GET') ? ['HEAD'] : [])]
  const allow = [...new Set([...declared, ...implied])].sort().join(', ')
  if (method === 'OPTIONS') return tellAllowed(own, allow)
  return { ...found, message: `${method} is not allowed here; allowed: ${allow}`, headers: { allow } }
}

const isOf = (represent: Represent, found: Route<Target> | Refusal): found is Route<Target> =>
  !isRefusal(found) && found.target.represent === represent

/** An operation beside the one that was found there. */
function tellAllowed({ target, pathValues }: Route<Target>, allow: string): Route<Target> {
  const operation: Operation = {
    id: `OPTIONS ${target.operation.path}`,
    method: 'OPTIONS',
    path: target.operation.path,
    parameters: [],
    security: [],
    replies: { 204: { mediaTypes: [] } },
    failures: [],
  }
  const operations = { [operation.id]: () => ({ status: 204, headers: { allow } }) }
  const { api, basePath, represent } = target
  const behaviours = { ...target.behaviours, operations }
  return {
    target: { api, basePath, represent, operation, behaviours, validators: { replies: {} }, failures: {} },
    pathValues,
  }
}
