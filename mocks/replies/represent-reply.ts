import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredReply, MediaType } from '../../documents/contract/operation.ts'
import { coversName, parseMediaRange, rankMediaTypes } from '../../documents/media-types/choose-media-type.ts'
import type { WrittenBody } from '../../documents/media-types/write-body.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { escapeControl } from '../api/escape-control.ts'
import { hasSuccess } from '../behaviours/choose-status.ts'
import { phraseOf, tellProblem } from '../behaviours/tell-refusal.ts'
import { broken, declaredStatus } from '../engine/check-reply.ts'
import { retryAfter } from '../engine/force-failure.ts'
import { sentenceOf } from '../engine/validate-call.ts'
import {
  type Call,
  type Decided,
  isRefusal,
  type Operation,
  type Refusal,
  type Represent,
  refuse,
} from '../engine/vocabulary.ts'
import { challengeCaller } from './challenge-caller.ts'
import { type BodyPlace, composeBody, writeChosen } from './compose-body.ts'
import { composeHeaders } from './compose-headers.ts'

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = [204, 205, 304]

/**
 * Replies as a document declares them. What no value can be made for is sent as well as it can be, with a remark that is
 * told once; nothing that is wrong in the document is a fault of the reply.
 */
export function createRepresent(contract: Contract): Represent {
  const told = new Set<string>()
  return (operation, call, decided, setting) => {
    const { status } = decided
    const key = declaredStatus(operation, status)
    const reply = contract.operation(operation.id)?.replies.find((one) => one.status === key)
    const tell = (remark: string) => {
      const line = `rollcall: ${escapeControl(`${operation.id} ${remark}`)}`
      if (!told.has(line)) setting.warn(line)
      told.add(line)
    }
    const body = bodyOf({ contract, operation, call, decided, reply, checksReplies: setting.checksReplies, tell })
    if (body && isRefusal(body)) return body
    const declared = reply && composeHeaders(contract, operation.id, reply.headers, usualHeaders(status, call))
    const challenge = status === 401 && { 'www-authenticate': challengeCaller(operation.security, contract.title) }
    const headers: Record<string, string> = { ...retryAfter(status), ...challenge, ...declared, ...decided.headers }
    if (!body) {
      delete headers['content-type']
      return { status, headers }
    }
    // A reply to HEAD says of what type that to GET is (RFC 9110, section 9.3.2).
    return {
      status,
      headers: { 'content-type': body.type, ...headers },
      ...(call.method !== 'HEAD' && { body: body.body }),
    }
  }
}

/** What was created lies below what it was created in. */
const usualHeaders = (status: number, { path }: Call): Record<string, string> =>
  status === 201 ? { location: `${path.replace(/\/$/, '')}/1` } : {}

interface Task {
  readonly contract: Contract
  readonly operation: Operation
  readonly call: Call
  readonly decided: Decided
  readonly reply: DeclaredReply | undefined
  readonly checksReplies: boolean
  readonly tell: (remark: string) => void
}

function bodyOf(task: Task): WrittenBody | Refusal | undefined {
  const { contract, operation, call, decided, reply, checksReplies, tell } = task
  const { status, body, example, refusal } = decided
  const isOwn = body !== undefined
  if (!reply) return undeclaredBody(task)
  if (BODILESS.includes(status)) return undefined
  if (reply.content.length === 0) {
    if (!isOwn || refusal || !checksReplies) return undefined
    return broken(operation, `answers ${status} with a body, where none is declared`)
  }
  const accept = call.headers?.['accept']
  const types = reply.content.map(({ type }) => type)
  const taken = rankMediaTypes(types, accept)
  if (taken.length === 0 && !refusal && status < 400 && Object.hasOwn(operation.replies, '406')) {
    const message = `header/accept takes none of ${types.join(', ')}`
    return refuse('failure', message, { status: 406, at: 'header/accept', rule: 'accept' })
  }
  const order = [...taken, ...rankMediaTypes(types).filter((type) => !taken.includes(type))]
  const medias = order.flatMap((type) => reply.content.find((media) => media.type === type) ?? [])
  const place: BodyPlace = { contract, operationId: operation.id, reply, accept, telling: tellingOf(decided) }
  if (isOwn) return ownBody(task, place, medias)
  if (example !== undefined) {
    const holder = medias.find(({ examples }) => Object.values(examples ?? {}).includes(example))
    return writeChosen(place, holder ?? (medias[0] as MediaType), example)
  }
  for (const media of medias) {
    const composed = composeBody(place, media, (remark) => tell(`${reply.status} ${media.type} ${remark}`))
    if (composed) return composed
  }
  return undefined
}

/** What is told in a refusal, or in a failure that was asked for by its status. */
function tellingOf({ status, refusal }: Decided): BodyPlace['telling'] {
  if (status < 400) return undefined
  const { refused = 'failure', message = phraseOf(status) } = refusal ?? {}
  return { refused, message, status }
}

/** A status that is declared nowhere: a refusal may have any (OpenAPI 3.1, Responses Object), a behaviour only where no success is. */
function undeclaredBody({ operation, decided, checksReplies }: Task): WrittenBody | Refusal | undefined {
  const { status, body, headers, refusal } = decided
  if (refusal && body === undefined && status >= 400) {
    const problem = tellProblem(refusal, status)
    return { body: problem.body, type: problem.headers['content-type'] }
  }
  if (!refusal && checksReplies && (body !== undefined || hasSuccess(operation)) && status !== 204) {
    return broken(operation, `answers ${status}, which it does not declare`)
  }
  return body === undefined ? undefined : { body, type: headers?.['content-type'] ?? 'application/json' }
}

/** A behaviour's own body, in the media type that it names, or else in the one that the client takes. */
function ownBody(task: Task, place: BodyPlace, medias: readonly MediaType[]): WrittenBody | Refusal {
  const { contract, operation, decided, checksReplies, tell } = task
  const { status, body, headers, refusal } = decided
  const named = headers?.['content-type']
  const name = named && parseMediaRange(named).name
  const media =
    medias.find(({ type }) => name !== undefined && coversName(parseMediaRange(type).name, name)) ??
    (medias[0] as MediaType)
  const breach = checksReplies ? breachOf(contract, media, body) : undefined
  if (breach !== undefined) {
    const what = `answers ${status}, but ${breach}`
    if (!refusal) return broken(operation, what)
    tell(what)
  }
  return named === undefined ? writeChosen(place, media, body) : { body, type: named }
}

/** Only data is held to a schema: a text in a type that is no JSON is written already. */
function breachOf(contract: Contract, { schema, type }: MediaType, body: unknown): string | undefined {
  if (!schema || body instanceof Uint8Array || (typeof body === 'string' && !/json/i.test(type))) return undefined
  try {
    const validate = replyValidatorOf(contract, schema)
    if (validate(body)) return undefined
    const [error] = validate.errors ?? []
    return error ? `${error.instancePath || 'the body'} ${sentenceOf(error)}` : 'the body is not valid'
  } catch {
    return undefined
  }
}
