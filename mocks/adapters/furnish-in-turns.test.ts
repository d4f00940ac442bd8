import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { listen } from './http-server.ts'

const COUNT = 5600
const SEARCH = { method: 'POST', path: '/v2/mgmt/user/search' }
const JSON_BODY = '{"withTestUser":true,"limit":3}'
const headersOf = (project: string, session = '') => ({
  authorization: `Bearer ${project}:key`,
  'content-type': 'application/json',
  ...(session && { 'x-rollcall-session': session }),
})

async function serve() {
  const mock = createMock({ apis: [descope], users: COUNT })
  const server = await listen(mock, { port: 0, warn: () => {} })
  onTestFinished(() => server.close())
  const answered: string[] = []
  const search = async (project: string, session = '', name = project) => {
    const reply = await fetch(server.url + SEARCH.path, {
      ...SEARCH,
      headers: headersOf(project, session),
      body: JSON_BODY,
    })
    const body = await reply.json()
    answered.push(name)
    return body
  }
  return { mock, server, search, answered }
}

describe('a tenant that starts with very many users', () => {
  it('has those that it would have at once, for all who asked for it meanwhile, and nobody sees a part of them', async () => {
    const { mock, server, search, answered } = await serve()
    const first = search('P2a', '', 'first')
    const second = search('P2a', '', 'second')
    // Neither has a tenant that is being made: one is none of the API, the other none of a project.
    const refused = fetch(`${server.url}/nowhere`).then((reply) => reply.text().then(() => answered.push('refused')))
    const state = fetch(`${server.url}/__rollcall/state`).then(async (reply) => {
      const { apis } = (await reply.json()) as { apis: object }
      answered.push('state')
      return apis
    })
    const bodies = await Promise.all([first, second, refused, state])
    const atOnce = createMock({ apis: [descope], users: COUNT })
    const { body } = atOnce.serve({ ...SEARCH, headers: headersOf('P2a'), text: JSON_BODY }).reply
    expect(bodies[0]).toEqual(body)
    expect(bodies[1]).toEqual(body)
    expect(bodies[0].total).toBe(COUNT)
    expect(bodies[3]).toEqual({})
    expect(new Set(answered.slice(0, 2))).toEqual(new Set(['refused', 'state']))
    expect(mock.snapshot()).toEqual(atOnce.snapshot())
    expect(mock.journal.filter(({ operationId }) => operationId === 'searchUsers').length).toBe(2)
  })

  it('is made for each session, and again after a reset in the midst of it', async () => {
    const { mock, search } = await serve()
    const other = search('P2a', 'other')
    const before = search('P2a')
    // A moment later both are waited for.
    await new Promise((resolve) => setTimeout(resolve, 20))
    mock.reset()
    for (const { total } of await Promise.all([other, before])) expect(total).toBe(COUNT)
    expect(mock.snapshot('other')).toEqual(mock.snapshot())
  })

  it('is made at once for who does not wait', () => {
    const mock = createMock({ apis: [descope], users: COUNT })
    const { status, body } = mock.answer({ ...SEARCH, headers: headersOf('P2a'), body: JSON.parse(JSON_BODY) })
    expect([status, (body as { total: number }).total]).toEqual([200, COUNT])
  })
})
