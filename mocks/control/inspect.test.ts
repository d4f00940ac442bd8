import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Listening, listen } from '../adapters/http-server.ts'
import type { Mock } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import { dynamic } from '../dynamic.ts'
import { readApi } from '../read-api.ts'

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const USERS = `/api/v0/environments/${ENVIRONMENT}/users`
const HEADERS = { authorization: 'Bearer dyn_example_secret', 'content-type': 'application/json' }
const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
    post:
      operationId: createPet
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { description: New, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: { type: string, readOnly: true }
        name:
          type: string
          maxLength: 10
        age: { type: integer, minimum: 0 }
`

let folder: string
let mock: Mock
let server: Listening

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-inspect-'))
  await writeFile(join(folder, 'pets.yaml'), PETS)
  mock = createMock({ apis: [dynamic, await readApi(join(folder, 'pets.yaml'))] })
  server = await listen(mock, { port: 0 })
})
beforeEach(() => {
  for (const session of ['', 'a']) mock.reset(session)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Answered {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: replies are open data
  readonly body: any
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const reply = await fetch(server.url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) }
}
const control = (method: string, name: string, body?: unknown, headers?: Record<string, string>) =>
  ask(method, `/__rollcall/${name}`, body, headers)
const inA = { 'x-rollcall-session': 'a' }
const create = (row: unknown, headers = {}) => ask('POST', `${USERS}/bulk`, [row], { ...HEADERS, ...headers })

interface Event {
  readonly id: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events are open data
  readonly data: any
}

/** Reads a stream until it has told so many events, or what the events so far shall be. */
async function follow(
  count: number | ((events: readonly Event[]) => boolean),
  since = '',
  headers: Record<string, string> = {},
  meanwhile = async () => {},
  { url } = server,
) {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const reply = await fetch(`${url}/__rollcall/events${since}`, { headers, signal: stop.signal })
  expect(reply.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const events: Event[] = []
  let text = ''
  let isFirst = true
  for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    const blocks = text.split('\n\n')
    text = blocks.pop() as string
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)))
      if (fields.event) events.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) })
    }
    if (isFirst) await meanwhile()
    isFirst = false
    if (typeof count === 'number' ? events.length >= count : count(events)) break
  }
  stop.abort()
  return events
}

describe('a session that was deleted', () => {
  it('is not made again by who follows its events, and is told of when it comes back', async () => {
    const names = async () => (await control('GET', 'sessions')).body.map(({ name }: Answered['body']) => name)
    await ask('GET', '/pets', undefined, inA)
    const events = await follow(3, '', inA, async () => {
      expect((await control('DELETE', 'sessions/a')).status).toBe(204)
      // Longer than a stream takes to look again.
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(await names()).not.toContain('a')
      await ask('GET', '/pets/1', undefined, inA)
    })
    expect(events.filter(({ event }) => event === 'call').map(({ data }) => data.path)).toEqual(['/pets/1'])
  })
})

describe('one call of the journal', () => {
  it('is read whole by its id, with the line of the document whose rule it broke', async () => {
    await ask('GET', '/pets')
    const { status, body: refused } = await ask('POST', '/pets', { name: 'far too long a name' })
    expect(status).toBe(400)
    expect(refused).toBeDefined()
    const { body: journal } = await control('GET', 'journal')
    const { body: call } = await control('GET', `journal/${journal[1].id}`)
    expect(call).toMatchObject({
      id: journal[0].id + 1,
      operationId: 'createPet',
      call: { body: { name: 'far too long a name' } },
      verdict: { outcome: 'refused', at: '/name', rule: 'maxLength' },
      rule: {
        pointer: '#/components/schemas/Pet/properties/name/maxLength',
        line: PETS.split('\n').indexOf('          maxLength: 10') + 1,
        lines: ['          maxLength: 10'],
      },
    })
    expect(call.rule.file).toMatch(/pets\.yaml$/)
  })

  it('has the line of a built-in document too, and hides its credentials', async () => {
    await create({ country: 'usa' })
    const [{ id }] = (await control('GET', 'journal')).body
    const { body } = await control('GET', `journal/${id}`)
    expect(body.rule.lines.join()).toContain('pattern')
    expect(body.rule.file).toMatch(/dynamic\.yaml$/)
    expect(JSON.stringify(body)).not.toContain('dyn_example_secret')
  })

  it('that is not there is a 404 that says which are', async () => {
    await ask('GET', '/pets')
    const [{ id }] = (await control('GET', 'journal')).body
    const { status, body } = await control('GET', 'journal/999999')
    expect([status, body.error]).toEqual([404, expect.stringContaining(`it has ${id} to ${id}`)])
  })
})

describe('the events of a session', () => {
  it('tell of each call in short, with neither headers nor bodies', async () => {
    const [hello, call] = await follow(2, '', {}, () => create({ email: 'ada@example.com' }).then(() => undefined))
    expect(hello).toMatchObject({ event: 'hello', data: { session: '', apis: ['dynamic', 'pets'] } })
    expect(call?.data).toEqual({
      id: expect.any(Number),
      at: expect.any(String),
      api: 'dynamic',
      operationId: 'bulkCreateUser',
      method: 'POST',
      path: `${USERS}/bulk`,
      status: 201,
      verdict: { outcome: 'accepted' },
      duration: expect.any(Number),
    })
  })

  it('go on after the one that was told last, without a gap, by Last-Event-ID or since', async () => {
    const paths = ['/pets', '/pets/1', '/pets/2', '/pets/3']
    for (const path of paths) await ask('GET', path)
    const all = (await follow(6, '?since=0')).filter(({ event }) => event === 'call')
    const told = (events: Event[]) => events.filter(({ event }) => event === 'call').map(({ data }) => data.path)
    expect(told(all)).toEqual(paths)
    expect(told(await follow(3, '', { 'last-event-id': all[1]?.id as string }))).toEqual(paths.slice(2))
    expect(told(await follow(3, `?since=${all[1]?.id}`))).toEqual(paths.slice(2))
  })

  it('tell of edits, orders and resets where they happened, and of no other session', async () => {
    const [, ...events] = await follow(4, '', inA, async () => {
      await ask('GET', '/pets')
      await control('POST', 'failures', { operationId: 'getPet', status: 503 }, inA)
      await ask('GET', '/pets/1', undefined, inA)
      await control('POST', 'reset', undefined, inA)
      await ask('GET', '/pets/2', undefined, inA)
    })
    expect(events.map(({ event, data }) => data.path ?? `${event} ${data.what}`)).toContain('change failures')
    expect(events.map(({ data }) => data.what)).toContain('reset')
    expect(events.map(({ data }) => data.path)).not.toContain('/pets')
  })

  it('say that calls were missed where the journal has lost them', async () => {
    const small = createMock({ apis: [dynamic], journal: 3 })
    const own = await listen(small, { port: 0 })
    onTestFinished(() => own.close())
    for (let count = 0; count < 5; count++) small.answer({ method: 'GET', path: `/${count}` })
    expect(small.journal.map(({ call }) => call.path)).toEqual(['/2', '/3', '/4'])
    const [, missed, ...calls] = await follow(5, '?since=0', {}, async () => {}, own)
    expect(missed).toMatchObject({ event: 'missed', data: { before: expect.any(Number) } })
    expect(calls.map(({ data }) => data.path)).toEqual(['/2', '/3', '/4'])
  })

  it('leave calls out that come by the hundred where it is asked for, and say which: the journal tells them in short', async () => {
    const busy = createMock({ apis: [dynamic], journal: 100_000 })
    const own = await listen(busy, { port: 0 })
    onTestFinished(() => own.close())
    const headers = { cookie: 'a=secret-1' }
    const call = () => busy.answer({ method: 'GET', path: '/secret-1', headers })
    for (let at = 0; at < 400; at++) call()
    const load = setInterval(() => {
      for (let at = 0; at < 50; at++) call()
    }, 5)
    const isTold = (so: readonly Event[]) => so.findIndex(({ event }) => event === 'skipped') in so.slice(0, -1)
    const events = await follow(isTold, '?since=0&skip=true', {}, async () => {}, own).finally(() =>
      clearInterval(load),
    )
    const since = (query: string) => fetch(`${own.url}/__rollcall/journal?${query}`).then((reply) => reply.json())
    const at = events.findIndex(({ event }) => event === 'skipped')
    const { after, before, calls } = events[at]?.data ?? {}
    expect([after, before]).toEqual([events[at - 1]?.data.id, events[at + 1]?.data.id])
    const left = await since(`short=true&after=${after}&before=${before}`)
    expect(left).toHaveLength(calls)
    expect(left[0]).toMatchObject({ id: after + 1, path: '/***', status: 404 })
    expect(left[0]).not.toHaveProperty('call')
    expect(await since('short=maybe')).toEqual({ error: 'short must be true or false, not maybe' })
  })

  it('leave out nothing of a burst that a stream has told by its next looks', async () => {
    const events = await follow(61, '?skip=true', {}, async () => {
      for (let at = 0; at < 60; at++) await ask('GET', `/pets/${at}`)
    })
    expect(events.slice(1).map(({ data }) => data.path)).toEqual(Array.from({ length: 60 }, (_, at) => `/pets/${at}`))
  })

  it('end at once when the server closes', async () => {
    const own = await listen(createMock({ apis: [dynamic] }), { port: 0, grace: 60_000 })
    const reply = await fetch(`${own.url}/__rollcall/events`)
    await own.close()
    expect(await reply.text()).toContain('event: hello')
  })

  it('are refused for a cursor that is none', async () => {
    const { status, body } = await control('GET', 'events?since=soon')
    expect([status, body.error]).toEqual([400, expect.stringMatching(/^since must be the id of an event/)])
  })
})

describe('records', () => {
  it('are listed by page, found by any of their words, and sorted by any member', async () => {
    for (const [email, alias] of [
      ['ada@example.com', 'b'],
      ['ben@example.com', 'c'],
      ['cyd@example.com', 'a'],
    ])
      await create({ email, alias })
    expect((await control('GET', 'records')).body).toContainEqual({
      api: 'dynamic',
      tenant: ENVIRONMENT,
      collection: 'users',
      records: 3,
    })
    const emails = async (query: string) =>
      (await control('GET', `records/dynamic/users?${query}`)).body.records.map(
        ({ record }: Answered['body']) => record.email[0],
      )
    expect(await emails('')).toEqual(['a', 'b', 'c'])
    expect(await emails('sort=alias')).toEqual(['c', 'a', 'b'])
    expect(await emails('sort=-alias&limit=1&offset=1')).toEqual(['a'])
    expect(await emails('search=BEN+example')).toEqual(['b'])
    for (const within of ['', '&within=1000'])
      expect((await control('GET', `records/dynamic/users?search=ben${within}`)).body).toMatchObject({
        total: 3,
        found: 1,
      })
    expect((await control('GET', 'records/dynamic/users?within=soon')).body.error).toMatch(
      /^within must be a whole number/,
    )
  })

  it('are changed, read through the API, and held to their schema before', async () => {
    const { id } = (await create({ email: 'ada@example.com' })).body.created[0]
    const path = `records/dynamic/users/${id}`
    const { body: record } = await control('GET', path)
    const changed = { ...record, firstName: 'Ada' }
    expect((await control('PUT', path, changed)).status).toBe(200)
    expect((await ask('GET', USERS, undefined, HEADERS)).body.users[0].firstName).toBe('Ada')
    const refused = await control('PUT', path, { ...record, firstName: 7 })
    expect([refused.status, refused.body.error]).toEqual([400, expect.stringMatching(/firstName must be string/)])
    const other = await control('PUT', 'records/dynamic/users/someone', record)
    expect([other.status, other.body.error]).toEqual([400, `the record says that it is ${id}, not someone`])
    expect((await control('GET', path)).body).toEqual(changed)
  })

  it('that have not what a record of a document must have are refused, and told what that is', async () => {
    for (const [method, name] of [
      ['PUT', 'records/pets/pets/1'],
      ['POST', 'records/pets/pets'],
    ] as const) {
      expect(await control(method, name, { name: 'Mia' })).toEqual({
        status: 400,
        body: {
          error: 'this is no record of pets: it must have under (a list of texts), id (a text) and data (an object)',
        },
      })
    }
  })

  it('whose data calls them otherwise than their key does are refused', async () => {
    const { id } = (await ask('POST', '/pets', { name: 'Mia' })).body
    const key = encodeURIComponent(JSON.stringify([id]))
    const record = { under: [], id, data: { id: 'another', name: 'Mia' } }
    expect(await control('PUT', `records/pets/pets/${key}`, record)).toEqual({
      status: 400,
      body: { error: `this is no record of pets: data/id is another, and its id ${id}` },
    })
    expect((await control('POST', 'records/pets/pets', { ...record, id: 'new' })).status).toBe(400)
    expect((await control('PUT', `records/pets/pets/${key}`, { ...record, data: { id, name: 'Tom' } })).status).toBe(
      200,
    )
    expect((await ask('GET', `/pets/${id}`)).body).toEqual({ id, name: 'Tom' })
  })

  it('of a tenant that is mistyped are a 404, and make none; one is made for a record that is added', async () => {
    const { id } = (await create({ email: 'ada@example.com' })).body.created[0]
    const { body: record } = await control('GET', `records/dynamic/users/${id}`)
    const mistyped = ENVIRONMENT.replace('9', '8')
    for (const [method, at] of [
      ['GET', ''],
      ['GET', `/${id}`],
      ['DELETE', `/${id}`],
    ] as const) {
      expect(await control(method, `records/dynamic/users${at}?tenant=${mistyped}`)).toEqual({
        status: 404,
        body: { error: `there is no tenant ${mistyped}; the closest is ${ENVIRONMENT}` },
      })
    }
    const tenants = async () => (await control('GET', 'records')).body.map(({ tenant }: Answered['body']) => tenant)
    expect(await tenants()).toEqual([ENVIRONMENT])
    expect((await control('POST', `records/dynamic/users?tenant=${mistyped}`, record)).status).toBe(201)
    expect(await tenants()).toEqual([ENVIRONMENT, mistyped])
  })

  it('that share a key with another are refused with 409', async () => {
    const [ada, ben] = [await create({ email: 'ada@example.com' }), await create({ email: 'ben@example.com' })]
    const { id } = ben.body.created[0]
    const record = { ...(await control('GET', `records/dynamic/users/${id}`)).body, email: 'ada@example.com' }
    const { status, body } = await control('PUT', `records/dynamic/users/${id}`, record)
    expect([status, body.error]).toEqual([409, expect.stringContaining(ada.body.created[0].id)])
    expect((await ask('GET', USERS, undefined, HEADERS)).body.users[1].email).toBe('ben@example.com')
  })

  it('are deleted, and added: the one that is sent, or one that is made up', async () => {
    const { id } = (await create({ email: 'ada@example.com' })).body.created[0]
    const { body: record } = await control('GET', `records/dynamic/users/${id}`)
    expect((await control('DELETE', `records/dynamic/users/${id}`)).status).toBe(204)
    expect((await control('GET', `records/dynamic/users/${id}`)).status).toBe(404)
    expect((await control('POST', 'records/dynamic/users', record)).status).toBe(201)
    expect((await control('POST', 'records/dynamic/users', record)).status).toBe(409)
    const made = await control('POST', 'records/dynamic/users')
    expect([made.status, made.body.record.email]).toEqual([201, expect.stringContaining('@')])
    expect((await ask('GET', USERS, undefined, HEADERS)).body.users.map((user: { id: string }) => user.id)).toEqual([
      id,
      made.body.id,
    ])
  })

  it('of a document are those that its first call would have found, and more are made from its schemas', async () => {
    const { body: first } = await control('GET', 'records/pets/pets')
    const { body: listed } = await ask('GET', '/pets')
    expect(first.records.map(({ record }: Answered['body']) => record.data)).toEqual(listed)
    expect(listed.length).toBeGreaterThan(0)
    const { status, body } = await control('POST', 'records/pets/pets')
    expect(status).toBe(201)
    expect((await ask('GET', `/pets/${body.record.id}`)).body).toEqual(body.record.data)
  })

  it.each([
    ['records/dynamo/users', 'there is no API dynamo; the closest is dynamic'],
    ['records/dynamic/user', 'there is no collection user; the closest is users'],
    ['records/dynamic/users', 'nobody has called dynamic in this session yet; call it, or name a ?tenant='],
    ['records/dynamic/users/no?tenant=t', 'there is no tenant t'],
  ])('that are not there are a 404 that helps: %s', async (path, error) => {
    expect(await control('GET', path)).toEqual({ status: 404, body: { error } })
  })
})

describe('the form of a collection', () => {
  it('has the members that its schema foresees, of a resource and of a built-in API', async () => {
    await ask('POST', '/pets', { name: 'Rex' })
    expect((await control('GET', 'forms/pets/pets')).body).toEqual({
      within: 'data',
      fields: [
        { name: 'id', types: ['string'], required: false },
        { name: 'name', types: ['string'], required: true, maxLength: 10 },
        { name: 'age', types: ['integer'], required: false, minimum: 0 },
      ],
    })
    await create({ email: 'ada@example.com' })
    const { within, fields } = (await control('GET', 'forms/dynamic/users')).body
    expect(within).toBe('')
    expect(fields).toContainEqual(expect.objectContaining({ name: 'newUser', types: ['boolean'] }))
    expect(fields).toContainEqual(expect.objectContaining({ name: 'lastVisit', format: 'date-time' }))
  })
})

describe('what a call changed', () => {
  it('is told with it, once somebody looks', async () => {
    await control('GET', 'records/dynamic/users?tenant=t')
    const { id } = (await create({ email: 'ada@example.com' })).body.created[0]
    await ask('GET', USERS, undefined, HEADERS)
    const { body: journal } = await control('GET', 'journal')
    const changedBy = async (at: number) => (await control('GET', `journal/${journal[at].id}`)).body.changed
    expect(await changedBy(0)).toMatchObject({ changes: [{ collection: 'users', id, after: { id } }], more: 0 })
    expect(await changedBy(1)).toEqual({ changes: [], more: 0 })
  })

  it('is not told of calls before anybody looked, nor of most that came by the hundred', async () => {
    const own = createMock({ apis: [dynamic] })
    const { url, close } = await listen(own, { port: 0 })
    onTestFinished(() => close())
    const read = async (name: string) => (await fetch(`${url}/__rollcall/${name}`)).json()
    const add = (name: string) =>
      own.answer({ method: 'POST', path: `${USERS}/bulk`, headers: HEADERS, body: [{ email: `${name}@example.com` }] })
    add('ada')
    await follow(1, '', {}, async () => {}, { ...server, url })
    for (let at = 0; at < 200; at++) add(`${at}`)
    const journal = await read('journal')
    const changedBy = async (at: number) => (await read(`journal/${journal.at(at).id}`)).changed
    expect([await changedBy(0), await changedBy(1)]).toEqual([undefined, undefined])
    expect((await changedBy(-1)).changes).toHaveLength(1)
  })
})

describe('named snapshots', () => {
  it('are kept through a reset, say what has changed since, and are put back', async () => {
    const { id } = (await create({ email: 'ada@example.com' })).body.created[0]
    expect((await control('PUT', 'snapshots/before%20lunch')).status).toBe(204)
    expect((await control('GET', 'snapshots')).body).toEqual([
      { name: 'before lunch', at: expect.any(String), records: 1, messages: 0 },
    ])
    await create({ email: 'ben@example.com' })
    await control('DELETE', `records/dynamic/users/${id}`)
    const { body } = await control('GET', 'snapshots/before%20lunch/changes')
    expect(body).toMatchObject({
      added: 1,
      changed: 0,
      removed: 1,
      changes: [{ after: { email: 'ben@example.com' } }, { id }],
    })
    await control('POST', 'reset')
    expect((await control('POST', 'snapshots/before%20lunch/restore')).status).toBe(204)
    expect((await ask('GET', USERS, undefined, HEADERS)).body.users).toMatchObject([{ id }])
    expect((await control('DELETE', 'snapshots/before%20lunch')).status).toBe(204)
    expect((await control('POST', 'snapshots/before%20lunch/restore')).status).toBe(404)
  })

  it('go from one session to another as a file', async () => {
    await create({ email: 'ada@example.com' })
    await control('PUT', 'snapshots/one')
    const { body } = await control('GET', 'snapshots/one')
    await control('PUT', 'snapshots/copy', body, inA)
    await control('POST', 'snapshots/copy/restore', undefined, inA)
    expect((await control('GET', 'state', undefined, inA)).body).toEqual(body)
    await control('DELETE', 'snapshots/one')
    await control('DELETE', 'snapshots/copy', undefined, inA)
  })

  it('are none of what could not be put back', async () => {
    for (const sent of [{ version: 2, apis: { dynamic: 5 } }, { version: 2, apis: {}, outbox: null }, { version: 3 }]) {
      expect(await control('PUT', 'snapshots/broken', sent)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('snapshot') },
      })
    }
    expect(await control('GET', 'snapshots')).toEqual({ status: 200, body: [] })
  })

  it('count records alone, and not the notes of what has begun', async () => {
    await control('PUT', 'snapshots/empty', undefined, inA)
    const pets = (await ask('GET', '/pets', undefined, inA)).body.length
    expect(pets).toBeGreaterThan(0)
    await control('PUT', 'snapshots/begun', undefined, inA)
    expect((await control('GET', 'snapshots', undefined, inA)).body).toMatchObject([{ records: 0 }, { records: pets }])
    const { added, changes } = (await control('GET', 'snapshots/empty/changes', undefined, inA)).body
    expect(added).toBe(pets)
    expect(new Set(changes.map(({ collection }: { collection: string }) => collection))).toEqual(new Set(['pets']))
    for (const name of ['empty', 'begun']) await control('DELETE', `snapshots/${name}`, undefined, inA)
  })
})

describe('sessions', () => {
  it('are listed with what they hold, and reset', async () => {
    await create({ email: 'ada@example.com' }, inA)
    await control('POST', 'failures', { api: 'dynamic', operationId: 'listUsers', status: 500 }, inA)
    const find = async () => (await control('GET', 'sessions')).body.find(({ name }: { name: string }) => name === 'a')
    expect(await find()).toMatchObject({ name: 'a', calls: 1, records: 1, orders: 1, messages: 0 })
    expect((await control('DELETE', 'sessions/a')).status).toBe(204)
    expect(await find()).toBeUndefined()
  })
})

describe('documents and operations', () => {
  it('are told: what there is, where, with which failures and examples', async () => {
    const { body: all } = await control('GET', 'operations')
    expect(all.length).toBe(dynamic.operations.length + 3)
    expect(all).toContainEqual(expect.objectContaining({ api: 'pets', operationId: 'getPet', url: '/pets/{id}' }))
    const { body: bulk } = await control('GET', 'operations/dynamic/bulkCreateUser')
    expect(bulk).toMatchObject({ method: 'POST', credential: expect.any(String), summary: expect.any(String) })
    expect(bulk.failures.map(({ id }: { id: string }) => id)).toContain('email_already_exists')
    expect(bulk.bodies[0].type).toBe('application/json')
  })

  it('are there as OpenAPI 3.1, the built-in ones as those that were read', async () => {
    for (const [name, title] of [
      ['pets', 'Pets'],
      ['dynamic', dynamic.title],
    ]) {
      const { status, body } = await control('GET', `openapi/${name}.json`)
      expect([status, body.openapi, body.info.title]).toEqual([200, expect.stringMatching(/^3\.1/), title])
    }
  })

  it('say what is wrong in them, and how sure it is what they speak of', async () => {
    const { body } = await control('GET', 'documents/pets')
    expect(body.operations).toContainEqual(
      expect.objectContaining({ operationId: 'createPet', role: 'create', resource: 'pets', sure: expect.any(Number) }),
    )
    expect(body.diagnostics).toEqual([])
    expect((await control('GET', 'documents')).body.map(({ api }: { api: string }) => api)).toEqual(['dynamic', 'pets'])
  })
})
