import { type Document, dereferenceAt, memberOf, type Part } from '../read-document.ts'
import type { DeclaredLink, Role } from './operation.ts'

/** What an operation is for, by its id. */
export type RoleOf = (operationId: string) => Role | undefined

/** The links of a response. @param from the operation that it belongs to */
export function readLinks(
  document: Document,
  from: string,
  status: string,
  response: Part,
  roleOf: RoleOf,
): DeclaredLink[] {
  return Object.keys(response.value?.links ?? {}).map((name) => {
    const { value: link, pointer } = dereferenceAt(document, memberOf(response, 'links', name))
    const each = typeof link['x-each'] === 'string' ? asExpression(link['x-each']) : undefined
    return {
      name,
      pointer,
      from,
      status,
      to: link.operationId,
      role: roleOf(link.operationId),
      parameters: link.parameters ?? {},
      ...(link.requestBody !== undefined && { requestBody: link.requestBody }),
      ...(each !== undefined && { each }),
      shows: link['x-shows'] ?? {},
    }
  })
}

/** A bare pointer is one into the reply's body. */
const asExpression = (text: string): string => (text.startsWith('$') ? text : `$response.body#${text}`)
