import { describe, expect, it } from 'vitest'
import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Api } from '../api/api.ts'
import type { Mock, MockOptions } from '../api/mock.ts'
import { BUILT_IN } from '../built-in.ts'
import { createMock } from '../create-mock.ts'
import { dynamic } from '../dynamic.ts'
import type { JournalEntry } from '../journal/journal.ts'
import { checkProgrammed, forcePreferred, forceProgrammed, type ProgrammedFailure } from './force-failure.ts'
import type { Call, Failure, Operation, OperationExamples, Reply } from './vocabulary.ts'

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const SOMEONE = '0a000000-0000-4000-8000-0000000000ff'
const apis = await Promise.all(Object.values(BUILT_IN).map((load) => load()))

const mockOf = (): Mock => createMock({ apis, clock: () => new Date('2026-11-02T09:15:30Z') })
const pathOf = (api: Api, operation: Operation): string =>
  new URL(api.servers[0] as string).pathname.replace(/\/$/, '') +
  operation.path.replace('{environmentId}', ENVIRONMENT).replace('{userId}', SOMEONE).replace('{id}', SOMEONE)
const credentialOf = (api: Api) => ({ authorization: `Bearer ${api.behaviours.exampleCredential}` })

/** A request of the operation that its document has as an example, or that needs none. */
function validCall(api: Api, operation: Operation, more: Partial<Call> = {}): Call {
  const [body] = Object.values(api.examples[operation.id]?.request ?? {})
  const query = operation.id === 'loadUser' ? { loginId: 'nobody@example.com' } : undefined
  return {
    method: operation.method,
    path: pathOf(api, operation),
    headers: { ...credentialOf(api), ...more.headers },
    ...(query && { query }),
    ...(body !== undefined && { body }),
    ...(more.text !== undefined && { text: more.text, body: undefined }),
    ...(more.body !== undefined && { body: more.body }),
  }
}

const operations = apis.flatMap((api) => api.operations.map((operation) => ({ api, operation, id: operation.id })))
const find = (name: string, id: string) => operations.find((one) => one.api.name === name && one.id === id) as Target
type Target = (typeof operations)[number]

/** That the reply says which failure it is, where and how the document has it. */
function expectFailure({ status, body }: Reply, failure: Failure, code: unknown = failure.code): void {
  expect(status).toBe(failure.status)
  if (!failure.at.startsWith('/')) return
  const want = code === null ? failure.message : (code ?? failure.id)
  expect(valuesAt(body, failure.at)).toEqual([want])
}

