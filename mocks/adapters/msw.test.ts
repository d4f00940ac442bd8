import { type HttpHandler, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Mock, SESSION_HEADER } from '../api/mock.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import { royalti } from '../royalti.ts'
import { createHandlers, type HandlersOptions } from './msw.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const TOKEN = { authorization: 'Bearer dyn_example' }
const JSON_TOKEN = { ...TOKEN, 'content-type': 'application/json' }
const DYNAMIC = 'https://app.dynamicauth.com'
const clock = () => new Date('2026-11-02T09:15:30Z')

const newMock = () => createMock({ apis: [dynamic, royalti, descope], clock })

/** What reached nobody's handler, by its URL, is answered 299. */
function intercept(mock: Mock, options: HandlersOptions = {}, before: HttpHandler[] = []) {
  const passed: string[] = []
  const network = http.all(/.*/, ({ request }) => {
    passed.push(`${request.method} ${request.url}`)
    return new HttpResponse('from the network', { status: 299 })
  })
  const server = setupServer(...before, ...createHandlers(mock, options), network)
  server.listen()
  let isOpen = true
  const close = () => {
    if (isOpen) server.close()
    isOpen = false
  }
  onTestFinished(close)
  return { server, passed, close }
}

const create = (base: string, email: string, headers: Record<string, string> = {}) =>
  fetch(`${base}${USERS}/bulk`, {
    method: 'POST',
    headers: { ...JSON_TOKEN, ...headers },
    body: JSON.stringify([{ email }]),
  })
const count = async (base: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(`${base}${USERS}`, { headers: { ...TOKEN, ...headers } })
  return ((await reply.json()) as { count: number }).count
}

