import type { Json } from '../read/json.ts'
import type { DifferingPart } from './differing-parts.ts'
import { isSameData } from './same-data.ts'

/** Keywords that say nothing of which members a body has, nor which parameters and replies there are. */
const REMARKS = new Set([
  ...['title', 'summary', 'description', 'externalDocs', 'deprecated', 'tags', 'security', 'servers', 'x-failures'],
  ...['example', 'examples', 'default', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
])

/** What holds members by names of the author's, of which none is a keyword. */
const MAPS = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas', 'headers', 'content'],
  ...['responses', 'links', 'callbacks', 'encoding', 'paths', 'additionalOperations', 'mapping', 'variables'],
])

/** Whether a part differs in nothing but remarks, examples and limits: what bodies are made of is the same. */
export function hasSameForm({ way, before, after }: DifferingPart): boolean {
  if (way.length === 1) return way[0] === 'security' || way[0] === 'servers'
  if (way[0] === 'components' && way[1] === 'examples') return true
  if (before === undefined || after === undefined) return false
  const [room, , member = ''] = way
  // Parts of `components` are named by the author; members of a path item are keywords.
  if (room === 'paths' && REMARKS.has(member)) return true
  return isSame(before, after, room === 'paths' && MAPS.has(member))
}

function isSame(one: Json, other: Json, isMap: boolean): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, index) => isSame(item, other[index], false))
  }
  const isRemark = (name: string) => !isMap && REMARKS.has(name)
  const [names, others] = [Object.keys(one), Object.keys(other)].map((all) => all.filter((name) => !isRemark(name)))
  // Also in the same order: which member comes first may decide.
  if (!isSameData(names, others)) return false
  return (names as string[]).every((name) =>
    !isMap && (name.startsWith('x-') || name === 'enum' || name === 'const')
      ? isSameData(one[name], other[name])
      : isSame(one[name], other[name], !isMap && MAPS.has(name)),
  )
}
