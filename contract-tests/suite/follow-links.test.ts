import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentOf } from '../fixtures/inline-document.ts'
import { evaluateAll, followLink } from './follow-links.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

const request: CaseRequest = {
  operationId: 'create',
  method: 'POST',
  path: '/tenants/t1/things?dry=yes',
  params: { tenant: 't1' },
  headers: { 'x-trace': 'abc' },
  body: JSON.stringify({ users: [{ email: 'a@b' }, { name: 'none' }, { email: 'c@d' }] }),
}
const replyOf = (body: Json, headers = {}): JudgedReply => ({
  status: 201,
  headers,
  text: JSON.stringify(body),
  duration: 1,
  body,
})
const reply = replyOf({ created: [{ id: 'one', 'odd/name': 1 }, { id: 'two' }], none: [] }, { location: '/things/one' })

const linkOf = (link: Json) => {
  const responses = { '201': { description: 'Created', links: { next: { operationId: 'read', ...link } } } }
  const read = { get: { operationId: 'read', 'x-role': 'read-back', responses: { '200': { description: 'One' } } } }
  const [found] = documentOf({ type: 'object' }, { responses }, { '/things/{id}': read }).links
  if (!found) throw new Error('no link')
  return found
}
const follow = (link: Json, body = reply) => followLink(linkOf(link), { request, reply: body })

describe('links', () => {
  it('say where they lead and what that is for', () => {
    expect(linkOf({})).toMatchObject({ name: 'next', from: 'create', to: 'read', role: 'read-back' })
  })

  it('take values from every part of the request and the reply', () => {
    const source = { request, reply }
    expect(evaluateAll('$request.path.tenant', source)).toBe('t1')
    expect(evaluateAll('$request.query.dry', source)).toBe('yes')
    expect(evaluateAll('$request.header.X-Trace', source)).toBe('abc')
    expect(evaluateAll('$request.body#/users/2/email', source)).toBe('c@d')
    expect(evaluateAll('$response.header.Location', source)).toBe('/things/one')
    expect(evaluateAll('$response.body#/created/0/odd~1name', source)).toBe(1)
    expect(evaluateAll('$response.body', source)).toBe(reply.body)
    expect(evaluateAll('$request.body', source)).toEqual(JSON.parse(request.body ?? ''))
    expect(evaluateAll({ deep: ['$response.body#/created/1/id', 'plain', 7] }, source)).toEqual({
      deep: ['two', 'plain', 7],
    })
  })

  it('are followed once for each item of their list', () => {
    const each = follow({
      parameters: { id: '$response.body#/created/0/id' },
      'x-each': '/created',
      'x-shows': { '/id': '$response.body#/created/0/id' },
    })
    expect(each.map(({ parameters, shows }) => [parameters, shows])).toEqual([
      [{ id: 'one' }, { '/id': 'one' }],
      [{ id: 'two' }, { '/id': 'two' }],
    ])
  })

  it('are followed once for each item of a reply that is a list', () => {
    const list = replyOf([{ id: 'one' }, { id: 'two' }])
    for (const each of ['', '$response.body', '$response.body#']) {
      const found = follow({ parameters: { id: '$response.body#/0/id' }, 'x-each': each }, list)
      expect(found.map(({ parameters }) => parameters['id'])).toEqual(['one', 'two'])
    }
  })

  it('say of each item what they say of the first, and of nothing that only begins alike', () => {
    const all = Array.from({ length: 12 }, (_, at) => `item ${at}`)
    const each = follow({ parameters: { id: '$response.body#/all/0' }, 'x-each': '/all' }, replyOf({ all }))
    expect(each.map(({ parameters }) => parameters['id'])).toEqual(all)
    expect(follow({ parameters: { id: '$response.body#/all/01' }, 'x-each': '/all' }, replyOf({ all }))).toEqual([])
  })

  it('leave out an item that does not say what they need', () => {
    const each = follow({ parameters: { q: '$request.body#/users/0/email' }, 'x-each': '$request.body#/users' })
    expect(each.map(({ parameters }) => parameters['q'])).toEqual(['a@b', 'c@d'])
  })

  it('lead nowhere from an empty list, a missing value, or a reply that is no JSON', () => {
    expect(follow({ parameters: { id: '$response.body#/none/0/id' }, 'x-each': '/none' })).toEqual([])
    expect(follow({ parameters: { id: '$response.body#/nothing' } })).toEqual([])
    expect(follow({ requestBody: { ids: ['$response.body#/nothing'] } })).toEqual([])
    expect(follow({ parameters: { id: '$response.body#/id' } }, replyOf(undefined))).toEqual([])
  })

  it('fill a body, also deep inside', () => {
    const [one] = follow({ requestBody: { ids: ['$response.body#/created/0/id'], sure: true } })
    expect(one?.body).toEqual({ ids: ['one'], sure: true })
  })
})
