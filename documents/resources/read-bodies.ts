import type { Contract } from '../contract/contract.ts'
import { jsonIn } from '../contract/find-json.ts'
import type { DeclaredOperation, DeclaredReply, MediaType } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { type Form, formOf } from './read-form.ts'
import { sketchExample } from './sketch-example.ts'

/** What an operation takes and shows, as far as it matters to what it does. */
export interface Bodies {
  readonly request: Form | undefined
  /** Of its success. */
  readonly reply: Form | undefined
  /** It has a body that no schema of members describes: bytes, a text. */
  readonly isOpaque: boolean
  /** A success without a body is declared, or one with. */
  readonly hasSuccess: boolean
  readonly status: string | undefined
}

const createBodies = (): Map<DeclaredOperation, Bodies> => new Map()

/** The bodies of an operation, read once. */
export function bodiesOf(contract: Contract, operation: DeclaredOperation): Bodies {
  const known = contract.once(createBodies)
  let bodies = known.get(operation)
  if (!bodies) known.set(operation, (bodies = readBodies(contract, operation)))
  return bodies
}

function readBodies(contract: Contract, { body, replies }: DeclaredOperation): Bodies {
  const successes = replies.filter(({ status }) => /^2/.test(status))
  const success: DeclaredReply | undefined =
    successes.find(({ json }) => json !== undefined) ??
    successes.find(({ content }) => content.length > 0) ??
    successes[0]
  const [request, reply] = [body && schemaIn(contract, body.content), success && schemaIn(contract, success.content)]
  const form = reply && formOf(contract, reply)
  const isText = form !== undefined && form.members.size === 0 && form.types.size === 1 && form.types.has('string')
  return {
    request: request && formOf(contract, request),
    reply: isText ? undefined : form,
    isOpaque: isText || (success !== undefined && success.content.length > 0 && reply === undefined),
    hasSuccess: success !== undefined,
    status: success?.status,
  }
}

/** JSON before a form, and both before anything else; what no schema tells of its members, an example does. */
function schemaIn(contract: Contract, content: readonly MediaType[]): SchemaPlace | undefined {
  const media = jsonIn(content.filter(({ schema }) => schema)) ?? content.find(({ schema }) => schema)
  if (media?.schema && !isBlank(formOf(contract, media.schema))) return media.schema
  return sketchExample(media ?? jsonIn(content) ?? NOTHING) ?? media?.schema
}

const NOTHING: MediaType = { type: '', pointer: '', schema: undefined, itemSchema: undefined, examples: undefined }

/** Whether a schema may be any object, or any list, or anything at all. */
function isBlank({ place: { schema }, members, items, types }: Form): boolean {
  if (typeof schema !== 'object') return schema
  const isOpen = [...types].every((type) => type === 'object' || type === 'array' || type === 'null')
  return isOpen && members.size === 0 && (items === undefined || items.schema === true) && !schema.additionalProperties
}
