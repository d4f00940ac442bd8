import type { Data } from '../contract/data.ts'
import type { SchemaObject } from '../contract/schema.ts'
import type { Random } from '../patterns/random.ts'
import { additionalProperties } from './additional-properties.ts'
import { constant } from './const.ts'
import { contains } from './contains.ts'
import { contentEncoding, contentMediaType } from './content.ts'
import { dependentRequired, dependentSchemas } from './dependent.ts'
import { enumeration } from './enum.ts'
import { format } from './format.ts'
import { items } from './items.ts'
import type { Breach, Composer, Edge, Keyword } from './keyword.ts'
import { maxItems, minItems } from './limit-items.ts'
import { maxLength, minLength } from './limit-length.ts'
import { exclusiveMaximum, exclusiveMinimum, maximum, minimum } from './limit-number.ts'
import { maxProperties, minProperties } from './limit-properties.ts'
import { typesOf } from './members.ts'
import { multipleOf } from './multiple-of.ts'
import { pattern } from './pattern.ts'
import { properties, propertyNames } from './properties.ts'
import { required } from './required.ts'
import type { Shape } from './shape.ts'
import { type } from './type.ts'
import { unevaluatedItems, unevaluatedProperties } from './unevaluated.ts'
import { uniqueItems } from './unique-items.ts'

/** Every keyword that something is known of, in the order in which they are broken. */
export const KEYWORDS: readonly Keyword[] = [
  type,
  enumeration,
  constant,
  maxLength,
  minLength,
  pattern,
  format,
  contentEncoding,
  contentMediaType,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
  minItems,
  maxItems,
  uniqueItems,
  required,
  additionalProperties,
  maxProperties,
  minProperties,
  items,
  contains,
  properties,
  propertyNames,
  dependentRequired,
  dependentSchemas,
  unevaluatedItems,
  unevaluatedProperties,
]

const BY_NAME: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.map((keyword) => [keyword.name, keyword]))

/** A text is tried for what it says before it is tried for how long it is: cases keep their order over releases. */
const TRIED: ReadonlySet<Keyword> = new Set([constant, type, format, pattern, ...KEYWORDS])

/** @returns undefined for a keyword that nothing is known of, as annotations are */
export const keywordOf = (name: string): Keyword | undefined => BY_NAME.get(name)

/** The edges of every keyword of a schema, in the order in which they are tried. An enum says all there is. */
export function* edgesOf(schema: SchemaObject): Generator<{ keyword: Keyword; edge: Edge }> {
  for (const keyword of schema.enum ? [enumeration] : TRIED) {
    if (!keyword.accepts || !holds(schema, keyword)) continue
    for (const edge of keyword.accepts(schema)) yield { keyword, edge }
  }
}

/** Takes what a schema says into a shape, but for its references, alternatives and conditions. */
export function narrowShape(shape: Shape, schema: SchemaObject): void {
  for (const { narrow } of NARROWING) narrow?.(shape, schema)
}

const NARROWING = KEYWORDS.filter(({ narrow }) => narrow)

/** What breaks each keyword of a schema. Whether it breaks that one alone, only a validator knows. */
export function* breachesOf(schema: SchemaObject): Generator<{ keyword: Keyword; breach: Breach }> {
  for (const keyword of KEYWORDS) {
    if (!keyword.breaks || !holds(schema, keyword)) continue
    for (const breach of keyword.breaks(schema)) yield { keyword, breach }
  }
}

/** A text that breaks each keyword of a parameter's schema. @param tag of the run */
export function* textBreachesOf(
  schema: SchemaObject,
  random: Random,
  tag: string,
): Generator<{ keyword: Keyword; text: string }> {
  const isUntyped = typesOf(schema).length === 0
  for (const keyword of KEYWORDS) {
    // A limit of numbers says nothing of what is a text to whoever reads it.
    if (!isUntyped && !holds(schema, keyword)) continue
    const text = keyword.breaksText?.(schema, random, tag)
    if (text !== undefined) yield { keyword, text }
  }
}

/** A value that satisfies a keyword in the place of one that breaks it: mended, or composed anew. */
export const repairValue = (
  keyword: Keyword,
  value: Data,
  schema: SchemaObject,
  composer: Composer,
  random: Random,
): Data => keyword.repair?.(value, schema, composer, random) ?? composer.value(random)

/** What a keyword of a schema demands, as a fact without its subject. */
export function demandOf({ name, demand }: Keyword, schema: SchemaObject): string {
  if (demand) return demand(schema)
  const value: unknown = schema[name as keyof SchemaObject]
  return `must satisfy ${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`
}

/** Whether a schema has a keyword and is about values that it holds for. Those of objects often name no type. */
function holds(schema: SchemaObject, { name, of }: Keyword): boolean {
  if (schema[name as keyof SchemaObject] === undefined) return false
  const types = typesOf(schema)
  if (of === undefined || types.includes(of)) return true
  return of === 'number' ? types.includes('integer') : of === 'object' && types.length === 0
}
