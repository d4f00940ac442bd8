import { describe, expect, it } from 'vitest'
import type { Api } from '../api/api.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import { listen } from './http-server.ts'

describe('what is at / where no operation is', () => {
  it('tells which APIs are served, where, and where to look', async () => {
    await using server = await listen(createMock({ apis: [dynamic, descope] }), { port: 0 })
    const response = await fetch(server.url)
    const told = await response.json()
    expect(response.status).toBe(200)
    expect(told.apis).toMatchObject([
      { name: 'dynamic', at: ['/api/v0'], operations: dynamic.operations.length },
      { name: 'descope', operations: descope.operations.length },
    ])
    expect(told.inspector).toBe('/__rollcall/')
    for (const path of [told.operations, told.failures, told.journal])
      expect((await fetch(server.url + path)).status, path).toBe(200)
    // It is no call of an API.
    expect(await (await fetch(server.url + told.journal)).json()).toEqual([])
  })

  it('names no inspector where there is none', async () => {
    await using server = await listen(createMock({ apis: [dynamic] }), { port: 0, inspector: false })
    const told = await (await fetch(server.url)).json()
    expect(told.operations).toBe('/__rollcall/operations')
    expect(told.inspector).toBeUndefined()
  })

  it('is not told to who would change something, nor where an operation is there by another method', async () => {
    const root = { ...dynamic.operations[0], id: 'postRoot', method: 'POST', path: '/', parameters: [], security: [] }
    const api: Api = {
      ...dynamic,
      servers: ['/'],
      operations: [root as (typeof dynamic.operations)[number]],
      behaviours: { ...dynamic.behaviours, operations: { postRoot: () => ({ status: 204 }) }, tenantOf: () => '' },
    }
    await using server = await listen(createMock({ apis: [dynamic] }), { port: 0 })
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(404)
    await using own = await listen(createMock({ apis: [api], checkReplies: false }), { port: 0 })
    expect((await fetch(own.url)).status).toBe(405)
  })
})
