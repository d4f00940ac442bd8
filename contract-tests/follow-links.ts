import type { DeclaredLink } from '../documents/contract/operation.ts'
import { valuesAt } from '../documents/json-pointer.ts'
import type { Json } from '../documents/read-document.ts'
import { idTextOf } from './find-identity.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** A request and its reply, from which expressions take their values. */
export interface LinkSource {
  readonly request: CaseRequest
  readonly reply: JudgedReply
}

/** A link with its expressions replaced by values. */
export interface FollowedLink {
  readonly link: DeclaredLink
  /** By name, as the link has them: texts, or the members of a deepObject. */
  readonly parameters: Readonly<Record<string, Json>>
  readonly body?: Json
  readonly shows: Readonly<Record<string, Json>>
}

/** The link once for each item of its list, or once. Where an expression finds nothing, that one is left out. */
export function followLink(link: DeclaredLink, source: LinkSource): FollowedLink[] {
  if (link.each === undefined) return [fill(link, source, undefined, 0)].filter((one) => one !== undefined)
  const list = evaluate(link.each, source)
  if (!Array.isArray(list)) return []
  return list.map((_, index) => fill(link, source, link.each, index)).filter((one) => one !== undefined)
}

function fill(
  link: DeclaredLink,
  source: LinkSource,
  each: string | undefined,
  index: number,
): FollowedLink | undefined {
  const value = (expression: Json): Json => substitute(expression, source, each, index)
  const parameters = Object.entries(link.parameters).map(([name, expression]) => [name, value(expression)] as const)
  const body = link.requestBody === undefined ? undefined : value(link.requestBody)
  // What a reply calls an id may be none: it would lead elsewhere.
  const isOdd = (one: Json) => one === undefined || one === null || (typeof one === 'string' && !idTextOf(one))
  if (parameters.some(([, one]) => isOdd(one)) || holdsNothing(body, link.requestBody)) return undefined
  return {
    link,
    parameters: Object.fromEntries(
      parameters.map(([name, one]) => [name.replace(/^(?:path|query|header)\./, ''), one]),
    ),
    ...(body !== undefined && { body }),
    shows: Object.fromEntries(Object.entries(link.shows).map(([pointer, expression]) => [pointer, value(expression)])),
  }
}

const holdsNothing = (value: Json, template: Json): boolean => {
  if (template !== undefined && value === undefined) return true
  if (typeof value === 'string' && value !== template) return idTextOf(value) === undefined
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(template ?? {}).some(([key, part]) => holdsNothing(value[key], part))
}

/** A value whose texts that begin with `$` are replaced by what they lead to. */
export const evaluateAll = (value: Json, source: LinkSource): Json => substitute(value, source, undefined, 0)

function substitute(expression: Json, source: LinkSource, each: string | undefined, index: number): Json {
  if (typeof expression === 'string') {
    if (!expression.startsWith('$')) return expression
    const item =
      each !== undefined && expression.startsWith(`${each}/0`)
        ? `${each}/${index}${expression.slice(each.length + 2)}`
        : expression
    return evaluate(item, source)
  }
  if (Array.isArray(expression)) return expression.map((part) => substitute(part, source, each, index))
  if (typeof expression !== 'object' || expression === null) return expression
  return Object.fromEntries(
    Object.entries(expression).map(([key, part]) => [key, substitute(part, source, each, index)]),
  )
}

/** Runtime expressions of OpenAPI 3.1, section 4.8.20.4, as far as links need them. */
export function evaluate(expression: string, { request, reply }: LinkSource): Json {
  const [, side, place, name = ''] =
    /^\$(request|response)\.(body|path|query|header)(?:[#.](.*))?$/s.exec(expression) ?? []
  if (place === 'body') {
    const body = side === 'response' ? reply.body : bodyOf(request)
    return name === '' || name === '/' ? body : valuesAt(body, name)[0]
  }
  if (place === 'path') return request.params?.[name]
  if (place === 'query') return new URL(request.path, 'http://localhost').searchParams.get(name) ?? undefined
  if (place === 'header') return (side === 'response' ? reply : request).headers[name.toLowerCase()]
  return undefined
}

/** What a request sends as JSON; undefined where it sends none. */
export function bodyOf({ body }: CaseRequest): Json {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return undefined
  }
}
