import { broken, checkReply } from './check-reply.ts'
import { forcePreferred, forceProgrammed, LONGEST_WAIT, retryAfter } from './force-failure.ts'
import { identifyCaller } from './identify-caller.ts'
import { limitRate } from './limit-rate.ts'
import type { Routable, Route, Routes } from './match-route.ts'
import type { Session, Visited } from './session.ts'
import { isKept, type Playable, takeTurn } from './take-turn.ts'
import { validateCall } from './validate-call.ts'
import {
  type Answer,
  type Behaviours,
  type Call,
  type Caller,
  type Decided,
  type Failure,
  isRefusal,
  type Judgement,
  type OpenTenant,
  type Operation,
  type OperationExamples,
  type OperationValidators,
  type Patience,
  type Refusal,
  type Reply,
  type Represent,
  refuse,
  type Written,
} from './vocabulary.ts'
import { createWorld, digest } from './world.ts'

/** Where a route leads: an operation with all that is needed to answer it. */
export interface Target extends Routable, Playable {
  readonly operation: Operation
  readonly api: string
  readonly validators: OperationValidators
  readonly examples?: OperationExamples | undefined
  /** Only these credentials are let in. */
  readonly tokens?: ReadonlySet<string> | undefined
  /** In the place of `validateCall`. */
  readonly readCall?: typeof validateCall
  /** Of a document that was read at run time; what others reply is JSON. */
  readonly represent?: Represent | undefined
}

/** What stays the same for all calls of a mock. */
export interface Setting {
  readonly routes: Routes<Target>
  /** Whose shape a refusal takes when no operation matched. */
  readonly behavioursOf: (path: string) => Behaviours | undefined
  readonly seed: string
  /** Whether the vendors' documented limits are enforced. */
  readonly limitsRate?: boolean
  /** Whether every reply is held to the document before it is kept and sent. */
  readonly checksReplies: boolean
  /** Told in one line of what a document says and no reply can keep to. */
  readonly warn: (message: string) => void
}

/**
 * The whole request path: each room once, in order, in one turn of the event loop.
 * @param now the clock's reading for this call
 * @param judged another reader has checked credentials, parameters and body; they are only given their types here
 * @param patience of a caller who can wait
 * @throws Unready to such a caller, where something takes long
 */
export function answerCall(
  setting: Setting,
  session: Session,
  call: Call,
  now: Date,
  judged?: Judgement,
  patience?: Patience,
): Answer {
  const route = setting.routes.match(call.method, call.path, call.query)
  if (isRefusal(route)) return { reply: shapeUnrouted(setting, route, call.path), refusal: route }
  const { operation, api, validators, failures, examples, represent } = route.target
  const operationId = operation.id
  const order = session.nextProgrammed(api, operationId)
  const forced = order && forceProgrammed(order, operation, examples)
  if (order && !forced?.rows) session.takeProgrammed(api, operationId)
  let missed: string | undefined
  const passed = forced?.outcome
    ? { outcome: force(setting, route.target, call, forced.outcome), isForced: true }
    : pass(setting, session, route, call, now, judged, forced?.rows, (id) => (missed ??= id), patience)
  // One that was taken stands no more, or with one time less.
  const isTaken = order && session.nextProgrammed(api, operationId) !== order
  const delay = isTaken ? (order.timeout ? LONGEST_WAIT : order.delay) : undefined
  const { outcome, isForced, written }: Passed = isRefusal(passed) ? { outcome: passed } : passed
  if (!isRefusal(outcome)) return { api, operationId, reply: outcome, isForced, written, delay, missed }

  const refusal = outcome.refused === 'failure' ? completeFailure(outcome, failures) : outcome
  if (!STATUSES[refusal.refused])
    return { api, operationId, reply: { status: 0, headers: {} }, refusal, isForced, delay }
  const reply = shapeRouted(setting, route.target, call, refusal)
  const isChecked = setting.checksReplies && !represent && Object.hasOwn(operation.replies, reply.status)
  const breach = isChecked ? checkReply(operation, validators, reply) : undefined
  if (breach) {
    return { api, operationId, reply: shapeRouted(setting, route.target, call, breach), refusal: breach }
  }
  return { api, operationId, reply, refusal, isForced, delay, missed }
}

interface Passed {
  readonly outcome: Reply | Refusal
  readonly isForced?: boolean | undefined
  readonly written?: Written | undefined
}

/** Declares nothing to check. */
export const UNCHECKED: OperationValidators = { replies: {} }

