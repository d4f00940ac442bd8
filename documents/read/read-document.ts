import { readFile } from 'node:fs/promises'
import { buildModel } from './build-model.ts'
import type { Document, Reading } from './document.ts'
import { DocumentError } from './document-error.ts'
import type { Json } from './json.ts'
import { below, normalize, type Pointer, valueAt } from './json-pointer.ts'
import { parseYaml } from './parse-yaml.ts'

export type { Document, Reading } from './document.ts'
export type { Json } from './json.ts'
export { DocumentError }

/**
 * Reads an OpenAPI document (3.0, 3.1, 3.2) or Swagger 2.0 from a YAML or JSON file.
 * @throws DocumentError when it cannot be read or parsed, or is nothing of OpenAPI
 */
export async function readDocument(file: string): Promise<Reading> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code)
    throw new DocumentError(`cannot read ${file}: ${reason}`)
  }
  return parseOpenApi(text, file)
}

/** The same from its text. @param name how errors call the document */
export function parseOpenApi(text: string, name: string): Reading {
  const twice: Pointer[] = []
  const data = parseText(text, name, (pointer) => twice.push(pointer))
  return buildModel(data, name, twice)
}

/** @param onTwice is told which members of an object were given again; the last one counts */
function parseText(text: string, name: string, onTwice: (pointer: Pointer) => void): Json {
  // JSON is a subset of YAML, but its own parser is many times faster. What is trimmed may be a byte order mark.
  const start = text.trimStart()
  if (start.startsWith('{')) {
    try {
      return JSON.parse(start)
    } catch {
      // It may be YAML in flow style; the YAML parser also says where an error is.
    }
  }
  return parseYaml(text, name, onTwice)
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
