import type { BodyLayout, Encoding, Layout } from '../../documents/contract/table.ts'
import { isJson, matchMediaType, parseMediaType } from '../../documents/media-types/match-media-type.ts'
import { readFields } from '../../documents/media-types/read-fields.ts'
import type { Part } from '../../documents/media-types/read-multipart.ts'
import { isTooDeep, NOT_UTF8, TOO_DEEP } from '../engine/validate-call.ts'
import { type Refusal, refuse } from '../engine/vocabulary.ts'

/** Makes an object of the parts of a multipart body by their names; a list where no part has one. */
export function readParts(
  parts: readonly Part[],
  layout: BodyLayout,
): { readonly value: unknown; readonly isText?: boolean } | { readonly refusal: Refusal } {
  for (const part of parts) {
    const refusal = checkPart(part, layout)
    if (refusal) return { refusal }
    if (isTooDeep(part.value)) return TOO_DEEP
  }
  const named = parts.filter(({ name }) => name !== undefined)
  if (named.length === 0 && parts.length > 0) {
    const isAsked = layout.types.length === 0 || layout.types.includes('array')
    return { value: parts.map(({ value }) => value), ...(!isAsked && { isText: true }) }
  }
  const fields = named.map((part) => ({ name: part.name as string, text: part.value, isJson: isJsonPart(part) }))
  return { value: readFields(layout, fields) }
}

const typeOf = ({ headers }: Part): string | undefined => headers.get('content-type')

const isJsonPart = (part: Part): boolean => isJson(parseMediaType(typeOf(part) ?? '').essence)

/** What the encoding of a property asks of a part, and what its own media type does (OpenAPI 3.1, Encoding Object). */
function checkPart(part: Part, { encoding = {}, properties = {}, others }: BodyLayout): Refusal | undefined {
  const { name } = part
  if (name === undefined) return undefined
  const at = `/${name}`
  const { contentType, requiredHeaders = [] }: Encoding = Object.hasOwn(encoding, name)
    ? (encoding[name] as Encoding)
    : {}
  const sent = typeOf(part)
  if (contentType !== undefined && sent !== undefined) {
    const declared = contentType.split(',').map((one) => one.trim())
    if (matchMediaType(declared, parseMediaType(sent)) === undefined) {
      return refuse('invalid', `${at} must be sent as ${declared.join(' or ')}`, { at, rule: 'content-type' })
    }
  }
  const missing = requiredHeaders.find((header) => !part.headers.has(header))
  if (missing !== undefined) {
    return refuse('invalid', `${at} must be sent with the header ${missing}`, { at, rule: 'required' })
  }
  if (!isJsonPart(part)) return undefined
  if (!part.isText) return { ...NOT_UTF8, message: `${at} is not valid UTF-8`, at }
  const layout = Object.hasOwn(properties, name) ? properties[name] : others
  return isData(layout) && !isValidJson(part.value)
    ? refuse('malformed-body', `${at} is not valid JSON`, { at, rule: 'json' })
    : undefined
}

/** Where a string is asked for, JSON is a file like any other. */
const isData = ({ types }: Layout = { types: [] }): boolean => types.length === 0 || !types.includes('string')

function isValidJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
