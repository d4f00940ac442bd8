import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { PlacedOperation, TellAt } from './mending.ts'
import type { MovedParts } from './moved-parts.ts'
import type { PutOff } from './put-off.ts'
import { followChain } from './reference-chains.ts'

/** Statuses without a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = new Set(['204', '205', '304'])
/** Those from 100 to 199 only announce a reply (RFC 9110, section 15.2). */
const STATUS = /^[2-5]\d\d$/
/** Of a status, keys of the Responses Object (OpenAPI 3.1). */
const KEY = /^(?:[2-5](?:\d\d|XX)|default)$/
/** Whatever it answers, without a body. */
const ANY = { default: { description: 'Any' } }
/** What the value of a header can be made of (RFC 9110, section 5.5). */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]+$/

/** Leaves out of the replies of an operation, and of the statuses of its failures, what nobody can send over HTTP. */
export function mendResponses(
  document: Json,
  { operation, pointer }: PlacedOperation,
  moved: MovedParts,
  putOff: PutOff,
  tell: TellAt,
): void {
  if ('x-failures' in operation)
    operation['x-failures'] = mendFailures(document, operation['x-failures'], below(pointer, 'x-failures'), tell)
  if ('responses' in operation) {
    putOff.refine(operation, 'responses', (responses) => {
      if (Object.keys(responses).length === 0) tellNone(pointer, tell)
      return mendReplies(document, responses, below(pointer, 'responses'), moved, tell)
    })
  } else tellNone(pointer, tell)
}

const tellNone = (pointer: Pointer, tell: TellAt): void =>
  tell('no-responses', 'it declares no response', 'any status is accepted, without a body', pointer)

/** Where nothing of what was declared can be sent, it is not known what was meant, but that it answers. */
function mendReplies(document: Json, given: Json, pointer: Pointer, moved: MovedParts, tell: TellAt): Json {
  const kept: Json = {}
  for (const [written, response] of Object.entries<Json>(given)) {
    const at = below(pointer, written)
    const status = readStatus(written)
    const isMeant = status !== written && KEY.test(status) && !Object.hasOwn(given, status)
    if (isMeant) {
      tell('status-unsendable', `${JSON.stringify(written)} is no status`, `it is read as ${status}`, at)
      moved.add(below(pointer, status), at)
    }
    if (isMeant || KEY.test(written)) kept[status] = mendContent(document, status, response, at, tell)
    else if (written.startsWith('x-')) kept[written] = response
    else
      tell('status-unsendable', `no final reply can have the status ${JSON.stringify(written)}`, 'it is left out', at)
  }
  const isDeclared = (all: Json): boolean => Object.keys(all).some((key) => !key.startsWith('x-'))
  return isDeclared(given) && !isDeclared(kept) ? { ...kept, ...ANY } : kept
}

/** What `4xx`, `Default` and `200 OK` are meant to be. */
const readStatus = (written: string): string =>
  written
    .trim()
    .replace(/^default$/i, 'default')
    .replace(/^(\d)xx$/i, '$1XX')
    .replace(/^(\d{3})\s.*$/s, '$1')

/** The response itself, where it can be sent. */
function mendContent(document: Json, status: string, response: Json, pointer: Pointer, tell: TellAt): Json {
  const { content, ...rest } = followChain(document, response) ?? {}
  const types = Object.keys(content ?? {})
  const at = response.$ref === undefined ? below(pointer, 'content') : pointer
  if (types.length > 0 && BODILESS.has(status)) {
    tell('content-unsendable', `a reply of ${status} has no body`, 'what is declared for it is left out', at)
    return rest
  }
  const kept = types.filter((type) => SENDABLE.test(type))
  if (kept.length === types.length) return response
  for (const type of types) {
    if (kept.includes(type)) continue
    const place = response.$ref === undefined ? below(at, type) : at
    tell('content-unsendable', `no content-type can be ${JSON.stringify(type)}`, 'it is left out', place)
  }
  return { ...rest, content: Object.fromEntries(kept.map((type) => [type, content[type]])) }
}

function mendFailures(document: Json, failures: Json, pointer: Pointer, tell: TellAt): Json[] {
  if (!Array.isArray(failures)) {
    tell('wrong-shape', 'x-failures must be a list', 'it is ignored', pointer)
    return []
  }
  return failures.flatMap((entry, index) => mendFailure(document, entry, below(pointer, index), tell))
}

/** @returns nothing where it says nothing */
function mendFailure(document: Json, entry: Json, pointer: Pointer, tell: TellAt): Json[] {
  const given = followChain(document, entry) ?? {}
  if (given.id === undefined) {
    tell('null-item', 'a failure has no id', 'it is left out', pointer)
    return []
  }
  if (typeof given.id !== 'string' && typeof given.id !== 'number') {
    tell('wrong-shape', 'the id of a failure must be a text', 'it is left out', below(pointer, 'id'))
    return []
  }
  const wrong = Object.keys(given).filter((name) => FAILURE[name]?.(given[name]) === false)
  for (const name of wrong) {
    const message = `${name} of ${given.id} must be ${name === 'states' || name === 'together' ? 'a list' : 'a text'}`
    tell('wrong-shape', message, 'it is ignored', below(pointer, name))
  }
  const { status, ...failure } =
    wrong.length === 0 ? given : Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.includes(name)))
  const isSendable = status === undefined || STATUS.test(String(status))
  if (isSendable && typeof status !== 'string') return [wrong.length === 0 ? entry : { ...failure, status }]
  if (isSendable) return [{ ...failure, status: Number(status) }]
  const message = `no final reply can have the status ${JSON.stringify(status)} of ${failure.id}`
  tell('status-unsendable', message, 'it is left out', below(pointer, 'status'))
  return [failure]
}

const isText = (value: Json): boolean => typeof value === 'string'

/** What the members of a failure are, where `docs/extensions.md` says that they are texts or lists. */
const FAILURE: Readonly<Record<string, ((value: Json) => boolean) | undefined>> = {
  level: isText,
  at: (value) => typeof value === 'string' || typeof value === 'number',
  messageAt: isText,
  message: isText,
  when: isText,
  rule: isText,
  of: isText,
  states: Array.isArray,
  together: Array.isArray,
}
