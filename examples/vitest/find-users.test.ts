/** A second file, run beside the first one by Vitest: they share the server and never meet. */
import { test } from 'rollcall/vitest'
import { expect } from 'vitest'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }

test('finds whom it created, and nobody else', async ({ rollcall }) => {
  const body = JSON.stringify([{ email: 'ada@example.com' }, { email: 'ben@example.com' }])
  await rollcall.fetch(`${USERS}/bulk`, { method: 'POST', headers, body })
  expect(await (await rollcall.fetch(USERS, { headers })).json()).toMatchObject({ count: 2 })
})

test('begins with nobody, and ends as it began', async ({ rollcall }) => {
  const before = await rollcall.snapshot()
  await rollcall.fetch(`${USERS}/bulk`, { method: 'POST', headers, body: '[{}]' })
  await rollcall.restore(before)
  expect(await (await rollcall.fetch(USERS, { headers })).json()).toEqual({ count: 0, users: [] })
  await rollcall.reset()
  expect(await rollcall.readJournal()).toEqual([])
  expect(await rollcall.readOutbox()).toEqual([])
})
