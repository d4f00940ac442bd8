import type { DeclaredLink, DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { asCaller } from './ask-as-caller.ts'
import type { RequestBuilder } from './build-request.ts'
import { itemPathOf } from './classify-operation.ts'
import { excerpt } from './cut-text.ts'
import { idTextOf, normalName, sameId } from './find-identity.ts'
import { callOf, leavesOf, plainValuesIn, type Trail } from './find-trails.ts'
import { groupBy } from './group-by.ts'
import { nameKey, namesOf } from './name-record.ts'
import { bodyOf } from './read-rows.ts'
import { BY_BODY, type Target } from './target.ts'
import type { CaseRequest } from './vocabulary.ts'

/** Knows which things the members of a request's body and the parameters of its query name. */
export class MemberNames {
  readonly #places: ReadonlyMap<string, DeclaredOperation>
  readonly #trails: ReadonlyMap<string, Trail>
  readonly #builderOf: (operationId: string) => RequestBuilder
  /** Normal names of the members and parameters that trails name things by. */
  readonly #naming: ReadonlySet<string>
  /** By operationId, normal names of the members of a body and the parameters of a query that links fill with ids. */
  readonly #linked: ReadonlyMap<string, ReadonlySet<string>>
  readonly #hasRoles: boolean

  constructor(
    places: ReadonlyMap<string, DeclaredOperation>,
    trails: ReadonlyMap<string, Trail>,
    links: readonly DeclaredLink[],
    builderOf: (operationId: string) => RequestBuilder,
  ) {
    this.#places = places
    this.#trails = trails
    this.#builderOf = builderOf
    this.#naming = new Set([...trails.values()].flatMap(namesOf))
    const leading = groupBy(links, ({ to }) => to)
    this.#linked = new Map([...places.values()].map((place) => [place.id, namesFilled(place, leading.get(place.id))]))
    this.#hasRoles = [...places.values()].some(({ role }) => role)
  }

  /** Whether members or parameters can say what an operation works on. */
  canName({ id, path, role, parameters }: DeclaredOperation): boolean {
    if (this.#linked.get(id)?.size) return true
    // Without links of its own, an operation of a document with roles names things as its neighbours do.
    if (role === undefined || itemPathOf(path) !== undefined) return false
    const inBody = this.#builderOf(id).bodySites.map((site) => site.path.at(-1) ?? '')
    const inQuery = parameters.flatMap((one) => (one.in === 'query' ? [one.name as string] : []))
    return [...inBody, ...inQuery].some((name) => this.#naming.has(normalName(name)))
  }

  /** @returns undefined where members do not say what the operation works on */
  targetsOf(request: CaseRequest): readonly Target[] | undefined {
    const place = this.#places.get(request.operationId)
    if (!place || !this.canName(place)) return undefined
    const targets = this.valuesIn(request).flatMap(([name, value]): Target[] => {
      const id = idTextOf(value)
      if (id === undefined) return []
      return [
        {
          keys: [nameKey(request, name, id)],
          ids: [sameId(id)],
          collection: BY_BODY,
          label: `${name} ${excerpt(id)}`,
          ...this.#reach(normalName(name), id, request),
        },
      ]
    })
    // Only who wrote roles has thought of what a request does that names nothing.
    return targets.length > 0 || this.#hasRoles ? targets : undefined
  }

  /** What stands in a request's query and body under the names by which things are named. */
  valuesIn(request: CaseRequest): (readonly [name: string, value: Json])[] {
    const linked = this.#linked.get(request.operationId)
    // Members of a deepObject have their names in brackets: `filter[petId]` (OpenAPI 3.1, Style Values).
    const inQuery = [...new URL(request.path, 'http://localhost').searchParams].flatMap(([name, value]) =>
      name.split(/[[\]]+/).map((part) => [part, value] as const),
    )
    return [...inQuery, ...plainValuesIn(bodyOf(request))].filter(
      ([name]) => linked?.has(normalName(name)) || this.#naming.has(normalName(name)),
    )
  }

  /** How things that go by this name are created, and what reads one of them by it. */
  #reach(name: string, id: string, by: CaseRequest): Pick<Target, 'trail' | 'reading'> {
    const trails = [...this.#trails.values()].filter((trail) => namesOf(trail).includes(name))
    for (const trail of trails) {
      const place = trail.reading && this.#places.get(trail.reading.to)
      const parameter = place?.parameters.find(
        (one) => ['path', 'query'].includes(one.in) && normalName(one.name) === name,
      )
      if (!place || !parameter) continue
      const value = { [parameter.name]: id }
      const where =
        parameter.in === 'path' ? { path: { ...by.params, ...value } } : { path: by.params ?? {}, query: value }
      return { trail, reading: asCaller(this.#builderOf(place.id).request(where), by) }
    }
    return trails[0] ? { trail: trails[0] } : {}
  }
}

/** Normal names of what links to an operation fill with ids, its path apart. */
function namesFilled({ parameters }: DeclaredOperation, links: readonly DeclaredLink[] = []): ReadonlySet<string> {
  const inPath = new Set(parameters.filter((one) => one.in === 'path').map(({ name }) => name as string))
  const leaves = links.flatMap((link) => leavesOf(callOf(link)))
  return new Set(
    leaves.filter(({ name, isInBody }) => isInBody || !inPath.has(name)).map(({ name }) => normalName(name)),
  )
}

/** Ids in the body of a request whose path says what it works on: `{ ids: [1, 9] }`. */
export const idsInBody = (request: CaseRequest): string[] =>
  Object.entries<Json>(bodyOf(request) ?? {})
    .filter(([name]) => /id$/.test(normalName(name)))
    .flatMap(([, value]) => [value].flat().map(idTextOf))
    .filter((id) => id !== undefined)