describe('createHandlers', () => {
  it('says at once that it needs a mock, not what a mock is made of', () => {
    expect(() => createHandlers({ apis: [dynamic] } as never)).toThrow('createHandlers needs a mock')
  })

  it.each<[what: string, method: string, url: string, headers: Record<string, string>, body?: string]>([
    [
      'accepted and refused rows',
      'POST',
      `${DYNAMIC}${USERS}/bulk`,
      JSON_TOKEN,
      '[{"email":"a@b.co"},{"email":"a@b.co"}]',
    ],
    ['the second server of an API', 'GET', `https://app.dynamic.xyz${USERS}?limit=1`, TOKEN],
    ['an invalid query', 'GET', `${DYNAMIC}${USERS}?limit=many&limit=2`, TOKEN],
    ['no credentials', 'GET', `${DYNAMIC}${USERS}`, {}],
    ['broken JSON', 'POST', `${DYNAMIC}${USERS}/bulk`, JSON_TOKEN, '[{'],
    ['a method that is not declared', 'PATCH', `${DYNAMIC}${USERS}`, TOKEN],
    ['a reply without a body', 'DELETE', `${DYNAMIC}${USERS}/8f2d1a30-0000-4000-8000-000000000000`, TOKEN],
    ['a path that ends in a slash', 'GET', 'https://api.royalti.io/user/?page=1', { authorization: 'Bearer RWAK-a' }],
    [
      'an id with a colon and an asterisk',
      'GET',
      'https://api.royalti.io/user/a:b*c%20d',
      { authorization: 'Bearer RWAK-a' },
    ],
    [
      'a failure asked for',
      'GET',
      'https://api.royalti.io/user/',
      { authorization: 'Bearer RWAK-a', prefer: 'code=500' },
    ],
    [
      'a third API',
      'POST',
      'https://api.descope.com/v2/mgmt/user/search',
      { authorization: 'Bearer P2a:key', 'content-type': 'application/json' },
      '{}',
    ],
  ])('answers as the mock does: %s', async (_, method, url, headers, body) => {
    const { passed } = intercept(newMock())
    const response = await fetch(url, { method, headers, ...(body && { body }) })
    const { pathname, search } = new URL(url)
    const wanted = await newMock().fetch(
      new Request(`http://mock${pathname}${search}`, { method, headers, ...(body && { body }) }),
    )
    expect(passed).toEqual([])
    expect({
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }).toEqual({ status: wanted.status, type: wanted.headers.get('content-type'), text: await wanted.text() })
  })

  it('gives what mock.answer gives, and shares its state and its journal', async () => {
    const mock = newMock()
    intercept(mock)
    const created = await create(DYNAMIC, 'ada@example.com')
    const same = newMock().answer({
      method: 'POST',
      path: `${USERS}/bulk`,
      headers: TOKEN,
      body: [{ email: 'ada@example.com' }],
    })
    expect({ status: created.status, body: await created.json() }).toEqual({ status: same.status, body: same.body })
    expect(mock.journal.map(({ operationId }) => operationId)).toEqual(['bulkCreateUser'])
    mock.reset()
    expect(await count(DYNAMIC)).toBe(0)
  })

  it.each([
    ['another origin', 'https://example.com/users'],
    ['a path no document knows', `${DYNAMIC}/api/v0/nowhere`],
    ['a path below a known one', `${DYNAMIC}${USERS}/1/sessions`],
    ['a path without its slash', 'https://api.royalti.io/user'],
    ['an empty segment', 'https://api.royalti.io/user//delete'],
    ['an origin that only starts alike', `${DYNAMIC}.example.com${USERS}`],
    ['another scheme', `http://app.dynamicauth.com${USERS}`],
    ['a dot that is none', `https://appxdynamicauth.com${USERS}`],
  ])('leaves to others: %s', async (_, url) => {
    const mock = newMock()
    const { passed } = intercept(mock)
    expect((await fetch(url, { headers: TOKEN })).status).toBe(299)
    expect(passed).toEqual([`GET ${url}`])
    expect(mock.journal).toEqual([])
  })

  it.each([
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
    ['https://staging.example.com/a(b)*:c', 'https://staging.example.com/a(b)*:c'],
    ['/backend', 'http://localhost/backend'],
    ['', 'http://localhost'],
  ])('answers below a baseUrl of its own alone: %j', async (baseUrl, base) => {
    const { passed } = intercept(newMock(), { baseUrl })
    expect((await create(base, 'ada@example.com')).status).toBe(201)
    expect(await count(base)).toBe(1)
    const royaltis = await fetch(`${base}/user/`, { headers: { authorization: 'Bearer RWAK-a' } })
    expect(royaltis.status).toBe(200)
    expect(passed).toEqual([])
    expect((await fetch(`${DYNAMIC}${USERS}`)).status).toBe(299)
  })

  it('takes a baseUrl that is a path from the page', async () => {
    vi.stubGlobal('location', new URL('http://localhost:5173/users/import'))
    onTestFinished(() => void vi.unstubAllGlobals())
    intercept(newMock(), { baseUrl: '/backend' })
    expect((await create('http://localhost:5173/backend', 'ada@example.com')).status).toBe(201)
  })

  it('comes after the handlers that stand before it, and after server.use', async () => {
    const own = http.get(`${DYNAMIC}${USERS}`, () => HttpResponse.json({ count: 42 }))
    const { server } = intercept(newMock(), {}, [own])
    expect(await count(DYNAMIC)).toBe(42)
    server.use(http.post(`${DYNAMIC}${USERS}/bulk`, () => HttpResponse.error(), { once: true }))
    await expect(create(DYNAMIC, 'ada@example.com')).rejects.toThrow()
    expect((await create(DYNAMIC, 'ada@example.com')).status).toBe(201)
  })

  it('works as server.use(...createHandlers(mock)) until the handlers are reset', async () => {
    const { server } = intercept(newMock())
    const other = newMock()
    server.use(...createHandlers(other))
    await create(DYNAMIC, 'ada@example.com')
    expect([await count(DYNAMIC), other.journal.length]).toEqual([1, 2])
    server.resetHandlers()
    expect(await count(DYNAMIC)).toBe(0)
  })

  it('keeps parallel sessions apart', async () => {
    const mock = newMock()
    intercept(mock)
    const names = Array.from({ length: 8 }, (_, index) => `session ${index}`)
    const counts = await Promise.all(
      names.map(async (session, index) => {
        const headers = { [SESSION_HEADER]: session }
        await Promise.all(
          Array.from({ length: index }, (_, user) => create(DYNAMIC, `user${user}@example.com`, headers)),
        )
        return count(DYNAMIC, headers)
      }),
    )
    expect(counts).toEqual(names.map((_, index) => index))
    expect(await count(DYNAMIC)).toBe(0)
  })

  it('creates fifty users of fifty requests at once', async () => {
    intercept(newMock())
    await Promise.all(Array.from({ length: 50 }, (_, user) => create(DYNAMIC, `user${user}@example.com`)))
    expect(await count(DYNAMIC)).toBe(50)
  })

  it('fails as it was told to, for the session it was told', async () => {
    const mock = newMock()
    intercept(mock)
    mock.failNext({ api: 'dynamic', operationId: 'listUsers', status: 500 }, 'mine')
    const headers = { ...TOKEN, [SESSION_HEADER]: 'mine' }
    const statusOf = async (init: RequestInit) => (await fetch(`${DYNAMIC}${USERS}`, init)).status
    expect([await statusOf({ headers: TOKEN }), await statusOf({ headers }), await statusOf({ headers })]).toEqual([
      200, 500, 200,
    ])
  })

  it('answers under fake timers that nobody advances', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    intercept(newMock())
    expect((await create(DYNAMIC, 'ada@example.com')).status).toBe(201)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe("persist: 'session'", () => {
  /** A page's storage, which outlives its scripts. */
  function newStorage(limit = Number.POSITIVE_INFINITY) {
    const items = new Map<string, string>()
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem(key: string, text: string) {
        if (text.length > limit) throw new Error('the quota has been exceeded')
        items.set(key, text)
      },
      items,
    }
  }

  /** The scripts of a page start anew. */
  function load(storage: unknown, options: HandlersOptions = { persist: 'session' }) {
    const page = new EventTarget()
    vi.stubGlobal('document', {})
    vi.stubGlobal('sessionStorage', storage)
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    onTestFinished(() => void vi.unstubAllGlobals())
    const mock = newMock()
    const { close } = intercept(mock, options)
    return {
      mock,
      crash: close,
      leave() {
        page.dispatchEvent(new Event('pagehide'))
        close()
      },
    }
  }

  it('keeps users over a reload, in each session', async () => {
    const storage = newStorage()
    const first = load(storage)
    await create(DYNAMIC, 'ada@example.com')
    await create(DYNAMIC, 'ben@example.com', { [SESSION_HEADER]: 'mine' })
    await create(DYNAMIC, 'cyd@example.com', { [SESSION_HEADER]: 'mine' })
    const before = first.mock.snapshot()
    first.leave()
    const { mock } = load(storage)
    expect(mock.snapshot()).toEqual(before)
    expect([await count(DYNAMIC), await count(DYNAMIC, { [SESSION_HEADER]: 'mine' })]).toEqual([1, 2])
  })

  it('keeps them when the page ends without a word', async () => {
    const storage = newStorage()
    const first = load(storage)
    await create(DYNAMIC, 'ada@example.com')
    // Before MSW 3, of two servers at once one goes on answering after both were closed.
    first.crash()
    expect(load(storage).mock.snapshot().apis).toHaveProperty('dynamic')
  })

  it('keeps what changed without a request', async () => {
    const storage = newStorage()
    const first = load(storage)
    await create(DYNAMIC, 'ada@example.com')
    first.mock.reset()
    first.leave()
    load(storage)
    expect(await count(DYNAMIC)).toBe(0)
  })

  it('is off unless it is asked for', async () => {
    const storage = newStorage()
    const first = load(storage, {})
    await create(DYNAMIC, 'ada@example.com')
    first.leave()
    expect(storage.items.size).toBe(0)
  })

  it.each([
    ['no JSON', 'users', /could not be put back: .*JSON/],
    ['the state of other APIs', '{"apis":{"other":{}}}', /could not be put back: the snapshot holds state of other/],
  ])('starts empty, and says so, where the storage holds %s', async (_, text, said) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const storage = newStorage()
    const first = load(storage)
    await create(DYNAMIC, 'ada@example.com')
    first.leave()
    for (const key of storage.items.keys()) storage.items.set(key, text)
    load(storage)
    expect(await count(DYNAMIC)).toBe(0)
    expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(said)])
  })

  it('answers on where the storage is full, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    load(newStorage(10))
    expect((await create(DYNAMIC, 'ada@example.com')).status).toBe(201)
    expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('could not be put away: the quota')])
  })

  it('does nothing where storage is forbidden, or there is no page', async () => {
    onTestFinished(() => void vi.unstubAllGlobals())
    vi.stubGlobal('document', {})
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      get() {
        throw new Error('the page is sandboxed')
      },
    })
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'sessionStorage'))
    expect(createHandlers(newMock(), { persist: 'session' })).toHaveLength(3)
    vi.unstubAllGlobals()
    expect(createHandlers(newMock(), { persist: 'session' })).toHaveLength(3)
  })
})

