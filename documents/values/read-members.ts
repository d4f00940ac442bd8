import type { Shape } from '../keywords/shape.ts'
import type { Json } from '../read/read-document.ts'

interface Member {
  readonly rules: readonly Json[]
  readonly schema: Json
}

const members = new WeakMap<Shape, Map<string, Member>>()

function memberOf(shape: Shape, name: string): Member {
  let known = members.get(shape)
  if (!known) members.set(shape, (known = new Map()))
  let member = known.get(name)
  // What dependent schemas add changes the shape.
  if (!member || shape.dependentSchemas.length > 0) {
    const rules = collectRules(shape, name)
    known.set(name, (member = { rules, schema: allOf(rules) }))
  }
  return member
}

/** Everything that the schema says of a member. */
export const rulesOf = (shape: Shape, name: string): readonly Json[] => memberOf(shape, name).rules

/** The same as one schema. */
export const schemaOfMember = (shape: Shape, name: string): Json => memberOf(shape, name).schema

function collectRules(shape: Shape, name: string): Json[] {
  return [
    ...(shape.properties.get(name) ?? []),
    ...shape.parts.flatMap(({ names, patterns, others }) => {
      const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, rules]) => rules)
      return matching.length > 0 || names.has(name) ? matching : others === true ? [] : [others]
    }),
  ]
}

/** One schema of several that hold together; of none: whatever there is. */
export const allOf = (rules: readonly Json[]): Json =>
  rules.length === 1 ? rules[0] : rules.length === 0 ? true : { allOf: rules }
