import { readJsonPlaces } from './find-in-json.ts'
import { readPlaces } from './find-in-text.ts'
import type { Origin, SourceFile, Spot } from './index-anchors.ts'
import { below, type Pointer, parsePointer } from './json-pointer.ts'
import type { FindInText } from './span.ts'

/** Where a part of the model was written. */
export interface Place {
  /** As the user named it, or as it can be opened from where the document was named. */
  readonly file: string
  /** From 1; undefined where the file cannot be read for places. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** To it in that file; where it is not written itself, to what it would stand in. */
  readonly pointer?: Pointer
  /**
   * The lines that say it, whole, or its own part of a line that holds a whole document; none where it is not written
   * itself, but comes from what is said around it.
   */
  readonly lines: readonly string[]
  /** The line holds a whole document, or much of one: the column alone tells where. */
  readonly isCrowded?: true
}

/**
 * Leads from a pointer into what was read to where that was written, or what is around it.
 * @returns undefined where there is no text, but only data
 */
export type FindPlace = (pointer: Pointer) => Place | undefined

/**
 * Finds places of a document in its files. A file is read for its places when the first one is asked for.
 * @param origins what was taken in from other files, or stands elsewhere than it was written
 * @param overlays what has changed the document; their own parts are asked for by `<name of the file>#/actions/0`
 */
export function createFindPlace(
  root: SourceFile,
  origins: readonly Origin[],
  overlays: readonly SourceFile[] = [],
): (pointer: Pointer) => Place {
  const byPointer = (list: readonly Origin[]) => new Map(list.map((origin) => [origin.pointer, origin]))
  const [bundled, overlaid] = [byPointer(origins), byPointer(root.origins ?? [])] as const
  const texts = new Map<SourceFile, SearchableText>()
  const spotOf = (pointer: Pointer): Spot => {
    const overlay = overlays.find(({ name }) => pointer.startsWith(`${name}#`))
    if (overlay) return { file: overlay, tokens: parsePointer(pointer.slice(overlay.name.length)) ?? [] }
    const spot = originOf(bundled, { file: root, tokens: parsePointer(pointer) ?? [] })
    return spot.file === root ? originOf(overlaid, spot) : spot
  }
  return (pointer) => {
    const { file, tokens } = spotOf(pointer)
    const text = texts.get(file) ?? searchable(file)
    texts.set(file, text)
    return text(tokens)
  }
}

/** The nearest part around it that has an origin of its own decides. */
function originOf(origins: ReadonlyMap<Pointer, Origin>, { file, tokens }: Spot): Spot {
  for (let length = tokens.length; length >= 0 && origins.size > 0; length--) {
    const origin = origins.get(below('#', ...tokens.slice(0, length)))
    if (origin) return { file: origin.file, tokens: [...origin.tokens, ...tokens.slice(length)] }
  }
  return { file, tokens }
}

/** Of a line that a person wrote. Machines write whole documents in one. */
const MOST_LETTERS = 1000

type SearchableText = (tokens: readonly string[]) => Place

function searchable({ name, text, isJson }: SourceFile): SearchableText {
  let find: FindInText | undefined
  let starts: number[] | undefined
  return (tokens) => {
    if (!starts) {
      find = isJson ? readJsonPlaces(text) : readPlaces(text)
      starts = startsOfLines(text)
    }
    if (!find) return { file: name, lines: [] }
    const { start, end, depth } = find(tokens)
    const first = lineAt(starts, start)
    const last = Math.max(first, lineAt(starts, end - 1))
    const isWritten = depth === tokens.length && depth > 0
    const isCrowded = (starts[first + 1] ?? text.length) - (starts[first] as number) > MOST_LETTERS
    const said = isCrowded ? text.slice(start, end).split(/\r\n?|\n/) : linesOf(text, starts, first, last)
    const column = start - (starts[first] as number) + 1
    const pointer = below('#', ...tokens.slice(0, depth))
    const lines = isWritten ? said : []
    return { file: name, line: first + 1, column, pointer, lines, ...(isCrowded && { isCrowded }) }
  }
}

function startsOfLines(text: string): number[] {
  const starts = [0]
  const isOld = /\r(?!\n)/.test(text)
  if (isOld) for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length)
  else for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

/** The index of the line that an offset is in. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

const linesOf = (text: string, starts: readonly number[], first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) =>
    text.slice(starts[first + at], starts[first + at + 1] ?? text.length).replace(/[\r\n]+$/, ''),
  )
