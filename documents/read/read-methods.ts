import { GRAMMAR, METHODS } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { SwaggerReader } from './read-swagger.ts'

/** The methods of a path item in lower case, as OpenAPI has them. What else looks like an operation is told. */
export function readMethods({ moved, tell }: SwaggerReader, item: Json, where: () => Pointer): Json {
  let read: Json
  for (const [written, operation] of Object.entries<Json>(item)) {
    if (typeof operation?.responses !== 'object' || written.startsWith('x-')) continue
    const method = written.trim().toLowerCase()
    if (written === method && Object.hasOwn(GRAMMAR.pathItem, method)) continue
    const at = below(where(), written)
    const message = `there is no method ${JSON.stringify(written)}`
    if (!METHODS.some((one) => one === method) || Object.hasOwn(item, method)) {
      tell('wrong-shape', message, 'it is left out', at)
      continue
    }
    tell('wrong-shape', message, `it is read as ${method}`, at)
    moved.rename(below(where(), method), at)
    const { [written]: _, ...others } = read ?? item
    read = { ...others, [method]: operation }
  }
  return read ?? item
}
