import type { DeclaredLink } from '../../documents/contract/operation.ts'
import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { idTextOf } from './find-identity.ts'
import { bodyOf } from './read-rows.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

/** A request and its reply, from which expressions take their values. */
export interface LinkSource {
  readonly request: CaseRequest
  readonly reply: JudgedReply
}

/** A request that has no reply, or none yet: only what stands in itself can be found. */
export const withoutReply = (request: CaseRequest): LinkSource => ({
  request,
  reply: { status: 0, headers: {}, text: '', duration: 0, body: undefined },
})

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
  const { each } = link
  const items = each === undefined ? [undefined] : evaluate(each, source)
  if (!Array.isArray(items)) return []
  return items.flatMap((_, index) => {
    const pick = (expression: string): Json => {
      const member = each === undefined ? undefined : belowFirstItem(expression, each)
      return evaluate(member === undefined ? expression : `${each}/${index}${member}`, source)
    }
    return followOnce(link, pick) ?? []
  })
}

/** Where an expression leads below item 0 of a list: `/id` for `…#/made/0/id`; undefined where it leads elsewhere. */
export function belowFirstItem(expression: string, each: string): string | undefined {
  const item = `${each}/0`
  return expression === item || expression.startsWith(`${item}/`) ? expression.slice(item.length) : undefined
}

function followOnce(link: DeclaredLink, pick: (expression: string) => Json): FollowedLink | undefined {
  const value = (template: Json): Json => fillExpressions(template, pick)
  const parameters = Object.entries(link.parameters).map(([name, expression]) => [name, value(expression)] as const)
  const body = link.requestBody === undefined ? undefined : value(link.requestBody)
  // What a reply calls an id may be none: it would lead elsewhere.
  const isOdd = (one: Json) => one === undefined || one === null || (typeof one === 'string' && !idTextOf(one))
  if (parameters.some(([, one]) => isOdd(one)) || holdsNothing(body, link.requestBody)) return undefined
  return {
    link,
    parameters: Object.fromEntries(parameters.map(([name, one]) => [plainName(name), one])),
    ...(body !== undefined && { body }),
    shows: Object.fromEntries(Object.entries(link.shows).map(([pointer, expression]) => [pointer, value(expression)])),
  }
}

/** A link's parameter may say where it stands: `path.petId` (OpenAPI 3.1, Link Object). */
export const plainName = (name: string): string => name.replace(/^(?:path|query|header)\./, '')

const holdsNothing = (value: Json, template: Json): boolean => {
  if (template !== undefined && value === undefined) return true
  if (typeof value === 'string' && value !== template) return idTextOf(value) === undefined
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(template ?? {}).some(([key, part]) => holdsNothing(value[key], part))
}

/** A value whose texts that begin with `$` are replaced by what they lead to. */
export const evaluateAll = (value: Json, source: LinkSource): Json =>
  fillExpressions(value, (expression) => evaluate(expression, source))

/** A template with each of its expressions (texts that begin with `$`) replaced by what is picked for it. */
export function fillExpressions(template: Json, pick: (expression: string) => Json): Json {
  if (typeof template === 'string') return template.startsWith('$') ? pick(template) : template
  if (Array.isArray(template)) return template.map((part) => fillExpressions(part, pick))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, fillExpressions(part, pick)]))
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
