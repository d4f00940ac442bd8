import type { Data } from '../contract/data.ts'
import type { SchemaObject } from '../contract/schema.ts'

/** The types that a schema names; none: it allows any. */
export const typesOf = ({ type }: SchemaObject): readonly string[] => [type ?? []].flat()

/** The members of an object; none of anything else. */
export const membersOf = (value: Data): [string, Data][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
