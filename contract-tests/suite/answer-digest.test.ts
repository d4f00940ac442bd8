import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { serveJson } from '../fixtures/serve-json.ts'
import { readChallenge, writeAnswer } from './answer-digest.ts'
import { sendByFetch } from './send-fetch.ts'
import { createSend } from './send-http.ts'
import type { CaseRequest } from './vocabulary.ts'

const partsOf = (header: string): Record<string, string> =>
  Object.fromEntries([...header.matchAll(/(\w+)="?([^",]+)"?/g)].map(([, name, value]) => [name, value]))

describe('an answer to a challenge', () => {
  // RFC 7616, section 3.9.1.
  const CHALLENGES = ['SHA-256', 'MD5']
    .map(
      (algorithm) =>
        `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    )
    .join(', ')
  const target = { method: 'GET', uri: '/dir/index.html' }
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
  const answer = (challenge: string) =>
    partsOf(writeAnswer(readChallenge(challenge) as never, 'Mufasa:Circle of Life', target, 1, cnonce))

  it('is that of the example of RFC 7616, in SHA-256 where both are offered', () => {
    expect(answer(CHALLENGES)).toMatchObject({
      username: 'Mufasa',
      uri: '/dir/index.html',
      nc: '00000001',
      algorithm: 'SHA-256',
      response: '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    })
  })

  it('is in MD5 where nothing else is offered', () => {
    expect(answer(CHALLENGES.slice(CHALLENGES.lastIndexOf('Digest'))).response).toBe('8ca523f5e9506fed4657c9700eebdbec')
  })

  it.each([
    'Basic realm="a"',
    'Digest realm="a"',
    'Digest realm="a", nonce="n", algorithm=SHA-512-256',
    'Digest realm="a", nonce="n", qop="auth-int"',
  ])('is not given to %s', (header) => expect(readChallenge(header)).toBeUndefined())

  it('is given to the one that can be answered among several', () => {
    expect(readChallenge('Basic realm="a, Digest", Digest realm="b", nonce="n\\"1"')?.get('nonce')).toBe('n"1')
  })
})

describe.each([
  ['over HTTP', createSend],
  ['over Fetch', sendByFetch],
] as const)('a run with a pair for Digest, %s', (_, createSender) => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  const request = (more: Partial<CaseRequest> = {}): CaseRequest => ({
    operationId: 'read',
    method: 'GET',
    path: '/things?a=1',
    headers: {},
    ...more,
  })

  /** A server that lets in who knows the password, and takes each nonce as often as told. */
  async function serveDigest(uses = 100) {
    const seen: string[] = []
    let nonce = 1
    let used = 0
    const server = await serveJson(({ method, path, query, headers }) => {
      const { authorization = '' } = headers
      const { username, nonce: own, uri, nc, cnonce, response } = partsOf(authorization)
      const key = sha('ada:here:secret')
      const right = sha(`${key}:${own}:${nc}:${cnonce}:auth:${sha(`${method}:${path}?${query}`)}`)
      const isRight = username === 'ada' && uri === `${path}?${query}` && response === right && own === String(nonce)
      const isIn = isRight && ++used <= uses
      seen.push(`${authorization.split(' ')[0] || 'none'} ${nc ?? ''} ${isIn ? 200 : 401}`)
      if (isIn) return { status: 200 }
      if (used > uses) {
        used = 0
        nonce++
      }
      const challenge = `Digest realm="here", qop="auth", algorithm=SHA-256, nonce="${nonce}"`
      return { status: 401, headers: { 'www-authenticate': challenge } }
    })
    return { server, seen }
  }
  const options = (url: string) => ({
    url: `${url}/base`,
    scheme: { type: 'http', scheme: 'Digest' } as const,
    token: 'ada:secret',
    badToken: 'ada:wrong',
  })
  const send = (url: string, ...requests: CaseRequest[]) => {
    const sender = createSender(options(url))
    return requests.reduce<Promise<number[]>>(
      async (before, one) => [...(await before), (await sender(one, new AbortController().signal)).status],
      Promise.resolve([]),
    )
  }

  it('answers the challenge once, and goes on with its nonce', async () => {
    const { server, seen } = await serveDigest()
    await using _ = server
    expect(await send(server.url, request(), request({ method: 'POST', body: '{}' }), request())).toEqual([
      200, 200, 200,
    ])
    expect(seen).toEqual(['none  401', 'Digest 00000001 200', 'Digest 00000002 200', 'Digest 00000003 200'])
  })

  it('answers the same challenge of two requests that are under way at once', async () => {
    const { server } = await serveDigest()
    await using _ = server
    const sender = createSender(options(server.url))
    const both = await Promise.all([1, 2].map(() => sender(request(), new AbortController().signal)))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
  })

  it('answers a new challenge when the nonce is used up', async () => {
    const { server, seen } = await serveDigest(1)
    await using _ = server
    expect(await send(server.url, request(), request())).toEqual([200, 200])
    expect(seen.at(-1)).toBe('Digest 00000001 200')
  })

  it('is not let in with a wrong password, or without credentials, and does not ask for ever', async () => {
    const { server, seen } = await serveDigest()
    await using _ = server
    expect(await send(server.url, request({ credentials: 'bad' }), request({ credentials: 'none' }))).toEqual([
      401, 401,
    ])
    expect(seen).toHaveLength(3)
  })
})

it('a page, which has no MD5, says so rather than send a password', async () => {
  const [fetch, request] = [vi.fn(), { operationId: 'read', method: 'GET', path: '/', headers: {} }]
  vi.stubGlobal('process', undefined)
  const scheme = { type: 'http', scheme: 'Digest' } as const
  const send = sendByFetch({ url: 'http://localhost', token: 'ada:secret', scheme, fetch })
  const sent = send(request, new AbortController().signal).catch((error: Error) => error.message)
  vi.unstubAllGlobals()
  expect(await sent).toContain('a page cannot answer a challenge of Digest')
  expect(fetch).not.toHaveBeenCalled()
})
