import type { Contract } from '../documents/contract/contract.ts'
import type { DeclaredLink, DeclaredOperation } from '../documents/contract/operation.ts'
import type { Json } from '../documents/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import {
  classifyOperations,
  type Effect,
  isRemoval,
  itemParameterOf,
  itemPathOf,
  itemShapeOf,
  placeAt,
} from './classify-operation.ts'
import { identitiesIn, idTextOf, normalName, sameId } from './find-identity.ts'
import {
  type Call,
  callOf,
  findTrails,
  IDENTITY,
  type Leaf,
  lastName,
  leavesOf,
  plainName,
  plainValuesIn,
  type Trail,
} from './find-trails.ts'
import { bodyOf, evaluate, type LinkSource } from './follow-links.ts'
import { groupBy } from './group-by.ts'
import type { CaseRequest } from './vocabulary.ts'
import { valuesAt } from './walk-schema.ts'

/** A thing that a request or a reply names, and how to reach it. */
export interface Target {
  /** What requests name it by: `/pets/7`, `userid=U2abc`. */
  readonly keys: readonly string[]
  /** Its ids, made comparable (see `sameId`). */
  readonly ids: readonly string[]
  /** What ids are told apart in: the shape of its path, or that bodies name it. */
  readonly collection: string
  /** For people: `createPet → deletePet {"petId":"7"}`. */
  readonly label: string
  /** The last parameter of its path, where a path names it. */
  readonly item?: string
  /** How things like it are created. */
  readonly trail?: Trail
  readonly reading?: CaseRequest
  readonly removal?: CaseRequest
}

/** What a request works on, as far as it says so; nothing: nobody knows. */
export interface NamedThings {
  readonly byPath?: Target
  /** By members of its body or parameters of its query; empty: they could name something, and name nothing. */
  readonly byMembers?: readonly Target[]
}

export const targetsIn = ({ byPath, byMembers = [] }: NamedThings): readonly Target[] =>
  byPath ? [byPath, ...byMembers] : byMembers

interface DocumentKit {
  readonly contract: Contract
  builderOf(operationId: string): RequestBuilder
}

/** Knows of a document which things its requests and replies name. */
export class Targets {
  readonly #kit: DocumentKit
  readonly #places: ReadonlyMap<string, DeclaredOperation>
  readonly #effects: ReadonlyMap<string, Effect>
  readonly trails: ReadonlyMap<string, Trail>
  /** Normal names of the members and parameters that trails name things by. */
  readonly #naming: ReadonlySet<string>
  /** By operationId, normal names of the members of a body and the parameters of a query that links fill with ids. */
  readonly #linked: ReadonlyMap<string, ReadonlySet<string>>
  readonly #hasRoles: boolean

