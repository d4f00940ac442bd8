import { AnchorBinder, NO_SCOPE, type Scope, scopeKey } from './bind-anchors.ts'
import { ANCHOR_KEYWORDS, isUri, type ReferenceCollector, type Target, targetKey } from './collect-references.ts'
import type { SourceFile, Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import { nameComponent } from './name-component.ts'
import { homeOf, KINDS_WITH_HOMES, type Kind, kindAlong, kindBelow } from './tell-kinds.ts'

/** What a part of the model was made from. */
export interface Origin extends Spot {
  /** Of the part in the model. */
  readonly pointer: Pointer
}

/** A `$ref` of the model that leads nowhere, and why. */
export interface BrokenReference {
  /** Of the object that holds it, in the model. */
  readonly pointer: Pointer
  /** As it was written. */
  readonly reference: string
  /** In a few words. */
  readonly reason: string
}

/** A document whose references are pointers into itself. */
export interface Bundled {
  readonly data: Json
  readonly origins: readonly Origin[]
  /** They stand in the model as they were written, those of other files with the file's name: none leads anywhere there. */
  readonly broken: readonly BrokenReference[]
}

/** A value where it was written. */
interface Found {
  readonly value: Json
  readonly file: SourceFile
  readonly base: string
}

/** Where a copy of it goes. */
interface Place {
  readonly pointer: Pointer
  /** The keys of parts that stand in the places of references around it. */
  readonly around: readonly string[]
  /** What each `$dynamicAnchor` means there. */
  readonly scope: Scope
}

/** A part, as it is meant from where it is referred to. */
interface Demand {
  readonly target: Target
  readonly scope: Scope
}

/**
 * Makes one document of all that was collected. What stands elsewhere is taken in under its components, each part once, or
 * in the place of the reference where there is no component of its kind (`paths: { $ref: … }`). References become pointers;
 * `$id`, `$anchor`, `$dynamicAnchor` and `$dynamicRef` go. What was read is not changed.
 */
export function bundleReferences(collector: ReferenceCollector): Bundled {
  return new Bundler(collector).bundle()
}

class Bundler {
  readonly #all: ReferenceCollector
  readonly #binder: AnchorBinder
  /** The pointer of each part that has a place of its own in the model, by its key. */
  readonly #pointers = new Map<string, Pointer>()
  /** Parts that stand in another one, where no pointer should lead: a reference stands in their place. */
  readonly #lifted = new Map<object, Target>()
  /** Entries of components and paths that only refer to a part: it stands in their place, under their name. */
  readonly #claims = new Map<object, Target>()
  /** The names in each map of components, by its pointer. */
  readonly #names = new Map<Pointer, Set<string>>()
  readonly #origins: Origin[] = []
  readonly #broken: BrokenReference[] = []
  /** Parts that are still to be taken in. */
  readonly #queue: { demand: Demand; home: readonly string[]; name: string }[] = []
  /** References to parts whose pointer is known when all is copied. */
  readonly #open: { holder: Json; key: string; demand: Demand; at: Pointer; text: string; file: SourceFile }[] = []

  constructor(collector: ReferenceCollector) {
    this.#all = collector
    this.#binder = new AnchorBinder(collector)
  }

  bundle(): Bundled {
    const { root } = this.#all
    this.#pointers.set(targetKey(root), '#')
    for (const target of this.#all.targets) if (this.#isLifted(target)) this.#lifted.set(target.value, target)
    this.#readComponents()
    const data = this.#takeIn(root, { pointer: '#', around: [], scope: NO_SCOPE })
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      let map = data
      for (const token of next.home) map = map[token] = typeof map[token] === 'object' ? (map[token] ?? {}) : {}
      const { target, scope } = next.demand
      map[next.name] = this.#takeIn(target, { pointer: below('#', ...next.home, next.name), around: [], scope })
    }
    for (const { holder, key, demand, at, text, file } of this.#open) {
      const pointer = this.#pointerOf(demand)
      if (pointer !== undefined) holder[key] = pointer
      else holder[key] = this.#break(text, 'what it leads to stands nowhere in the document', at, file)
    }
    return { data, origins: this.#origins, broken: this.#broken }
  }

  /** Learns the names in use, and which entries are nothing but a reference to a part of their kind. */
  #readComponents(): void {
    const root: Found = this.#all.root
    const maps = KINDS_WITH_HOMES.flatMap((kind) => {
      const home = homeOf(kind, root.value)
      return home ? [{ kind, home }] : []
    })
    for (const { kind, home } of [
      ...maps,
      { kind: 'pathItem', home: ['paths'] },
      { kind: 'pathItem', home: ['webhooks'] },
    ]) {
      let at = root
      let of: Kind | undefined = 'document'
      for (const token of home) {
        of = of && kindBelow(of, token, at.value?.[token])
        at = this.#enter({ ...at, value: at.value?.[token] }, of)
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

  #pointerOf({ target, scope }: Demand): Pointer | undefined {
    if (scope.size > 0) return this.#pointers.get(targetKey(target) + scopeKey(scope))
    if (this.#all.isInPlace(target)) return below('#', ...target.tokens)
    const holder = this.#holderOf(target)
    if (!holder) return this.#pointers.get(targetKey(target))
    const pointer = this.#pointerOf({ target: holder.target, scope })
    return pointer && below(pointer, ...holder.rest)
  }

  /** A part of its own. */
  #takeIn(target: Target, { pointer, around, scope: outer }: Place): Json {
    this.#origins.push({ pointer, file: target.file, tokens: target.tokens })
    const scope = this.#binder.enter(outer, target.base)
    return this.#copyWhole(target, target.kind, { pointer, around: [...around, targetKey(target)], scope })
  }

  #copy(written: Found, kind: Kind, place: Place): Json {
    const lifted = this.#lifted.get(written.value)
    if (lifted?.kind !== kind) return this.#copyWhole(written, kind, place)
    const holder = {}
    this.#demand({ holder, key: '$ref', target: lifted, text: '', file: written.file }, place)
    return holder
  }

  #copyWhole(written: Found, kind: Kind, outer: Place): Json {
    const { value, file } = written
    if (typeof value !== 'object' || value === null) return value
    const here = { value, file, base: this.#all.index.bases.get(value) ?? written.base }
    const place = { ...outer, scope: this.#binder.enter(outer.scope, here.base) }
    const inner = this.#standIn(here, kind, place)
    if (inner !== undefined && (typeof inner !== 'object' || inner === null)) return inner
    const copy: Json = inner ?? (Array.isArray(value) ? [] : {})
    for (const [key, member] of Object.entries<Json>(value)) {
      const at = { ...place, pointer: below(place.pointer, key) }
      if (typeof member === 'string' && isReference(kind, key, member)) {
        // What has come into the reference's place needs none.
        if (!inner) this.#refer(copy, key, { text: member, kind: kind === 'mapping' ? 'schema' : kind }, here, place)
      } else if (kind !== 'schema' || typeof member !== 'string' || !ANCHOR_KEYWORDS.has(key)) {
        const as = kindBelow(kind, key, member)
        define(copy, key, as === undefined ? member : this.#copy({ ...here, value: member }, as, at))
      }
    }
    if (kind === 'schema' && typeof value.$dynamicRef === 'string') this.#referDynamically(copy, here, place)
    return copy
  }

  /** A copy of the part that comes into a reference's place. @returns undefined where the reference stays one */
  #standIn(holder: Found, kind: Kind, place: Place): Json {
    const { $ref } = holder.value
    if (typeof $ref !== 'string' || kind === 'mapping') return undefined
    const target = this.#all.resolve($ref, kind, holder)
    if ('reason' in target || place.around.includes(targetKey(target))) return undefined
    const isClaim = this.#claims.delete(holder.value)
    if (!isClaim && homeOf(kind, this.#all.root.value)) return undefined
    const key = targetKey(target)
    if (!this.#pointers.has(key)) this.#pointers.set(key, place.pointer)
    return this.#takeIn(target, place)
  }

  #refer(
    holder: Json,
    key: string,
    { text, kind }: { text: string; kind: Kind },
    { file, base }: Found,
    { pointer: at, scope }: Place,
    isBound = false,
  ): void {
    const found = this.#all.resolve(text, kind, { file, base })
    const target = 'reason' in found || !isBound ? found : this.#binder.bind(text, found, scope)
    const isHomeless = !homeOf(kind, this.#all.root.value)
    if ('reason' in target || isHomeless) {
      // What has no home comes into the reference's place, unless it stands around that already.
      const broken = this.#break(text, 'reason' in target ? target.reason : 'it leads in a circle', at, file)
      // Where no reference may stand it would be taken for a part of that name.
      if (!isHomeless) holder[key] = broken
      return
    }
    this.#demand({ holder, key, target, text, file }, { pointer: at, scope })
  }

  #demand(
    { target, ...reference }: { holder: Json; key: string; target: Target; text: string; file: SourceFile },
    { pointer: at, scope }: Pick<Place, 'pointer' | 'scope'>,
  ): void {
    const { holder, key, text } = reference
    holder[key] = text
    const demand = { target, scope: this.#binder.demandOf(target, scope) }
    const isPlain = this.#all.isPlain(target, reference) && this.#all.isInPlace(target)
    if (isPlain && demand.scope.size === 0) return
    this.#open.push({ ...reference, demand, at })
    this.#adopt(demand)
  }

  /** A schema may refer to one part and, dynamically, to another one: then both hold. */
  #referDynamically(copy: Json, here: Found, place: Place): void {
    const reference = { text: here.value.$dynamicRef, kind: 'schema' }
    const holder = copy.$ref === undefined ? copy : {}
    if (holder !== copy) copy.allOf = [...(copy.allOf ?? []), holder]
    this.#refer(holder, '$ref', reference, here, place, true)
  }

  /** Gives a part a name among the components, unless it comes into the model anyway. */
  #adopt(demand: Demand): void {
    const { target, scope } = demand
    const key = targetKey(target) + scopeKey(scope)
    const home = homeOf(target.kind, this.#all.root.value)
    if (!home || this.#pointers.has(key)) return
    if (scope.size === 0 && (this.#all.isInPlace(target) || this.#holderOf(target))) return
    const map = below('#', ...home)
    const name = nameComponent(target, this.#names.get(map) as Set<string>)
    this.#pointers.set(key, below(map, name))
    this.#queue.push({ demand, home, name })
  }

  #break(text: string, reason: string, pointer: Pointer, file: SourceFile): string {
    this.#broken.push({ pointer, reference: text, reason })
    // A pointer into another file must not lead anywhere here by chance.
    return file !== this.#all.root.file && text.startsWith('#') ? `${file.name}${text}` : text
  }
}

const isReference = (kind: Kind, key: string, text: string): boolean =>
  kind === 'mapping' ? isUri(text) : key === '$ref'

function define(copy: Json, key: string, value: Json): void {
  if (key !== '__proto__') copy[key] = value
  else Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true })
}
