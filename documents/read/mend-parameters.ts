import type { Json } from './json.ts'
import { below, valueAt } from './json-pointer.ts'
import type { PlacedOperation, TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import type { PutOff } from './put-off.ts'

/**
 * Gives an operation the parameters that its path names and no others in the path. One that its path item declares and
 * its path does not name stays there, and harms nobody: another operation may be declared with it.
 */
export function mendParameters(
  document: Json,
  place: PlacedOperation,
  moved: MovedParts,
  putOff: PutOff,
  tell: TellAt,
): void {
  const { operation, path } = place
  if ('parameters' in operation)
    putOff.refine(operation, 'parameters', (own) => listParameters(document, place, own, moved, tell))
  else if (path.includes('{')) {
    const parameters = listParameters(document, place, [], moved, tell)
    if (parameters.length > 0) operation.parameters = parameters
  }
}

function listParameters(
  document: Json,
  { path, item, pointer: at }: PlacedOperation,
  own: readonly Json[],
  moved: MovedParts,
  tell: TellAt,
): readonly Json[] {
  const names = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string))
  const follow = (parameter: Json): Json =>
    typeof parameter.$ref === 'string' ? valueAt(document, parameter.$ref) : parameter
  const kept: Json[] = []
  for (const [index, parameter] of own.entries()) {
    const { in: place, name } = follow(parameter) ?? {}
    const pointer = below(at, 'parameters', index)
    if (place === 'path' && !names.has(name)) {
      tell('path-parameter-unused', `the path ${path} has no {${name}}`, 'the parameter is left out', pointer)
      continue
    }
    if (kept.length !== index) moved.add(below(at, 'parameters', kept.length), pointer)
    kept.push(parameter)
  }
  const declared = new Set(
    [...kept, ...(item.parameters ?? [])].map(follow).map((one) => one?.in === 'path' && one.name),
  )
  for (const name of names) {
    if (declared.has(name)) continue
    tell('path-parameter-undeclared', `the path parameter ${name} is not declared`, 'any text is taken for it', at)
    kept.push({ name, in: 'path', required: true, schema: { type: 'string' } })
  }
  return kept.length === own.length && kept.every((one, index) => one === own[index]) ? own : kept
}
