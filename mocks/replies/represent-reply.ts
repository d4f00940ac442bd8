import type { Contract } from '../../documents/contract/contract.ts'
import { leaveOutMembers } from '../../documents/contract/leave-out-members.ts'
import type { DeclaredReply, MediaType } from '../../documents/contract/operation.ts'
import { rankMediaTypes } from '../../documents/media-types/choose-media-type.ts'
import type { WrittenBody } from '../../documents/media-types/write-body.ts'
import { escapeControl } from '../api/escape-control.ts'
import { broken, declaredStatus } from '../engine/check-reply.ts'
import { retryAfter } from '../engine/force-failure.ts'
import {
  type Call,
  type Decided,
  isRefusal,
  type Operation,
  type Refusal,
  type Reply,
  type Represent,
  refuse,
} from '../engine/vocabulary.ts'
import { challengeCaller } from './challenge-caller.ts'
import { hasSuccess } from './choose-status.ts'
import { type BodyPlace, composeBody, composeOnce, writeChosen } from './compose-body.ts'
import { composeHeaders } from './compose-headers.ts'
import { findOwnBreach, mediaOf } from './find-breach.ts'
import { phraseOf, tellProblem } from './tell-refusal.ts'

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = [204, 205, 304]

/**
 * Replies as a document declares them. What no value can be made for is sent as well as it can be, with a remark that is
 * told once; nothing that is wrong in the document is a fault of the reply.
 */
export function createRepresent(contract: Contract): Represent {
  const told = new Set<string>()
  return (operation, call, given, setting) => {
    const { status } = given
    const key = declaredStatus(operation, status)
    const reply = contract.operation(operation.id)?.replies.find((one) => one.status === key)
    const decided = reply && given.yields ? yieldTo(contract, reply, call, given) : given
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
      return withPairs({ status, headers })
    }
    // A reply to HEAD says of what type that to GET is (RFC 9110, section 9.3.2).
    return withPairs({
      status,
      headers: { 'content-type': body.type, ...headers },
      ...(call.method !== 'HEAD' && { body: body.body }),
    })
  }
}

function withPairs(reply: Reply): Reply {
  if (!reply.headers['set-cookie']?.includes('\n')) return reply
  const pairs = Object.entries(reply.headers).flatMap(([name, value]) =>
    value.split('\n').map((line): [string, string] => [name, line]),
  )
  return { ...reply, pairs }
}

/** What was created lies below what it was created in. */
const usualHeaders = (status: number, { path }: Call): ReadonlyMap<string, string> =>
  new Map(status === 201 ? [['location', `${path.replace(/\/$/, '')}/1`]] : [])

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
  const { contract, operation, call, decided, reply, tell } = task
  const { status, body, refusal } = decided
  if (!reply) return undeclaredBody(task)
  const accept = call.headers?.['accept']
  const types = reply.content.map(({ type }) => type)
  const { taken, medias } = rankMedias(reply, accept)
  const own = ownMedia(task, medias)
  if (own && isRefusal(own)) return own
  if (BODILESS.includes(status) || medias.length === 0) return undefined
  if (taken.length === 0 && !refusal && status < 400 && Object.hasOwn(operation.replies, '406')) {
    const message = `header/accept takes none of ${types.join(', ')}`
    return refuse('failure', message, { status: 406, at: 'header/accept', rule: 'accept' })
  }
  const place: BodyPlace = {
    contract,
    operationId: operation.id,
    reply,
    accept,
    telling: tellingOf(operation, decided),
  }
  if (body !== undefined) {
    const named = decided.headers?.['content-type']
    // Records are shown around, and mended by, what the document composes: what is wrong with that is told.
    const { remark } = decided.yields ? composeOnce(contract, operation.id, reply, medias[0] as MediaType) : {}
    if (remark !== undefined) tell(`${reply.status} ${medias[0]?.type} ${remark}`)
    return named === undefined ? writeChosen(place, own ?? (medias[0] as MediaType), body) : { body, type: named }
  }
  const named = namedExample(task, medias)
  if (named) {
    return writeChosen(place, named, leaveOutMembers(contract, named.schema?.schema, decided.example, 'writeOnly'))
  }
  for (const media of medias) {
    const composed = composeBody(place, media, (remark) => tell(`${reply.status} ${media.type} ${remark}`))
    if (composed) return composed
  }
  return undefined
}

