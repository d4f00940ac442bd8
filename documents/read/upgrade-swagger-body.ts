import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { SwaggerReader } from './read-swagger.ts'
import { splitParameter, styleOf } from './upgrade-swagger-parameter.ts'

const MULTIPART = 'multipart/form-data'
const FORM = 'application/x-www-form-urlencoded'

/** A parameter of Swagger, and where it is written. */
interface Written {
  readonly value: Json
  readonly pointer: Pointer
}

/**
 * The request body that parameters `in: body` or `in: formData` are. Its schema stands below each media type.
 * @param consumes the media types of the operation, if it or the document says any
 * @param goal where the body will stand
 */
export function upgradeBody(
  reader: SwaggerReader,
  parameters: readonly Written[],
  consumes: readonly string[] | undefined,
  goal: Pointer,
): Json {
  const body = parameters.findLast(({ value }) => value.in === 'body')
  if (body) return bodyOf(reader, body, consumes ?? ['application/json'], goal)
  const fields = new Map(parameters.map((parameter) => [parameter.value.name as string, parameter]))
  return fields.size > 0 ? formOf(reader, [...fields.values()], consumes, goal) : undefined
}

function bodyOf({ moved }: SwaggerReader, { value, pointer }: Written, types: readonly string[], goal: Pointer): Json {
  const { name: _, in: __, schema, 'x-example': example, 'x-examples': examples, ...own } = value
  moved.add(goal, pointer)
  const content = types.map((type) => {
    moved.add(below(goal, 'content', type), pointer)
    moved.rename(below(goal, 'content', type, 'schema'), below(pointer, 'schema'))
    const shown = examples?.[type] ?? example
    return [type, { ...(schema !== undefined && { schema }), ...(shown !== undefined && { example: shown }) }]
  })
  return { ...own, content: Object.fromEntries(content) }
}

function formOf(
  reader: SwaggerReader,
  fields: readonly Written[],
  consumes: readonly string[] | undefined,
  goal: Pointer,
): Json {
  const given = (consumes ?? []).filter((type) => type.startsWith(MULTIPART) || type.startsWith(FORM))
  const hasFile = fields.some(({ value }) => value.type === 'file')
  // Files can only be sent in parts (Swagger 2.0, Parameter Object, `type`).
  const possible = hasFile ? given.filter((type) => type.startsWith(MULTIPART)) : given
  const types = possible.length > 0 ? possible : [hasFile ? MULTIPART : FORM]
  const required = fields.filter(({ value }) => value.required === true).map(({ value }) => value.name)
  const properties: Json = {}
  const encoding: Json = {}
  for (const { value, pointer } of fields) {
    const { own, schema } = splitParameter(value)
    properties[value.name] = {
      ...(own.description && { description: own.description }),
      ...schema,
      ...(own.example !== undefined && { example: own.example }),
    }
    const style = styleOf(reader, value, pointer)
    if (style.style) encoding[value.name] = style
    for (const type of types)
      reader.moved.add(below(goal, 'content', type, 'schema', 'properties', value.name), pointer)
  }
  const media = {
    schema: { type: 'object', properties, ...(required.length > 0 && { required }) },
    ...(Object.keys(encoding).length > 0 && { encoding }),
  }
  const [first] = fields as [Written, ...Written[]]
  reader.moved.add(goal, first.pointer)
  return {
    ...(required.length > 0 && { required: true }),
    content: Object.fromEntries(types.map((type) => [type, media])),
  }
}
