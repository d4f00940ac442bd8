import { describe, expect, it } from 'vitest'
import { valueAt } from '../../documents/read/json-pointer.ts'
import { listen } from '../adapters/http-server.ts'
import { createMock } from '../create-mock.ts'
import { type components, descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import type { Failure, Operation, Query, Refusal, Reply } from '../engine/vocabulary.ts'
import { royalti } from '../royalti.ts'

type Schemas = components['schemas']
type User = Schemas['ResponseUser']
type Row = Partial<Schemas['CreateUsers']> & Record<string, unknown>

const NOON = new Date('2026-03-01T12:00:00Z')
const NOON_IN_SECONDS = NOON.getTime() / 1000

const CREATE = '/v1/mgmt/user/create/batch'
const PATCH = '/v1/mgmt/user/patch'
const PATCH_BATCH = '/v1/mgmt/user/patch/batch'
const UPDATE = '/v1/mgmt/user/update'
const LOAD = '/v1/mgmt/user'
const SEARCH = '/v2/mgmt/user/search'
const DELETE = '/v1/mgmt/user/delete'
const DELETE_BATCH = '/v1/mgmt/user/delete/batch'

/** A project as its manager sees it. */
function openProject({ mock = newMock(), token = 'P2north:key' } = {}) {
  const send = (method: string, path: string, more: { body?: unknown; query?: Query } = {}): Reply =>
    mock.answer({ method, path, headers: { authorization: `Bearer ${token}` }, ...more })
  const post = (path: string, body: unknown) => send('POST', path, { body })
  const bodyOf = <T>(reply: Reply, status = 200): T => {
    expect(reply, JSON.stringify(reply.body)).toMatchObject({ status })
    return reply.body as T
  }
  const userOf = (reply: Reply) => bodyOf<Schemas['UserResponse']>(reply).user
  return {
    mock,
    send,
    createBatch: (users: Row[], more: object = {}) =>
      bodyOf<Schemas['CreateUsersResponse']>(post(CREATE, { users, ...more })),
    create(row: Row): User {
      const { createdUsers, failedUsers } = this.createBatch([row])
      expect(failedUsers).toEqual([])
      return createdUsers[0] as User
    },
    patch: (body: object) => userOf(send('PATCH', PATCH, { body })),
    patchBatch: (users: object[]) =>
      bodyOf<Schemas['PatchUsersResponse']>(send('PATCH', PATCH_BATCH, { body: { users } })),
    update: (body: object) => userOf(post(UPDATE, body)),
    load: (query: Query) => userOf(send('GET', LOAD, { query })),
    search: (body: object) => bodyOf<Schemas['SearchUsersResponse']>(post(SEARCH, body)),
    delete: (body: object) => bodyOf(post(DELETE, body)),
    deleteBatch: (userIds: string[]) => bodyOf(post(DELETE_BATCH, { userIds })),
    loginIds(): string[] {
      return this.search({ withTestUser: true }).users.map(({ loginIds }) => loginIds[0] as string)
    },
  }
}

function newMock(clock: () => Date = () => NOON) {
  return createMock({ apis: [descope], clock })
}

const TEXTS = { taken: 'A login ID is already in use', missing: 'A login ID is required' }
const TWO_PASSWORDS = 'Either a password or a hashed password can be set, not both'

describe('createUsersBatch', () => {
  it('answers a complete user: what nobody set is empty, not missing', () => {
    const { userId, ...user } = openProject().create({ loginId: 'night.shift.3' })
    expect(userId).toMatch(/^U2[0-9A-Za-z]{26}$/)
    expect(user).toEqual({
      loginIds: ['night.shift.3'],
      externalIds: ['night.shift.3'],
      ...{ name: '', givenName: '', middleName: '', familyName: '', picture: '' },
      ...{ email: '', phone: '', verifiedEmail: false, verifiedPhone: false },
      ...{ roleNames: [], permissions: [], userTenants: [], ssoAppIds: [], customAttributes: {}, OAuth: {} },
      ...{ status: 'invited', test: false, createdTime: NOON_IN_SECONDS, modifiedTime: NOON_IN_SECONDS },
      ...{ password: false, TOTP: false, SAML: false, SCIM: false, OIDC: false, webauthn: false, push: false },
      ...{ editable: false, consentExpiration: 0 },
      ...{ recoveryEmail: '', recoveryPhone: '', verifiedRecoveryEmail: false, verifiedRecoveryPhone: false },
    })
  })

  it('keeps every field it was sent', () => {
    const fields = {
      email: 'amara@example.com',
      phone: '+2348031230017',
      verifiedEmail: true,
      verifiedPhone: false,
      name: 'Amara Okonkwo',
      givenName: 'Amara',
      middleName: 'Chidinma',
      familyName: 'Okonkwo',
      picture: 'https://cdn.example.com/amara.png',
      roleNames: ['Editor', 'Billing'],
      ssoAppIds: ['SA1'],
      status: 'disabled',
      customAttributes: { department: 'Field', badge: 4711, remote: true, languages: ['en', 'ig'] },
      test: true,
      createdTime: 1_741_080_125,
      recoveryEmail: 'amara.private@example.net',
      recoveryPhone: '+2348031230018',
      verifiedRecoveryEmail: true,
      verifiedRecoveryPhone: true,
    } as const
    const project = openProject()
    const created = project.create({
      loginId: 'amara',
      ...structuredClone(fields),
      userTenants: [{ tenantId: 'T1', roleNames: ['Owner'] }],
    } as unknown as Row)
    const tenant = { tenantId: 'T1', tenantName: '', roleNames: ['Owner'], permissions: [] }
    expect(created).toMatchObject({ ...fields, userTenants: [tenant] })
    expect(project.load({ loginId: 'amara' })).toEqual(created)
  })

  it('creates the rows it can, in their order, and names those it cannot, in theirs', () => {
    const project = openProject()
    project.create({ loginId: 'taken' })
    const { createdUsers, failedUsers, additionalErrors } = project.createBatch([
      { name: 'Nobody' },
      { loginId: 'amara' },
      { loginId: 'taken', name: 'Second' },
      { loginId: 'lea' },
      { loginId: 'tariq', password: 'a', hashedPassword: { django: { hash: 'b' } } },
    ])
    expect(createdUsers.map(({ loginIds }) => loginIds[0])).toEqual(['amara', 'lea'])
    expect(failedUsers.map(({ failure }) => failure)).toEqual([TEXTS.missing, TEXTS.taken, TWO_PASSWORDS])
    expect(failedUsers[1]?.user).toMatchObject({ loginIds: ['taken'], userId: '', name: 'Second', createdTime: 0 })
    expect(Object.keys(failedUsers[0]?.user ?? {})).toEqual(Object.keys(createdUsers[0] ?? {}))
    expect(additionalErrors).toEqual({})
    expect(project.loginIds()).toEqual(['taken', 'amara', 'lea'])
    expect(project.load({ loginId: 'taken' }).name).toBe('')
  })

  it('answers empty lists, not absent ones, where there is nothing to say', () => {
    const project = openProject()
    expect(project.createBatch([{ loginId: 'amara' }])).toMatchObject({ failedUsers: [], additionalErrors: {} })
    expect(project.createBatch([{ loginId: 'amara' }])).toMatchObject({ createdUsers: [], additionalErrors: {} })
  })

  it.each<[title: string, row: Row]>([
    ['no loginId', { name: 'Nobody', email: 'nobody@example.com' }],
    ['an empty loginId', { loginId: '' }],
  ])('fails a row alone for its missing login ID: %s', (_, row) => {
    const { createdUsers, failedUsers } = openProject().createBatch([row, { loginId: 'amara' }])
    expect(failedUsers.map(({ failure }) => failure)).toEqual([TEXTS.missing])
    expect(createdUsers).toHaveLength(1)
  })

  it.each<[title: string, first: Row, second: Row]>([
    ['loginId twice', { loginId: 'a' }, { loginId: 'a' }],
    ['loginId among the additional ones', { loginId: 'a', additionalIdentifiers: ['b'] }, { loginId: 'b' }],
    ['an additional one that is a loginId', { loginId: 'a' }, { loginId: 'b', additionalIdentifiers: ['a'] }],
    [
      'additional ones',
      { loginId: 'a', additionalIdentifiers: ['x'] },
      { loginId: 'b', additionalIdentifiers: ['y', 'x'] },
    ],
    ['additionalLoginIds', { loginId: 'a', additionalLoginIds: ['x'] }, { loginId: 'b', additionalLoginIds: ['x'] }],
    ['one phone, written in two ways', { loginId: '+1-555-555-5555' }, { loginId: '+1 (555) 555.5555' }],
  ])('holds a login ID once per project, in one request and over several: %s', (_, first, second) => {
    const together = openProject()
    const { createdUsers, failedUsers } = together.createBatch([first, second])
    expect([createdUsers.length, failedUsers.map(({ failure }) => failure)]).toEqual([1, [TEXTS.taken]])
    const apart = openProject()
    apart.create(first)
    expect(apart.createBatch([second]).failedUsers.map(({ failure }) => failure)).toEqual([TEXTS.taken])
    expect(apart.search({}).total).toBe(1)
  })

  it.each<[title: string, second: Row]>([
    ['e-mail', { loginId: 'b', email: 'amara@example.com' }],
    ['phone', { loginId: 'b', phone: '+15555555555' }],
    ['upper and lower case', { loginId: 'A' }],
  ])('lets two users share what is no login ID: %s', (_, second) => {
    const project = openProject()
    project.create({ loginId: 'a', email: 'amara@example.com', phone: '+15555555555' })
    expect(project.create(second)).toBeDefined()
  })

  it('counts a login ID once that a row names twice', () => {
    expect(openProject().create({ loginId: 'a', additionalIdentifiers: ['b', 'a', 'b'] }).loginIds).toEqual(['a', 'b'])
  })

  it('takes nothing of a failed row: its other login IDs stay free', () => {
    const project = openProject()
    project.createBatch([{ loginId: 'a' }, { loginId: 'b', additionalIdentifiers: ['a'] }])
    expect(project.create({ loginId: 'b' }).loginIds).toEqual(['b'])
  })

  it.each<[title: string, row: Row, want: Partial<User>]>([
    ['a login ID like one becomes it', { loginId: 'a@b.io' }, { email: 'a@b.io', verifiedEmail: true }],
    ['a null e-mail is none given', { loginId: 'a@b.io', email: null }, { email: 'a@b.io', verifiedEmail: true }],
    ['the one given wins', { loginId: 'a@b.io', email: 'c@d.io' }, { email: 'c@d.io', verifiedEmail: true }],
    ['an absent flag is true', { loginId: 'a', email: 'c@d.io' }, { email: 'c@d.io', verifiedEmail: true }],
    ['a null flag is absent', { loginId: 'a', email: 'c@d.io', verifiedEmail: null }, { verifiedEmail: true }],
    ['false is kept', { loginId: 'a', email: 'c@d.io', verifiedEmail: false }, { verifiedEmail: false }],
    ['false is kept for a login ID', { loginId: 'a@b.io', verifiedEmail: false }, { verifiedEmail: false }],
    ['without one, nothing is verified', { loginId: 'a' }, { email: '', verifiedEmail: false }],
    ['an additional login ID does not become it', { loginId: 'a', additionalIdentifiers: ['a@b.io'] }, { email: '' }],
  ])('e-mail: %s', (_, row, want) => {
    expect(openProject().create(row)).toMatchObject(want)
  })

  it.each<[title: string, row: Row, want: Partial<User>]>([
    ['it is normalised', { loginId: 'a', phone: '+1-555-555-5555' }, { phone: '+15555555555', verifiedPhone: true }],
    ['spaces, dots and brackets go', { loginId: 'a', phone: '+1 (555) 555.5555' }, { phone: '+15555555555' }],
    ['false is kept', { loginId: 'a', phone: '+15555555555', verifiedPhone: false }, { verifiedPhone: false }],
    ['a null flag is absent', { loginId: 'a', phone: '+15555555555', verifiedPhone: null }, { verifiedPhone: true }],
    [
      'a login ID like one becomes it, both normalised',
      { loginId: '+1-555-555-5555' },
      { loginIds: ['+15555555555'], externalIds: ['+15555555555'], phone: '+15555555555', verifiedPhone: true },
    ],
    [
      'an additional login ID is normalised',
      { loginId: 'a', additionalIdentifiers: ['+1-555-555-5555'] },
      {
        loginIds: ['a', '+15555555555'],
      },
    ],
    [
      'so is the one for recovery',
      { loginId: 'a', recoveryPhone: '+1-555-555-5555' },
      { recoveryPhone: '+15555555555' },
    ],
    ['a name with dashes is left alone', { loginId: 'kt-0815' }, { loginIds: ['kt-0815'], phone: '' }],
  ])('phone: %s', (_, row, want) => {
    expect(openProject().create(row)).toMatchObject(want)
  })

  it.each(['enabled', 'disabled', 'invited', 'expired'] as const)('keeps the status it is given: %s', (status) => {
    expect(openProject().create({ loginId: 'a', status }).status).toBe(status)
  })

  it.each<[title: string, row: Row, want: Partial<User>]>([
    ['displayName', { displayName: 'Amara' }, { name: 'Amara' }],
    ['name before displayName', { name: 'Documented', displayName: 'Alias' }, { name: 'Documented' }],
    ['additionalLoginIds', { additionalLoginIds: ['b'] }, { loginIds: ['a', 'b'], externalIds: ['a', 'b'] }],
    [
      'additionalIdentifiers before additionalLoginIds',
      { additionalIdentifiers: ['b'], additionalLoginIds: ['c'] },
      { loginIds: ['a', 'b'] },
    ],
    ['ssoAppIDs', { ssoAppIDs: ['SA1'] }, { ssoAppIds: ['SA1'] }],
    ['ssoAppIds before ssoAppIDs', { ssoAppIds: ['SA1'], ssoAppIDs: ['SA2'] }, { ssoAppIds: ['SA1'] }],
    ['an empty ssoAppIds before ssoAppIDs', { ssoAppIds: [], ssoAppIDs: ['SA2'] }, { ssoAppIds: [] }],
    ['the alias where the documented name is null', { name: null, displayName: 'Alias' }, { name: 'Alias' }],
  ])('understands the names of the clients: %s', (_, row, want) => {
    expect(openProject().create({ loginId: 'a', ...row })).toMatchObject(want)
  })

  it('reads null as absent, in every member of a row that is not required', () => {
    const names = ['email', 'phone', 'verifiedEmail', 'verifiedPhone', 'name', 'displayName', 'givenName', 'middleName']
    names.push('familyName', 'picture', 'roleNames', 'userTenants', 'ssoAppIds', 'ssoAppIDs', 'status', 'test', 'seed')
    names.push('customAttributes', 'additionalIdentifiers', 'additionalLoginIds', 'password', 'hashedPassword')
    names.push('createdTime', 'recoveryEmail', 'recoveryPhone', 'verifiedRecoveryEmail', 'verifiedRecoveryPhone')
    const nulls = Object.fromEntries(names.map((name) => [name, null]))
    expect(openProject().create({ loginId: 'a', ...nulls })).toEqual(openProject().create({ loginId: 'a' }))
  })

  it('keeps no attribute whose value is null', () => {
    const customAttributes = { department: null, badge: 0 }
    expect(openProject().create({ loginId: 'a', customAttributes }).customAttributes).toEqual({ badge: 0 })
  })

  it('creates one user of fifty calls with one login ID, and fifty of fifty, all at once over HTTP', async () => {
    const project = openProject()
    await using server = await listen(project.mock, { port: 0 })
    const create = async (loginId: string) => {
      const reply = await fetch(server.url + CREATE, {
        method: 'POST',
        headers: { authorization: 'Bearer P2north:key', 'content-type': 'application/json' },
        body: JSON.stringify({ users: [{ loginId }] }),
      })
      return (await reply.json()) as Schemas['CreateUsersResponse']
    }
    const numbers = Array.from({ length: 50 }, (_, index) => index)
    const replies = await Promise.all(numbers.map((number) => create(`user-${number}`)))
    expect(new Set(replies.map(({ createdUsers }) => createdUsers[0]?.userId)).size).toBe(50)
    expect(project.search({}).total).toBe(50)
    const same = await Promise.all(numbers.map(() => create('wanted-by-all')))
    expect(same.filter(({ createdUsers }) => createdUsers.length === 1)).toHaveLength(1)
    expect(same.filter(({ failedUsers }) => failedUsers[0]?.failure === TEXTS.taken)).toHaveLength(49)
    expect(project.search({}).total).toBe(51)
  })
})

const BYTES = 'Y2FuYXJ5LWluLWJhc2U2NA=='
const HASHES: Readonly<Record<string, Record<string, unknown>>> = {
  bcrypt: { hash: '$2a$10$CANARYaESMt6duLd/ZyhVvSHP2OO..YZTTjmXYVXvkAszTQfGok.p' },
  django: { hash: 'pbkdf2_sha256$260000$seasalt$CANARY' },
  firebase: { hash: BYTES, salt: BYTES, saltSeparator: BYTES, signerKey: BYTES, memory: 14, rounds: 8 },
  pbkdf2: { hash: BYTES, salt: BYTES, iterations: 100_000, type: 'sha256' },
  phpass: { hash: 'CANARYUFeArxAzsu/3DVX.', salt: 'Nd5qre5L', iterations: 13, type: 'md5' },
  md5: { hash: 'cafe00cafe11cafe22cafe33cafe44ca' },
  sha: { hash: 'cafe00cafe11cafe22cafe33cafe44cafe55cafe', type: 'sha1' },
  argon2: { hash: BYTES, salt: BYTES, iterations: 3, memory: 65_536, threads: 1 },
  bach: { hash: 'CANARY', key: 'CANARY-KEY' },
  buddyauth: { hash: 'bcrypt+sha512$CANARY$12$CANARY' },
}

describe('passwords', () => {
  it.each(Object.entries(HASHES))('takes a hash of the format %s', (format, fields) => {
    expect(openProject().create({ loginId: 'a', hashedPassword: { [format]: fields } }).password).toBe(true)
  })

  it.each([
    ['sha', { ...HASHES['sha'], salt: 'c0ffee17' }],
    ['argon2', { ...HASHES['argon2'], type: 'argon2id' }],
  ])('takes the field of %s that may be left out', (format, fields) => {
    expect(openProject().create({ loginId: 'a', hashedPassword: { [format]: fields } }).password).toBe(true)
  })

  const lacking = Object.entries(HASHES).flatMap(([format, fields]) =>
    Object.keys(fields).map((name) => [
      `${format} without ${name}`,
      { [format]: Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name)) },
    ]),
  ) as [string, object][]
  const changed = (format: string, fields: object) => ({ [format]: { ...HASHES[format], ...fields } })
  it.each<[title: string, hashedPassword: unknown]>([
    ...lacking,
    ['no format', {}],
    ['two formats', { django: HASHES['django'], md5: HASHES['md5'] }],
    ['an unknown format', { scrypt: { hash: 'x' } }],
    ['text', 'hash'],
    ['a format that is text', { md5: HASHES['md5']?.['hash'] }],
    ['bcrypt: no bcrypt text', changed('bcrypt', { hash: 'plain' })],
    ['bcrypt: one character short', changed('bcrypt', { hash: `$2a$10$${'a'.repeat(52)}` })],
    ['django: empty', changed('django', { hash: '' })],
    ['firebase: no base64', changed('firebase', { signerKey: 'not base64!' })],
    ['firebase: base64 without padding', changed('firebase', { salt: 'Y2FuYXJ5LWluLWJhc2U2NA' })],
    ['firebase: memory as text', changed('firebase', { memory: '14' })],
    ['firebase: rounds below 0', changed('firebase', { rounds: -1 })],
    ['pbkdf2: a type that is none', changed('pbkdf2', { type: 'md5' })],
    ['pbkdf2: half an iteration', changed('pbkdf2', { iterations: 1.5 })],
    ['pbkdf2: more iterations than 32 bits hold', changed('pbkdf2', { iterations: 2 ** 32 })],
    ['phpass: a type that is none', changed('phpass', { type: 'sha1' })],
    ['phpass: another alphabet', changed('phpass', { hash: 'a+b=' })],
    ['md5: 31 digits', changed('md5', { hash: 'a'.repeat(31) })],
    ['md5: not hexadecimal', changed('md5', { hash: 'g'.repeat(32) })],
    ['sha: a type that is none', changed('sha', { type: 'sha3' })],
    ['sha: not hexadecimal', changed('sha', { hash: 'xyz' })],
    ['argon2: threads as text', changed('argon2', { threads: 'one' })],
    ['bach: an empty key', changed('bach', { key: '' })],
    ['buddyauth: a number', changed('buddyauth', { hash: 1 })],
  ])('refuses the whole request for a wrong hash: %s', (_, hashedPassword) => {
    const project = openProject()
    const reply = project.send('POST', CREATE, {
      body: { users: [{ loginId: 'b' }, { loginId: 'a', hashedPassword }] },
    })
    expect(reply).toMatchObject({ status: 400, body: { errorCode: 'E011003' } })
    expect(project.loginIds()).toEqual([])
  })

  it.each<[title: string, row: Row, want: Partial<User>]>([
    ['a password', { password: 'CANARY' }, { password: true, TOTP: false }],
    ['a seed', { seed: 'CANARY' }, { password: false, TOTP: true }],
    ['neither', {}, { password: false, TOTP: false }],
    ['a password beside a null hash', { password: 'CANARY', hashedPassword: null }, { password: true }],
  ])('only says that there is one: %s', (_, row, want) => {
    expect(openProject().create({ loginId: 'a', ...row })).toMatchObject(want)
  })

  const secrets: [title: string, row: Row][] = [
    ['password', { password: 'CANARY' }],
    ['seed', { seed: 'CANARY' }],
    ...Object.entries(HASHES).map(([format, fields]): [string, Row] => [
      format,
      { hashedPassword: { [format]: fields } },
    ]),
  ]
  const canaries = /canary|cafe00|Y2FuYXJ5|seasalt|Nd5qre5L/i
  it.each(secrets)('never shows or keeps a secret, whether the row is created, failed or refused: %s', (_, secret) => {
    const project = openProject()
    const said: unknown[] = []
    said.push(project.createBatch([{ loginId: 'a', ...secret }]))
    said.push(project.createBatch([{ loginId: 'a', ...secret }]))
    said.push(
      project.createBatch([
        { loginId: 'b', password: 'CANARY', hashedPassword: { django: HASHES['django'] }, ...secret } as Row,
      ]),
    )
    said.push(project.send('POST', CREATE, { body: { users: [{ loginId: 'c', status: 'gone', ...secret }] } }))
    said.push(project.send('POST', CREATE, { body: { users: { loginId: 'c', ...secret } } }))
    said.push(project.send('PATCH', PATCH, { body: { loginId: 'a', ...secret } }))
    said.push(project.send('POST', UPDATE, { body: { loginId: 'a', ...secret } }))
    said.push(project.load({ loginId: 'a' }), project.search({}))
    said.push(project.mock.snapshot(), project.mock.outbox)
    expect(JSON.stringify(secret)).toMatch(canaries)
    expect(JSON.stringify(said)).not.toMatch(canaries)
  })

  it('survives a patch and an update, which know nothing of it', () => {
    const project = openProject()
    project.create({ loginId: 'a', password: 'CANARY', seed: 'CANARY' })
    expect(project.patch({ loginId: 'a', name: 'A' })).toMatchObject({ password: true, TOTP: true })
    expect(project.update({ loginId: 'a' })).toMatchObject({ password: true, TOTP: true })
  })
})

