import { describe, expect, it } from 'vitest'
import { createMock } from '../mocks/create-mock.ts'
import { dynamic } from '../mocks/dynamic.ts'
import { loadDocument } from './load-document.ts'
import { inMemory } from './targets.ts'
import { verify } from './verify.ts'
import type { CaseReply, Send } from './vocabulary.ts'

const { document } = await loadDocument('dynamic')
const params = { environmentId: '95b11417-f18f-457f-8804-68e361f9164f' }

/** The case whose second creation is refused, on the mock with another reply to it. */
async function verifyTwice(spoil: (reply: CaseReply) => CaseReply) {
  const send = inMemory(createMock({ apis: [dynamic] }), dynamic, { own: 'any', bad: 'invalid' })
  let creations = 0
  const spoiled: Send = async (request, signal) => {
    const reply = await send(request, signal)
    return request.operationId === 'bulkCreateUser' && ++creations === 2 ? spoil(reply) : reply
  }
  const only = 'bulkCreateUser/failures/email_already_exists'
  const { results } = await verify({ document, name: 'dynamic', params, only, send: spoiled })
  return results[0]
}

describe('a breach', () => {
  it.each<[what: string, spoil: (reply: CaseReply) => CaseReply]>([
    ['a rule of the case', (reply) => ({ ...reply, text: reply.text.replaceAll('email_already_exists', 'other') })],
    ['a rule of every reply', (reply) => ({ ...reply, headers: { 'content-type': 'text/plain' } })],
    [
      'no answer',
      () => {
        throw new Error('gone')
      },
    ],
  ])('says which exchange showed it: %s', async (_, spoil) => {
    const result = await verifyTwice(spoil)
    expect(result?.outcome).toBe('fail')
    expect(result?.exchanges).toHaveLength(2)
    expect(result?.breaches.map(({ exchange }) => exchange)).toContain(1)
    expect(result?.breaches.map(({ exchange }) => exchange)).not.toContain(0)
  })
})
