import type { Diagnostic } from '../documents/read/diagnostic.ts'
import type { FindPlace } from '../documents/read/find-place.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import { describeFaults } from './describe-faults.ts'

/** What is known of a document that was read. */
interface Known {
  readonly diagnostics?: readonly Diagnostic[]
  readonly findPlace?: FindPlace
}

/** Tells who works with a document once what is wrong in it: how many faults, and the first of them. */
export function tellFaults(
  document: string,
  { diagnostics = [], findPlace = () => undefined }: Known,
  stderr: { write(text: string): unknown },
): void {
  for (const line of describeFaults(document, diagnostics, findPlace, { done: 'read' }))
    stderr.write(`rollcall: ${escapeControl(line)}\n`)
}
