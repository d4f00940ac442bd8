import { buildContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { findOperations } from '../documents/contract/find-operations.ts'
import { dereference, type Json } from '../documents/read/read-document.ts'
import { findUnsendable } from './adapters/find-unsendable.ts'

/** Statuses without a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = new Set(['204', '205', '304'])

/** Those from 100 to 199 only announce a reply (RFC 9110, section 15.2). */
const STATUS = /^[2-5]\d\d$/
/** Of a status, keys of the Responses Object (OpenAPI 3.1). */
const KEY = /^(?:[2-5](?:\d\d|XX)|default)$/

/** What an operation without a declared reply is taken to declare: whatever it answers, without a body. */
const ANY = { default: { description: 'Any' } }

interface Sendable {
  /** That of a copy of the document. */
  readonly contract: Contract
  /** What was left out and why, a line for each, naming the operation. */
  readonly remarks: readonly string[]
}

/** Leaves out of a document what its replies cannot be over HTTP, so that its operations answer with the rest. */
export function leaveOutUnsendable(contract: Contract): Sendable {
  const { model } = contract
  const remarks: string[] = []
  const paths: Record<string, Json> = {}
  for (const { id, method, path, operation } of findOperations(contract)) {
    const leaveOut = (what: string) => void remarks.push(`${id} declares ${what}; it is left out`)
    const responses: Json = {}
    for (const [status, response] of Object.entries<Json>(operation.responses ?? {})) {
      if (KEY.test(status)) responses[status] = withSendableContent(contract, status, response, leaveOut)
      else if (!status.startsWith('x-')) leaveOut(`the status ${JSON.stringify(status)}, which no final reply can have`)
    }
    const failures = (operation['x-failures'] ?? []).map((entry: Json) => {
      const { status, ...failure } = dereference(contract, entry)
      if (status === undefined) return entry
      if (STATUS.test(String(status))) return { ...failure, status: Number(status) }
      leaveOut(`the status ${JSON.stringify(status)} of ${failure.id}, which no final reply can have`)
      return failure
    })
    paths[path] ??= { ...dereference(contract, model.paths?.[path]) }
    paths[path][method.toLowerCase()] = {
      ...operation,
      responses: Object.keys(responses).length > 0 ? responses : ANY,
      ...(operation['x-failures'] && { 'x-failures': failures }),
    }
  }
  return { contract: buildContract({ ...model, paths: { ...model.paths, ...paths } }), remarks }
}

/** The response itself, where it can be sent. */
function withSendableContent(
  contract: Contract,
  status: string,
  response: Json,
  leaveOut: (what: string) => void,
): Json {
  const { content, ...rest } = dereference(contract, response) ?? {}
  const types = Object.keys(content ?? {})
  if (types.length > 0 && BODILESS.has(status)) {
    leaveOut(`a body of ${status}, which has none`)
    return rest
  }
  const kept = types.filter(isMediaType)
  if (kept.length === types.length) return response
  for (const type of types)
    if (!kept.includes(type)) leaveOut(`${JSON.stringify(type)} of ${status}, which no content-type can be`)
  return { ...rest, content: Object.fromEntries(kept.map((type) => [type, content[type]])) }
}

const isMediaType = (type: string): boolean =>
  type !== '' && findUnsendable({ status: 200, headers: { 'content-type': type } }) === undefined