describe('invitations', () => {
  const inviteUrl = 'https://app.example.com/welcome'
  const both = { loginId: 'a', email: 'a@example.com', phone: '+1-555-555-5555' }

  it.each<[title: string, row: Row, request: object, want: string[]]>([
    ['none without invite', both, {}, []],
    ['none with invite: false', both, { invite: false, sendMail: true }, []],
    ['none with invite: null', both, { invite: null, sendMail: true }, []],
    ['by mail, if nothing else is said', both, { invite: true }, ['a@example.com']],
    ['by mail to a login ID', { loginId: 'a@example.com' }, { invite: true }, ['a@example.com']],
    ['by mail with sendMail', both, { invite: true, sendMail: true, sendSMS: false }, ['a@example.com']],
    ['by text message alone with sendSMS', both, { invite: true, sendSMS: true }, ['+15555555555']],
    ['by both with both', both, { invite: true, sendMail: true, sendSMS: true }, ['a@example.com', '+15555555555']],
    ['none with sendMail: false', both, { invite: true, sendMail: false }, []],
    [
      'by mail, where a text message has no phone to go to',
      { loginId: 'a@example.com' },
      { invite: true, sendSMS: true },
      ['a@example.com'],
    ],
    ['none to a user without address', { loginId: 'a' }, { invite: true, sendMail: true, sendSMS: true }, []],
  ])('are sent %s', (_, row, request, want) => {
    const project = openProject()
    const { createdUsers } = project.createBatch([row], request)
    expect(createdUsers[0]?.status).toBe('invited')
    expect(project.mock.outbox.map(({ to }) => to)).toEqual(want)
  })

  it('say to whom, when, of which project and with which address', () => {
    const project = openProject()
    const { createdUsers } = project.createBatch([{ loginId: 'a@example.com' }], { invite: true, inviteUrl })
    const { userId } = createdUsers[0] as User
    const want = {
      to: 'a@example.com',
      at: NOON.toISOString(),
      api: 'descope',
      tenant: 'P2north',
      userId,
      url: inviteUrl,
    }
    expect(project.mock.outbox).toEqual([want])
  })

  it('go to the rows that were created and to no failed one', () => {
    const project = openProject()
    project.create({ loginId: 'b@example.com' })
    project.createBatch([{ loginId: 'a@example.com' }, { loginId: 'b@example.com' }, { name: 'C' }], { invite: true })
    expect(project.mock.outbox.map(({ to }) => to)).toEqual(['a@example.com'])
  })

  it('go out again to the user whose user ID stands in the place of a login ID, and create nobody', () => {
    const project = openProject()
    const user = project.create({ loginId: 'a@example.com' })
    const { createdUsers, failedUsers } = project.createBatch([{ loginId: user.userId }], { invite: true })
    expect([createdUsers, failedUsers]).toEqual([[user], []])
    expect(project.mock.outbox.map(({ to, userId }) => [to, userId])).toEqual([['a@example.com', user.userId]])
    expect(project.search({}).total).toBe(1)
  })
})

