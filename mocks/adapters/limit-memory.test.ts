import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import { listen } from './http-server.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const HEADERS = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }

async function open(maxMemory?: number) {
  const warnings: string[] = []
  const mock = createMock({ apis: [dynamic], warn: () => {} })
  const options = { port: 0, warn: (line: string) => void warnings.push(line) }
  const server = await listen(mock, maxMemory === undefined ? options : { ...options, maxMemory })
  onTestFinished(() => server.close())
  const create = async (session: string, size: number, origin?: string) => {
    const headers = { ...HEADERS, 'x-rollcall-session': session, ...(origin !== undefined && { origin }) }
    const body = JSON.stringify([{ metadata: { note: 'x'.repeat(size) } }])
    const reply = await fetch(`${server.url}${USERS}/bulk`, { method: 'POST', headers, body })
    expect(reply.status).toBe(201)
    await reply.arrayBuffer()
  }
  const memory = async () => (await (await fetch(`${server.url}/__rollcall/health`)).json()).memory
  return { mock, warnings, create, memory, url: server.url, names: () => [...mock.named.keys()] }
}

describe('what sessions keep', () => {
  it('is bounded: the least recently used goes first, and that is told', async () => {
    const { create, names, warnings, memory } = await open(800_000)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await create(name, 80_000)
      await create('mine', 10)
    }
    expect(names()).toContain('mine')
    expect(names()).not.toContain('a')
    expect(names()).toContain('f')
    expect(warnings[0]).toBe('rollcall: sessions take more than 1 MB; dropped "a", the least recently used')
    expect((await memory()).limit).toBe(800_000)
    expect((await memory()).used).toBeLessThan(800_000)
  })

  it('is told of nothing while there is room, and half of the heap is, unless told otherwise', async () => {
    const { create, names, warnings, memory } = await open()
    for (const name of ['a', 'b']) await create(name, 80_000)
    expect([names(), warnings]).toEqual([['a', 'b'], []])
    expect((await memory()).used).toBeGreaterThan(160_000)
    expect((await memory()).limit).toBeGreaterThan(100 * 2 ** 20)
  })

  it('of the default session is never dropped, and takes the others no more than half', async () => {
    const { create, names, mock } = await open(1_000_000)
    await create('mine', 10_000)
    for (let turn = 0; turn < 8; turn++) await create('', 80_000)
    await create('other', 10)
    expect(names()).toEqual(['mine', 'other'])
    expect(mock.journal).toHaveLength(8)
  })
})

describe('snapshots by name', () => {
  const fill = async (url: string, own: Readonly<Record<string, string>>) => {
    const rows = Array.from({ length: 50 }, (_, at) => ({
      email: `${at}@example.com`,
      metadata: { note: 'x'.repeat(14_000) },
    }))
    const headers = { ...HEADERS, ...own }
    const filled = await fetch(`${url}${USERS}/bulk`, { method: 'POST', headers, body: JSON.stringify(rows) })
    expect((await filled.json()).created).toHaveLength(50)
  }

  it('count once the state has nothing of them, and one that would take more than a quarter of what may be kept is refused in one line', async () => {
    const { memory, url } = await open(4_000_000)
    const own = { 'x-rollcall-session': 'a' }
    await fill(url, own)
    const send = (method: string, path: string, body?: string) =>
      fetch(`${url}/__rollcall/${path}`, { method, headers: own, ...(body !== undefined && { body }) })
    const { used } = await memory()
    expect((await send('PUT', 'snapshots/one')).status).toBe(204)
    expect((await send('PUT', 'snapshots/same')).status).toBe(204)
    expect((await memory()).used - used).toBeLessThan(10_000)
    const text = await (await send('GET', 'snapshots/one')).text()
    await send('DELETE', 'snapshots/same')
    await send('POST', 'reset')
    await send('GET', 'snapshots/one')
    expect((await memory()).used).toBeGreaterThan(700_000)
    const refused = await send('PUT', 'snapshots/two', text)
    expect([refused.status, (await refused.json()).error]).toEqual([
      507,
      expect.stringMatching(/^with two .*delete one/),
    ])
  })

  it('of the default session go, the oldest first, where that has nothing of them and they take too much', async () => {
    const { url, warnings } = await open(2_000_000)
    const send = (method: string, path: string) => fetch(`${url}/__rollcall/${path}`, { method })
    for (const name of ['one', 'two', 'three']) {
      await fill(url, {})
      await send('PUT', `snapshots/${name}`)
      await send('POST', 'reset')
    }
    await fill(url, {})
    const left = (await (await send('GET', 'snapshots')).json()).map(({ name }: { name: string }) => name)
    expect(left).not.toContain('one')
    expect(warnings[0]).toBe(
      'rollcall: sessions take more than 2 MB; dropped the snapshot "one", the least recently used',
    )
  })

  it('go with the session that goes', async () => {
    const { create, names, url } = await open(1_000_000)
    await create('a', 100_000)
    await fetch(`${url}/__rollcall/snapshots/one`, { method: 'PUT', headers: { 'x-rollcall-session': 'a' } })
    for (let turn = 0; turn < 6; turn++) await create('b', 100_000)
    expect(names()).toEqual(['b'])
    const kept = await fetch(`${url}/__rollcall/snapshots`, { headers: { 'x-rollcall-session': 'a' } })
    expect(await kept.json()).toEqual([])
  })
})