describe('Prefer', () => {
  const preferring = (
    prefer: string,
    more: Partial<Call> = {},
    { api, operation } = find('dynamic', 'bulkCreateUser'),
  ) => {
    const mock = mockOf()
    const reply = mock.answer(validCall(api, operation, { ...more, headers: { prefer, ...more.headers } }))
    return { reply, mock }
  }
  const { replies = {} } = dynamic.examples['bulkCreateUser'] ?? {}

  it.each<[prefer: string, status: number, example: string]>([
    ['code=403', 403, 'forbidden'],
    ['code=422', 422, 'alreadyExists'],
    ['code=201', 201, 'allCreated'],
    ['example=mergeConflict', 422, 'mergeConflict'],
    ['example=partlyFailed', 201, 'partlyFailed'],
    ['code=422, example=mergeConflict', 422, 'mergeConflict'],
    ['example="mergeConflict"; code="422"', 422, 'mergeConflict'],
    ['respond-async, CODE = 403', 403, 'forbidden'],
  ])('%s answers with the example of the document', (prefer, status, example) => {
    const { reply, mock } = preferring(prefer)
    expect(reply).toMatchObject({ status, body: replies[status]?.[example] })
    expect(mock.snapshot().apis).toEqual({})
  })

  it.each(
    operations.flatMap(({ api, operation }) =>
      Object.keys(operation.replies).map((code) => ({ api, operation, id: `${api.name} ${operation.id}`, code })),
    ),
  )('code=$code is answered by $id as declared', ({ api, operation, code }) => {
    const { reply } = preferring(`code=${code}`, {}, { api, operation, id: operation.id })
    const [example] = Object.values(api.examples[operation.id]?.replies[code] ?? {})
    expect(reply.status).toBe(Number(code))
    expect(reply.body).toEqual(example)
  })

  it.each<[what: string, more: Partial<Call>, status: number]>([
    ['wrong credentials', { headers: { authorization: 'Bearer invalid' } }, 403],
    ['an invalid body', { body: [{ country: 'usa' }] }, 400],
    ['broken JSON', { text: '[', headers: { 'content-type': 'application/json' } }, 400],
  ])('comes after credentials and validation: %s is still refused', (_, more, status) => {
    const { reply } = preferring('code=500', more)
    expect(reply.status).toBe(status)
    expect(reply.body).not.toEqual(Object.values(replies['500'] ?? {})[0])
  })

  it.each<[prefer: string, message: RegExp]>([
    ['code=418', /bulkCreateUser declares 201, 400, 401, 403, 422, 429, 500$/],
    ['code=20', /asks for a status that is not declared/],
    ['code=abc', /asks for a status that is not declared/],
    ['example=nothing', /bulkCreateUser has allCreated, partlyFailed, updatedByUpsert, .*serverError$/],
    ['code=201, example=forbidden', /asks for an example that is not there/],
  ])('%s is refused with what there is', (prefer, message) => {
    const { reply } = preferring(prefer)
    expect(reply).toEqual({ status: 400, headers: expect.anything(), body: { error: expect.stringMatching(message) } })
  })

  it.each(['respond-async', 'return=minimal', 'wait=10', 'xcode=403'])('%s changes nothing', (prefer) => {
    expect(preferring(prefer).reply.status).toBe(201)
  })

  it.each([429, 503])('code=%s comes with Retry-After', (status) => {
    const operation = { ...find('dynamic', 'listUsers').operation, replies: { [status]: { mediaTypes: [] } } }
    const examples: OperationExamples = { replies: { [status]: { busy: {} } } }
    const call: Call = { method: 'GET', path: '/', headers: { prefer: `code=${status}` } }
    expect(forcePreferred(operation, examples, call)).toMatchObject({ status, headers: { 'retry-after': '1' } })
  })

  it.each<[prefer: string, declared: string, status: number]>([
    ['code=404', '4XX', 404],
    ['example=one', '4XX', 400],
    ['code=503', 'default', 503],
    ['example=one', 'default', 500],
  ])('%s is answered from the examples of %s with %i', (prefer, declared, status) => {
    const json = { mediaTypes: ['application/json'] }
    const operation = { ...find('dynamic', 'listUsers').operation, replies: { '200': json, [declared]: json } }
    const examples: OperationExamples = { replies: { '200': { fine: {} }, [declared]: { one: { it: 1 } } } }
    const call: Call = { method: 'GET', path: '/', headers: { prefer } }
    expect(forcePreferred(operation, examples, call)).toMatchObject({ status, body: { it: 1 } })
  })
})