describe('patchUser', () => {
  const FULL: Row = {
    loginId: 'amara',
    email: 'amara@example.com',
    phone: '+2348031230017',
    verifiedEmail: false,
    verifiedPhone: false,
    name: 'Amara Okonkwo',
    givenName: 'Amara',
    middleName: 'Chidinma',
    familyName: 'Okonkwo',
    picture: 'https://cdn.example.com/amara.png',
    roleNames: ['Editor', 'Billing'],
    userTenants: [{ tenantId: 'T1', roleNames: ['Owner'] }],
    ssoAppIds: ['SA1', 'SA2'],
    status: 'enabled',
    customAttributes: { department: 'Field', badge: 4711 },
    additionalIdentifiers: ['okonkwo.amara'],
    recoveryEmail: 'private@example.net',
    recoveryPhone: '+2348031230018',
    verifiedRecoveryEmail: true,
    verifiedRecoveryPhone: true,
  }

  it.each<[title: string, changes: object, want: Partial<User>]>([
    ['nothing', {}, {}],
    ['a name', { name: 'A. O.' }, { name: 'A. O.' }],
    ['displayName', { displayName: 'A. O.' }, { name: 'A. O.' }],
    ['name before displayName', { name: 'Documented', displayName: 'Alias' }, { name: 'Documented' }],
    ['an empty name', { name: '' }, { name: '' }],
    [
      'the parts of a name',
      { givenName: 'A', middleName: 'C', familyName: 'O' },
      { givenName: 'A', middleName: 'C', familyName: 'O' },
    ],
    ['a picture', { picture: 'https://example.com/a.png' }, { picture: 'https://example.com/a.png' }],
    [
      'a new e-mail, which counts as verified',
      { email: 'new@example.com' },
      { email: 'new@example.com', verifiedEmail: true },
    ],
    ['a new e-mail, not verified', { email: 'new@example.com', verifiedEmail: false }, { email: 'new@example.com' }],
    ['an empty e-mail', { email: '' }, { email: '', verifiedEmail: false }],
    [
      'a new phone, which counts as verified',
      { phone: '+1-555-555-5555' },
      { phone: '+15555555555', verifiedPhone: true },
    ],
    ['a flag alone', { verifiedPhone: true }, { verifiedPhone: true }],
    ['roles, which replace', { roleNames: ['Auditor'] }, { roleNames: ['Auditor'] }],
    ['no roles', { roleNames: [] }, { roleNames: [] }],
    [
      'tenants, which replace',
      { userTenants: [{ tenantId: 'T2', roleNames: [] }] },
      { userTenants: [{ tenantId: 'T2', tenantName: '', roleNames: [], permissions: [] }] },
    ],
    [
      'a tenant without roles',
      { userTenants: [{ tenantId: 'T2' }] },
      { userTenants: [{ tenantId: 'T2', tenantName: '', roleNames: [], permissions: [] }] },
    ],
    ['no tenants', { userTenants: [] }, { userTenants: [] }],
    ['applications, which replace', { ssoAppIds: ['SA3'] }, { ssoAppIds: ['SA3'] }],
    ['no applications', { ssoAppIds: [] }, { ssoAppIds: [] }],
    ['ssoAppIDs', { ssoAppIDs: ['SA3'] }, { ssoAppIds: ['SA3'] }],
    ['ssoAppIds before ssoAppIDs', { ssoAppIds: [], ssoAppIDs: ['SA3'] }, { ssoAppIds: [] }],
    ['a status', { status: 'disabled' }, { status: 'disabled' }],
    [
      'an attribute, which is added',
      { customAttributes: { remote: true } },
      { customAttributes: { department: 'Field', badge: 4711, remote: true } },
    ],
    [
      'an attribute, which is replaced',
      { customAttributes: { badge: 1 } },
      { customAttributes: { department: 'Field', badge: 1 } },
    ],
    [
      'an attribute, which null removes',
      { customAttributes: { badge: null } },
      { customAttributes: { department: 'Field' } },
    ],
    ['no attributes', { customAttributes: {} }, {}],
    [
      'more login IDs, which replace the additional ones',
      { additionalIdentifiers: ['ao', '+1-555-555-5555'] },
      { loginIds: ['amara', 'ao', '+15555555555'], externalIds: ['amara', 'ao', '+15555555555'] },
    ],
    ['additionalLoginIds', { additionalLoginIds: ['ao'] }, { loginIds: ['amara', 'ao'], externalIds: ['amara', 'ao'] }],
    ['no more login IDs', { additionalIdentifiers: [] }, { loginIds: ['amara'], externalIds: ['amara'] }],
    [
      'recovery',
      { recoveryEmail: 'r@example.net', recoveryPhone: '+1 555 555 5555' },
      { recoveryEmail: 'r@example.net', recoveryPhone: '+15555555555' },
    ],
    ['scim', { scim: true }, { SCIM: true }],
    ['test', { test: true }, { test: true }],
  ])('changes what is sent and keeps the rest: %s', (_, changes, want) => {
    const project = openProject()
    const before = project.create(FULL)
    const after = project.patch({ loginId: 'amara', ...changes })
    expect(after).toEqual({ ...before, ...want })
    expect(project.load({ loginId: 'amara' })).toEqual(after)
  })

  it('reads null as absent, in every member but the identifiers', () => {
    const project = openProject()
    const before = project.create(FULL)
    const names = [...Object.keys(FULL), 'displayName', 'ssoAppIDs', 'additionalLoginIds', 'scim', 'test']
    const nulls = Object.fromEntries(names.map((name) => [name, null]))
    expect(project.patch({ ...nulls, loginId: 'amara' })).toEqual(before)
  })

  it.each<[title: string, lists: object]>([
    ['roleNames as text', { roleNames: 'Editor' }],
    ['roleNames as an object', { roleNames: {} }],
    ['a role that is a number', { roleNames: ['Editor', 1] }],
    ['a role that is null', { roleNames: [null] }],
    ['userTenants as true', { userTenants: true }],
    ['a tenant as text', { userTenants: ['T1'] }],
    ['a tenant that is null', { userTenants: [null] }],
    ['a tenant without id', { userTenants: [{ roleNames: [] }] }],
    ['a tenant whose roles are text', { userTenants: [{ tenantId: 'T1', roleNames: 'Owner' }] }],
    ['ssoAppIds as a number', { ssoAppIds: 7 }],
    ['an application that is a list', { ssoAppIds: [['SA1']] }],
  ])('refuses what is no such list as E011004, and changes nothing: %s', (_, lists) => {
    const project = openProject()
    const before = project.create(FULL)
    const reply = project.send('PATCH', PATCH, { body: { loginId: 'amara', name: 'Changed', ...lists } })
    expect(reply).toMatchObject({ status: 400, body: { errorCode: 'E011004', errorDescription: 'Invalid arguments' } })
    expect(project.load({ loginId: 'amara' })).toEqual(before)
  })

  it('says when a user was changed, and leaves when it was created', () => {
    let now = NOON
    const project = openProject({ mock: newMock(() => now) })
    project.create({ loginId: 'a' })
    now = new Date(NOON.getTime() + 60_000)
    const times = { createdTime: NOON_IN_SECONDS, modifiedTime: NOON_IN_SECONDS + 60 }
    expect(project.patch({ loginId: 'a', name: 'A' })).toMatchObject(times)
    expect(project.update({ loginId: 'a', name: 'A' })).toMatchObject(times)
  })

  it('frees the login IDs it replaces and holds the new ones', () => {
    const project = openProject()
    project.create({ loginId: 'a', additionalIdentifiers: ['old'] })
    project.patch({ loginId: 'old', additionalIdentifiers: ['new'] })
    expect(project.create({ loginId: 'old' }).loginIds).toEqual(['old'])
    expect(project.createBatch([{ loginId: 'new' }]).failedUsers).toHaveLength(1)
    expect(project.load({ loginId: 'new' }).loginIds).toEqual(['a', 'new'])
  })
})

