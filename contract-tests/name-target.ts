import { type OperationPlace, placesOf } from '../documents/list-operations.ts'
import type { Document, Json } from '../documents/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import {
  classifyOperations,
  type Effect,
  isReading,
  isRemoval,
  itemParameterOf,
  itemPathOf,
  itemShapeOf,
  placeAt,
} from './classify-operation.ts'
import { identitiesIn, idTextOf, normalName, sameId } from './find-identity.ts'
import { type Call, findTrails, IDENTITY, type Leaf, lastName, leavesOf, plainName, type Trail } from './find-trails.ts'
import { evaluate, type LinkSource, listLinks } from './follow-links.ts'
import type { CaseRequest } from './vocabulary.ts'
import { valuesAt } from './walk-schema.ts'

/** A thing that a request or a reply names, and how to reach it. */
export interface Target {
  /** What requests name it by: `/pets/7`, `userid=U2abc`. */
  readonly keys: readonly string[]
  /** Its ids, made comparable (see `sameId`). */
  readonly ids: readonly string[]
  /** For people: `createPet → deletePet {"petId":"7"}`. */
  readonly label: string
  /** The last parameter of its path, where a path names it. */
  readonly item?: string
  readonly reading?: CaseRequest
  readonly removal?: CaseRequest
}

interface DocumentKit {
  readonly document: Document
  builderOf(operationId: string): RequestBuilder
}

/** Knows of a document which things its requests and replies name. */
export class Targets {
  readonly #kit: DocumentKit
  readonly #places: ReadonlyMap<string, OperationPlace>
  readonly #effects: ReadonlyMap<string, Effect>
  readonly trails: ReadonlyMap<string, Trail>
  /** Normal names of the members and parameters by which links name things. */
  readonly #linked: ReadonlySet<string>
  readonly #namedByBody: ReadonlySet<string>
  readonly #hasRoles: boolean

