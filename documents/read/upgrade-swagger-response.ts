import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { SwaggerReader } from './read-swagger.ts'
import { upgradeSwaggerParameter } from './upgrade-swagger-parameter.ts'

interface Place {
  readonly written: Pointer
  readonly goal: Pointer
  /** The media types of the operation, if it or the document says any. */
  readonly produces: readonly string[] | undefined
  /** The operation says them itself: what it refers to has others there. */
  readonly isOwn?: boolean
}

/** A response of Swagger 2.0: its schema and examples stand below each media type. */
export function upgradeSwaggerResponse(reader: SwaggerReader, response: Json, place: Place): Json {
  if (typeof response.$ref === 'string') {
    if (!place.isOwn) return response
    const { value, pointer } = reader.follow(response, place.written)
    if (typeof value !== 'object' || value === null || value.$ref !== undefined) return response
    reader.moved.add(place.goal, pointer)
    return upgradeSwaggerResponse(reader, value, { ...place, written: pointer })
  }
  const { schema, examples, headers, ...own } = response
  const { moved } = reader
  const content = contentOf(reader, schema, Object(examples), place)
  const upgraded = Object.entries<Json>(Object(headers)).map(([name, header]) => {
    const [from, to] = [place.written, place.goal].map((pointer) => below(pointer, 'headers', name)) as [
      Pointer,
      Pointer,
    ]
    return [name, upgradeSwaggerParameter(reader, header, from, to)]
  })
  if (content) moved.add(below(place.goal, 'content'), place.written)
  return { ...own, ...(headers && { headers: Object.fromEntries(upgraded) }), ...(content && { content }) }
}

function contentOf({ moved }: SwaggerReader, schema: Json, examples: Json, { written, goal, produces }: Place): Json {
  if (schema === undefined && Object.keys(examples).length === 0) return undefined
  const isFile = schema?.type === 'file'
  const usual = isFile ? 'application/octet-stream' : 'application/json'
  const types = new Set([...(produces ?? (schema === undefined ? [] : [usual])), ...Object.keys(examples)])
  const content = [...types].map((type) => {
    const at = below(goal, 'content', type)
    moved.add(at, written)
    moved.rename(below(at, 'schema'), below(written, 'schema'))
    if (Object.hasOwn(examples, type)) moved.add(below(at, 'example'), below(written, 'examples', type))
    return [
      type,
      {
        ...(schema !== undefined && { schema }),
        ...(Object.hasOwn(examples, type) && { example: examples[type] }),
      },
    ]
  })
  return Object.fromEntries(content)
}
