import { findClosest } from './api/find-closest.ts'
import { listStriking } from './engine/force-failure.ts'
import type { Answer } from './engine/vocabulary.ts'
import type { OperationOf } from './journal/journal.ts'

/** The header that says what of a request was most likely meant otherwise. */
export const NOTE_HEADER = 'x-rollcall-note'

/** An answer with a note in its headers, where a row asked for a failure that its operation has not. */
export function tellMissed(answer: Answer, operationOf: OperationOf): Answer {
  const { missed, reply, api, operationId } = answer
  const operation = missed && operationOf(api, operationId)
  if (!operation) return answer
  const closest = findClosest(
    missed,
    listStriking(operation).map(({ id }) => id),
  )
  // A header holds no line break, and nothing beyond latin1; the name is whatever stood in the request.
  const name = missed.slice(0, 60).replace(/[^\w.-]/g, '?')
  const note = `${operation.id} has no failure ${name}; ${closest ? `the closest is ${closest.name}` : 'it has none'}`
  const { headers, pairs } = reply
  return {
    ...answer,
    note,
    reply: {
      ...reply,
      headers: { ...headers, [NOTE_HEADER]: note },
      ...(pairs && { pairs: [...pairs, [NOTE_HEADER, note] as const] }),
    },
  }
}
