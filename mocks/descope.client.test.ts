import sdk from '@descope/node-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from './adapters/http-server.ts'
import { createMock } from './create-mock.ts'
import { descope } from './descope.ts'
import { dynamic } from './dynamic.ts'
import type { Call } from './engine/vocabulary.ts'
import { royalti } from './royalti.ts'

const PROJECT = 'P2clientAcceptance'
const mock = createMock({ apis: [dynamic, royalti, descope] })
const calls: Call[] = []
let server: Listening
let user: ReturnType<typeof open>['management']['user']

const open = (managementKey = 'management-key', projectId = PROJECT) =>
  sdk({ projectId, managementKey, baseUrl: server.url })

beforeAll(async () => {
  server = await listen(mock, { port: 0, onAnswer: (call) => void calls.push(call) })
  user = open().management.user
})
afterAll(() => server.close())
beforeEach(() => mock.reset())

const AMARA = {
  loginIdOrUserId: 'amara@example.com',
  phone: '+1-555-555-5555',
  displayName: 'Amara Okonkwo',
  roles: ['Editor', 'Billing'],
  userTenants: [{ tenantId: 'T1', roleNames: ['Owner'] }],
  customAttributes: { department: 'Field', badge: 4711 },
  additionalLoginIds: ['okonkwo.amara'],
  password: 'correct horse battery staple',
  status: 'enabled' as const,
}
const LEA = { loginIdOrUserId: 'lea@example.com', displayName: 'Léa Dubois' }

const NOT_FOUND = {
  ok: false,
  code: 404,
  error: { errorCode: 'E112102', errorDescription: 'User not found', errorMessage: 'Cannot find user' },
}

async function create(...rows: Parameters<typeof user.createBatch>[0]) {
  const { data } = await user.createBatch(rows)
  expect(data?.failedUsers).toEqual([])
  return data?.createdUsers ?? []
}

/** A second may begin between two calls. */
const ANY_TIME = { modifiedTime: expect.any(Number) }

