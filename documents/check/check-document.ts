import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { parsePointer } from '../read/json-pointer.ts'
import { holderOf } from '../read/kind-at.ts'
import { checkExamples } from './check-examples.ts'
import { checkSchemas } from './check-schemas.ts'

/**
 * What is wrong in a document and takes longer to find than to read it: examples and defaults that break their schemas, and
 * schemas that allow no value. Each step looks at one place.
 * @yields undefined where nothing was found
 */
export function* checkDocument(contract: Contract): Generator<Diagnostic | undefined> {
  for (const finding of inTurn(checkExamples(contract), checkSchemas(contract))) {
    yield finding && {
      ...finding,
      pointer: contract.originOf(finding.pointer),
      within: holderOf(parsePointer(finding.pointer) ?? []),
    }
  }
}

function* inTurn<T>(...all: readonly Iterable<T>[]): Generator<T> {
  for (const each of all) yield* each
}