describe('a trigger row', () => {
  const row = (id: string) => `${id}@rollcall.test`

  /** Per API with row failures: its creation, a good row, and the row that a trigger makes. */
  const CREATIONS: Record<
    string,
    { id: string; bodyOf: (rows: object[]) => unknown; rowOf: (email: string) => object }
  > = {
    dynamic: { id: 'bulkCreateUser', bodyOf: (rows) => rows, rowOf: (email) => ({ email }) },
    royalti: {
      id: 'bulkCreateUsers',
      bodyOf: (users) => ({ users }),
      rowOf: (email) => ({ firstName: 'Ada', lastName: 'L', email }),
    },
    descope: { id: 'createUsersBatch', bodyOf: (users) => ({ users }), rowOf: (email) => ({ loginId: email, email }) },
  }
  const creations = Object.entries(CREATIONS).flatMap(([name, { id, bodyOf, rowOf }]) => {
    const { api, operation } = find(name, id)
    return operation.failures
      .filter(({ level }) => level === 'row')
      .map((failure) => ({ name, api, operation, bodyOf, rowOf, failure, failureId: failure.id }))
  })

  it('is there for every row-level failure of every API', () => {
    expect(creations.map(({ name, failureId }) => `${name} ${failureId}`)).toEqual([
      'dynamic email_already_exists',
      'dynamic username_already_exists',
      'dynamic reassign_wallet_error',
      'dynamic social_account_already_exists',
      'dynamic merge_accounts_invalid',
      'dynamic metadata_size_exceeded',
      'royalti already_associated',
      'royalti invalid_email',
      'descope login_id_exists',
      'descope missing_login_id',
      'descope password_conflict',
    ])
    const all = operations.flatMap(({ operation }) => operation.failures.filter(({ level }) => level === 'row'))
    expect(all).toHaveLength(creations.length + patches.length)
  })

  const { operation: patchMany, ...patching } = find('descope', 'patchUsersBatch')
  const patches = patchMany.failures.filter(({ level }) => level === 'row')
  it.each(patches)('of a patch of many fails with $id, alone among its rows', ({ id, message }) => {
    const mock = mockOf()
    const send = (id: string, users: object[]) => {
      const { api, operation } = find('descope', id)
      return mock.answer(validCall(api, operation, { body: { users } }))
    }
    send('createUsersBatch', [{ loginId: 'ada' }, { loginId: 'ben' }])
    const before = mock.snapshot()
    const { body } = send(patching.id, [{ loginId: 'ada' }, { loginId: 'ben', email: row(id), name: 'B.' }])
    expect(body).toMatchObject({ patchedUsers: [{ loginIds: ['ada'] }], failedUsers: [{ failure: message }] })
    expect(mock.snapshot()).toEqual(before)
  })

  it.each(creations)(
    'of $name fails with $failureId, alone in its batch, and leaves no trace',
    ({ api, operation, bodyOf, rowOf, failure }) => {
      const good = [rowOf('ada@example.com'), rowOf('ben@example.com')]
      const send = (mock: Mock, rows: object[]) => mock.answer(validCall(api, operation, { body: bodyOf(rows) }))
      const mixed = mockOf()
      const reply = send(mixed, [good[0] as object, rowOf(row(failure.id)), good[1] as object])
      const want = failure.code === null ? failure.message?.replace('{firstName} {lastName}', 'Ada L') : failure.id
      expect(valuesAt(reply.body, failure.at)).toEqual([want])
      const without = mockOf()
      expect(reply.status).toBe(send(without, good).status)
      expect(mixed.snapshot()).toEqual(without.snapshot())
    },
  )

  it('is read in any case', () => {
    const { api, operation } = find('dynamic', 'bulkCreateUser')
    const body = [{ email: 'Metadata_Size_EXCEEDED@RollCall.Test' }]
    expect(mockOf().answer(validCall(api, operation, { body })).body).toMatchObject({
      failed: [{ code: 'metadata_size_exceeded' }],
    })
  })

  it.each([
    'nothing@rollcall.test',
    'email_already_exists@mail.rollcall.test',
    'email_already_exists.rollcall.test@example.com',
    'email_already_exists@example.test',
    'bad_request@rollcall.test',
    'email_already_exists@rollcall.test.example.com',
  ])('is not %s', (email) => {
    const { api, operation } = find('dynamic', 'bulkCreateUser')
    expect(mockOf().answer(validCall(api, operation, { body: [{ email }] })).body).toMatchObject({
      created: [{ email }],
      failed: [],
    })
  })

  it("is the e-mail's, or of Descope the login ID's where there is no e-mail", () => {
    const { api, operation } = find('descope', 'createUsersBatch')
    const users = [
      { loginId: row('password_conflict') },
      { loginId: row('password_conflict'), email: 'ada@example.com' },
    ]
    expect(mockOf().answer(validCall(api, operation, { body: { users } })).body).toMatchObject({
      createdUsers: [{ email: 'ada@example.com' }],
      failedUsers: [{ failure: 'Either a password or a hashed password can be set, not both' }],
    })
  })

  const changes = ['patchUser', 'updateUser'].flatMap((id) => {
    const { api, operation } = find('descope', id)
    return operation.failures.map((failure) => ({ id, api, operation, failure, failureId: failure.id }))
  })
  it.each(changes)(
    'is the body of $id, which fails with $failureId and changes nobody',
    ({ api, operation, failure }) => {
      const mock = mockOf()
      const creation = find('descope', 'createUsersBatch')
      mock.answer(
        validCall(api, creation.operation, { body: { users: [{ loginId: 'ada', email: 'ada@example.com' }] } }),
      )
      const before = mock.snapshot()
      expect(before.apis['descope']).toBeDefined()
      const reply = mock.answer(validCall(api, operation, { body: { loginId: 'ada', email: row(failure.id) } }))
      expectFailure(reply, failure)
      expect(reply.headers['retry-after']).toBe(failure.status === 429 ? '1' : undefined)
      expect(mock.snapshot()).toEqual(before)
    },
  )
})

