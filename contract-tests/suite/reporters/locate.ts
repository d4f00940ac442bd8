import { stringify } from 'yaml'
import type { Contract } from '../../../documents/contract/contract.ts'
import { type Pointer, parsePointer } from '../../../documents/read/json-pointer.ts'

/** A place that a JSON Pointer into the document leads to, as it was written. */
export interface Place {
  /** As a person calls it; undefined where only the data is known. */
  readonly file?: string
  /** The same from the root of the user's checkout; undefined where it is not in it: nothing there can be annotated. */
  readonly checkedOut?: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** The line holds a whole document, or much of one: the column alone tells where. */
  readonly isCrowded?: true
  /** To it in that file, as it was written. */
  readonly pointer?: Pointer
  /** The lines that say it. */
  readonly excerpt: string
  /** The pointer leads nowhere. */
  readonly isMissing?: true
}

/** Where a rule stands; a pointer that leads nowhere gives a place that says so. */
export type Locate = (pointer: Pointer) => Place

/** What a report calls a file by. */
export type NameFile = (file: string) => Pick<Place, 'file' | 'checkedOut'>

const MAX_LINES = 12

/**
 * Finds places of a document in its files.
 * @param nameFile left out: a file is called by the name that it was read by, and is the user's own
 */
export function createLocate(contract: Contract, nameFile: NameFile = (file) => ({ file, checkedOut: file })): Locate {
  return (pointer) => {
    const value = contract.valueAt(pointer)
    const place = contract.findPlace(contract.originOf(pointer))
    const file = place && nameFile(place.file)
    if (value === undefined) return { ...file, excerpt: '', isMissing: true }
    const tokens = parsePointer(pointer) as string[]
    if (tokens.length === 0) return { ...file, excerpt: '' }
    const { line, column, isCrowded, lines = [], pointer: written } = place ?? {}
    return {
      ...file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(isCrowded && { isCrowded }),
      ...(written !== undefined && { pointer: written }),
      excerpt: lines.length > 0 ? clip(lines) : excerptOf(tokens, value),
    }
  }
}

/** `notes.yaml:23`, or `notes.json:1:4711` where a line holds much else; nothing where only the data is known. */
export const fileLineOf = ({ file = '', line, column, isCrowded }: Place): string =>
  [file, line, isCrowded && column].filter(Boolean).join(':')

/** `notes.yaml:23  #/components/schemas/Note`: where a rule stands, in one line. */
export const describePlace = (place: Place, pointer: Pointer): string =>
  [fileLineOf(place), pointerIn(place, pointer)].filter(Boolean).join('  ')

/** The pointer as it was written, with a word where it leads nowhere. */
export const pointerIn = ({ isMissing, pointer: written }: Place, pointer: Pointer): string =>
  isMissing ? `${pointer} (not in the document)` : (written ?? pointer)

const excerptOf = (path: readonly string[], value: unknown): string =>
  clip(
    stringify({ [path.at(-1) as string]: value }, { aliasDuplicateObjects: false })
      .trimEnd()
      .split('\n'),
  )

function clip(lines: readonly string[]): string {
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length))
  const shown = lines.slice(0, MAX_LINES).map((line) => line.slice(Number.isFinite(margin) ? margin : 0).slice(0, 300))
  return [...shown, ...(lines.length > MAX_LINES ? ['…'] : [])].join('\n')
}
