import { describe, expect, it } from 'vitest'
import { parseContract } from '../documents/contract/build-contract.ts'
import { listExamples } from '../documents/emit/list-examples.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { compileValidators } from '../documents/validators/compile-validators.ts'
import { listen } from './adapters/http-server.ts'
import type { Api } from './api/api.ts'
import { defineApi } from './api/define-api.ts'
import { createMock } from './create-mock.ts'
import { descope } from './descope.ts'
import { dynamic } from './dynamic.ts'
import type { Behaviours, Call, Decision, Reply } from './engine/vocabulary.ts'
import { fromExamples } from './replies/from-examples.ts'
import { royalti } from './royalti.ts'
import type { Snapshot } from './state/snapshot.ts'

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const OTHER_ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164e'
const headers = { authorization: 'Bearer token' }
const usersOf = (environment = ENVIRONMENT) => `/api/v0/environments/${environment}/users`
const clock = () => new Date('2026-11-02T09:30:00.000Z')

const mockOf = (options: Partial<Parameters<typeof createMock>[0]> = {}) =>
  createMock({ apis: [dynamic, royalti], clock, ...options })
type Mock = ReturnType<typeof mockOf>

const createCall = (email: string, call: Partial<Call> = {}): Call => ({
  method: 'POST',
  path: `${usersOf()}/bulk`,
  headers,
  body: [{ email }],
  ...call,
})
const create = (mock: Mock, email: string, call: Partial<Call> = {}) => mock.answer(createCall(email, call))
const list = (mock: Mock, call: Partial<Call> = {}) => mock.answer({ method: 'GET', path: usersOf(), headers, ...call })

// biome-ignore lint/suspicious/noExplicitAny: replies are open data
const bodyOf = (reply: Reply): any => reply.body
const emailsOf = (reply: Reply): string[] => bodyOf(reply).users.map((user: { email: string }) => user.email)

/** An API of one document, made here. */
function apiOf(name: string, paths: string, own: Partial<Behaviours> = {}): Api {
  const contract = parseContract(
    `{ openapi: 3.1.0, info: { title: ${name}, version: '1' }, paths: ${paths} }`,
    `${name}.yaml`,
  )
  const operations = listOperations(contract)
  const examples = listExamples(contract)
  const validators = compileValidators(contract)
  return defineApi({
    name,
    title: name,
    version: '1',
    servers: [],
    operations,
    validators,
    examples,
    behaviours: { ...fromExamples(operations, examples, validators), ...own },
  })
}
const DONE = "{ responses: { '204': { description: Done } } }"

