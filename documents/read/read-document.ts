import { buildModel } from './build-model.ts'
import type { Document, Reading } from './document.ts'
import { DocumentError } from './document-error.ts'
import type { Json } from './json.ts'
import { below, normalize, type Pointer, valueAt } from './json-pointer.ts'
import { readFiles, readText } from './read-files.ts'
import type { ReadOptions } from './read-options.ts'

export type { Document, Reading } from './document.ts'
export type { Json } from './json.ts'
export { DocumentError }

/**
 * Reads an OpenAPI document (3.0, 3.1, 3.2) or Swagger 2.0 from YAML or JSON, with the files that it refers to.
 * @param document a path, or an http or https URL
 * @throws DocumentError when it cannot be read or parsed, or is nothing of OpenAPI
 */
export const readDocument = async (document: string, options?: ReadOptions): Promise<Reading> =>
  buildModel(await readFiles(document, options))

/** The same from its text. @param name how errors call the document */
export const parseOpenApi = (text: string, name: string): Reading => buildModel(readText(text, name))

/** Who knows what the local references of a document lead to. */
export interface References {
  /** Undefined where a pointer leads nowhere. */
  valueAt(pointer: Pointer): unknown
}

/** Those of a document, which must not change any more: the same references are followed again and again. */
export function createReferences(document: Document): References {
  const known = new Map<Pointer, unknown>()
  return {
    valueAt(pointer) {
      if (!known.has(pointer)) known.set(pointer, valueAt(document, pointer))
      return known.get(pointer)
    },
  }
}

/** The value itself, or what its `$ref` (or chain of them) leads to. */
export const dereference = (references: References, value: Json): Json => chase(references, value).value

/** A part of a document, and where it stands. */
export interface Part {
  readonly value: Json
  /** As a URI fragment. */
  readonly pointer: Pointer
}

/** The part itself, or what its `$ref` (or chain of them) leads to. */
export function dereferenceAt(references: References, { value, pointer }: Part): Part {
  const end = chase(references, value)
  return { value: end.value, pointer: end.reference === undefined ? pointer : normalize(end.reference) }
}

function chase(references: References, value: Json): { readonly value: Json; readonly reference?: string } {
  if (typeof value?.$ref !== 'string') return { value }
  const way = new Set<string>()
  let reference: string | undefined
  let at = value
  while (typeof at?.$ref === 'string') {
    reference = at.$ref as string
    if (way.has(reference)) throw new DocumentError(`the $ref ${reference} leads in a circle`)
    way.add(reference)
    at = references.valueAt(reference) as Json
  }
  return { value: at, ...(reference !== undefined && { reference }) }
}

/** A member of a part, which may not be there. */
export const memberOf = ({ value, pointer }: Part, ...tokens: readonly (string | number)[]): Part => ({
  value: tokens.reduce<Json>((at, token) => at?.[token], value),
  pointer: below(pointer, ...tokens),
})
