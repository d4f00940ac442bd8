import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInspector } from '../../scripts/build-inspector.ts'
import { createMock } from '../create-mock.ts'
import { dynamic } from '../dynamic.ts'
import { type Listening, listen } from './http-server.ts'

let folder: string
let server: Listening

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-page-'))
  await buildInspector(folder)
  server = await listen(createMock({ apis: [dynamic] }), { port: 0, inspector: folder, controlToken: 'sesame-4711' })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers, redirect: 'manual' })

describe("the inspector's page", () => {
  it('is served with a strict policy, also to who has no token yet: it holds nothing of the mock', async () => {
    const reply = await get('/__rollcall/')
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'none'/)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get('/__rollcall/state')).status).toBe(403)
  })

  it('needs nothing but its own files, has no inline script or style, and weighs at most 80 kB gzipped', async () => {
    const html = await (await get('/__rollcall/')).text()
    const names = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name as string)
    expect(names.sort()).toEqual(['icon.svg', 'inspector.css', 'inspector.js'])
    for (const name of names) expect((await get(`/__rollcall/${name}`)).status).toBe(200)
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=|onload=/)
    const bytes = names.map((name) => gzipSync(readFileSync(join(folder, name))).length)
    expect(bytes.reduce((sum, one) => sum + one, gzipSync(html).length)).toBeLessThanOrEqual(80_000)
    const script = readFileSync(join(folder, 'inspector.js'), 'utf8')
    expect(/https?:\/\/(?!www\.w3\.org|\$)[^"`]*|\beval\(|new Function/.exec(script)?.[0]).toBeUndefined()
  })

  it('is where a browser is led that asks for / where no operation is; a program is not', async () => {
    const browser = await get('/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect([browser.status, browser.headers.get('location')]).toEqual([302, '/__rollcall/'])
    expect((await get('/', { accept: '*/*' })).status).not.toBe(302)
    expect((await get('/__rollcall')).headers.get('location')).toBe('/__rollcall/')
  })

  it('leaves / to the operation that answers it', async () => {
    const [operation] = dynamic.operations
    const root = {
      ...operation,
      id: 'getRoot',
      method: 'GET',
      path: '/',
      parameters: [],
      body: undefined,
      security: [],
    }
    const api = {
      ...dynamic,
      name: 'root',
      servers: ['/'],
      operations: [root as (typeof dynamic.operations)[number]],
      behaviours: { ...dynamic.behaviours, operations: { getRoot: () => ({ status: 204 }) }, tenantOf: () => '' },
    }
    await using own = await listen(createMock({ apis: [api], checkReplies: false }), { port: 0, inspector: folder })
    expect((await fetch(own.url, { headers: { accept: 'text/html' } })).status).toBe(204)
  })

  it('is not there where it is left out', async () => {
    await using own = await listen(createMock({ apis: [dynamic] }), { port: 0, inspector: false })
    expect((await fetch(`${own.url}/__rollcall/`)).status).toBe(404)
  })
})
