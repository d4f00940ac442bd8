import { type Pointer, valuesAt } from '../documents/json-pointer.ts'
import { placesOf, responseAt } from '../documents/list-operations.ts'
import { type Document, dereferenceAt, type Json, memberOf } from '../documents/read-document.ts'
import { idTextOf } from './find-identity.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** One of a response's links (OpenAPI 3.1, Link Object), with our `x-each` and `x-shows`. */
export interface Link {
  readonly name: string
  /** Where it stands in the document. */
  readonly pointer: Pointer
  readonly from: string
  /** The response it stands on: `201`, `2XX`. */
  readonly status: string
  readonly to: string
  /** The target's `x-role`. */
  readonly role: string | undefined
  readonly parameters: Readonly<Record<string, Json>>
  readonly requestBody?: Json
  /** An expression that names the list whose item 0 stands in the other expressions. */
  readonly each?: string
  /** Pointers into the target's reply, and what must be there. */
  readonly shows: Readonly<Record<string, Json>>
}

/** A request and its reply, from which expressions take their values. */
export interface LinkSource {
  readonly request: CaseRequest
  readonly reply: JudgedReply
}

/** A link with its expressions replaced by values. */
export interface FollowedLink {
  readonly link: Link
  /** By name, as the link has them: texts, or the members of a deepObject. */
  readonly parameters: Readonly<Record<string, Json>>
  readonly body?: Json
  readonly shows: Readonly<Record<string, Json>>
}

/** The links of all responses in the document. */
export function listLinks(document: Document): Link[] {
  const places = placesOf(document)
  const roleOf = new Map(places.map(({ id, operation }) => [id, operation['x-role'] as string | undefined]))
  return places.flatMap((place) =>
    Object.keys(place.operation.responses ?? {})
      .filter((status) => status.startsWith('2'))
      .flatMap((status) => {
        const response = responseAt(document, place, status)
        return Object.keys(response.value.links ?? {}).map((name) => {
          const { value: link, pointer } = dereferenceAt(document, memberOf(response, 'links', name))
          const each = typeof link['x-each'] === 'string' ? asExpression(link['x-each']) : undefined
          return {
            name,
            status,
            pointer,
            from: place.id,
            to: link.operationId,
            role: roleOf.get(link.operationId),
            parameters: link.parameters ?? {},
            ...(link.requestBody !== undefined && { requestBody: link.requestBody }),
            ...(each !== undefined && { each }),
            shows: link['x-shows'] ?? {},
          }
        })
      }),
  )
}

/** A bare pointer is one into the reply's body. */
const asExpression = (text: string): string => (text.startsWith('$') ? text : `$response.body#${text}`)

/** The link once for each item of its list, or once. Where an expression finds nothing, that one is left out. */
export function followLink(link: Link, source: LinkSource): FollowedLink[] {
  if (link.each === undefined) return [fill(link, source, undefined, 0)].filter((one) => one !== undefined)
  const list = evaluate(link.each, source)
  if (!Array.isArray(list)) return []
  return list.map((_, index) => fill(link, source, link.each, index)).filter((one) => one !== undefined)
}

function fill(link: Link, source: LinkSource, each: string | undefined, index: number): FollowedLink | undefined {
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
