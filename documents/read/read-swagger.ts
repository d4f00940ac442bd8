import type { Json } from './json.ts'
import { type Pointer, valueAt } from './json-pointer.ts'
import type { TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'

/** What the parts of a document of Swagger 2.0 are upgraded with. */
export interface SwaggerReader {
  readonly document: Json
  readonly moved: MovedParts
  readonly tell: TellAt
  /** The part itself, or what its `$ref` leads to, with the place where that is written. */
  follow(part: Json, pointer: Pointer): { readonly value: Json; readonly pointer: Pointer }
}

export function readSwagger(document: Json, moved: MovedParts, tell: TellAt): SwaggerReader {
  return {
    document,
    moved,
    tell,
    follow(part, pointer) {
      const reference: unknown = part?.$ref
      if (typeof reference !== 'string' || !reference.startsWith('#')) return { value: part, pointer }
      return { value: valueAt(document, reference), pointer: reference }
    },
  }
}

/** Whether a parameter is of the body: all of it, or a field of a form. */
export const isOfBody = (parameter: Json): boolean => parameter?.in === 'body' || parameter?.in === 'formData'

/** A list of media types, or of schemes, or the one that there is; undefined where none are said. */
export function mediaTypesOf(types: Json): string[] | undefined {
  const known = [types].flat().filter((type) => typeof type === 'string')
  return known.length > 0 ? known : undefined
}
