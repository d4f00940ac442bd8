import type { Keyword } from './keyword.ts'
import { withRoom } from './limit-properties.ts'
import { membersOf } from './members.ts'

/** No schema names a member so. */
const STRANGER = 'rollcallExtra'

/** It holds for the members that neither `properties` nor `patternProperties` of the same schema is about. */
export const additionalProperties: Keyword = {
  name: 'additionalProperties',
  of: 'object',
  narrow(shape, { properties, patternProperties, additionalProperties: others = true }) {
    if (!properties && !patternProperties && others === true) return
    const names = new Set(Object.keys(properties ?? {}))
    const patterns = Object.entries(patternProperties ?? {})
    if (names.size > 0 || patterns.length > 0 || others !== true) shape.parts.push({ names, patterns, others })
  },
  *breaks(schema) {
    if (schema.additionalProperties !== false) return
    yield {
      what: 'additionalProperties',
      title: 'has a member that is not allowed',
      value: (random, composer) => Object.fromEntries([...withRoom(composer.value(random), schema), [STRANGER, 1]]),
    }
  },
  repair(value, { properties = {}, patternProperties = {}, minProperties: least = 1 }, composer, random) {
    const patterns = Object.keys(patternProperties).map((source) => new RegExp(source, 'u'))
    const known = membersOf(value).filter(
      ([name]) => Object.hasOwn(properties, name) || patterns.some((pattern) => pattern.test(name)),
    )
    return known.length >= Math.max(1, least) ? Object.fromEntries(known) : composer.value(random)
  },
  faults: [{ accepts: 'an additional member', noticedBy: /additionalProperties/ }],
}
