import { AnchorBinder, NO_SCOPE, type Scope } from './bind-anchors.ts'
import { ANCHOR_KEYWORDS, isUri, type ReferenceCollector, type Target, targetKey } from './collect-references.ts'
import { DEEPEST } from './deepest.ts'
import { findGoal } from './find-goal.ts'
import { type Origin, relativeUri, resolveUri, type SourceFile } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import { type Adoption, type Demand, type Found, PartPlacer } from './place-parts.ts'
import { homeOf, type Kind, kindBelow } from './tell-kinds.ts'

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

/** Where a copy of it goes. */
interface Place {
  readonly pointer: Pointer
  /** The keys of parts that stand in the places of references around it. */
  readonly around: readonly string[]
  /** What each `$dynamicAnchor` means there. */
  readonly scope: Scope
  /** In the part that is copied. */
  readonly level: number
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
  readonly #places: PartPlacer
  readonly #origins: Origin[] = []
  readonly #broken: BrokenReference[] = []
  /** Parts that are still to be taken in. */
  readonly #queue: Adoption[] = []
  /** References to parts whose pointer is known when all is copied. */
  readonly #open: { holder: Json; key: string; demand: Demand; at: Pointer; text: string; file: SourceFile }[] = []

  /** Links that name their operation by a reference, as they were written. */
  readonly #links: { readonly link: Json; readonly here: Found }[] = []

  constructor(collector: ReferenceCollector) {
    this.#all = collector
    this.#binder = new AnchorBinder(collector)
    this.#places = new PartPlacer(collector)
  }

  bundle(): Bundled {
    const { root } = this.#all
    const data = this.#takeIn(root, { pointer: '#', around: [], scope: NO_SCOPE })
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      let map = data
      for (const token of next.home) map = map[token] = typeof map[token] === 'object' ? (map[token] ?? {}) : {}
      const { target, scope } = next
      map[next.name] = this.#takeIn(target, { pointer: below('#', ...next.home, next.name), around: [], scope })
    }
    for (const { holder, key, demand, at, text, file } of this.#open) {
      const pointer = this.#places.pointerOf(demand)
      if (pointer !== undefined) holder[key] = pointer
      else holder[key] = this.#break(text, 'what it leads to stands nowhere in the document', at, file)
    }
    for (const { link, here } of this.#links) link.operationRef = this.#pointAtOperation(link.operationRef, here)
    return { data, origins: this.#origins, broken: this.#broken }
  }

  /** Where the operation of a link stands now; one that is none of this document's is where it was. */
  #pointAtOperation(text: string, here: Found): string {
    const { file, base } = here
    const found = this.#all.resolve(text, 'operation', { file, base })
    const pointer = 'reason' in found ? undefined : findGoal(this.#origins, found)
    return pointer ?? (file === this.#all.root.file ? text : this.#rebase(text, here))
  }

  /** A reference to what is not taken in, from another file, as the document itself would make it. */
  #rebase(text: string, { file, base }: Found): string {
    const { root } = this.#all
    const uri = file === root.file ? undefined : resolveUri(text, base)
    return uri === undefined ? text : relativeUri(uri, root.file.uri)
  }

  /** A part of its own. */
  #takeIn(target: Target, { pointer, around, scope: outer }: Omit<Place, 'level'>): Json {
    this.#origins.push({ pointer, file: target.file, tokens: target.tokens })
    const scope = this.#binder.enter(outer, target.base)
    return this.#copyWhole(target, target.kind, { pointer, around: [...around, targetKey(target)], scope, level: 0 })
  }

  #copy(written: Found, kind: Kind, place: Place): Json {
    const lifted = this.#places.liftedFrom(written.value, kind)
    if (!lifted) return this.#copyWhole(written, kind, place)
    const holder = {}
    this.#demand({ holder, key: '$ref', target: lifted, text: '', file: written.file }, place)
    return holder
  }

  #copyWhole(written: Found, kind: Kind, outer: Place): Json {
    const { value, file } = written
    if (typeof value !== 'object' || value === null || outer.level > DEEPEST) return value
    const here = { value, file, base: this.#all.index.bases.get(value) ?? written.base }
    const place = { ...outer, scope: this.#binder.enter(outer.scope, here.base) }
    const inner = this.#standIn(here, kind, place)
    if (inner !== undefined && (typeof inner !== 'object' || inner === null)) return inner
    const copy: Json = inner ?? (Array.isArray(value) ? [] : {})
    for (const [key, member] of Object.entries<Json>(value)) {
      const at = { ...place, pointer: below(place.pointer, key), level: place.level + 1 }
      if (typeof member === 'string' && kind === 'link' && key === 'operationRef') {
        copy[key] = member
        this.#links.push({ link: copy, here })
      } else if (typeof member === 'string' && kind === 'example' && key === 'externalValue') {
        copy[key] = this.#rebase(member, here)
      } else if (typeof member === 'string' && isReference(kind, key, member)) {
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
    return this.#places.comesInto(holder.value, target, place.pointer) ? this.#takeIn(target, place) : undefined
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
    const adoption = this.#places.adopt(demand)
    if (adoption) this.#queue.push(adoption)
  }

  /** A schema may refer to one part and, dynamically, to another one: then both hold. */
  #referDynamically(copy: Json, here: Found, place: Place): void {
    const reference = { text: here.value.$dynamicRef, kind: 'schema' }
    const holder = copy.$ref === undefined ? copy : {}
    if (holder !== copy) copy.allOf = [...(copy.allOf ?? []), holder]
    this.#refer(holder, '$ref', reference, here, place, true)
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
