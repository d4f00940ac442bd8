import { placeOf } from '../api/api.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { ControlError } from './control-error.ts'
import { type Control, json } from './exchange.ts'
import { listFailures } from './list-failures.ts'

/** Every operation, with where it is and what of it can be ordered to fail. */
export function listOperations({ mock }: Control): Reply {
  const orderable = listFailures(mock)
  return json(
    200,
    mock.apis
      .flatMap((api) => api.operations.map((operation) => ({ api, operation })))
      .map(({ api, operation }, index) => ({
        ...orderable[index],
        url: placeOf(api, operation) + operation.path,
        ...(api.unanswered.includes(operation.id) && { isUnanswered: true }),
      })),
  )
}

/** One operation with all that its API declares, and examples of its bodies. */
export async function readOperation({ mock, params, inspection }: Control): Promise<Reply> {
  const api = mock.apis.find(({ name }) => name === params['api'])
  const operation = api?.operations.find(({ id }) => id === params['operationId'])
  if (!api || !operation)
    throw new ControlError(404, `there is no operation ${params['operationId']} in ${params['api']}`)
  const contract = await inspection.contractOf(api).catch(() => undefined)
  const declared = contract?.operation(operation.id)
  const said = declared && (contract?.valueAt(declared.pointer) as { summary?: unknown; description?: unknown })
  const { request = {}, replies } = api.examples[operation.id] ?? { replies: {} }
  const bodies = declared?.body?.content.map(({ type, schema, examples }) => ({
    type,
    schema: schema?.schema,
    examples: examples ?? {},
  }))
  return json(200, {
    api: api.name,
    ...operation,
    url: placeOf(api, operation) + operation.path,
    credential: api.behaviours.exampleCredential,
    ...(said?.summary !== undefined && { summary: String(said.summary) }),
    ...(said?.description !== undefined && { description: String(said.description) }),
    examples: { request, replies },
    ...(bodies && { bodies }),
  })
}
