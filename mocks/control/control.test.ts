import { once } from 'node:events'
import { type IncomingHttpHeaders, request as sendRequest } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { runHere } from '../../cli/run-here.ts'
import { start } from '../../cli/spawn-rollcall.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { type Listening, type ListenOptions, listen } from '../adapters/http-server.ts'
import type { Mock, MockOptions } from '../api/mock.ts'
import { VERSION } from '../api/version.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import type { JournalEntry } from '../journal/journal.ts'
import { royalti } from '../royalti.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const BULK = `${USERS}/bulk`
const DYNAMIC = { authorization: 'Bearer dyn_example' }
const DESCOPE = { authorization: 'Bearer P2control:key' }
const NOW = new Date('2026-11-02T09:15:30.412Z')
const ROUTES = [
  ['GET', 'state'],
  ['PUT', 'state'],
  ['POST', 'reset'],
  ['GET', 'journal'],
  ['GET', 'outbox'],
  ['GET', 'failures'],
  ['POST', 'failures'],
  ['DELETE', 'failures'],
  ['GET', 'health'],
] as const

const mockOf = (options: Partial<MockOptions> = {}): Mock =>
  createMock({ apis: [dynamic, royalti, descope], clock: () => NOW, ...options })
const mock = mockOf()
let server: Listening

beforeAll(async () => {
  server = await listen(mock, { port: 0 })
})
beforeEach(() => {
  for (const session of ['', 'a', 'b']) mock.reset(session)
})
afterAll(() => server.close())

async function listenOnce(own: Mock, options: ListenOptions = {}): Promise<Listening> {
  const listening = await listen(own, { port: 0, ...options })
  onTestFinished(() => listening.close())
  return listening
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sent as it is. */
  readonly bytes?: string | Uint8Array
}

interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: replies are open data
  readonly body: any
}

/** By Node's own client, which sends any header it is told, on a connection of its own. */
function send(method: string, path: string, sent: Sent = {}, { port } = server): Promise<Answered> {
  const bytes = sent.bytes ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
  const type = bytes === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers: { ...type, ...sent.headers }, agent: false }
    const request = sendRequest(options, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const isJson = response.headers['content-type']?.includes('json')
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        body: isJson && text ? JSON.parse(text) : undefined,
      })
    })
    request.on('error', reject)
    request.end(bytes)
  })
}

const control = (method: string, name: string, sent?: Sent, listening?: Listening) =>
  send(method, `/__rollcall/${name}`, sent, listening)
const inSession = (name: string): Record<string, string> => ({ 'x-rollcall-session': name })
const create = (email: string, headers: Record<string, string> = {}) =>
  send('POST', BULK, { headers: { ...DYNAMIC, ...headers }, body: [{ email }] })
const countOf = async (headers: Record<string, string> = {}): Promise<number> =>
  (await send('GET', USERS, { headers: { ...DYNAMIC, ...headers } })).body.count
const journalOf = async (headers: Record<string, string> = {}, query = ''): Promise<JournalEntry[]> =>
  (await control('GET', `journal${query}`, { headers })).body

describe('health', () => {
  it('tells version, APIs and uptime', async () => {
    const { status, body } = await control('GET', 'health')
    const apis = [dynamic, royalti, descope].map(({ name, version }) => ({ name, version }))
    const memory = { used: expect.any(Number), limit: expect.any(Number) }
    expect([status, body]).toEqual([200, { status: 'ok', version: VERSION, apis, uptime: expect.any(Number), memory }])
    expect(body.uptime).toBeGreaterThan(0)
    expect((await control('GET', 'health')).body.uptime).toBeGreaterThanOrEqual(body.uptime)
  })
})

