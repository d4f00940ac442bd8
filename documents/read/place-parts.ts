import { type Scope, scopeKey } from './bind-anchors.ts'
import { type ReferenceCollector, type Target, targetKey } from './collect-references.ts'
import type { SourceFile } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import { nameComponent } from './name-component.ts'
import { homeOf, KINDS_WITH_HOMES, type Kind, kindAlong, kindBelow } from './tell-kinds.ts'

/** A value where it was written. */
export interface Found {
  readonly value: Json
  readonly file: SourceFile
  readonly base: string
}

/** A part, as it is meant from where it is referred to. */
export interface Demand {
  readonly target: Target
  readonly scope: Scope
}

/** A part that is to be taken in among the components. */
export interface Adoption extends Demand {
  /** The names of the members that lead to the components of its kind. */
  readonly home: readonly string[]
  readonly name: string
}

/** Says where each part that is referred to comes to stand in the one document, so that it stands there once. */
export class PartPlacer {
  readonly #all: ReferenceCollector
  /** The pointer of each part that has a place of its own in the model, by its key. */
  readonly #pointers = new Map<string, Pointer>()
  /** Parts that stand in another one, where no pointer should lead: a reference stands in their place. */
  readonly #lifted = new Map<object, Target>()
  /** Entries of components and paths that only refer to a part: it stands in their place, under their name. */
  readonly #claims = new Map<object, Target>()
  /** The names in each map of components, by its pointer. */
  readonly #names = new Map<Pointer, Set<string>>()

  constructor(collector: ReferenceCollector) {
    this.#all = collector
    this.#pointers.set(targetKey(collector.root), '#')
    for (const target of collector.targets) if (this.#isLifted(target)) this.#lifted.set(target.value, target)
    this.#readComponents()
  }

  /** Where a part stands. @returns undefined as long as it is not known where it is taken in */
  pointerOf({ target, scope }: Demand): Pointer | undefined {
    if (scope.size > 0) return this.#pointers.get(targetKey(target) + scopeKey(scope))
    if (this.#all.isInPlace(target)) return below('#', ...target.tokens)
    const holder = this.#holderOf(target)
    if (!holder) return this.#pointers.get(targetKey(target))
    const pointer = this.pointerOf({ target: holder.target, scope })
    return pointer && below(pointer, ...holder.rest)
  }

  /** Gives a part a place among the components. @returns undefined where it has one already, or comes with another part */
  adopt(demand: Demand): Adoption | undefined {
    const { target, scope } = demand
    const key = targetKey(target) + scopeKey(scope)
    const home = homeOf(target.kind, this.#all.root.value)
    if (!home || this.#pointers.has(key)) return undefined
    if (scope.size === 0 && (this.#all.isInPlace(target) || this.#holderOf(target))) return undefined
    const map = below('#', ...home)
    const name = nameComponent(target, this.#names.get(map) as Set<string>)
    this.#pointers.set(key, below(map, name))
    return { ...demand, home, name }
  }

  /** The part that a reference must stand for where it was written, because it stands elsewhere. */
  liftedFrom(value: Json, kind: Kind): Target | undefined {
    const lifted = this.#lifted.get(value)
    return lifted?.kind === kind ? lifted : undefined
  }

  /** Whether a part comes into the place of a reference to it, because it has no other, or because this is its place. */
  comesInto(holder: Json, target: Target, pointer: Pointer): boolean {
    const isClaim = this.#claims.delete(holder)
    if (!isClaim && homeOf(target.kind, this.#all.root.value)) return false
    const key = targetKey(target)
    if (!this.#pointers.has(key)) this.#pointers.set(key, pointer)
    return true
  }

  /** Learns the names in use, and which entries are nothing but a reference to a part of their kind. */
  #readComponents(): void {
    const root: Found = this.#all.root
    const maps = KINDS_WITH_HOMES.map((kind) => ({ kind, home: homeOf(kind, root.value) ?? [] }))
    const items = ['paths', 'webhooks'].map((name) => ({ kind: 'pathItem', home: [name] }))
    for (const { kind, home } of [...maps, ...items].filter((one) => one.home.length > 0)) {
      let at = root
      let map: Kind | undefined = 'document'
      for (const token of home) {
        map = map && kindBelow(map, token, at.value?.[token])
        at = this.#enter({ ...at, value: at.value?.[token] }, map)
      }
      this.#names.set(below('#', ...home), new Set(Object.keys(at.value ?? {})))
      for (const [name, entry] of Object.entries<Json>(at.value ?? {})) {
        if (typeof entry?.$ref !== 'string' || Object.keys(entry).length > 1) continue
        const target = this.#all.resolve(entry.$ref, kind, at)
        if ('reason' in target || this.#all.isInPlace(target) || this.#pointers.has(targetKey(target))) continue
        if (this.#holderOf(target)) continue
        this.#pointers.set(targetKey(target), below('#', ...home, name))
        this.#claims.set(entry, target)
      }
    }
  }

  /** What stands in the place of a map that is a reference as a whole. */
  #enter(written: Found, kind: Kind | undefined): Found {
    let at = written
    for (let hops = 0; kind && typeof at.value?.$ref === 'string' && hops < 100; hops++) {
      const target = this.#all.resolve(at.value.$ref, kind, at)
      if ('reason' in target) break
      at = target
    }
    return at
  }

  /** A part that another one stands in, as it was written: it is taken in with that. */
  #holderOf({ file, tokens, kind }: Target): { target: Target; rest: readonly string[] } | undefined {
    for (let length = 0; length < tokens.length; length++) {
      const rest = tokens.slice(length)
      for (const target of this.#all.targetsAt({ file, tokens: tokens.slice(0, length) })) {
        if (kindAlong(target.kind, target.value, rest) === kind && this.#isAddressable(target, rest))
          return { target, rest }
      }
    }
    return undefined
  }

  /**
   * Whether a pointer may lead from a part to one in it. Through the properties of schemas it may; all else, such as
   * `$defs/…` and `allOf/0`, other readers find only among components (openapi-typescript 7 has no types for it).
   */
  #isAddressable({ kind, value }: Target, rest: readonly string[]): boolean {
    return rest.every((token, at) => {
      const around = kindAlong(kind, value, rest.slice(0, at)) as Kind
      return !homeOf(around, this.#all.root.value) || (around === 'schema' && token === 'properties')
    })
  }

  #isLifted(target: Target): boolean {
    if (typeof target.value !== 'object' || target.value === null || !homeOf(target.kind, this.#all.root.value))
      return false
    const { file, tokens, kind } = target
    const isWithin = tokens.some((_, length) =>
      this.#all
        .targetsAt({ file, tokens: tokens.slice(0, length) })
        .some((one) => kindAlong(one.kind, one.value, tokens.slice(length)) === kind),
    )
    return isWithin && !this.#holderOf(target)
  }
}