describe('patchUsersBatch', () => {
  const open = () => {
    const project = openProject()
    project.createBatch([
      { loginId: 'ada', name: 'Ada', roleNames: ['Editor'], customAttributes: { badge: 1 } },
      { loginId: 'ben', name: 'Ben' },
    ])
    return project
  }

  it('changes each user as patchUser does, by login ID or user ID', () => {
    const project = open()
    const { userId } = project.load({ loginId: 'ben' })
    const { patchedUsers, failedUsers, additionalErrors } = project.patchBatch([
      { loginId: 'ada', name: 'A.', customAttributes: { badge: null, remote: true } },
      { userId, phone: '+1-555-555-5555' },
    ])
    expect(patchedUsers).toMatchObject([
      { loginIds: ['ada'], name: 'A.', roleNames: ['Editor'], customAttributes: { remote: true } },
      { loginIds: ['ben'], name: 'Ben', phone: '+15555555555', verifiedPhone: true },
    ])
    expect([failedUsers, additionalErrors]).toEqual([[], {}])
    expect([project.load({ loginId: 'ada' }), project.load({ userId })]).toEqual(patchedUsers)
  })

  it.each<[what: string, row: object, failure: string, loginIds: string[]]>([
    ['nobody', { loginId: 'eve' }, 'Cannot find user', ['eve']],
    ['no user at all', { name: 'Eve' }, 'A login ID or a user ID is required', []],
    [
      'an identifier of another user',
      { loginId: 'ada', additionalIdentifiers: ['ben'] },
      'An additional identifier is a login ID of another user',
      ['ada', 'ben'],
    ],
    [
      'what is no list',
      { loginId: 'ada', roleNames: 'Editor', userTenants: 1, ssoAppIds: {} },
      'Invalid arguments',
      ['ada'],
    ],
    [
      'a failure by its e-mail',
      { loginId: 'ada', email: 'identifier_taken@rollcall.test' },
      'An additional identifier is a login ID of another user',
      ['ada'],
    ],
    [
      'a failure by its login ID',
      { loginId: 'user_not_found@rollcall.test' },
      'Cannot find user',
      ['user_not_found@rollcall.test'],
    ],
  ])('refuses a row that names %s, as a user without ID, and keeps the rows around it', (_, row, failure, loginIds) => {
    const project = open()
    const { patchedUsers, failedUsers } = project.patchBatch([
      { loginId: 'ada', name: 'A.' },
      row,
      { loginId: 'ben', name: 'B.' },
    ])
    expect(patchedUsers.map(({ name }) => name)).toEqual(['A.', 'B.'])
    expect(failedUsers).toEqual([{ failure, user: expect.objectContaining({ userId: '', loginIds, roleNames: [] }) }])
    expect(project.load({ loginId: 'ada' })).toMatchObject({ name: 'A.', roleNames: ['Editor'], loginIds: ['ada'] })
  })

  it('lets a row see what the rows before it have changed', () => {
    const { patchedUsers } = open().patchBatch([
      { loginId: 'ada', additionalIdentifiers: ['countess'] },
      { loginId: 'countess', name: 'Countess' },
    ])
    expect(patchedUsers).toMatchObject([{ name: 'Ada' }, { name: 'Countess', loginIds: ['ada', 'countess'] }])
  })

  it.each<[what: string, body: object, errorCode: string]>([
    ['no rows', { users: [] }, 'E011002'],
    ['no list', {}, 'E011002'],
    ['rows of a wrong type', { users: [{ loginId: 'ada', name: 1 }] }, 'E011003'],
  ])('is refused as a whole with %s', (_, body, errorCode) => {
    expect(open().send('PATCH', PATCH_BATCH, { body })).toMatchObject({ status: 400, body: { errorCode } })
  })
})