describe('state', () => {
  it("is the session's, as plain JSON", async () => {
    await create('ada@example.com', inSession('a'))
    const { status, body } = await control('GET', 'state', { headers: inSession('a') })
    expect(status).toBe(200)
    expect(body).toEqual(mock.snapshot('a'))
    expect(JSON.stringify(body)).toContain('ada@example.com')
    expect((await control('GET', 'state')).body).toEqual({ version: 2, apis: {}, outbox: [] })
  })

  it('that is put back is what it was: users, keys, next ids, outbox', async () => {
    await create('ada@example.com')
    const rows = { users: [{ firstName: 'Zoë', lastName: 'B', email: 'zoe@example.com' }] }
    await send('POST', '/user/bulk', { headers: { authorization: 'Bearer RWAK-a' }, body: rows })
    const { body: before } = await control('GET', 'state')
    expect(before.outbox).toHaveLength(1)
    const next = await create('ben@example.com')
    await control('POST', 'reset')
    expect((await control('PUT', 'state', { body: before })).status).toBe(204)
    expect((await control('GET', 'state')).body).toEqual(before)
    expect((await create('ADA@example.com')).body.failed).toMatchObject([{ code: 'email_already_exists' }])
    expect((await create('ben@example.com')).body).toEqual(next.body)
  })

  it('can be put into another session, and leaves the first alone', async () => {
    await create('ada@example.com', inSession('a'))
    const { body } = await control('GET', 'state', { headers: inSession('a') })
    await control('PUT', 'state', { headers: inSession('b'), body })
    await create('ben@example.com', inSession('b'))
    expect([await countOf(inSession('a')), await countOf(inSession('b')), await countOf()]).toEqual([1, 2, 0])
  })

  const tenantOf = (tenant: unknown) => ({ apis: { dynamic: { t: tenant } }, outbox: [] })
  it.each<[what: string, bytes: string, message: RegExp]>([
    ['nothing', '', /^the body must be JSON$/],
    ['broken JSON', '{"apis":', /^the body must be JSON$/],
    ['a list', '[]', /^the body must be a JSON object$/],
    ['null', 'null', /^the body must be a JSON object$/],
    ['another object', '{}', /^the snapshot must have apis \(an object\)$/],
    [
      'an API that is not served',
      '{"apis":{"others":{}}}',
      /^the snapshot holds state of others, which this mock does not have$/,
    ],
    ['an API called __proto__', '{"apis":{"__proto__":{}}}', /^the snapshot holds state of __proto__/],
    [
      'a tenant without users',
      JSON.stringify(tenantOf({})),
      /^apis\.dynamic\.t of the snapshot must have users \(a list\)$/,
    ],
    ['a body nested too deeply', '['.repeat(2000), /^the body is nested deeper than 1000 levels$/],
    ['a tenant that is null', JSON.stringify(tenantOf(null)), /./],
    ['a user without an id', JSON.stringify(tenantOf({ users: [{}] })), /^users\.0 in .* is no user: has no id$/],
    ['a user that is null', JSON.stringify(tenantOf({ users: [null] })), /^users\.0 in .* is no user: has no id$/],
    [
      'an API that is a list',
      '{"apis":{"dynamic":[]}}',
      /^apis\.dynamic of the snapshot must be an object of tenants$/,
    ],
    [
      'a good tenant before a bad one',
      JSON.stringify({ apis: { dynamic: { a: { users: [] }, b: {} } } }),
      /^apis\.dynamic\.b /,
    ],
    ['an outbox that is no list', '{"apis":{},"outbox":{}}', /^outbox of the snapshot must be a list$/],
  ])('that is broken is refused, and the one before it is kept: %s', async (_, bytes, message) => {
    await create('ada@example.com')
    const before = mock.snapshot()
    const { status, body } = await control('PUT', 'state', { bytes })
    expect([status, body]).toEqual([400, { error: expect.stringMatching(message) }])
    expect(mock.snapshot()).toEqual(before)
    expect((await create('ada@example.com')).body.failed).toHaveLength(1)
  })

  /** A state of one user for each API; `edit` damages it. */
  const damaged = async (edit: (users: Record<'dynamic' | 'royalti' | 'descope', Json>, outbox: Json) => void) => {
    await create('ada@example.com')
    const row = { firstName: 'Zoë', lastName: 'B', email: 'zoe@example.com' }
    await send('POST', '/user/bulk', { headers: { authorization: 'Bearer RWAK-a' }, body: { users: [row] } })
    const body = { users: [{ loginId: 'ben' }] }
    await send('POST', '/v1/mgmt/user/create/batch', { headers: { authorization: 'Bearer P2a:key' }, body })
    const snapshot: Json = mock.snapshot()
    const userOf = (name: string) => Object.values<Json>(snapshot.apis[name])[0].users[0]
    edit({ dynamic: userOf('dynamic'), royalti: userOf('royalti'), descope: userOf('descope') }, snapshot.outbox)
    return snapshot
  }

  it.each<[what: string, edit: Parameters<typeof damaged>[0], message: RegExp]>([
    [
      'an e-mail that is no text',
      ({ dynamic }) => void (dynamic.email = { a: 1 }),
      /^users\.0 in apis\.dynamic\.\S+ of the snapshot is no user: \S/,
    ],
    [
      'a name that is no text',
      ({ dynamic }) => void (dynamic.firstName = 7),
      /: listUsers answers 200, but \/users\/0\/firstName must be string/,
    ],
    ['wallets that are no list', ({ dynamic }) => void (dynamic.wallets = 7), /apis\.dynamic\..* is no user: /],
    ['a user without a row', ({ royalti }) => void delete royalti.row, /apis\.royalti\..* is no user: /],
    [
      'a time that is none',
      ({ royalti }) => void (royalti.createdAt = 7),
      /: listUsers answers 200, but \/Users\/0\/createdAt must be string/,
    ],
    [
      'a phone that the list does not show',
      ({ royalti }) => void (royalti.row.phone = []),
      /: getUser answers 200, but \/phone must be string/,
    ],
    ['a user without log-in ids', ({ descope }) => void delete descope.loginIds, /apis\.descope\..* is no user: /],
    [
      'a status that the document does not know',
      ({ descope }) => void (descope.status = 'asleep'),
      /: loadUser answers 200, but \/user\/status must be one of/,
    ],
    [
      'a message to nobody',
      (_, outbox) => void delete outbox[0].to,
      /^outbox\.0 of the snapshot must have to \(a text\)$/,
    ],
  ])(
    'with a user that the API could not show is refused, and the one before it is kept: %s',
    async (_, edit, message) => {
      const snapshot = await damaged(edit)
      const before = mock.snapshot()
      const { status, body } = await control('PUT', 'state', { body: snapshot })
      expect([status, body]).toEqual([400, { error: expect.stringMatching(message) }])
      expect(() => mock.restore(snapshot)).toThrow(new Error(body.error))
      expect(mock.snapshot()).toEqual(before)
    },
  )

  it('with users of every API, as they were, is taken', async () => {
    const snapshot = await damaged(() => {})
    mock.reset()
    expect((await control('PUT', 'state', { body: snapshot })).status).toBe(204)
    expect(mock.snapshot()).toEqual(snapshot)
  })

  it('of made-up users, thirty of each API, is taken', async () => {
    const furnished = mockOf({ users: 30 })
    const own = await listenOnce(furnished)
    for (const [path, authorization] of [
      [USERS, 'Bearer any'],
      ['/user/', 'Bearer any'],
    ] as const)
      await send('GET', path, { headers: { authorization } }, own)
    await send('POST', '/v2/mgmt/user/search', { headers: { authorization: 'Bearer P2a:key' }, body: {} }, own)
    const { body } = await control('GET', 'state', {}, own)
    expect(Object.keys(body.apis)).toHaveLength(3)
    expect((await control('PUT', 'state', { body }, own)).status).toBe(204)
    expect(furnished.snapshot()).toEqual(body)
  })

  it('is read like any body: gzip is understood, broken UTF-8 refused', async () => {
    await create('ada@example.com')
    const before = mock.snapshot()
    mock.reset()
    const gzip = { bytes: gzipSync(JSON.stringify(before)), headers: { 'content-encoding': 'gzip' } }
    expect((await control('PUT', 'state', gzip)).status).toBe(204)
    expect(mock.snapshot()).toEqual(before)
    const broken = await control('PUT', 'state', { bytes: Buffer.from([0x22, 0xff, 0x22]) })
    expect([broken.status, broken.body]).toEqual([400, { error: 'body is not valid UTF-8' }])
  })
})

