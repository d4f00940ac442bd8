import type { Api } from '../api/api.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { ControlError } from './control-error.ts'
import { type Control, json } from './exchange.ts'

/** The documents that the APIs come from. */
export const listDocuments = ({ mock }: Control): Reply =>
  json(
    200,
    mock.apis.map(({ name, title, version, operations, servers }) => ({
      api: name,
      title,
      version,
      operations: operations.length,
      servers,
    })),
  )

function apiOf({ mock, params }: Control): Api {
  const name = params['api']?.replace(/\.json$/, '')
  const api = mock.apis.find((one) => one.name === name)
  if (api) return api
  throw new ControlError(404, `there is no API ${name}; there is ${mock.apis.map((one) => one.name).join(', ')}`)
}

/** The document itself, as OpenAPI 3.1 has it. */
export async function readOpenApi(control: Control): Promise<Reply> {
  const api = apiOf(control)
  return json(200, api.document ?? (await control.inspection.contractOf(api)).model)
}

/** What is wrong in a document, where, and what its paths speak of, with how sure that is. */
export async function readDocumentFacts(control: Control): Promise<Reply> {
  const api = apiOf(control)
  const contract = await control.inspection.contractOf(api)
  const { findResources } = await import('../../documents/resources/find-resources.ts')
  const resources = contract.once(findResources)
  const faults = [...(api.diagnostics ?? contract.diagnostics), ...resources.diagnostics]
  return json(200, {
    api: api.name,
    title: api.title,
    version: api.version,
    servers: api.servers,
    diagnostics: faults.map(({ rule, message, instead, pointer }) => {
      const { file, line, column } = contract.findPlace(pointer) ?? {}
      return { rule, message, instead, pointer, file, line, column }
    }),
    resources: resources.resources.map(({ name, parent, identity }) => ({ name, parent, identity })),
    operations: resources.operations.map(({ operationId, role, resource, identity, sure, reason }) => {
      const { method, path } = contract.operation(operationId) ?? {}
      return { operationId, method, path, role, resource, identity, sure, reason }
    }),
    ...(api.tellRemembered && { remembered: api.tellRemembered() }),
  })
}
