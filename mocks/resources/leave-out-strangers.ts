import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf, mayHaveHeirs, targetOf } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaObject } from '../../documents/contract/schema.ts'
import { once } from '../../documents/read/once.ts'
import { isMembers } from './kept-record.ts'

/** What one or several schemas together foresee of a value: whatever one alternative names may be there. */
interface Foreseen {
  /** Undefined where nothing more is said of it. */
  member(name: string): Foreseen | undefined
  item(index: number): Foreseen | undefined
  /** Whether a member that nobody names may be there: none is named, or what the others are is said. */
  readonly isOpen: boolean
  names(name: string): boolean
}

/**
 * A value without the members that its schema does not foresee, at any depth: the document's own examples show some, and
 * requests say more of a thing than others show of it. The same value where there are none.
 */
export function leaveOutStrangers(contract: Contract, schema: Schema | undefined, value: unknown): unknown {
  const foreseen = schema === undefined ? undefined : foreseenBy(contract, [schema])
  return foreseen ? leaveOut(foreseen, value) : value
}

function leaveOut(foreseen: Foreseen, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inside(foreseen.item(index), item))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isMembers(value)) return value
  let isSame = true
  const left: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const isNamed = foreseen.isOpen || foreseen.names(name)
    const seen = isNamed ? inside(foreseen.member(name), member) : undefined
    if (isNamed) left.push([name, seen])
    if (!isNamed || seen !== member) isSame = false
  }
  return isSame ? value : Object.fromEntries(left)
}

const inside = (foreseen: Foreseen | undefined, value: unknown): unknown =>
  foreseen && typeof value === 'object' && value !== null ? leaveOut(foreseen, value) : value

const createKnown = (): WeakMap<object, Foreseen> => new WeakMap()

/** That of one schema is worked out once. */
function foreseenBy(contract: Contract, schemas: readonly Schema[]): Foreseen | undefined {
  const [only, ...others] = schemas
  if (only === undefined) return undefined
  if (others.length > 0 || typeof only !== 'object' || only === null) return foresee(contract, schemas)
  const known = contract.once(createKnown)
  let foreseen = known.get(only)
  if (!foreseen) known.set(only, (foreseen = foresee(contract, schemas)))
  return foreseen
}

function foresee(contract: Contract, schemas: readonly Schema[]): Foreseen {
  const parts = once(() => partsOf(contract, schemas))
  const isOpen = once(
    () =>
      parts().some(mayHaveHeirs) ||
      !parts().some(({ properties }) => properties !== undefined) ||
      parts().some(
        ({ patternProperties, additionalProperties = false }) =>
          patternProperties !== undefined || additionalProperties !== false,
      ),
  )
  const others = once(() =>
    foreseenBy(contract, [...new Set(parts().flatMap(({ additionalProperties = [] }) => additionalProperties))]),
  )
  const members = new Map<string, Foreseen | undefined>()
  const items = new Map<number, Foreseen | undefined>()
  const firsts = once(() => Math.max(0, ...parts().map(({ prefixItems = [] }) => prefixItems.length)))
  return {
    get isOpen() {
      return isOpen()
    },
    names: (name) =>
      parts().some(
        ({ properties, required = [] }) => (properties && Object.hasOwn(properties, name)) || required.includes(name),
      ),
    member(name) {
      // Names that no schema has are as many as clients send.
      if (!this.names(name)) return others()
      if (!members.has(name)) members.set(name, foreseenBy(contract, memberIn(parts(), name)))
      return members.get(name)
    },
    item(index) {
      const at = Math.min(index, firsts())
      if (!items.has(at)) items.set(at, foreseenBy(contract, itemIn(parts(), at)))
      return items.get(at)
    },
  }
}

const memberIn = (parts: readonly SchemaObject[], name: string): Schema[] => [
  ...new Set(
    parts.flatMap(({ properties }) =>
      properties && Object.hasOwn(properties, name) ? [properties[name] as Schema] : [],
    ),
  ),
]

const itemIn = (parts: readonly SchemaObject[], index: number): Schema[] => [
  ...new Set(parts.flatMap(({ prefixItems = [], items }) => prefixItems[index] ?? items ?? [])),
]

/** Schemas, and the parts of their combinations, each once. */
function partsOf(contract: Contract, schemas: readonly Schema[]): SchemaObject[] {
  const parts = new Set<SchemaObject>()
  const add = (schema: Schema): void => {
    const part = keywordsOf(targetOf(contract, schema))
    if (parts.has(part)) return
    parts.add(part)
    const { allOf = [], oneOf = [], anyOf = [], dependentSchemas = {}, then = [], else: otherwise = [] } = part
    for (const one of [allOf, oneOf, anyOf, Object.values(dependentSchemas), then, otherwise].flat()) add(one)
  }
  for (const schema of schemas) add(schema)
  return [...parts]
}
