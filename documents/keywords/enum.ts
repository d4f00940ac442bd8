import type { Data } from '../contract/data.ts'
import type { Random } from '../patterns/random.ts'
import { canonical } from './canonical.ts'
import type { Keyword } from './keyword.ts'
import { typesOf } from './members.ts'
import { type Shape, Unmakeable } from './shape.ts'

/**
 * JSON Schema, Validation, section 6.1.2. Every member is tried as an edge, with the evidence of its own; a stranger
 * breaks it.
 */
export const enumeration: Keyword = {
  name: 'enum',
  demand: ({ enum: members = [] }) => mustBeOneOf(members),
  narrow(shape, { enum: members }) {
    if (members) allowOnly(shape, members)
  },
  *accepts({ enum: members = [] }) {
    for (const member of members) {
      const word = wordOf(member)
      yield { what: `enum/${word}`, title: `is ${word || '""'}`, statement: word, value: () => member }
    }
  },
  *breaks({ enum: members }) {
    if (members) {
      yield { what: 'enum', title: 'is not a member of its enum', value: (random) => strangerTo(members, random) }
    }
  },
  breaksText(schema, random) {
    const types = typesOf(schema)
    const isText = types.length === 0 || types.includes('string')
    return schema.enum && isText ? String(strangerTo(schema.enum, random)) : undefined
  },
  faults: [
    { accepts: 'a stranger to an enum', noticedBy: /enum/ },
    {
      refuses: 'the last member of an enum',
      noticedBy: /enum\/[^/]+/,
      isRefused: (value, { enum: members = [] }) => value !== null && members.findLast((one) => one !== null) === value,
    },
  ],
}

/** What an enum demands, for people. */
export const mustBeOneOf = (members: readonly unknown[]): string =>
  `must be one of ${members.length > 8 ? `${members.length} values` : members.map((member) => wordOf(member) || '""').join(', ')}`

/** A text as it is; `null` would be nothing where it is joined to others. */
const wordOf = (member: unknown): string => (typeof member === 'string' ? member : JSON.stringify(member))

/** @throws Unmakeable where none of these values is among those that were allowed before */
export function allowOnly(shape: Shape, values: readonly Data[]): void {
  const texts = new Set(values.map(canonical))
  shape.values = shape.values ? shape.values.filter((value) => texts.has(canonical(value))) : values
  if (shape.values.length === 0) throw new Unmakeable('no value is in all of its enums')
}

/** A number where the members are numbers, else a text. */
function strangerTo(members: readonly Data[], random: Random): Data {
  const numbers = members.filter((member) => typeof member === 'number')
  if (typeof members.find((member) => member !== null) === 'number') return Math.max(...numbers) + 1
  let text = ''
  do text = Array.from({ length: 9 }, () => random.pick([...'bdfghjklmnpqrstvwxz'])).join('')
  while (members.includes(text))
  return text
}
