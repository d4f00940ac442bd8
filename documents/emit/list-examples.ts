import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { DeclaredOperation, MediaType } from '../contract/operation.ts'
import type { OperationExamples } from '../contract/table.ts'
import type { Direction } from '../contract/tell-directions.ts'
import { defineLazily } from '../read/define-lazily.ts'

/**
 * The examples that the document gives to bodies, by operation, each without what such a message leaves out. They are read
 * when they are first asked for.
 * @param options everyMediaType: those of all media types of a reply, of one name the first; otherwise those of the first
 *   media type, for a mock that sends no other
 */
export function listExamples(
  contract: Contract,
  { everyMediaType = false }: { readonly everyMediaType?: boolean } = {},
): Record<string, OperationExamples> {
  const all: Record<string, OperationExamples> = {}
  for (const operation of contract.operations)
    defineLazily(all, operation.id, () => examplesOf(contract, operation, everyMediaType))
  return all
}

function examplesOf(
  contract: Contract,
  { body, replies }: DeclaredOperation,
  everyMediaType: boolean,
): OperationExamples {
  const request = listNamed(contract, body?.content.slice(0, 1), 'readOnly')
  const told = replies.flatMap(({ status, content }) => {
    const examples = listNamed(contract, everyMediaType ? content : content.slice(0, 1), 'writeOnly')
    return examples ? [[status, examples] as const] : []
  })
  return { ...(request && { request }), replies: Object.fromEntries(told) }
}

/** Of several of one name the first. */
function listNamed(contract: Contract, content: readonly MediaType[] = [], leftOut: Direction): MediaType['examples'] {
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