describe('a mock', () => {
  it('remembers what it accepted', () => {
    const mock = mockOf()
    expect(create(mock, 'zoe@example.com').status).toBe(201)
    expect(emailsOf(list(mock))).toEqual(['zoe@example.com'])
  })

  it('reads method and header names in any case, as HTTP does for headers', () => {
    const mock = mockOf()
    const call = { method: 'post', headers: { AUTHORIZATION: 'Bearer token', 'Content-Type': 'application/json' } }
    expect(create(mock, 'zoe@example.com', call).status).toBe(201)
  })

  it('reads a text as it reads the same data', () => {
    const { body, ...call } = createCall('zoe@example.com')
    const sent = { ...call, headers: { ...headers, 'content-type': 'application/json' }, text: JSON.stringify(body) }
    expect(mockOf().answer(sent)).toEqual(create(mockOf(), 'zoe@example.com'))
  })

  it('takes data for what it would be on the wire', () => {
    const mock = mockOf()
    const metadata = { when: new Date(0), never: undefined, list: [undefined] }
    const user = bodyOf(create(mock, '', { body: [{ metadata }] })).created[0]
    expect(user.metadata).toEqual({ when: '1970-01-01T00:00:00.000Z', list: [null] })
  })

  it('refuses data that is nested too deeply, as it would the text', () => {
    const deep = (depth: number) => JSON.parse('{"a":'.repeat(depth) + 1 + '}'.repeat(depth))
    // The list of rows, the row, and then the metadata.
    expect(create(mockOf(), '', { body: [{ metadata: deep(998) }] }).status).toBe(201)
    expect(create(mockOf(), '', { body: [{ metadata: deep(999) }] }).status).toBe(400)
  })

  it('keeps `__proto__` as a member like any other, through replies and snapshots', () => {
    const mock = mockOf()
    const metadata = JSON.parse('{"__proto__":{"admin":true},"constructor":1}')
    create(mock, '', { body: [{ metadata }] })
    const kept = bodyOf(list(mock)).users[0].metadata
    expect(JSON.stringify(kept)).toBe('{"__proto__":{"admin":true},"constructor":1}')
    expect(kept.admin).toBeUndefined()
    const copy = mockOf()
    copy.restore(JSON.parse(JSON.stringify(mock.snapshot())))
    expect(JSON.stringify(list(copy))).toBe(JSON.stringify(list(mock)))
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('needs an API', () => {
    expect(() => createMock({ apis: [] })).toThrow('createMock needs an API in apis[0]')
    expect(() => createMock({ api: dynamic } as never)).toThrow('createMock needs an API in apis[0]')
  })

  it.each<[what: string, given: unknown]>([
    ['undefined', undefined],
    ['a path', 'openapi.yaml'],
    ['a promise of one', Promise.resolve(dynamic)],
    ['what a module exports', { dynamic }],
  ])('says at once that %s is no API', (_, given) => {
    expect(() => createMock({ apis: [dynamic, given as never] })).toThrow('createMock needs an API in apis[1]')
  })
})

describe('two documents', () => {
  it('whose paths collide are refused, both named', () => {
    const one = apiOf('people', `{ '/users/{id}': { get: { operationId: getUser, ${DONE.slice(1)} } }`)
    const other = apiOf('staff', `{ '/users/{name}': { get: { operationId: readUser, ${DONE.slice(1)} } }`)
    expect(() => createMock({ apis: [one, other] })).toThrow(
      'staff readUser and people getUser both answer GET /users/{name}; mock them on separate servers',
    )
    expect(() => createMock({ apis: [dynamic, dynamic] })).toThrow('dynamic bulkCreateUser and dynamic bulkCreateUser')
  })

  it('may share a path, with different methods', () => {
    const one = apiOf('people', `{ /users: { get: ${DONE} } }`)
    const other = apiOf('staff', `{ /users: { post: ${DONE} } }`)
    const mock = createMock({ apis: [one, other] })
    const answerOf = (method: string) => mock.answer({ method, path: '/users' })
    expect([answerOf('GET').status, answerOf('POST').status]).toEqual([204, 204])
    expect(answerOf('PUT')).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } })
  })

  it('each refuse an unknown path under their own first segment, in their own shape', () => {
    const mock = mockOf()
    const refusalOf = (path: string) => mock.answer({ method: 'GET', path })
    const ofDynamic = { status: 404, body: { error: 'Not Found', code: 'not_found' } }
    const ofRoyalti = { status: 404, body: { success: false, error: { code: 'NOT_FOUND' } } }
    for (const path of ['/api/v0/nothing', '/api', '/api/']) expect(refusalOf(path)).toMatchObject(ofDynamic)
    for (const path of ['/user', '/user/7/nothing', '/user//']) expect(refusalOf(path)).toMatchObject(ofRoyalti)
    for (const path of ['/', '', '/users', '/__proto__', '/constructor/x', 'api/v0']) {
      expect(refusalOf(path), path).toMatchObject({ status: 404, body: { error: `no operation answers GET ${path}` } })
    }
  })

  it('are not asked where there is one: it refuses every unknown path', () => {
    const mock = createMock({ apis: [dynamic] })
    expect(mock.answer({ method: 'GET', path: '/anything' }).body).toEqual({ error: 'Not Found', code: 'not_found' })
  })

  it('do not share their state', () => {
    const mock = mockOf()
    const row = { firstName: 'Zoë', email: 'zoe@example.com' }
    mock.answer({ method: 'POST', path: '/user/bulk', headers, body: { users: [row] } })
    expect(bodyOf(list(mock)).count).toBe(0)
    expect(Object.keys(mock.snapshot().apis)).toEqual(['royalti'])
  })
})

