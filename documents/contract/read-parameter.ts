import { dereference, dereferenceAt, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import type { DeclaredParameter } from './operation.ts'
import { statementAt } from './statement-at.ts'

/** @param inherited how well the operation is known */
export function readParameter(contract: Contract, parameter: Part, inherited: Evidence): DeclaredParameter {
  const { value, pointer } = parameter
  const evidence = evidenceIn(value, inherited)
  const schema = schemaAt(contract, parameter)
  const [mediaType] = value.schema === undefined ? Object.keys(value.content ?? {}) : []
  const told = tellingPart(parameter, mediaType)
  const style = value.style ?? (value.in === 'query' || value.in === 'cookie' ? 'form' : 'simple')
  return {
    name: value.name,
    in: value.in,
    required: value.required === true,
    style,
    explode: value.explode ?? style === 'form',
    schema:
      schema.value === undefined
        ? { schema: {}, pointer, evidence }
        : { schema: schema.value, pointer: schema.pointer, evidence: evidenceIn(schema.value, evidence) },
    examples: examplesOf(contract, told.value, schema.value),
    examplesPointer: statementAt(told.value, told.pointer, told.value.example === undefined ? 'examples' : 'example'),
    pointer,
    evidence,
    ...(mediaType !== undefined && { mediaType }),
    ...(value.allowEmptyValue === true && { allowsEmpty: true }),
  }
}

/** Where a parameter's schema stands, which may be under `content`. @returns the value `undefined` where it has none */
function schemaAt(contract: Contract, parameter: Part): Part {
  const { schema, content = {} } = parameter.value
  const [type = ''] = Object.keys(content)
  return dereferenceAt(
    contract,
    schema === undefined ? memberOf(parameter, 'content', type, 'schema') : memberOf(parameter, 'schema'),
  )
}

/** What has the examples of a parameter: its media type, where it has one that says any (OpenAPI 3.1, Media Type Object). */
function tellingPart(parameter: Part, mediaType: string | undefined): Part {
  if (mediaType === undefined || hasExamples(parameter.value)) return parameter
  const media = memberOf(parameter, 'content', mediaType)
  return hasExamples(media.value) ? media : parameter
}

const hasExamples = (part: Json): boolean => part?.example !== undefined || part?.examples !== undefined

function examplesOf(contract: Contract, parameter: Json, schema: Json = {}): unknown[] {
  const named = Object.values<Json>(parameter.examples ?? {}).map((entry) => dereference(contract, entry)?.value)
  const own = parameter.example === undefined ? [] : [parameter.example]
  const ofSchema = [
    ...(Array.isArray(schema.examples) ? schema.examples : []),
    schema.example,
    schema.default,
    schema.const,
  ]
  return [...own, ...named, ...ofSchema].filter((value) => value !== undefined)
}
