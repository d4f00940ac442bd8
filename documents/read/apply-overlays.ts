import { TimeLimitError } from '../patterns/limit-time.ts'
import type { Rule } from './diagnostic.ts'
import { DocumentError } from './document-error.ts'
import { article, EditedData, kindOf } from './edit-data.ts'
import type { SourceFile, Spot } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below, type Pointer, parsePointer, valueAt } from './json-pointer.ts'

/** Something wrong in an overlay, and what is done instead. */
export interface OverlayFault {
  readonly rule: Rule
  readonly message: string
  readonly instead: string
  /** `<name of the overlay>#/actions/0/target` */
  readonly pointer: Pointer
}

/** One action, with what its `$ref` adds (Overlay 1.2, Reusable Action Reference Object). */
interface Action {
  readonly fields: Json
  /** Of where its update stands. */
  readonly tokens: readonly string[]
}

type Path = readonly (string | number)[]

type Select = typeof import('./select-parts.ts').selectParts

/**
 * Changes a document as overlays say (https://spec.openapis.org/overlay/v1.2.0.html), one after the other, as it was
 * written: before its version is looked at, and before its references are followed. What was read is not changed.
 * @throws DocumentError where a file is no overlay
 */
export async function applyOverlays(
  document: SourceFile,
  overlays: readonly SourceFile[],
): Promise<{ file: SourceFile; faults: readonly OverlayFault[] }> {
  if (overlays.length === 0) return { file: document, faults: [] }
  for (const overlay of overlays) checkOverlay(overlay)
  // Only who has an overlay waits for the library.
  const { selectParts } = await import('./select-parts.ts')
  const edited = new EditedData(document)
  const faults = overlays.flatMap((overlay) => {
    const applier = new Applier(edited, overlay, selectParts)
    applier.applyAll()
    return applier.faults
  })
  return { file: { ...document, data: edited.data, origins: edited.listOrigins() }, faults }
}

function checkOverlay({ name, data }: SourceFile): void {
  const version = data?.overlay
  if (typeof version !== 'string')
    throw new DocumentError(`${name} is no overlay: it has no member overlay, such as overlay: 1.0.0`)
  if (!/^1\.\d+\.\d+/.test(version))
    throw new DocumentError(`${name} is an overlay of version ${version}; 1.0 to 1.2 are understood`)
  if (!Array.isArray(data.actions)) throw new DocumentError(`${name} is no overlay: it has no list of actions`)
}

/** One overlay at work. */
class Applier {
  readonly faults: OverlayFault[] = []
  readonly #edited: EditedData
  readonly #overlay: SourceFile
  readonly #select: Select
  /** Version 1.0 changes objects and lists alone, and knows neither `copy` nor lists that are added as a whole. */
  readonly #isFirst: boolean

  constructor(edited: EditedData, overlay: SourceFile, select: Select) {
    this.#edited = edited
    this.#overlay = overlay
    this.#select = select
    this.#isFirst = /^1\.0\./.test(overlay.data.overlay)
  }

