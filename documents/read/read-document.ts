import { DocumentError } from './document-error.ts'
import { fillNulls } from './fill-nulls.ts'
import type { Json } from './json.ts'
import { below, normalize, type Pointer, valueAt } from './json-pointer.ts'
import { readFiles, readText, type Written } from './read-files.ts'
import type { ReadOptions } from './read-options.ts'
import { holdsNames, isData } from './tell-keywords.ts'

export type { Json } from './json.ts'
export { DocumentError }

/** An OpenAPI 3.1 document as data: https://spec.openapis.org/oas/v3.1.1.html#openapi-object */
export interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly servers?: readonly { readonly url: string; readonly variables?: Record<string, { default: string }> }[]
  readonly paths?: Readonly<Record<string, Json>>
  readonly components?: Json
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

/**
 * Reads an OpenAPI 3.1 document from YAML or JSON, with the files that it refers to.
 * @param document a path, or an http or https URL
 * @throws DocumentError when it cannot be read or parsed, is not OpenAPI 3.1, a `$ref` leads nowhere, or an item of a list
 *   is null
 */
export const readDocument = async (document: string, options?: ReadOptions): Promise<Document> =>
  toDocument(await readFiles(document, options))

/** @param name how errors call the document */
export const parseOpenApi = (text: string, name: string): Document => toDocument(readText(text, name))

/** The document that was read. @throws DocumentError as `readDocument` */
export function toDocument({ data, name, broken, findPlace }: Written): Document {
  const document = fillNulls(data, name)
  if (typeof document?.swagger === 'string') {
    throw new DocumentError(`${name} is Swagger ${document.swagger}; rollcall reads OpenAPI 3.1`)
  }
  if (typeof document !== 'object' || document === null || typeof document.openapi !== 'string') {
    throw new DocumentError(`${name} is not an OpenAPI document: it has no "openapi" member`)
  }
  if (!document.openapi.startsWith('3.1.')) {
    throw new DocumentError(`${name} is OpenAPI ${document.openapi}; rollcall reads 3.1`)
  }
  if (typeof document.info?.title !== 'string' || typeof document.info?.version !== 'string') {
    throw new DocumentError(`${name} has no info.title or no info.version`)
  }
  for (const { pointer, reference, reason } of broken) {
    const { file, line, column } = findPlace(pointer)
    throw new DocumentError(`${file}:${line}:${column} has a $ref that leads nowhere: ${reference}: ${reason}`)
  }
  checkReferences(createReferences(document), document, '#', name)
  return document
}

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
  let reference: string | undefined
  let at = value
  for (let hops = 0; typeof at?.$ref === 'string'; hops++) {
    reference = at.$ref as string
    if (hops > 100) throw new DocumentError(`the $ref ${reference} leads in a circle`)
    at = references.valueAt(reference) as Json
  }
  return { value: at, ...(reference !== undefined && { reference }) }
}

/** A member of a part, which may not be there. */
export const memberOf = ({ value, pointer }: Part, ...tokens: readonly (string | number)[]): Part => ({
  value: tokens.reduce<Json>((at, token) => at?.[token], value),
  pointer: below(pointer, ...tokens),
})

function checkReferences(references: References, value: Json, pointer: Pointer, name: string, hasNames = false): void {
  if (typeof value !== 'object' || value === null) return
  if (typeof value.$ref === 'string') {
    if (references.valueAt(value.$ref) === undefined) {
      throw new DocumentError(`${name} has a $ref that leads nowhere at ${pointer}: ${value.$ref}`)
    }
    if (isCircular(references, value)) {
      throw new DocumentError(`${name} has a $ref that leads in a circle at ${pointer}: ${value.$ref}`)
    }
  }
  for (const [key, member] of Object.entries(value)) {
    if (!hasNames && (isData(key, member) || isExtension(key))) continue
    checkReferences(references, member, below(pointer, key), name, !hasNames && holdsNames(key))
  }
}

/** Those of rollcall may refer to each other (openapi/README.md). */
const isExtension = (key: string): boolean => key.startsWith('x-') && key !== 'x-failures'

function isCircular(references: References, value: Json): boolean {
  const seen = new Set<Json>()
  for (let at = value; typeof at?.$ref === 'string'; at = references.valueAt(at.$ref) as Json) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}