describe('tenants', () => {
  it('do not meet: environments of one API', () => {
    const mock = mockOf()
    const other = { path: `${usersOf(OTHER_ENVIRONMENT)}/bulk` }
    const [user] = bodyOf(create(mock, 'zoe@example.com')).created
    const [twin] = bodyOf(create(mock, 'zoe@example.com', other)).created
    expect(twin.id).not.toBe(user.id)
    const path = `${usersOf(OTHER_ENVIRONMENT)}/${user.id}`
    expect(emailsOf(list(mock, { path: usersOf(OTHER_ENVIRONMENT) }))).toEqual(['zoe@example.com'])
    expect(mock.answer({ method: 'DELETE', path, headers }).status).toBe(404)
    expect(bodyOf(list(mock)).count).toBe(1)
  })

  it('do not meet: tokens that stand for a workspace each', () => {
    const mock = mockOf()
    const row = { firstName: 'Zoë', email: 'zoe@example.com' }
    const createAs = (token: string) => {
      const as = { authorization: `Bearer ${token}` }
      return bodyOf(mock.answer({ method: 'POST', path: '/user/bulk', headers: as, body: { users: [row] } }))
    }
    expect([createAs('one').errors, createAs('two').errors, createAs('one').errors.length]).toEqual([[], [], 1])
    expect(JSON.stringify(mock.snapshot())).not.toMatch(/"one"|"two"/)
  })
})

describe('sessions', () => {
  const inSession = (name: string) => ({ headers: { ...headers, 'X-Rollcall-Session': name } })

  it('do not meet', () => {
    const mock = mockOf()
    create(mock, 'a@example.com')
    create(mock, 'b@example.com', inSession('b'))
    create(mock, 'c@example.com', inSession('__proto__'))
    expect(emailsOf(list(mock))).toEqual(['a@example.com'])
    expect(emailsOf(list(mock, inSession('')))).toEqual(['a@example.com'])
    expect(emailsOf(list(mock, inSession('b')))).toEqual(['b@example.com'])
    expect(emailsOf(list(mock, inSession('__proto__')))).toEqual(['c@example.com'])
    expect(emailsOf(list(mock, inSession('B')))).toEqual([])
  })

  it('are reset one by one, and begin again', () => {
    const mock = mockOf()
    const first = bodyOf(create(mock, 'a@example.com')).created[0].id
    create(mock, 'b@example.com', inSession('b'))
    mock.reset()
    expect(bodyOf(list(mock)).count).toBe(0)
    expect(bodyOf(list(mock, inSession('b'))).count).toBe(1)
    expect(bodyOf(create(mock, 'z@example.com')).created[0].id).toBe(first)
    mock.reset('b')
    expect(bodyOf(list(mock, inSession('b'))).count).toBe(0)
    expect(bodyOf(list(mock)).count).toBe(1)
    expect(() => mock.reset('never seen')).not.toThrow()
  })

  it('give and take snapshots, also of each other', () => {
    const mock = mockOf()
    create(mock, 'a@example.com')
    mock.restore(mock.snapshot(), 'b')
    create(mock, 'b@example.com', inSession('b'))
    expect(emailsOf(list(mock))).toEqual(['a@example.com'])
    expect(emailsOf(list(mock, inSession('b')))).toEqual(['a@example.com', 'b@example.com'])
    expect(mock.snapshot('b')).not.toEqual(mock.snapshot())
  })
})

