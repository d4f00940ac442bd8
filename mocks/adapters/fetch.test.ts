import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defineApi } from '../api/define-api.ts'
import { createMock } from '../create-mock.ts'
import type { Decision, Reply } from '../engine/vocabulary.ts'
import { readApi } from '../read-api.ts'

/** A mock of one operation, `GET /a`, whose behaviour was written carelessly. */
function mockOf(behave: () => Decision) {
  const operation = { id: 'getA', method: 'GET', path: '/a', parameters: [], security: [], replies: {}, failures: [] }
  const api = defineApi({
    ...{ name: 'a', title: 'A', version: '1', servers: [], operations: [operation], validators: {}, examples: {} },
    behaviours: {
      tenantOf: () => '',
      collections: {},
      refuse: ({ message }, status) => ({ status, body: { error: message } }),
      exampleCredential: 'a',
      operations: { getA: behave },
    },
  })
  return createMock({ apis: [api], checkReplies: false })
}

const fetchOnce = async (behave: () => Decision) => {
  const response = await mockOf(behave).fetch(new Request('http://localhost/a'))
  return { status: response.status, text: await response.text() }
}

describe('a reply', () => {
  it.each([204, 205, 304])('of %i has no body, whatever the behaviour gave it', async (status) => {
    expect(await fetchOnce(() => ({ status, body: { a: 1 } }))).toEqual({ status, text: '' })
  })

  it.each<[what: string, reply: Partial<Reply>]>([
    ['a status of four digits', { status: 2000 }],
    ['a status that ends no exchange', { status: 101 }],
    ['a header beyond Latin-1', { headers: { 'content-type': 'text/plain; charset=ž' } }],
    ['a header of two lines', { headers: { 'x-note': 'a\r\nb: c' } }],
    ['a header without a name', { headers: { '': 'a' } }],
    ['a body that cannot be written', { body: { id: 1n } }],
  ])('with %s costs this answer: problem details with the status 500', async (_, reply) => {
    const { status, text } = await fetchOnce(() => ({ status: 200, body: {}, ...reply }) as Decision)
    expect(status).toBe(500)
    expect(JSON.parse(text)).toEqual({
      title: 'Internal Server Error',
      status: 500,
      detail: expect.stringMatching(/^rollcall failed: ./),
    })
  })
})

describe('a body that is no text', () => {
  const document = `
openapi: 3.1.0
info: { title: Files, version: '1' }
paths:
  /files:
    post:
      operationId: keep
      requestBody: { content: { image/png: {}, multipart/form-data: { schema: { type: object, required: [file] } } } }
      responses: { '204': { description: Kept } }
`

  it('arrives with all its bytes, and shows in the journal as their number', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-fetch-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'files.yaml'), document)
    const mock = createMock({ apis: [await readApi(join(folder, 'files.yaml'))] })
    const bytes = Uint8Array.of(0x89, 0x50, 0xff)
    const statusOf = async (init: RequestInit) =>
      (await mock.fetch(new Request('http://mock/files', { method: 'POST', ...init }))).status
    const form = (name: string) => {
      const body = new FormData()
      body.append(name, new Blob([bytes]))
      return body
    }
    expect(await statusOf({ body: bytes, headers: { 'content-type': 'image/png' } })).toBe(204)
    expect(mock.journal.at(-1)?.call.body).toBe('3 bytes')
    expect([await statusOf({ body: form('file') }), await statusOf({ body: form('other') })]).toEqual([204, 400])
  })
})

describe('an order', () => {
  const send = async (order: object, signal?: AbortSignal) => {
    const mock = mockOf(() => ({ status: 200 }))
    mock.failNext({ operationId: 'getA', ...order })
    const began = performance.now()
    const { status } = await mock.fetch(new Request('http://localhost/a', signal ? { signal } : {}))
    return { status, elapsed: performance.now() - began }
  }

  it('to hold a call back does so', async () => {
    const { status, elapsed } = await send({ delay: 120 })
    expect(status).toBe(200)
    expect(elapsed).toBeGreaterThanOrEqual(119)
  })

  it('to drop the connection fails as fetch does', async () => {
    await expect(send({ drop: true })).rejects.toThrow(TypeError)
  })

  it('to time out lasts until the caller goes', async () => {
    await expect(send({ timeout: true }, AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('of somebody who has gone already is waited for by nobody', async () => {
    await expect(send({ timeout: true }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
