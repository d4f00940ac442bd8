import { describe, expect, it } from 'vitest'
import { sendByFetch } from './send-fetch.ts'
import type { CaseRequest } from './vocabulary.ts'

const REQUEST: CaseRequest = { operationId: 'create', method: 'POST', path: '/users?a=1', headers: {} }
const { signal } = new AbortController()

/** Sends, and gives what an application is handed. */
async function sent(request: Partial<CaseRequest>): Promise<Request> {
  let seen: Request | undefined
  const send = sendByFetch({
    url: 'http://localhost/base/',
    token: 'a:tökén',
    fetch(request) {
      seen = request
      return new Response('{}', { status: 201, headers: { 'x-seen': 'yes' } })
    },
  })
  expect(await send({ ...REQUEST, ...request }, signal)).toMatchObject({
    status: 201,
    headers: { 'x-seen': 'yes' },
    text: '{}',
  })
  return seen as Request
}

describe('sendByFetch', () => {
  it('sends the exact text, with the credential and no header of its own', async () => {
    const request = await sent({ body: '{"name": "Ada ✓"}', headers: { accept: ' text/plain ' } })
    expect([request.method, request.url]).toEqual(['POST', 'http://localhost/base/users?a=1'])
    expect(Object.keys(Object.fromEntries(request.headers))).toEqual(['accept', 'authorization'])
    expect(await request.text()).toBe('{"name": "Ada ✓"}')
  })

  it('encodes another scheme as UTF-8', async () => {
    const { headers } = await sent({ credentials: 'other-scheme' })
    const [, encoded = ''] = headers.get('authorization')?.split('Basic ') ?? []
    expect(Buffer.from(encoded, 'base64').toString()).toBe('user:a:tökén')
  })
})
