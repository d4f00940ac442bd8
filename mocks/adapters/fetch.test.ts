import { describe, expect, it } from 'vitest'
import { defineApi } from '../api/define-api.ts'
import { createMock } from '../create-mock.ts'
import type { Decision, Reply } from '../engine/vocabulary.ts'

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
