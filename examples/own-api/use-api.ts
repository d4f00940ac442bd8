/** The API of `define-api.ts` in use: rows and orders that fail, snapshots, and the contract suite on its mock. */
import { fileURLToPath } from 'node:url'
import { createMock } from 'rollcall'
import { loadDocument, sendByFetch, verify } from 'rollcall/contract'
import { members } from './define-api.ts'
import { tellStories } from './tell-stories.ts'

const mock = createMock({ apis: [members], users: { members: [{ email: 'zoe@example.com', name: 'Zoe' }] } })
const create = (...emails: string[]) => {
  const { status, body } = mock.answer({
    method: 'POST',
    path: '/v1/members',
    headers: { authorization: 'Bearer a-club' },
    body: { members: emails.map((email) => ({ email, name: 'Ada' })) },
  })
  const { created = [], failed = [] } = body as { created?: unknown[]; failed?: { code: string }[] }
  return [status, created.length, ...failed.map(({ code }) => code)]
}

console.log('users:', ...create('ada@example.com', 'ZOE@example.com'))
console.log('row:', ...create('bea@example.com', 'email_taken@rollcall.test'))

const snapshot = mock.snapshot()
mock.failNext({ api: 'members', operationId: 'createMembers', status: 500 })
console.log('order:', ...create('cyd@example.com'), ...create('cyd@example.com'))
mock.restore(snapshot)
console.log('restored:', ...create('bea@example.com', 'cyd@example.com'))

const contract = {
  ...(await loadDocument(fileURLToPath(new URL('members.yaml', import.meta.url)))),
  stories: tellStories,
}
const send = sendByFetch({
  url: 'https://club.example.com/v1',
  token: 'a-club',
  badToken: 'invalid',
  secondToken: 'another-club',
  fetch: (request) => mock.fetch(request),
})
const strict = 'assumed'
const { results, leftovers } = await verify({ ...contract, send, strict, hasBadToken: true, hasSecondToken: true })
console.log('story:', results.find((result) => result.case.title === 'an e-mail is taken in any case')?.outcome)
const passed = results.filter(({ outcome }) => outcome === 'pass')
console.log('contract:', passed.length > 50, results.length - passed.length, leftovers.length)