describe('what takes long to send', () => {
  const note = 'x'.repeat(200 * 1024)
  const fill = (own: Listening) =>
    send(
      'POST',
      BULK,
      {
        headers: DYNAMIC,
        body: Array.from({ length: 50 }, (_, at) => ({ email: `u${at}@example.com`, metadata: { note } })),
      },
      own,
    )

  it('is the state as it was when it was asked for, whatever happens until its reader has it', async () => {
    const own = mockOf()
    const listening = await listenOnce(own)
    await fill(listening)
    const before = JSON.stringify(own.snapshot())
    const text = await new Promise<string>((resolve, reject) => {
      const request = sendRequest({ host: '127.0.0.1', port: listening.port, path: '/__rollcall/state', agent: false })
      request.on('response', async (response) => {
        expect(response.headers['content-length']).toBeUndefined()
        // It reads nothing yet: others are answered, and change what there is.
        expect(
          (await send('POST', BULK, { headers: DYNAMIC, body: [{ email: 'late@example.com' }] }, listening)).status,
        ).toBe(201)
        let all = ''
        for await (const chunk of response.setEncoding('utf8')) all += chunk
        resolve(all)
      })
      request.on('error', reject).end()
    })
    expect(text === before).toBe(true)
    expect(JSON.stringify(own.snapshot()).length).toBeGreaterThan(before.length)
  })

  it('is the journal, and a reader that goes away leaves nothing behind that closing would wait for', async () => {
    const own = mockOf()
    const told: string[] = []
    const listening = await listen(own, { port: 0, grace: 10_000, warn: (line) => told.push(line) })
    await fill(listening)
    expect((await control('GET', 'journal', {}, listening)).text).toBe(JSON.stringify(own.journal))
    for (const path of ['state', 'journal']) {
      const request = sendRequest({
        host: '127.0.0.1',
        port: listening.port,
        path: `/__rollcall/${path}`,
        agent: false,
      })
      const [response] = await once(request.end(), 'response')
      response.destroy()
    }
    const began = performance.now()
    await listening.close()
    expect([told, performance.now() - began < 5000]).toEqual([[], true])
  })

  it('says how long it is where it is short', async () => {
    const { text, headers } = await control('GET', 'state')
    expect(headers['content-length']).toBe(String(text.length))
  })
})

describe('reset', () => {
  it('forgets users, journal, outbox and orders, of its session alone', async () => {
    for (const name of ['a', 'b']) {
      await create('ada@example.com', inSession(name))
      mock.failNext({ api: 'dynamic', operationId: 'listUsers', status: 500 }, name)
    }
    const { status, text } = await control('POST', 'reset', { headers: inSession('a') })
    expect([status, text]).toEqual([204, ''])
    expect(mock.snapshot('a')).toEqual({ version: 2, apis: {}, outbox: [] })
    expect(await journalOf(inSession('a'))).toEqual([])
    expect(await countOf(inSession('a'))).toBe(0)
    expect(await journalOf(inSession('b'))).toHaveLength(1)
    expect((await send('GET', USERS, { headers: { ...DYNAMIC, ...inSession('b') } })).status).toBe(500)
  })
})

