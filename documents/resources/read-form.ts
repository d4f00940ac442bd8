import type { Contract } from '../contract/contract.ts'
import { followSchema, keywordsOf } from '../contract/follow-schema.ts'
import type { Schema, SchemaObject, SchemaPlace } from '../contract/schema.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { below } from '../read/json-pointer.ts'
import { once } from '../read/once.ts'

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
  /** The members that hold a list, and those that hold members of their own. */
  readonly lists: readonly InnerMember[]
  readonly records: readonly InnerMember[]
  /** Its members by their words: `petId` by `pet id`; the first one where several are called so. */
  readonly byWords: ReadonlyMap<string, string>
}

/** A member that holds more than a value, not looked into yet. */
export interface InnerMember {
  readonly name: string
  readonly place: SchemaPlace
  /** Without references. */
  readonly schema: Schema
}

const createForms = (): Map<SchemaObject, Form> => new Map()
const createBare = (): Map<SchemaObject, SchemaPlace> => new Map()

/** The form of a schema. */
export function formOf(contract: Contract, place: SchemaPlace): Form {
  const { schema } = place
  if (typeof schema !== 'object' || schema === null) return { ...NOTHING, place }
  const forms = contract.once(createForms)
  let form = forms.get(schema)
  if (!form) {
    const bare = bareOf(contract, place)
    form = bare.schema === schema ? readForm(contract, place) : formOf(contract, bare)
    forms.set(schema, form)
  }
  return form
}

const NOTHING = {
  members: new Map(),
  required: new Set<string>(),
  items: undefined,
  types: new Set<string>(),
  lists: [],
  records: [],
  byWords: new Map(),
} as const

/** A schema without references and wrappers; cheaper than its form. */
export function bareOf(contract: Contract, place: SchemaPlace): SchemaPlace {
  const { schema } = place
  if (typeof schema !== 'object' || schema === null) return place
  const known = contract.once(createBare)
  let bare = known.get(schema)
  if (!bare) known.set(schema, (bare = unwrap(contract, place)))
  return bare
}

/** What a schema without references looks like from outside. */
function kindOf(schema: Schema): 'list' | 'record' | 'other' {
  const { type, items, properties, allOf, oneOf, anyOf } = keywordsOf(schema)
  if (type === 'array' || (Array.isArray(type) && type.includes('array'))) return 'list'
  if (type === undefined && items !== undefined) return 'list'
  return properties || allOf || oneOf || anyOf ? 'record' : 'other'
}

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
  const inner = once(() => {
    const all = [...members].map(([name, one]) => ({ name, place: one, schema: bareOf(contract, one).schema }))
    const of = (kind: string) => all.filter(({ schema }) => kindOf(schema) === kind)
    return { lists: of('list'), records: of('record') }
  })
  const byWords = once(() => new Map([...members.keys()].reverse().map((name) => [wordsOf(name), name])))
  return {
    place,
    members,
    required,
    items,
    types,
    get lists() {
      return inner().lists
    },
    get records() {
      return inner().records
    },
    get byWords() {
      return byWords()
    },
  }

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

/** Whether it is a number, and no text. */
export const isNumber = ({ types }: Form): boolean =>
  (types.has('integer') || types.has('number')) && !types.has('string')

/** Whether it has members of its own. */
export const isRecord = ({ members }: Form): boolean => members.size > 0

/** From 0 to 1: how much of the smaller of two forms the other has; 1 only where both are one schema. */
export function likeness(one: Form, other: Form): number {
  if (one === other) return 1
  const [small, large] = one.members.size <= other.members.size ? [one, other] : [other, one]
  if (small.members.size === 0) return 0
  // Two members that many things have say little.
  return (0.98 * countCommon(small, large)) / Math.max(small.members.size, 3)
}

/** How many members of one form another has, too. */
export function countCommon(one: Form, other: Form): number {
  let common = 0
  for (const name of one.members.keys()) if (other.members.has(name)) common++
  return common
}