describe('updateUser', () => {
  const FULL: Row = {
    loginId: 'amara@example.com',
    phone: '+2348031230017',
    name: 'Amara Okonkwo',
    givenName: 'Amara',
    middleName: 'Chidinma',
    familyName: 'Okonkwo',
    picture: 'https://cdn.example.com/amara.png',
    roleNames: ['Editor'],
    userTenants: [{ tenantId: 'T1', roleNames: ['Owner'] }],
    ssoAppIds: ['SA1'],
    status: 'enabled',
    customAttributes: { department: 'Field' },
    additionalIdentifiers: ['okonkwo.amara'],
    recoveryEmail: 'private@example.net',
    recoveryPhone: '+2348031230018',
    verifiedRecoveryEmail: true,
    verifiedRecoveryPhone: true,
  }
  const EMPTY = {
    ...{ name: '', givenName: '', middleName: '', familyName: '', picture: '' },
    ...{ email: '', phone: '', verifiedEmail: false, verifiedPhone: false },
    ...{ roleNames: [], userTenants: [], ssoAppIds: [], customAttributes: {} },
    ...{ recoveryEmail: '', recoveryPhone: '', verifiedRecoveryEmail: false, verifiedRecoveryPhone: false },
  }

  it.each<[title: string, details: object, want: Partial<User>]>([
    ['nothing', {}, {}],
    ['an e-mail alone', { email: 'new@example.com' }, { email: 'new@example.com', verifiedEmail: true }],
    ['an e-mail, not verified', { email: 'new@example.com', verifiedEmail: false }, { email: 'new@example.com' }],
    ['a phone', { phone: '+1-555-555-5555' }, { phone: '+15555555555', verifiedPhone: true }],
    ['a name', { displayName: 'A. O.' }, { name: 'A. O.' }],
    ['name before displayName', { name: 'Documented', displayName: 'Alias' }, { name: 'Documented' }],
    ['ssoAppIDs', { ssoAppIDs: ['SA2'] }, { ssoAppIds: ['SA2'] }],
    ['roles', { roleNames: ['Auditor'] }, { roleNames: ['Auditor'] }],
    ['attributes, which do not merge', { customAttributes: { badge: 1 } }, { customAttributes: { badge: 1 } }],
    ['a status', { status: 'disabled' }, { status: 'disabled' }],
    [
      'more login IDs',
      { additionalIdentifiers: ['ao'] },
      { loginIds: ['amara@example.com', 'ao'], externalIds: ['amara@example.com', 'ao'] },
    ],
    [
      'additionalLoginIds',
      { additionalLoginIds: ['ao'] },
      { loginIds: ['amara@example.com', 'ao'], externalIds: ['amara@example.com', 'ao'] },
    ],
    [
      'null everywhere',
      Object.fromEntries(
        Object.keys(FULL)
          .slice(1)
          .map((name) => [name, null]),
      ),
      {},
    ],
  ])('removes what is absent; login IDs, user ID and status stay: %s', (_, details, want) => {
    const project = openProject()
    const before = project.create(FULL)
    const after = project.update({ loginId: 'amara@example.com', ...details })
    expect(after).toEqual({ ...before, ...EMPTY, ...want })
    expect(project.load({ userId: before.userId })).toEqual(after)
  })

  it('answers that it created nobody, as a patch does', () => {
    const project = openProject()
    project.create({ loginId: 'a' })
    const body = { loginId: 'a' }
    expect(project.send('POST', UPDATE, { body }).body).toMatchObject({ created: false })
    expect(project.send('PATCH', PATCH, { body }).body).toMatchObject({ created: false })
  })
})

describe('a user is named', () => {
  const PHONE = { loginId: '+1-555-555-5555', additionalIdentifiers: ['kt-0815'] }

  it.each<[title: string, given: (userId: string) => Record<string, string>]>([
    ['by login ID', () => ({ loginId: '+15555555555' })],
    ['by a phone as it was sent', () => ({ loginId: '+1-555-555-5555' })],
    ['by an additional login ID', () => ({ loginId: 'kt-0815' })],
    ['by user ID', (userId) => ({ userId })],
    ['by user ID in the place of the login ID', (userId) => ({ loginId: userId })],
    ['by both', (userId) => ({ loginId: 'kt-0815', userId })],
    ['by user ID and an empty login ID', (userId) => ({ loginId: '', userId })],
  ])('%s, in every operation on one user', (_, given) => {
    const project = openProject()
    project.create({ loginId: 'somebody.else' })
    const { userId } = project.create(PHONE)
    const name = given(userId)
    expect(project.load(name).userId).toBe(userId)
    expect(project.patch(name).userId).toBe(userId)
    expect(project.update(name).userId).toBe(userId)
    expect(project.delete(name)).toEqual({})
    expect(project.loginIds()).toEqual(['somebody.else'])
  })

  const operations = [
    ['loadUser', 'GET', LOAD],
    ['patchUser', 'PATCH', PATCH],
    ['updateUser', 'POST', UPDATE],
    ['deleteUser', 'POST', DELETE],
  ] as const
  const refusals: [title: string, given: (b: User) => Record<string, string>, status: number, errorCode: string][] = [
    ['by nothing', () => ({}), 400, 'E011002'],
    ['by empty text', () => ({ loginId: '', userId: '' }), 400, 'E011002'],
    ['by an unknown login ID', () => ({ loginId: 'ghost' }), 404, 'E112102'],
    ['by an unknown user ID', () => ({ userId: 'U2ghost' }), 404, 'E112102'],
    ['by a login ID in the place of the user ID', () => ({ userId: 'b' }), 404, 'E112102'],
    ['by a known login ID and an unknown user ID', () => ({ loginId: 'a', userId: 'U2ghost' }), 404, 'E112102'],
    ['by an unknown login ID and a known user ID', ({ userId }) => ({ loginId: 'ghost', userId }), 404, 'E112102'],
    ['by two that differ', ({ userId }) => ({ loginId: 'a', userId }), 400, 'E011004'],
  ]
  it.each(
    operations.flatMap(([operation, ...route]) =>
      refusals.map(([title, ...rest]) => [`${operation} ${title}`, ...route, ...rest] as const),
    ),
  )('or refused: %s', (_, method, path, given, status, errorCode) => {
    const project = openProject()
    project.create({ loginId: 'a' })
    const name = given(project.create({ loginId: 'b' }))
    const before = JSON.stringify(project.mock.snapshot())
    const reply = project.send(
      method,
      path,
      method === 'GET' ? { query: name } : { body: { ...name, name: 'Changed' } },
    )
    expect(reply).toMatchObject({ status, body: { errorCode } })
    expect(JSON.stringify(project.mock.snapshot())).toBe(before)
  })
})

