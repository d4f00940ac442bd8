import type { Origin, SourceFile, Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below } from './json-pointer.ts'

/** Where the parts of what is edited came from: a part without a spot came with what is around it. */
interface Source {
  spot?: Spot
  readonly parts: Map<string, Source>
}

type Path = readonly (string | number)[]

/** What a merge could not do. @param path to it in the data that came in */
export type Refuse = (message: string, path: Path) => void

/** Data that is changed without touching what was read, and that knows where each part of it was written. */
export class EditedData {
  readonly #root: { value: Json }
  readonly #sources: Source
  /** Copies that were made here: they may be changed. */
  readonly #own = new WeakSet<object>()

  constructor(file: SourceFile) {
    this.#root = { value: file.data }
    this.#own.add(this.#root)
    this.#sources = { spot: { file, tokens: [] }, parts: new Map() }
  }

  get data(): Json {
    return this.#root.value
  }

  /** Of every part that was not written where it stands. */
  listOrigins(): Origin[] {
    const found: Origin[] = []
    const visit = (source: Source, tokens: readonly string[]): void => {
      if (source.spot && tokens.length > 0) found.push({ pointer: below('#', ...tokens), ...source.spot })
      for (const [token, part] of source.parts) visit(part, [...tokens, token])
    }
    visit(this.#sources, [])
    return found
  }

  /** Takes a part out of what holds it. */
  remove(path: Path): void {
    const holder = this.#open(path.slice(0, -1))
    const last = path.at(-1) as string | number
    const source = this.#sourceAt(path.slice(0, -1))
    if (!Array.isArray(holder)) {
      delete holder[last]
      source.parts.delete(String(last))
      return
    }
    // What stands behind it stands one place further in front from now on, and was written where it was.
    for (let at = Number(last); at < holder.length - 1; at++) {
      const next: Source = source.parts.get(String(at + 1)) ?? { parts: new Map() }
      next.spot ??= this.#spotOf([...path.slice(0, -1), at + 1])
      source.parts.set(String(at), next)
    }
    source.parts.delete(String(holder.length - 1))
    holder.splice(Number(last), 1)
  }

  /** Puts a value in the place of another, or where there was none. @param spot where it was written */
  set(path: Path, value: Json, spot: Spot): void {
    const holder = this.#open(path.slice(0, -1))
    const last = path.at(-1) as string | number
    if (last === '__proto__')
      Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true })
    else holder[last] = structuredClone(value)
    this.#sourceAt(path.slice(0, -1)).parts.set(String(last), { spot, parts: new Map() })
  }

  /** Adds items at the end of a list. */
  append(path: Path, items: readonly Json[], spotOf: (index: number) => Spot): void {
    const { length } = this.#open(path)
    for (const [index, item] of items.entries()) this.set([...path, length + index], item, spotOf(index))
  }

  /** Merges an object into another, as the Overlay specification says (1.2, Action Object). */
  merge(path: Path, value: Json, spot: Spot, refuse: Refuse, from: Path = []): void {
    const target = this.#valueAt(path)
    for (const [name, member] of Object.entries<Json>(value)) {
      const [at, inner] = [
        [...path, name],
        [...from, name],
      ]
      const origin = { file: spot.file, tokens: [...spot.tokens, name] }
      const before = Object.hasOwn(target, name) ? target[name] : undefined
      const [kind, old] = [kindOf(member), kindOf(before)]
      if (before === undefined || (kind === 'primitive' && old === 'primitive')) this.set(at, member, origin)
      else if (kind !== old) refuse(`${article(kind)} cannot be merged into ${article(old)}`, inner)
      else if (kind === 'object') this.merge(at, member, origin, refuse, inner)
      else this.append(at, member, (index) => ({ file: origin.file, tokens: [...origin.tokens, String(index)] }))
    }
  }

  /** A part that may be changed: whatever was read on the way there is copied first. */
  #open(path: Path): Json {
    let holder: Json = this.#root
    for (const token of ['value', ...path]) {
      const part = holder[token]
      if (!this.#own.has(part)) {
        holder[token] = Array.isArray(part) ? [...part] : { ...part }
        this.#own.add(holder[token])
      }
      holder = holder[token]
    }
    return holder
  }

  #valueAt(path: Path): Json {
    let at = this.data
    for (const token of path) at = at[token]
    return at
  }

  #sourceAt(path: Path): Source {
    let source = this.#sources
    for (const token of path.map(String)) {
      const part = source.parts.get(token) ?? { parts: new Map() }
      source.parts.set(token, part)
      source = part
    }
    return source
  }

  #spotOf(path: Path): Spot {
    let { spot } = this.#sources as { spot: Spot }
    let source: Source | undefined = this.#sources
    for (const token of path.map(String)) {
      source = source?.parts.get(token)
      spot = source?.spot ?? { file: spot.file, tokens: [...spot.tokens, token] }
    }
    return spot
  }
}

/** What a value is, as far as merging goes. */
export const kindOf = (value: Json): 'object' | 'list' | 'primitive' =>
  Array.isArray(value) ? 'list' : typeof value === 'object' && value !== null ? 'object' : 'primitive'

/** `a list`, `an object`, `a primitive value`. */
export const article = (kind: ReturnType<typeof kindOf>): string =>
  kind === 'object' ? 'an object' : kind === 'list' ? 'a list' : 'a primitive value'
