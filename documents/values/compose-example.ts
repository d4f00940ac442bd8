import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation, DeclaredReply } from '../contract/operation.ts'
import type { OperationExamples } from '../contract/table.ts'
import { createRandom } from '../patterns/random.ts'
import { DataError, makeValue } from './make-value.ts'

/** A success, or whatever is not declared otherwise. */
const SUCCESS = /^2(?:\d\d|XX)$|^default$/

/**
 * Adds an example, called `composed`, to each success reply that has none: the document's examples of its members where
 * it gives some, and values made from the schema for the rest. Each is valid.
 * @throws DataError naming operation and field where there is no such value
 */
export function composeMissing(
  contract: Contract,
  examples: Readonly<Record<string, OperationExamples>>,
): Record<string, OperationExamples> {
  return Object.fromEntries(
    contract.operations.map((operation) => {
      const known = examples[operation.id] as OperationExamples
      const missing = operation.replies.filter(
        ({ status, json }) => SUCCESS.test(status) && !known.replies[status] && json !== undefined,
      )
      const composed = missing.map(
        (reply) => [reply.status, { composed: compose(contract, operation, reply) }] as const,
      )
      return [operation.id, { ...known, replies: { ...known.replies, ...Object.fromEntries(composed) } }]
    }),
  )
}

function compose(contract: Contract, { id }: DeclaredOperation, { status, json }: DeclaredReply): unknown {
  const random = createRandom('example', id, status)
  try {
    return makeValue(contract, json?.schema, random, '', { examples: true, optional: 1, reading: 'replies' })
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new DataError(`${error.pointer || '/'} of the reply ${status} of ${id}`, error.reason)
  }
}
