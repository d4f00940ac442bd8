import { test } from 'rollcall/vitest'
import { expect } from 'vitest'

const LIST = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const init = { headers: { authorization: 'Bearer any' } }

test('survives an outage', async ({ rollcall }) => {
  await rollcall.failNext({ api: 'dynamic', operationId: 'listUsers', status: 500 })
  expect((await rollcall.fetch(LIST, init)).status).toBe(500)
  expect((await rollcall.fetch(LIST, init)).status).toBe(200)
})
