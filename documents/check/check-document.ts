import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { parsePointer } from '../read/json-pointer.ts'
import { holderOf } from '../read/kind-at.ts'
import { checkAlternatives } from './check-alternatives.ts'
import { checkExamples } from './check-examples.ts'
import { checkPatterns } from './check-patterns.ts'
import { checkSchemas } from './check-schemas.ts'

const CHECKS = [checkPatterns, checkAlternatives, checkExamples, checkSchemas]

/**
 * What is wrong in a document and takes longer to find than to read it: patterns that can be tried for ever,
 * alternatives that nothing tells apart, examples and defaults that break their schemas, and schemas that allow no value.
 * Each step looks at one place.
 * @yields undefined where nothing was found
 */
export function* checkDocument(contract: Contract): Generator<Diagnostic | undefined> {
  // The same text may stand in several places of the model: a body of Swagger, for each of its media types.
  const told = new Set<string>()
  for (const finding of inTurn(...CHECKS.map((check) => check(contract)))) {
    const pointer = finding && contract.originOf(finding.pointer)
    const key = `${finding?.rule} ${pointer} ${finding?.message}`
    if (finding === undefined || pointer === undefined || told.has(key)) yield undefined
    else {
      told.add(key)
      yield { ...finding, pointer, within: holderOf(parsePointer(finding.pointer) ?? []) }
    }
  }
}

function* inTurn<T>(...all: readonly Iterable<T>[]): Generator<T> {
  for (const each of all) yield* each
}
