import { describe, expect, it } from 'vitest'
import { createMock } from '../create-mock.ts'
import type { Call, Query } from '../index.ts'
import { type components, royalti } from '../royalti.ts'

type Schemas = components['schemas']
type Row = Schemas['NewUser']

const FIRST_DAY = '2026-11-02T09:15:30.412Z'
const TOKEN = 'RWAK-3f1c-example'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const NOBODY = '0a000000-0000-4000-8000-0000000000ff'

const bearer = (token = TOKEN) => ({ authorization: `Bearer ${token}` })

/** A token in the form of a JWT; nobody checks its signature. */
const jwt = (claims: unknown) =>
  ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

/** A mock with a clock that is set by hand, and one function per operation. */
function openWorkspace() {
  let now = FIRST_DAY
  const mock = createMock({ apis: [royalti], clock: () => new Date(now) })
  const create = (rows: readonly Row[], more: Partial<Schemas['BulkCreateRequest']> = {}, token?: string) => {
    const body = { users: rows, ...more }
    const reply = mock.answer({ method: 'POST', path: '/user/bulk', headers: bearer(token), body })
    expect(reply).toMatchObject({ status: 201 })
    return reply.body as Schemas['BulkCreateReply']
  }
  const list = (query: Query = {}, token?: string) =>
    mock.answer({ method: 'GET', path: '/user/', query, headers: bearer(token) }).body as Schemas['UserList']
  const get = (id: string, token?: string) =>
    mock.answer({ method: 'GET', path: `/user/${id}`, headers: bearer(token) })
  return {
    mock,
    setClock: (instant: string) => void (now = instant),
    create,
    list,
    get,
    find: (q: string) => get(list({ q }).Users[0]?.id as string).body as Schemas['User'],
    remove: (ids: readonly string[], token?: string) =>
      mock.answer({ method: 'POST', path: '/user/bulk/delete', headers: bearer(token), body: { ids } }),
  }
}

const ZOE: Row = { firstName: 'Zoë', lastName: 'Lindqvist', email: 'zoe@example.com' }
const CHINEDU: Row = { firstName: 'Chinedu', lastName: 'Okafor', email: 'chinedu@example.com' }

