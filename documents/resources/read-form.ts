import type { Contract } from '../contract/contract.ts'
import { followSchema, keywordsOf } from '../contract/follow-schema.ts'
import type { Schema, SchemaObject, SchemaPlace } from '../contract/schema.ts'
import { below } from '../read/json-pointer.ts'

/** What a schema foresees, seen from outside: its members, or its items. The same schema has the same form. */
export interface Form {
  /** Without references, and without a wrapper of one: `allOf` or `oneOf` with a single choice besides null. */
  readonly place: SchemaPlace
  readonly members: ReadonlyMap<string, SchemaPlace>
  readonly required: ReadonlySet<string>
  /** Of a list. */
  readonly items: SchemaPlace | undefined
  /** The JSON types that are named, or follow from what is. None: any. */
  readonly types: ReadonlySet<string>
}

const createForms = (): Map<SchemaObject, Form> => new Map()

/** The form of a schema. */
export function formOf(contract: Contract, place: SchemaPlace): Form {
  const { schema } = place
  if (typeof schema !== 'object' || schema === null) return { ...NOTHING, place }
  const forms = contract.once(createForms)
  let form = forms.get(schema)
  if (!form) {
    const bare = unwrap(contract, place)
    form = bare.schema === schema ? readForm(contract, place) : formOf(contract, bare)
    forms.set(schema, form)
  }
  return form
}

const NOTHING = { members: new Map(), required: new Set<string>(), items: undefined, types: new Set<string>() } as const

/** Wrappers in wrappers, and schemas in schemas, that are more than anybody writes lead in a circle. */
const MOST_LEVELS = 8

function unwrap(contract: Contract, place: SchemaPlace): SchemaPlace {
  let at = place
  for (let level = 0; level < MOST_LEVELS; level++) {
    at = followSchema(contract, at)
    const { allOf, oneOf, anyOf, properties, items } = keywordsOf(at.schema)
    const [name, choices] = allOf ? ['allOf', allOf] : oneOf ? ['oneOf', oneOf] : ['anyOf', anyOf ?? []]
    const index = choices.findIndex((choice) => keywordsOf(choice).type !== 'null')
    const others = choices.filter((choice, at) => at !== index && keywordsOf(choice).type !== 'null')
    if (index < 0 || others.length > 0 || properties || items) return at
    at = placeBelow(at, choices[index] as Schema, name as string, index)
  }
  return at
}

function readForm(contract: Contract, place: SchemaPlace): Form {
  const members = new Map<string, SchemaPlace>()
  const required = new Set<string>()
  const types = new Set<string>()
  let items: SchemaPlace | undefined
  const seen = new Set<Schema>()
  collect(place, true, 0)
  return { place, members, required, items, types }

  function collect(part: SchemaPlace, isSure: boolean, level: number): void {
    const at = followSchema(contract, part)
    if (seen.has(at.schema) || level > MOST_LEVELS) return
    seen.add(at.schema)
    const keywords = keywordsOf(at.schema)
    for (const type of [keywords.type ?? []].flat()) types.add(type)
    for (const [name, member] of Object.entries(keywords.properties ?? {})) {
      if (!members.has(name)) members.set(name, placeBelow(at, member, 'properties', name))
    }
    if (isSure) for (const name of keywords.required ?? []) required.add(name)
    if (keywords.items !== undefined) items ??= placeBelow(at, keywords.items, 'items')
    for (const choices of ['allOf', 'oneOf', 'anyOf'] as const) {
      for (const [index, choice] of (keywords[choices] ?? []).entries()) {
        collect(placeBelow(at, choice, choices, index), isSure && choices === 'allOf', level + 1)
      }
    }
    if (types.size === 0 && items !== undefined) types.add('array')
    if (types.size === 0 && members.size > 0) types.add('object')
  }
}

/** Its pointer is made when it is asked for, which is seldom. */
const placeBelow = (around: SchemaPlace, schema: Schema, ...tokens: readonly (string | number)[]): SchemaPlace => ({
  schema,
  evidence: around.evidence,
  get pointer() {
    return below(around.pointer, ...tokens)
  },
})

/** Whether it is a list, and nothing else. */
export const isList = ({ items, types }: Form): boolean =>
  types.has('array')
    ? ![...types].some((type) => type !== 'array' && type !== 'null')
    : types.size === 0 && items !== undefined

/** Whether it has members of its own. */
export const isRecord = ({ members }: Form): boolean => members.size > 0

/** From 0 to 1: how much of the smaller of two forms the other has; 1 only where both are one schema. */
export function likeness(one: Form, other: Form): number {
  if (one === other) return 1
  const [small, large] = one.members.size <= other.members.size ? [one, other] : [other, one]
  if (small.members.size === 0) return 0
  let common = 0
  for (const name of small.members.keys()) if (large.members.has(name)) common++
  // Two members that many things have say little.
  return (0.98 * common) / Math.max(small.members.size, 3)
}
