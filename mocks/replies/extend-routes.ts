import type { Target } from '../engine/answer-call.ts'
import type { Route, Routes } from '../engine/match-route.ts'
import { type Behaviour, isRefusal, type Operation, type Query, type Refusal } from '../engine/vocabulary.ts'

/**
 * Finds also what a document need not declare: HEAD of each GET, which is answered as that, without a body (RFC 9110,
 * section 9.3.2), and OPTIONS of each path with what is allowed there (section 9.3.7). TRACE is never implied. Of
 * operations whose paths differ by a query alone it finds the one that asks for most of what was sent.
 * @param isOwn whether a target is one of these operations, and not of another API
 */
export function extendRoutes(isOwn: (target: Target) => boolean, operations: readonly Operation[]) {
  const queries = [...new Set(operations.flatMap(({ path }) => /\?.*/s.exec(path) ?? []))]
    .map((text) => ({ text, pairs: [...new URLSearchParams(text)] }))
    .sort((a, b) => b.pairs.length - a.pairs.length)
  return (routes: Routes<Target>): Routes<Target> => ({
    match(method, path, query = {}) {
      const held = queries.filter(({ pairs }) => pairs.every((pair) => holds(query, ...pair)))
      let refusal: Refusal | undefined
      for (const { text } of [...held, { text: '' }]) {
        const found = matchImplied(isOwn, routes, method, path + text, query)
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
  isOwn: (target: Target) => boolean,
  routes: Routes<Target>,
  method: string,
  path: string,
  query: Query,
): Route<Target> | Refusal {
  const found = routes.match(method, path, query)
  if (!isRefusal(found) || found.refused !== 'method-not-allowed') return found
  const declared = found.headers?.['allow']?.split(', ') ?? []
  const own = declared.map((one) => routes.match(one, path)).find((one) => !isRefusal(one) && isOwn(one.target))
  if (!own || isRefusal(own)) return found
  if (method === 'HEAD' && declared.includes('GET')) {
    const got = routes.match('GET', path)
    return isRefusal(got) || got.target.represent ? got : withoutBodies(got)
  }
  const implied = ['OPTIONS', ...(declared.includes('GET') ? ['HEAD'] : [])]
  const allow = [...new Set([...declared, ...implied])].sort().join(', ')
  if (method === 'OPTIONS') return tellAllowed(own, allow)
  return { ...found, message: `${method} is not allowed here; allowed: ${allow}`, headers: { allow } }
}

/** A GET whose replies are without their bodies, where nobody else leaves these out; of what type they are is still said. */
function withoutBodies({ target, pathValues }: Route<Target>): Route<Target> {
  const { operation, behaviours } = target
  const behave: Behaviour = (turn) => {
    const decision = (behaviours.operations[operation.id] as Behaviour)(turn)
    if (isRefusal(decision) || decision.body === undefined) return decision
    const { body: _, ...rest } = decision
    return { ...rest, headers: { 'content-type': 'application/json; charset=utf-8', ...rest.headers } }
  }
  const replies = Object.fromEntries(Object.keys(operation.replies).map((status) => [status, { mediaTypes: [] }]))
  return {
    target: {
      ...target,
      operation: { ...operation, replies },
      behaviours: { ...behaviours, operations: { ...behaviours.operations, [operation.id]: behave } },
      examples: undefined,
      validators: { ...target.validators, replies: {} },
    },
    pathValues,
  }
}

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
