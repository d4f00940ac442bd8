import { valuesAt } from '../../documents/read/json-pointer.ts'
import { onceFor } from '../../documents/read/once.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { tenantOf } from './ask-as-caller.ts'
import { identitiesIn, idTextOf, normalName, recordsIn, sameId } from './find-identity.ts'
import { IDENTITY, type Leaf, lastName, leavesOf, type Trail } from './find-trails.ts'
import { belowFirstItem, evaluate, type LinkSource } from './follow-links.ts'
import type { CaseRequest } from './vocabulary.ts'

/** The values that an expression has for one record. */
type LookUp = (expression: string) => Json[]

/**
 * Looks expressions up in a record of a creation's reply, or of a search or a list (`isListed`): below its place in the
 * reply, or by their last name where the record stands in another reply.
 */
export function lookUpIn(trail: Trail, record: Json, source: LinkSource, isListed: boolean): LookUp {
  const { each } = trail
  return (expression) => {
    if (expression.startsWith(IDENTITY)) {
      const parameter = expression.slice(IDENTITY.length)
      const found = identitiesIn(record, parameter)
      return found.length > 0 || isListed ? found : [fromLocation(source) ?? ofOnlyOne(record, parameter)]
    }
    if (!/^\$(?:response|request)\.body/.test(expression)) return [evaluate(expression, source)]
    // A record of a list may be anybody's: only it itself says what it is called.
    if (isListed) return identitiesIn(record, lastName(expression))
    const member = each === undefined ? undefined : belowFirstItem(expression, each)
    if (member !== undefined) return valuesAt(record, member)
    if (expression.startsWith('$request')) return [evaluate(expression, source)]
    // Without a fragment it is the whole body (OpenAPI 3.1, Runtime Expressions).
    return valuesAt(record, expression.replace(/^[^#]*#?/, ''))
  }
}

/** The ids in a record; none where it names nothing. */
export function idsOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): string[] {
  const lookUp = lookUpIn(trail, record, source, isListed)
  const ids = namingExpressions(trail)
    .flatMap(lookUp)
    .map(idTextOf)
    .filter((id) => id !== undefined)
  return [...new Set(ids.map(sameId))]
}

/** What bodies name a record by: `userid=U2abc`. */
export function nameKeysOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): string[] {
  const lookUp = lookUpIn(trail, record, source, isListed)
  const keys = namingLeaves(trail).flatMap(({ name, expression }) => {
    const id = idTextOf(lookUp(expression)[0])
    return id === undefined ? [] : [nameKey(source.request, name, id)]
  })
  return [...new Set(keys)]
}

/** `userid=U2abc`, behind the caller's tenant: the same id of two tenants is two things. */
export const nameKey = (caller: CaseRequest, name: string, id: string): string =>
  `${tenantOf(caller)}${normalName(name)}=${id}`

/** Normal names of what says which thing is meant. */
export const namesOf = (trail: Trail): string[] => namingLeaves(trail).map(({ name }) => normalName(name))

/** The leaves that say which thing is meant: those of reading and removal, and those of other calls that are ids as well. */
const namingLeaves = onceFor((trail: Trail): readonly Leaf[] => {
  const own = [trail.removal, trail.reading].flatMap((call) => (call ? leavesOf(call) : []))
  const expressions = new Set(own.map(({ expression }) => expression))
  const others = trail.others
    .flatMap(leavesOf)
    .filter(({ expression, name }) => expressions.has(expression) || /id$/.test(normalName(name)))
  const leaves = [...own, ...others]
  // A creation that can be listed only: its records have an id all the same.
  return leaves.length > 0 ? leaves : [{ name: 'id', expression: `${IDENTITY}id`, isInBody: false }]
})

/** Many calls name a thing by the same. */
const namingExpressions = onceFor((trail: Trail): readonly string[] => [
  ...new Set(namingLeaves(trail).map(({ expression }) => expression)),
])

/** Of a reply that shows what was created in a list, as all replies of some APIs do: what the only item is called. */
function ofOnlyOne(body: Json, parameter: string): Json {
  const [one, ...others] = recordsIn(body) ?? []
  return others.length > 0 ? undefined : identitiesIn(one, parameter)[0]
}

/** The last segment of a Location (RFC 9110, section 10.2.2) on a creation's reply names what was created. */
function fromLocation({ reply }: LinkSource): Json {
  const path = reply.headers['location']
    ?.split(/[?#]/)[0]
    ?.replace(/\/+$/, '')
    .replace(/\.(?:json|xml)$/, '')
  const segment = path?.slice(path.lastIndexOf('/') + 1)
  try {
    return segment ? decodeURIComponent(segment) : undefined
  } catch {
    return undefined
  }
}
