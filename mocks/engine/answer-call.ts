import { broken, checkReply } from './check-reply.ts'
import { decide, isKept } from './decide.ts'
import { identifyCaller } from './identify-caller.ts'
import type { Routable, Route, Routes } from './match-route.ts'
import type { Store } from './store.ts'
import { validateCall } from './validate-call.ts'
import {
  type Behaviours,
  type Call,
  type Decision,
  type Draft,
  type Failure,
  isRefusal,
  type Operation,
  type OperationValidators,
  type Refusal,
  type Reply,
  type StoredRecord,
} from './vocabulary.ts'
import { createWorld, digest } from './world.ts'

/** Where a route leads: an operation with all that is needed to answer it. */
export interface Target extends Routable {
  readonly api: string
  readonly validators: OperationValidators
  readonly behaviours: Behaviours
  readonly failures: Readonly<Record<string, Failure>>
}

/** What stays the same for all calls of a mock. */
export interface Setting {
  readonly routes: Routes<Target>
  /** Whose shape a refusal takes when no operation matched. */
  readonly behavioursOf: (path: string) => Behaviours | undefined
  readonly seed: string
  readonly clock: () => Date
  readonly tokens?: ReadonlySet<string>
  readonly furnish?: (api: string) => ((draft: Draft<StoredRecord>, tenant: string) => void) | undefined
}

/** A reply, and for the journal: which operation gave it, and why it refused. */
export interface Answer {
  readonly reply: Reply
  readonly api?: string
  readonly operationId?: string
  readonly refusal?: Refusal
}

/** The whole request path: each room once, in order, in one turn of the event loop. */
export function answerCall(setting: Setting, store: Store, call: Call): Answer {
  const route = setting.routes.match(call.method, call.path)
  if (isRefusal(route)) return { reply: shapeRefusal(setting, route, call.path), refusal: route }
  const { target } = route
  const { operation, behaviours, api, validators } = target
  const outcome = pass(setting, store, route, call)
  const said = { api, operationId: operation.id }
  if (!isRefusal(outcome)) return { ...said, reply: outcome }
  const reply = shape(outcome, behaviours, operation)
  const breach = Object.hasOwn(operation.replies, reply.status) ? checkReply(operation, validators, reply) : undefined
  return breach
    ? { ...said, reply: shape(breach, behaviours, operation), refusal: breach }
    : { ...said, reply, refusal: outcome }
}

function pass(setting: Setting, store: Store, route: Route<Target>, call: Call): Reply | Refusal {
  const { operation, behaviours, api, validators, failures } = route.target
  const caller = identifyCaller(operation, call, setting.tokens)
  if (isRefusal(caller)) return caller
  const input = validateCall(operation, validators, route.pathValues, call)
  if (isRefusal(input)) return input
  const tenant = behaviours.tenantOf({ caller, input, digest })
  if (typeof tenant !== 'string') return tenant
  const furnish = setting.furnish?.(api)
  const users = store.read(api, tenant, behaviours.keysOf, furnish && ((draft) => furnish(draft, tenant)))
  const world = createWorld(setting.seed, api, tenant, setting.clock())
  let decision: Decision
  try {
    decision = decide(behaviours, operation, { input, users, world, tenant, failures })
  } catch (error) {
    return broken(operation, `threw ${(error as Error).stack ?? error}`)
  }
  if (isRefusal(decision)) return decision
  const reply = dress(decision)
  const breach = checkReply(operation, validators, reply)
  if (breach) return breach
  if (isKept(decision)) users.commit()
  return reply
}

/** Gives a refusal that no route was found for, or that never became a call, the shape its path's API would give it. */
export const shapeRefusal = (setting: Setting, refusal: Refusal, path: string): Reply =>
  shape(refusal, setting.behavioursOf(path))

function dress({ status, body, headers }: { status: number; body?: unknown; headers?: Record<string, string> }): Reply {
  if (body === undefined) return { status, headers: headers ?? {} }
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body }
}

function shape(refusal: Refusal, behaviours: Behaviours | undefined, operation?: Operation): Reply {
  const status = STATUSES[refusal.refused]
  const shaped = behaviours?.refuse(refusal, status, operation) ?? { status, body: { error: refusal.message } }
  return dress(refusal.headers ? { ...shaped, headers: { ...shaped.headers, ...refusal.headers } } : shaped)
}

/** RFC 9110, section 15; 429 is RFC 6585, section 4. */
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
  'broken-reply': 500,
}
