import { DEEPEST } from './deepest.ts'
import type { AnchorIndex, SourceFile, Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { parsePointer } from './json-pointer.ts'
import { Missing, ReferenceResolver } from './resolve-reference.ts'
import { homeOf, type Kind, kindAlong, kindBelow } from './tell-kinds.ts'

/** A part of a file that something refers to, and as what. */
export interface Target extends Spot {
  readonly kind: Kind
  readonly value: Json
  /** The URI that references in it are relative to. */
  readonly base: string
}

/** What a reference leads to, or in a few words why it leads nowhere. */
export type Resolution = Target | { readonly reason: string }

/** A reference where it stands. */
interface Reference {
  readonly text: string
  readonly kind: Kind
  readonly file: SourceFile
  readonly base: string
}

/**
 * Goes from a document through every reference, over files: `$ref`, `$dynamicRef` and the URIs of a discriminator's mapping.
 * Only what is a part of OpenAPI or JSON Schema is looked at (`tell-kinds.ts`): elsewhere a `$ref` is data. Files are
 * brought by the caller: `collect`, read what is `missing`, `add` it, until nothing is.
 */
export class ReferenceCollector {
  readonly root: Target
  /** Whether the document says anything that is not a pointer into itself. */
  needsBundling = false

  readonly #resolver = new ReferenceResolver()
  readonly #targets = new Set<string>()
  readonly #bySpot = new Map<string, Target[]>()
  readonly #resolutions = new Map<string, Resolution>()
  #waiting: Reference[] = []
  #missing = new Set<string>()
  #queue: Target[] = []
  /** Of all `$dynamicRef`s. */
  readonly #names = new Set<string>()

  constructor(file: SourceFile) {
    this.add(file.uri, file)
    // Files that refer back to it do not repeat its query.
    this.add(file.uri.replace(/\?.*$/s, ''), file)
    this.root = { file, tokens: [], kind: 'document', value: file.data, base: this.#resolver.baseOf(file, []) }
    this.#enqueue(this.root)
  }

  /** Brings a file, or says in a few words why it cannot be read. */
  add(uri: string, file: SourceFile | string): void {
    this.#resolver.add(uri, file)
  }

  /** All that could be read. */
  get files(): SourceFile[] {
    return this.#resolver.files
  }

  /** What the files call their parts. */
  get index(): AnchorIndex {
    return this.#resolver.index
  }

  /** Goes as far as the files lead that are there. @returns the URIs of those that are missing */
  collect(): string[] {
    const waiting = this.#waiting
    this.#waiting = []
    this.#missing = new Set()
    for (const reference of waiting) this.#follow(reference)
    for (let part = this.#next(); part; part = this.#next()) this.#walk(part.value, part.kind, part)
    return [...this.#missing]
  }

  /** What a reference leads to. All files must be there. */
  resolve(text: string, kind: Kind, { file, base }: { file: SourceFile; base: string }): Resolution {
    return this.#resolutions.get(keyOf({ text, kind, file, base })) ?? { reason: 'nothing looked there' }
  }

  /** Whatever is called as a `$dynamicRef` says may be what it leads to. */
  #next(): Target | undefined {
    for (const own of this.#queue.length > 0 ? [] : this.#resolver.index.dynamicAnchors.values()) {
      for (const [name, spot] of own) if (this.#names.has(name)) this.#enqueue(this.targetAt(spot, 'schema'))
    }
    return this.#queue.pop()
  }

  #enqueue(target: Target): void {
    const key = targetKey(target)
    if (this.#targets.has(key) || this.isInPlace(target)) return
    this.#targets.add(key)
    this.#queue.push(target)
    const spot = spotKey(target.file, target.tokens)
    this.#bySpot.set(spot, [...(this.#bySpot.get(spot) ?? []), target])
  }

  #walk(value: Json, kind: Kind, at: { file: SourceFile; base: string }, level = 0): void {
    if (typeof value !== 'object' || value === null || level > DEEPEST) return
    const { file } = at
    const base = this.#resolver.index.bases.get(value) ?? at.base
    if (kind === 'mapping' || typeof value.$ref === 'string' || typeof value.$dynamicRef === 'string') {
      for (const { text, kind: as } of referencesOf(value, kind)) this.#follow({ text, kind: as, file, base })
    }
    if (
      kind === 'link' &&
      typeof value.operationRef === 'string' &&
      !(file === this.root.file && value.operationRef.startsWith('#'))
    )
      this.#follow({ text: value.operationRef, kind: 'operation', file, base })
    if (kind === 'schema' && holdsAnchors(value)) this.needsBundling = true
    if (typeof value.$dynamicRef === 'string') this.#names.add(value.$dynamicRef.replace(/^[^#]*#/, ''))
    for (const [token, member] of Object.entries<Json>(value)) {
      const below = kindBelow(kind, token, member)
      if (below !== undefined) this.#walk(member, below, { file, base }, level + 1)
    }
  }

  #follow(reference: Reference): void {
    const key = keyOf(reference)
    if (this.#resolutions.has(key)) return
    const found = this.#resolver.find(reference)
    if (found instanceof Missing) {
      this.#missing.add(found.uri)
      this.#waiting.push(reference)
      this.needsBundling = true
      return
    }
    const resolution = 'reason' in found ? found : checked(this.targetAt(found, reference.kind))
    this.#resolutions.set(key, resolution)
    if ('reason' in resolution) {
      if (!reference.text.startsWith('#/')) this.needsBundling = true
      return
    }
    if (!this.isPlain(resolution, reference)) this.needsBundling = true
    this.#enqueue(resolution)
  }

  /** Whether a target stands in the document itself, among the parts of it that are gone through anyway. */
  isInPlace({ file, tokens, kind }: Target): boolean {
    if (file !== this.root.file || homeOf(kind, this.root.value) === undefined) return false
    return kindAlong('document', file.data, tokens) !== undefined
  }

  /** Whether a reference is a pointer into the document already, as a reader without files follows it. */
  isPlain(target: Target, { text, file }: { text: string; file: SourceFile }): boolean {
    if (file !== this.root.file || target.file !== file || !text.startsWith('#')) return false
    if (homeOf(target.kind, this.root.value) === undefined) return false
    return parsePointer(text)?.join('\n') === target.tokens.join('\n')
  }

  /** Every part that is referred to and does not stand in the document anyway, in the order in which they were found. */
  get targets(): Target[] {
    return [...this.#bySpot.values()].flat()
  }

  /** The parts that stand exactly there. */
  targetsAt({ file, tokens }: Spot): readonly Target[] {
    return this.#bySpot.get(spotKey(file, tokens)) ?? []
  }

  /** What stands in a place, as a part of a kind. */
  targetAt({ file, tokens }: Spot, kind: Kind): Target {
    const value = tokens.reduce<Json>((at, token) => at[token], file.data)
    return { file, tokens, kind, value, base: this.#resolver.baseOf(file, tokens) }
  }
}

/** The references that an object of a kind makes, and what is wanted of each. */
function referencesOf(value: Json, kind: Kind): { text: string; kind: Kind }[] {
  if (kind === 'mapping') {
    const uris = Object.values<Json>(value).filter((text) => typeof text === 'string' && isUri(text))
    return uris.map((text) => ({ text, kind: 'schema' }))
  }
  const texts = [value.$ref, ...(kind === 'schema' ? [value.$dynamicRef] : [])]
  return texts.filter((text) => typeof text === 'string').map((text) => ({ text, kind }))
}

/** A text or a number is no part of a document. */
function checked(target: Target): Resolution {
  const { kind, value, file } = target
  const isPart = kind === 'plain' || typeof value === 'object' || (kind === 'schema' && typeof value === 'boolean')
  return isPart ? target : { reason: `${file.name} has no object there` }
}

/** Whether a value of a discriminator's mapping is a reference and not the name of a schema (OpenAPI 3.1, section 4.8.25). */
export const isUri = (text: string): boolean => /[#/]|\.(?:ya?ml|json)$/i.test(text)

/** What a schema is called, and the reference that goes by who refers to it: a model of local pointers has none of them. */
export const ANCHOR_KEYWORDS: ReadonlySet<string> = new Set(['$id', '$anchor', '$dynamicAnchor', '$dynamicRef'])

function holdsAnchors(schema: Json): boolean {
  for (const keyword of ANCHOR_KEYWORDS) if (typeof schema[keyword] === 'string') return true
  return false
}

/** The same part of the same kind has the same key. */
export const targetKey = ({ file, tokens, kind }: Target): string => `${kind} ${spotKey(file, tokens)}`

const spotKey = ({ uri }: SourceFile, tokens: readonly string[]): string => [uri, ...tokens].join('\n')

const keyOf = ({ text, kind, file, base }: Reference): string => [kind, text, base, file.uri].join('\n')
