import { below } from '../json-pointer.ts'
import {
  type Document,
  DocumentError,
  dereference,
  dereferenceAt,
  type Json,
  memberOf,
  type Part,
} from '../read-document.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import type { OperationPlace } from './find-operations.ts'
import { once } from './once.ts'
import type { DeclaredFailure, DeclaredOperation, DeclaredReply } from './operation.ts'
import { readBody, readContent } from './read-content.ts'
import { type RoleOf, readLinks } from './read-links.ts'
import { readParameter } from './read-parameter.ts'
import { statementAt } from './statement-at.ts'
import type { SecurityScheme } from './table.ts'

/** An operation whose parts are read when they are first asked for. @param roleOf what each of the document's is for */
export function readOperation(document: Document, place: OperationPlace, roleOf: RoleOf): DeclaredOperation {
  const { id, method, path, operation, pointer } = place
  const evidence = evidenceIn(operation, 'documented')
  const whole: Part = { value: operation, pointer }
  const parameters = once(() => place.parameters.map((parameter) => readParameter(document, parameter, evidence)))
  const body = once(() => readBody(document, dereferenceAt(document, memberOf(whole, 'requestBody')), evidence))
  const replies = once(() =>
    Object.keys(operation.responses ?? {}).map((status) => readReply(document, id, whole, status, evidence, roleOf)),
  )
  const failures = once(() => readFailures(document, whole, evidence))
  const security = once(() => readSecurity(document, operation))
  return {
    id,
    method,
    path,
    role: operation['x-role'],
    pointer,
    evidence,
    get parameters() {
      return parameters()
    },
    get body() {
      return body()
    },
    get replies() {
      return replies()
    },
    repliesPointer: statementAt(operation, pointer, 'responses'),
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
  document: Document,
  operationId: string,
  operation: Part,
  status: string,
  inherited: Evidence,
  roleOf: RoleOf,
): DeclaredReply {
  const entry = memberOf(operation, 'responses', status)
  const response = dereferenceAt(document, entry)
  const evidence = evidenceIn(response.value, evidenceIn(entry.value, inherited))
  return {
    status,
    statusPointer: entry.pointer,
    ...readContent(document, response, evidence),
    links: readLinks(document, operationId, status, response, roleOf),
  }
}

function readFailures(document: Document, operation: Part, inherited: Evidence): DeclaredFailure[] {
  const entries: readonly Json[] = operation.value['x-failures'] ?? []
  return entries.map((_, index) => {
    const { value, pointer } = dereferenceAt(document, memberOf(operation, 'x-failures', index))
    return { ...value, evidence: value.evidence ?? inherited, pointer }
  })
}

function readSecurity(document: Document, operation: Json): SecurityScheme[][] {
  const requirements: Json[] = operation.security ?? document.security ?? []
  // An empty requirement makes credentials optional (OpenAPI 3.1, Security Requirement Object).
  if (requirements.some((requirement) => Object.keys(requirement).length === 0)) return []
  return requirements.map((requirement) =>
    Object.keys(requirement).map((name) => {
      const scheme = dereference(document, document.components?.securitySchemes?.[name])
      if (!scheme) throw new DocumentError(`security names ${name}, which components.securitySchemes does not have`)
      const { type, scheme: httpScheme, in: place, name: key } = scheme
      return { name, type, ...(httpScheme && { scheme: httpScheme }), ...(place && { in: place }), ...(key && { key }) }
    }),
  )
}