describe('searchUsers', () => {
  it('gives at most 1,000 users, however many are asked for, and the rest by pages', () => {
    const project = openProject()
    project.createBatch(Array.from({ length: 1003 }, (_, at) => ({ loginId: `u${at}` })))
    const found = (search: object) => project.search({ ...search, limit: 5000, sort: [{ field: 'createdTime' }] })
    const [first, second] = [found({}), found({ page: 1 })]
    expect([first.users.length, first.total, second.users.length]).toEqual([1000, 1003, 3])
    expect(second.users[0]?.loginIds).toEqual(['u1000'])
  })

  const MARCH_2025 = Date.UTC(2025, 2, 1) / 1000
  const JUNE_2025 = Date.UTC(2025, 5, 1) / 1000
  const ROWS: Row[] = [
    {
      loginId: 'amara@example.com',
      name: 'Amara Okonkwo',
      phone: '+1-555-555-0001',
      roleNames: ['Editor'],
      status: 'enabled',
      createdTime: MARCH_2025,
      customAttributes: { department: 'Field', remote: true, languages: ['en', 'ig'] },
      password: 'secret',
    },
    {
      loginId: 'lea',
      name: 'Léa Dubois',
      email: 'lea@example.com',
      verifiedEmail: false,
      additionalIdentifiers: ['+1-555-555-0002'],
      userTenants: [
        { tenantId: 'T1', roleNames: ['Editor', 'Billing'] },
        { tenantId: 'T2', roleNames: [] },
      ],
      ssoAppIds: ['SA1'],
      createdTime: JUNE_2025,
      customAttributes: { department: 'Office', remote: false },
    },
    {
      loginId: 'kenji',
      name: '田中 健二',
      phone: '+1-555-555-0003',
      verifiedPhone: false,
      roleNames: ['Billing'],
      userTenants: [{ tenantId: 'T1', roleNames: ['Editor'] }],
      status: 'disabled',
      seed: 'secret',
    },
    { loginId: 'tester', name: 'Checkout Tester', test: true, roleNames: ['Editor'] },
  ]
  const AMARA = 'amara@example.com'

  function openWithUsers() {
    const project = openProject()
    project.createBatch(ROWS)
    return project
  }

  it.each<[title: string, search: object, want: string[]]>([
    ['{}: everybody but test users', {}, [AMARA, 'lea', 'kenji']],
    ['text in a name', { text: 'okon' }, [AMARA]],
    ['text in any case, of any script', { text: 'LÉA' }, ['lea']],
    ['text of another script', { text: '健二' }, ['kenji']],
    ['text in an e-mail', { text: 'example.com' }, [AMARA, 'lea']],
    ['text in a phone', { text: '5550003' }, ['kenji']],
    ['text in an additional login ID', { text: '5550002' }, ['lea']],
    ['text nowhere', { text: 'nobody' }, []],
    ['empty text', { text: '' }, [AMARA, 'lea', 'kenji']],
    ['loginId', { loginId: 'lea' }, ['lea']],
    ['loginIds', { loginIds: ['lea', 'kenji', 'ghost'] }, ['lea', 'kenji']],
    ['loginIds, an additional one, as a phone is written', { loginIds: ['+1 555 555 0002'] }, ['lea']],
    ['emails', { emails: [AMARA, 'lea@example.com'] }, [AMARA, 'lea']],
    ['phones, however written', { phones: ['+1 (555) 555-0001'] }, [AMARA]],
    ['statuses', { statuses: ['enabled', 'disabled'] }, [AMARA, 'kenji']],
    ['roleNames, in the project or a tenant', { roleNames: ['Editor'] }, [AMARA, 'lea', 'kenji']],
    ['roleNames, one is enough', { roleNames: ['Billing', 'Ghost'] }, ['lea', 'kenji']],
    ['tenantIds', { tenantIds: ['T2', 'T9'] }, ['lea']],
    ['tenantRoleNames, one of them', { tenantRoleNames: { T1: { values: ['Billing', 'Editor'] } } }, ['lea', 'kenji']],
    [
      'tenantRoleNames, all of them',
      { tenantRoleNames: { T1: { values: ['Billing', 'Editor'], and: true } } },
      ['lea'],
    ],
    ['tenantRoleNames, any role', { tenantRoleNames: { T2: {} } }, ['lea']],
    ['ssoAppIds', { ssoAppIds: ['SA1'] }, ['lea']],
    ['customAttributes', { customAttributes: { department: 'Field' } }, [AMARA]],
    ['customAttributes, a choice', { customAttributes: { department: ['Field', 'Office'] } }, [AMARA, 'lea']],
    ['customAttributes, in a list', { customAttributes: { languages: 'ig' } }, [AMARA]],
    ['customAttributes, false is no absence', { customAttributes: { remote: false } }, ['lea']],
    ['customAttributes, all of them', { customAttributes: { department: 'Field', remote: false } }, []],
    ['verifiedEmail', { verifiedEmail: true }, [AMARA]],
    ['verifiedPhone false', { verifiedPhone: false }, ['lea', 'kenji']],
    ['password', { password: true }, [AMARA]],
    ['totp', { totp: true }, ['kenji']],
    ['fromCreatedTime, in milliseconds', { fromCreatedTime: JUNE_2025 * 1000 }, ['lea', 'kenji']],
    ['toCreatedTime, as text', { toCreatedTime: String(JUNE_2025 * 1000 - 1) }, [AMARA]],
    ['a span of time', { fromCreatedTime: MARCH_2025 * 1000 + 1, toCreatedTime: JUNE_2025 * 1000 }, ['lea']],
    ['fromModifiedTime', { fromModifiedTime: NOON.getTime() + 1 }, []],
    ['toModifiedTime', { toModifiedTime: NOON.getTime() }, [AMARA, 'lea', 'kenji']],
    ['two filters: both', { roleNames: ['Editor'], statuses: ['disabled'] }, ['kenji']],
    [
      'empty lists filter nothing',
      { loginIds: [], emails: [], phones: [], statuses: [], roleNames: [], tenantIds: [] },
      [AMARA, 'lea', 'kenji'],
    ],
    ['withTestUser', { withTestUser: true }, [AMARA, 'lea', 'kenji', 'tester']],
    ['a test user by name stays out', { loginIds: ['tester'] }, []],
    ['a test user by name, asked for', { loginIds: ['tester'], withTestUser: true }, ['tester']],
    ['testUsersOnly', { testUsersOnly: true }, ['tester']],
    ['limit', { limit: 2 }, [AMARA, 'lea']],
    ['limit 0 is none', { limit: 0 }, [AMARA, 'lea', 'kenji']],
    ['the second page', { limit: 2, page: 1 }, ['kenji']],
    ['a page past the end', { limit: 2, page: 9 }, []],
    ['offset before page', { limit: 2, page: 1, offset: 1 }, ['lea', 'kenji']],
    ['sort by displayName', { sort: [{ field: 'displayName' }] }, [AMARA, 'lea', 'kenji']],
    ['sort by displayName, falling', { sort: [{ field: 'displayName', desc: true }] }, ['kenji', 'lea', AMARA]],
    ['sort by createdTime, falling', { sort: [{ field: 'createdTime', desc: true }] }, ['kenji', 'lea', AMARA]],
    ['sort by status', { sort: [{ field: 'status' }] }, ['kenji', AMARA, 'lea']],
    ['sort by email, then', { sort: [{ field: 'email' }] }, ['kenji', AMARA, 'lea']],
    ['sort by phoneNumber, falling', { sort: [{ field: 'phoneNumber', desc: true }] }, ['kenji', AMARA, 'lea']],
    ['sort by externalId', { sort: [{ field: 'externalId' }] }, [AMARA, 'kenji', 'lea']],
    [
      'sort by tenant, then by externalId',
      { sort: [{ field: 'tenant', desc: true }, { field: 'externalId' }] },
      ['kenji', 'lea', AMARA],
    ],
    [
      'sort by tenant, equals in order of creation',
      { sort: [{ field: 'tenant', desc: true }] },
      ['lea', 'kenji', AMARA],
    ],
    ['sort, then the page', { sort: [{ field: 'externalId' }], limit: 1, page: 1 }, ['kenji']],
    ['sort by what is no field', { sort: [{ field: 'shoe size', desc: true }, {}] }, [AMARA, 'lea', 'kenji']],
  ])('finds by %s', (_, search, want) => {
    expect(
      openWithUsers()
        .search(search)
        .users.map(({ loginIds }) => loginIds[0]),
    ).toEqual(want)
  })

  it('finds by user ID, as a filter and as text', () => {
    const project = openWithUsers()
    const { userId } = project.load({ loginId: 'lea' })
    expect(project.search({ userIds: [userId] }).users.map((user) => user.userId)).toEqual([userId])
    expect(project.search({ text: userId }).users.map((user) => user.userId)).toEqual([userId])
  })

  it('counts all that match, on every page', () => {
    const project = openWithUsers()
    expect(project.search({ limit: 1 }).total).toBe(3)
    expect(project.search({ limit: 1, page: 9 }).total).toBe(3)
    expect(project.search({ statuses: ['enabled'] }).total).toBe(1)
  })

  it('holds 100 users on a page, if nothing else is said', () => {
    const project = openProject()
    project.createBatch(Array.from({ length: 101 }, (_, number) => ({ loginId: `user-${number}` })))
    expect(project.search({})).toMatchObject({ users: { length: 100 }, total: 101 })
    expect(project.search({ page: 1 }).users.map(({ loginIds }) => loginIds)).toEqual([['user-100']])
  })

  it('answers users as loading does', () => {
    const project = openWithUsers()
    expect(project.search({ loginIds: ['lea'] }).users).toEqual([project.load({ loginId: 'lea' })])
  })
})