describe('journal', () => {
  it('holds call, verdict, reply and duration, newest last', async () => {
    await create('ada@example.com')
    await send('GET', `${USERS}?limit=0`, { headers: DYNAMIC })
    mock.failNext({ api: 'dynamic', operationId: 'listUsers', status: 500 })
    await send('GET', USERS, { headers: DYNAMIC })
    await send('GET', '/nowhere')
    const journal = await journalOf()
    expect(journal.map(({ call, reply, verdict }) => [call.method, call.path, reply.status, verdict.outcome])).toEqual([
      ['POST', BULK, 201, 'accepted'],
      ['GET', USERS, 400, 'refused'],
      ['GET', USERS, 500, 'forced'],
      ['GET', '/nowhere', 404, 'refused'],
    ])
    expect(journal[0]).toMatchObject({
      at: NOW.toISOString(),
      api: 'dynamic',
      operationId: 'bulkCreateUser',
      call: {
        headers: { authorization: '***', 'content-type': 'application/json' },
        body: [{ email: 'ada@example.com' }],
      },
      reply: { body: { created: [{ email: 'ada@example.com' }] } },
      duration: expect.any(Number),
    })
    for (const { duration } of journal) expect(duration).toBeGreaterThanOrEqual(0)
  })

  it.each<[what: string, call: () => Promise<unknown>, verdict: Partial<JournalEntry['verdict']>]>([
    [
      'a broken pattern',
      () => send('POST', BULK, { headers: DYNAMIC, body: [{}, { country: 'usa' }] }),
      { reason: 'invalid', at: '/1/country', rule: 'pattern' },
    ],
    [
      'a query out of range',
      () => send('GET', `${USERS}?limit=0`, { headers: DYNAMIC }),
      { reason: 'invalid', at: 'query/limit', rule: 'minimum' },
    ],
    ['no credentials', () => send('GET', USERS), { reason: 'no-credentials' }],
    [
      'broken JSON',
      () => send('POST', BULK, { headers: DYNAMIC, bytes: '[' }),
      { reason: 'malformed-body', rule: 'json' },
    ],
    [
      'an unknown encoding',
      () => send('POST', BULK, { headers: { ...DYNAMIC, 'content-encoding': 'x' }, bytes: '[' }),
      { reason: 'unsupported-media-type', rule: 'content-encoding' },
    ],
    [
      'a user that is not there',
      () => send('GET', `${USERS}/0a000000-0000-4000-8000-0000000000ff`, { headers: DYNAMIC }),
      { reason: 'failure', rule: 'not_found' },
    ],
    ['another method', () => send('PUT', USERS, { headers: DYNAMIC }), { reason: 'method-not-allowed' }],
  ])('names the broken rule: %s', async (_, call, verdict) => {
    await call()
    expect((await journalOf()).at(-1)?.verdict).toMatchObject({
      outcome: 'refused',
      message: expect.any(String),
      ...verdict,
    })
  })

  it('is cut by limit to the newest', async () => {
    for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) await create(email)
    const emails = async (query: string) =>
      (await journalOf({}, query)).map(({ call }) => (call.body as { email: string }[])[0]?.email[0])
    expect(await emails('?limit=2')).toEqual(['b', 'c'])
    expect(await emails('?limit=0')).toEqual([])
    expect(await emails('?limit=99')).toEqual(['a', 'b', 'c'])
  })

  it.each(['-1', '1.5', 'all', '', '1&limit=2'])('refuses a limit of %j', async (limit) => {
    const { status, body } = await control('GET', `journal?limit=${limit}`)
    expect([status, body]).toEqual([400, { error: expect.stringMatching(/^limit must be a whole number, not /) }])
  })

  it('holds the last 1,000 calls of its session', async () => {
    for (let turn = 0; turn < 1005; turn++) {
      mock.answer({
        method: 'GET',
        path: USERS,
        headers: { ...DYNAMIC, ...inSession('a') },
        query: { offset: String(turn) },
      })
    }
    const journal = await journalOf(inSession('a'))
    expect([journal.length, journal[0]?.call.query, journal.at(-1)?.call.query]).toEqual([
      1000,
      { offset: '5' },
      { offset: '1004' },
    ])
    expect(await journalOf()).toEqual([])
  })

  it('holds calls of the APIs, not of the control API', async () => {
    for (const [method, name] of ROUTES) await control(method, name)
    await send('OPTIONS', USERS, { headers: { 'access-control-request-method': 'GET' } })
    expect(await journalOf()).toEqual([])
  })
})

describe('outbox', () => {
  it('holds the messages of its session, oldest first', async () => {
    const invite = (loginId: string) =>
      send('POST', '/v1/mgmt/user/create/batch', {
        headers: { ...DESCOPE, ...inSession('a') },
        body: { users: [{ loginId }], invite: true, inviteUrl: 'https://app.example.com/welcome' },
      })
    await invite('ada@example.com')
    await invite('ben@example.com')
    const { body } = await control('GET', 'outbox', { headers: inSession('a') })
    expect(body).toMatchObject([
      {
        to: 'ada@example.com',
        at: NOW.toISOString(),
        api: 'descope',
        tenant: 'P2control',
        url: 'https://app.example.com/welcome',
      },
      { to: 'ben@example.com' },
    ])
    expect((await control('GET', 'outbox')).body).toEqual([])
  })
})

