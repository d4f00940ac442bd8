import { dereferenceAt, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import type { DeclaredLink } from './operation.ts'

/** The links of a response. @param from the operation that it belongs to */
export function readLinks(contract: Contract, from: string, status: string, response: Part): DeclaredLink[] {
  return Object.keys(response.value?.links ?? {}).map((name) => {
    const { value: link, pointer } = dereferenceAt(contract, memberOf(response, 'links', name))
    const each = typeof link['x-each'] === 'string' ? asExpression(link['x-each']) : undefined
    return {
      name,
      pointer,
      from,
      status,
      to: link.operationId,
      role: contract.operation(link.operationId)?.role,
      parameters: link.parameters ?? {},
      ...(link.requestBody !== undefined && { requestBody: link.requestBody }),
      ...(each !== undefined && { each }),
      shows: link['x-shows'] ?? {},
    }
  })
}

/** A bare pointer is one into the reply's body; the whole of a body is `…body#`, so that items stand at `…body#/0`. */
const asExpression = (text: string): string =>
  text.startsWith('$') ? text.replace(/\.body$/, '.body#') : `$response.body#${text}`
