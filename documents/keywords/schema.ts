/** JSON data. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data }

/** A schema, or whether anything is allowed at all. */
export type Schema = boolean | SchemaObject

/**
 * What the keywords read of a schema: JSON Schema 2020-12 as OpenAPI 3.1 uses it. References, alternatives and
 * conditions are followed by whoever goes through schemas (`read-shape.ts`).
 */
export interface SchemaObject {
  readonly type?: string | readonly string[]
  readonly enum?: readonly Data[]
  readonly const?: Data
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly unevaluatedItems?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly contains?: Schema
  readonly minContains?: number
  readonly maxContains?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly unevaluatedProperties?: Schema
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly dependentSchemas?: Readonly<Record<string, Schema>>
  readonly minProperties?: number
  readonly maxProperties?: number
}

/** The types that a schema names; none: it allows any. */
export const typesOf = ({ type }: SchemaObject): readonly string[] => [type ?? []].flat()

/** The members of an object; none of anything else. */
export const membersOf = (value: Data): [string, Data][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
