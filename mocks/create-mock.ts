import { answerRequest } from './adapters/fetch.ts'
import { type Api, basePathOf } from './api.ts'
import { answerCall, type Setting, shapeRefusal, type Target } from './engine/answer-call.ts'
import { buildRoutes } from './engine/match-route.ts'
import { Store } from './engine/store.ts'
import type { Behaviours, Call } from './engine/vocabulary.ts'
import { type Mock, type MockOptions, SESSION_HEADER } from './mock.ts'

/** @throws Error when no API is given, or two of them answer the same method and path */
export function createMock(options: MockOptions): Mock {
  const apis = options.apis as readonly Api[]
  if (apis.length === 0) throw new Error('createMock needs at least one API: createMock({ apis: [...] })')
  const setting: Setting = {
    routes: buildRoutes(apis.flatMap(targetsOf), (target) => `${target.api} ${target.operation.id}`),
    behavioursOf: attributePaths(apis),
    seed: options.seed ?? 'rollcall',
    clock: options.clock ?? (() => new Date()),
    ...(options.tokens && { tokens: new Set(options.tokens) }),
  }
  const keysOf = new Map(apis.map((api) => [api.name, api.behaviours.keysOf]))
  const sessions = new Map<string, Store>()
  const storeOf = (session: string): Store => {
    let store = sessions.get(session)
    if (!store) sessions.set(session, (store = new Store()))
    return store
  }

  const mock: Mock = {
    apis,
    serve: (call) => answerCall(setting, storeOf(call.headers?.[SESSION_HEADER] ?? ''), call),
    answer(call) {
      const { reply } = mock.serve(asSent(call))
      return structuredClone(reply)
    },
    fetch: (request) => answerRequest(mock, request),
    refuse: (refusal, path) => shapeRefusal(setting, refusal, path),
    reset: (session = '') => void sessions.delete(session),
    snapshot: (session = '') => storeOf(session).snapshot(),
    restore: (snapshot, session = '') => storeOf(session).restore(snapshot, keysOf),
    get outbox() {
      return structuredClone(storeOf('').outbox)
    },
  }
  return mock
}

function targetsOf(api: Api): Target[] {
  const basePath = basePathOf(api)
  return api.operations.map((operation) => ({
    api: api.name,
    operation,
    basePath,
    validators: api.validators[operation.id] ?? { replies: {} },
    behaviours: api.behaviours,
    failures: Object.fromEntries(operation.failures.map((failure) => [failure.id, failure])),
  }))
}

/** A body given as data means what it would mean on the wire, and shares nothing with the caller. */
function asSent(call: Call): Call {
  const method = call.method.toUpperCase()
  const headers = Object.fromEntries(
    Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (call.body === undefined) return { ...call, method, headers }
  const { body, ...rest } = call
  return { ...rest, method, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(body) }
}

/** An unknown path is refused in the shape of the API that owns its first segment; a lone API owns them all. */
function attributePaths(apis: readonly Api[]): (path: string) => Behaviours | undefined {
  if (apis.length === 1) return () => apis[0]?.behaviours
  const owners = new Map<string, Behaviours>()
  for (const api of apis) {
    const basePath = basePathOf(api)
    for (const { path } of api.operations) owners.set((basePath + path).split('/')[1] as string, api.behaviours)
  }
  return (path) => owners.get(path.split('/')[1] ?? '')
}
