import { dereferenceAt, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import type { Evidence } from './evidence.ts'
import type { DeclaredHeader } from './operation.ts'
import { readParameter } from './read-parameter.ts'

/** `Content-Type` among them is to be ignored (OpenAPI 3.1, Response Object, "headers"). */
const IGNORED = 'content-type'

/** The headers of a response; a Header Object is a Parameter Object in the style `simple` (OpenAPI 3.1, Header Object). */
export function readHeaders(contract: Contract, response: Part, evidence: Evidence): DeclaredHeader[] {
  const names = Object.keys(response.value?.headers ?? {})
  return names.flatMap((name) => {
    const header = dereferenceAt(contract, memberOf(response, 'headers', name))
    if (name.toLowerCase() === IGNORED || typeof header.value !== 'object' || header.value === null) return []
    const { in: _, ...read } = readParameter(contract, header, evidence)
    const [mediaType] = Object.keys(header.value.content ?? {})
    return [{ ...read, name, style: 'simple', explode: header.value.explode === true, mediaType }]
  })
}