describe('a snapshot', () => {
  it('brings a state back, in this mock and in another', () => {
    const mock = mockOf()
    create(mock, 'a@example.com')
    const snapshot = JSON.parse(JSON.stringify(mock.snapshot()))
    const before = list(mock)
    const next = create(mock, 'b@example.com')
    for (const one of [mock, mockOf()]) {
      one.restore(snapshot)
      expect(list(one)).toEqual(before)
      expect(bodyOf(create(one, 'A@example.com')).failed).toHaveLength(1)
      expect(create(one, 'b@example.com')).toEqual(next)
    }
  })

  it.each<[what: string, snapshot: unknown]>([
    ['of an API that is not there', { apis: { dynamic: {}, people: {} }, outbox: [] }],
    ['with a broken tenant after a good one', { apis: { dynamic: { a: { users: [] }, b: {} } }, outbox: [] }],
    ['with a user that is not the API’s', { apis: { royalti: { a: { users: [{ id: '1' }] } } }, outbox: [] }],
    ['with a broken outbox', { apis: {}, outbox: 1 }],
    ['that is an empty object', {}],
    ['that is null', null],
  ])('%s is refused, and the state is kept', (_, snapshot) => {
    const mock = mockOf()
    create(mock, 'a@example.com')
    const before = mock.snapshot()
    expect(() => mock.restore(snapshot as Snapshot)).toThrow()
    expect(mock.snapshot()).toEqual(before)
    expect(emailsOf(list(mock))).toEqual(['a@example.com'])
    expect(bodyOf(create(mock, 'a@example.com')).failed).toHaveLength(1)
  })

  it('of version 1, which Descope’s users stood in with their id beside them, is still read', () => {
    const authorization = 'Bearer P2a:key'
    const call: Call = { method: 'POST', path: '/v1/mgmt/user/create/batch', headers: { authorization } }
    const mock = createMock({ apis: [descope] })
    const user = bodyOf(mock.answer({ ...call, body: { users: [{ loginId: 'ada' }] } })).createdUsers[0]
    const before = mock.snapshot()
    expect(before).toMatchObject({ version: 2, apis: { descope: { P2a: { users: [user] } } } })
    mock.reset()
    const users = [{ id: user.userId, user }]
    mock.restore({ apis: { descope: { P2a: { users } } }, outbox: [] })
    expect(mock.snapshot()).toEqual(before)
  })
})

describe('who subscribes', () => {
  it('is told what each accepted call changed, of resets and of what was put back, in order', () => {
    const mock = mockOf()
    create(mock, 'before@example.com')
    const told: string[] = []
    const end = mock.subscribe(({ session, commit }) =>
      told.push(
        `${session} ${commit?.api} ${commit?.changes.map(({ after }) => (after as { email?: string } | undefined)?.email)}`,
      ),
    )
    create(mock, 'a@example.com', { headers: { ...headers, 'x-rollcall-session': 'one' } })
    create(mock, 'before@example.com')
    list(mock)
    const snapshot = mock.snapshot()
    mock.reset('one')
    mock.reset('nobody')
    mock.restore(snapshot)
    end()
    create(mock, 'b@example.com')
    expect(told).toEqual(['one dynamic a@example.com', 'one undefined undefined', ' undefined undefined'])
  })

  it('and throws changes no reply, and keeps nobody else from being told', () => {
    const warnings: string[] = []
    const mock = createMock({ apis: [dynamic], warn: (message) => warnings.push(message) })
    let told = 0
    mock.subscribe(() => {
      throw new Error('full')
    })
    mock.subscribe(() => told++)
    expect(create(mock, 'a@example.com').status).toBe(201)
    expect(emailsOf(list(mock))).toEqual(['a@example.com'])
    expect([told, warnings]).toEqual([1, ['rollcall: a listener threw Error: full']])
  })
})

