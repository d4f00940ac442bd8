import type { Api } from './api/api.ts'
import { findClosest } from './api/find-closest.ts'
import { checkProgrammed, type Order, type ProgrammedFailure } from './engine/force-failure.ts'
import type { Operation } from './engine/vocabulary.ts'

/** An operation, and whose it is. */
interface Ordered {
  readonly api: Api
  readonly operation: Operation
}

/**
 * The operation that an order is about, and its API, which the order may leave out where no other has such an operation.
 * @throws Error that says which there are: the APIs, or the operation that is closest by its name
 */
function findOrdered({ api: name, operationId }: ProgrammedFailure, apis: readonly Api[]): Ordered {
  const asked = apis.filter((api) => name === undefined || api.name === name)
  const all = asked.flatMap((api) => api.operations.map((operation) => ({ api, operation })))
  const found = all.filter(({ operation }) => operation.id === operationId)
  if (found.length === 1) return found[0] as Ordered
  const known = asked.length > 0 ? all.map(({ operation }) => operation.id) : apis.map((api) => api.name)
  throw new Error(
    found.length > 1
      ? `say which API: ${found.map(({ api }) => api.name).join(', ')}`
      : asked.length > 0
        ? `there is no operation ${operationId}${name ? ` in ${name}` : ''}; the closest is ${findClosest(String(operationId), known)?.name}`
        : `there is no API ${name}; there is ${known.join(', ')}`,
  )
}

/**
 * An order with the API that it is about.
 * @throws Error that says what is wrong with it: an API, an operation, a failure or an example that is not there, a number
 * out of range
 */
export function readOrder(order: ProgrammedFailure, apis: readonly Api[]): Order {
  const { api, operation } = findOrdered(order, apis)
  checkProgrammed(order, operation, api.examples[operation.id])
  return { ...order, api: api.name }
}
