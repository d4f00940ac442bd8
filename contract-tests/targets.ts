import { toQuery, writeBody } from '../mocks/adapters/fetch.ts'
import { type Api, basePathOf } from '../mocks/api.ts'
import type { Mock } from '../mocks/mock.ts'
import type { CaseRequest, Send } from './vocabulary.ts'

/** The tokens that a run against our own mock uses. */
export interface Tokens {
  readonly own: string
  readonly bad: string
  readonly second?: string
}

/** The mock itself, without a wire in between. */
export function inMemory(mock: Mock, api: Api, tokens: Tokens): Send {
  const basePath = basePathOf(api)
  return async (request) => {
    const [path = '', search] = request.path.split('?')
    const authorization = authorizationOf(request, tokens)
    const began = performance.now()
    const { reply } = mock.serve({
      method: request.method,
      path: basePath + path,
      headers: { ...request.headers, ...(authorization !== undefined && { authorization }) },
      ...(search !== undefined && { query: toQuery(search) }),
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

function authorizationOf({ credentials = 'own' }: CaseRequest, tokens: Tokens): string | undefined {
  if (credentials === 'none') return undefined
  if (credentials === 'other-scheme') return 'Basic cm9sbGNhbGw6cm9sbGNhbGw='
  return `Bearer ${credentials === 'bad' ? tokens.bad : credentials === 'second' ? tokens.second : tokens.own}`
}
