import { jsonSchemaOf } from './compile-validators.ts'
import type { ExampleRow } from './list-examples.ts'
import { placesOf } from './list-operations.ts'
import { DataError, makeValue } from './make-value.ts'
import { createRandom } from './random.ts'
import { type Document, dereference } from './read-document.ts'

/**
 * Adds an example, called `composed`, to each success reply that has none: the document's examples of its members where
 * it gives some, and values made from the schema for the rest. Each is valid.
 * @throws DataError naming operation and field where there is no such value
 */
export function composeMissing(document: Document, examples: Record<string, ExampleRow>): Record<string, ExampleRow> {
  for (const { id, operation } of placesOf(document)) {
    const row = examples[id] as ExampleRow
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const schema = jsonSchemaOf(dereference(document, response))
      if (!/^2(?:\d\d|XX)$|^default$/.test(status) || row.replies[status] || schema === undefined) continue
      const random = createRandom('example', id, status)
      const options = { examples: true, optional: 1, reading: 'replies' } as const
      row.replies[status] = {
        composed: nameOperation(id, status, () => makeValue(document, schema, random, '', options)),
      }
    }
  }
  return examples
}

function nameOperation(id: string, status: string, make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new DataError(`${error.pointer || '/'} of the reply ${status} of ${id}`, error.reason)
  }
}
