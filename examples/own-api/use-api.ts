/** The API of `define-api.ts` in use: rows and orders that fail, commits, snapshots, and the contract suite on its mock. */
import { fileURLToPath } from 'node:url'
import { type BodyOf, createMock } from 'rollcall'
import { loadDocument, sendByFetch, verify } from 'rollcall/contract'
import { members } from './define-api.ts'
import type { operations } from './generated/types.ts'
import { tellStories } from './tell-stories.ts'

const mock = createMock({ apis: [members], users: { members: [{ email: 'zoe@example.com', name: 'Zoe' }] } })
const call = (method: string, path: string, body?: unknown) =>
  mock.answer({ method, path: `/v1${path}`, headers: { authorization: 'Bearer a-club' }, body })

const create = (...emails: string[]) => {
  const { status, body } = call('POST', '/members', { members: emails.map((email) => ({ email, name: 'Ada' })) })
  const { created = [], failed = [] } = body as Partial<BodyOf<operations['createMembers'], 201>>
  return { created, said: [status, created.length, ...failed.map(({ code }) => code)] }
}

console.log('users:', ...create('ada@example.com', 'ZOE@example.com').said)
const bea = create('bea@example.com', 'email_taken@rollcall.test')
console.log('row:', ...bea.said)

mock.failNext({ api: 'members', operationId: 'createMembers', status: 500 })
mock.failNext({ api: 'members', operationId: 'createMembers', failure: 'email_taken' })
const [refused, struck] = [create('cyd@example.com'), create('cyd@example.com')]
console.log('orders:', ...refused.said, ...struck.said, ...create('cyd@example.com').said)

// A commit is what one call has changed, in both collections.
const end = mock.subscribe(({ commit }) => {
  const changes = commit?.changes.map(({ collection, after }) => (after ? `+${collection}` : `-${collection}`))
  console.log('commit:', ...(changes ?? ['all']), ...(commit?.messages.map(({ to }) => to) ?? []))
})
const member = `/members/${bea.created[0]?.id}`
for (const book of ['Emma', 'Middlemarch']) call('POST', `${member}/loans`, { book })

const snapshot = mock.snapshot()
const [club = {}] = Object.values(snapshot.apis['members'] ?? {})
console.log('snapshot:', snapshot.version, ...Object.entries(club).map(([name, { length }]) => `${length} ${name}`))
console.log('removed:', call('DELETE', member).status, call('GET', `${member}/loans`).status)
mock.restore(snapshot)
const { loans } = call('GET', `${member}/loans`).body as BodyOf<operations['listLoans'], 200>
console.log('restored:', ...loans.map(({ book }) => book))
end()

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
const told = ['createMembers/stories/any-case', 'deleteMember/stories/loans-go']
console.log('stories:', ...results.filter((one) => told.includes(one.case.id)).map(({ outcome }) => outcome))
const passed = results.filter(({ outcome }) => outcome === 'pass')
console.log('contract:', passed.length > 100, results.length - passed.length, leftovers.length)
