import type { Data } from '../contract/data.ts'
import type { Schema } from '../contract/schema.ts'

/** A schema whose references and `allOf` are followed and whose choices are made: one set of rules, each a list. */
export interface Shape {
  /** Undefined: any. */
  types: readonly string[] | undefined
  /** Values that alone are allowed. */
  values: readonly Data[] | undefined
  readonly examples: Data[]
  readonly formats: string[]
  readonly patterns: string[]
  /** What the JSON in a text says: a list, as all rules are. */
  readonly contents: Schema[]
  minLength: number
  maxLength: number
  least: number
  most: number
  above: number
  below: number
  readonly steps: number[]
  minItems: number
  maxItems: number
  isUnique: boolean
  /** Each list of rules for items by position, with what stands behind them. */
  readonly itemLists: { readonly prefix: readonly Schema[]; readonly rest: Schema }[]
  readonly contains: { readonly schema: Schema; readonly min: number; readonly max: number }[]
  readonly properties: Map<string, readonly Schema[]>
  /** Each part's own names, name patterns, and what it says of all others. */
  readonly parts: {
    readonly names: ReadonlySet<string>
    readonly patterns: readonly [string, Schema][]
    readonly others: Schema
  }[]
  readonly propertyNames: Schema[]
  readonly required: Set<string>
  readonly dependent: [name: string, names: readonly string[]][]
  readonly dependentSchemas: [name: string, schema: Schema][]
  minProperties: number
  maxProperties: number
  /** No member or item that no part of the schema knows. */
  isClosed: boolean
  /** Alternatives of a `oneOf` that were not chosen: none of them may hold too. */
  readonly excluded: Schema[]
  /** Nothing tells some of them apart. */
  isAlike: boolean
}

/** No value satisfies the schema, or none that was tried. */
export class Unmakeable extends Error {
  override readonly name = 'Unmakeable'
}

/** The shape of a schema that allows anything. */
export const emptyShape = (): Shape => ({
  types: undefined,
  values: undefined,
  examples: [],
  formats: [],
  patterns: [],
  contents: [],
  minLength: 0,
  maxLength: Number.POSITIVE_INFINITY,
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  above: Number.NEGATIVE_INFINITY,
  below: Number.POSITIVE_INFINITY,
  steps: [],
  minItems: 0,
  maxItems: Number.POSITIVE_INFINITY,
  isUnique: false,
  itemLists: [],
  contains: [],
  properties: new Map(),
  parts: [],
  propertyNames: [],
  required: new Set(),
  dependent: [],
  dependentSchemas: [],
  minProperties: 0,
  maxProperties: Number.POSITIVE_INFINITY,
  isClosed: false,
  excluded: [],
  isAlike: false,
})

/** Keywords may narrow the copy without a trace in the shape. */
export const copyShape = (shape: Shape): Shape => ({
  ...shape,
  examples: [...shape.examples],
  formats: [...shape.formats],
  patterns: [...shape.patterns],
  contents: [...shape.contents],
  steps: [...shape.steps],
  itemLists: [...shape.itemLists],
  contains: [...shape.contains],
  properties: new Map(shape.properties),
  parts: [...shape.parts],
  propertyNames: [...shape.propertyNames],
  required: new Set(shape.required),
  dependent: [...shape.dependent],
  dependentSchemas: [...shape.dependentSchemas],
  excluded: [...shape.excluded],
})