describe('what goes in and comes out', () => {
  const invite = (mock: Mock, row: object) =>
    mock.answer({ method: 'POST', path: '/user/bulk', headers, body: { users: [row] } })

  it('shares no data with the state: the call', () => {
    const mock = mockOf()
    const row = { email: 'zoe@example.com', metadata: { tags: ['a'] } }
    create(mock, '', { body: [row] })
    const before = list(mock)
    row.email = 'changed'
    row.metadata.tags.push('changed')
    expect(list(mock)).toEqual(before)
  })

  it('shares no data with the state: the reply', () => {
    const mock = mockOf()
    const reply = create(mock, '', { body: [{ email: 'zoe@example.com', metadata: { tags: ['a'] } }] })
    const before = structuredClone(list(mock))
    for (const user of [bodyOf(reply).created[0], bodyOf(list(mock)).users[0]]) {
      user.email = 'changed'
      user.metadata.tags.push('changed')
    }
    expect(list(mock)).toEqual(before)
  })

  it('shares no data with the state: snapshot, restore and outbox', () => {
    const mock = mockOf()
    const row = { firstName: 'Zoë', email: 'zoe@example.com' }
    invite(mock, row)
    // biome-ignore lint/suspicious/noExplicitAny: a snapshot is read-only by its type
    const changeAll = (snapshot: any) => {
      for (const tenant of Object.values<{ users: { row: object }[] }>(snapshot.apis.royalti)) {
        for (const user of tenant.users) user.row = {}
        tenant.users.length = 0
      }
      snapshot.outbox[0].to = 'changed'
    }
    const before = mock.snapshot()
    expect(before.outbox).toMatchObject([{ to: 'zoe@example.com', api: 'royalti' }])
    changeAll(mock.snapshot())
    const given = structuredClone(before)
    mock.restore(given)
    changeAll(given)
    Object.assign(mock.outbox[0] as object, { to: 'changed' })
    expect(mock.snapshot()).toEqual(before)
    expect(mock.outbox).toEqual(before.outbox)
  })
})

describe('a seed', () => {
  const idOf = (mock: Mock, call: Partial<Call> = {}) => bodyOf(create(mock, 'zoe@example.com', call)).created[0].id

  it('gives the same ids in another mock, another its own', () => {
    expect(create(mockOf({ seed: 'x' }), 'zoe@example.com')).toEqual(create(mockOf({ seed: 'x' }), 'zoe@example.com'))
    expect(idOf(mockOf())).toBe(idOf(mockOf({ seed: 'rollcall' })))
    expect(idOf(mockOf({ seed: 'x' }))).not.toBe(idOf(mockOf({ seed: 'y' })))
  })

  it('makes user 2 the same user whoever was first, and whatever else was called', () => {
    const secondOf = (calls: (mock: Mock) => void) => {
      const mock = mockOf()
      calls(mock)
      return idOf(mock)
    }
    const plain = secondOf((mock) => create(mock, 'a@example.com'))
    const busy = secondOf((mock) => {
      list(mock)
      create(mock, 'a@example.com', { path: `${usersOf(OTHER_ENVIRONMENT)}/bulk` })
      create(mock, 'someone.else@example.com')
      create(mock, 'someone.else@example.com')
      create(mock, 'x', { body: [] })
    })
    expect(busy).toBe(plain)
  })

  it('reads the clock once in a call', () => {
    let seconds = 0
    const mock = mockOf({ clock: () => new Date(1000 * ++seconds) })
    create(mock, 'zoe@example.com')
    list(mock)
    expect(mock.journal.map(({ at }) => at)).toEqual(['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:02.000Z'])
    expect(bodyOf(list(mock)).users).toMatchObject([{ createdAt: '1970-01-01T00:00:01.000Z' }])
  })

  it('does not bind the clock', () => {
    const later = create(mockOf({ clock: () => new Date('2027-01-01T00:00:00.000Z') }), 'zoe@example.com')
    expect(bodyOf(later).created[0].createdAt).toBe('2027-01-01T00:00:00.000Z')
    expect(bodyOf(later).created[0].id).toBe(idOf(mockOf()))
  })
})

