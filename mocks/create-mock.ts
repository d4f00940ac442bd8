import { answerRequest } from './adapters/fetch.ts'
import { type Api, sitesOf } from './api/api.ts'
import { type Mock, type MockOptions, SESSION_HEADER, type SessionControl } from './api/mock.ts'
import { answerCall, type Setting, shapeRefusal, type Target, UNCHECKED } from './engine/answer-call.ts'
import { buildRoutes } from './engine/match-route.ts'
import { Session } from './engine/session.ts'
import type { Answer, Behaviours, Call, Operation } from './engine/vocabulary.ts'
import { furnishTenants } from './furnish-tenants.ts'
import { inspectRecord } from './inspect-record.ts'
import { Journal, type OperationOf } from './journal/journal.ts'
import { keepSessions } from './keep-sessions.ts'
import { readOrder } from './read-order.ts'
import { MemoryStore } from './state/memory-store.ts'
import { readSnapshot } from './state/snapshot.ts'
import { tellMissed } from './tell-missed.ts'

/** @throws Error when no API is given, or something that is none, or two of them answer the same method and path */
export function createMock(options: MockOptions): Mock {
  const { apis, delay } = options
  const wrong = apis?.length ? apis.findIndex((api) => !api?.operations) : 0
  if (wrong >= 0) throw new Error(`createMock needs an API in apis[${wrong}]`)
  const seed = options.seed ?? 'rollcall'
  const clock = options.clock ?? (() => new Date())
  const targets = apis.flatMap((api) => targetsOf(api, options))
  const warn = options.warn ?? console.warn
  const setting: Setting = {
    routes: apis.reduce(
      (routes, api) => api.extendRoutes?.(routes) ?? routes,
      buildRoutes(targets, (target) => `${target.api} ${target.operation.id}`),
    ),
    behavioursOf: attributePaths(apis, targets),
    seed,
    checksReplies: options.checkReplies ?? true,
    warn,
    ...(options.rateLimit && { limitsRate: true }),
  }
  const names = apis.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice) throw new Error(`two APIs are called ${twice}`)
  const apiOf = (name: string | undefined) => apis.find((api) => api.name === name)
  const collectionsOf = (name: string) => apiOf(name)?.behaviours.collections
  const store = new MemoryStore({
    collectionsOf: (name) => collectionsOf(name) ?? {},
    furnish: furnishTenants(apis, targets, options, seed),
  })
  const orders = (options.failures ?? []).map((order) => readOrder(order, apis))
  const open = (name: string) => {
    const session = new Session(store.openSession(name))
    for (const order of orders) session.program(order)
    return { session, journal: new Journal(options.journal) }
  }
  const sessions = keepSessions(open, options.maxSessions ?? 1000, warn)
  const stateOf = (name: string) => sessions.get(name).session.state

  const record = (call: Call, answerIn: (session: Session, now: Date) => Answer): Answer => {
    const began = performance.now()
    const now = clock()
    const { session, journal } = sessions.get(call.headers?.[SESSION_HEADER] ?? '')
    const answer = tellMissed(answerIn(session, now), operationOf)
    if (delay) answer.delay ??= delay
    journal.add(now, call, answer, performance.now() - began)
    return answer
  }
  const operationOf: OperationOf = (name, id) => apiOf(name)?.operations.find((operation) => operation.id === id)
  const control = (name: string): SessionControl => ({
    reset: () => sessions.reset(name)?.session.state.reset(),
    snapshot: () => stateOf(name).snapshot(),
    restore: (snapshot) => stateOf(name).restore(readSnapshot(snapshot, { collectionsOf, inspect: mock.inspect })),
    restoreInSteps: (kept) => stateOf(name).restoreInSteps(kept),
    failNext: (order) => sessions.get(name).session.program(readOrder(order, apis)),
    readOrders: () => structuredClone([...sessions.get(name).session.programmed]),
    clearFailures: () => sessions.get(name).session.clearProgrammed(),
    readJournal: (limit) => sessions.get(name).journal.read(limit, operationOf),
    readOutbox: () => structuredClone([...stateOf(name).outbox]),
    open: () => sessions.get(name),
  })
  // Whoever watches asks for it at every call.
  const byDefault = control('')

  const mock: Mock = {
    apis,
    seed,
    clock,
    answer: (call) => structuredClone(mock.serve(asSent(call)).reply),
    async fetch(request) {
      const response = await answerRequest(mock, request)
      if (response.type !== 'error') return response
      request.signal.throwIfAborted()
      throw new TypeError('the connection was dropped, as ordered')
    },
    reset: (session = '') => control(session).reset(),
    snapshot: (session = '') => control(session).snapshot(),
    restore: (snapshot, session = '') => control(session).restore(snapshot),
    failNext: (order, session = '') => control(session).failNext(order),
    get journal() {
      return control('').readJournal()
    },
    get outbox() {
      return control('').readOutbox()
    },
    session: (name) => (name === '' ? byDefault : control(name)),
    named: sessions.named,
    inspect: (...record) => inspectRecord(targets, ...record),
    subscribe: (listener) =>
      store.subscribe((change) => {
        try {
          listener(change)
        } catch (error) {
          // What was committed is done: the call is answered as if nobody had been told.
          warn(`rollcall: a listener threw ${error}`)
        }
      }),
    serve: (call, judged, patience) =>
      record(call, (session, now) => answerCall(setting, session, call, now, judged, patience)),
    refuse: (refusal, call) => record(call, () => ({ reply: shapeRefusal(setting, refusal, call), refusal })),
  }
  return mock
}

function targetsOf(api: Api, { tokens }: MockOptions): Target[] {
  const own = Array.isArray(tokens) ? tokens : (tokens as Readonly<Record<string, readonly string[]>>)?.[api.name]
  const letIn = own && new Set<string>(own)
  return sitesOf(api).flatMap(({ basePath, operations }) =>
    operations.map((operation) => targetOf(api, basePath, operation, letIn)),
  )
}

/** What is behind one route. Of a large document few are ever called: what only a call needs is read by the first one. */
function targetOf(api: Api, basePath: string, operation: Operation, tokens?: ReadonlySet<string>): Target {
  let failures: Target['failures'] | undefined
  return {
    api: api.name,
    operation,
    basePath,
    get validators() {
      return api.validators[operation.id] ?? UNCHECKED
    },
    get examples() {
      return api.examples[operation.id]
    },
    represent: api.represent,
    behaviours: api.behaviours,
    tokens,
    ...(api.readCall && { readCall: api.readCall }),
    get failures() {
      return (failures ??= Object.fromEntries(operation.failures.map((failure) => [failure.id, failure])))
    },
  }
}

/** A body given as data means what it would mean on the wire, and shares nothing with the caller. */
function asSent(call: Call): Call {
  const method = call.method.toUpperCase()
  const headers = Object.fromEntries(
    Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (call.body === undefined) return { ...call, method, headers }
  const text = JSON.stringify(call.body)
  return { ...call, method, headers, text, body: JSON.parse(text) }
}

/** An unknown path is refused in the shape of the API that owns its first segment; a lone API owns them all. */
function attributePaths(apis: readonly Api[], targets: readonly Target[]): (path: string) => Behaviours | undefined {
  if (apis.length === 1) return () => apis[0]?.behaviours
  const owners = new Map<string | undefined, Behaviours>()
  for (const { basePath, operation, behaviours } of targets) {
    owners.set((basePath + operation.path).split('/')[1], behaviours)
  }
  return (path) => owners.get(path.split('/')[1])
}
