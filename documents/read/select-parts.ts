import { jsonpath } from 'json-p3'
import type { Json } from './json.ts'

/**
 * The paths of all parts of a document that a JSONPath query selects (RFC 9535).
 * @throws Error that says why it is no query
 */
export const selectParts = (query: string, data: Json): (string | number)[][] =>
  jsonpath.query(query, data).nodes.map(({ location }) => location)
