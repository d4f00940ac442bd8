import type { Contract } from '../contract/contract.ts'
import type { MediaType } from '../contract/operation.ts'
import type { OperationExamples } from '../contract/table.ts'

/** The examples that the document gives to bodies, by operation. */
export function listExamples(contract: Contract): Record<string, OperationExamples> {
  return Object.fromEntries(
    contract.operations.map(({ id, body, replies }) => {
      const request = firstExamples(body?.content)
      const told = replies.flatMap(({ status, content }) => {
        const examples = firstExamples(content)
        return examples ? [[status, examples] as const] : []
      })
      return [id, { ...(request && { request }), replies: Object.fromEntries(told) }]
    }),
  )
}

/** Those of the first media type: bodies are sent as that. */
const firstExamples = (content: readonly MediaType[] = []): MediaType['examples'] => content[0]?.examples
