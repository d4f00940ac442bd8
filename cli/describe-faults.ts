import type { Diagnostic } from '../documents/read/diagnostic.ts'
import type { FindPlace } from '../documents/read/find-place.ts'
import type { Pointer } from '../documents/read/json-pointer.ts'

/** As many as a person reads before the list of operations. */
const SHOWN = 10

/** What a command that serves a document says of its faults: how many there are, and the first of them. No faults, no lines. */
export function describeFaults(document: string, diagnostics: readonly Diagnostic[], findPlace: FindPlace): string[] {
  if (diagnostics.length === 0) return []
  const count = diagnostics.length === 1 ? '1 fault' : `${diagnostics.length} faults`
  return [
    `${document} has ${count}, and is served all the same; rollcall check ${document} tells all of them`,
    ...diagnostics
      .slice(0, SHOWN)
      .map(({ message, instead, pointer }) => `  ${placeOf(pointer)}: ${message}; ${instead}`),
  ]

  function placeOf(pointer: Pointer): string {
    const { file, line, column } = findPlace(pointer) ?? {}
    return line === undefined ? pointer : `${file}:${line}:${column}`
  }
}