describe('bulk creation', () => {
  it('names the created users and the refused rows, in the order of the rows', () => {
    const { create } = openWorkspace()
    create([CHINEDU])
    expect(
      create([
        { firstName: 'André', lastName: 'Núñez', email: 'andre' },
        ZOE,
        CHINEDU,
        { firstName: '陽菜', lastName: '佐藤', email: 'hina@example.jp' },
        { firstName: 'Jake', lastName: 'Roe', email: 'jake@' },
        { firstName: 'Zo', lastName: 'L', email: 'zoe@example.com' },
      ]),
    ).toEqual({
      message: 'Done.',
      createdUsers: ['Zoë Lindqvist', '陽菜 佐藤'],
      processedCount: 4,
      errors: [
        'Invalid email format for André Núñez',
        'User Chinedu Okafor already associated with workspace!',
        'Invalid email format for Jake Roe',
        'User Zo L already associated with workspace!',
      ],
    })
  })

  it.each<{ given: string; rows: Row[]; created: number; processed: number; errors: number }>([
    { given: 'no rows', rows: [], created: 0, processed: 0, errors: 0 },
    { given: 'a new row', rows: [ZOE], created: 1, processed: 1, errors: 0 },
    { given: 'a row already associated', rows: [CHINEDU], created: 0, processed: 1, errors: 1 },
    { given: 'a row with a bad e-mail', rows: [{ email: 'no' }], created: 0, processed: 0, errors: 1 },
    // The vendor's own sample: 2 created, 1 already associated, 2 bad e-mails, 3 processed.
    {
      given: "the vendor's sample",
      rows: [
        { email: 'john@example.com' },
        { email: 'jericho@example.com' },
        CHINEDU,
        { email: 'jacob' },
        { email: 'jake' },
      ],
      created: 2,
      processed: 3,
      errors: 3,
    },
  ])('counts created and already associated rows as processed: $given', ({ rows, created, processed, errors }) => {
    const { create } = openWorkspace()
    create([CHINEDU])
    const reply = create(rows)
    expect([reply.createdUsers.length, reply.processedCount, reply.errors.length]).toEqual([created, processed, errors])
  })

  it.each(['zoe@example.com', 'ZOE@Example.COM'])(
    'keeps an e-mail unique in the workspace, whatever its case: %s',
    (email) => {
      const { create, list } = openWorkspace()
      create([{ ...ZOE, email: 'Zoe@example.com' }])
      expect(create([{ firstName: 'Z', lastName: 'L', email }])).toMatchObject({
        createdUsers: [],
        errors: ['User Z L already associated with workspace!'],
      })
      expect(list().Users.map((user) => user.email)).toEqual(['Zoe@example.com'])
    },
  )

  it('sees in a row the rows before it', () => {
    const { create, list } = openWorkspace()
    expect(create([ZOE, { ...ZOE, email: 'ZOE@EXAMPLE.COM' }, ZOE])).toEqual({
      message: 'Done.',
      createdUsers: ['Zoë Lindqvist'],
      processedCount: 3,
      errors: Array(2).fill('User Zoë Lindqvist already associated with workspace!'),
    })
    expect(list().totalUsers).toBe(1)
  })

  it('always makes a new user of a row without e-mail', () => {
    const { create, list } = openWorkspace()
    const row = { firstName: 'Zoë', lastName: 'Lindqvist', phone: '+46701740605' }
    expect(create([row, row])).toMatchObject({ createdUsers: ['Zoë Lindqvist', 'Zoë Lindqvist'], processedCount: 2 })
    create([row, {}])
    expect(new Set(list().Users.map(({ id }) => id)).size).toBe(4)
  })

  it.each<{ row: Row; name: string }>([
    { row: { firstName: 'Zoë', lastName: 'Lindqvist' }, name: 'Zoë Lindqvist' },
    { row: { firstName: 'Zoë' }, name: 'Zoë' },
    { row: { lastName: 'Lindqvist' }, name: 'Lindqvist' },
    { row: { firstName: '', lastName: 'Lindqvist' }, name: 'Lindqvist' },
    { row: { nickName: 'zolind' }, name: '' },
    { row: { firstName: "O'Brien", lastName: '𐐀' }, name: "O'Brien 𐐀" },
    { row: { firstName: '$&', lastName: "$1 $$ $'" }, name: "$& $1 $$ $'" },
    { row: { firstName: '{firstName} {lastName}' }, name: '{firstName} {lastName}' },
  ])('calls $row "$name", in every text', ({ row, name }) => {
    const { create } = openWorkspace()
    create([ZOE])
    expect(create([row, { ...row, email: 'zoe@example.com' }, { ...row, email: 'no' }])).toMatchObject({
      createdUsers: [name],
      errors: [`User ${name} already associated with workspace!`, `Invalid email format for ${name}`],
    })
  })

  it.each([
    'a@b.co',
    'first.last+tag@sub.example.com',
    "o'brien@example.ie",
    'hina@例え.jp',
    'josé@example.com',
    `${'a'.repeat(242)}@example.com`,
  ])('takes %s for an e-mail address', (email) => {
    expect(openWorkspace().create([{ email }]).errors).toEqual([])
  })

  it.each([
    '',
    ' ',
    'zoe',
    'zoe@',
    '@example.com',
    'zoe@example',
    'zoe@@example.com',
    'zoe lind@example.com',
    ' zoe@example.com',
    'zoe@example.com\n',
    '.zoe@example.com',
    'zoe.@example.com',
    'zo..e@example.com',
    'zoe@.com',
    'zoe@example..com',
    `${'a'.repeat(243)}@example.com`,
  ])('takes %j for none: the row fails, not the request', (email) => {
    const { create, list } = openWorkspace()
    expect(create([{ firstName: 'Z', lastName: 'L', email }, ZOE])).toMatchObject({
      createdUsers: ['Zoë Lindqvist'],
      errors: ['Invalid email format for Z L'],
    })
    expect(list().totalUsers).toBe(1)
  })

  it('frees an e-mail when its user is deleted', () => {
    const { create, list, remove } = openWorkspace()
    create([ZOE])
    const id = list().Users[0]?.id as string
    remove([id])
    expect(create([ZOE]).createdUsers).toEqual(['Zoë Lindqvist'])
    expect(list().Users[0]?.id).not.toBe(id)
  })

  it('takes a large batch', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ email: `user-${index}@example.com` }))
    const { create, list } = openWorkspace()
    expect(create(rows)).toMatchObject({ processedCount: 1000, errors: [] })
    expect(list().totalUsers).toBe(1000)
  })
})

