import type { Json } from './json.ts'

/** Inside values a `$ref` member is data. A schema's `examples` are values, those of a media type are a map of objects. */
export const isData = (keyword: string, member: Json): boolean =>
  ['value', 'example', 'default', 'const', 'enum'].includes(keyword) ||
  (keyword === 'examples' && Array.isArray(member))

const MAPS = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'mapping'],
  ...['paths', 'responses', 'content', 'headers', 'variables', 'callbacks', 'links', 'encoding', 'examples'],
  ...['schemas', 'parameters', 'requestBodies', 'securitySchemes', 'pathItems'],
])

/** Whether the members of this member are named by the author: a property called `example` is not the keyword. */
export const holdsNames = (keyword: string): boolean => MAPS.has(keyword)
