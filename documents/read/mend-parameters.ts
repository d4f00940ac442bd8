import type { Json } from './json.ts'
import { below } from './json-pointer.ts'
import type { PlacedOperation, TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import type { PutOff } from './put-off.ts'
import { followChain } from './reference-chains.ts'
import { isTemplate, type QueryPair } from './split-path.ts'

/**
 * Gives an operation the parameters that its path names and no others in the path, and those that its path has a query
 * for. One that its path item declares and its path does not name stays there, and harms nobody: another operation may be
 * declared with it.
 */
export function mendParameters(
  document: Json,
  place: PlacedOperation,
  moved: MovedParts,
  putOff: PutOff,
  tell: TellAt,
): void {
  const { operation, route } = place
  if ('parameters' in operation)
    putOff.refine(operation, 'parameters', (own) => listParameters(document, place, own, moved, tell))
  else if (route.path.includes('{') || route.query.length > 0) {
    const parameters = listParameters(document, place, [], moved, tell)
    if (parameters.length > 0) operation.parameters = parameters
  }
}

function listParameters(
  document: Json,
  { route: { path, query }, item, pointer: at }: PlacedOperation,
  own: readonly Json[],
  moved: MovedParts,
  tell: TellAt,
): readonly Json[] {
  const names = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string))
  const follow = (parameter: Json): Json => followChain(document, parameter) ?? {}
  const ofItem: readonly Json[] = item.parameters ?? []
  const ofQuery = query.map((pair) => readPair(pair, [...own, ...ofItem].map(follow)))
  const kept: Json[] = []
  for (const [index, parameter] of own.entries()) {
    const { in: place, name } = follow(parameter)
    if (ofQuery.some((one) => one.replaces(place, name))) continue
    const pointer = below(at, 'parameters', index)
    if (place === 'path' && !names.has(name)) {
      tell('path-parameter-unused', `the path ${path} has no {${name}}`, 'the parameter is left out', pointer)
      continue
    }
    if (kept.length !== index) moved.add(below(at, 'parameters', kept.length), pointer)
    kept.push(parameter)
  }
  const declared = new Set([...kept, ...ofItem].map(follow).map((one) => one.in === 'path' && one.name))
  for (const name of names) {
    if (declared.has(name)) continue
    tell('path-parameter-undeclared', `the path parameter ${name} is not declared`, 'any text is accepted there', at)
    kept.push({ name, in: 'path', required: true, schema: { type: 'string' } })
  }
  kept.push(...ofQuery.map(({ parameter }) => parameter))
  return kept.length === own.length && kept.every((one, index) => one === own[index]) ? own : kept
}

/** The parameter that a pair of the query stands for, and which declared ones it takes the place of. */
function readPair({ name, value }: QueryPair, declared: readonly Json[]) {
  const inQuery = declared.find((one) => one.in === 'query' && one.name === name)
  const variable = /^\{([^{}]+)\}$/.exec(value ?? '')?.[1]
  const inPath = declared.find((one) => one.in === 'path' && one.name === variable)
  // The styles of a path are none of a query's.
  const { style, explode, ...ofPath } = inPath ?? { schema: { type: 'string' } }
  const parameter = isTemplate(value)
    ? { ...(inQuery ?? ofPath), name, in: 'query', required: true }
    : { name, in: 'query', required: true, schema: { type: 'string', const: value } }
  return {
    parameter,
    replaces: (place: string, own: string): boolean =>
      (place === 'query' && own === name) || (place === 'path' && own === variable),
  }
}
