import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { Schema } from '../contract/schema.ts'

/** Deeper, combinations lead in a circle. */
const MOST_LEVELS = 10

/** The schema of an object's member, through references and combinations; undefined where nothing is said of it. */
export function findMember(contract: Contract, schema: Schema, name: string, depth = 0): Schema | undefined {
  const keywords = keywordsOf(targetOf(contract, schema))
  const { properties = {}, allOf = [], oneOf = [], anyOf = [], additionalProperties } = keywords
  if (Object.hasOwn(properties, name)) return properties[name]
  if (depth < MOST_LEVELS) {
    for (const part of [...allOf, ...oneOf, ...anyOf]) {
      const found = findMember(contract, part, name, depth + 1)
      if (found !== undefined) return found
    }
  }
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}
