/** Copies of the documents for peers that answer from examples: each reply example is what the mock answers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load as parse } from 'js-yaml'
import type { Workload } from './workloads.ts'

// biome-ignore lint/suspicious/noExplicitAny: a parsed document is open data
type Foreign = any

/** Which of its operations a peer is asked for, and the status that it then answers with. */
type Asked = Pick<Workload, 'operationId' | 'status'>

/** The copy of a built-in API's document for one workload. @returns the file */
export const writePeerDocument = (folder: string, workload: Workload, reply: unknown): string =>
  writeWithReply(
    join(folder, `${workload.api}.json`),
    join(import.meta.dirname, '..', 'openapi', `${workload.api}.yaml`),
    workload,
    reply,
  )

/**
 * Writes a copy whose operation has no reply but this one, with no example but this one; everything else is as in the
 * document.
 * @returns the file
 */
export function writeWithReply(file: string, original: string, { operationId, status }: Asked, reply: unknown): string {
  const document: Foreign = parse(readFileSync(original, 'utf8'))
  const operation = Object.values<Foreign>(document.paths)
    .flatMap((item) => Object.values<Foreign>(item))
    .find((one) => one.operationId === operationId)
  const response = operation.responses[status]
  const { schema } = response.content['application/json']
  operation.responses = { [status]: { ...response, content: { 'application/json': { schema, example: reply } } } }
  writeFileSync(file, JSON.stringify(document))
  return file
}
