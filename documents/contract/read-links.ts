import { normalize, valueAt } from '../read/json-pointer.ts'
import { dereferenceAt, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import type { DeclaredLink, DeclaredOperation } from './operation.ts'

/** The links of a response. @param from the operation that it belongs to */
export function readLinks(contract: Contract, from: string, status: string, response: Part): DeclaredLink[] {
  return Object.keys(response.value?.links ?? {}).map((name) => {
    const { value: link, pointer } = dereferenceAt(contract, memberOf(response, 'links', name))
    const to = link.operationId ?? operationAt(contract, link.operationRef)
    const each = typeof link['x-each'] === 'string' ? asExpression(link['x-each']) : undefined
    return {
      name,
      pointer,
      from,
      status,
      to,
      role: contract.operation(to)?.role,
      parameters: link.parameters ?? {},
      ...(link.requestBody !== undefined && { requestBody: link.requestBody }),
      ...(each !== undefined && { each }),
      shows: link['x-shows'] ?? {},
    }
  })
}

/** The id of the operation that a link's `operationRef` leads to (OpenAPI 3.1, Link Object). @returns undefined for none of these */
function operationAt(contract: Contract, reference: unknown): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined
  const origin = contract.originOf(normalize(reference))
  return contract.operations.find(({ pointer }) => contract.originOf(pointer) === origin)?.id
}

/** A bare pointer is one into the reply's body; the whole of a body is `…body#`, so that items stand at `…body#/0`. */
const asExpression = (text: string): string =>
  text.startsWith('$') ? text.replace(/\.body$/, '.body#') : `$response.body#${text}`

/** Whether a response of an operation may have links, seen in what is written: nothing is read for it that few will ask for. */
export function mayLink({ written, originOf }: Contract, { pointer }: DeclaredOperation): boolean {
  const operation = valueAt(written, originOf(pointer)) as Json
  if (!operation?.responses || operation.responses.$ref !== undefined) return true
  return Object.values<Json>(operation.responses).some((entry) => {
    const response = typeof entry?.$ref === 'string' ? responseAt(written, entry.$ref) : entry
    return response === undefined || response?.links !== undefined || response?.$ref !== undefined
  })
}

/** @returns undefined where a reference leads elsewhere than to a component */
const responseAt = (written: Json, reference: string): Json =>
  reference.startsWith('#/components/responses/') ? valueAt(written, reference) : undefined
