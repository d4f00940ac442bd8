import { below } from '../read/json-pointer.ts'
import { once } from '../read/once.ts'
import { dereference, dereferenceAt, type Json, memberOf, type Part } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import type { OperationPlace } from './find-operations.ts'
import type { DeclaredFailure, DeclaredOperation, DeclaredReply } from './operation.ts'
import { readBody, readContent } from './read-content.ts'
import { readHeaders } from './read-headers.ts'
import { readLinks } from './read-links.ts'
import { readParameter } from './read-parameter.ts'
import { readServers } from './read-servers.ts'
import { statementAt } from './statement-at.ts'
import type { SecurityScheme } from './table.ts'

/** An operation whose parts are read when they are first asked for. */
export function readOperation(contract: Contract, place: OperationPlace): DeclaredOperation {
  const { id, method, path, pathQuery, operation, pointer } = place
  const evidence = evidenceIn(operation, 'documented')
  const whole: Part = { value: operation, pointer }
  const parameters = once(() => place.parameters().map((parameter) => readParameter(contract, parameter, evidence)))
  const body = once(() => readBody(contract, dereferenceAt(contract, memberOf(whole, 'requestBody')), evidence))
  const replies = once(() =>
    Object.keys(operation.responses ?? {}).map((status) => readReply(contract, id, whole, status, evidence)),
  )
  const failures = once(() => readFailures(contract, whole, evidence))
  const security = once(() => readSecurity(contract, operation))
  return {
    id,
    method,
    path,
    ...(pathQuery && { pathQuery }),
    role: operation['x-role'],
    pointer,
    evidence,
    servers: place.servers.length > 0 ? readServers(place) : undefined,
    get parameters() {
      return parameters()
    },
    get body() {
      return body()
    },
    get replies() {
      return replies()
    },
    get repliesPointer() {
      return statementAt(operation, pointer, 'responses')
    },
    get failures() {
      return failures()
    },
    get security() {
      return security()
    },
    securityPointer: operation.security ? below(pointer, 'security') : below('#', 'security'),
  }
}

function readReply(
  contract: Contract,
  operationId: string,
  operation: Part,
  status: string,
  inherited: Evidence,
): DeclaredReply {
  const entry = memberOf(operation, 'responses', status)
  const response = dereferenceAt(contract, entry)
  const evidence = evidenceIn(response.value, evidenceIn(entry.value, inherited))
  const headers = once(() => readHeaders(contract, response, evidence))
  return {
    status,
    statusPointer: entry.pointer,
    ...readContent(contract, response, evidence),
    get headers() {
      return headers()
    },
    links: readLinks(contract, operationId, status, response),
  }
}

function readFailures(contract: Contract, operation: Part, inherited: Evidence): DeclaredFailure[] {
  const entries: readonly Json[] = operation.value['x-failures'] ?? []
  return entries.map((_, index) => {
    const { value, pointer } = dereferenceAt(contract, memberOf(operation, 'x-failures', index))
    const { level = 'request', status, at = String(status ?? '2XX'), evidence = inherited } = value
    return { ...value, level, at, evidence, pointer }
  })
}

function readSecurity(contract: Contract, operation: Json): SecurityScheme[][] {
  const requirements: Json[] = operation.security ?? contract.growing.security ?? []
  // An empty requirement makes credentials optional (OpenAPI 3.1, Security Requirement Object).
  if (requirements.some((requirement) => Object.keys(requirement).length === 0)) return []
  const alternatives = requirements.map((requirement) => readSchemes(contract, Object.keys(requirement)))
  return alternatives.filter((schemes) => schemes.length > 0)
}

/** Security schemes by their names in the document; nobody can be asked for what is not declared. */
export function readSchemes(contract: Contract, names: readonly string[]): SecurityScheme[] {
  return names.flatMap((name) => {
    const scheme = dereference(contract, contract.growing.components?.securitySchemes?.[name])
    if (!scheme) return []
    const { type, scheme: httpScheme, in: place, name: key } = scheme
    const options = { ...(httpScheme && { scheme: httpScheme }), ...(place && { in: place }), ...(key && { key }) }
    return [{ name, type, ...options }]
  })
}