describe('an order', () => {
  const list = (init: RequestInit = {}) => fetch(`${DYNAMIC}${USERS}`, { headers: TOKEN, ...init })
  const ordered = (order: object) => {
    const mock = newMock()
    mock.failNext({ api: 'dynamic', operationId: 'listUsers', ...order })
    intercept(mock)
    return mock
  }

  it('to drop the connection is a network error', async () => {
    ordered({ drop: true })
    await expect(list()).rejects.toThrow(TypeError)
    expect((await list()).status).toBe(200)
  })

  it('to time out holds the call until the client gives up', async () => {
    const mock = ordered({ timeout: true })
    await expect(list({ signal: AbortSignal.timeout(150) })).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(mock.journal[0]?.verdict).toMatchObject({ outcome: 'forced', reason: 'timed-out' })
  })

  it('to hold a call back does so, beside another that is not', async () => {
    ordered({ delay: 200 })
    const order: string[] = []
    await Promise.all([
      list().then(() => order.push('held back')),
      create(DYNAMIC, 'ines@example.com').then(() => order.push('at once')),
    ])
    expect(order).toEqual(['at once', 'held back'])
  })

  it('of createMock holds every call back', async () => {
    intercept(createMock({ apis: [dynamic], delay: 100 }))
    const began = performance.now()
    expect((await list()).status).toBe(200)
    expect(performance.now() - began).toBeGreaterThanOrEqual(99)
  })

  it('leaves a note where a row names no failure', async () => {
    intercept(newMock())
    const reply = await create(DYNAMIC, 'email_exists@rollcall.test')
    expect(reply.headers.get('x-rollcall-note')).toMatch(/; the closest is email_already_exists$/)
  })
})
