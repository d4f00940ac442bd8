/** As with Vitest; whatever the page or `request` sends belongs to the test's own session. */
import { expect, test } from 'rollcall/playwright'

const BULK = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk'
const headers = { authorization: 'Bearer any' }

for (const turn of ['first', 'second']) {
  test(`creates Ada for the ${turn} time, in a session of its own`, async ({ request, rollcall }) => {
    const reply = await request.post(rollcall.url + BULK, { headers, data: [{ email: 'ada@example.com' }] })
    expect(await reply.json()).toMatchObject({ created: [{ email: 'ada@example.com' }], failed: [] })
    expect(await rollcall.readJournal()).toHaveLength(1)
  })
}

test('tells the user of a refused import', async ({ request, rollcall }) => {
  await rollcall.failNext({ api: 'dynamic', operationId: 'bulkCreateUser', failure: 'access_forbidden' })
  const reply = await request.post(rollcall.url + BULK, { headers, data: [{}] })
  expect(reply.status()).toBe(403)
})