describe('failures', () => {
  const ORDER = { api: 'dynamic', operationId: 'bulkCreateUser' }
  const order = (body: unknown, headers = {}) => control('POST', 'failures', { body, headers })

  it.each<[order: object, status: number, body: unknown]>([
    [{ status: 500 }, 500, { error: expect.any(String) }],
    [{ failure: 'access_forbidden' }, 403, { error: 'Access Forbidden' }],
    [{ failure: 'email_already_exists' }, 201, { created: [], failed: [{ code: 'email_already_exists' }] }],
    [{ example: 'mergeConflict' }, 422, { code: 'merge_accounts_confirmation' }],
  ])('orders %j of the next call', async (what, status, body) => {
    expect((await order({ ...ORDER, ...what })).status).toBe(204)
    const answered = await create('ada@example.com')
    expect(answered.status).toBe(status)
    expect(answered.body).toMatchObject(body as object)
    expect((await journalOf()).at(-1)?.verdict.outcome).toBe('forced')
    expect((await create('ada@example.com')).body).toMatchObject({
      created: [{ email: 'ada@example.com' }],
      failed: [],
    })
  })

  it('orders as many times as it says, in its session', async () => {
    await order({ ...ORDER, status: 503, times: 2 }, inSession('a'))
    const statuses = [await create('c@example.com')]
    for (let turn = 0; turn < 3; turn++) statuses.push(await create('d@example.com', inSession('a')))
    expect(statuses.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [201, undefined],
      [503, '1'],
      [503, '1'],
      [201, undefined],
    ])
  })

  it('keep nothing else that came with an order, and are at most 1,000', async () => {
    for (let at = 0; at < 3; at++) await order({ ...ORDER, status: 500, note: 'x'.repeat(1000) })
    expect(mock.session('').readOrders()).toEqual(Array.from({ length: 3 }, () => ({ ...ORDER, status: 500 })))
    for (let at = 3; at < 1000; at++) mock.failNext({ ...ORDER, status: 500 })
    const { status, body } = await order({ ...ORDER, status: 500 })
    expect([status, body]).toEqual([400, { error: '1000 orders stand already; clear them first' }])
  })

  it('need not say whose an operation is that one API alone has', async () => {
    expect((await order({ operationId: 'bulkCreateUser', status: 500 })).status).toBe(204)
    expect((await create('ada@example.com')).status).toBe(500)
  })

  it('that stand are listed with GET, of its session alone, with what is left of their times', async () => {
    await order({ ...ORDER, status: 500, times: 3 }, inSession('a'))
    await create('ada@example.com', inSession('a'))
    const orderedIn = async (name: string) =>
      (await control('GET', 'failures', { headers: inSession(name) })).body.ordered
    expect(await orderedIn('a')).toEqual([{ ...ORDER, status: 500, times: 2 }])
    expect(await orderedIn('b')).toEqual([])
  })

  it('that may be ordered are listed with GET: of every operation its statuses, failures and examples, each of which is taken', async () => {
    const { known } = (await control('GET', 'failures')).body
    expect(known.length).toBe([dynamic, royalti, descope].flatMap(({ operations }) => operations).length)
    const one = known.find(({ operationId }: Json) => operationId === 'bulkCreateUser')
    expect(one).toMatchObject({ api: 'dynamic', method: 'POST', examples: expect.arrayContaining(['allCreated']) })
    expect(one.statuses).toContain('201')
    expect(one.failures).toContainEqual({
      id: 'email_already_exists',
      level: 'row',
      message: expect.stringMatching(/./),
    })
    for (const { api, operationId, failures, examples } of known) {
      for (const { id } of failures) expect((await order({ api, operationId, failure: id })).status).toBe(204)
      for (const example of examples) expect((await order({ api, operationId, example })).status).toBe(204)
    }
  })

  it('are forgotten with DELETE, of its session alone', async () => {
    for (const name of ['a', 'b']) await order({ ...ORDER, status: 500, times: 9 }, inSession(name))
    expect((await control('DELETE', 'failures', { headers: inSession('a') })).status).toBe(204)
    expect((await create('ada@example.com', inSession('a'))).status).toBe(201)
    expect((await create('ada@example.com', inSession('b'))).status).toBe(500)
  })

  it.each<[body: object | string, message: RegExp]>([
    [{ ...ORDER, api: 'dynamo', status: 500 }, /^there is no API dynamo; there is dynamic, royalti, descope$/],
    [
      { ...ORDER, operationId: 'bulkCreate', status: 500 },
      /^there is no operation bulkCreate in dynamic; the closest is bulkCreateUser$/,
    ],
    [{ ...ORDER, failure: 'no' }, /^bulkCreateUser has no failure no; it has email_already_exists, /],
    [{ ...ORDER, example: 'no' }, /^bulkCreateUser has no reply example no; it has allCreated, /],
    [{ ...ORDER }, /^give exactly one of status, failure, example, drop and timeout, or a delay alone$/],
    [{ ...ORDER, status: 500, example: 'forbidden' }, /^give exactly one of/],
    [{ ...ORDER, status: 500, times: -1 }, /^times must be a whole number from 1 to 1000000000$/],
    [{}, /^there is no operation undefined; the closest is /],
    [{ operationId: 'nobody', status: 500 }, /^there is no operation nobody; the closest is /],
    [{ operationId: 'listUsers', status: 500 }, /^say which API: dynamic, royalti$/],
    ['500', /^the body must be a JSON object$/],
  ])('refuses the order %j in one helpful line', async (body, message) => {
    const answered = await order(body)
    expect([answered.status, answered.body]).toEqual([400, { error: expect.stringMatching(message) }])
    expect((await create('ada@example.com')).status).toBe(201)
  })
})

describe('an unknown control path', () => {
  it.each(['nothing', 'state/', 'State', 'health/x', '__proto__', 'constructor', 'state%00'])(
    '%j is answered 404, naming what there is',
    async (name) => {
      const { status, body } = await control('GET', name)
      expect([status, body]).toEqual([
        404,
        { error: expect.stringContaining('there is /__rollcall/health, /__rollcall/state, ') },
      ])
    },
  )

  it('needs no slash', async () => {
    expect((await send('POST', '/__rollcall')).status).toBe(404)
    expect((await send('GET', '/__rollcallx')).body).toEqual({ error: 'no operation answers GET /__rollcallx' })
  })

  it.each([
    ['POST', 'state', 'GET, PUT'],
    ['GET', 'reset', 'POST'],
    ['PUT', 'failures', 'GET, POST, DELETE'],
    ['DELETE', 'journal', 'GET'],
    ['POST', 'health', 'GET'],
    ['OPTIONS', 'state', 'GET, PUT'],
  ])('by its method is answered 405, with what is allowed: %s %s', async (method, name, allow) => {
    const { status, headers, body } = await control(method, name)
    expect([status, headers['allow']]).toEqual([405, allow])
    expect(body).toEqual({ error: `${method} is not allowed here; allowed: ${allow}` })
  })
})