  constructor(kit: DocumentKit) {
    const { contract } = kit
    this.#kit = kit
    this.#places = new Map(contract.operations.map((place) => [place.id, place]))
    this.#effects = classifyOperations(contract)
    this.trails = findTrails(
      contract,
      new Set([...this.#effects].flatMap(([id, effect]) => (effect === 'creates' ? [id] : []))),
    )
    this.#naming = new Set([...this.trails.values()].flatMap(namesOf))
    const links = groupBy(contract.links, ({ to }) => to)
    this.#linked = new Map(
      [...this.#places.values()].map((place) => [place.id, namesFilled(place, links.get(place.id))]),
    )
    this.#hasRoles = [...this.#places.values()].some(({ role }) => role)
  }

  effectOf(operationId: string): Effect {
    return this.#effects.get(operationId) ?? 'changes'
  }

  /** Whether an operation takes away what it names. */
  removes(operationId: string): boolean {
    return isRemoval(this.#places.get(operationId))
  }

  /** The trail of what an operation with a path of its own works on: that of `POST /pets` for `PUT /pets/{petId}`. */
  trailOfItem(operationId: string): Trail | undefined {
    const shape = itemShapeOf(this.#places.get(operationId)?.path ?? '')
    return shape === undefined ? undefined : [...this.trails.values()].find((trail) => trail.itemShape === shape)
  }

  /** The ids in a record of a creation's reply, or of a search or a list (`isListed`); none where it names nothing. */
  idsOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): string[] {
    const values = namingLeaves(trail).flatMap(({ expression }) =>
      lookUp(expression, record, source, trail.each, isListed),
    )
    return [
      ...new Set(
        values
          .map(idTextOf)
          .filter((id) => id !== undefined)
          .map(sameId),
      ),
    ]
  }

  /** What such a record is; undefined where it names nothing. */
  targetOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): Target | undefined {
    const pick = (expression: string) => lookUp(expression, record, source, trail.each, isListed)[0]
    const removal = trail.removal && this.#requestFor(trail.removal, pick, source)
    const reading = trail.reading && this.#requestFor(trail.reading, pick, source)
    const ids = this.idsOf(trail, record, source, isListed)
    const one = removal ?? reading ?? this.#itemRequest(trail, pick, source)
    if (!one || ids.length === 0) return undefined
    const key = trail.itemShape === undefined ? undefined : this.#pathKeyOf(one)
    const item = key === undefined ? undefined : this.#itemOf(one)
    return {
      keys: key ? [key] : this.nameKeysOf(trail, record, source, isListed),
      ids,
      collection: trail.itemShape ?? BY_BODY,
      label: `${trail.from} → ${one.operationId} ${one.body ?? JSON.stringify(one.params ?? {})}`,
      ...(item !== undefined && { item }),
      trail,
      ...(reading && { reading }),
      ...(removal && { removal }),
    }
  }

  /** What bodies name a record by: `userid=U2abc`. */
  nameKeysOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): string[] {
    const keys = namingLeaves(trail).flatMap(({ name, expression }) => {
      const id = idTextOf(lookUp(expression, record, source, trail.each, isListed)[0])
      return id === undefined ? [] : [`${tenantOf(source.request)}${normalName(name)}=${id}`]
    })
    return [...new Set(keys)]
  }

  /** What a request works on. */
  namedBy(request: CaseRequest): NamedThings {
    const byMembers = this.#targetsOfMembers(request)
    // Where members name the thing, the last parameter of the path may be no more than the tenant.
    const byPath = byMembers && !this.trailOfItem(request.operationId) ? undefined : this.#targetOfPath(request)
    return { ...(byPath && { byPath }), ...(byMembers && { byMembers }) }
  }

  /** The thing that a request's path names; undefined where it has no parameter, or one that cannot name anything. */
  #targetOfPath(request: CaseRequest): Target | undefined {
    const key = this.#pathKeyOf(request)
    if (key === undefined) return undefined
    const itemPath = itemPathOf(this.#places.get(request.operationId)?.path ?? '')
    const call = (method: string): CaseRequest | undefined => {
      const found = placeAt(this.#places.values(), method, itemPath)
      return found && asCaller(this.#kit.builderOf(found.id).request({ path: request.params ?? {} }), request)
    }
    const trail = this.trailOfItem(request.operationId)
    const [reading, removal] = [call('GET'), call('DELETE')]
    return {
      keys: [key],
      ids: [sameId(this.#itemOf(request) as string)],
      collection: itemShapeOf(itemPath ?? '') as string,
      label: `${request.operationId} ${key}`,
      ...(trail && { trail }),
      ...(reading && { reading }),
      ...(removal && { removal }),
    }
  }

  /** @returns undefined where members of a body or a query do not say what the operation works on */
  #targetsOfMembers(request: CaseRequest): readonly Target[] | undefined {
    const place = this.#places.get(request.operationId)
    if (!place || !this.#isNamedByMembers(place)) return undefined
    const targets = this.#idsIn(request).flatMap(([name, value]): Target[] => {
      const id = idTextOf(value)
      if (id === undefined) return []
      const { trail, reading } = this.#reach(normalName(name), id, request)
      return [
        {
          keys: [`${tenantOf(request)}${normalName(name)}=${id}`],
          ids: [sameId(id)],
          collection: BY_BODY,
          label: `${name} ${id}`,
          ...(trail && { trail }),
          ...(reading && { reading }),
        },
      ]
    })
    // Only who wrote roles has thought of what a request does that names nothing.
    return targets.length > 0 || this.#hasRoles ? targets : undefined
  }

  /**
   * What a creation says of things that it does not create. None of a document with roles: its author says what it does.
   * `parents`: path parameters that nobody gave, by the shape of the path up to them. `options`: query parameters that
   * it can do without.
   */
  askedOf(request: CaseRequest): { parents: { collection: string; ids: string[] }[]; options: string[] } {
    const place = this.#places.get(request.operationId)
    if (!place || place.role) return { parents: [], options: [] }
    const given = this.#kit.builderOf(place.id).context.params
    const names = [...place.path.matchAll(/\{([^{}/]+)\}/g)].map(([, name = '']) => name)
    const parents = names
      .filter((name) => given[name] === undefined)
      .map((name) => ({
        collection: itemShapeOf(place.path.slice(0, place.path.indexOf(`{${name}}`) + name.length + 2)) as string,
        ids: [sameId(request.params?.[name] ?? '')],
      }))
    const asked = new Set(new URL(request.path, 'http://localhost').searchParams.keys())
    const options = place.parameters
      .filter(
        (one) => one.in === 'query' && !one.required && [...asked].some((name) => name.split('[')[0] === one.name),
      )
      .map(({ name }) => name)
    return { parents, options }
  }

  /** The things that the rows of a creation's body name by themselves; none of a document with roles. */
  targetsOfRows(trail: Trail, rows: readonly Json[], request: CaseRequest): Target[] {
    const place = this.#places.get(request.operationId)
    const parameter = /\{([^{}/]+)\}$/.exec(itemPathOf(this.#itemPlaceOf(trail)?.path ?? '') ?? '')?.[1]
    if (!place || place.role || parameter === undefined) return []
    const suffix = /(?:uuid|guid|sid|slug|key|name|code|number|id)$/.exec(normalName(parameter))?.[0]
    const wanted = new Set([normalName(parameter), suffix, 'id'])
    const source = { request, reply: { status: 0, headers: {}, text: '', duration: 0, body: undefined } }
    return rows.flatMap((row) =>
      Object.entries<Json>(typeof row === 'object' && row !== null ? row : {})
        .filter(([name, value]) => wanted.has(normalName(name)) && idTextOf(value) !== undefined)
        .flatMap(([, value]) => this.targetOf(trail, { [parameter]: value }, source, true) ?? []),
    )
  }

  /** Ids in the body of a request whose path says what it works on: `{ ids: [1, 9] }`. */
  idsInBody(request: CaseRequest): string[] {
    return Object.entries<Json>(bodyOf(request) ?? {})
      .filter(([name]) => /id$/.test(normalName(name)))
      .flatMap(([, value]) => [value].flat().map(idTextOf))
      .filter((id) => id !== undefined)
  }

  #itemPlaceOf(trail: Trail): DeclaredOperation | undefined {
    return [...this.#places.values()].find(
      ({ path }) => trail.itemShape !== undefined && itemShapeOf(path) === trail.itemShape,
    )
  }

  /** A text in the place of an id that would lead elsewhere, in the path, the query or the body of a request. */
  oddIdIn(request: CaseRequest): string | undefined {
    const inPath = Object.values(request.params ?? {}).find((value) => idTextOf(value) === undefined)
    if (inPath !== undefined || this.effectOf(request.operationId) !== 'changes') return inPath
    // An empty text names nothing.
    return this.#idsIn(request)
      .map(([, value]) => value)
      .find((one) => typeof one === 'string' && one !== '' && !idTextOf(one))
  }

  /** Whether an operation can say which thing it works on. */
  isNamed(operationId: string): boolean {
    const place = this.#places.get(operationId)
    return place !== undefined && (this.#isNamedByMembers(place) || itemPathOf(place.path) !== undefined)
  }

  #isNamedByMembers({ id, path, role, parameters }: DeclaredOperation): boolean {
    if (this.#linked.get(id)?.size) return true
    // Without links of its own, an operation of a document with roles names things as its neighbours do.
    if (role === undefined || itemPathOf(path) !== undefined) return false
    const inBody = this.#kit.builderOf(id).bodySites.map((site) => site.path.at(-1) ?? '')
    const inQuery = parameters.flatMap((one) => (one.in === 'query' ? [one.name as string] : []))
    return [...inBody, ...inQuery].some((name) => this.#naming.has(normalName(name)))
  }

  /** What stands in a request's query and body under the names by which things are named. */
  #idsIn(request: CaseRequest): (readonly [name: string, value: Json])[] {
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
    const trails = [...this.trails.values()].filter((trail) => namesOf(trail).includes(name))
    for (const trail of trails) {
      const place = trail.reading && this.#places.get(trail.reading.to)
      const parameter = place?.parameters.find(
        (one) => ['path', 'query'].includes(one.in) && normalName(one.name) === name,
      )
      if (!place || !parameter) continue
      const value = { [parameter.name]: id }
      const where =
        parameter.in === 'path' ? { path: { ...by.params, ...value } } : { path: by.params ?? {}, query: value }
      return { trail, reading: asCaller(this.#kit.builderOf(place.id).request(where), by) }
    }
    return trails[0] ? { trail: trails[0] } : {}
  }

  /** The path of the thing that a request works on: `/pets/7` of `/pets/7/photos`. */
  #pathKeyOf({ operationId, params = {}, credentials }: CaseRequest): string | undefined {
    const path = itemPathOf(this.#places.get(operationId)?.path ?? '')
    let isWhole = path !== undefined
    const key = path?.replace(/\{([^{}/]+)\}/g, (_, name: string) => {
      const id = idTextOf(params[name])
      if (id === undefined) isWhole = false
      return id === undefined ? '' : encodeURIComponent(id)
    })
    return isWhole ? `${tenantOf({ credentials })}${key}` : undefined
  }

  #itemOf({ operationId, params = {} }: CaseRequest): string | undefined {
    const name = itemParameterOf(this.#places.get(operationId)?.path ?? '')
    return name === undefined ? undefined : params[name]
  }

  /** Something that names the thing by its path, where nothing reads or removes it. */
  #itemRequest(trail: Trail, pick: (expression: string) => Json, source: LinkSource): CaseRequest | undefined {
    const place = [...this.#places.values()].find(({ path }) => itemShapeOf(path) === trail.itemShape)
    const name = place && itemParameterOf(place.path)
    if (!place || !name) return undefined
    return this.#requestFor({ to: place.id, parameters: { [name]: `${IDENTITY}${name}` } }, pick, source)
  }

  /** The call with its expressions replaced; undefined where one of them finds nothing that can name a thing. */
  #requestFor(call: Call, pick: (expression: string) => Json, source: LinkSource): CaseRequest | undefined {
    let isWhole = true
    const pickId = (expression: string) => {
      const value = pick(expression)
      if (idTextOf(value) === undefined) isWhole = false
      return value
    }
    const values = Object.fromEntries(
      Object.entries(call.parameters).map(([name, value]) => [plainName(name), fill(value, pickId)]),
    )
    const body = fill(call.body, pickId)
    if (!isWhole) return undefined
    const builder = this.#kit.builderOf(call.to)
    const known = { ...builder.context.params, ...source.request.params, ...values }
    // An example in the place of a parent would be anybody's.
    if (builder.place.parameters.some((one) => one.in === 'path' && !Object.hasOwn(known, one.name))) return undefined
    return asCaller(builder.linkedRequest(values, body, source.request.params), source.request)
  }
}

/** What the second tenant made is read and removed as the second tenant; all else with the run's own credentials. */
const asCaller = (request: CaseRequest, { credentials }: CaseRequest): CaseRequest =>
  credentials === 'second' ? { ...request, credentials } : request

/** The same name may be somebody else's in another tenant. */
const tenantOf = ({ credentials }: { readonly credentials?: CaseRequest['credentials'] }): string =>
  credentials === 'second' ? 'second ' : ''

/** The collection of things that bodies name: a document with roles has one of them. */
const BY_BODY = 'body'

/** Normal names of what says which thing is meant. */
const namesOf = (trail: Trail): string[] => namingLeaves(trail).map(({ name }) => normalName(name))

/** Normal names of what links to an operation fill with ids, its path apart. */
function namesFilled({ parameters }: DeclaredOperation, links: readonly DeclaredLink[] = []): ReadonlySet<string> {
  const inPath = new Set(parameters.filter((one) => one.in === 'path').map(({ name }) => name as string))
  const leaves = links.flatMap((link) => leavesOf(callOf(link)))
  return new Set(
    leaves.filter(({ name, isInBody }) => isInBody || !inPath.has(name)).map(({ name }) => normalName(name)),
  )
}

/** The leaves that say which thing is meant: those of reading and removal, and those of other calls that are ids as well. */
function namingLeaves(trail: Trail): Leaf[] {
  const own = [trail.removal, trail.reading].flatMap((call) => (call ? leavesOf(call) : []))
  const expressions = new Set(own.map(({ expression }) => expression))
  const others = trail.others
    .flatMap(leavesOf)
    .filter(({ expression, name }) => expressions.has(expression) || /id$/.test(normalName(name)))
  const leaves = [...own, ...others]
  // A creation that can be listed only: its records have an id all the same.
  return leaves.length > 0 ? leaves : [{ name: 'id', expression: `${IDENTITY}id`, isInBody: false }]
}

/** An expression's values for one record: below its place in the list, or by its last name in a record of another reply. */
function lookUp(
  expression: string,
  record: Json,
  source: LinkSource,
  each: string | undefined,
  isListed: boolean,
): Json[] {
  if (expression.startsWith(IDENTITY)) {
    const found = identitiesIn(record, expression.slice(IDENTITY.length))
    return found.length > 0 || isListed ? found : [fromLocation(source)]
  }
  if (!/^\$(?:response|request)\.body/.test(expression)) return [evaluate(expression, source)]
  // A record of a list may be anybody's: only it itself says what it is called.
  if (isListed) return identitiesIn(record, lastName(expression))
  const item = `${each}/0`
  if (each !== undefined && (expression === item || expression.startsWith(`${item}/`)))
    return valuesAt(record, expression.slice(item.length))
  if (expression.startsWith('$request')) return [evaluate(expression, source)]
  return valuesAt(record, expression.slice(expression.indexOf('#') + 1))
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

function fill(template: Json, pick: (expression: string) => Json): Json {
  if (typeof template === 'string') return template.startsWith('$') ? pick(template) : template
  if (Array.isArray(template)) return template.map((part) => fill(part, pick))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, fill(part, pick)]))
}
