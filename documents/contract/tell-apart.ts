import type { Contract } from './contract.ts'
import { targetOf } from './follow-schema.ts'
import { isSameData } from './same-data.ts'
import type { Schema, SchemaObject } from './schema.ts'

/** So many schemas are compared at most, and so deep: among more alternatives, or deeper, any two are taken to differ. */
const MOST_COMPARED = 2_000
/** A choice may be among what it stands in itself. */
const MOST_LEVELS = 20

/** Keywords that say nothing of which values there are. */
const SILENT =
  /^(?:\$ref|\$comment|\$defs|\$id|\$anchor|title|description|default|examples?|deprecated|readOnly|writeOnly|externalDocs|xml|discriminator|contentMediaType|contentEncoding|contentSchema|x-.*)$/

/** The type that a keyword speaks of; of others it says nothing (JSON Schema 2020-12, Validation, section 6). */
const SPEAKS_OF: Readonly<Record<string, string>> = {
  ...{ properties: 'object', required: 'object', additionalProperties: 'object', unevaluatedProperties: 'object' },
  ...{ patternProperties: 'object', propertyNames: 'object', minProperties: 'object', maxProperties: 'object' },
  ...{ items: 'array', minItems: 'array', maxItems: 'array', uniqueItems: 'array', contains: 'array' },
  ...{ minLength: 'string', maxLength: 'string', pattern: 'string' },
  ...{ minimum: 'number', maximum: 'number', exclusiveMinimum: 'number', exclusiveMaximum: 'number' },
  multipleOf: 'number',
}

/** An alternative of a `oneOf` that nothing tells from another. */
export interface Alike {
  readonly one: Schema
  readonly other: Schema
}

const createKnown = () => ({ known: new WeakMap<readonly Schema[], readonly Alike[]>(), hasSome: false })

/** Whether alternatives of this contract were found to be alike so far: in most documents none ever are. */
export const hasAlike = (contract: Contract): boolean => contract.once(createKnown).hasSome

/**
 * The alternatives of a `oneOf` that are not told apart: whatever the one describes is a value of the other as well. A cat
 * with a name, and lives if it likes, is a dog with a name that may bark, since neither forbids what it does not know. By
 * the letter such a value is of two alternatives, and so of no `oneOf` (JSON Schema 2020-12, section 10.2.1.3); nobody who
 * writes one means that.
 */
export function findAlike(contract: Contract, alternatives: readonly Schema[]): readonly Alike[] {
  const found = contract.once(createKnown)
  let alike = found.known.get(alternatives)
  if (!alike) found.known.set(alternatives, (alike = compareEach(contract, alternatives)))
  if (alike.length > 0) found.hasSome = true
  return alike
}

function compareEach(contract: Contract, alternatives: readonly Schema[]): Alike[] {
  const comparison = new Comparison(contract)
  return alternatives.flatMap((one, at) => {
    const other = alternatives.find((_, position) => position !== at && comparison.covers(alternatives[position], one))
    return other === undefined ? [] : [{ one, other }]
  })
}

class Comparison {
  readonly #contract: Contract
  /** What is being compared with what, further out: it holds unless something else speaks against it. */
  readonly #open = new Map<Schema, Set<Schema>>()
  #left = MOST_COMPARED
  #depth = 0

  constructor(contract: Contract) {
    this.#contract = contract
  }

