/** Each test has a session of its own on the server at ROLLCALL_URL: `npx rollcall mock`, started once for all. */
import { test } from 'rollcall/vitest'
import { describe, expect } from 'vitest'

const BULK = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk'
const init = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

describe('importing users', () => {
  test('creates Ada', async ({ rollcall }) => {
    const reply = await rollcall.fetch(BULK, init([{ email: 'ada@example.com' }]))
    expect(await reply.json()).toMatchObject({ created: [{ email: 'ada@example.com' }], failed: [] })
    expect(await rollcall.readJournal()).toHaveLength(1)
  })

  test('creates Ada again: another test, another session', async ({ rollcall }) => {
    const reply = await rollcall.fetch(BULK, init([{ email: 'ada@example.com' }]))
    expect(await reply.json()).toMatchObject({ created: [{ email: 'ada@example.com' }], failed: [] })
  })

  test('tells the user of an outage', async ({ rollcall }) => {
    await rollcall.failNext({ api: 'dynamic', operationId: 'bulkCreateUser', status: 500 })
    expect((await rollcall.fetch(BULK, init([{}]))).status).toBe(500)
    expect((await rollcall.fetch(BULK, init([{}]))).status).toBe(201)
  })
})