describe('deleteUser and deleteUsersBatch', () => {
  it('removes the user and frees its login IDs, and gives its user ID to nobody', () => {
    const project = openProject()
    const { userId } = project.create({ loginId: 'a', additionalIdentifiers: ['b'] })
    expect(project.delete({ loginId: 'b' })).toEqual({})
    expect(project.send('GET', LOAD, { query: { loginId: 'a' } }).status).toBe(404)
    const again = project.create({ loginId: 'b' })
    expect(again.userId).not.toBe(userId)
    expect(project.send('POST', DELETE, { body: { userId } }).status).toBe(404)
  })

  it('removes the users whose user IDs it is sent, and passes over the rest', () => {
    const project = openProject()
    const { createdUsers } = project.createBatch([{ loginId: 'a' }, { loginId: 'b' }, { loginId: 'c' }])
    const [a, , c] = createdUsers.map(({ userId }) => userId) as [string, string, string]
    expect(project.deleteBatch([a, 'U2ghost', c, a, 'b'])).toEqual({})
    expect(project.loginIds()).toEqual(['b'])
  })
})

describe('a project', () => {
  it('knows nothing of another: login IDs, users and changes', () => {
    const mock = newMock()
    const north = openProject({ mock })
    const south = openProject({ mock, token: 'P2south:key' })
    const user = north.create({ loginId: 'a', name: 'North' })
    expect(south.search({})).toEqual({ users: [], total: 0 })
    for (const query of [{ loginId: 'a' }, { userId: user.userId }]) {
      expect(south.send('GET', LOAD, { query }).status).toBe(404)
    }
    expect(south.create({ loginId: 'a', name: 'South' }).userId).not.toBe(user.userId)
    south.update({ loginId: 'a' })
    south.delete({ loginId: 'a' })
    south.deleteBatch([user.userId])
    expect(north.load({ loginId: 'a' })).toEqual(user)
  })

  it('is the same for all its management keys, colons in a key included', () => {
    const mock = newMock()
    const user = openProject({ mock }).create({ loginId: 'a' })
    expect(openProject({ mock, token: 'P2north:another:key' }).load({ loginId: 'a' })).toEqual(user)
  })

  it('does not keep its management key', () => {
    const project = openProject({ token: 'P2north:CANARY' })
    project.create({ loginId: 'a@example.com' })
    expect(JSON.stringify(project.mock.snapshot())).not.toContain('CANARY')
  })

  it('gives the same user the same user ID in every mock, and another project another', () => {
    const { userId } = openProject().create({ loginId: 'a' })
    expect(openProject().create({ loginId: 'a' }).userId).toBe(userId)
    expect(openProject({ token: 'P2south:key' }).create({ loginId: 'a' }).userId).not.toBe(userId)
  })
})

