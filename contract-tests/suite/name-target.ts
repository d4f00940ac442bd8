import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import {
  classifyOperations,
  type Effect,
  isRemoval,
  itemParameterOf,
  itemPathOf,
  itemShapeOf,
} from './classify-operation.ts'
import { excerpt } from './cut-text.ts'
import { fillCall } from './fill-call.ts'
import { idTextOf, normalName, ownNamesOf } from './find-identity.ts'
import { type Call, findTrails, IDENTITY, type Trail } from './find-trails.ts'
import { type LinkSource, withoutReply } from './follow-links.ts'
import { MemberNames } from './name-by-members.ts'
import { itemIn, pathKeyOf, targetOfPath } from './name-by-path.ts'
import { idsOf, lookUpIn, nameKeysOf } from './name-record.ts'
import { BY_BODY, type NamedThings, type Target } from './target.ts'
import type { CaseRequest } from './vocabulary.ts'

interface ContractKit {
  readonly contract: Contract
  builderOf(operationId: string): RequestBuilder
}

/** Knows of a document which things its requests and replies name. */
export class Targets {
  readonly #builderOf: ContractKit['builderOf']
  readonly #places: ReadonlyMap<string, DeclaredOperation>
  readonly #effects: ReadonlyMap<string, Effect>
  readonly #members: MemberNames
  readonly trails: ReadonlyMap<string, Trail>

  constructor({ contract, builderOf }: ContractKit) {
    this.#builderOf = builderOf
    this.#places = new Map(contract.operations.map((place) => [place.id, place]))
    this.#effects = classifyOperations(contract)
    const creating = [...this.#effects].flatMap(([id, effect]) => (effect === 'creates' ? [id] : []))
    this.trails = findTrails(contract, new Set(creating))
    this.#members = new MemberNames(this.#places, this.trails, contract.links, builderOf)
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
    const shape = itemShapeOf(this.#pathOf(operationId))
    return shape === undefined ? undefined : [...this.trails.values()].find((trail) => trail.itemShape === shape)
  }

  /** Whether an operation can say which thing it works on. */
  isNamed(operationId: string): boolean {
    const place = this.#places.get(operationId)
    return place !== undefined && (this.#members.canName(place) || itemPathOf(place.path) !== undefined)
  }

  /** What a request works on. */
  namedBy(request: CaseRequest): NamedThings {
    const byMembers = this.#members.targetsOf(request)
    const trail = this.trailOfItem(request.operationId)
    // Where members name the thing, the last parameter of the path may be no more than the tenant.
    const byPath = byMembers && !trail ? undefined : targetOfPath(request, this.#places, this.#builderOf, trail)
    return { ...(byPath && { byPath }), ...(byMembers && { byMembers }) }
  }

  /** A text in the place of an id that would lead elsewhere, in the path, the query or the body of a request. */
  oddIdIn(request: CaseRequest): string | undefined {
    const inPath = Object.values(request.params ?? {}).find((value) => idTextOf(value) === undefined)
    if (inPath !== undefined || this.effectOf(request.operationId) !== 'changes') return inPath
    const values = this.#members.valuesIn(request).map(([, value]) => value)
    // An empty text names nothing.
    return values.find((one) => typeof one === 'string' && one !== '' && !idTextOf(one))
  }

  /** What a record of a creation's reply, or of a search or a list (`isListed`), is; undefined where it names nothing. */
  targetOf(trail: Trail, record: Json, source: LinkSource, isListed: boolean): Target | undefined {
    const lookUp = lookUpIn(trail, record, source, isListed)
    const fill = (call: Call | undefined) =>
      call && fillCall(call, this.#builderOf(call.to), source.request, (expression) => lookUp(expression)[0])
    const [removal, reading] = [fill(trail.removal), fill(trail.reading)]
    const ids = idsOf(trail, record, source, isListed)
    const one = removal ?? reading ?? fill(this.#callOfItem(trail))
    if (!one || ids.length === 0) return undefined
    const path = trail.itemShape === undefined ? '' : this.#pathOf(one.operationId)
    const key = pathKeyOf(path, one)
    const item = key === undefined ? undefined : itemIn(path, one)
    return {
      keys: key ? [key] : nameKeysOf(trail, record, source, isListed),
      ids,
      collection: trail.itemShape ?? BY_BODY,
      label: `${trail.from} → ${one.operationId} ${excerpt(one.body ?? JSON.stringify(one.params ?? {}), 1000)}`,
      ...(item !== undefined && { item }),
      trail,
      ...(reading && { reading }),
      ...(removal && { removal }),
    }
  }

  /** The things that the rows of a creation's body name by themselves; none of a document with roles. */
  targetsOfRows(trail: Trail, rows: readonly Json[], request: CaseRequest): Target[] {
    const place = this.#places.get(request.operationId)
    const parameter = itemParameterOf(this.#itemPlaceOf(trail)?.path ?? '')
    if (!place || place.role || parameter === undefined) return []
    const wanted = new Set(ownNamesOf(parameter))
    const source = withoutReply(request)
    return rows.flatMap((row) =>
      Object.entries<Json>(typeof row === 'object' && row !== null ? row : {})
        .filter(([name, value]) => wanted.has(normalName(name)) && idTextOf(value) !== undefined)
        .flatMap(([, value]) => this.targetOf(trail, { [parameter]: value }, source, true) ?? []),
    )
  }

  /** Something that names the thing by its path, where nothing reads or removes it. */
  #callOfItem(trail: Trail): Call | undefined {
    const place = this.#itemPlaceOf(trail)
    const name = place && itemParameterOf(place.path)
    return place && name ? { to: place.id, parameters: { [name]: `${IDENTITY}${name}` } } : undefined
  }

  #itemPlaceOf({ itemShape }: Trail): DeclaredOperation | undefined {
    return itemShape === undefined
      ? undefined
      : [...this.#places.values()].find(({ path }) => itemShapeOf(path) === itemShape)
  }

  #pathOf(operationId: string): string {
    return this.#places.get(operationId)?.path ?? ''
  }
}
