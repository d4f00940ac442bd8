import type { Contract } from '../contract/contract.ts'
import { leaveOutMembers } from '../contract/leave-out-members.ts'
import type { MediaType } from '../contract/operation.ts'
import type { OperationExamples } from '../contract/table.ts'
import type { Direction } from '../contract/tell-directions.ts'

/** The examples that the document gives to bodies, by operation, each without what such a message leaves out. */
export function listExamples(contract: Contract): Record<string, OperationExamples> {
  return Object.fromEntries(
    contract.operations.map(({ id, body, replies }) => {
      const request = firstExamples(contract, body?.content, 'readOnly')
      const told = replies.flatMap(({ status, content }) => {
        const examples = firstExamples(contract, content, 'writeOnly')
        return examples ? [[status, examples] as const] : []
      })
      return [id, { ...(request && { request }), replies: Object.fromEntries(told) }]
    }),
  )
}

/** Those of the first media type: bodies are sent as that. */
function firstExamples(
  contract: Contract,
  content: readonly MediaType[] = [],
  leftOut: Direction,
): MediaType['examples'] {
  const [media] = content
  if (!media?.examples) return undefined
  const { schema } = media.schema ?? {}
  return Object.fromEntries(
    Object.entries(media.examples).map(([name, example]) => [
      name,
      leaveOutMembers(contract, schema, example, leftOut),
    ]),
  )
}