describe('who may steer the mock', () => {
  /** Each route with a body that it would take. */
  const BODIES: Readonly<Record<string, unknown>> = {
    'PUT state': { apis: {}, outbox: [] },
    'POST failures': { api: 'dynamic', operationId: 'listUsers', status: 500 },
  }
  const statusesWith = (headers: Record<string, string>, listening = server) =>
    Promise.all(
      ROUTES.map(
        async ([method, name]) =>
          (await control(method, name, { headers, body: BODIES[`${method} ${name}`] }, listening)).status,
      ),
    )
  const ALL_ANSWERED = [200, 204, 204, 200, 200, 200, 204, 204, 200]
  const ALL_FORBIDDEN = ROUTES.map(() => 403)
  const ALL_BUT_HEALTH = [...ALL_FORBIDDEN.slice(1), 200]
  const self = () => `127.0.0.1:${server.port}`

  it.each<[what: string, headers: () => Record<string, string>, want: number[]]>([
    ['whoever is on this machine', () => ({}), ALL_ANSWERED],
    [
      'a page of its own',
      () => ({ origin: `http://${self()}`, host: self(), 'sec-fetch-site': 'same-origin' }),
      ALL_ANSWERED,
    ],
    ['the address bar', () => ({ 'sec-fetch-site': 'none' }), ALL_ANSWERED],
    ['a page of another origin', () => ({ origin: 'https://evil.example' }), ALL_FORBIDDEN],
    [
      'a page of another port',
      () => ({ origin: 'http://127.0.0.1:5173', 'sec-fetch-site': 'same-site' }),
      ALL_FORBIDDEN,
    ],
    ['a page of another port, in an older browser', () => ({ origin: 'http://127.0.0.1:5173' }), ALL_FORBIDDEN],
    ['a page without an origin', () => ({ origin: 'null' }), ALL_FORBIDDEN],
    ['an image or form of another site', () => ({ 'sec-fetch-site': 'cross-site' }), ALL_FORBIDDEN],
    ['a page whose name was bound to this machine', () => ({ host: `evil.example:${server.port}` }), ALL_FORBIDDEN],
    [
      'such a page, same-origin in its eyes',
      () => ({ host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }),
      ALL_FORBIDDEN,
    ],
    ['a token, where none is set', () => ({ authorization: 'Bearer any' }), ALL_ANSWERED],
  ])('on loopback: %s', async (_, headers, want) => {
    expect(await statusesWith(headers())).toEqual(want)
  })

  it.each<[host: string, status: number]>([
    ['localhost', 200],
    ['LOCALHOST:4010', 200],
    ['app.localhost:80', 200],
    ['127.0.0.1', 200],
    ['127.1.2.3:1', 200],
    ['[::1]:4010', 200],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
    ['evil-localhost', 403],
    ['evil.example#localhost', 400],
    ['0.0.0.0', 403],
    ['192.168.0.7', 403],
    ['[::ffff:7f00:1]', 403],
  ])('on loopback: the Host %s is answered %i', async (host, status) => {
    expect((await control('GET', 'state', { headers: { host } })).status).toBe(status)
  })

  it('on loopback: a call without a Host is refused', async () => {
    const socket = connect(server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write('GET /__rollcall/state HTTP/1.0\r\n\r\n')
    const [data] = await once(socket, 'data')
    expect(String(data)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('what is refused does nothing', async () => {
    await create('ada@example.com')
    const before = mock.snapshot()
    await statusesWith({ origin: 'https://evil.example' })
    expect(mock.snapshot()).toEqual(before)
    expect((await send('GET', USERS, { headers: DYNAMIC })).status).toBe(200)
  })

  it('no answer has a CORS header, a preflight none either; the APIs have them', async () => {
    const evil = { origin: 'https://evil.example', 'access-control-request-method': 'PUT' }
    const answers = [
      ...(await Promise.all(ROUTES.map(([method, name]) => control(method, name, { headers: evil })))),
      ...(await Promise.all(ROUTES.map(([method, name]) => control(method, name)))),
      await control('OPTIONS', 'state', { headers: evil }),
      await control('OPTIONS', 'state', { headers: { 'access-control-request-method': 'PUT' } }),
      await control('GET', 'nothing'),
    ]
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(
      (await send('GET', USERS, { headers: { ...DYNAMIC, origin: 'https://evil.example' } })).headers,
    ).toMatchObject({ 'access-control-allow-origin': '*' })
  })

  it('no answer may be kept by a cache', async () => {
    const answers = await Promise.all(
      ['health', 'state', 'journal', 'outbox', 'nothing'].map((name) => control('GET', name)),
    )
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store')
  })

  describe('with a control token', () => {
    const TOKEN = { authorization: 'Bearer sesame-4711' }
    it.each<[host: string, what: string, headers: Record<string, string>, want: number[]]>([
      ['127.0.0.1', 'the token', TOKEN, ALL_ANSWERED],
      ['127.0.0.1', 'no token', {}, ALL_BUT_HEALTH],
      ['127.0.0.1', 'another token', { authorization: 'Bearer sesame' }, ALL_BUT_HEALTH],
      ['127.0.0.1', 'another scheme', { authorization: 'Basic sesame-4711' }, ALL_BUT_HEALTH],
      ['127.0.0.1', 'the token and the name of a proxy', { ...TOKEN, host: 'mock.example' }, ALL_ANSWERED],
      ['127.0.0.1', 'the token and another origin', { ...TOKEN, origin: 'https://evil.example' }, ALL_FORBIDDEN],
      ['0.0.0.0', 'the token', TOKEN, ALL_ANSWERED],
      ['0.0.0.0', 'the token and any name', { ...TOKEN, host: 'mock.example' }, ALL_ANSWERED],
      ['0.0.0.0', 'no token', {}, ALL_BUT_HEALTH],
      ['0.0.0.0', 'the token from another site', { ...TOKEN, 'sec-fetch-site': 'cross-site' }, ALL_FORBIDDEN],
    ])('a server on %s is steered with %s or not', async (host, _, headers, want) => {
      const listening = await listenOnce(mockOf(), { host, controlToken: 'sesame-4711' })
      expect(await statusesWith(headers, listening)).toEqual(want)
    })

    it('a server off loopback without one answers for its health alone, and says what is missing', async () => {
      const listening = await listenOnce(mockOf(), { host: '0.0.0.0' })
      expect(await statusesWith(TOKEN, listening)).toEqual(ALL_BUT_HEALTH)
      const { body } = await control('GET', 'state', {}, listening)
      expect(body).toEqual({ error: 'off loopback the control API needs a token: start with --control-token' })
    })

    it('is no credential of the APIs, nor theirs of the control API', async () => {
      const listening = await listenOnce(mockOf({ tokens: ['dyn_example'] }), { controlToken: 'sesame-4711' })
      expect((await send('GET', USERS, { headers: TOKEN }, listening)).status).toBe(403)
      expect((await control('GET', 'state', { headers: DYNAMIC }, listening)).status).toBe(403)
    })
  })
})

describe('--delay', () => {
  it('holds each answer of an API back, and the control API answers in between', async () => {
    const delays = [80, 0]
    const listening = await listenOnce(mockOf(), { delay: () => delays.shift() ?? 0 })
    const order: string[] = []
    const call = async (name: string, path: string) => {
      await send('GET', path, { headers: DYNAMIC }, listening)
      order.push(name)
    }
    const slow = call('slow', USERS)
    await expect.poll(async () => (await control('GET', 'journal', {}, listening)).body.length).toBe(1)
    await Promise.all([slow, call('fast', USERS), call('control', '/__rollcall/health')])
    expect(order.at(-1)).toBe('slow')
  })

  it.each([
    ['40', 40],
    ['30-60', 30],
  ])('%s is never shorter than it says', async (delay, least) => {
    await using own = await start(['dynamic', '--quiet', '--delay', delay])
    const began = performance.now()
    expect((await fetch(`${own.url}/nowhere`)).status).toBe(404)
    // A timer may fire within the millisecond before.
    expect(performance.now() - began).toBeGreaterThanOrEqual(least - 1)
  })

  it.each(['-5', 'abc', '50-20', '1-2-3', '1.5', ''])('%j is not understood', async (delay) => {
    const { code, stderr } = await runHere(['mock', '--port', '0', `--delay=${delay}`])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^rollcall: --delay must be .*\n$/)])
  })
})

describe('the command line', () => {
  it('--max-sessions drops the least recently used, and says so in one line', async () => {
    await using own = await start(['dynamic', '--quiet', '--host', '127.0.0.1', '--max-sessions', '2'])
    const visit = (name: string) =>
      fetch(own.url + BULK, {
        method: 'POST',
        headers: { ...DYNAMIC, ...inSession(name), 'content-type': 'application/json' },
        body: JSON.stringify([{ email: 'ada@example.com' }]),
      }).then((reply) => reply.json())
    for (const name of ['a', 'b', 'a', 'c']) await visit(name)
    expect((await visit('a')).failed).toHaveLength(1)
    const { code, stderr } = await own.stop()
    expect([code, stderr]).toEqual([0, 'rollcall: more than 2 sessions; dropped "b", the least recently used\n'])
  })

  it('warns in one line where it listens beyond this machine', async () => {
    const own = await start(['dynamic', '--quiet', '--host', '0.0.0.0'])
    expect((await own.stop()).stderr).toBe(
      'rollcall: 0.0.0.0 is open to other machines; whoever reaches it can use the mock\n',
    )
  })

  it('--control-token and --rate-limit reach the server', async () => {
    await using own = await start(['dynamic', '--quiet', '--rate-limit', '--control-token', 'sesame-4711'])
    const port = Number(new URL(own.url).port)
    expect((await fetch(`${own.url}/__rollcall/state`)).status).toBe(403)
    expect(
      (await fetch(`${own.url}/__rollcall/state`, { headers: { authorization: 'Bearer sesame-4711' } })).status,
    ).toBe(200)
    const statuses = await Promise.all(
      Array.from({ length: 151 }, () => send('POST', BULK, { headers: DYNAMIC, body: [{}] }, { port } as Listening)),
    )
    expect(statuses.filter(({ status }) => status === 429).map(({ headers }) => headers['retry-after'])).toEqual([
      expect.stringMatching(/^(?:60|59|58|57|56|55)$/),
    ])
  })
})

describe('a canary, sent wherever a credential can be put', () => {
  const CANARY = 'canary4711doNotPrint'
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  /** As it is, and as the base64 of a credential that holds it. */
  const SECRETS = [CANARY, Buffer.from(`user:${CANARY}`).toString('base64')]
  const JSON_TYPE = { 'content-type': 'application/json' }

  const HEADERS: readonly Record<string, string>[] = [
    ...[
      `Bearer ${CANARY}`,
      `Bearer P2canary:${CANARY}`,
      `Basic ${CANARY}`,
      CANARY,
      `Token token="${CANARY}"`,
      basic(`user:${CANARY}`),
    ].map((authorization) => ({ authorization })),
    { cookie: `theme=dark; session=${CANARY}` },
    ...['x-api-key', 'api-key', 'apikey', 'x-auth-token', 'proxy-authorization', 'x-anything'].map((name) => ({
      ...DYNAMIC,
      [name]: CANARY,
    })),
    ...[
      'content-type',
      'prefer',
      'content-encoding',
      'host',
      'accept',
      'user-agent',
      'referer',
      'expect-ct',
      'origin',
    ].map((name) => ({ ...DYNAMIC, [name]: CANARY })),
    { ...DYNAMIC, 'content-type': `text/plain; token=${CANARY}` },
    { ...DYNAMIC, prefer: `code=${CANARY}` },
    { ...DYNAMIC, prefer: `code=418, ${CANARY}` },
  ]
  const TARGETS: readonly [method: string, path: string, body?: unknown][] = [
    ['POST', BULK, [{ email: 'ada@example.com' }, { country: 'usa' }]],
    ['POST', BULK, [{ email: 'ada@example.com' }]],
    ['GET', USERS],
    ['POST', '/user/bulk', { users: [{ firstName: 'Zoë', lastName: 'B', email: 'zoe@example.com' }] }],
    ['POST', '/v1/mgmt/user/create/batch', { users: [{ loginId: 'ada' }] }],
    ['GET', '/nowhere'],
    ['PUT', USERS],
  ]

  it('is found in no journal, log line, state, outbox or error', { timeout: 60_000 }, async () => {
    const own = await start([
      '--token',
      CANARY,
      '--token',
      `P2canary:${CANARY}`,
      '--token',
      'dyn_example',
      '--token',
      'P2control:key',
      '--token',
      'RWAK-a',
    ])
    const listening = { port: Number(new URL(own.url).port) } as Listening
    const answers: string[] = []
    let calls = 0
    const ask = async (method: string, path: string, sent: Sent) => {
      const { text, headers } = await send(method, path, sent, listening)
      answers.push(text, JSON.stringify(headers))
      calls++
    }

    for (const headers of HEADERS) {
      for (const [method, path, body] of TARGETS)
        await ask(method, path, { headers: { ...(body !== undefined && JSON_TYPE), ...headers }, body })
    }
    for (const name of ['access_token', 'api_key', 'token', 'key', 'jwt', 'anything', 'filter[token]']) {
      for (const path of [USERS, '/user/', '/v1/mgmt/user', '/nowhere']) {
        for (const headers of [{}, DYNAMIC])
          await ask('GET', `${path}?${encodeURIComponent(name)}=${CANARY}`, { headers })
      }
    }
    const BCRYPT = `$2a$10$${CANARY.padEnd(53, 'x')}`
    const rows = [
      { loginId: 'ada@example.com', password: CANARY },
      { loginId: 'ben', hashedPassword: { bcrypt: { hash: BCRYPT } } },
      {
        loginId: 'cyd',
        hashedPassword: {
          firebase: { hash: CANARY, salt: CANARY, saltSeparator: CANARY, signerKey: CANARY, memory: 14, rounds: 8 },
        },
      },
      { loginId: 'dee', password: CANARY, hashedPassword: { bcrypt: { hash: BCRYPT } } },
      { loginId: 'eve', seed: CANARY },
      { loginId: 'ada@example.com', password: CANARY },
      { loginId: 'password_conflict@rollcall.test', password: CANARY },
    ]
    const batch = '/v1/mgmt/user/create/batch'
    for (const users of [
      rows,
      [...rows, { loginId: 1, password: CANARY }],
      [{ loginId: 'x', password: [CANARY] }],
      [{ loginId: 'y', hashedPassword: CANARY }],
    ]) {
      await ask('POST', batch, { headers: DESCOPE, body: { users, invite: true, sendMail: true } })
    }
    const bytes = JSON.stringify({ users: rows })
    await ask('POST', batch, { headers: DESCOPE, bytes: bytes.slice(0, -1) })
    await ask('POST', batch, { headers: { ...DESCOPE, 'content-type': 'text/plain' }, bytes })
    await ask('PATCH', '/v1/mgmt/user/patch', {
      headers: DESCOPE,
      body: { loginId: 'ben', password: CANARY, seed: CANARY },
    })
    await ask('POST', '/v1/mgmt/user/update', {
      headers: DESCOPE,
      body: { loginId: 'ben', hashedPassword: { md5: { hash: CANARY } } },
    })
    const raw = connect(listening.port, '127.0.0.1')
    onTestFinished(() => void raw.destroy())
    raw.write(`GET http://user:${CANARY}@localhost/nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    // A target with a user in it is no call.
    answers.push(String((await once(raw, 'data'))[0]))
    await control(
      'POST',
      'failures',
      { body: { api: 'descope', operationId: 'createUsersBatch', failure: 'login_id_exists' } },
      listening,
    )
    await ask('POST', batch, { headers: DESCOPE, body: { users: rows } })

    const kept = await Promise.all(
      ['journal', 'state', 'outbox'].map(async (name) => (await control('GET', name, {}, listening)).text),
    )
    const [journal = '', state = '', outbox = ''] = kept
    const { stdout, stderr } = await own.stop()
    const log = stdout.split('\n').filter((line) => /^\d{3} /.test(line))
    expect(JSON.parse(journal)).toHaveLength(calls)
    expect(log).toHaveLength(calls)
    expect([state, outbox].map((text) => text.includes('ada@example.com'))).toEqual([true, true])
    for (const secret of SECRETS) {
      for (const text of [journal, state, outbox, stdout, stderr]) expect(linesWith(text, secret)).toEqual([])
      expect(answers.filter((answer) => answer.includes(secret))).toEqual([])
    }
  })

  /** What stands around it, so that a failure is short. */
  const linesWith = (text: string, secret: string): string[] =>
    [...text.matchAll(new RegExp(`.{0,120}${secret}`, 'g'))].map(([found]) => found).slice(0, 5)

  it('is found in no message of the control API', async () => {
    const listening = await listenOnce(mockOf(), { controlToken: 'sesame-4711' })
    for (const headers of [
      { authorization: `Bearer ${CANARY}` },
      { origin: `http://${CANARY}` },
      { host: CANARY },
    ] as Record<string, string>[]) {
      for (const [method, name] of [...ROUTES, ['GET', 'nothing'] as const]) {
        const { text } = await control(method, name, { headers }, listening)
        expect(text).not.toContain(CANARY)
      }
    }
  })
})
