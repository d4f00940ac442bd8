import { below, type Pointer } from '../read/json-pointer.ts'
import { dereference, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import type { DeclaredBody, MediaType } from './operation.ts'
import type { SchemaPlace } from './schema.ts'

/** Whether a media type is JSON: `application/json` or a `+json` suffix (RFC 6839, section 3.1), whatever parameters it has. */
const isJson = (type: string): boolean => /^(?:application\/json|[^;]+\+json)\s*(?:;|$)/i.test(type)

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
    json: content.find(({ type }) => isJson(type))?.schema,
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
    itemSchema: placeOf(memberOf(media, 'itemSchema'), evidence),
    examples: namedExamples(contract, media.value),
  }
}

const placeOf = ({ value, pointer }: { value: Json; pointer: Pointer }, evidence: Evidence): SchemaPlace | undefined =>
  value === undefined ? undefined : { schema: value, pointer, evidence }

function namedExamples(contract: Contract, media: Json): Record<string, unknown> | undefined {
  const named = Object.entries<Json>(media?.examples ?? {}).flatMap(([name, entry]) => {
    const example = dereference(contract, entry)
    return example && 'value' in example ? [[name, example.value] as const] : []
  })
  if (named.length === 0 && media?.example !== undefined) return { default: media.example }
  return named.length > 0 ? Object.fromEntries(named) : undefined
}