describe('a row that names no failure', () => {
  const send = (mock: Mock, name: string, id: string, body: unknown, headers = {}) => {
    const { api, operation } = find(name, id)
    const reply = mock.answer(validCall(api, operation, { body: body as object, headers }))
    return { ...reply, note: reply.headers['x-rollcall-note'] }
  }
  const rows = (...emails: string[]) => emails.map((email) => ({ email }))

  it('is told the closest in a header of the reply and in the journal, and is a row as any other', () => {
    const mock = mockOf()
    const { status, body, note } = send(
      mock,
      ...(['dynamic', 'bulkCreateUser'] as const),
      rows('email_allready_exists@rollcall.test', 'ines@example.com', 'zzz@rollcall.test'),
    )
    expect([status, (body as { created: unknown[] }).created.length]).toEqual([201, 3])
    expect(note).toBe('bulkCreateUser has no failure email_allready_exists; the closest is email_already_exists')
    expect(mock.journal[0]?.verdict).toEqual({ outcome: 'accepted', note })
    expect(mock.journal[0]?.reply.headers['x-rollcall-note']).toBe(note)
  })

  it('is told it where the body is the row, also where that is refused', () => {
    const { status, note } = send(mockOf(), 'descope', 'patchUser', {
      loginId: 'nobody',
      email: 'user_not_found@rollcall.test',
    })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(note).toMatch(/^patchUser has no failure user_not_found; the closest is /)
  })

  it.each(['email_already_exists@rollcall.test', 'ines@example.com', 'a@rollcall.test.example.com'])(
    '%s is none: nothing is told',
    (email) => {
      const mock = mockOf()
      expect(send(mock, 'dynamic', 'bulkCreateUser', rows(email)).note).toBeUndefined()
      expect(mock.journal[0]?.verdict).toEqual({ outcome: 'accepted' })
    },
  )

  it('may be called anything: what a header cannot hold is left out', () => {
    const { note } = send(mockOf(), 'descope', 'createUsersBatch', {
      users: [{ loginId: 'ada', email: `é"\u0000${'x'.repeat(99)}@rollcall.test` }],
    })
    expect(note).toMatch(/^createUsersBatch has no failure \?\?\?x{57}; the closest is /)
  })
})

