import { cookieOf } from './identify-caller.ts'
import {
  type Call,
  type Input,
  type Operation,
  type OperationValidators,
  type Parameter,
  type Query,
  type Refusal,
  refuse,
  type SchemaError,
  type Validate,
} from './vocabulary.ts'

/** Deeper JSON is refused: past some thousand levels a later JSON.stringify overflows the stack. */
export const MAX_DEPTH = 1000

/** Checks parameters, media type and body against the operation's declaration, and gives them their types. */
export function validateCall(
  operation: Operation,
  validators: OperationValidators,
  pathValues: Readonly<Record<string, string>>,
  call: Call,
): Input | Refusal {
  const path = coerceAll(operation, 'path', (parameter) => pathValues[parameter.name])
  const query = coerceAll(operation, 'query', (parameter) => queryValueOf(parameter, call.query))
  const headers = coerceAll(operation, 'header', (parameter) => call.headers?.[parameter.name.toLowerCase()])
  const cookies = coerceAll(operation, 'cookie', (parameter) => cookieOf(call, parameter.name))
  const refusal =
    check('path', validators.path, path) ??
    check('query', validators.query, query) ??
    check('header', validators.header, headers) ??
    check('cookie', validators.cookie, cookies)
  if (refusal) return refusal
  const body = readBody(operation, call)
  if (body !== undefined && 'refusal' in body) return body.refusal
  if (body && !body.isText && validators.body && !validators.body(body.value)) return refuseBy('', validators.body)
  return { path, query, headers, body: body?.value }
}

function check(place: string, validate: Validate | undefined, values: object): Refusal | undefined {
  return validate && !validate(values) ? refuseBy(place, validate) : undefined
}

function refuseBy(place: string, validate: Validate): Refusal {
  const error = validate.errors?.[0] as SchemaError
  const at = place + error.instancePath
  return refuse('invalid', `${at || 'body'} ${sentenceOf(error)}`, { at: at || '/', rule: error.keyword })
}

