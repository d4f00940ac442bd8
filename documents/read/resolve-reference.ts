import { type AnchorIndex, createIndex, indexFile, resolveUri, type SourceFile, type Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { parsePointer } from './json-pointer.ts'

/** A file that is not there yet. */
export class Missing {
  readonly uri: string
  constructor(uri: string) {
    this.uri = uri
  }
}

/** What a reference leads to, or in a few words why it leads nowhere. */
type Finding = Spot | Missing | { readonly reason: string }

/** A reference where it stands. */
interface Standing {
  readonly text: string
  readonly file: SourceFile
  /** The URI that it is relative to. */
  readonly base: string
}

const MAX_HOPS = 100

/** Finds what references lead to in the files that it was given. */
export class ReferenceResolver {
  readonly index: AnchorIndex = createIndex()
  readonly #files = new Map<string, SourceFile | string>()
  /** The same chain is followed again for every token of a pointer that leads through it. */
  readonly #known = new Map<string, Finding>()

  /** Brings a file, or says in a few words why it cannot be read. */
  add(uri: string, file: SourceFile | string): void {
    this.#files.set(uri, file)
    if (typeof file === 'string') return
    indexFile(this.index, file)
    // After a redirect it has another URI than it was asked for.
    const { resources } = this.index
    if (!resources.has(uri)) resources.set(uri, { file, tokens: [] })
  }

  /** All that could be read. */
  get files(): SourceFile[] {
    return [...new Set(this.#files.values())].filter((file) => typeof file !== 'string')
  }

  /** The URI that references at a place are relative to: that of the nearest `$id` around it, or the file's. */
  baseOf({ uri, data }: SourceFile, tokens: readonly string[]): string {
    let base = this.index.bases.get(data) ?? uri
    let value = data
    for (const token of tokens) {
      value = value?.[token]
      base = this.index.bases.get(value) ?? base
    }
    return base
  }

  /** What a URI reference leads to (RFC 3986, RFC 6901 section 6; JSON Schema 2020-12, Core, section 8.2). */
  find(reference: Standing, hops = 0): Finding {
    const key = [reference.text, reference.base, reference.file.uri].join('\n')
    const found = this.#known.get(key) ?? this.#find(reference, hops)
    if (!(found instanceof Missing)) this.#known.set(key, found)
    return found
  }

  #find({ text, file, base }: Standing, hops: number): Finding {
    if (hops > MAX_HOPS) return { reason: 'it leads in a circle' }
    const [, path = '', fragment = ''] = /^([^#]*)#?(.*)$/s.exec(text) ?? []
    // In a schema with an `$id` of the web, files beside it are still what its author means by a relative reference.
    const bases = base === file.uri ? [base] : [base, file.uri]
    const uris = path === '' ? bases : bases.flatMap((one) => resolveUri(path, one) ?? [])
    const uri = uris.find((one) => this.index.resources.has(one)) ?? uris.at(-1)
    if (uri === undefined) return { reason: 'it is no URI' }
    const resource = this.index.resources.get(uri)
    if (!resource) return this.#absent(uri)
    const decoded = decode(fragment)
    if (decoded !== '' && !decoded.startsWith('/')) {
      const ways = [...new Set([uri, resource.file.uri, ...uris])]
      const anchor = ways.map((one) => this.index.anchors.get(`${one}#${decoded}`)).find(Boolean)
      return anchor ?? { reason: `${resource.file.name} has no anchor ${decoded}` }
    }
    const tokens = parsePointer(`#${fragment}`) ?? []
    const found = this.#descend(resource, tokens, hops)
    // Authors of OpenAPI mean the whole document by `#/components`, also below an `$id`.
    const isNested = 'reason' in found && resource.tokens.length > 0
    return isNested ? this.#descend({ file: resource.file, tokens: [] }, tokens, hops) : found
  }

  #absent(uri: string): Missing | { reason: string } {
    const file = this.#files.get(uri)
    return typeof file === 'string' ? { reason: file } : new Missing(uri)
  }

  /** Follows a pointer, also through a `$ref` that stands in its way, as other readers do. */
  #descend(start: Spot, tokens: readonly string[], hops: number): Finding {
    let { file } = start
    let way = [...start.tokens]
    let value = way.reduce<Json>((at, token) => at?.[token], file.data)
    for (const token of tokens) {
      for (let hop = 0; !hasMember(value, token) && typeof value?.$ref === 'string'; hop++) {
        if (hop > MAX_HOPS) return { reason: 'it leads in a circle' }
        const found = this.find({ text: value.$ref, file, base: this.baseOf(file, way) }, hops + hop + 1)
        if (!('tokens' in found)) return found
        file = found.file
        way = [...found.tokens]
        value = way.reduce<Json>((at, step) => at?.[step], file.data)
      }
      if (!hasMember(value, token)) return { reason: `${file.name} has nothing there` }
      value = value[token]
      way.push(token)
    }
    return { file, tokens: way }
  }
}

const hasMember = (value: Json, token: string): boolean =>
  typeof value === 'object' && value !== null && Object.prototype.propertyIsEnumerable.call(value, token)

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