describe('tokens', () => {
  const statusOf = (mock: Mock, token?: string) =>
    list(mock, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }).status

  it('are all let in but the literal `invalid`, while none are named', () => {
    const mock = mockOf()
    expect([statusOf(mock, 'any'), statusOf(mock, 'invalid'), statusOf(mock)]).toEqual([200, 403, 401])
  })

  it('that are named are the only ones', () => {
    const mock = mockOf({ tokens: ['mine', 'invalid'] })
    const tokens = ['mine', 'invalid', 'any', 'constructor']
    expect(tokens.map((token) => statusOf(mock, token))).toEqual([200, 200, 403, 403])
    expect(statusOf(mockOf({ tokens: [] }), 'any')).toBe(403)
  })

  it('are refused in the shape of the API', () => {
    const refused = { headers: { authorization: 'Bearer invalid' } }
    expect(list(mockOf(), refused).body).toEqual({ error: 'Access Forbidden' })
    expect(mockOf().answer({ method: 'GET', path: '/user/', ...refused })).toMatchObject({
      status: 401,
      body: { success: false, error: { code: 'UNAUTHORIZED' } },
    })
  })
})

describe('a behaviour that breaks its own contract', () => {
  const keepAnd = (decide: () => Decision): Behaviours['operations'] => ({
    keep: ({ collections: { users }, invite }) => {
      users?.put({ id: 'one' })
      invite({ to: 'one@example.com', at: '', userId: 'one' })
      return decide()
    },
  })

  it.each<[how: string, decide: () => Decision, message: string]>([
    ['throws', () => JSON.parse('{'), 'the behaviour of keep failed: it threw SyntaxError'],
    [
      'answers an undeclared status',
      () => ({ status: 200, body: {} }),
      'the behaviour of keep failed: it answers 200, which it does not declare',
    ],
    [
      'answers a body that is not declared',
      () => ({ status: 204, body: {} }),
      'the behaviour of keep failed: it answers 204 with a body',
    ],
  ])('answers 500 loudly and leaves no trace: it %s', (_, decide, message) => {
    const paths = `{ /keep: { post: { operationId: keep, ${DONE.slice(1)} } }`
    const mock = createMock({ apis: [apiOf('people', paths, { operations: keepAnd(decide) })] })
    const before = mock.snapshot()
    const { status, body } = mock.answer({ method: 'POST', path: '/keep' })
    expect([status, JSON.stringify(body)]).toEqual([500, expect.stringContaining(message)])
    expect(JSON.stringify(body)).toContain('; nothing was changed')
    expect(mock.snapshot()).toEqual(before)
    expect(mock.outbox).toEqual([])
  })
})

