import { test as base } from 'vitest'
import { createSessionClient, type SessionClient } from './session-client.ts'

/** Vitest's `test`, with a session of its own for each test on the server at `ROLLCALL_URL`; it is reset afterwards. */
export const test = base.extend<{ rollcall: SessionClient }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are used
  rollcall: async ({}, use) => {
    const client = createSessionClient(crypto.randomUUID())
    await use(client)
    await client.reset()
  },
})
