import { posix } from 'node:path'
import { DEEPEST } from './deepest.ts'
import type { Json } from './json.ts'
import type { Pointer } from './json-pointer.ts'
import { holdsNames, isData } from './tell-keywords.ts'

/** A text that was read, and what it says. */
export interface SourceFile {
  /** Absolute, without a fragment. */
  readonly uri: string
  /** How messages call it. */
  readonly name: string
  readonly text: string
  readonly data: Json
  /** What else can be read is YAML. */
  readonly isJson: boolean
  /** Members of its objects that were given again. */
  readonly twice: () => readonly Pointer[]
  /** Its tabs were read as spaces. */
  readonly isTabbed?: boolean
  /** What in `data` was not written in `text`, or not where it stands now: overlays have put it there. */
  readonly origins?: readonly Origin[]
}

/** A place in a file: the tokens of a JSON Pointer (RFC 6901). */
export interface Spot {
  readonly file: SourceFile
  readonly tokens: readonly string[]
}

/** What a part of a document was made from. */
export interface Origin extends Spot {
  /** Of the part as it is now. */
  readonly pointer: Pointer
}

/** What a file says was written there, and in overlays. */
export const filesOf = (file: SourceFile): SourceFile[] => [
  file,
  ...new Set((file.origins ?? []).map((origin) => origin.file).filter(({ text }) => text !== file.text)),
]

/** The texts of these. */
export const textsOf = (file: SourceFile): string[] => filesOf(file).map(({ text }) => text)

/** What URIs and their fragments stand for (JSON Schema 2020-12, Core, section 8.2). */
export interface AnchorIndex {
  /** By an absolute URI without a fragment: files, and schemas with an `$id`. */
  readonly resources: Map<string, Spot>
  /** By a URI with a fragment that is no pointer. */
  readonly anchors: Map<string, Spot>
  /** What has a `$dynamicAnchor`: by the base URI of its resource, and by the name. */
  readonly dynamicAnchors: Map<string, Map<string, Spot>>
  /** The base URI of each object that sets one. */
  readonly bases: Map<object, string>
}

/** An index that knows nothing yet. */
export const createIndex = (): AnchorIndex => ({
  resources: new Map(),
  anchors: new Map(),
  dynamicAnchors: new Map(),
  bases: new Map(),
})

/** What a text has that sets a base URI or an anchor. */
const MARK = /\$(?:id|self|anchor|dynamicAnchor)|\\(?:u0024|x24)/

/** Adds a file, and whatever has an `$id`, `$self` (OpenAPI 3.2), `$anchor` or `$dynamicAnchor` in it. What comes first stays. */
export function indexFile(index: AnchorIndex, file: SourceFile): void {
  const path: string[] = []
  addTo(index.resources, file.uri, { file, tokens: [] })
  if (textsOf(file).some((text) => MARK.test(text))) visit(file.data, file.uri, false)

  function visit(value: Json, outer: string, areNames: boolean): void {
    if (typeof value !== 'object' || value === null || path.length > DEEPEST) return
    const base = areNames || Array.isArray(value) ? outer : register(value, outer)
    for (const [key, member] of Object.entries<Json>(value)) {
      if (!areNames && (isData(key, member) || key.startsWith('x-'))) continue
      path.push(key)
      visit(member, base, !areNames && holdsNames(key))
      path.pop()
    }
  }

  function register(value: Json, outer: string): string {
    const spot = { file, tokens: [...path] }
    const id = path.length === 0 ? (value.$self ?? value.$id) : value.$id
    const base = typeof id === 'string' ? (resolveUri(id, outer)?.replace(/#.*$/s, '') ?? outer) : outer
    if (base !== outer) {
      index.bases.set(value, base)
      addTo(index.resources, base, spot)
    }
    for (const name of [value.$anchor, value.$dynamicAnchor]) {
      if (typeof name === 'string') addTo(index.anchors, `${base}#${name}`, spot)
    }
    if (typeof value.$dynamicAnchor === 'string') {
      const own = index.dynamicAnchors.get(base) ?? new Map<string, Spot>()
      addTo(own, value.$dynamicAnchor, spot)
      index.dynamicAnchors.set(base, own)
    }
    return base
  }
}

function addTo(map: Map<string, Spot>, uri: string, spot: Spot): void {
  if (!map.has(uri)) map.set(uri, spot)
}

/** The URI reference that leads to a URI from another one (RFC 3986, section 4.2): shorter where both are at one place. */
export function relativeUri(uri: string, base: string): string {
  const [to, from] = [new URL(uri), new URL(base)]
  if (to.protocol !== from.protocol || to.host !== from.host) return uri
  return posix.relative(posix.dirname(from.pathname), to.pathname) + to.search + to.hash
}

/** A URI reference, absolute (RFC 3986, section 5). @returns undefined where it is none, or the base allows none */
export const resolveUri = (reference: string, base: string): string | undefined =>
  URL.canParse(reference, base) ? new URL(reference, base).href : undefined
