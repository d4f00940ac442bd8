import { isJson, parseMediaType } from '../../documents/media-types/match-media-type.ts'
import { check, isTooDeep, refuseBy } from '../engine/validate-call.ts'
import {
  type Call,
  type Input,
  isRefusal,
  type Operation,
  type OperationValidators,
  type Parameter,
  type Refusal,
  refuse,
} from '../engine/vocabulary.ts'
import { checkLimits } from './check-limits.ts'
import { type ReadContent, readContent } from './read-content.ts'
import { type ReadParameters, readParameters } from './read-parameters.ts'

/**
 * Reads whatever request a document can declare: parameters of all styles, bodies of all media types, each held to its own
 * schema. In the place of `validateCall`, which reads what APIs of plain JSON need.
 */
export function readCall(
  operation: Operation,
  validators: OperationValidators,
  pathValues: Readonly<Record<string, string>>,
  call: Call,
): Input | Refusal {
  if ([pathValues, call.query, call.headers].some(holdsTooDeep))
    return refuse('invalid', 'a parameter is nested too deep', { rule: 'depth' })
  const read = readValid(operation, validators, pathValues, call)
  if (isRefusal(read)) return read
  const beyond = checkLimits(operation, (parameter) => textOf(parameter, pathValues, call))
  if (beyond) return beyond
  const { path, query, header, querystring } = read
  const content = readContent(operation, call)
  if (content && 'refusal' in content) return content.refusal
  const breach = content && !content.isText ? checkContent(validators, operation, content) : undefined
  if (breach) return breach
  const [whole] = Object.values(querystring)
  return {
    path,
    query: { ...query, ...Object(whole) },
    headers: { ...conditionsIn(call), ...header },
    body: content?.value,
    ...(content && { mediaType: content.mediaType }),
    url: urlOf(call),
  }
}

function holdsTooDeep(values: Readonly<Record<string, string | readonly string[]>> = {}): boolean {
  for (const name in values) {
    const value = values[name] as string | readonly string[]
    if (typeof value === 'string' ? isTooDeep(value) : value.some(isTooDeep)) return true
  }
  return false
}

/** What a client lets a request depend on, whether it is declared or not: every server may hear it (RFC 9110, section 13.1). */
const CONDITIONS = ['if-match', 'if-none-match']

const conditionsIn = ({ headers = {} }: Call): Record<string, string> =>
  Object.fromEntries(
    CONDITIONS.flatMap((name) => (Object.hasOwn(headers, name) ? [[name, headers[name] as string]] : [])),
  )

/** Whole where it is known who was asked: a link to it must lead back here. */
function urlOf({ path, origin, headers = {} }: Call): string {
  const { host = '' } = headers
  return (origin ?? originOf(host)) + path
}

/** Of the host that was named last: most clients name one. */
let named = { host: '', origin: '' }

function originOf(host: string): string {
  if (named.host !== host) named = { host, origin: URL.canParse(`http://${host}`) ? `http://${host}` : '' }
  return named.origin
}

/** Of a parameter whose value is one text. */
function textOf({ in: place, name }: Parameter, pathValues: Readonly<Record<string, string>>, call: Call) {
  if (place === 'path') return pathValues[name]
  const sent = place === 'query' ? call.query?.[name] : place === 'header' && call.headers?.[name.toLowerCase()]
  return typeof sent === 'string' ? sent : undefined
}

/** Lists whose delimiters all came percent-encoded are read as lists, or else as the one item that they strictly are. */
function readValid(
  operation: Operation,
  validators: OperationValidators,
  pathValues: Readonly<Record<string, string>>,
  call: Call,
): ReadParameters | Refusal {
  const read = readParameters(operation, pathValues, call)
  const refusal = checkAll(validators, read)
  if (!refusal) return read
  if (!ENCODED_DELIMITER.test(`${call.path} ${call.search} ${call.headers?.['cookie']}`)) return refusal
  const strict = readParameters(operation, pathValues, call, true)
  return checkAll(validators, strict) ? refusal : strict
}

const ENCODED_DELIMITER = /%(?:2c|3b)/i

const checkAll = (validators: OperationValidators, read: ReadParameters): Refusal | undefined =>
  check('path', validators.path, read.path) ??
  check('query', validators.query, read.query) ??
  check('querystring', validators.querystring, read.querystring) ??
  check('header', validators.header, read.header) ??
  check('cookie', validators.cookie, read.cookie)

function checkContent(
  validators: OperationValidators,
  operation: Operation,
  content: ReadContent,
): Refusal | undefined {
  const { value, mediaType, isEach } = content
  const validate = validatorOf(validators, operation, mediaType)
  if (!validate) return undefined
  if (!isEach) return validate(value) ? undefined : refuseBy('', validate)
  const wrong = (value as unknown[]).findIndex((one) => !validate(one))
  return wrong < 0 ? undefined : refuseBy(`/${wrong}`, validate)
}

/** Each media type has a schema of its own; that of `application/json`, else of the first that is JSON, stands apart. */
function validatorOf({ body, bodies = {} }: OperationValidators, { body: declared }: Operation, mediaType: string) {
  if (Object.hasOwn(bodies, mediaType)) return bodies[mediaType]
  const jsons = (declared?.mediaTypes ?? []).filter((one) => isJson(parseMediaType(one).essence))
  const chosen = jsons.find((one) => parseMediaType(one).essence === 'application/json') ?? jsons[0]
  return chosen === mediaType ? body : undefined
}