describe('an invitation', () => {
  it.each([undefined, true])('goes to each created user with an e-mail when sendEmail is %s', (sendEmail) => {
    const { mock, create, find } = openWorkspace()
    create([ZOE])
    create([{ firstName: 'Mail', lastName: 'Less' }, CHINEDU, ZOE, { email: 'no' }], {
      ...(sendEmail !== undefined && { sendEmail }),
      redirect_url: 'https://app.example.com/welcome',
      message: 'Welcome!',
    })
    expect(mock.outbox).toEqual([
      { to: 'zoe@example.com', at: FIRST_DAY, api: 'royalti', tenant: expect.any(String), userId: find('zoe').id },
      {
        to: 'chinedu@example.com',
        at: FIRST_DAY,
        api: 'royalti',
        tenant: expect.any(String),
        userId: find('chinedu').id,
        url: 'https://app.example.com/welcome',
        message: 'Welcome!',
      },
    ])
  })

  it('is seen when the user is read back', () => {
    const { create, find } = openWorkspace()
    create([ZOE])
    expect(find('zoe').invite).toEqual({ id: expect.stringMatching(UUID), status: 'invited', date: FIRST_DAY })
  })

  it('is not sent when sendEmail is false', () => {
    const { mock, create, find } = openWorkspace()
    create([ZOE], { sendEmail: false, message: 'Welcome!' })
    expect(mock.outbox).toEqual([])
    expect(find('zoe').invite).toBeNull()
  })

  it('is not sent to a user without e-mail', () => {
    const { mock, create, find } = openWorkspace()
    create([{ firstName: 'Mail', lastName: 'Less' }])
    expect(mock.outbox).toEqual([])
    expect(find('mail').invite).toBeNull()
  })

  it('stays as it was when the same e-mail is sent again', () => {
    const { mock, create, find, setClock } = openWorkspace()
    create([ZOE])
    const { invite } = find('zoe')
    setClock('2026-11-03T00:00:00.000Z')
    create([ZOE])
    expect(mock.outbox).toHaveLength(1)
    expect(find('zoe').invite).toEqual(invite)
  })
})

describe('a workspace', () => {
  it.each<{ what: string; one: string; other: string }>([
    { what: 'two tokens', one: 'RWAK-one', other: 'RWAK-two' },
    { what: 'the claim workspaceId', one: jwt({ workspaceId: 1 }), other: jwt({ workspaceId: 2 }) },
    { what: 'the claim tenantId', one: jwt({ tenantId: 'a' }), other: jwt({ tenantId: 'b' }) },
    {
      what: 'workspaceId before tenantId',
      one: jwt({ workspaceId: 1, tenantId: 3 }),
      other: jwt({ workspaceId: 2, tenantId: 3 }),
    },
    { what: 'two JWTs without a claim', one: jwt({ sub: 'a' }), other: jwt({ sub: 'b' }) },
    { what: 'two JWTs that are no JSON', one: 'a.b.c', other: 'a.b.d' },
  ])('never meets another: $what', ({ one, other }) => {
    const { create, list, get, remove } = openWorkspace()
    create([ZOE], {}, one)
    expect(create([ZOE], {}, other).createdUsers).toEqual(['Zoë Lindqvist'])
    const [mine] = list({}, one).Users
    const [theirs] = list({}, other).Users
    expect(mine?.id).not.toBe(theirs?.id)
    expect(get(theirs?.id as string, one).status).toBe(404)
    expect(remove([theirs?.id as string], one).body).toMatchObject({ processedCount: 0 })
    expect(list({}, other).totalUsers).toBe(1)
  })

  it.each<{ what: string; one: string; other: string }>([
    { what: 'one token', one: TOKEN, other: TOKEN },
    { what: 'one workspaceId', one: jwt({ workspaceId: 7, sub: 'a' }), other: jwt({ workspaceId: 7, sub: 'b' }) },
    { what: 'a number and its text', one: jwt({ workspaceId: 7 }), other: jwt({ workspaceId: '7' }) },
    { what: 'workspaceId and tenantId', one: jwt({ workspaceId: 7 }), other: jwt({ tenantId: 7 }) },
    { what: 'a name beyond ASCII', one: jwt({ tenantId: 'Ω', a: 1 }), other: jwt({ tenantId: 'Ω', b: 2 }) },
  ])('is shared by $what', ({ one, other }) => {
    const { create } = openWorkspace()
    create([ZOE], {}, one)
    expect(create([ZOE], {}, other).errors).toHaveLength(1)
  })

  it.each(['RWAK-topsecret-1234567890', jwt({ sub: 'topsecret' }), 'topsecret.topsecret.topsecret'])(
    'never shows its token in snapshot, outbox or journal: %s',
    (token) => {
      const { mock, create } = openWorkspace()
      create([ZOE], {}, token)
      const shown = JSON.stringify([mock.snapshot(), mock.outbox, (mock as { journal?: unknown }).journal])
      expect(shown).toContain('zoe@example.com')
      expect(shown).not.toContain(token)
      for (const part of token.split('.')) expect(shown).not.toContain(part)
    },
  )
})