  /** Whether a value with the members that `described` names, and no others, is a value of `schema` too. */
  covers(given: Schema | undefined, described: Schema | undefined): boolean {
    const [schema, other] = [given, described].map((one) => one !== undefined && targetOf(this.#contract, one))
    if (given === undefined || schema === true || schema === other) return true
    if (!isKeywords(schema) || (described !== undefined && other !== true && !isKeywords(other))) return false
    if (isKeywords(other) && this.#open.get(schema)?.has(other)) return true
    if (--this.#left < 0 || this.#depth > MOST_LEVELS) return false
    const parts = this.#partsOf(isKeywords(other) ? other : {})
    const choosing = parts.find(({ oneOf, anyOf }) => (oneOf ?? anyOf ?? []).length > 0)
    const open = this.#open.get(schema) ?? new Set()
    this.#open.set(schema, open.add(other as Schema))
    this.#depth++
    try {
      // Of what is a choice itself some values are enough: they are of two alternatives.
      if (choosing) {
        const { oneOf, anyOf, ...beside } = choosing
        const rest = [...parts.filter((part) => part !== choosing), beside]
        return (oneOf ?? anyOf ?? []).some((one) => this.covers(schema, { allOf: [...rest, one] }))
      }
      return this.#partsOf(schema).every((part) =>
        Object.keys(part).every((keyword) => this.#allows(part, keyword, parts)),
      )
    } finally {
      this.#depth--
      open.delete(other as Schema)
    }
  }

  #allows(part: SchemaObject, keyword: string, parts: readonly SchemaObject[]): boolean {
    if (SILENT.test(keyword) || keyword === 'allOf') return true
    const types = typesOf(parts)
    const spokenOf = SPEAKS_OF[keyword]
    if (spokenOf && types && !types.has(spokenOf) && !(spokenOf === 'number' && types.has('integer'))) return true
    const values = parts.flatMap(({ const: only, enum: some }) =>
      only !== undefined ? [[only]] : some ? [some] : [],
    )[0]
    switch (keyword) {
      case 'type': {
        const allowed = [part.type ?? []].flat()
        const isAllowed = (type: string) => allowed.includes(type) || (type === 'integer' && allowed.includes('number'))
        return types !== undefined && [...types].every(isAllowed)
      }
      case 'enum':
      case 'const': {
        const allowed = part.enum ?? [part.const]
        return values?.every((value) => allowed.some((one) => isSameData(one, value))) ?? false
      }
      case 'required':
        return part.required?.every((name) => parts.some(({ required }) => required?.includes(name))) ?? true
      case 'properties':
        return Object.entries(part.properties ?? {}).every(([name, schema]) => {
          const described = propertiesOf(parts, name)
          return described.length === 0 || described.some((one) => this.covers(schema, one))
        })
      case 'additionalProperties':
      case 'unevaluatedProperties': {
        const names = new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)))
        const known = part.properties ?? {}
        return [...names].every(
          (name) =>
            Object.hasOwn(known, name) || propertiesOf(parts, name).some((one) => this.covers(part[keyword], one)),
        )
      }
      case 'items':
        return parts.some(({ items }) => items !== undefined && this.covers(part.items, items))
      case 'anyOf':
      case 'oneOf':
        return part[keyword]?.some((schema) => this.covers(schema, { allOf: parts })) ?? true
      default:
        return parts.some(
          (one) => Object.hasOwn(one, keyword) && isSameData(Object(one)[keyword], Object(part)[keyword]),
        )
    }
  }

  /** A schema and what it is combined of by `allOf`. */
  #partsOf(start: SchemaObject): readonly SchemaObject[] {
    const parts = new Set<SchemaObject>()
    const add = (part: Schema) => {
      if (!isKeywords(part) || parts.has(part)) return
      parts.add(part)
      for (const one of part.allOf ?? []) add(targetOf(this.#contract, one))
    }
    add(start)
    return [...parts]
  }
}

const isKeywords = (schema: Schema | undefined): schema is SchemaObject => typeof schema === 'object' && schema !== null

const propertiesOf = (parts: readonly SchemaObject[], name: string): Schema[] =>
  parts.flatMap(({ properties }) => (properties && Object.hasOwn(properties, name) ? [properties[name] as Schema] : []))

/** The types that are stated, or meant by what else is. */
function typesOf(parts: readonly SchemaObject[]): ReadonlySet<string> | undefined {
  const stated = parts.find(({ type }) => type !== undefined)?.type
  if (stated !== undefined) return new Set([stated].flat())
  if (parts.some(({ properties }) => properties)) return new Set(['object'])
  if (parts.some(({ items }) => items)) return new Set(['array'])
  return undefined
}
