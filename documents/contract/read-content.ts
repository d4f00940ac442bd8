import { below, type Pointer } from '../read/json-pointer.ts'
import { dereference, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import { isJson, jsonIn } from './find-json.ts'
import type { DeclaredBody, MediaType } from './operation.ts'
import type { SchemaPlace } from './schema.ts'
import type { Encoding } from './table.ts'

/** What a request body or a response may hold. */
export function readContent(contract: Contract, holder: Part, evidence: Evidence): Omit<DeclaredBody, 'required'> {
  const contentPointer = below(holder.pointer, 'content')
  const content = Object.entries<Json>(holder.value?.content ?? {}).map(([type, value]) =>
    readMediaType(contract, type, { value, pointer: below(contentPointer, type) }, evidence),
  )
  return {
    pointer: holder.pointer,
    evidence,
    content,
    contentPointer,
    json: jsonIn(content)?.schema,
  }
}

/** An operation's request body; undefined where it takes none. */
export function readBody(contract: Contract, holder: Part, inherited: Evidence): DeclaredBody | undefined {
  const { value } = holder
  if (!value) return undefined
  return { required: value.required === true, ...readContent(contract, holder, evidenceIn(value, inherited)) }
}

function readMediaType(contract: Contract, type: string, media: Part, evidence: Evidence): MediaType {
  return {
    type,
    pointer: media.pointer,
    schema: placeOf(memberOf(media, 'schema'), evidence),
    ...(media.value?.encoding && { encoding: readEncoding(contract, media.value.encoding) }),
    itemSchema: placeOf(memberOf(media, 'itemSchema'), evidence),
    examples: namedExamples(contract, type, media.value),
  }
}

function readEncoding(contract: Contract, byProperty: Json): Record<string, Encoding> {
  const read = Object.entries<Json>(byProperty).map(([property, one]) => {
    const { contentType, headers = {} } = one ?? {}
    // The header Content-Type is described by the member of that name (OpenAPI 3.1, Encoding Object).
    const required = Object.keys(headers).filter(
      (name) => name.toLowerCase() !== 'content-type' && dereference(contract, headers[name])?.required === true,
    )
    const encoding: Encoding = {
      ...(typeof contentType === 'string' && { contentType }),
      ...readStyle(one ?? {}),
      ...(required.length > 0 && { requiredHeaders: required.map((name) => name.toLowerCase()) }),
    }
    return [property, encoding] as const
  })
  return Object.fromEntries(read)
}

/** One of them given, the other has its default (OpenAPI 3.1, Encoding Object); none: a text or JSON, by its type. */
function readStyle({ style: given, explode }: Json): Pick<Encoding, 'style' | 'explode'> {
  if (typeof given !== 'string' && typeof explode !== 'boolean') return {}
  const style = typeof given === 'string' ? given : 'form'
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'deepObject' }
}

const placeOf = ({ value, pointer }: { value: Json; pointer: Pointer }, evidence: Evidence): SchemaPlace | undefined =>
  value === undefined ? undefined : { schema: value, pointer, evidence }

function namedExamples(contract: Contract, type: string, media: Json): Record<string, unknown> | undefined {
  const named = Object.entries<Json>(media?.examples ?? {}).flatMap(([name, entry]) =>
    valuesOf(type, dereference(contract, entry)).map((value) => [name, value] as const),
  )
  if (named.length === 0 && media?.example !== undefined) return { default: media.example }
  return named.length > 0 ? Object.fromEntries(named) : undefined
}

/** The value of an example, or what it is written as (OpenAPI 3.2, Example Object). @returns nothing where it says none */
function valuesOf(type: string, example: Json): Json[] {
  if (!example) return []
  const { value, serializedValue } = example
  if ('value' in example) return [value]
  if (typeof serializedValue !== 'string') return []
  if (!isJson(type)) return [serializedValue]
  try {
    return [JSON.parse(serializedValue)]
  } catch {
    return []
  }
}