describe('a refusal', () => {
  type Given = { method: string; path: string; body?: unknown; text?: string; query?: Query; authorization?: string }
  const text = (method: string, path: string, value: string) => ({ method, path, text: value })
  const body = (method: string, path: string, value: unknown) => ({ method, path, body: value })
  const operations = {
    createUsersBatch: body('POST', CREATE, { users: [{ loginId: 'new' }] }),
    patchUser: body('PATCH', PATCH, { loginId: 'a', name: 'Changed' }),
    updateUser: body('POST', UPDATE, { loginId: 'a', name: 'Changed' }),
    loadUser: { method: 'GET', path: LOAD, query: { loginId: 'a' } },
    searchUsers: body('POST', SEARCH, {}),
    deleteUser: body('POST', DELETE, { loginId: 'a' }),
    deleteUsersBatch: body('POST', DELETE_BATCH, { userIds: ['U2ghost'] }),
  }
  const writing = Object.entries(operations).filter(([id]) => id !== 'loadUser')
  const everywhere = (title: string, authorization: string, want: [number, string, string]) =>
    Object.entries(operations).map(([id, given]): [string, Given, number, string, string] => [
      `${id}: ${title}`,
      { ...given, authorization },
      ...want,
    ])
  const unauthorized: [number, string, string] = [401, 'E111119', 'Unauthorized']
  const malformed: [number, string, string] = [400, 'E011001', 'Request is malformed']
  const missing: [number, string, string] = [400, 'E011002', 'Missing arguments']
  const invalid: [number, string, string] = [400, 'E011003', 'The request is not valid']
  const taken: [number, string, string] = [400, 'E111127', 'An identifier belongs to another user']
  const unknown: [number, string, string] = [404, 'E011001', 'Request is malformed']

  it.each<[title: string, given: Given, status: number, code: string, description: string]>([
    ...everywhere('no credentials', '', unauthorized),
    ...everywhere('another scheme', 'Basic P2north:key', unauthorized),
    ...everywhere('credentials without colon', 'Bearer P2north', unauthorized),
    ...everywhere('nothing before the colon', 'Bearer :key', unauthorized),
    ...everywhere('nothing after the colon', 'Bearer P2north:', unauthorized),
    ...everywhere('the credential that is always refused', 'Bearer invalid', unauthorized),
    ...writing.map(([id, { method, path }]): [string, Given, number, string, string] => [
      `${id}: a body that is not JSON`,
      text(method, path, '{"users":'),
      ...malformed,
    ]),
    ...writing.map(([id, { method, path }]): [string, Given, number, string, string] => [
      `${id}: a body that is a list`,
      body(method, path, []),
      ...invalid,
    ]),
    ['createUsersBatch: no body', { method: 'POST', path: CREATE }, ...missing],
    ['createUsersBatch: no users', body('POST', CREATE, {}), ...missing],
    ['createUsersBatch: an empty list', body('POST', CREATE, { users: [] }), ...missing],
    ['createUsersBatch: null users', body('POST', CREATE, { users: null }), ...invalid],
    ['createUsersBatch: users as an object', body('POST', CREATE, { users: { loginId: 'new' } }), ...invalid],
    ['createUsersBatch: a row that is text', body('POST', CREATE, { users: [{ loginId: 'new' }, 'b'] }), ...invalid],
    ['createUsersBatch: a row that is null', body('POST', CREATE, { users: [{ loginId: 'new' }, null] }), ...invalid],
    ['createUsersBatch: a login ID that is a number', body('POST', CREATE, { users: [{ loginId: 7 }] }), ...invalid],
    [
      'createUsersBatch: a status that is none',
      body('POST', CREATE, { users: [{ loginId: 'new', status: 'active' }] }),
      ...invalid,
    ],
    [
      'createUsersBatch: roles as text',
      body('POST', CREATE, { users: [{ loginId: 'new', roleNames: 'Editor' }] }),
      ...invalid,
    ],
    [
      'createUsersBatch: a time past 32 bits',
      body('POST', CREATE, { users: [{ loginId: 'new', createdTime: 2 ** 31 }] }),
      ...invalid,
    ],
    [
      'createUsersBatch: an attribute that is an object',
      body('POST', CREATE, { users: [{ loginId: 'new', customAttributes: { a: {} } }] }),
      ...invalid,
    ],
    [
      'createUsersBatch: invite as text',
      body('POST', CREATE, { users: [{ loginId: 'new' }], invite: 'yes' }),
      ...invalid,
    ],
    ['patchUser: a flag as text', body('PATCH', PATCH, { loginId: 'a', verifiedEmail: 'true' }), ...invalid],
    ['patchUser: attributes as text', body('PATCH', PATCH, { loginId: 'a', customAttributes: 'x' }), ...invalid],
    [
      'patchUser: a login ID of another user',
      body('PATCH', PATCH, { loginId: 'a', additionalIdentifiers: ['free', 'b'] }),
      ...taken,
    ],
    [
      'patchUser: a phone of another user',
      body('PATCH', PATCH, { loginId: 'a', additionalLoginIds: ['+1 555 555 5555'] }),
      ...taken,
    ],
    [
      'updateUser: a login ID of another user',
      body('POST', UPDATE, { loginId: 'a', additionalIdentifiers: ['b'] }),
      ...taken,
    ],
    ['updateUser: roles as text', body('POST', UPDATE, { loginId: 'a', roleNames: 'Editor' }), ...invalid],
    ['searchUsers: a limit below 0', body('POST', SEARCH, { limit: -1 }), ...invalid],
    ['searchUsers: a limit as text', body('POST', SEARCH, { limit: '10' }), ...invalid],
    ['searchUsers: a status that is none', body('POST', SEARCH, { statuses: ['active'] }), ...invalid],
    ['searchUsers: no body', { method: 'POST', path: SEARCH }, ...invalid],
    ['deleteUser: a login ID that is a number', body('POST', DELETE, { loginId: 7 }), ...invalid],
    ['deleteUsersBatch: no list', body('POST', DELETE_BATCH, {}), ...missing],
    ['deleteUsersBatch: an empty list', body('POST', DELETE_BATCH, { userIds: [] }), ...missing],
    ['deleteUsersBatch: a number', body('POST', DELETE_BATCH, { userIds: ['U2ghost', 7] }), ...invalid],
    ['an unknown path', { method: 'GET', path: '/v1/mgmt/license' }, ...unknown],
    ['an unknown path of another kind', { method: 'POST', path: '/' }, ...unknown],
    ['a wrong method', { method: 'POST', path: LOAD }, 405, 'E011001', 'Request is malformed'],
    ['a wrong method for a change', { method: 'PUT', path: PATCH }, 405, 'E011001', 'Request is malformed'],
  ])(
    'has its code, its text and its status, and leaves no trace: %s',
    (_, given, status, errorCode, errorDescription) => {
      const project = openProject()
      project.createBatch([{ loginId: 'a' }, { loginId: 'b', additionalIdentifiers: ['+15555555555'] }], {
        invite: true,
      })
      const before = JSON.stringify(project.mock.snapshot())
      const { authorization = 'Bearer P2north:key', ...call } = given
      const headers = { ...(authorization && { authorization }), 'content-type': 'application/json' }
      const reply = project.mock.answer({ ...call, headers })
      expect(reply).toMatchObject({ status, body: { errorCode, errorDescription, errorMessage: expect.any(String) } })
      expect(Object.keys(reply.body as object)).toEqual(['errorCode', 'errorDescription', 'errorMessage'])
      expect(JSON.stringify(project.mock.snapshot())).toBe(before)
    },
  )

  it('names the methods that a path has', () => {
    expect(openProject().send('DELETE', LOAD).headers).toMatchObject({ allow: 'GET' })
  })

  it('leaves no trace of a batch whose rows all failed', () => {
    const project = openProject()
    project.create({ loginId: 'a' })
    const before = JSON.stringify(project.mock.snapshot())
    project.createBatch([{ loginId: 'a' }, {}], { invite: true })
    expect(JSON.stringify(project.mock.snapshot())).toBe(before)
  })

  it('takes no project into being', () => {
    const project = openProject()
    project.send('GET', LOAD, { query: { loginId: 'a' } })
    project.search({})
    expect(project.mock.snapshot().apis).toEqual({})
  })
})

describe('names that mean something to JavaScript are names like any other', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it.each(NAMES)('%s as an attribute: kept, changed, found and removed', (name) => {
    const project = openProject()
    const attributes = (value: string) => JSON.parse(`{${JSON.stringify(name)}:${value}}`)
    const shown = ({ customAttributes }: User) => JSON.stringify(customAttributes)
    expect(shown(project.create({ loginId: 'a' }))).toBe('{}')
    expect(project.search({ customAttributes: attributes('"x"') }).total).toBe(0)
    const first = project.create({ loginId: 'b', customAttributes: attributes('"x"') })
    expect(shown(first)).toBe(`{"${name}":"x"}`)
    expect(project.search({ customAttributes: attributes('"x"') }).total).toBe(1)
    const second = project.patch({ loginId: 'b', customAttributes: attributes('["y"]') })
    expect(shown(second)).toBe(`{"${name}":["y"]}`)
    expect(shown(project.patch({ loginId: 'b', customAttributes: attributes('null') }))).toBe('{}')
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it.each(NAMES)('%s as a field to sort by, a tenant, a login ID, a project', (name) => {
    const project = openProject({ token: `${name}:key` })
    const user = project.create({
      loginId: name,
      roleNames: [name],
      userTenants: [{ tenantId: name, roleNames: [name] }],
    })
    expect(project.load({ loginId: name })).toEqual(user)
    const tenantRoleNames = JSON.parse(`{${JSON.stringify(name)}:{"values":[${JSON.stringify(name)}]}}`)
    const search = { sort: [{ field: name, desc: true }], tenantIds: [name], roleNames: [name], text: name }
    expect(project.search({ ...search, tenantRoleNames })).toEqual({ users: [user], total: 1 })
    const snapshot = project.mock.snapshot()
    project.delete({ loginId: name })
    project.mock.restore(snapshot)
    expect(project.load({ loginId: name })).toEqual(user)
  })
})

describe('the document', () => {
  /** What behaviours refuse with themselves; the other refusals are the engine's. */
  const OWN = ['E011002', 'E011004', 'E111127', 'E112102', 'not_found']

  const refusalsOf = ({ body, failures }: Operation): [status: number, refusal: Refusal][] => [
    [401, { refused: 'no-credentials', message: '?' }],
    [403, { refused: 'bad-credentials', message: '?' }],
    ...(body
      ? ([
          [400, { refused: 'malformed-body', rule: 'json', at: '/', message: '?' }],
          [400, { refused: 'invalid', rule: 'type', at: '/0/name', message: '?' }],
          [400, { refused: 'invalid', rule: 'required', at: '/', message: '?' }],
          [400, { refused: 'invalid', rule: 'required', at: '/users/0', message: '?' }],
          [400, { refused: 'invalid', rule: 'minItems', at: '/users', message: '?' }],
        ] as [number, Refusal][])
      : []),
    [429, { refused: 'rate-limited', message: '?' }],
    [500, { refused: 'broken-reply', message: '?' }],
    ...failures
      .filter(({ id }) => OWN.includes(id))
      .map(({ id, status = 400, message = '?' }): [number, Refusal] => [
        status,
        { refused: 'failure', rule: id, message },
      ]),
  ]

  const shows = ({ status, at, code, id, messageAt, message }: Failure, reply: { status: number; body?: unknown }) =>
    status === reply.status &&
    (!at.startsWith('/') || valueAt(reply.body, at) === (code === null ? message : (code ?? id))) &&
    (messageAt === undefined || valueAt(reply.body, messageAt) === message)

  const cases = [descope, dynamic, royalti].flatMap((api) =>
    api.operations.flatMap((operation) =>
      refusalsOf(operation)
        .map(([status, refusal]) => ({ reply: api.behaviours.refuse(refusal, status, operation), refusal }))
        .filter(({ reply }) => operation.failures.some(({ status }) => status === reply.status))
        .map(({ reply, refusal: { refused, rule, at } }) => ({
          title: [api.name, operation.id, refused, rule, at].filter(Boolean).join(' '),
          reply,
          declared: operation.failures.filter(({ level }) => level === 'request'),
        })),
    ),
  )

  it.each(cases)('has the code and the text of every refusal that behaviours shape: $title', ({ reply, declared }) => {
    expect(
      declared.filter((failure) => shows(failure, reply)),
      JSON.stringify(reply),
    ).toHaveLength(1)
  })

  it('has every status of a refusal of Descope', () => {
    const all = descope.operations.flatMap(refusalsOf)
    expect(cases.filter(({ title }) => title.startsWith('descope'))).toHaveLength(all.length)
  })
})
