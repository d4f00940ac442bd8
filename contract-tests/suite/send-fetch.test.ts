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

  const sendTo = (fetch: () => Promise<Response> | Response) =>
    sendByFetch({ url: 'http://localhost', fetch, timeout: 50, maxBytes: 1000 })(REQUEST, signal)

  it('waits for the last byte no longer than it may, also for who does not heed its signal', async () => {
    const late = 'no complete reply within 0.05 s'
    await expect(sendTo(() => new Promise(() => {}))).rejects.toThrow(late)
    await expect(sendTo(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })))).rejects.toThrow(
      late,
    )
  })

  it('reads no more than it may of a body without an end', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(300))
      },
    })
    await expect(sendTo(() => new Response(endless))).rejects.toThrow('the reply is larger than 1000 bytes')
    expect(pulled).toBeLessThan(10)
  })

  it('says so when a reply is not UTF-8', async () => {
    expect(await sendTo(() => new Response(Buffer.from('"\xe9"', 'latin1')))).toMatchObject({
      text: '"\ufffd"',
      isUtf8: false,
    })
    expect(await sendTo(() => new Response('"é"'))).not.toHaveProperty('isUtf8')
  })
})
