import type { Json } from './json.ts'
import { below, type Pointer, valueAt } from './json-pointer.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'

interface Holder {
  readonly value: Json
  readonly pointer: Pointer
}

/**
 * The parameters of an operation, with all those that its path names and no others in the path. One that its path item
 * declares and its path does not name stays there, and harms nobody: another operation may be declared with it.
 * @returns `{ parameters }`, or nothing where they are right
 */
export function mendParameters(
  document: Json,
  path: string,
  item: Json,
  operation: Holder,
  moved: MovedParts,
  tell: TellAt,
): { readonly parameters?: readonly Json[] } {
  const names = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string))
  const follow = (parameter: Json): Json =>
    typeof parameter.$ref === 'string' ? valueAt(document, parameter.$ref) : parameter
  const own: readonly Json[] = operation.value.parameters ?? []
  const kept: Json[] = []
  for (const [index, parameter] of own.entries()) {
    const { in: place, name } = follow(parameter) ?? {}
    const pointer = below(operation.pointer, 'parameters', index)
    if (place === 'path' && !names.has(name)) {
      tell('path-parameter-unused', `the path ${path} has no {${name}}`, 'the parameter is left out', pointer)
      continue
    }
    if (kept.length !== index) moved.add(below(operation.pointer, 'parameters', kept.length), pointer)
    kept.push(parameter)
  }
  const declared = new Set(
    [...kept, ...(item.parameters ?? [])].map(follow).map((one) => one?.in === 'path' && one.name),
  )
  for (const name of names) {
    if (declared.has(name)) continue
    tell(
      'path-parameter-undeclared',
      `the path parameter ${name} is not declared`,
      'any text is taken for it',
      operation.pointer,
    )
    kept.push({ name, in: 'path', required: true, schema: { type: 'string' } })
  }
  return kept.length === own.length && kept.every((one, index) => one === own[index]) ? {} : { parameters: kept }
}
