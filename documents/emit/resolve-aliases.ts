import { COMPONENTS } from '../read/grammar.ts'
import { valueAt } from '../read/json-pointer.ts'
import { MovedParts } from '../read/moved-parts.ts'
import type { Document, Json } from '../read/read-document.ts'
import { ReferenceChains } from '../read/reference-chains.ts'
import { visitParts } from '../read/visit-parts.ts'

/**
 * Puts what they lead to in the place of references that openapi-typescript writes no type for, or a wrong one: a component
 * that is another one's `$ref` is written as one that says nothing, a header as one that is always there, and media types
 * have no types of their own. Schemas that are another's name are types as they are.
 * @param document is changed
 */
export function resolveAliases(document: Document): void {
  const chains = new ReferenceChains(document, new MovedParts())
  const endOf = ({ $ref }: Json): Json => valueAt(document, chains.endOf($ref) ?? $ref)
  const resolve = (holder: Json = {}, isWanted: (end: Json) => boolean = () => true): void => {
    for (const [name, part] of Object.entries<Json>(holder)) {
      if (typeof part?.$ref === 'string' && isWanted(endOf(part))) holder[name] = endOf(part)
    }
  }
  for (const [kind, holder] of Object.entries(COMPONENTS)) if (kind !== 'schema') resolve(document.components?.[holder])
  for (const { kind, value } of visitParts(document)) {
    if (WITH_CONTENT.has(kind)) resolve(value.content)
    if (kind === 'response') resolve(value.headers, (header) => header.required !== true)
  }
}

const WITH_CONTENT: ReadonlySet<string> = new Set(['requestBody', 'response', 'parameter', 'header'])
