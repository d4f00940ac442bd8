import type { Data } from '../contract/data.ts'
import type { SchemaObject } from '../contract/schema.ts'
import type { Keyword } from './keyword.ts'
import { membersOf } from './members.ts'

/**
 * JSON Schema, Validation, section 6.5.1. Broken by members that the schema knows; none is invented, so that nothing
 * else breaks.
 */
export const maxProperties: Keyword = {
  name: 'maxProperties',
  of: 'object',
  narrow(shape, { maxProperties: most = Number.POSITIVE_INFINITY }) {
    shape.maxProperties = Math.min(shape.maxProperties, most)
  },
  *breaks({ maxProperties: most, properties, required = [] }) {
    if (most === undefined || properties === undefined) return
    const known = Object.keys(properties)
    const names = [...new Set([...known.filter((name) => required.includes(name)), ...known])].slice(0, most + 1)
    yield {
      what: 'maxProperties',
      title: 'has one member too many',
      value(random, { member }) {
        if (names.length <= most) return undefined
        return Object.fromEntries(names.map((name) => [name, member(name, random.at(name))]))
      },
    }
  },
  repair(value, { maxProperties: most, required = [] }) {
    const members = membersOf(value)
    const needed = members.filter(([name]) => required.includes(name))
    return Object.fromEntries([...needed, ...members.filter((one) => !needed.includes(one))].slice(0, most))
  },
  faults: [{ accepts: 'an object with too many members', noticedBy: /maxProperties/ }],
}

/** JSON Schema, Validation, section 6.5.2. Broken by `{}`, which a required member may break as well. */
export const minProperties: Keyword = {
  name: 'minProperties',
  of: 'object',
  narrow(shape, { minProperties: least = 0 }) {
    shape.minProperties = Math.max(shape.minProperties, least)
  },
  *breaks({ minProperties: least }) {
    if (least) yield { what: 'minProperties', title: 'has one member too few', value: () => ({}) }
  },
  repair: (value, _schema, composer, random) =>
    Object.fromEntries([...membersOf(composer.value(random)), ...membersOf(value)]),
  faults: [{ accepts: 'an object with too few members', noticedBy: /minProperties/ }],
}

/** The members of an object beside which others have room. */
export const withRoom = (value: Data, { maxProperties: most, required = [] }: SchemaObject): [string, Data][] =>
  membersOf(value).filter(([name]) => most === undefined || required.includes(name))
