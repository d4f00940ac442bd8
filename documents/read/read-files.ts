import { pathToFileURL } from 'node:url'
import { applyOverlays, type OverlayFault } from './apply-overlays.ts'
import { type BrokenReference, type Bundled, bundleReferences } from './bundle-references.ts'
import { ReferenceCollector } from './collect-references.ts'
import { findLargeIntegers } from './find-large-integers.ts'
import { createFindPlace, type FindPlace } from './find-place.ts'
import { type SourceFile, textsOf } from './index-anchors.ts'
import type { Json } from './json.ts'
import { below, type Pointer, parsePointer } from './json-pointer.ts'
import { FileLoader } from './load-files.ts'
import { parseSource } from './parse-text.ts'
import type { ReadOptions } from './read-options.ts'

/** A document as it was written, with the parts of other files taken in, in the version that it was written in. */
export interface Written {
  /** Open data: nothing has looked yet whether it is a document of OpenAPI. */
  readonly data: Json
  /** How messages call it. */
  readonly name: string
  /** Members of objects that were given again: the last one counts. */
  readonly twice: readonly Pointer[]
  /** The names of the files whose tabs were read as spaces. */
  readonly tabbed: readonly string[]
  /** What leads nowhere, for a reason of its own: a file that is not there or not to be read, an anchor that nobody has. */
  readonly broken: readonly BrokenReference[]
  /** What is wrong with the overlays that have changed it. */
  readonly overlayFaults: readonly OverlayFault[]
  /** Takes pointers into `data`. */
  readonly findPlace: FindPlace
  /** Whole numbers that no number of JavaScript is, as they are written, by the number that they are read as. */
  readonly largeIntegers: ReadonlyMap<number, string>
}

/** How many files are read or fetched at the same time. */
const AT_ONCE = 16

/**
 * Reads a document and the files that it refers to, as far as they may be read.
 * @param document a path, or an http or https URL
 * @throws DocumentError where the document itself cannot be read or parsed
 */
export async function readFiles(document: string, options: ReadOptions = {}): Promise<Written> {
  const loader = new FileLoader(document, options)
  const written = await loader.loadDocument()
  const overlays = await Promise.all((options.overlays ?? []).map((one) => new FileLoader(one, options).loadDocument()))
  const { file: root, faults } = await applyOverlays(written, overlays)
  const collector = new ReferenceCollector(root)
  for (let missing = collector.collect(); missing.length > 0; missing = collector.collect()) {
    for (let first = 0; first < missing.length; first += AT_ONCE) {
      const uris = missing.slice(first, first + AT_ONCE)
      const files = await Promise.all(uris.map((uri) => loader.load(uri)))
      for (const [index, uri] of uris.entries()) collector.add(uri, files[index] as SourceFile | string)
    }
  }
  return writtenOf(root, collector, overlays, faults)
}

/** The same from a text, which can refer to no other file. @param name how errors call it @throws DocumentError */
export function readText(text: string, name: string): Written {
  const root = parseSource(text, name, pathToFileURL(name).href)
  const collector = new ReferenceCollector(root)
  for (let missing = collector.collect(); missing.length > 0; missing = collector.collect()) {
    for (const uri of missing) collector.add(uri, 'it is in another file, and only a text was given')
  }
  return writtenOf(root, collector)
}

function writtenOf(
  root: SourceFile,
  collector: ReferenceCollector,
  overlays: readonly SourceFile[] = [],
  overlayFaults: readonly OverlayFault[] = [],
): Written {
  const bundled: Bundled = collector.needsBundling
    ? bundleReferences(collector)
    : { data: root.data, origins: [], broken: [] }
  const { data, broken, origins } = bundled
  const twice = collector.files.flatMap((file) => (file.twice ?? []).flatMap((pointer) => goalOf(file, pointer)))
  const largeIntegers = findLargeIntegers(collector.files.flatMap(textsOf))
  const findPlace = createFindPlace(root, origins, overlays)
  const tabbed = [...collector.files, ...overlays].flatMap((file) => (file.isTabbed ? [file.name] : []))
  return { data, twice, tabbed, broken, overlayFaults, name: root.name, findPlace, largeIntegers }

  /** Where a part of a file has come to. @returns nothing where it is not taken in */
  function goalOf(file: SourceFile, pointer: Pointer): Pointer[] {
    if (file === root) return [pointer]
    const tokens = parsePointer(pointer) ?? []
    const around = origins.filter(
      (origin) => origin.file === file && origin.tokens.every((token, at) => token === tokens[at]),
    )
    const [nearest] = around.sort((one, other) => other.tokens.length - one.tokens.length)
    return nearest ? [below(nearest.pointer, ...tokens.slice(nearest.tokens.length))] : []
  }
}