  constructor(kit: DocumentKit) {
    const { document } = kit
    this.#kit = kit
    this.#places = new Map(placesOf(document).map((place) => [place.id, place]))
    this.#effects = classifyOperations(document)
    this.trails = findTrails(
      document,
      new Set([...this.#effects].flatMap(([id, effect]) => (effect === 'creates' ? [id] : []))),
    )
    this.#linked = new Set(
      [...this.trails.values()].flatMap((trail) => namingLeaves(trail).map(({ name }) => normalName(name))),
    )
    const calls = listLinks(document).map((link) => ({
      to: link.to,
      parameters: link.parameters,
      body: link.requestBody,
    }))
    this.#namedByBody = new Set(
      calls.filter((call) => leavesOf(call).some(({ isInBody }) => isInBody)).map(({ to }) => to),
    )
    this.#hasRoles = [...this.#places.values()].some(({ operation }) => operation['x-role'])
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
    const [one = this.#itemRequest(trail, pick, source)] = [removal ?? reading]
    if (!one || ids.length === 0) return undefined
    const key = trail.itemShape === undefined ? undefined : this.#pathKeyOf(one)
    const item = key === undefined ? undefined : this.#itemOf(one)
    return {
      keys: key ? [key] : this.nameKeysOf(trail, record, source, isListed),
      ids,
      label: `${trail.from} → ${one.operationId} ${one.body ?? JSON.stringify(one.params ?? {})}`,
      ...(item !== undefined && { item }),
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

  /** The thing that a request's path names; undefined where it has no parameter, or one that cannot name anything. */
  targetOfPath(request: CaseRequest): Target | undefined {
    const place = this.#places.get(request.operationId)
    const key = this.#pathKeyOf(request)
    const itemPath = place && itemPathOf(place.path)
    if (key === undefined || itemPath === undefined) return undefined
    const call = (method: string): CaseRequest | undefined => {
      const found = placeAt(this.#places.values(), method, itemPath)
      return found && asCaller(this.#kit.builderOf(found.id).request({ path: request.params ?? {} }), request)
    }
    const [reading, removal] = [call('GET'), call('DELETE')]
    return {
      keys: [key],
      ids: [sameId(this.#itemOf(request) ?? '')],
      label: `${request.operationId} ${key}`,
      ...(reading && { reading }),
      ...(removal && { removal }),
    }
  }

  /**
   * The things that a request's body names, each as a key, with a request that reads it where there is one.
   * @returns undefined where not the body names what the operation works on
   */
  targetsOfBody(request: CaseRequest): readonly Target[] | undefined {
    const place = this.#places.get(request.operationId)
    if (!place || !this.#isNamedByBody(place)) return undefined
    const members = Object.entries<Json>(parse(request.body) ?? {}).filter(([name]) =>
      this.#linked.has(normalName(name)),
    )
    return members.flatMap(([name, value]) =>
      [value].flat().flatMap((one: Json): Target[] => {
        const id = idTextOf(one)
        if (id === undefined) return []
        const reading = this.#readingBy(normalName(name), id, request)
        return [
          {
            keys: [`${tenantOf(request)}${normalName(name)}=${id}`],
            ids: [sameId(id)],
            label: `${name} ${id}`,
            ...(reading && { reading }),
          },
        ]
      }),
    )
  }

  /** A text in the place of an id that would lead elsewhere, in the path or in the body of a request. */
  oddIdIn(request: CaseRequest): string | undefined {
    const inPath = Object.values(request.params ?? {}).find((value) => idTextOf(value) === undefined)
    if (inPath !== undefined || this.effectOf(request.operationId) !== 'changes') return inPath
    const members = Object.entries<Json>(parse(request.body) ?? {}).filter(([name]) =>
      this.#linked.has(normalName(name)),
    )
    // An empty text names nothing.
    return members.flatMap(([, value]) => value).find((one) => typeof one === 'string' && one !== '' && !idTextOf(one))
  }

  /** Whether an operation can say which thing it works on. */
  isNamed(operationId: string): boolean {
    const place = this.#places.get(operationId)
    return place !== undefined && (this.#isNamedByBody(place) || itemPathOf(place.path) !== undefined)
  }

  #isNamedByBody(place: OperationPlace): boolean {
    if (this.#namedByBody.has(place.id)) return true
    // Without links of its own, an operation of a document with roles names things as its neighbours do.
    return this.#hasRoles && place.operation['x-role'] !== undefined && itemPathOf(place.path) === undefined
  }

  #readingBy(name: string, id: string, by: CaseRequest): CaseRequest | undefined {
    if (!this.#hasRoles) return undefined
    const readings = new Set([...this.trails.values()].flatMap(({ reading }) => (reading ? [reading.to] : [])))
    for (const place of this.#places.values()) {
      if (!isReading(place) || !readings.has(place.id)) continue
      const parameter = place.parameters.find(
        (one) => ['path', 'query'].includes(one.in) && normalName(one.name) === name,
      )
      if (!parameter) continue
      const where = parameter.in === 'path' ? 'path' : 'query'
      return asCaller(this.#kit.builderOf(place.id).request({ [where]: { [parameter.name]: id } }), by)
    }
    return undefined
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

  #itemRequest(trail: Trail, pick: (expression: string) => Json, source: LinkSource): CaseRequest | undefined {
    const place = [...this.#places.values()].find(
      ({ path }) => trail.itemShape !== undefined && itemShapeOf(path) === trail.itemShape,
    )
    const name = place && itemParameterOf(place.path)
    if (!place || name === undefined) return undefined
    return this.#requestFor({ to: place.id, parameters: { [name]: `${IDENTITY}${name}` } }, pick, source)
  }

  /** The call with its expressions replaced; undefined where one of them finds nothing that can name a thing. */
  #requestFor(call: Call, pick: (expression: string) => Json, source: LinkSource): CaseRequest | undefined {
    const place = this.#places.get(call.to)
    if (!place) return undefined
    const pickId = (expression: string) => {
      const value = pick(expression)
      return idTextOf(value) === undefined ? undefined : value
    }
    const own = new Set(place.parameters.filter((one) => one.in === 'path').map(({ name }) => name))
    const path = Object.fromEntries(Object.entries(source.request.params ?? {}).filter(([name]) => own.has(name)))
    const query: Record<string, string> = {}
    for (const [name, expression] of Object.entries(call.parameters)) {
      const values =
        typeof expression === 'object' ? Object.entries<Json>(expression ?? {}) : [['', expression] as const]
      for (const [member, inner] of values) {
        const text = idTextOf(fill(inner, pickId))
        if (text === undefined) return undefined
        if (own.has(plainName(name))) path[plainName(name)] = text
        else query[member === '' ? plainName(name) : `${plainName(name)}[${member}]`] = text
      }
    }
    const body = call.body === undefined ? undefined : fill(call.body, pickId)
    if (call.body !== undefined && lacksIds(body)) return undefined
    const request = this.#kit.builderOf(call.to).request({ path, query, ...(body !== undefined && { body }) })
    return asCaller(request, source.request)
  }
}

/** What the second tenant made is read and removed as the second tenant; all else with the run's own credentials. */
const asCaller = (request: CaseRequest, { credentials }: CaseRequest): CaseRequest =>
  credentials === 'second' ? { ...request, credentials } : request

/** The same name may be somebody else's in another tenant. */
const tenantOf = ({ credentials }: { readonly credentials?: CaseRequest['credentials'] }): string =>
  credentials === 'second' ? 'second ' : ''

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
  if (expression.startsWith('$request')) return [evaluate(expression, source)]
  const pointer = expression.slice(expression.indexOf('#') + 1)
  const isInItem = each !== undefined && expression.startsWith(`${each}/0/`)
  return valuesAt(record, isInItem ? expression.slice(each.length + 2) : pointer)
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

/** A body in which an id is missing, or is none, would name something else. */
function lacksIds(body: Json): boolean {
  if (typeof body !== 'object' || body === null) return typeof body !== 'boolean' && idTextOf(body) === undefined
  const parts = Object.values(body)
  return parts.length === 0 || parts.some(lacksIds)
}

function parse(text: string | undefined): Json {
  try {
    const body = JSON.parse(text ?? '')
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined
  } catch {
    return undefined
  }
}