/** The rule in words, with what was allowed; JSON Schema keywords are named by their own messages otherwise. */
export function sentenceOf(error: SchemaError): string {
  const { params, keyword } = error
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).map(show).join(', ')}`
  if (keyword === 'const') return `must be ${show(params['allowedValue'])}`
  if (keyword === 'additionalProperties') return `must not have a property ${show(params['additionalProperty'])}`
  if (keyword === 'type') return `must be ${[params['type']].flat().join(' or ')}`
  return error.message ?? `must satisfy ${keyword}`
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const ABSENT: Readonly<Record<string, unknown>> = Object.freeze({})

function coerceAll(
  operation: Operation,
  place: Parameter['in'],
  read: (parameter: Parameter) => string | readonly string[] | Record<string, string> | undefined,
): Readonly<Record<string, unknown>> {
  let values: Record<string, unknown> | undefined
  for (const parameter of operation.parameters) {
    if (parameter.in !== place) continue
    const raw = read(parameter)
    if (raw === undefined) continue
    values ??= {}
    values[parameter.name] = coerce(parameter, raw)
  }
  return values ?? ABSENT
}

function queryValueOf(
  parameter: Parameter,
  query?: Query,
): string | readonly string[] | Record<string, string> | undefined {
  if (!query) return undefined
  if (parameter.style !== 'deepObject') return Object.hasOwn(query, parameter.name) ? query[parameter.name] : undefined
  const members: [name: string, value: string][] = []
  for (const [name, value] of Object.entries(query)) {
    if (name.startsWith(`${parameter.name}[`) && name.endsWith(']')) {
      const member = name.slice(parameter.name.length + 1, -1)
      members.push([member, typeof value === 'string' ? value : (value.at(-1) as string)])
    }
  }
  // Assigned one by one, a member `__proto__` would vanish unseen.
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

/** Text becomes what its schema asks for where it can; what cannot stays text, and validation says so. */
function coerce(parameter: Parameter, raw: string | readonly string[] | Record<string, string>): unknown {
  if (typeof raw === 'object' && !Array.isArray(raw)) return raw
  if (parameter.types.includes('array')) {
    const separator = SEPARATORS[parameter.style] ?? ','
    const parts =
      typeof raw === 'string' ? (parameter.explode ? [raw] : raw.split(separator)) : (raw as readonly string[])
    return parts.map((part) => coerceText(parameter.itemTypes as readonly string[], part))
  }
  // What came several times is no number either, and stays the list that it is.
  return coerceText(parameter.types, raw as string)
}

/** What stands between the items of one value; a comma elsewhere (OpenAPI 3.1, Parameter Object, "Style Values"). */
const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function coerceText(types: readonly string[], text: string): unknown {
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (!(types.includes('integer') || types.includes('number')) || !NUMBER.test(text)) return text
  const number = Number(text)
  // JSON has no infinity: 1e999 stays text.
  return Number.isFinite(number) ? number : text
}

interface ReadBody {
  readonly value: unknown
  /** It is no JSON, so no schema of the document is about it. */
  readonly isText?: true
}

function readBody(operation: Operation, call: Call): ReadBody | { refusal: Refusal } | undefined {
  const declared = operation.body
  if (!declared) return undefined
  const isData = call.body !== undefined
  if (!isData && !call.text) {
    if (!declared.required) return undefined
    return { refusal: refuse('invalid', 'body is required', { at: '/', rule: 'required' }) }
  }
  const contentType = call.headers?.['content-type']
  if (!isData && contentType === 'application/json' && declared.mediaTypes.includes(contentType)) {
    return readJson(call.text as string)
  }
  if (contentType || !isData) {
    const mediaType = mediaTypeOf(contentType ?? '')
    if (!mediaType || !declared.mediaTypes.some((range) => covers(range, mediaType)) || !isUtf8(contentType)) {
      const message = tellMediaTypes(declared.mediaTypes, contentType)
      return { refusal: refuse('unsupported-media-type', message, { at: 'header/content-type', rule: 'content-type' }) }
    }
    if (!isData && !isJson(mediaType)) return { value: call.text, isText: true }
  }
  if (!isData) return readJson(call.text as string)
  return isTooDeep(call.text ?? '') ? TOO_DEEP : { value: call.body }
}

const TOO_DEEP = {
  refusal: refuse('malformed-body', `body is nested deeper than ${MAX_DEPTH} levels`, { at: '/', rule: 'depth' }),
}

function readJson(text: string): ReadBody | { refusal: Refusal } {
  if (isTooDeep(text)) return TOO_DEEP
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { refusal: refuse('malformed-body', tellPosition(error as Error), { at: '/', rule: 'json' }) }
  }
}

function tellMediaTypes(declared: readonly string[], contentType?: string): string {
  // Only what looks like a media type is told back: a header is a place where secrets are put by mistake.
  const [sent] = /^[\w.+-]+\/[\w.+*-]+(?:\s*;\s*charset\s*=\s*"?[\w-]+"?)?/i.exec(String(contentType)) ?? []
  return `content-type must be ${declared.join(' or ')}${sent ? `, not ${sent}` : ''}`
}

function tellPosition({ message }: Error): string {
  // The wording differs between JavaScript engines, and replies must not; the position does not.
  const position = /at position (\d+)/.exec(message)?.[1]
  return `body is not valid JSON${position === undefined ? '' : ` at position ${position}`}`
}

const mediaTypeOf = (contentType: string): string => (contentType.split(';', 1)[0] as string).trim().toLowerCase()

export const isJson = (mediaType: string): boolean => mediaType === 'application/json' || mediaType.endsWith('+json')

const isUtf8 = (contentType?: string): boolean => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(String(contentType))?.[1]
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)
}

/** @param declared a media type or a range of them, as the document writes it: perhaps with parameters */
function covers(declared: string, mediaType: string): boolean {
  const range = mediaTypeOf(declared)
  return range === mediaType || range === '*/*' || (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)))
}

export function isTooDeep(text: string): boolean {
  // Few opening brackets cannot nest deeply: indexOf counts them at memory speed, and most bodies stop here.
  let openers = 0
  for (let at = text.indexOf('{'); at >= 0 && openers <= MAX_DEPTH; at = text.indexOf('{', at + 1)) openers++
  for (let at = text.indexOf('['); at >= 0 && openers <= MAX_DEPTH; at = text.indexOf('[', at + 1)) openers++
  if (openers <= MAX_DEPTH) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}
