import { toQuery } from '../../mocks/adapters/fetch.ts'
import { writeAnswer } from '../../mocks/adapters/write-answer.ts'
import { type Api, basePathOf } from '../../mocks/api/api.ts'
import type { Mock } from '../../mocks/api/mock.ts'
import { createMock } from '../../mocks/create-mock.ts'
import { bytesOf } from '../suite/read-rows.ts'
import { type Schemes, schemesFor, withCredentials } from '../suite/send-http-credentials.ts'
import type { Send } from '../suite/vocabulary.ts'

/** The tokens that a run against our own mock uses. */
export interface Tokens {
  readonly own: string
  readonly bad: string
  readonly second?: string
}

/**
 * The mock itself, without a wire in between.
 * @param schemes how the credential travels, by operationId; left out: as a bearer token
 */
export function inMemory(mock: Mock, api: Api, tokens: Tokens, schemes?: Schemes): Send {
  const basePath = basePathOf(api)
  const credentials = { token: tokens.own, badToken: tokens.bad, secondToken: tokens.second }
  return async (request) => {
    const { headers, ...head } = withCredentials(request, {}, schemesFor(request.operationId, schemes), credentials)
    const [path = '', search = ''] = head.path.split('?')
    const began = performance.now()
    const answer = mock.serve({
      method: request.method,
      path: basePath + path,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(search !== '' && { search, query: toQuery(search) }),
      ...(request.body !== undefined && (request.isBytes ? { bytes: bytesOf(request) } : { text: request.body })),
    })
    return {
      status: answer.reply.status,
      headers: answer.reply.headers,
      // A mock of a document may send bytes.
      text: Buffer.from(writeAnswer(answer) ?? '').toString(),
      duration: performance.now() - began,
    }
  }
}

/** Good servers in memory, each with a mock and a state of its own; and their credentials. */
export function inMemoryField(api: Api, schemes: Schemes) {
  const tokens = { own: OWN_TOKEN, bad: 'invalid', second: 'second:token' }
  return {
    token: OWN_TOKEN,
    hasBadToken: true,
    makeSend: (): Send =>
      inMemory(createMock({ apis: [api], seed: 'selftest', clock: makeClock() }), api, tokens, schemes),
  }
}

/** Tells the time, and never the same time twice: as on a wire, some of it passes between two calls. */
function makeClock(): () => Date {
  let last = 0
  return () => new Date((last = Math.max(Date.now(), last + 1)))
}

/** The colon: some vendors' credentials have two parts. Nothing else in a reply looks like it. */
const OWN_TOKEN = 'own7c41:credential7c41'