describe('a programmed failure', () => {
  const order = (mock: Mock, { api, operation }: Target, more: Partial<ProgrammedFailure>) =>
    mock.failNext({ api: api.name, operationId: operation.id, ...more })
  const bulk = find('dynamic', 'bulkCreateUser')
  const send = (mock: Mock, more: Partial<Call> = {}, { api, operation } = bulk) =>
    mock.answer(validCall(api, operation, more))
  const rows = (...emails: string[]): Partial<Call> => ({ body: emails.map((email) => ({ email })) })

  const requestLevel = operations.flatMap((target) =>
    target.operation.failures
      .filter(({ level }) => level === 'request')
      .map((failure) => ({ name: target.api.name, ...target, failure, failureId: failure.id })),
  )
  it.each(requestLevel)('of $name $id answers $failureId at once, as the document has it, and once', (target) => {
    const mock = mockOf()
    order(mock, target, { failure: target.failure.id })
    const reply = send(mock, { headers: { authorization: 'Bearer invalid' } }, target)
    expectFailure(reply, target.failure)
    expect(reply.headers['retry-after']).toBe(target.failure.status === 429 ? '1' : undefined)
    expect(mock.snapshot().apis).toEqual({})
    expect(send(mock, {}, target)).toEqual(send(mockOf(), {}, target))
  })

  const statuses = operations.flatMap((target) =>
    [...Object.keys(target.operation.replies), '418', '502', '503'].map((status) => ({
      name: target.api.name,
      ...target,
      status: Number(status),
    })),
  )
  it.each(statuses)('of $name $id answers $status, from an example where there is one', (target) => {
    const mock = mockOf()
    order(mock, target, { status: target.status })
    const reply = send(mock, {}, target)
    const [example] = Object.values(target.api.examples[target.id]?.replies[target.status] ?? {})
    expect(reply.status).toBe(target.status)
    if (example !== undefined) expect(reply.body).toEqual(example)
    else if (target.status !== 204)
      expect(JSON.stringify(reply.body)).toContain(`status ${target.status} was programmed`)
    expect(reply.headers['retry-after']).toBe([429, 503].includes(target.status) ? '1' : undefined)
    expect(mock.snapshot().apis).toEqual({})
  })

  it('of an example answers with it and its status', () => {
    const mock = mockOf()
    order(mock, bulk, { example: 'mergeConflict' })
    expect(send(mock)).toMatchObject({
      status: 422,
      body: dynamic.examples['bulkCreateUser']?.replies['422']?.['mergeConflict'],
    })
  })

  it.each<[what: string, more: Partial<Call>]>([
    ['wrong credentials', { headers: { authorization: 'Bearer invalid' } }],
    ['no valid body', { body: [{ country: 'usa' }] }],
    ['a Prefer header', { headers: { prefer: 'code=403' } }],
  ])('comes before anything else: a request with %s gets it', (_, more) => {
    const mock = mockOf()
    order(mock, bulk, { status: 503 })
    expect([send(mock, more).status, send(mock).status]).toEqual([503, 201])
  })

  it('strikes as often as it is told, then no more', () => {
    const mock = mockOf()
    order(mock, bulk, { status: 500, times: 3 })
    expect([1, 2, 3, 4, 5].map((turn) => send(mock, rows(`u${turn}@example.com`)).status)).toEqual([
      500, 500, 500, 201, 201,
    ])
  })

  it('waits behind those ordered before it', () => {
    const mock = mockOf()
    order(mock, bulk, { status: 500, times: 2 })
    order(mock, bulk, { failure: 'access_forbidden' })
    expect([send(mock), send(mock), send(mock), send(mock)].map(({ status }) => status)).toEqual([500, 500, 403, 201])
  })

  it('strikes its own operation, in its own session, and no other', () => {
    const mock = mockOf()
    const inSession = { headers: { 'x-rollcall-session': 'b' } }
    mock.failNext({ api: 'dynamic', operationId: 'bulkCreateUser', status: 500 }, 'b')
    expect(send(mock).status).toBe(201)
    expect(send(mock, inSession, find('dynamic', 'listUsers')).status).toBe(200)
    expect(send(mock, inSession, find('royalti', 'bulkCreateUsers')).status).toBe(201)
    expect([send(mock, inSession).status, send(mock, inSession).status]).toEqual([500, 201])
  })

  it('is forgotten with a reset and with clearFailures', () => {
    const mock = mockOf()
    order(mock, bulk, { status: 500 })
    mock.session('').clearFailures()
    expect(send(mock).status).toBe(201)
    order(mock, bulk, { status: 500 })
    mock.reset()
    expect(send(mock).status).toBe(201)
  })

  const LOST: [what: 'drop' | 'timeout', reason: string][] = [
    ['drop', 'dropped'],
    ['timeout', 'timed-out'],
  ]
  it.each(LOST)('of a %s gives no reply, as often as it is told, and nothing is done', (what, reason) => {
    const mock = mockOf()
    order(mock, bulk, { [what]: true, times: 2 })
    expect([send(mock), send(mock)]).toEqual([
      { status: 0, headers: {} },
      { status: 0, headers: {} },
    ])
    expect(mock.snapshot().apis).toEqual({})
    expect(mock.journal.map(({ verdict }) => verdict)).toEqual(
      [1, 2].map(() => ({ outcome: 'forced', reason, message: expect.stringContaining('as ordered') })),
    )
    expect(mock.journal[0]?.reply).toEqual({ status: 0, headers: {} })
    expect(send(mock).status).toBe(201)
  })

  it('with a delay says by how much its answer is held back, whichever it is, and of no other', () => {
    const mock = mockOf()
    const serve = (call: Partial<Call> = {}) => {
      send(mock, call)
      const { reply, delay, verdict } = mock.journal.at(-1) as JournalEntry
      return [reply.status, delay, verdict.outcome]
    }
    order(mock, bulk, { delay: 300 })
    order(mock, bulk, { status: 503, delay: 200, times: 2 })
    order(mock, bulk, { failure: 'email_already_exists', delay: 100 })
    expect(serve()).toEqual([201, 300, 'accepted'])
    expect([serve(), serve()]).toEqual([
      [503, 200, 'forced'],
      [503, 200, 'forced'],
    ])
    // Rows that were not reached leave the order to the next request.
    expect(serve({ body: [{ country: 'usa' }] })).toEqual([400, undefined, 'refused'])
    expect(serve()).toEqual([201, 100, 'forced'])
    expect(serve()).toEqual([201, undefined, 'accepted'])
  })

  it('in createMock is what every session begins with, also after a reset', () => {
    const mock = createMock({ apis, failures: [{ operationId: 'bulkCreateUser', status: 503 }] })
    const other = { headers: { 'x-rollcall-session': 'other' } }
    expect([send(mock), send(mock), send(mock, other), send(mock, other)].map(({ status }) => status)).toEqual([
      503, 201, 503, 201,
    ])
    mock.reset()
    expect(send(mock).status).toBe(503)
    expect(() => createMock({ apis, failures: [{ operationId: 'bulkCreateUser' }] })).toThrow(/^give exactly one of/)
  })

  it('with a delay of its own goes before that of createMock', () => {
    const delays = (delay: MockOptions['delay']) => {
      const mock = createMock({ apis, ...(delay !== undefined && { delay }) })
      order(mock, bulk, { status: 503, delay: 10 })
      send(mock)
      send(mock, {}, find('dynamic', 'listUsers'))
      return mock.journal.map((entry) => entry.delay)
    }
    expect(delays(undefined)).toEqual([10, undefined])
    expect(delays(20)).toEqual([10, 20])
  })

  describe('of a row', () => {
    const rowLevel = operations.flatMap((target) =>
      target.operation.failures
        .filter(({ level }) => level === 'row')
        .map((failure) => ({ name: target.api.name, ...target, failure, failureId: failure.id })),
    )
    it.each(rowLevel)('of $name strikes every row with $failureId, and nothing is kept', (target) => {
      const mock = mockOf()
      const { severalUsers, ...others } = target.api.examples[target.id]?.request ?? {}
      const [one] = Object.values(others) as { users: unknown[] }[]
      const body = severalUsers ?? { users: [...(one?.users ?? []), ...(one?.users ?? [])] }
      const count = (Array.isArray(body) ? body : (body as { users: unknown[] }).users).length
      order(mock, target, { failure: target.failure.id })
      const reply = send(mock, { body }, target)
      expect(count).toBeGreaterThan(1)
      expect(valuesAt(reply.body, target.failure.at)).toHaveLength(count)
      if (target.failure.code !== null)
        expect(new Set(valuesAt(reply.body, target.failure.at))).toEqual(new Set([target.failure.id]))
      expect(mock.snapshot()).toEqual(mockOf().snapshot())
      expect(send(mock, { body }, target)).toEqual(send(mockOf(), { body }, target))
    })

    it.each<[what: string, more: Partial<Call>, status: number]>([
      ['wrong credentials', { headers: { authorization: 'Bearer invalid' } }, 403],
      ['an invalid body', { body: [{ country: 'usa' }] }, 400],
      ['a Prefer header', { headers: { prefer: 'code=403' } }, 403],
    ])('waits for the next valid request: %s does not use it up', (_, more, status) => {
      const mock = mockOf()
      order(mock, bulk, { failure: 'email_already_exists' })
      expect(send(mock, more).status).toBe(status)
      expect(send(mock, rows('a@example.com', 'b@example.com')).body).toMatchObject({
        created: [],
        failed: [{ code: 'email_already_exists' }, { code: 'email_already_exists' }],
      })
      expect(send(mock, rows('a@example.com')).body).toMatchObject({ created: [{}], failed: [] })
    })
  })
})

