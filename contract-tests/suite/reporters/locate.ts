import { stringify } from 'yaml'
import type { Contract } from '../../../documents/contract/contract.ts'
import { type Pointer, parsePointer } from '../../../documents/read/json-pointer.ts'

/** A place that a JSON Pointer into the document leads to, as it was written. */
export interface Place {
  /** Undefined where only the data is known. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** To it in that file, as it was written. */
  readonly pointer?: Pointer
  /** The lines that say it. */
  readonly excerpt: string
  /** The pointer leads nowhere. */
  readonly isMissing?: true
}

/** Where a rule stands; a pointer that leads nowhere gives a place that says so. */
export type Locate = (pointer: Pointer) => Place

const MAX_LINES = 12

/**
 * Finds places of a document in its files.
 * @param show how a report calls a file; left out: by the name that it was read by
 */
export function createLocate(contract: Contract, show = (file: string): string => file): Locate {
  return (pointer) => {
    const value = contract.valueAt(pointer)
    const place = contract.findPlace(contract.originOf(pointer))
    const file = place && { file: show(place.file) }
    if (value === undefined) return { ...file, excerpt: '', isMissing: true }
    const tokens = parsePointer(pointer) as string[]
    if (tokens.length === 0) return { ...file, excerpt: '' }
    const { line, column, lines = [], pointer: written } = place ?? {}
    return {
      ...file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(written !== undefined && { pointer: written }),
      excerpt: lines.length > 0 ? clip(lines) : excerptOf(tokens, value),
    }
  }
}

/** `notes.yaml:23`; nothing where only the data is known. */
export const fileLineOf = ({ file = '', line }: Place): string => (line === undefined ? file : `${file}:${line}`)

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
