import { type Listening, listen } from '../../../mocks/adapters/http-server.ts'
import { listen as listenByPrism } from '../../../mocks/adapters/prism.ts'
import { basePathOf } from '../../../mocks/api/api.ts'
import type { Mock } from '../../../mocks/api/mock.ts'
import { createSend } from '../../suite/send-http.ts'
import type { Setting, Transport } from '../parity/vocabulary.ts'
import { apiOf, makeMock } from './make-mock.ts'
import { credentialsOf, play } from './play.ts'

/** As `rollcall mock` serves it. */
export const openHttp = (setting: Setting): Promise<Transport> =>
  openServer(setting, (mock) => listen(mock, { port: 0 }))

/**
 * As `rollcall prism` serves it.
 * @param onViolation told of each rule that a reply breaks, as Prism reads the document
 */
export const openPrism = (setting: Setting, onViolation: (violation: string) => void): Promise<Transport> =>
  openServer(setting, (mock) =>
    listenByPrism(mock, { port: 0, onViolation: (_, violations) => violations.forEach(onViolation) }),
  )

async function openServer(setting: Setting, serve: (mock: Mock) => Promise<Listening>): Promise<Transport> {
  const mock = await makeMock(setting)
  const server = await serve(mock)
  return {
    play: (name, requests) =>
      play(createSend({ url: server.url + basePathOf(apiOf(mock, name)), ...credentialsOf(setting, name) }), requests),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
