/** Copies of the documents for peers that answer from examples: each reply example is what the mock answers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Workload } from './workloads.ts'

// biome-ignore lint/suspicious/noExplicitAny: a parsed document is open data
type Foreign = any

/**
 * Writes the copy for one workload. Its operation has no reply but this one, with no example but this one; everything
 * else is as in the document.
 * @returns the file
 */
export function writePeerDocument(folder: string, { api, operationId, status }: Workload, reply: unknown): string {
  const document: Foreign = parse(readFileSync(join(import.meta.dirname, '..', 'openapi', `${api}.yaml`), 'utf8'))
  const operation = Object.values<Foreign>(document.paths)
    .flatMap((item) => Object.values<Foreign>(item))
    .find((one) => one.operationId === operationId)
  const response = operation.responses[status]
  const { schema } = response.content['application/json']
  operation.responses = { [status]: { ...response, content: { 'application/json': { schema, example: reply } } } }
  const file = join(folder, `${api}.json`)
  writeFileSync(file, JSON.stringify(document))
  return file
}
