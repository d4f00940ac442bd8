import type { Api } from './api/api.ts'
import { findClosest } from './api/find-closest.ts'
import type { ProgrammedFailure } from './engine/force-failure.ts'
import type { Operation } from './engine/vocabulary.ts'

/**
 * The operation that an order is about, and its API, which the order may leave out where no other has such an operation.
 * @throws Error that says which there are: the APIs, or the operation that is closest by its name
 */
export function findOrdered(
  { api: name, operationId }: ProgrammedFailure,
  apis: readonly Api[],
): { readonly api: Api; readonly operation: Operation } {
  if (typeof operationId !== 'string') throw new Error('say which operation fails: operationId')
  const asked = name === undefined ? apis : apis.filter((api) => api.name === name)
  if (asked.length === 0) throw new Error(`there is no API ${name}; there is ${listNames(apis)}`)
  const found = asked.flatMap((api) => {
    const operation = api.operations.find(({ id }) => id === operationId)
    return operation ? [{ api, operation }] : []
  })
  const [first, ...others] = found
  if (first && others.length === 0) return first
  if (first)
    throw new Error(`${listNames(found.map(({ api }) => api))} have an operation ${operationId}: say which api`)
  const known = asked.flatMap(({ operations }) => operations.map(({ id }) => id))
  const closest = findClosest(operationId, known)
  throw new Error(
    `there is no operation ${operationId} in ${listNames(asked)}${closest ? `; the closest is ${closest.name}` : ''}`,
  )
}

const listNames = (apis: readonly Api[]): string => apis.map(({ name }) => name).join(', ')
