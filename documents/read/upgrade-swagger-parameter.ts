import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { SwaggerReader } from './read-swagger.ts'

/** What a parameter or header of Swagger 2.0 says itself; all else is its schema. */
const OWN = new Set(['name', 'in', 'description', 'required', 'allowEmptyValue', 'collectionFormat', 'deprecated'])

/** How the items of a list are divided (Swagger 2.0, Parameter Object, `collectionFormat`). */
const STYLES: Readonly<Record<string, { readonly style: string; readonly explode: boolean }>> = {
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
}

/**
 * A parameter that is none of a body, or a header. What describes its values becomes its schema.
 * @param written where it was written
 * @param goal where it will stand
 */
export function upgradeSwaggerParameter(reader: SwaggerReader, parameter: Json, written: Pointer, goal: Pointer): Json {
  if (typeof parameter !== 'object' || parameter === null || typeof parameter.$ref === 'string') return parameter
  const { own, schema } = splitParameter(parameter)
  reader.moved.add(below(goal, 'schema'), written)
  return { ...own, ...styleOf(reader, parameter, written), schema }
}

/** What a parameter of Swagger says of itself and of its values. */
export function splitParameter(parameter: Json): { readonly own: Json; readonly schema: Json } {
  const own: Json = {}
  const schema: Json = {}
  for (const [name, value] of Object.entries<Json>(parameter)) {
    if (name === 'collectionFormat') continue
    if (name === 'x-example') own.example = value
    else if (OWN.has(name) || (name.startsWith('x-') && name !== 'x-nullable')) own[name] = value
    else schema[name] = name === 'items' ? itemsOf(value) : value
  }
  return { own, schema }
}

/** The items of items are divided by a character of their own, which OpenAPI 3 cannot say. */
function itemsOf(items: Json): Json {
  if (typeof items !== 'object' || items === null || Array.isArray(items)) return items
  const { collectionFormat: _, ...schema } = items
  return schema.items === undefined ? schema : { ...schema, items: itemsOf(schema.items) }
}

/** @returns `style` and `explode` of a list; Swagger divides by commas where nothing is said */
export function styleOf({ tell }: SwaggerReader, parameter: Json, written: Pointer): Json {
  const { type, in: place, collectionFormat: format = 'csv' } = parameter
  if (type !== 'array') return {}
  const isForm = place === 'query' || place === 'formData'
  const style = isForm ? STYLES[format] : undefined
  if (style) return style
  if (format !== 'csv')
    tell(
      'style-unknown',
      `collectionFormat ${format} cannot be said in OpenAPI 3 in ${place ?? 'a header'}`,
      'commas are used',
      below(written, 'collectionFormat'),
    )
  return isForm ? { style: 'form', explode: false } : {}
}
