import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation, DeclaredParameter, MediaType } from '../../documents/contract/operation.ts'
import type { Encoding } from '../../documents/contract/table.ts'

/** The parameter that is the whole query (OpenAPI 3.2, Parameter Object, `in: querystring`). */
export const wholeQueryOf = ({ parameters }: DeclaredOperation): DeclaredParameter | undefined =>
  parameters.find((parameter) => parameter.in === 'querystring' && parameter.mediaType !== undefined)

/**
 * The same as an operation of its own, whose body it is: a value in a media type, with the rules of its schema.
 * @returns undefined where an operation has none
 */
export const asBody = (contract: Contract, { id }: DeclaredOperation): DeclaredOperation | undefined =>
  contract.once(readWholeQueries).get(idOf(id))

/** By the ids of the operations that they are made. */
export function readWholeQueries(contract: Contract): ReadonlyMap<string, DeclaredOperation> {
  const queries = new Map<string, DeclaredOperation>()
  for (const operation of contract.operations) {
    const parameter = wholeQueryOf(operation)
    if (!parameter) continue
    const { pointer, evidence, required } = parameter
    const media = mediaOf(contract, parameter)
    const body = { pointer, evidence, required, content: [media], contentPointer: pointer, json: jsonIn(media) }
    queries.set(idOf(operation.id), { ...operation, id: idOf(operation.id), parameters: [], security: [], body })
  }
  return queries
}

/** No operation has a space in its id. */
const idOf = (operationId: string): string => `${operationId} querystring`

function mediaOf(contract: Contract, { pointer, schema, mediaType = '', examples }: DeclaredParameter): MediaType {
  const written = contract.valueAt(pointer) as { content?: Record<string, { encoding?: Record<string, Encoding> }> }
  const encoding = written?.content?.[mediaType]?.encoding
  return {
    type: mediaType,
    pointer: schema.pointer,
    schema,
    ...(encoding && { encoding }),
    itemSchema: undefined,
    examples: examples.length > 0 ? { default: examples[0] } : undefined,
  }
}

const jsonIn = ({ type, schema }: MediaType) => (/[/+]json\b/i.test(type) ? schema : undefined)
