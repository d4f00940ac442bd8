import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { MediaType } from '../contract/operation.ts'
import type { OperationExamples } from '../contract/table.ts'
import type { Direction } from '../contract/tell-directions.ts'

/**
 * The examples that the document gives to bodies, by operation, each without what such a message leaves out.
 * @param options everyMediaType: those of all media types of a reply, of one name the first; otherwise those of the first
 *   media type, for a mock that sends no other
 */
export function listExamples(
  contract: Contract,
  { everyMediaType = false }: { readonly everyMediaType?: boolean } = {},
): Record<string, OperationExamples> {
  return Object.fromEntries(
    contract.operations.map(({ id, body, replies }) => {
      const request = examplesOf(contract, body?.content.slice(0, 1), 'readOnly')
      const told = replies.flatMap(({ status, content }) => {
        const examples = examplesOf(contract, everyMediaType ? content : content.slice(0, 1), 'writeOnly')
        return examples ? [[status, examples] as const] : []
      })
      return [id, { ...(request && { request }), replies: Object.fromEntries(told) }]
    }),
  )
}

/** Of several of one name the first. */
function examplesOf(contract: Contract, content: readonly MediaType[] = [], leftOut: Direction): MediaType['examples'] {
  const all = content.flatMap(({ examples, schema }) =>
    Object.entries(examples ?? {}).map(([name, example]): [string, unknown] => [
      name,
      leaveOutMembers(contract, schema?.schema, example, leftOut),
    ]),
  )
  return all.length > 0 ? Object.fromEntries(all.filter((one) => one === firstOf(all, one[0]))) : undefined
}

const firstOf = <E extends readonly [name: string, value: unknown]>(all: readonly E[], name: string): E | undefined =>
  all.find(([other]) => other === name)