  applyAll(): void {
    for (const pointer of this.#overlay.twice()) {
      const name = parsePointer(pointer)?.at(-1)
      this.#tell('key-twice', `${name} is given twice`, 'the last one counts', pointer)
    }
    for (const [index, written] of (this.#overlay.data.actions as Json[]).entries()) {
      const at = ['actions', String(index)]
      const action = resolveAction(this.#overlay, written, at)
      if (action) this.#apply(action, at)
      else this.#refuse(`the $ref of the action leads to none: ${written.$ref}`, ...at, '$ref')
    }
  }

  #apply({ fields, tokens }: Action, at: readonly string[]): void {
    const paths = this.#selectAll(fields, 'target', at)
    if (!paths) return
    if (paths.length === 0) {
      const pointer = below('#', ...at, 'target')
      const message = `the target selects nothing: ${fields.target}`
      this.#tell('overlay-selects-nothing', message, 'the action changes nothing', pointer)
    } else if (fields.remove === true) this.#remove(paths, at)
    else if (fields.copy !== undefined && !this.#isFirst) this.#copy(paths, fields, tokens, at)
    else if (fields.update === undefined) this.#refuse('an action must have update or remove', ...at)
    else for (const path of paths) this.#update(path, fields.update, [...tokens, 'update'])
  }

  #selectAll(fields: Json, name: string, at: readonly string[]): Path[] | undefined {
    const text = fields?.[name]
    if (typeof text !== 'string') {
      this.#refuse(`an action must have a ${name}, which is a JSONPath query`, ...at)
      return undefined
    }
    try {
      return this.#select(text, this.#edited.data)
    } catch (error) {
      const what = error instanceof TimeLimitError ? 'takes too long' : 'is no JSONPath query (RFC 9535)'
      this.#refuse(`${name} ${what}: ${(error as Error).message}`, ...at, name)
      return undefined
    }
  }

  #copy(paths: readonly Path[], fields: Json, tokens: readonly string[], at: readonly string[]): void {
    const sources = this.#selectAll(fields, 'copy', at)
    const [source, ...others] = sources ?? []
    if (source && others.length === 0) {
      const value = structuredClone(partAt(this.#edited.data, source))
      for (const path of paths) this.#update(path, value, [...tokens, 'copy'])
    } else if (sources) this.#refuse(`copy must select one part, and selects ${sources.length}`, ...at, 'copy')
  }

  /** @param tokens to the value in the overlay */
  #update(path: Path, value: Json, tokens: readonly string[]): void {
    const spot: Spot = { file: this.#overlay, tokens }
    const [kind, target] = [kindOf(value), kindOf(partAt(this.#edited.data, path))]
    if (target === 'list') {
      const isWhole = kind === 'list' && !this.#isFirst
      const spotOf = (index: number) => (isWhole ? { ...spot, tokens: [...tokens, String(index)] } : spot)
      this.#edited.append(path, isWhole ? value : [value], spotOf)
    } else if (target === 'object' && kind === 'object') {
      this.#edited.merge(path, value, spot, (message, inner) => this.#refuse(message, ...tokens, ...inner))
    } else if (target === 'primitive' && this.#isFirst) {
      this.#refuse('overlay 1.0 changes objects and lists: the target must be what holds the value', ...tokens)
    } else if (target === 'primitive' && kind === 'primitive') this.#edited.set(path, value, spot)
    else this.#refuse(`${article(kind)} cannot be merged into ${article(target)}`, ...tokens)
  }

  #remove(paths: readonly Path[], at: readonly string[]): void {
    // The last ones first: what stands before them keeps its place. A query may name a part twice.
    const once = new Map(paths.map((path) => [JSON.stringify(path), path]))
    for (const path of [...once.values()].sort(laterFirst)) {
      if (path.length === 0) this.#refuse('the whole document cannot be removed', ...at, 'target')
      else this.#edited.remove(path)
    }
  }

  #refuse(message: string, ...tokens: Path): void {
    this.#tell('overlay-action-invalid', message, 'the document stays as it is there', below('#', ...tokens))
  }

  #tell(rule: Rule, message: string, instead: string, pointer: Pointer): void {
    this.faults.push({ rule, message, instead, pointer: this.#overlay.name + pointer })
  }
}

function resolveAction({ data }: SourceFile, written: Json, at: readonly string[]): Action | undefined {
  if (typeof written?.$ref !== 'string') return { fields: written, tokens: at }
  const tokens = parsePointer(written.$ref)
  const fields = tokens && valueAt(data, `${written.$ref}/fields`)
  if (kindOf(fields) !== 'object' || !tokens) return undefined
  return { fields: { ...fields, target: written.target }, tokens: [...tokens, 'fields'] }
}

const partAt = (data: Json, path: Path): Json => path.reduce<Json>((at, token) => at?.[token], data)

/** An order of all paths, in which what lies in a part, or behind it in a list, comes before it. */
function laterFirst(one: Path, other: Path): number {
  for (const [index, token] of one.entries()) {
    const beside = other[index]
    if (beside === undefined) return -1
    if (typeof token === 'number' && typeof beside === 'number' && token !== beside) return beside - token
    if (token !== beside) return String(token) < String(beside) ? 1 : -1
  }
  return other.length > one.length ? 1 : 0
}
