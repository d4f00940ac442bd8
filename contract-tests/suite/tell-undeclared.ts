import type { Contract } from '../../documents/contract/contract.ts'
import { isUndeclaredRefusal } from './judge-reply.ts'
import type { CaseResult } from './vocabulary.ts'

/** More lines than these help nobody. */
const MOST_TOLD = 20

/** What an operation answered, and its document does not list. */
interface Undeclared {
  readonly operationId: string
  readonly status: number
  readonly replies: number
}

/**
 * A sentence for each operation and refusal that its document does not list, once, whatever the number of replies; of many
 * for those that came most often. No fault of the server (OpenAPI 3.1, Responses Object): the author may want to know.
 */
export function tellUndeclared(contract: Contract, results: readonly CaseResult[]): string[] {
  const counts = new Map<string, Undeclared>()
  for (const { request, reply } of results.flatMap(({ exchanges }) => exchanges)) {
    const operation = contract.operation(request.operationId)
    if (!operation || !reply || !isUndeclaredRefusal(operation, reply.status)) continue
    const { operationId } = request
    const key = `${operationId} ${reply.status}`
    const { replies = 0 } = counts.get(key) ?? {}
    counts.set(key, { operationId, status: reply.status, replies: replies + 1 })
  }
  const sorted = [...counts.values()].sort((one, other) => other.replies - one.replies)
  const rest = sorted.slice(MOST_TOLD)
  const statuses = [...new Set(rest.map(({ status }) => status))].sort()
  return [
    ...sorted.slice(0, MOST_TOLD).map(tell),
    ...(rest.length > 0 ? [`${rest.length} more refusals are not documented: ${statuses.join(', ')}`] : []),
  ]
}

const tell = ({ operationId, status, replies }: Undeclared): string =>
  `${operationId}: ${status} is not documented (${replies} ${replies === 1 ? 'reply' : 'replies'})`
