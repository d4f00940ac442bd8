import type { Contract } from './contract/contract.ts'
import { parsePointer } from './json-pointer.ts'
import { dereference, type Json } from './read-document.ts'

/** A schema whose references and `allOf` are followed and whose choices are made: one set of rules, each a list. */
export interface Shape {
  /** Undefined: any. */
  types: readonly string[] | undefined
  /** Values that alone are allowed. */
  values: readonly Json[] | undefined
  readonly examples: Json[]
  readonly formats: string[]
  readonly patterns: string[]
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
  readonly itemLists: { readonly prefix: readonly Json[]; readonly rest: Json }[]
  readonly contains: { readonly schema: Json; readonly min: number; readonly max: number }[]
  readonly properties: Map<string, Json[]>
  /** Each part's own names, name patterns, and what it says of all others. */
  readonly parts: {
    readonly names: ReadonlySet<string>
    readonly patterns: readonly [string, Json][]
    readonly others: Json
  }[]
  readonly propertyNames: Json[]
  readonly required: Set<string>
  readonly dependent: [name: string, names: readonly string[]][]
  readonly dependentSchemas: [name: string, schema: Json][]
  minProperties: number
  maxProperties: number
  /** No member or item that no part of the schema knows. */
  isClosed: boolean
}

/** Which of several alternatives is taken. @returns their order, the one to try first in front */
export type Choose = (choices: readonly Json[]) => readonly Json[]

/** No value satisfies the schema, or none that was tried. */
export class Unmakeable extends Error {
  override readonly name = 'Unmakeable'
}

const emptyShape = (): Shape => ({
  types: undefined,
  values: undefined,
  examples: [],
  formats: [],
  patterns: [],
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
})

const copyShape = (shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [
      key,
      value instanceof Map
        ? new Map([...value].map(([name, list]) => [name, [...list]]))
        : value instanceof Set
          ? new Set(value)
          : Array.isArray(value)
            ? [...value]
            : value,
    ]),
  ) as unknown as Shape

/** Shapes without a choice, by schema: they are the same whatever is chosen. */
const createSettled = (): WeakMap<object, Shape> => new WeakMap()

/**
 * The shape is shared, and never to be changed, unless it has dependent schemas.
 * @throws Unmakeable when its parts contradict each other
 */
export function readShape(contract: Contract, schema: Json, choose: Choose): Shape {
  const known = contract.once(createSettled)
  const before = known.get(schema)
  if (before) return before
  const shape = emptyShape()
  let isChosen = false
  const note: Choose = (choices) => {
    isChosen = true
    return choose(choices)
  }
  add(contract, shape, schema, note, 0)
  if (!isChosen && shape.dependentSchemas.length === 0 && typeof schema === 'object' && schema) known.set(schema, shape)
  return shape
}

const MAX_NESTING = 60

function add(contract: Contract, shape: Shape, schema: Json, choose: Choose, nesting: number): void {
  if (schema === true || schema === undefined) return
  if (schema === false) throw new Unmakeable('the schema false allows nothing')
  if (nesting > MAX_NESTING) throw new Unmakeable('it goes on for ever')
  if (schema.$ref !== undefined) add(contract, shape, dereference(contract, { $ref: schema.$ref }), choose, nesting + 1)
  addOwn(shape, schema)
  for (const part of schema.allOf ?? []) add(contract, shape, part, choose, nesting + 1)
  for (const choices of [schema.oneOf, schema.anyOf]) {
    if (choices?.length > 0) addChoice(contract, shape, schema, choices, choose, nesting)
  }
  if (schema.if !== undefined) addCondition(contract, shape, schema, choose, nesting)
}

function addChoice(
  contract: Contract,
  shape: Shape,
  schema: Json,
  choices: readonly Json[],
  choose: Choose,
  nesting: number,
): void {
  let reason: unknown
  for (const choice of choose(choices)) {
    const tried = copyShape(shape)
    try {
      add(contract, tried, choice, choose, nesting + 1)
      addDiscriminator(tried, schema.discriminator, choice)
      checkTypes(tried)
      Object.assign(shape, tried)
      return
    } catch (error) {
      if (!(error instanceof Unmakeable)) throw error
      reason = error
    }
  }
  throw reason
}

/** OpenAPI 3.1, Discriminator Object: the member names the schema, by the mapping or by the schema's own name. */
function addDiscriminator(shape: Shape, discriminator: Json, choice: Json): void {
  const name: string | undefined = discriminator?.propertyName
  if (name === undefined || typeof choice.$ref !== 'string') return
  if (shape.properties.get(name)?.some((rules) => rules?.const !== undefined || rules?.enum !== undefined)) return
  const mapped = Object.entries<string>(discriminator.mapping ?? {}).find(
    ([, target]) => choice.$ref.endsWith(target) || choice.$ref.endsWith(`/${target}`),
  )
  const value = mapped?.[0] ?? parsePointer(choice.$ref)?.at(-1)
  shape.properties.set(name, [...(shape.properties.get(name) ?? []), { const: value }])
  shape.required.add(name)
}

