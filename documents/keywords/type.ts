import type { Data } from '../contract/data.ts'
import type { Edge, Keyword } from './keyword.ts'
import { typesOf } from './members.ts'
import { type Shape, Unmakeable } from './shape.ts'

/** A value of each type. A text carries the run's tag: whatever takes it for an id must not find anybody's. */
const OF_TYPE: Readonly<Record<string, (tag: string) => Data>> = {
  string: (tag) => `text ${tag}`,
  number: () => 12.5,
  boolean: () => true,
  object: () => ({ a: 1 }),
  array: (tag) => [tag],
  null: () => null,
}

/**
 * JSON Schema, Validation, section 6.1.1: a type or a list of them; 12.0 is an integer. Broken by a value of each other
 * type, `integer` by a fraction.
 */
export const type: Keyword = {
  name: 'type',
  demand: (schema) => `must be ${typesOf(schema).join(' or ')}`,
  narrow(shape, schema) {
    if (schema.type === undefined) return
    const types = typesOf(schema)
    shape.types = shape.types ? intersect(shape.types, types) : types
  },
  *accepts(schema) {
    const types = typesOf(schema)
    if (types.includes('null')) yield { what: 'null', title: 'is null', statement: 'null', value: () => null }
    // An enum says all there is.
    const others = types.filter((one) => one !== 'null' && one !== 'boolean')
    for (const one of others.length > 1 ? others : []) {
      yield { what: `type/${one}`, title: `is of type ${one}`, statement: one, value: valueOfType(one) }
    }
    if (!types.includes('boolean')) return
    for (const value of [true, false])
      yield { what: String(value), title: `is ${value}`, statement: 'boolean', value: () => value }
  },
  *breaks(schema) {
    const types = typesOf(schema)
    if (types.length === 0) return
    for (const [other, make] of Object.entries(OF_TYPE)) {
      if (types.includes(other) || (other === 'number' && types.includes('integer'))) continue
      yield {
        what: `type/${other}`,
        title: `is ${other === 'null' ? 'null' : `a ${other}`}`,
        value: (_random, { tag }) => make(tag),
      }
    }
    if (!types.includes('integer') || types.includes('number')) return
    const { maximum, exclusiveMaximum: most = Number.POSITIVE_INFINITY } = schema
    yield {
      what: 'type/fraction',
      title: 'is a fraction',
      // Between two bounds, so that it breaks none of them.
      value(random, composer) {
        const whole = composer.value(random) as number
        return whole + 0.5 < (maximum ?? most) ? whole + 0.5 : whole - 0.5
      },
    }
  },
  breaksText(schema, _random, tag) {
    const types = typesOf(schema)
    const takesText = types.length === 0 || types.includes('string') || types.includes('array')
    return takesText ? undefined : `not-${tag}`
  },
  faults: [
    {
      accepts: 'a value of a wrong type',
      noticedBy: /type\/(?!null$)\w+/,
      isIgnored: (value) => value !== null,
    },
    {
      accepts: 'null where it is not allowed',
      rule: 'null is allowed only where the type says so',
      noticedBy: /type\/null/,
      isIgnored: (value) => value === null,
    },
    {
      accepts: 'a fraction for a whole number',
      rule: 'a whole number is one',
      noticedBy: /type\/fraction/,
      isIgnored: (value) => typeof value === 'number' && !Number.isInteger(value),
    },
    {
      accepts: 'numbers written as texts, and texts written as numbers',
      rule: 'types are not coerced',
      noticedBy: /type\/(?:number|string)/,
      isIgnored: (value) => typeof value === 'number' || typeof value === 'string',
    },
    { refuses: 'null where it is allowed', noticedBy: /null/, isRefused: (value) => value === null },
    { refuses: 'false, as if it were nothing', noticedBy: /false/, isRefused: (value) => value === false },
  ],
}

/** Types are drawn, and each of them soon. */
const MOST_DRAWS = 40

/** A good value of one of several types; undefined where none was drawn. */
const valueOfType =
  (type: string): Edge['value'] =>
  (random, composer) => {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const value = composer.value(random.at(type, draw))
      if (isOfType(value, [type])) return value
    }
    return undefined
  }

function intersect(left: readonly string[], right: readonly string[]): string[] {
  const both = left.filter((one) => right.includes(one) || (one === 'integer' && right.includes('number')))
  return left.includes('number') && right.includes('integer') && !both.includes('integer') ? [...both, 'integer'] : both
}

/** Whether a value is of one of these types. */
export function isOfType(value: unknown, types: readonly string[]): boolean {
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return types.includes(own) || (types.includes('integer') && Number.isInteger(value))
}

/** @throws Unmakeable where no type is left, or none of the values that alone are allowed is of one */
export function checkTypes({ types, values }: Shape): void {
  if (types?.length === 0) throw new Unmakeable('no type is in all of its parts')
  if (types && values && !values.some((value) => isOfType(value, types))) {
    throw new Unmakeable(`no value of its enum is of type ${types.join(' or ')}`)
  }
}

/** The type that a shape is about which names none. */
export function impliedType(shape: Shape): string {
  if (shape.parts.length > 0 || shape.required.size > 0 || shape.minProperties > 0) return 'object'
  if (shape.itemLists.length > 0 || shape.contains.length > 0 || shape.minItems > 0) return 'array'
  const isNumber = [shape.least, shape.most, shape.above, shape.below].some(Number.isFinite) || shape.steps.length > 0
  return isNumber && shape.patterns.length === 0 ? 'number' : 'string'
}