describe('@descope/node-sdk, by base URL alone', () => {
  it('asks for a licence first, is told 404 in the shape of its API, and works on', async () => {
    calls.length = 0
    const client = open()
    expect((await client.management.user.search({})).ok).toBe(true)
    await expect.poll(() => calls.map(({ path }) => path)).toContain('/v1/mgmt/license')
    const reply = await fetch(`${server.url}/v1/mgmt/license`)
    expect([reply.status, await reply.json()]).toMatchObject([404, { errorCode: expect.stringMatching(/^E\d{6}$/) }])
  })

  it('createBatch: creates users and shows them as the client types them', async () => {
    const reply = await user.createBatch([AMARA, LEA])
    expect(reply).toMatchObject({ ok: true, code: 200, data: { failedUsers: [], additionalErrors: {} } })
    expect(reply.data?.createdUsers).toMatchObject([
      {
        loginIds: ['amara@example.com', 'okonkwo.amara'],
        userId: expect.stringMatching(/^U2/),
        name: 'Amara Okonkwo',
        email: 'amara@example.com',
        verifiedEmail: true,
        phone: '+15555555555',
        verifiedPhone: true,
        roleNames: ['Editor', 'Billing'],
        userTenants: [{ tenantId: 'T1', roleNames: ['Owner'] }],
        customAttributes: { department: 'Field', badge: 4711 },
        status: 'enabled',
        password: true,
      },
      { loginIds: ['lea@example.com'], name: 'Léa Dubois', status: 'invited', password: false },
    ])
    expect(mock.outbox).toEqual([])
  })

  it('createBatch: is ok when some or all rows failed, and names them', async () => {
    await create(LEA)
    const some = await user.createBatch([LEA, AMARA, AMARA])
    const failure = 'A login ID is already in use'
    expect(some).toMatchObject({ ok: true, code: 200 })
    expect(some.data?.createdUsers.map(({ name }) => name)).toEqual(['Amara Okonkwo'])
    expect(some.data?.failedUsers).toMatchObject([
      { failure, user: { loginIds: ['lea@example.com'] } },
      { failure, user: { loginIds: ['amara@example.com', 'okonkwo.amara'] } },
    ])
    const all = await user.createBatch([LEA])
    expect(all).toMatchObject({ ok: true, data: { createdUsers: [], failedUsers: [{ failure }] } })
  })

  it.each<[title: string, rows: object[], errorCode: string]>([
    ['an empty list', [], 'E011002'],
    ['a status that is none', [{ ...LEA, status: 'active' }], 'E011003'],
    ['a password in two formats', [{ ...LEA, hashedPassword: { md5: {}, bcrypt: {} } }], 'E011003'],
  ])('createBatch: is refused as a whole for %s', async (_, rows, errorCode) => {
    const reply = await user.createBatch(rows as never)
    expect(reply).toMatchObject({ ok: false, code: 400, error: { errorCode } })
  })

  it('createBatch: takes hashed passwords', async () => {
    const hash = '$2a$10$erB5dESMt6duLd/ZyhVvSHP2OO..YZTTjmXYVXvkAszTQfGok.pGl'
    expect(await create({ ...LEA, hashedPassword: { bcrypt: { hash } } })).toMatchObject([{ password: true }])
  })

  it('inviteBatch: creates users and sends them messages', async () => {
    const url = 'https://app.example.com/welcome'
    const reply = await user.inviteBatch([AMARA, LEA], url, true, true)
    expect(reply.data?.createdUsers).toHaveLength(2)
    expect(mock.outbox).toMatchObject([
      { to: 'amara@example.com', url, tenant: PROJECT, api: 'descope' },
      { to: '+15555555555', url },
      { to: 'lea@example.com', url },
    ])
  })

  it('inviteBatch: invites a user again by user ID, and no failed row', async () => {
    const [lea] = await create(LEA)
    const again = await user.inviteBatch([{ loginIdOrUserId: lea?.userId ?? '' }, LEA])
    expect(again.data?.createdUsers.map(({ userId }) => userId)).toEqual([lea?.userId])
    expect(again.data?.failedUsers).toHaveLength(1)
    expect(mock.outbox.map(({ to }) => to)).toEqual(['lea@example.com'])
  })

  it('patch: changes what is sent and keeps the rest', async () => {
    const [before] = await create(AMARA)
    const changes = { displayName: 'A. O.', customAttributes: { remote: true }, status: 'disabled' as const }
    const reply = await user.patch('okonkwo.amara', changes)
    const customAttributes = { department: 'Field', badge: 4711, remote: true }
    expect(reply).toMatchObject({ ok: true, code: 200 })
    expect(reply.data).toMatchObject({ ...before, ...ANY_TIME, name: 'A. O.', status: 'disabled', customAttributes })
    expect((await user.load('amara@example.com')).data).toEqual(reply.data)
  })

  it('patch: clears the roles with an empty list, by user ID as well, and nothing else', async () => {
    const [before] = await create(AMARA)
    const reply = await user.patch(before?.userId ?? '', { roles: [] })
    expect(reply.data).toMatchObject({ ...before, ...ANY_TIME, roleNames: [] })
  })

  it('patchBatch: changes each user it can, and says why it cannot change another', async () => {
    const [before] = await create(AMARA, LEA)
    const reply = await user.patchBatch([
      { loginIdOrUserId: 'okonkwo.amara', displayName: 'A. O.', roles: [] },
      { loginIdOrUserId: 'nobody@example.com', displayName: 'Nobody' },
      { loginIdOrUserId: 'lea@example.com', status: 'disabled' },
    ])
    expect(reply).toMatchObject({ ok: true, code: 200 })
    expect(reply.data?.patchedUsers).toMatchObject([
      { ...before, ...ANY_TIME, name: 'A. O.', roleNames: [] },
      { loginIds: ['lea@example.com'], name: 'Léa Dubois', status: 'disabled' },
    ])
    expect(reply.data?.failedUsers).toMatchObject([
      { failure: 'Cannot find user', user: { loginIds: ['nobody@example.com'], name: 'Nobody', userId: '' } },
    ])
    expect((await user.load('amara@example.com')).data).toEqual(reply.data?.patchedUsers[0])
  })

  it('inviteBatch: leaves the invitation in the outbox', async () => {
    const reply = await user.inviteBatch([LEA], 'https://app.example.com/welcome', true)
    expect(reply.data?.createdUsers).toMatchObject([{ status: 'invited' }])
    expect(mock.outbox).toMatchObject([
      { to: 'lea@example.com', api: 'descope', tenant: PROJECT, url: 'https://app.example.com/welcome' },
    ])
  })

  it('patch: is refused an identifier of another user', async () => {
    await create(AMARA, LEA)
    const reply = await user.patch('lea@example.com', { displayName: 'L', additionalIdentifiers: ['okonkwo.amara'] })
    expect(reply).toMatchObject({ ok: false, code: 400, error: { errorCode: 'E111127' } })
    expect((await user.load('lea@example.com')).data?.name).toBe('Léa Dubois')
  })

  it('update: removes what is absent; user ID, login IDs and status stay', async () => {
    const [before] = await create(AMARA)
    const { data } = await user.update('amara@example.com', { email: 'new@example.com', displayName: 'A. O.' })
    expect(data).toMatchObject({ email: 'new@example.com', name: 'A. O.', phone: '', roleNames: [], userTenants: [] })
    expect(data).toMatchObject({ customAttributes: {}, status: 'enabled', userId: before?.userId })
    expect(data?.loginIds).toEqual(before?.loginIds)
  })

  it('load and loadByUserId: show the same user', async () => {
    const [amara] = await create(AMARA, LEA)
    for (const loginId of ['amara@example.com', 'okonkwo.amara', amara?.userId ?? '']) {
      expect((await user.load(loginId)).data).toEqual(amara)
    }
    expect((await user.loadByUserId(amara?.userId ?? '')).data).toEqual(amara)
  })

  it.each<[title: string, search: Parameters<typeof user.search>[0], want: string[]]>([
    ['everybody', {}, ['amara@example.com', 'lea@example.com']],
    ['roles', { roles: ['Editor'] }, ['amara@example.com']],
    ['text', { text: 'dubois' }, ['lea@example.com']],
    [
      'statuses, tenants and phones',
      { statuses: ['enabled'], tenantIds: ['T1'], phones: ['+1 555 555 5555'] },
      ['amara@example.com'],
    ],
    ['a page, sorted', { limit: 1, page: 1, sort: [{ field: 'email', desc: true }] }, ['amara@example.com']],
    ['test users alone', { testUsersOnly: true }, ['tester']],
  ])('search: finds %s', async (_, search, want) => {
    await create(AMARA, LEA, { loginIdOrUserId: 'tester', test: true })
    const { data } = await user.search(search)
    expect(data?.users.map(({ loginIds }) => loginIds[0])).toEqual(want)
  })

  it('delete and deleteByUserId: remove a user', async () => {
    const [, lea] = await create(AMARA, LEA)
    expect(await user.delete('okonkwo.amara')).toMatchObject({ ok: true, code: 200 })
    expect(await user.deleteByUserId(lea?.userId ?? '')).toMatchObject({ ok: true, code: 200 })
    expect((await user.search({})).data).toEqual({ users: [], total: 0 })
  })

  it('deleteBatch: removes users by user ID, and refuses an empty list', async () => {
    const [amara, lea] = await create(AMARA, LEA)
    expect(await user.deleteBatch([amara?.userId ?? '', 'U2ghost'])).toMatchObject({ ok: true, code: 200 })
    expect((await user.search({})).data?.users).toEqual([lea])
    expect(await user.deleteBatch([])).toMatchObject({ ok: false, code: 400, error: { errorCode: 'E011002' } })
  })

  it('tells a user that is not found from other errors, in every call on one user', async () => {
    await create(LEA)
    const replies = [user.load('ghost'), user.loadByUserId('U2ghost'), user.patch('ghost', {}), user.delete('ghost')]
    for (const reply of await Promise.all([...replies, user.update('ghost', {})]))
      expect(reply).toMatchObject(NOT_FOUND)
  })

  it('is refused with a wrong credential', async () => {
    const reply = await open('').management.user.search({})
    expect(reply).toMatchObject({ ok: false, code: 401, error: { errorCode: 'E111119' } })
  })

  it('sees its own project alone', async () => {
    await create(LEA)
    const other = open('management-key', 'P2another').management.user
    expect(await other.load('lea@example.com')).toMatchObject(NOT_FOUND)
    expect((await other.createBatch([LEA])).data?.createdUsers).toHaveLength(1)
  })
})