describe('list', () => {
  const open = () => {
    const workspace = openWorkspace()
    workspace.create([
      { firstName: 'Zoë', lastName: 'Lindqvist', email: 'z.l@example.com', role: 'user', country: 'Sweden' },
      { firstName: 'Émile', lastName: 'Zola', email: 'emile@example.fr', role: 'admin' },
    ])
    workspace.setClock('2026-11-03T00:00:00.000Z')
    workspace.create([{ firstName: 'Ada', lastName: 'Okafor' }])
    const names = (query: Query) => workspace.list(query).Users.map(({ firstName }) => firstName)
    return { ...workspace, names }
  }

  it.each<{ query: Query; want: string[] }>([
    { query: {}, want: ['Ada', 'Émile', 'Zoë'] },
    { query: { order: 'asc' }, want: ['Zoë', 'Émile', 'Ada'] },
    { query: { sort: 'createdAt', order: 'asc' }, want: ['Zoë', 'Émile', 'Ada'] },
    { query: { sort: 'createdAt' }, want: ['Ada', 'Émile', 'Zoë'] },
    { query: { sort: 'name', order: 'asc' }, want: ['Ada', 'Émile', 'Zoë'] },
    { query: { sort: 'name', order: 'desc' }, want: ['Zoë', 'Émile', 'Ada'] },
    { query: { sort: 'split', order: 'asc' }, want: ['Zoë', 'Émile', 'Ada'] },
    { query: { size: '2' }, want: ['Ada', 'Émile'] },
    { query: { size: '2', page: '2' }, want: ['Zoë'] },
    { query: { size: '2', page: '3' }, want: [] },
  ])('answers for $query: $want, and counts the page and the whole', ({ query, want }) => {
    const { names, list } = open()
    expect(names(query)).toEqual(want)
    expect(list(query)).toMatchObject({ message: 'success', count: want.length, totalUsers: 3 })
  })

  it.each<{ query: Query; want: string[] }>([
    { query: { q: 'LIND' }, want: ['Zoë'] },
    { query: { q: 'zo' }, want: ['Émile', 'Zoë'] },
    { query: { q: 'ada oka' }, want: ['Ada'] },
    { query: { q: 'EXAMPLE.FR' }, want: ['Émile'] },
    { query: { q: 'nobody' }, want: [] },
    { query: { role: 'admin' }, want: ['Émile'] },
    { query: { role: 'admin,user' }, want: ['Émile', 'Zoë'] },
    { query: { role: 'user', q: 'zola' }, want: [] },
    { query: { externalId: 'CAT-0417' }, want: [] },
  ])('finds by $query: $want, and counts what it found', ({ query, want }) => {
    const { names, list } = open()
    expect(names(query)).toEqual(want)
    expect(list({ ...query, size: '1' }).totalUsers).toBe(want.length)
  })

  it('has 10 users on a page unless told otherwise', () => {
    const { create, list } = openWorkspace()
    create(Array(25).fill({}))
    expect(list()).toMatchObject({ count: 10, totalUsers: 25 })
    expect(list({ page: '3' })).toMatchObject({ count: 5, totalUsers: 25 })
    expect(list({ size: '100' })).toMatchObject({ count: 25, totalUsers: 25 })
  })

  it('shows each user on exactly one page, although all were created at once', () => {
    const { create, list } = openWorkspace()
    create(Array(25).fill({}))
    const ids = ['1', '2', '3'].flatMap((page) => list({ page }).Users.map(({ id }) => id))
    expect(new Set(ids).size).toBe(25)
  })

  it('shows a user whole', () => {
    const { list } = open()
    expect(list({ q: 'lindqvist' }).Users).toEqual([
      {
        id: expect.stringMatching(UUID),
        fullName: 'Zoë Lindqvist',
        firstName: 'Zoë',
        lastName: 'Lindqvist',
        email: 'z.l@example.com',
        role: 'user',
        externalId: null,
        country: 'Sweden',
        createdAt: FIRST_DAY,
        updatedAt: FIRST_DAY,
        User: { email: 'z.l@example.com' },
        Artists: [],
      },
    ])
    expect(list({ q: 'ada' }).Users).toMatchObject([{ email: null, User: null, country: null }])
  })

  it('shows the attributes it is asked for, and the id', () => {
    const [user] = open().list({ q: 'lindqvist', attributes: 'firstName,email,shoeSize' }).Users
    expect(user).toEqual({ id: expect.stringMatching(UUID), firstName: 'Zoë', email: 'z.l@example.com' })
  })
})