function pass(
  setting: Setting,
  session: Session,
  route: Route<Target>,
  call: Call,
  now: Date,
  judged?: Judgement,
  struck?: Failure,
  miss?: (id: string) => void,
  patience?: Patience,
): Refusal | Passed {
  const { operation, behaviours, api, validators, examples, represent, tokens, readCall = validateCall } = route.target
  if (judged?.refusal?.refused === 'no-credentials') return judged.refusal
  const caller = identifyCaller(operation, call, tokens)
  if (isRefusal(caller)) return caller
  if (setting.limitsRate && behaviours.limits) {
    const limited = limitRate(
      behaviours.limits,
      session.counts,
      operation,
      `${api} ${caller.credential}`,
      now.getTime(),
    )
    if (limited) return limited
  }
  const { text = '' } = call
  const isLong = text.length > LONG_TEXT
  let open: OpenTenant | undefined
  try {
    const visited = visit(setting.seed, session, route, caller, now)
    if (isRefusal(visited)) return visited
    const { tenant } = visited
    const input = judged?.refusal ?? readCall(operation, judged ? UNCHECKED : validators, route.pathValues, call)
    if (isRefusal(input)) return input
    const preferred = forcePreferred(operation, examples, call)
    if (preferred) {
      return isRefusal(preferred)
        ? preferred
        : { outcome: force(setting, route.target, call, preferred), isForced: true }
    }
    open = session.state.open(api, tenant, patience)
    // Only a request that comes this far has rows to strike; any other leaves the order to the next.
    if (struck) session.takeProgrammed(api, operation.id)
    const decision = takeTurn(route.target, open, { tenant, world: visited.world.at(now), input, struck, miss })
    if (isRefusal(decision)) return decision
    const reply = represent ? represent(operation, call, decision, setting) : dress(decision)
    if (isRefusal(reply)) return reply
    const breach = setting.checksReplies && !represent && checkReply(operation, validators, reply)
    if (breach) return breach
    // Each object may be answered by a hundred times its length. Found out when it is written, what it tells would have been done.
    if (isLong && text.split('{', MANY + 1).length > MANY) JSON.stringify(reply.body)
    const written = isKept(decision) ? open.commit(isLong) : undefined
    return { outcome: reply, isForced: struck && true, written }
  } catch (error) {
    if (patience?.threw(error)) throw error
    if (error instanceof RangeError && isLong) return UNWRITABLE
    return { ...broken(operation, `threw ${error}`), cause: error }
  } finally {
    open?.rollback()
  }
}

/** An example that was asked for, as its document would send it. */
function force<F extends Reply | Refusal>(setting: Setting, { operation, represent }: Target, call: Call, forced: F) {
  if (!represent || isRefusal(forced)) return forced
  return represent(operation, call, { status: forced.status, example: forced.body }, setting)
}

/** Most calls of a session come from the caller of the one before, by the same path. */
function visit(seed: string, session: Session, route: Route<Target>, caller: Caller, now: Date): Visited | Refusal {
  const { credential } = caller
  const { visited } = session
  if (visited?.route === route && visited.credential === credential) return visited
  const { behaviours, api } = route.target
  const tenant = behaviours.tenantOf({ caller, path: route.pathValues, digest })
  if (typeof tenant !== 'string') return tenant
  session.visited = { route, credential, tenant, world: createWorld(seed, api, tenant, now) }
  return session.visited
}

/** A reply is at most some two hundred times as long as its request; a text has at most 2^29 characters. */
const LONG_TEXT = 2 ** 20

const MANY = 300_000

const UNWRITABLE = refuse('body-too-large', 'a text of it, or its reply, is too long; send less at once', {
  at: '/',
  rule: 'size',
})

/** Status and message of a business failure are the document's, unless the behaviour has better ones. */
function completeFailure(refusal: Refusal, failures: Readonly<Record<string, Failure>>): Refusal {
  const failure = refusal.rule === undefined ? undefined : failures[refusal.rule]
  const status = refusal.status ?? failure?.status
  const retry = status === undefined ? undefined : retryAfter(status)
  return {
    ...refusal,
    ...(status !== undefined && { status }),
    ...(retry && { headers: { ...retry, ...refusal.headers } }),
    message: refusal.message || (failure?.message ?? ''),
  }
}

/** Gives a refusal of what never became a call the shape that its operation's API would give it, or its path's. */
export function shapeRefusal(setting: Setting, refusal: Refusal, call: Call): Reply {
  const route = setting.routes.match(call.method, call.path, call.query)
  if (isRefusal(route) || !route.target.represent) return shapeUnrouted(setting, refusal, call.path)
  return shapeRouted(setting, route.target, call, refusal)
}

const shapeUnrouted = (setting: Setting, refusal: Refusal, path: string): Reply =>
  dress(shape(refusal, setting.behavioursOf(path)))

function dress({ status, body, headers }: Decided): Reply {
  if (body === undefined) return { status, headers: headers ?? {} }
  return { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS, body }
}

const JSON_HEADERS = Object.freeze({ 'content-type': 'application/json; charset=utf-8' })

function shapeRouted(setting: Setting, target: Target, call: Call, refusal: Refusal): Reply {
  const { operation, behaviours, represent } = target
  const decided = shape(refusal, behaviours, operation)
  if (represent) return represent(operation, call, { ...decided, refusal }, setting) as Reply
  const { status } = decided
  return operation.replies[String(status)]?.mediaTypes.length === 0
    ? { status, headers: refusal.headers ?? {} }
    : dress(decided)
}

function shape(refusal: Refusal, behaviours: Behaviours | undefined, operation?: Operation): Decided {
  const status = refusal.status ?? STATUSES[refusal.refused]
  const shaped = behaviours?.refuse(refusal, status, operation) ?? { status, body: { error: refusal.message } }
  return refusal.headers ? { ...shaped, headers: { ...shaped.headers, ...refusal.headers } } : shaped
}

/** RFC 9110, section 15; 429 is RFC 6585, section 4. Without a reply there is none. */
const STATUSES: Readonly<Record<Refusal['refused'], number>> = {
  'no-such-path': 404,
  'method-not-allowed': 405,
  'no-credentials': 401,
  'bad-credentials': 403,
  'unsupported-media-type': 415,
  'malformed-body': 400,
  invalid: 400,
  'body-too-large': 413,
  'rate-limited': 429,
  failure: 400,
  dropped: 0,
  'timed-out': 0,
  'broken-reply': 500,
}
