import { toQuery, writeBody } from '../mocks/adapters/fetch.ts'
import { type Api, basePathOf } from '../mocks/api.ts'
import type { Mock } from '../mocks/mock.ts'
import { BEARER, type CredentialScheme, carry } from './send-http-credentials.ts'
import type { Send } from './vocabulary.ts'

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
export function inMemory(
  mock: Mock,
  api: Api,
  tokens: Tokens,
  schemes: ReadonlyMap<string, CredentialScheme> = new Map(),
): Send {
  const basePath = basePathOf(api)
  const credentials = { token: tokens.own, badToken: tokens.bad, secondToken: tokens.second }
  return async (request) => {
    const scheme = schemes.get(request.operationId) ?? BEARER
    const carried = carry(request.credentials ?? 'own', scheme, credentials)
    const [path = '', own] = request.path.split('?')
    const search = [own, carried.query].filter((part) => part !== undefined).join('&')
    const began = performance.now()
    const { reply } = mock.serve({
      method: request.method,
      path: basePath + path,
      headers: { ...request.headers, ...carried.headers },
      ...(search !== '' && { query: toQuery(search) }),
      ...(request.body !== undefined && { text: request.body }),
    })
    return {
      status: reply.status,
      headers: reply.headers,
      text: writeBody(reply) ?? '',
      duration: performance.now() - began,
    }
  }
}
