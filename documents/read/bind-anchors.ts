import type { ReferenceCollector, Target } from './collect-references.ts'
import { targetKey } from './collect-references.ts'
import type { Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { type Kind, kindBelow } from './tell-kinds.ts'

/** What each `$dynamicAnchor` means to whoever came here: that of the outermost resource on the way, by its name. */
export type Scope = ReadonlyMap<string, Spot>

/** Nothing on the way has a say. */
export const NO_SCOPE: Scope = new Map()

/**
 * Finds out what a `$dynamicRef` leads to on each way that leads to it (JSON Schema 2020-12, Core, section 8.2.3.2). Only
 * names that more than one schema has make a difference.
 */
export class AnchorBinder {
  readonly #all: ReferenceCollector
  readonly #needs = new Map<string, ReadonlySet<string>>()

  constructor(collector: ReferenceCollector) {
    this.#all = collector
  }

  /** The scope within a resource, which binds what nothing around it has bound. */
  enter(scope: Scope, base: string): Scope {
    const own = this.#all.index.dynamicAnchors.get(base)
    if (!own) return scope
    const names = [...own.keys()].filter((name) => !scope.has(name) && this.#isShared(name))
    return names.length === 0
      ? scope
      : new Map([...scope, ...names.map((name) => [name, own.get(name) as Spot] as const)])
  }

  /** What of a scope changes the meaning of a part that is referred to from within it. */
  demandOf(target: Target, scope: Scope): Scope {
    if (scope.size === 0 || target.kind !== 'schema') return NO_SCOPE
    const needs = this.#needsOf(target)
    const own = this.#all.index.dynamicAnchors.get(target.base)
    const bound = [...scope].filter(([name, spot]) => needs.has(name) && !isSameSpot(own?.get(name), spot))
    return bound.length === 0 ? NO_SCOPE : new Map(bound)
  }

  /** What a `$dynamicRef` leads to. @param target what it leads to if it is taken for a `$ref` */
  bind(reference: string, target: Target, scope: Scope): Target {
    const name = reference.replace(/^[^#]*#/, '')
    const spot = target.value?.$dynamicAnchor === name ? scope.get(name) : undefined
    return spot ? this.#all.targetAt(spot, 'schema') : target
  }

  #isShared(name: string): boolean {
    let count = 0
    for (const own of this.#all.index.dynamicAnchors.values()) if (own.has(name)) count++
    return count > 1
  }

  /** The names that a part refers to by a `$dynamicRef`, itself or through what it refers to. */
  #needsOf(target: Target): ReadonlySet<string> {
    const known = this.#needs.get(targetKey(target))
    if (known) return known
    const names = new Set<string>()
    const seen = new Set<string>()
    const queue = [target]
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (seen.has(targetKey(next))) continue
      seen.add(targetKey(next))
      this.#visit(next, next.value, next.kind, (found, name) => {
        queue.push(found)
        if (name !== undefined) names.add(name)
      })
    }
    this.#needs.set(targetKey(target), names)
    return names
  }

  #visit(at: Target, value: Json, kind: Kind, tell: (target: Target, name?: string) => void): void {
    if (typeof value !== 'object' || value === null) return
    const base = this.#all.index.bases.get(value) ?? at.base
    for (const keyword of ['$ref', '$dynamicRef'] as const) {
      if (typeof value[keyword] !== 'string') continue
      const found = this.#all.resolve(value[keyword], kind, { file: at.file, base })
      if ('reason' in found) continue
      const name = keyword === '$dynamicRef' ? found.value?.$dynamicAnchor : undefined
      tell(found, name)
      for (const own of name === undefined ? [] : this.#all.index.dynamicAnchors.values()) {
        const spot = own.get(name)
        if (spot) tell(this.#all.targetAt(spot, 'schema'))
      }
    }
    for (const [token, member] of Object.entries<Json>(value)) {
      const below = kindBelow(kind, token, member)
      if (below !== undefined) this.#visit({ ...at, base }, member, below, tell)
    }
  }
}

const isSameSpot = (one: Spot | undefined, other: Spot): boolean =>
  one !== undefined && one.file === other.file && one.tokens.join('\n') === other.tokens.join('\n')

/** The same scope has the same key; none has an empty one. */
export const scopeKey = (scope: Scope): string =>
  [...scope]
    .map(([name, { file, tokens }]) => [name, file.uri, ...tokens].join('\n'))
    .sort()
    .join('\n\n')
