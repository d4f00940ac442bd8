import { isJson, parseMediaType } from '../../documents/media-types/match-media-type.ts'
import { check, isTooDeep, refuseBy } from '../engine/validate-call.ts'
import {
  type Call,
  type Input,
  type Operation,
  type OperationValidators,
  type Refusal,
  refuse,
} from '../engine/vocabulary.ts'
import { readContent } from './read-content.ts'
import { readParameters } from './read-parameters.ts'

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
  const texts = [...Object.values(pathValues), ...Object.values(call.query ?? {}), ...Object.values(call.headers ?? {})]
  if (texts.flat().some(isTooDeep)) return refuse('invalid', 'a parameter is nested too deep', { rule: 'depth' })
  const { path, query, header, cookie, querystring } = readParameters(operation, pathValues, call)
  const refusal =
    check('path', validators.path, path) ??
    check('query', validators.query, query) ??
    check('querystring', validators.querystring, querystring) ??
    check('header', validators.header, header) ??
    check('cookie', validators.cookie, cookie)
  if (refusal) return refusal
  const content = readContent(operation, call)
  if (content && 'refusal' in content) return content.refusal
  const validate = content && !content.isText ? validatorOf(validators, operation, content.mediaType) : undefined
  if (validate && !validate(content?.value)) return refuseBy('', validate)
  const [whole] = Object.values(querystring)
  return {
    path,
    query: { ...query, ...Object(whole) },
    headers: header,
    body: content?.value,
    ...(content && { mediaType: content.mediaType }),
    url: urlOf(call),
  }
}

/** Whole where it is known who was asked: a link to it must lead back here. */
function urlOf({ path, origin, headers = {} }: Call): string {
  const { host = '' } = headers
  const asked = origin ?? (host !== '' && URL.canParse(`http://${host}`) ? `http://${host}` : '')
  return asked + path
}

/** Each media type has a schema of its own; the first that is JSON stands apart. */
function validatorOf({ body, bodies = {} }: OperationValidators, { body: declared }: Operation, mediaType: string) {
  if (Object.hasOwn(bodies, mediaType)) return bodies[mediaType]
  const firstJson = declared?.mediaTypes.find((one) => isJson(parseMediaType(one).essence))
  return firstJson === mediaType ? body : undefined
}
