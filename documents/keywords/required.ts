import type { Keyword } from './keyword.ts'
import { membersOf } from './members.ts'

/**
 * JSON Schema, Validation, section 6.5.3. Each member is left out once; a missing one is taken from a value composed
 * anew.
 */
export const required: Keyword = {
  name: 'required',
  of: 'object',
  demand: () => 'must have its required members',
  narrow(shape, { required: names }) {
    for (const name of names ?? []) shape.required.add(name)
  },
  *breaks({ required: names = [] }) {
    for (const name of names) yield { what: `required/${name}`, title: `lacks ${name}`, lacks: name }
  },
  repair: (value, _schema, composer, random) =>
    Object.fromEntries([...membersOf(composer.value(random)), ...membersOf(value)]),
  faults: [{ accepts: 'an object without a required member', noticedBy: /required\/[^/]+/ }],
}
