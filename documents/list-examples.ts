import { placesOf } from './list-operations.ts'
import { type Document, dereference, type Json } from './read-document.ts'

/** Named examples of one operation: of its request body, and of its replies by status. */
export interface ExampleRow {
  request?: Record<string, unknown>
  replies: Record<string, Record<string, unknown>>
}

/** The examples that the document gives to bodies. A single, unnamed one is called `default`. */
export function listExamples(document: Document): Record<string, ExampleRow> {
  return Object.fromEntries(
    placesOf(document).map(({ id, operation }) => {
      const request = namedExamples(document, dereference(document, operation.requestBody))
      const replies = Object.entries(operation.responses ?? {}).flatMap(([status, response]) => {
        const examples = namedExamples(document, dereference(document, response))
        return examples ? [[status, examples] as const] : []
      })
      return [id, { ...(request && { request }), replies: Object.fromEntries(replies) }]
    }),
  )
}

function namedExamples(document: Document, holder: Json): Record<string, unknown> | undefined {
  const [media] = Object.values<Json>(holder?.content ?? {})
  if (!media) return undefined
  const named = Object.entries<Json>(media.examples ?? {}).flatMap(([name, entry]) => {
    const example = dereference(document, entry)
    return example && 'value' in example ? [[name, example.value] as const] : []
  })
  if (named.length === 0 && media.example !== undefined) return { default: media.example }
  return named.length > 0 ? Object.fromEntries(named) : undefined
}
