import { test as base } from 'playwright/test'
import { createSessionClient, type SessionClient } from './session-client.ts'

/**
 * Playwright Test's `test`, with a session of its own for each test on the server at `ROLLCALL_URL`. Whatever the page
 * or `request` sends carries the session's header; it is reset afterwards.
 */
export const test = base.extend<{ rollcall: SessionClient }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are used
  rollcall: async ({}, use) => {
    const client = createSessionClient(crypto.randomUUID())
    await use(client)
    await client.reset()
  },
  extraHTTPHeaders: async ({ extraHTTPHeaders, rollcall }, use) => {
    await use({ ...extraHTTPHeaders, ...rollcall.headers })
  },
})
export { expect } from 'playwright/test'