describe('one user', () => {
  it('is read back with all that was sent', () => {
    const { create, find } = openWorkspace()
    create([
      {
        ...ZOE,
        nickName: 'zolind',
        userType: 'artist',
        ipi: '00123456790',
        role: 'admin',
        phone: '+46701740605',
        country: 'Sweden',
      },
    ])
    expect(find('zoe')).toEqual({
      id: expect.stringMatching(UUID),
      fullName: 'Zoë Lindqvist',
      firstName: 'Zoë',
      lastName: 'Lindqvist',
      email: 'zoe@example.com',
      phone: '+46701740605',
      country: 'Sweden',
      ipi: '00123456790',
      externalId: null,
      TenantUser: { TenantId: expect.any(Number), nickName: 'zolind', userType: ['artist'] },
      invite: expect.any(Object),
    })
  })

  it('has null for what was not sent', () => {
    const { create, list, get } = openWorkspace()
    create([{}])
    expect(get(list().Users[0]?.id as string).body).toMatchObject({
      fullName: '',
      firstName: null,
      lastName: null,
      email: null,
      phone: null,
      country: null,
      ipi: null,
      TenantUser: { nickName: null, userType: [] },
      invite: null,
    })
  })

  it('shares its TenantId with the others of the workspace', () => {
    const { create, find } = openWorkspace()
    create([ZOE, CHINEDU])
    expect(find('zoe').TenantUser.TenantId).toBe(find('chinedu').TenantUser.TenantId)
  })

  it.each([NOBODY, 'zoe', '%E2%82%AC'])('is not found under the id %s', (id) => {
    expect(openWorkspace().get(id)).toMatchObject({
      status: 404,
      body: { success: false, error: { code: 'NOT_FOUND', message: 'The user was not found.' } },
    })
  })
})

describe('deleting many', () => {
  it('removes whom it can and returns the other ids as they were sent', () => {
    const { create, list, remove } = openWorkspace()
    create([ZOE, CHINEDU, {}])
    const [, chinedu, zoe] = list().Users.map(({ id }) => id) as [string, string, string]
    expect(remove([NOBODY, zoe, 'nobody', chinedu, zoe])).toMatchObject({
      status: 200,
      body: { message: 'Done.', processedCount: 2, failedDeletions: [NOBODY, 'nobody', zoe] },
    })
    expect(list().totalUsers).toBe(1)
  })

  it('of no ids removes nobody', () => {
    const { create, list, remove } = openWorkspace()
    create([ZOE])
    expect(remove([]).body).toEqual({ message: 'Done.', processedCount: 0, failedDeletions: [] })
    expect(list().totalUsers).toBe(1)
  })
})

