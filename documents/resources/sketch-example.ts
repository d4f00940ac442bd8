import { isJson } from '../contract/find-json.ts'
import type { MediaType } from '../contract/operation.ts'
import type { Schema, SchemaPlace } from '../contract/schema.ts'
import { below } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'

/** Examples in examples that are more than anybody writes by hand. */
const MOST_LEVELS = 6

/**
 * What a body looks like of which only an example says anything: its members, and the types of their values. Nothing is held
 * to it: another body may have more, or less. Undefined where no example is an object or a list.
 */
export function sketchExample({ type, pointer, examples = {}, schema }: MediaType): SchemaPlace | undefined {
  const own = typeof schema?.schema === 'object' ? [schema.schema.example, ...(schema.schema.examples ?? [])] : []
  const [example] = [...Object.values(examples), ...own]
    .map((one) => (typeof one === 'string' && isJson(type) ? readText(one) : one))
    .filter((one) => typeof one === 'object' && one !== null)
  if (example === undefined) return undefined
  return { schema: sketch(example, 0), pointer: below(pointer, 'example'), evidence: 'assumed' }
}

function readText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sketch(value: Json, level: number): Schema {
  if (level > MOST_LEVELS || value === null || value === undefined) return {}
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? sketch(value[0], level + 1) : {} }
  if (typeof value !== 'object') return { type: typeof value }
  const members = Object.entries<Json>(value).map(([name, member]) => [name, sketch(member, level + 1)])
  return { type: 'object', properties: Object.fromEntries(members) }
}
