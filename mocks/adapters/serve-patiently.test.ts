import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mock } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { type Listening, listen } from './http-server.ts'
import { listen as listenWithPrism } from './prism.ts'

/** More than are made, or looked at, in one turn. */
const USERS = 12_000
const SEARCH = '/v2/mgmt/user/search'
const headers = { authorization: 'Bearer P2example:key', 'content-type': 'application/json' }
const SORTED = { withTestUser: true, limit: 3, sort: [{ field: 'email', desc: true }] }

const TRANSPORTS: readonly [name: string, listen: (mock: Mock, options: { port: number }) => Promise<Listening>][] = [
  ['HTTP', listen],
  ['Prism', listenWithPrism],
]

describe.each(TRANSPORTS)('over %s, a tenant of very many users', (_, open) => {
  let server: Listening
  let mock: Mock
  beforeAll(async () => {
    mock = createMock({ apis: [descope], users: USERS, checkReplies: false })
    server = await open(mock, { port: 0 })
  })
  afterAll(() => server.close())
  const send = (path: string, body: object, own = {}) =>
    fetch(server.url + path, { method: 'POST', headers: { ...headers, ...own }, body: JSON.stringify(body) })
  /** What was answered first, and how. All are sent at once, over connections that are there. */
  const race = async (calls: Readonly<Record<string, () => Promise<Response>>>) => {
    await Promise.all(Object.keys(calls).map(async () => (await health()).text()))
    const order: string[] = []
    const replies = Object.entries(calls).map(async ([name, call]) => {
      const reply = await call()
      order.push(name)
      return await reply.json()
    })
    return { replies: await Promise.all(replies), order }
  }
  const health = () => fetch(`${server.url}/__rollcall/health`)

  it('is made while others are answered, once for all who wait for it', async () => {
    const { replies, order } = await race({
      first: () => send(SEARCH, { withTestUser: true, limit: 1 }),
      second: () => send(SEARCH, { withTestUser: true, limit: 1 }),
      other: health,
    })
    expect(order[0]).toBe('other')
    expect(replies.slice(0, 2)).toMatchObject([{ total: USERS }, { total: USERS }])
  })

  it('is searched while others are answered', async () => {
    const first = mock.answer({ method: 'POST', path: SEARCH, headers, body: SORTED }).body
    const { replies, order } = await race({ search: () => send(SEARCH, SORTED), other: health })
    expect(order).toEqual(['other', 'search'])
    expect(replies[0]).toEqual(first)
    const users = [{ loginId: 'zz', email: 'zzzz@example.com' }]
    expect((await send('/v1/mgmt/user/create/batch', { users })).status).toBe(200)
    expect(await (await send(SEARCH, SORTED)).json()).toMatchObject({
      total: USERS + 1,
      users: [{ email: 'zzzz@example.com' }, {}, {}],
    })
  })

  it('is shown, kept, compared and put back while others are answered', async () => {
    const control = (path: string, method = 'GET') => fetch(`${server.url}/__rollcall/${path}`, { method })
    const { total } = await (await send(SEARCH, { withTestUser: true, limit: 1 })).json()
    const before = mock.snapshot()
    expect((await control('snapshots/all', 'PUT')).status).toBe(204)
    expect(await (await control('snapshots/all')).json()).toEqual(before)
    const users = [{ loginId: 'late', email: 'late@example.com' }]
    expect((await send('/v1/mgmt/user/create/batch', { users })).status).toBe(200)
    const whole = async (path: string, method?: string) => {
      const reply = await control(path, method)
      const text = await reply.text()
      return new Response(text || 'null', { status: reply.status === 204 ? 200 : reply.status })
    }
    for (const [path, method] of [['state'], ['snapshots/all/changes'], ['snapshots/all/restore', 'POST']] as const) {
      const { order, replies } = await race({ all: () => whole(path, method), other: health })
      expect([path, order]).toEqual([path, ['other', 'all']])
      if (path === 'snapshots/all/changes') expect(replies[0]).toMatchObject({ added: 1, changed: 0, removed: 0 })
    }
    expect(mock.snapshot()).toEqual(before)
    expect(await (await send(SEARCH, { withTestUser: true, limit: 1 })).json()).toMatchObject({ total })
  })

  it('is told to be there by one entry of the journal for each call', async () => {
    mock.reset('own')
    await (await send(SEARCH, SORTED, { 'x-rollcall-session': 'own' })).json()
    expect(mock.session('own').readJournal()).toHaveLength(1)
  })
})