describe('fetch', () => {
  const ORIGIN = 'https://mock.test'
  const WITH_JSON = { ...headers, 'content-type': 'application/json' }

  it.each<[what: string, call: Call]>([
    ['a creation', createCall('zoe@example.com')],
    ['a list', { method: 'GET', path: usersOf(), headers, query: { limit: '1', offset: '0' } }],
    ['an unknown member of a query', { method: 'GET', path: usersOf(), headers, query: { 'filter[__proto__]': '1' } }],
    ['a value that is no boolean', createCall('zoe@example.com', { query: { upsert: '1' } })],
    ['a repeated value', { method: 'GET', path: usersOf(), headers, query: { limit: ['1', '2', '3'] } }],
    ['a reply without a body', { method: 'DELETE', path: `${usersOf()}/@@ID@@`, headers }],
    ['an unknown path', { method: 'GET', path: '/api/v0/nothing', headers }],
    ['an unknown path with a trailing slash', { method: 'GET', path: `${usersOf()}/`, headers }],
    ['another method', { method: 'PUT', path: usersOf(), headers }],
    ['no token', { method: 'GET', path: usersOf() }],
    ['no content type', { method: 'POST', path: `${usersOf()}/bulk`, headers, text: '[]' }],
    ['no body', { method: 'POST', path: `${usersOf()}/bulk`, headers: WITH_JSON }],
    ['broken JSON', { method: 'POST', path: `${usersOf()}/bulk`, headers: WITH_JSON, text: '[{' }],
    ['an encoded path value', { method: 'GET', path: '/user/a%2Fb', headers }],
    ['broken encoding', { method: 'GET', path: '/user/%zz', headers }],
  ])('equals answer: %s', async (_, given) => {
    const [answering, fetching] = [mockOf(), mockOf()]
    const id = bodyOf(create(answering, 'first@example.com')).created[0].id
    create(fetching, 'first@example.com')
    const call = { ...given, path: given.path.replace('@@ID@@', id) }
    const reply = answering.answer(call)
    const response = await fetching.fetch(toRequest(call))
    const text = await response.text()
    expect({ status: response.status, headers: Object.fromEntries(response.headers), text }).toEqual({
      status: reply.status,
      headers: reply.headers,
      text: reply.body === undefined ? '' : JSON.stringify(reply.body),
    })
    expect(fetching.snapshot()).toEqual(answering.snapshot())
  })

  function toRequest({ method, path, query = {}, headers = {}, body, text }: Call): Request {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      for (const one of [value].flat()) search.append(name, one as string)
    const sent = body === undefined ? text : JSON.stringify(body)
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    return new Request(`${ORIGIN}${path}${search.size > 0 ? `?${search}` : ''}`, {
      method,
      headers: { ...type, ...headers },
      // As bytes: a string would be given the content type text/plain.
      ...(sent !== undefined && { body: new TextEncoder().encode(sent) }),
    })
  }

  it('reads a body that begins with a byte order mark', async () => {
    const body = `\ufeff${JSON.stringify([{ email: 'zoe@example.com' }])}`
    const request = new Request(`${ORIGIN}${usersOf()}/bulk`, { method: 'POST', headers: WITH_JSON, body })
    expect((await mockOf().fetch(request)).status).toBe(201)
  })

  it('refuses a body that is not UTF-8, as over HTTP, and keeps nothing', async () => {
    const body = new Uint8Array([
      ...new TextEncoder().encode('[{"firstName":"Jos'),
      0xe9,
      ...new TextEncoder().encode('"}]'),
    ])
    const init = { method: 'POST', headers: WITH_JSON, body }
    const mock = mockOf()
    const response = await mock.fetch(new Request(`${ORIGIN}${usersOf()}/bulk`, init))
    await using server = await listen(mockOf(), { port: 0 })
    const overHttp = await fetch(`${server.url}${usersOf()}/bulk`, init)
    expect([response.status, await response.json()]).toEqual([400, { error: 'body is not valid UTF-8' }])
    expect([overHttp.status, await overHttp.json()]).toEqual([400, { error: 'body is not valid UTF-8' }])
    expect(mock.snapshot().apis).toEqual({})
    expect(mock.journal.at(-1)?.verdict).toMatchObject({ outcome: 'refused', reason: 'malformed-body' })
  })

  it('makes fifty users of fifty creations at once', async () => {
    const mock = mockOf()
    const emails = Array.from({ length: 50 }, (_, number) => `user-${number}@example.com`)
    await Promise.all(emails.map((email) => mock.fetch(toRequest(createCall(email)))))
    expect(bodyOf(list(mock)).count).toBe(50)
    expect(emailsOf(list(mock, { query: { limit: '100' } })).sort()).toEqual(emails.sort())
  })

  it('makes one user of one e-mail created fifty times at once', async () => {
    const mock = mockOf()
    const requests = Array.from({ length: 50 }, () => mock.fetch(toRequest(createCall('zoe@example.com'))))
    const bodies = await Promise.all(requests.map(async (response) => (await response).json()))
    expect(bodies.filter(({ created }) => created.length === 1)).toHaveLength(1)
    expect(emailsOf(list(mock))).toEqual(['zoe@example.com'])
  })
})