describe('a refused request leaves the state byte for byte as it was', () => {
  const post = (more: Partial<Call>): Call => ({ method: 'POST', path: '/user/bulk', headers: bearer(), ...more })
  const NEW = { email: 'new@example.com' }
  const json = { ...bearer(), 'content-type': 'application/json' }

  it.each<{ what: string; call: Call; status: number; code: string; detail: unknown }>([
    {
      what: 'no users',
      call: post({ body: {} }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: "body must have required property 'users'",
    },
    {
      what: 'a bare list',
      call: post({ body: [NEW] }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: 'body must be object',
    },
    { what: 'no body', call: post({}), status: 400, code: 'BAD_REQUEST', detail: 'body is required' },
    {
      what: 'users that are no list',
      call: post({ body: { users: NEW } }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: '/users must be array',
    },
    {
      what: 'an e-mail that is null',
      call: post({ body: { users: [NEW, { email: null }] } }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: '/users/1/email must be string',
    },
    {
      what: 'a name that is a number',
      call: post({ body: { users: [NEW, { firstName: 5 }] } }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: '/users/1/firstName must be string',
    },
    {
      what: 'sendEmail that is text',
      call: post({ body: { users: [NEW], sendEmail: 'false' } }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: '/sendEmail must be boolean',
    },
    {
      what: 'broken JSON',
      call: post({ text: '{"users":[{}', headers: json }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: expect.stringMatching(/^body is not valid JSON/),
    },
    {
      what: 'another content type',
      call: post({ text: '{"users":[{}]}', headers: { ...bearer(), 'content-type': 'text/plain' } }),
      status: 415,
      code: 'BAD_REQUEST',
      detail: 'content-type must be application/json, not text/plain',
    },
    {
      what: 'no token',
      call: post({ body: { users: [NEW] }, headers: {} }),
      status: 401,
      code: 'UNAUTHORIZED',
      detail: 'send Authorization: bearer <credential>',
    },
    {
      what: 'another scheme',
      call: post({ body: { users: [NEW] }, headers: { authorization: 'Basic dXNlcjpwYXNz' } }),
      status: 401,
      code: 'UNAUTHORIZED',
      detail: 'send Authorization: bearer <credential>',
    },
    {
      what: 'the token "invalid"',
      call: post({ body: { users: [NEW] }, headers: bearer('invalid') }),
      status: 401,
      code: 'UNAUTHORIZED',
      detail: 'this credential is not let in',
    },
    {
      what: 'deleting without ids',
      call: post({ path: '/user/bulk/delete', body: {} }),
      status: 400,
      code: 'BAD_REQUEST',
      detail: "body must have required property 'ids'",
    },
    {
      what: 'page 0',
      call: { method: 'GET', path: '/user/', headers: bearer(), query: { page: '0' } },
      status: 400,
      code: 'BAD_REQUEST',
      detail: 'query/page must be >= 1',
    },
    {
      what: 'a page of 101',
      call: { method: 'GET', path: '/user/', headers: bearer(), query: { size: '101' } },
      status: 400,
      code: 'BAD_REQUEST',
      detail: 'query/size must be <= 100',
    },
    {
      what: 'an unknown order',
      call: { method: 'GET', path: '/user/', headers: bearer(), query: { order: 'up' } },
      status: 400,
      code: 'BAD_REQUEST',
      detail: 'query/order must be one of asc, desc',
    },
    {
      what: 'the list without its trailing slash',
      call: { method: 'GET', path: '/user', headers: bearer() },
      status: 404,
      code: 'NOT_FOUND',
      detail: 'no operation answers GET /user',
    },
  ])('$what: $status', ({ call, status, code, detail }) => {
    const { mock, create } = openWorkspace()
    create([ZOE])
    const before = JSON.stringify(mock.snapshot())
    const reply = mock.answer(call)
    expect(reply).toMatchObject({ status, body: { success: false, error: { code, details: [detail] } } })
    expect(JSON.stringify(mock.snapshot())).toBe(before)
  })
})