interface Ranked {
  /** That the client takes, the best first. */
  readonly taken: readonly string[]
  /** All that are declared, those that the client takes first. */
  readonly medias: readonly MediaType[]
}

/** What was found for the headers that clients send: few, and the same again and again. */
const ranked = new WeakMap<DeclaredReply, Map<string | undefined, Ranked>>()
const MOST_RANKED = 20

function rankMedias(reply: DeclaredReply, accept: string | undefined): Ranked {
  let known = ranked.get(reply)
  if (!known) ranked.set(reply, (known = new Map()))
  let found = known.get(accept)
  if (found) return found
  const { content } = reply
  const types = content.map(({ type }) => type)
  const taken = rankMediaTypes(types, accept)
  const order = [...taken, ...rankMediaTypes(types).filter((type) => !taken.includes(type))]
  found = { taken, medias: order.flatMap((type) => content.find((media) => media.type === type) ?? []) }
  if (known.size >= MOST_RANKED) known.clear()
  known.set(accept, found)
  return found
}

/** What is left of a reply where it breaks the document: it goes without its headers, or without its body, or without both. */
function yieldTo(contract: Contract, reply: DeclaredReply, call: Call, given: Decided): Decided {
  const [media] = rankMedias(reply, call.headers?.['accept']).medias
  const { status, body, headers } = given
  const ways: Decided[] = [given, { status, body }, { status, headers }]
  return ways.find((one) => findOwnBreach(contract, reply, media, one) === undefined) ?? { status }
}

/** Where a behaviour gives body or headers: the media type that it means. A refusal where they break the document. */
function ownMedia(task: Task, medias: readonly MediaType[]): MediaType | Refusal | undefined {
  const { contract, operation, decided, reply, checksReplies, tell } = task
  const { status, headers, refusal } = decided
  const named = headers?.['content-type']
  const media = named === undefined ? medias[0] : mediaOf(medias, named)
  // What yields was held to the document when it did.
  const isHeld = checksReplies && !decided.yields
  const breach = isHeld && reply ? findOwnBreach(contract, reply, media, decided) : undefined
  if (breach === undefined) return media
  // A refusal is refused no more.
  if (!refusal) return broken(operation, `answers ${status}${breach}`)
  tell(`answers ${status}${breach}`)
  return media
}

/** The media type of an example that was asked for by its name; without a name any valid one will do. */
function namedExample({ call, decided }: Task, medias: readonly MediaType[]): MediaType | undefined {
  const { example } = decided
  if (example === undefined) return undefined
  const holds = ({ examples = {} }: MediaType) => Object.values(examples).indexOf(example)
  const holder = medias.find((media) => holds(media) >= 0)
  const isNamed = /(?:^|[,;\s])example\s*=/i.test(call.headers?.['prefer'] ?? '')
  return holder && (isNamed || holds(holder) > 0) ? holder : undefined
}

/** What is told in a refusal, or in a failure that was asked for by its status. */
function tellingOf({ failures }: Operation, { status, refusal }: Decided): BodyPlace['telling'] {
  if (status < 400) return undefined
  const failure = refusal && failures.find(({ id }) => id === refusal.rule)
  return { refused: 'failure', message: phraseOf(status), isOurs: refusal !== undefined, failure, ...refusal, status }
}

/**
 * A status that is declared nowhere: a refusal may have any (OpenAPI 3.1, Responses Object), and a behaviour only where no
 * success is declared.
 */
function undeclaredBody({ operation, decided, checksReplies }: Task): WrittenBody | Refusal | undefined {
  const { status, body, headers, refusal } = decided
  if (refusal && body === undefined && status >= 400) {
    const problem = tellProblem(refusal, status)
    return { body: problem.body, type: problem.headers['content-type'] }
  }
  const isUndeclared = declaredStatus(operation, status) === undefined
  if (!refusal && checksReplies && isUndeclared && (body !== undefined || hasSuccess(operation))) {
    return broken(operation, `answers ${status}, which it does not declare`)
  }
  return body === undefined ? undefined : { body, type: headers?.['content-type'] ?? 'application/json' }
}
