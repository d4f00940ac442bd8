import type { Contract } from '../contract/contract.ts'
import type { Schema } from '../contract/schema.ts'
import { type Alike, findAlike } from '../contract/tell-apart.ts'
import { below, parsePointer } from '../read/json-pointer.ts'
import type { Finding } from './finding.ts'
import { visitParts } from './visit-parts.ts'

/** Alternatives of a `oneOf` that nothing tells apart: by the letter, what is of one is of two, and so of none. */
export function* checkAlternatives(contract: Contract): Generator<Finding | undefined> {
  for (const visited of visitParts(contract)) {
    if (!visited) {
      yield undefined
      continue
    }
    const [part, pointer] = visited
    const { oneOf } = part as { readonly oneOf?: unknown }
    const [alike] = Array.isArray(oneOf) ? findAlike(contract, oneOf) : []
    if (!alike) continue
    yield {
      rule: 'alternatives-alike',
      message: tell(oneOf as readonly Schema[], alike),
      instead: 'it is read as anyOf',
      pointer: below(pointer, 'oneOf'),
    }
  }
}

function tell(oneOf: readonly Schema[], { one, other }: Alike): string {
  const [covered, covering] = [one, other].map((schema) => nameOf(schema) ?? `alternative ${oneOf.indexOf(schema)}`)
  return `whatever ${covered} describes is of ${covering} as well, and oneOf allows what is of one alone`
}

const nameOf = (schema: Schema): string | undefined =>
  typeof schema === 'object' ? parsePointer(schema.$ref ?? '')?.at(-1) : undefined