describe('tenants', () => {
  const search = async (url: string, project: string) => {
    const headers = { authorization: `Bearer ${project}:key`, 'content-type': 'application/json' }
    const reply = await fetch(`${url}/v2/mgmt/user/search`, { method: 'POST', headers, body: '{"withTestUser":true}' })
    return ((await reply.json()) as { total: number }).total
  }

  it('of the default session go, the least recently used first, where all that they begin with takes too much', async () => {
    const warnings: string[] = []
    const mock = createMock({ apis: [descope], users: 100, warn: () => {} })
    const listening = { port: 0, maxMemory: 1_000_000, warn: (line: string) => void warnings.push(line) }
    const server = await listen(mock, listening)
    onTestFinished(() => server.close())
    for (let at = 0; at < 20; at++) {
      expect(await search(server.url, `P${at}`)).toBe(100)
      expect(await search(server.url, 'mine')).toBe(100)
    }
    const left = Object.keys(mock.snapshot().apis['descope'] ?? {})
    expect(left).toEqual(expect.arrayContaining(['mine', 'P19']))
    expect(left.length).toBeLessThan(10)
    expect(warnings[0]).toBe(
      'rollcall: sessions take more than 1 MB; dropped the tenant "P0" of descope, the least recently used',
    )
    const { memory } = (await (await fetch(`${server.url}/__rollcall/health`)).json()) as { memory: { used: number } }
    expect(memory.used).toBeLessThan(1_100_000)
  })

  it('and sessions are measured before anything goes: what was removed again takes nothing', async () => {
    const warnings: string[] = []
    const mock = createMock({ apis: [dynamic], journal: 1, warn: () => {} })
    const listening = { port: 0, maxMemory: 400_000, warn: (line: string) => void warnings.push(line) }
    const server = await listen(mock, listening)
    onTestFinished(() => server.close())
    for (let turn = 0; turn < 10; turn++) {
      const headers = { ...HEADERS, 'x-rollcall-session': `s${turn % 2}` }
      const body = JSON.stringify([{ metadata: { note: 'x'.repeat(100_000) } }])
      const reply = await fetch(`${server.url}${USERS}/bulk`, { method: 'POST', headers, body })
      expect(reply.status).toBe(201)
      const { created } = (await reply.json()) as { created: { id: string }[] }
      const path = `${USERS}/${created[0]?.id}`
      expect((await fetch(server.url + path, { method: 'DELETE', headers })).status).toBe(204)
    }
    expect([[...mock.named.keys()].toSorted(), warnings]).toEqual([['s0', 's1'], []])
  })
})

describe('callers’ counts against limits', () => {
  it('are those of the last 10,000 callers', async () => {
    const mock = createMock({ apis: [dynamic], rateLimit: true, warn: () => {} })
    const server = await listen(mock, { port: 0 })
    onTestFinished(() => server.close())
    const { counts } = mock.session('').open().session
    for (let at = 0; at < 10_050; at++) counts.set(`${at}`, { since: 0, calls: 1, until: 0 })
    for (let at = 0; at < 60; at++) await (await fetch(server.url + USERS, { headers: HEADERS })).arrayBuffer()
    expect(counts.size).toBe(10_000)
  })
})

describe('sessions that pages of another origin name', () => {
  it('are bounded by origin, and make none of others go', async () => {
    const { create, names, warnings } = await open()
    await create('mine', 10)
    for (let at = 0; at < 105; at++) await create(`theirs-${at}`, 10, 'https://evil.example')
    await create('one', 10, 'https://other.example')
    expect(names()).toHaveLength(102)
    expect(names()).toEqual(expect.arrayContaining(['mine', 'one', 'theirs-104']))
    expect(warnings[0]).toContain('pages of https://evil.example name too many sessions; dropped "theirs-0"')
  })

  it('are not counted for a page of this machine', async () => {
    const { create, names } = await open()
    for (let at = 0; at < 105; at++) await create(`own-${at}`, 10, 'http://localhost:5173')
    expect(names()).toHaveLength(105)
  })
})
