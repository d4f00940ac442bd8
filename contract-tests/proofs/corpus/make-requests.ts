import type { Contract } from '../../../documents/contract/contract.ts'
import { leaveOutMembers } from '../../../documents/contract/leave-out-members.ts'
import type { DeclaredOperation, DeclaredParameter } from '../../../documents/contract/operation.ts'
import type { Schema } from '../../../documents/contract/schema.ts'
import { createRandom } from '../../../documents/patterns/random.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { makeValue } from '../../../documents/values/make-value.ts'
import { encodeBody } from './encode-body.ts'

/** A request as it is sent. */
export interface Request {
  readonly operation: DeclaredOperation
  readonly method: string
  /** With the query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/**
 * A plausible request of an operation: all that is required, credentials, and a body where one may be sent.
 * @param names what is known to stand for parameters of its path
 */
export async function makeRequest(
  contract: Contract,
  operation: DeclaredOperation,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<Request> {
  const headers: Record<string, string> = { accept: '*/*' }
  const query = new URLSearchParams()
  const cookies: string[] = []
  let { path } = operation
  for (const parameter of operation.parameters) {
    if (!parameter.required && parameter.in !== 'path') continue
    const named = parameter.in === 'path' ? names.get(parameter.name) : undefined
    const value = named ?? parameterValue(contract, operation, parameter)
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, () => inPath(parameter, value))
    else if (parameter.in === 'query') addToQuery(query, parameter, value)
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = encodeURI(joined(value))
    else if (parameter.in === 'cookie') cookies.push(`${parameter.name}=${encodeURIComponent(joined(value))}`)
  }
  addCredentials(operation, headers, query, cookies)
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ')
  const target =
    baseOf(operation.servers ?? contract.servers) +
    encodeURI(path).replaceAll('%25', '%') +
    (query.size > 0 ? `?${query}` : '')
  const { method } = operation
  const sent = await bodyOf(contract, operation)
  if (!sent) return { operation, method, target, headers }
  return { operation, method, target, headers: { ...headers, 'content-type': sent.type }, body: sent.bytes }
}

/** What stands in a request's path for each of its parameters, where nothing is known of them. */
export const pathTexts = (contract: Contract, operation: DeclaredOperation): ReadonlyMap<string, string> =>
  new Map(
    operation.parameters.flatMap((parameter) =>
      parameter.in === 'path'
        ? [[parameter.name, joined(parameterValue(contract, operation, parameter))] as const]
        : [],
    ),
  )

/** The path of the first server: the mock serves what is there below it. */
function baseOf(servers: Contract['servers']): string {
  return new URL(servers[0]?.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '')
}

function parameterValue(
  contract: Contract,
  { id }: DeclaredOperation,
  { name, in: place, examples, schema }: DeclaredParameter,
): Json {
  const make = (rules: Schema, examples: boolean) =>
    makeValue(contract, rules, createRandom('corpus', id, name), name, { examples, name })
  const value = examples[0] ?? make(schema.schema, true)
  // A path with nothing between two slashes is another one.
  return place === 'path' && value === '' ? make({ allOf: [schema.schema, { minLength: 1 }] }, false) : value
}

/** OpenAPI 3.1, Parameter Object, "Style Examples": what stands in front, and between. */
function inPath({ name, style, explode }: DeclaredParameter, value: Json): string {
  const pairs = pairsOf(value, explode).map((part) => encodeURIComponent(part).replaceAll('%3D', '='))
  if (style === 'label') return `.${pairs.join(explode ? '.' : ',')}`
  if (style !== 'matrix') return pairs.join(',')
  const isExploded = explode && typeof value === 'object'
  if (!isExploded) return `;${name}=${pairs.join(',')}`
  return pairs.map((part) => (Array.isArray(value) ? `;${name}=${part}` : `;${part}`)).join('')
}

function addToQuery(query: URLSearchParams, { name, style, explode }: DeclaredParameter, value: Json): void {
  if (typeof value !== 'object' || value === null) query.append(name, textOf(value))
  else if (style === 'deepObject') for (const key in value) query.append(`${name}[${key}]`, textOf(value[key]))
  else if (!explode) query.append(name, pairsOf(value, false).join(SEPARATORS[style] ?? ','))
  else if (Array.isArray(value)) for (const item of value) query.append(name, textOf(item))
  else for (const key in value) query.append(key, textOf(value[key]))
}

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

function pairsOf(value: Json, explode: boolean): string[] {
  if (typeof value !== 'object' || value === null) return [textOf(value)]
  if (Array.isArray(value)) return value.map(textOf)
  return Object.entries(value).flatMap(([key, member]) =>
    explode ? [`${key}=${textOf(member)}`] : [key, textOf(member)],
  )
}

const joined = (value: Json): string => pairsOf(value, false).join(',')

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

function addCredentials(
  { security }: DeclaredOperation,
  headers: Record<string, string>,
  query: URLSearchParams,
  cookies: string[],
): void {
  for (const { type, scheme = '', in: place, key = '' } of security[0] ?? []) {
    if (type === 'apiKey' && place === 'query') query.append(key, 'corpus')
    else if (type === 'apiKey' && place === 'cookie') cookies.push(`${key}=corpus`)
    else if (type === 'apiKey') headers[key.toLowerCase()] = 'corpus'
    else if (scheme.toLowerCase() === 'basic') headers['authorization'] = `Basic ${btoa('corpus:corpus')}`
    else if (scheme.toLowerCase() === 'digest') headers['authorization'] = 'Digest username="corpus"'
    else headers['authorization'] = 'Bearer corpus'
  }
}

async function bodyOf(contract: Contract, { id, body }: DeclaredOperation) {
  const media = body?.content.find(({ type }) => /\bjson\b/i.test(type)) ?? body?.content[0]
  if (!media) return undefined
  const schema = media.schema?.schema
  const [example] = Object.values(media.examples ?? {})
  const value =
    example === undefined
      ? makeValue(contract, schema ?? true, createRandom('corpus', id, 'body'), '', { examples: true })
      : leaveOutMembers(contract, schema, example, 'readOnly')
  return encodeBody(contract, media.type, value, schema)
}