describe('an order', () => {
  const ORDER = { api: 'dynamic', operationId: 'bulkCreateUser' }
  it.each<[what: string, order: object, message: RegExp]>([
    [
      'an API that is not there',
      { ...ORDER, api: 'dynamo', status: 500 },
      /^there is no API dynamo; there is dynamic, royalti, descope$/,
    ],
    [
      'an operation that is not there',
      { ...ORDER, operationId: 'bulkCreate', status: 500 },
      /^there is no operation bulkCreate in dynamic; the closest is bulkCreateUser$/,
    ],
    [
      'no operation at all',
      { api: 'dynamic', status: 500 },
      /^there is no operation undefined in dynamic; the closest is /,
    ],
    [
      'a failure of another API',
      { ...ORDER, failure: 'login_id_exists' },
      /^bulkCreateUser has no failure login_id_exists; it has email_already_exists, /,
    ],
    [
      'an example that is not there',
      { ...ORDER, example: 'nothing' },
      /^bulkCreateUser has no reply example nothing; it has allCreated, /,
    ],
    ['the example of a request', { ...ORDER, example: 'oneUser' }, /^bulkCreateUser has no reply example oneUser; /],
    [
      'two at once',
      { ...ORDER, status: 500, failure: 'bad_request' },
      /^give exactly one of status, failure, example, drop and timeout, or a delay alone$/,
    ],
    ['three at once', { ...ORDER, status: 500, failure: 'bad_request', example: 'forbidden' }, /^give exactly one of/],
    ['a status and a drop', { ...ORDER, status: 500, drop: true }, /^give exactly one of/],
    ['a drop and a timeout', { ...ORDER, drop: true, timeout: true }, /^give exactly one of/],
    ['a drop that is not wanted', { ...ORDER, drop: false }, /^give exactly one of/],
    ['none of them', ORDER, /^give exactly one of status, failure, example, drop and timeout, or a delay alone$/],
    ['a delay below nothing', { ...ORDER, delay: -1 }, /^delay must be a whole number from 0 to 600000$/],
    ['a delay of a day', { ...ORDER, status: 500, delay: 86_400_000 }, /^delay must be/],
    ['half a millisecond', { ...ORDER, delay: 0.5 }, /^delay must be/],
    ['a delay in quotes', { ...ORDER, delay: '5' }, /^delay must be/],
    ['a status beyond HTTP', { ...ORDER, status: 600 }, /^status must be a whole number from 200 to 599$/],
    ['an informational status', { ...ORDER, status: 100 }, /^status must be/],
    ['a status in quotes', { ...ORDER, status: '500' }, /^status must be/],
    ['no times', { ...ORDER, status: 500, times: 0 }, /^times must be a whole number from 1 to 1000000000$/],
    ['half a time', { ...ORDER, status: 500, times: 1.5 }, /^times must be/],
  ])('of %s is refused in a helpful line, and nothing is ordered', (_, order, message) => {
    const mock = mockOf()
    expect(() => mock.failNext(order as ProgrammedFailure)).toThrow(message)
    const { api, operation } = find('dynamic', 'bulkCreateUser')
    expect(mock.answer(validCall(api, operation)).status).toBe(201)
  })

  it('is checked against the operation alone', () => {
    const { operation } = find('dynamic', 'getUser')
    expect(() =>
      checkProgrammed({ api: 'dynamic', operationId: 'getUser', example: 'any' }, operation, undefined),
    ).toThrow('it has none')
    expect(forceProgrammed({ api: 'dynamic', operationId: 'getUser', failure: 'not_found' }, operation)).toEqual({
      outcome: {
        refused: 'failure',
        message: operation.failures.find(({ id }) => id === 'not_found')?.message,
        rule: 'not_found',
      },
    })
  })
})
