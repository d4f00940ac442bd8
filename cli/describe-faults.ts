import type { Diagnostic } from '../documents/read/diagnostic.ts'
import type { FindPlace } from '../documents/read/find-place.ts'
import type { Pointer } from '../documents/read/json-pointer.ts'

/** As many as a person reads before the list of operations. */
const SHOWN = 10

/** `pets.yaml:12:7`; the pointer where no text is known. */
export const placeIn = (
  { file, line, column }: { readonly file?: string; readonly line?: number; readonly column?: number },
  pointer: Pointer,
): string => (line === undefined ? `${file ?? ''}${pointer}` : `${file}:${line}:${column}`)

/**
 * What a command says of the faults of its document: how many there are, and the first of them. No faults, no lines.
 * @param options more: where others were told before; done: what it does with the document all the same
 */
export function describeFaults(
  document: string,
  faults: readonly Diagnostic[],
  findPlace: FindPlace,
  { more = '', done = 'served' }: { readonly more?: string; readonly done?: string } = {},
): string[] {
  if (faults.length === 0) return []
  const count = `${faults.length} ${more}${faults.length === 1 ? 'fault' : 'faults'}`
  return [
    `${document} has ${count}, and is ${done} all the same; rollcall check ${document} tells all of them`,
    ...faults
      .slice(0, SHOWN)
      .map(
        ({ message, instead, pointer }) => `  ${placeIn(findPlace(pointer) ?? {}, pointer)}: ${message}; ${instead}`,
      ),
  ]
}
