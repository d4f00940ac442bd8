import { setupServer } from 'msw/node'
import { createHandlers } from '../../../mocks/adapters/msw.ts'
import { sendByFetch } from '../../suite/send-fetch.ts'
import type { Setting, Transport } from '../parity/vocabulary.ts'
import { apiOf, makeMock } from './make-mock.ts'
import { credentialsOf, play } from './play.ts'

/** Node's `fetch` of the APIs' real URLs, which MSW intercepts: what it does not know fails, and never leaves. */
export async function openMswNode(setting: Setting): Promise<Transport> {
  const mock = await makeMock(setting)
  const server = setupServer(...createHandlers(mock))
  server.listen({ onUnhandledFrame: 'error' })
  return {
    play: (name, requests) =>
      play(sendByFetch({ url: apiOf(mock, name).servers[0] as string, ...credentialsOf(setting, name) }), requests),
    [Symbol.asyncDispose]: async () => server.close(),
  }
}