/** What satisfies `if` has to satisfy `then`; for the other way the check of the whole value decides. */
function addCondition(contract: Contract, shape: Shape, schema: Json, choose: Choose, nesting: number): void {
  const both = { allOf: [schema.if, ...(schema.then === undefined ? [] : [schema.then])] }
  addChoice(contract, shape, {}, [both, ...(schema.else === undefined ? [true] : [schema.else])], choose, nesting)
}

function addOwn(shape: Shape, schema: Json): void {
  if (schema.type !== undefined) {
    const types: readonly string[] = [schema.type].flat()
    shape.types = shape.types ? intersectTypes(shape.types, types) : types
  }
  const values: Json[] | undefined = schema.const !== undefined ? [schema.const] : schema.enum
  if (values) {
    const texts = new Set(values.map(canonical))
    shape.values = shape.values ? shape.values.filter((value) => texts.has(canonical(value))) : values
  }
  if (Array.isArray(schema.examples)) shape.examples.push(...schema.examples)
  if (schema.example !== undefined) shape.examples.push(schema.example)
  if (schema.default !== undefined) shape.examples.push(schema.default)
  if (typeof schema.format === 'string') shape.formats.push(schema.format)
  if (typeof schema.pattern === 'string') shape.patterns.push(schema.pattern)
  shape.minLength = Math.max(shape.minLength, schema.minLength ?? 0)
  shape.maxLength = Math.min(shape.maxLength, schema.maxLength ?? Number.POSITIVE_INFINITY)
  shape.least = Math.max(shape.least, schema.minimum ?? Number.NEGATIVE_INFINITY)
  shape.most = Math.min(shape.most, schema.maximum ?? Number.POSITIVE_INFINITY)
  shape.above = Math.max(shape.above, schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY)
  shape.below = Math.min(shape.below, schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY)
  if (schema.multipleOf !== undefined) shape.steps.push(schema.multipleOf)
  addArrayRules(shape, schema)
  addObjectRules(shape, schema)
  if (shape.values?.length === 0) throw new Unmakeable('no value is in all of its enums')
  checkTypes(shape)
}

function addArrayRules(shape: Shape, schema: Json): void {
  shape.minItems = Math.max(shape.minItems, schema.minItems ?? 0)
  shape.maxItems = Math.min(shape.maxItems, schema.maxItems ?? Number.POSITIVE_INFINITY)
  shape.isUnique ||= schema.uniqueItems === true
  if (schema.prefixItems !== undefined || schema.items !== undefined) {
    shape.itemLists.push({ prefix: schema.prefixItems ?? [], rest: schema.items ?? true })
  }
  if (schema.contains !== undefined) {
    const { minContains: min = 1, maxContains: max = Number.POSITIVE_INFINITY } = schema
    shape.contains.push({ schema: schema.contains, min, max })
  }
  if (schema.unevaluatedItems === false || schema.unevaluatedProperties === false) shape.isClosed = true
}

function addObjectRules(shape: Shape, schema: Json): void {
  const properties = Object.entries<Json>(schema.properties ?? {})
  for (const [name, rules] of properties) shape.properties.set(name, [...(shape.properties.get(name) ?? []), rules])
  const patterns = Object.entries<Json>(schema.patternProperties ?? {})
  const others = schema.additionalProperties ?? true
  if (properties.length > 0 || patterns.length > 0 || others !== true) {
    shape.parts.push({ names: new Set(properties.map(([name]) => name)), patterns, others })
  }
  if (schema.propertyNames !== undefined) shape.propertyNames.push(schema.propertyNames)
  for (const name of schema.required ?? []) shape.required.add(name)
  shape.dependent.push(...Object.entries<string[]>(schema.dependentRequired ?? {}))
  shape.dependentSchemas.push(...Object.entries<Json>(schema.dependentSchemas ?? {}))
  shape.minProperties = Math.max(shape.minProperties, schema.minProperties ?? 0)
  shape.maxProperties = Math.min(shape.maxProperties, schema.maxProperties ?? Number.POSITIVE_INFINITY)
}

function intersectTypes(left: readonly string[], right: readonly string[]): string[] {
  const both = left.filter((type) => right.includes(type) || (type === 'integer' && right.includes('number')))
  return left.includes('number') && right.includes('integer') && !both.includes('integer') ? [...both, 'integer'] : both
}

function checkTypes({ types, values }: Shape): void {
  if (types?.length === 0) throw new Unmakeable('no type is in all of its parts')
  if (types && values && !values.some((value) => isOfType(value, types))) {
    throw new Unmakeable(`no value of its enum is of type ${types.join(' or ')}`)
  }
}

export function isOfType(value: Json, types: readonly string[]): boolean {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return types.includes(type) || (types.includes('integer') && Number.isInteger(value))
}

/** A text that is the same for equal JSON values. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
}
