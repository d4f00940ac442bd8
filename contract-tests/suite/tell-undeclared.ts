import type { Contract } from '../../documents/contract/contract.ts'
import { groupBy } from './group-by.ts'
import { isUndeclaredRefusal } from './judge-reply.ts'
import type { CaseResult } from './vocabulary.ts'

/** So many operations are named for each status. */
const MOST_NAMED = 5

/**
 * A sentence for each refusal that operations gave and their document does not list for them. No fault of the server (OpenAPI
 * 3.1, Responses Object): the author may want to know.
 */
export function tellUndeclared(contract: Contract, results: readonly CaseResult[]): string[] {
  const undeclared = results.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ request, reply }) => {
      const operation = contract.operation(request.operationId)
      if (!operation || !reply || !isUndeclaredRefusal(operation, reply.status)) return []
      return [{ operationId: request.operationId, status: reply.status }]
    }),
  )
  const byStatus = [...groupBy(undeclared, ({ status }) => status)].sort(([one], [other]) => one - other)
  return byStatus.map(([status, replies]) => {
    const names = [...groupBy(replies, ({ operationId }) => operationId)]
      .sort(([, one], [, other]) => other.length - one.length)
      .map(([name]) => name)
    const more = names.length - MOST_NAMED
    const named = `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    return `${status} is not documented for ${named} (${replies.length} ${replies.length === 1 ? 'reply' : 'replies'})`
  })
}
