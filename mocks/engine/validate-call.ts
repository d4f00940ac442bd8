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

/**
 * Checks parameters, media type and body against the operation's declaration, and gives them their types. It reads what
 * the built-in APIs take, in the fewest bytes: single values in path and query, texts in brackets, and JSON. What else a
 * document can declare is read by `readCall` of `mocks/requests`.
 */
export function validateCall(
  operation: Operation,
  validators: OperationValidators,
  pathValues: Readonly<Record<string, string>>,
  call: Call,
): Input | Refusal {
  const path = coerceAll(operation, 'path', (parameter) => pathValues[parameter.name])
  const query = coerceAll(operation, 'query', (parameter) => queryValueOf(parameter, call.query))
  const refusal = check('path', validators.path, path) ?? check('query', validators.query, query)
  if (refusal) return refusal
  const body = readBody(operation, call)
  if (body && 'refusal' in body) return body.refusal
  if (body && validators.body && !validators.body(body.value)) return refuseBy('', validators.body)
  return { path, query, headers: ABSENT, body: body?.value }
}

/** What of a place breaks its schema. */
export function check(place: string, validate: Validate | undefined, values: object): Refusal | undefined {
  return validate && !validate(values) ? refuseBy(place, validate) : undefined
}

/** The first error as a refusal. */
export function refuseBy(place: string, validate: Validate): Refusal {
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
  const sentence = error.message ?? `must satisfy ${keyword}`
  return keyword === 'pattern' ? tellPattern(error.instancePath, sentence) : sentence
}

/** A pattern that is longer than a line says nothing to people: what it is for does. */
export function tellPattern(at: string, sentence: string): string {
  if (sentence.length < 150) return sentence
  return `is not ${/mail/i.test(at) ? 'an e-mail address' : 'a text'} as the vendor's page defines it`
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

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Text becomes what its schema asks for where it can; what cannot stays text, and validation says so. */
function coerce({ types }: Parameter, text: string | readonly string[] | Record<string, string>): unknown {
  // What came several times is no single value, and stays the list that it is.
  if (typeof text !== 'string') return text
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (!(types.includes('integer') || types.includes('number')) || !NUMBER.test(text)) return text
  const number = Number(text)
  // JSON has no infinity: 1e999 stays text.
  return Number.isFinite(number) ? number : text
}

/** What a body stands for, or why it is not read. */
export type ReadBody = { readonly value: unknown } | { readonly refusal: Refusal }

function readBody(operation: Operation, call: Call): ReadBody | undefined {
  const declared = operation.body
  if (!declared) return undefined
  const isData = call.body !== undefined
  if (!isData && !call.text && !call.bytes) {
    if (!declared.required) return undefined
    return { refusal: refuse('invalid', 'body is required', { at: '/', rule: 'required' }) }
  }
  const contentType = call.headers?.['content-type']
  if (contentType || !isData) {
    const mediaType = mediaTypeOf(contentType ?? '')
    if (!declared.mediaTypes.includes(mediaType) || !isUtf8(contentType)) {
      const message = tellMediaTypes(declared.mediaTypes, contentType)
      return { refusal: refuse('unsupported-media-type', message, { at: 'header/content-type', rule: 'content-type' }) }
    }
  }
  if (!isData) return call.text ? readJson(call.text) : { refusal: NOT_UTF8 }
  return isTooDeep(call.text ?? '') ? TOO_DEEP : { value: call.body }
}

/** Of a text in other bytes nobody knows what it says; a lenient reader would make another text of it. */
export const NOT_UTF8 = refuse('malformed-body', 'body is not valid UTF-8', { at: '/', rule: 'encoding' })

export const TOO_DEEP = {
  refusal: refuse('malformed-body', `body is nested deeper than ${MAX_DEPTH} levels`, { at: '/', rule: 'depth' }),
}

/** Reads a body that is JSON. */
export function readJson(text: string): ReadBody {
  if (isTooDeep(text)) return TOO_DEEP
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { refusal: refuse('malformed-body', tellPosition(error as Error), { at: '/', rule: 'json' }) }
  }
}

/** What is said of a body that none of the declared media types covers. */
export function tellMediaTypes(declared: readonly string[], contentType?: string): string {
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
