import { describe, expect, it } from 'vitest'
import { createMock } from '../create-mock.ts'
import { type components, dynamic } from '../dynamic.ts'
import type { Call, Query } from '../index.ts'

type Schemas = components['schemas']
type Account = Schemas['CreateUserOauthRequest']
type Row = Schemas['BulkUserCreateRequest'][number]
type Outcome = Required<Omit<Schemas['BulkUserCreateResponse'], 'failed'>> & {
  failed: { user: Schemas['User']; error: string; code: string }[]
}

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const ELSEWHERE = '0a000000-0000-4000-8000-00000000000b'
const NOBODY = '0a000000-0000-4000-8000-0000000000ff'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const FIRST_DAY = '2026-11-02T09:15:30.412Z'
const NEXT_DAY = '2026-11-03T00:00:00.000Z'
const HEADERS = { authorization: 'Bearer dyn_example' }
const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json' }

const usersPath = (environment = ENVIRONMENT) => `/api/v0/environments/${environment}/users`
const bulkPath = (environment = ENVIRONMENT) => `${usersPath(environment)}/bulk`

/** A mock with a clock that is set by hand, and one function per operation. */
function openEnvironment() {
  let now = FIRST_DAY
  const mock = createMock({ apis: [dynamic], clock: () => new Date(now) })
  const read = (path: string, query?: Query) =>
    mock.answer({ method: 'GET', path, headers: HEADERS, ...(query && { query }) })
  const bulk = (rows: readonly unknown[], query: Query | undefined, environment?: string) => {
    const call: Call = { method: 'POST', path: bulkPath(environment), headers: HEADERS, body: rows }
    const reply = mock.answer(query ? { ...call, query } : call)
    expect(reply).toMatchObject({ status: 201 })
    return reply.body as Outcome
  }
  return {
    mock,
    setClock: (instant: string) => void (now = instant),
    create: (rows: readonly Row[], environment?: string) => bulk(rows, undefined, environment),
    upsert: (rows: readonly Row[], environment?: string) => bulk(rows, { upsert: 'true' }, environment),
    list: (query?: Query, environment?: string) =>
      read(usersPath(environment), query).body as Required<Schemas['UsersResponse']>,
    get: (id: string, environment?: string) => read(`${usersPath(environment)}/${id}`, undefined),
    remove: (id: string, environment?: string) =>
      mock.answer({ method: 'DELETE', path: `${usersPath(environment)}/${id}`, headers: HEADERS }),
  }
}

const wallet = (publicWalletAddress: string, more: object = {}): NonNullable<Row['wallets']>[number] => ({
  publicWalletAddress,
  chain: 'EVM',
  walletName: 'MetaMask',
  walletProvider: 'browserExtension',
  ...more,
})
const account = (provider: 'github' | 'google', accountId: string): Account => ({
  provider,
  accountId,
})

const ADDRESS = '0xbF394748301603f18d953C90F0b087CBEC0E1834'
const OTHER_ADDRESS = '0x00000000000000000000000000000000000000A1'
const SOLANA = 'DRpbCBMxVnDK7maPM5tGv6MvB3v1sRMC86PZ8okm21hy'

const codesOf = ({ failed }: Outcome) => failed.map(({ code }) => code)
const idsOf = (users: readonly Schemas['User'][]) => users.map(({ id }) => id)
const sizesOf = ({ created, updated, failed, total }: Outcome) => [created.length, updated.length, failed.length, total]

describe('a key that a user of the environment holds', () => {
  const taken: { key: string; holder: Row; row: Row; code: string }[] = [
    {
      key: 'e-mail',
      holder: { email: 'ines@example.com' },
      row: { email: 'ines@example.com' },
      code: 'email_already_exists',
    },
    {
      key: 'e-mail in another case',
      holder: { email: 'Ines@Example.com' },
      row: { email: 'iNES@example.COM' },
      code: 'email_already_exists',
    },
    { key: 'username', holder: { username: 'ines' }, row: { username: 'ines' }, code: 'username_already_exists' },
    {
      key: 'wallet address',
      holder: { wallets: [wallet(ADDRESS)] },
      row: { wallets: [wallet(ADDRESS)] },
      code: 'reassign_wallet_error',
    },
    {
      key: 'hexadecimal wallet address in another case',
      holder: { wallets: [wallet(ADDRESS)] },
      row: { wallets: [wallet(ADDRESS.toLowerCase())] },
      code: 'reassign_wallet_error',
    },
    {
      key: 'second wallet',
      holder: { wallets: [wallet(SOLANA), wallet(ADDRESS)] },
      row: { wallets: [wallet(OTHER_ADDRESS), wallet(ADDRESS)] },
      code: 'reassign_wallet_error',
    },
    {
      key: 'account',
      holder: { oauthAccounts: [account('github', '583231')] },
      row: { oauthAccounts: [account('github', '583231')] },
      code: 'social_account_already_exists',
    },
    {
      key: 'e-mail before any other key',
      holder: {
        email: 'a@example.com',
        username: 'ines',
        wallets: [wallet(ADDRESS)],
        oauthAccounts: [account('github', '1')],
      },
      row: {
        email: 'a@example.com',
        username: 'ines',
        wallets: [wallet(ADDRESS)],
        oauthAccounts: [account('github', '1')],
      },
      code: 'email_already_exists',
    },
  ]

  it.each(taken)('fails the row of a later request: $key', ({ holder, row, code }) => {
    const { create, list } = openEnvironment()
    create([holder])
    const outcome = create([row])
    expect(sizesOf(outcome)).toEqual([0, 0, 1, 1])
    expect(outcome.failed[0]).toMatchObject({ code, error: 'Resources already exists for this Object' })
    expect(list().count).toBe(1)
  })

  it.each(taken)('fails a later row of the same request: $key', ({ holder, row, code }) => {
    const { create, list } = openEnvironment()
    const outcome = create([holder, row, { alias: 'bystander' }])
    expect(sizesOf(outcome)).toEqual([2, 0, 1, 3])
    expect(codesOf(outcome)).toEqual([code])
    expect(list().count).toBe(2)
  })

  it('tells which user the row would have been, and that user does not exist', () => {
    const { create, get, list } = openEnvironment()
    const [holder] = create([{ email: 'ines@example.com', firstName: 'Inès' }]).created
    const { failed } = create([{ email: 'INES@example.com', firstName: 'Agnès', wallets: [wallet(ADDRESS)] }])
    const user = failed[0]?.user as Schemas['User']
    expect(user).toMatchObject({
      id: expect.stringMatching(UUID),
      projectEnvironmentId: ENVIRONMENT,
      email: 'INES@example.com',
      firstName: 'Agnès',
      wallets: [{ publicKey: ADDRESS }],
    })
    expect(user.id).not.toBe(holder?.id)
    expect(get(user.id).status).toBe(404)
    expect(list().users).toEqual([holder])
  })

  it('is free for the rows behind one that failed', () => {
    const { create } = openEnvironment()
    const outcome = create([
      { email: 'ines@example.com' },
      { email: 'ines@example.com', username: 'still-free' },
      { username: 'still-free' },
    ])
    expect(sizesOf(outcome)).toEqual([2, 0, 1, 3])
  })

  it('is free again once its user is deleted', () => {
    const { create, remove } = openEnvironment()
    const row = {
      email: 'ines@example.com',
      username: 'ines',
      wallets: [wallet(ADDRESS)],
      oauthAccounts: [account('github', '1')],
    }
    const id = create([row]).created[0]?.id as string
    expect(remove(id).status).toBe(204)
    const again = create([row])
    expect(sizesOf(again)).toEqual([1, 0, 0, 1])
    expect(again.created[0]?.id).not.toBe(id)
  })

  it('is free in another environment', () => {
    const { create, upsert, get, list, remove } = openEnvironment()
    const row = { email: 'ines@example.com', username: 'ines', wallets: [wallet(ADDRESS)] }
    const id = create([row]).created[0]?.id as string
    expect(sizesOf(create([row], ELSEWHERE))).toEqual([1, 0, 0, 1])
    expect(sizesOf(upsert([{ ...row, username: 'ines-b' }], ELSEWHERE))).toEqual([0, 1, 0, 1])
    expect(list().users).toMatchObject([{ id, username: 'ines', projectEnvironmentId: ENVIRONMENT }])
    expect(list({}, ELSEWHERE).users).toMatchObject([{ username: 'ines-b', projectEnvironmentId: ELSEWHERE }])
    expect(get(id, ELSEWHERE).status).toBe(404)
    expect(remove(id, ELSEWHERE).status).toBe(404)
    expect(get(id).status).toBe(200)
  })
})

describe('no key is', () => {
  it.each<{ what: string; row: Row }>([
    { what: 'an empty row', row: {} },
    { what: 'an empty e-mail', row: { email: '' } },
    { what: 'an empty username', row: { username: '' } },
    { what: 'a username that is null', row: { username: null } },
    { what: 'an empty list of wallets', row: { wallets: [], oauthAccounts: [] } },
    { what: 'a name', row: { alias: 'Inès', firstName: 'Inès', phoneNumber: '+49 30 901820' } },
    { what: 'a wallet of another kind', row: { btcWallet: '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5' } },
  ])('$what: two such rows are two users', ({ row }) => {
    const { create, upsert } = openEnvironment()
    const { created } = create([row, row])
    expect(new Set(idsOf(created)).size).toBe(2)
    expect(sizesOf(upsert([row]))).toEqual([1, 0, 0, 1])
  })

  it.each<{ what: string; rows: Row[] }>([
    { what: 'a username in another case', rows: [{ username: 'Ines' }, { username: 'ines' }] },
    {
      what: 'a Solana address in another case',
      rows: [{ wallets: [wallet(SOLANA)] }, { wallets: [wallet(SOLANA.toLowerCase())] }],
    },
    {
      what: 'an account id at another provider',
      rows: [{ oauthAccounts: [account('github', '1')] }, { oauthAccounts: [account('google', '1')] }],
    },
    {
      what: 'another account id at the provider',
      rows: [{ oauthAccounts: [account('github', '1')] }, { oauthAccounts: [account('github', '2')] }],
    },
  ])('shared by $what', ({ rows }) => {
    expect(sizesOf(openEnvironment().create(rows))).toEqual([2, 0, 0, 2])
  })
})

describe('upsert', () => {
  const BEFORE: Row = {
    email: 'ines@example.com',
    emailVerifiedAt: '2023-11-07T05:31:56Z',
    username: 'ines',
    firstName: 'Inès',
    country: 'FR',
    team: 'Blue',
    metadata: { plan: 'free', seats: 3 },
    wallets: [wallet(ADDRESS)],
    oauthAccounts: [account('github', '583231')],
  }
  const open = () => {
    const environment = openEnvironment()
    const before = environment.create([BEFORE]).created[0] as Schemas['User']
    environment.setClock(NEXT_DAY)
    return { ...environment, before }
  }

  it.each<{ key: string; row: Row }>([
    { key: 'e-mail', row: { email: 'ines@example.com' } },
    { key: 'e-mail in another case', row: { email: 'INES@example.com' } },
    { key: 'username', row: { username: 'ines' } },
    { key: 'wallet address', row: { wallets: [wallet(ADDRESS)] } },
    { key: 'account', row: { oauthAccounts: [account('github', '583231')] } },
    {
      key: 'one key, with others that are new',
      row: { username: 'ines', email: 'new@example.com', wallets: [wallet(SOLANA)] },
    },
    { key: 'several keys of the same user', row: { username: 'ines', email: 'ines@example.com' } },
  ])('updates the user that the row names by $key', ({ row }) => {
    const { upsert, get, list, before } = open()
    const outcome = upsert([{ ...row, jobTitle: 'CTO' }])
    expect(sizesOf(outcome)).toEqual([0, 1, 0, 1])
    expect(outcome.updated[0]).toMatchObject({
      id: before.id,
      jobTitle: 'CTO',
      createdAt: FIRST_DAY,
      updatedAt: NEXT_DAY,
    })
    expect(list().count).toBe(1)
    expect(get(before.id).body).toEqual({ user: outcome.updated[0] })
  })

  it.each([undefined, { upsert: 'false' }])('is off with query %j: the row fails and the user stays', (query) => {
    const { mock, get, before } = open()
    const call: Call = { method: 'POST', path: bulkPath(), headers: HEADERS, body: [{ ...BEFORE, team: 'Red' }] }
    expect(codesOf(mock.answer(query ? { ...call, query } : call).body as Outcome)).toEqual(['email_already_exists'])
    expect(get(before.id).body).toEqual({ user: before })
  })

  it('creates the user that no key names', () => {
    const { upsert, list } = open()
    const outcome = upsert([{ email: 'new@example.com' }])
    expect(sizesOf(outcome)).toEqual([1, 0, 0, 1])
    expect(list().count).toBe(2)
  })

  it('overwrites what the row has, keeps what it lacks, clears what it sets to null', () => {
    const { upsert, before } = open()
    const [after] = upsert([{ email: 'ines@example.com', firstName: 'Agnès', country: null, username: null }]).updated
    expect(after).toEqual({ ...before, firstName: 'Agnès', country: null, username: null, updatedAt: NEXT_DAY })
  })

  it('changes nothing but the timestamp when the row has its key alone', () => {
    const { upsert, before } = open()
    expect(upsert([{ username: 'ines' }]).updated).toEqual([{ ...before, updatedAt: NEXT_DAY }])
  })

  it.each<{ given: Row; want: object }>([
    { given: { metadata: { seats: 4 } }, want: { seats: 4 } },
    { given: { metadata: {} }, want: {} },
    { given: {}, want: { plan: 'free', seats: 3 } },
  ])('replaces metadata whole: $given gives $want', ({ given, want }) => {
    expect(open().upsert([{ email: 'ines@example.com', ...given }]).updated[0]?.metadata).toEqual(want)
  })

  it('adds wallets and accounts, each once', () => {
    const { upsert, before } = open()
    const row: Row = {
      email: 'ines@example.com',
      wallets: [
        wallet(ADDRESS.toUpperCase().replace('X', 'x')),
        wallet(SOLANA, { chain: 'SOL' }),
        wallet(SOLANA, { chain: 'SOL' }),
      ],
      oauthAccounts: [account('github', '583231'), account('google', '7'), account('google', '7')],
    }
    const once = upsert([row]).updated[0] as Schemas['User']
    const twice = upsert([row]).updated[0] as Schemas['User']
    expect(twice).toEqual(once)
    expect(once.wallets?.map(({ publicKey }) => publicKey)).toEqual([ADDRESS, SOLANA])
    expect(once.wallets?.[0]).toEqual(before.wallets?.[0])
    expect(once.oauthAccounts?.map(({ provider }) => provider)).toEqual(['github', 'google'])
    expect(once.verifiedCredentials?.map(({ format }) => format)).toEqual([
      'email',
      'blockchain',
      'oauth',
      'blockchain',
      'oauth',
    ])
    expect(once).toMatchObject({ walletPublicKey: ADDRESS, wallet: 'MetaMask', chain: 'EVM' })
  })

  it('moves a key: the new one is taken from then on, the old one is free', () => {
    const { create, upsert } = open()
    upsert([{ username: 'ines', email: 'moved@example.com' }])
    expect(codesOf(create([{ email: 'moved@example.com' }]))).toEqual(['email_already_exists'])
    expect(sizesOf(create([{ email: 'ines@example.com' }]))).toEqual([1, 0, 0, 1])
  })

  it('drops the credential of an e-mail that was replaced without being verified', () => {
    const [after] = open().upsert([{ username: 'ines', email: 'moved@example.com' }]).updated
    expect(after?.verifiedCredentials?.map(({ format }) => format)).toEqual(['blockchain', 'oauth'])
  })

  it('verifies the e-mail that is there', () => {
    const { create, upsert } = openEnvironment()
    create([{ email: 'ben@example.com', username: 'ben' }])
    const [after] = upsert([{ username: 'ben', emailVerifiedAt: '2024-01-01T00:00:00Z' }]).updated
    expect(after?.verifiedCredentials).toMatchObject([
      { format: 'email', email: 'ben@example.com', verifiedAt: '2024-01-01T00:00:00.000Z' },
    ])
  })

  it.each<{ keys: string; row: Row }>([
    { keys: 'e-mail and username', row: { email: 'ines@example.com', username: 'ben' } },
    { keys: 'e-mail and wallet', row: { email: 'ines@example.com', wallets: [wallet(OTHER_ADDRESS)] } },
    { keys: 'two wallets', row: { wallets: [wallet(ADDRESS), wallet(OTHER_ADDRESS)] } },
    { keys: 'wallet and account', row: { wallets: [wallet(ADDRESS)], oauthAccounts: [account('google', '9')] } },
  ])('fails a row whose keys name two users: $keys', ({ row }) => {
    const { create, upsert, list, mock } = open()
    create([{ username: 'ben', wallets: [wallet(OTHER_ADDRESS)], oauthAccounts: [account('google', '9')] }])
    const before = mock.snapshot()
    const outcome = upsert([{ ...row, team: 'Red' }])
    expect(sizesOf(outcome)).toEqual([0, 0, 1, 1])
    expect(outcome.failed[0]).toMatchObject({
      code: 'merge_accounts_invalid',
      error: 'This row names two different users',
      user: { team: 'Red' },
    })
    expect(list().users).toHaveLength(2)
    expect(mock.snapshot()).toEqual(before)
  })

  it('updates in a later row what an earlier row created or updated', () => {
    const { upsert, list } = openEnvironment()
    const outcome = upsert([
      { email: 'ines@example.com', team: 'Blue' },
      { email: 'INES@example.com', username: 'ines' },
      { username: 'ines', team: 'Red' },
    ])
    expect(sizesOf(outcome)).toEqual([1, 2, 0, 3])
    expect(outcome.updated.map(({ team }) => team)).toEqual(['Blue', 'Red'])
    expect(list().users).toEqual([outcome.updated[1]])
  })

  it('accounts for every row: created, updated and failed are the total', () => {
    const { create, upsert } = open()
    create([{ username: 'ben' }])
    const outcome = upsert([
      { email: 'new@example.com' },
      { email: 'ines@example.com', team: 'Red' },
      { email: 'ines@example.com', username: 'ben' },
      {},
      { metadata: { text: 'x'.repeat(512 * 1024) } },
    ])
    expect(sizesOf(outcome)).toEqual([2, 1, 2, 5])
    expect(codesOf(outcome)).toEqual(['merge_accounts_invalid', 'metadata_size_exceeded'])
  })
})

describe('a state that was written by hand', () => {
  const stateOf = (user: object) => ({
    apis: { dynamic: { [ENVIRONMENT]: { users: [{ id: NOBODY, projectEnvironmentId: ENVIRONMENT, ...user }] } } },
    outbox: [],
  })

  it('may do without what a user need not have', () => {
    const { mock, upsert, list } = openEnvironment()
    mock.restore(stateOf({ username: 'ines', wallets: [], verifiedCredentials: [] }))
    const [user] = upsert([{ username: 'ines', wallets: [wallet(ADDRESS)] }]).updated
    expect(user).toMatchObject({ wallets: [{ publicKey: ADDRESS }], oauthAccounts: [] })
    expect(user?.verifiedCredentials).toHaveLength(1)
    expect(list({ 'filter[filterSocialProvider]': 'google' }).users).toEqual([])
  })

  it('needs the lists that have its keys', () => {
    const { mock } = openEnvironment()
    expect(() => mock.restore(stateOf({ username: 'ines' }))).toThrow(/wallets/)
    expect(mock.snapshot().apis).toEqual({})
  })
})

describe('metadata', () => {
  const LIMIT = 512 * 1024
  const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
  /** Metadata whose JSON has exactly that many bytes, mostly of one character. */
  const metadataOf = (bytes: number, character: string) => {
    const room = bytes - bytesOf({ text: '' })
    const width = Buffer.byteLength(character)
    const text = character.repeat(Math.floor(room / width)) + 'x'.repeat(room % width)
    return { text }
  }

  it.each(['a', 'é', '李', '😀'])(
    'of exactly 512 KiB is accepted, one byte more fails its row alone: %s',
    (character) => {
      const [fits, exceeds] = [metadataOf(LIMIT, character), metadataOf(LIMIT + 1, character)]
      expect([bytesOf(fits), bytesOf(exceeds)]).toEqual([524_288, 524_289])
      const { create, list } = openEnvironment()
      const outcome = create([
        { username: 'fits', metadata: fits },
        { username: 'exceeds', metadata: exceeds },
        { username: 'none' },
      ])
      expect(outcome.created.map(({ username }) => username)).toEqual(['fits', 'none'])
      expect(outcome.created[0]?.metadata).toEqual(fits)
      expect(outcome.failed).toMatchObject([
        { code: 'metadata_size_exceeded', error: 'Metadata is larger than 512 KB' },
      ])
      expect(list().count).toBe(2)
    },
  )

  it('that is too large leaves the user whom an upsert names as it was', () => {
    const { create, upsert, list } = openEnvironment()
    const { created } = create([{ username: 'ines', metadata: { plan: 'free' } }])
    expect(codesOf(upsert([{ username: 'ines', metadata: metadataOf(LIMIT + 1, 'a') }]))).toEqual([
      'metadata_size_exceeded',
    ])
    expect(list().users).toEqual(created)
  })

  it('comes back as it was sent', () => {
    const metadata = { nested: { list: [1, null, 'é'] }, __proto__x: true, constructor: 'plain' }
    expect(openEnvironment().create([{ metadata }]).created[0]?.metadata).toEqual(metadata)
  })
})

describe('the user of a reply', () => {
  const ROW: Row = {
    email: 'Ines@example.com',
    emailVerifiedAt: '2023-11-07T05:31:56Z',
    alias: 'Inès',
    firstName: 'Inès',
    lastName: 'Lefèvre',
    country: 'FR',
    username: 'ines',
    policiesConsent: true,
    metadata: { plan: 'free' },
    mfaBackupCodeAcknowledgement: 'pending',
    btcWallet: '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5',
    newsletterNotification: false,
    wallets: [wallet(ADDRESS, { additionalWalletAddresses: [{ address: 'bc1q', type: 'payment' }] })],
    oauthAccounts: [
      {
        provider: 'github',
        accountId: '583231',
        username: 'ines-gh',
        displayName: 'Inès L',
        emails: ['ines@github.example'],
        photos: ['https://example.com/ines.png'],
        profile: { followers: 3 },
      },
    ],
  }

  it('is complete, under the names of the response', () => {
    const [user] = openEnvironment().create([ROW]).created
    const uuid = expect.stringMatching(UUID)
    expect(user).toEqual({
      id: uuid,
      projectEnvironmentId: ENVIRONMENT,
      verifiedCredentials: [
        {
          id: uuid,
          format: 'email',
          signInEnabled: true,
          email: 'Ines@example.com',
          public_identifier: 'Ines@example.com',
          verifiedAt: '2023-11-07T05:31:56.000Z',
        },
        {
          id: uuid,
          format: 'blockchain',
          signInEnabled: true,
          address: ADDRESS,
          chain: 'EVM',
          public_identifier: ADDRESS,
          wallet_name: 'MetaMask',
          wallet_provider: 'browserExtension',
          wallet_additional_addresses: [{ address: 'bc1q', type: 'payment' }],
        },
        {
          id: uuid,
          format: 'oauth',
          signInEnabled: true,
          public_identifier: 'ines-gh',
          oauth_provider: 'github',
          oauth_username: 'ines-gh',
          oauth_display_name: 'Inès L',
          oauth_account_id: '583231',
          oauth_account_photos: ['https://example.com/ines.png'],
          oauth_emails: ['ines@github.example'],
          oauth_metadata: { followers: 3 },
        },
      ],
      lastVerifiedCredentialId: user?.verifiedCredentials?.[0]?.id,
      alias: 'Inès',
      country: 'FR',
      email: 'Ines@example.com',
      firstName: 'Inès',
      jobTitle: null,
      lastName: 'Lefèvre',
      phoneNumber: null,
      policiesConsent: true,
      tShirtSize: null,
      team: null,
      username: 'ines',
      newUser: true,
      metadata: { plan: 'free' },
      mfaBackupCodeAcknowledgement: 'pending',
      btcWallet: '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5',
      kdaWallet: null,
      ltcWallet: null,
      ckbWallet: null,
      kasWallet: null,
      dogeWallet: null,
      emailNotification: null,
      discordNotification: null,
      newsletterNotification: false,
      lists: [],
      scope: '',
      missingFields: [],
      walletPublicKey: ADDRESS,
      wallet: 'MetaMask',
      chain: 'EVM',
      createdAt: FIRST_DAY,
      updatedAt: FIRST_DAY,
      sessions: [],
      wallets: [
        {
          id: uuid,
          name: 'MetaMask',
          chain: 'EVM',
          publicKey: ADDRESS,
          provider: 'browserExtension',
          properties: {},
          lastSelectedAt: null,
        },
      ],
      chainalysisChecks: [],
      oauthAccounts: [{ id: uuid, provider: 'github', accountUsername: 'ines-gh' }],
      mfaDevices: [],
    })
  })

  it('has ids of its own throughout', () => {
    const { created } = openEnvironment().create([ROW, { username: 'ben', wallets: [wallet(SOLANA)] }])
    const ids = created.flatMap((user) =>
      [user, ...(user.verifiedCredentials ?? []), ...(user.wallets ?? []), ...(user.oauthAccounts ?? [])].map(
        ({ id }) => id,
      ),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same when it is read back', () => {
    const { create, get, list } = openEnvironment()
    const [user] = create([ROW]).created
    expect(get(user?.id as string)).toMatchObject({ status: 200, body: { user } })
    expect(list()).toEqual({ count: 1, users: [user] })
  })

  it.each<{ given: string; row: Row; want: string[] }>([
    { given: 'an e-mail without emailVerifiedAt', row: { email: 'a@example.com' }, want: [] },
    { given: 'emailVerifiedAt without an e-mail', row: { emailVerifiedAt: '2023-11-07T05:31:56Z' }, want: [] },
    {
      given: 'emailVerifiedAt with an empty e-mail',
      row: { email: '', emailVerifiedAt: '2023-11-07T05:31:56Z' },
      want: [],
    },
    { given: 'a wallet given twice', row: { wallets: [wallet(ADDRESS), wallet(ADDRESS)] }, want: ['blockchain'] },
    {
      given: 'two accounts',
      row: { oauthAccounts: [account('github', '1'), account('google', '1')] },
      want: ['oauth', 'oauth'],
    },
  ])('has these verified credentials for $given: $want', ({ row, want }) => {
    const [user] = openEnvironment().create([row]).created
    expect(user?.verifiedCredentials?.map(({ format }) => format)).toEqual(want)
    expect(user?.lastVerifiedCredentialId).toBe(user?.verifiedCredentials?.[0]?.id)
  })

  it('shares nothing with the state', () => {
    const { create, list } = openEnvironment()
    const [user] = create([{ metadata: { plan: 'free' } }]).created
    Object.assign(user as Schemas['User'], { metadata: { plan: 'stolen' } })
    expect(list().users[0]?.metadata).toEqual({ plan: 'free' })
  })
})

describe('emailVerifiedAt', () => {
  it.each([
    ['2023-11-07T05:31:56Z', '2023-11-07T05:31:56.000Z'],
    ['2023-11-07t05:31:56z', '2023-11-07T05:31:56.000Z'],
    ['2023-11-07 05:31:56Z', '2023-11-07T05:31:56.000Z'],
    ['0099-11-07 05:31:56z', '0099-11-07T05:31:56.000Z'],
    ['2023-11-07T05:31:56.123456789Z', '2023-11-07T05:31:56.123Z'],
    ['2023-11-07T05:31:56+05:30', '2023-11-07T00:01:56.000Z'],
    ['2023-11-07T05:31:56-00:00', '2023-11-07T05:31:56.000Z'],
    ['2023-11-07T05:31:56.5-0130', '2023-11-07T07:01:56.500Z'],
    ['2023-11-07T05:31:56+05', '2023-11-07T00:31:56.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['2016-12-31t23:59:60.25z', '2016-12-31T23:59:59.250Z'],
    ['2016-12-31T18:59:60-05:00', '2016-12-31T23:59:59.000Z'],
    ['2017-01-01T00:59:60+01', '2016-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59-23:59', '9999-12-31T23:59:59-23:59'],
    ['0000-01-01T00:00:00+23:59', '0000-01-01T00:00:00+23:59'],
  ])('%s is the instant %s', (emailVerifiedAt, verifiedAt) => {
    const { created } = openEnvironment().create([{ email: 'ines@example.com', emailVerifiedAt }])
    expect(created[0]?.verifiedCredentials?.[0]?.verifiedAt).toBe(verifiedAt)
  })

  it.each([
    '2023-02-29T00:00:00Z',
    '2023-11-07T05:31:60Z',
    '2023-11-07T24:00:00Z',
    '2023-11-07T05:31:56',
    '2023-11-07',
    '',
  ])('%j is no date-time: the request is refused', (emailVerifiedAt) => {
    const { mock } = openEnvironment()
    const reply = mock.answer({ method: 'POST', path: bulkPath(), headers: HEADERS, body: [{ emailVerifiedAt }] })
    expect(reply).toMatchObject({
      status: 400,
      body: { error: '/0/emailVerifiedAt must match format "date-time"' },
    })
  })
})

describe('accepted as they are', () => {
  it.each<{ row: Row }>([
    { row: { firstName: 'José' } },
    { row: { firstName: '李雷', username: '李雷雷' } },
    { row: { lastName: "O'Brien" } },
    { row: { alias: '𐐀' } },
    { row: { username: '𐐀𐐁𐐂' } },
    { row: { email: 'a@' } },
    { row: { email: '' } },
    { row: { country: null, username: null, btcWallet: null, mfaBackupCodeAcknowledgement: null } },
    { row: {} },
  ])('$row', ({ row }) => {
    const { create, list } = openEnvironment()
    const outcome = create([row])
    expect(sizesOf(outcome)).toEqual([1, 0, 0, 1])
    expect(outcome.created[0]).toMatchObject(row)
    expect(list().users).toEqual(outcome.created)
  })

  it('an id and other keys that no schema names, which are not kept', () => {
    const { mock, list } = openEnvironment()
    const body = [{ id: NOBODY, nickname: 'ines' }]
    expect(mock.answer({ method: 'POST', path: bulkPath(), headers: HEADERS, body }).status).toBe(201)
    expect(list().users[0]?.id).not.toBe(NOBODY)
    expect(list().users[0]).not.toHaveProperty('nickname')
  })

  it('50 rows, whose users keep their order', () => {
    const { create, list } = openEnvironment()
    const { created } = create(Array.from({ length: 50 }, (_, index) => ({ username: `user-${index}` })))
    expect(created.map(({ username }) => username)).toEqual(Array.from({ length: 50 }, (_, index) => `user-${index}`))
    expect(idsOf(list({ limit: '100' }).users)).toEqual(idsOf(created))
  })
})

describe('a refused request leaves the state byte for byte as it was', () => {
  const post = (more: Partial<Call>): Call => ({ method: 'POST', path: bulkPath(), headers: HEADERS, ...more })
  /** Each body starts with a row that would be created. */
  const NEW = { email: 'new@example.com' }
  const UUID_RULE = 'must match pattern "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"'

  it.each<{ what: string; call: Call; status: number; error: unknown }>([
    {
      what: '51 rows',
      call: post({ body: Array(51).fill(NEW) }),
      status: 400,
      error: 'body must NOT have more than 50 items',
    },
    { what: 'no rows', call: post({ body: [] }), status: 400, error: 'body must NOT have fewer than 1 items' },
    { what: 'a row outside an array', call: post({ body: NEW }), status: 400, error: 'body must be array' },
    { what: 'no body', call: post({}), status: 400, error: 'body is required' },
    {
      what: 'a bad country',
      call: post({ body: [NEW, { country: 'usa' }] }),
      status: 400,
      error: '/1/country must match pattern "^[A-Z]{2}$"',
    },
    { what: 'a row that is null', call: post({ body: [NEW, null] }), status: 400, error: '/1 must be object' },
    {
      what: 'an e-mail that is a number',
      call: post({ body: [NEW, { email: 5 }] }),
      status: 400,
      error: '/1/email must be string',
    },
    {
      what: 'an e-mail that is null',
      call: post({ body: [NEW, { email: null }] }),
      status: 400,
      error: '/1/email must be string',
    },
    {
      what: 'a consent that is text',
      call: post({ body: [NEW, { policiesConsent: 'true' }] }),
      status: 400,
      error: '/1/policiesConsent must be boolean',
    },
    {
      what: 'metadata as a list',
      call: post({ body: [NEW, { metadata: [] }] }),
      status: 400,
      error: '/1/metadata must be object',
    },
    {
      what: 'a name of 256 characters',
      call: post({ body: [NEW, { alias: 'x'.repeat(256) }] }),
      status: 400,
      error: '/1/alias must NOT have more than 255 characters',
    },
    {
      what: 'a wallet without its address',
      call: post({ body: [NEW, { wallets: [{}] }] }),
      status: 400,
      error: "/1/wallets/0 must have required property 'publicWalletAddress'",
    },
    {
      what: 'broken JSON',
      call: post({ text: '[{"email":x}]', headers: JSON_HEADERS }),
      status: 400,
      error: expect.stringMatching(/^body is not valid JSON/),
    },
    {
      what: 'JSON cut short',
      call: post({ text: '[{"email":', headers: JSON_HEADERS }),
      status: 400,
      error: 'body is not valid JSON',
    },
    {
      what: 'another content type',
      call: post({ text: '[{}]', headers: { ...HEADERS, 'content-type': 'text/plain' } }),
      status: 415,
      error: 'content-type must be application/json, not text/plain',
    },
    {
      what: 'upsert=maybe',
      call: post({ body: [NEW], query: { upsert: 'maybe' } }),
      status: 400,
      error: 'query/upsert must be boolean',
    },
    {
      what: 'upsert given twice',
      call: post({ body: [NEW], query: { upsert: ['true', 'false'] } }),
      status: 400,
      error: 'query/upsert must be boolean',
    },
    {
      what: 'an environment in capitals',
      call: post({ body: [NEW], path: bulkPath(ENVIRONMENT.toUpperCase()) }),
      status: 400,
      error: `path/environmentId ${UUID_RULE}`,
    },
    {
      what: 'a short environment',
      call: post({ body: [NEW], path: bulkPath('95b11417') }),
      status: 400,
      error: 'path/environmentId must NOT have fewer than 36 characters',
    },
    { what: 'no Authorization', call: post({ body: [NEW], headers: {} }), status: 401, error: 'No jwt provided!' },
    {
      what: 'an empty token',
      call: post({ body: [NEW], headers: { authorization: 'Bearer ' } }),
      status: 401,
      error: 'No jwt provided!',
    },
    {
      what: 'another scheme',
      call: post({ body: [NEW], headers: { authorization: 'Basic dXNlcjpwYXNz' } }),
      status: 401,
      error: 'No jwt provided!',
    },
    {
      what: 'the token "invalid"',
      call: post({ body: [NEW], headers: { authorization: 'Bearer invalid' } }),
      status: 403,
      error: 'Access Forbidden',
    },
    {
      what: 'another method',
      call: post({ method: 'PUT', path: usersPath(), body: [NEW] }),
      status: 405,
      error: 'PUT is not allowed here; allowed: GET',
    },
    { what: 'another path', call: post({ path: '/api/v0/users/bulk', body: [NEW] }), status: 404, error: 'Not Found' },
    {
      what: 'deleting nobody',
      call: { method: 'DELETE', path: `${usersPath()}/${NOBODY}`, headers: HEADERS },
      status: 404,
      error: 'Not Found',
    },
    {
      what: 'deleting without a token',
      call: { method: 'DELETE', path: `${usersPath()}/${NOBODY}` },
      status: 401,
      error: 'No jwt provided!',
    },
  ])('$what: $status', ({ call, status, error }) => {
    const { mock, create } = openEnvironment()
    create([{ email: 'ines@example.com' }])
    const before = JSON.stringify(mock.snapshot())
    const reply = mock.answer(call)
    expect([reply.status, (reply.body as { error: string }).error]).toEqual([status, error])
    expect(JSON.stringify(mock.snapshot())).toBe(before)
  })

  it('lets in the named tokens alone, when there are any', () => {
    const mock = createMock({ apis: [dynamic], tokens: ['dyn_a', 'dyn_b'] })
    const statusFor = (token: string) =>
      mock.answer(post({ body: [{}], headers: { authorization: `Bearer ${token}` } })).status
    expect(['dyn_a', 'dyn_b', 'dyn_c', 'invalid'].map(statusFor)).toEqual([201, 201, 403, 403])
  })
})

describe('list', () => {
  const open = () => {
    const environment = openEnvironment()
    const [a] = environment.create([
      { username: 'carla', email: 'carla@example.com', firstName: 'Carla', wallets: [wallet(ADDRESS)] },
    ]).created
    environment.setClock(NEXT_DAY)
    const [b, c] = environment.create([
      { username: 'anna', email: 'anna@example.org', oauthAccounts: [account('github', '583231')] },
      { username: 'bert', alias: 'Carlito', wallets: [wallet(SOLANA, { chain: 'SOL', walletName: 'Phantom' })] },
    ]).created
    const names = (query: Query) => environment.list(query).users.map(({ username }) => username)
    return { ...environment, names, ids: idsOf([a, b, c] as Schemas['User'][]) }
  }

  it.each<{ query: Query; want: string[] }>([
    { query: {}, want: ['carla', 'anna', 'bert'] },
    { query: { limit: '2' }, want: ['carla', 'anna'] },
    { query: { offset: '1' }, want: ['anna', 'bert'] },
    { query: { offset: '1', limit: '1' }, want: ['anna'] },
    { query: { offset: '3' }, want: [] },
    { query: { orderBy: 'username-asc' }, want: ['anna', 'bert', 'carla'] },
    { query: { orderBy: 'username-desc' }, want: ['carla', 'bert', 'anna'] },
    { query: { orderBy: 'createdAt-asc' }, want: ['carla', 'anna', 'bert'] },
    { query: { orderBy: 'createdAt-desc' }, want: ['bert', 'anna', 'carla'] },
    { query: { orderBy: 'username-asc', offset: '1', limit: '1' }, want: ['bert'] },
  ])('answers for $query: $want, and counts all', ({ query, want }) => {
    const { names, list } = open()
    expect(names(query)).toEqual(want)
    expect(list(query).count).toBe(3)
  })

  it.each<{ query: Query; want: string[] }>([
    { query: { 'filter[filterValue]': 'CARL' }, want: ['carla', 'bert'] },
    { query: { 'filter[filterValue]': 'carl', 'filter[filterColumn]': 'alias' }, want: ['bert'] },
    { query: { 'filter[filterValue]': 'carl', 'filter[filterColumn]': 'all' }, want: ['carla', 'bert'] },
    { query: { 'filter[filterValue]': 'example.org', 'filter[filterColumn]': 'email' }, want: ['anna'] },
    {
      query: { 'filter[filterValue]': ADDRESS.toLowerCase(), 'filter[filterColumn]': 'walletPublicKey' },
      want: ['carla'],
    },
    { query: { 'filter[filterValue]': 'phantom', 'filter[filterColumn]': 'wallet' }, want: ['bert'] },
    { query: { 'filter[filterValue]': '583231', 'filter[filterColumn]': 'accountId' }, want: ['anna'] },
    { query: { 'filter[filterSocialProvider]': 'github' }, want: ['anna'] },
    { query: { 'filter[chain]': 'SOL' }, want: ['bert'] },
    { query: { 'filter[filterValue]': 'carl', 'filter[chain]': 'EVM' }, want: ['carla'] },
    { query: { 'filter[filterValue]': 'nobody' }, want: [] },
  ])('finds by $query: $want, and counts what it found', ({ query, want }) => {
    const { names, list } = open()
    expect(names(query)).toEqual(want)
    expect(list({ ...query, limit: '1' }).count).toBe(want.length)
  })

  it('is sorted by a column whose values are objects, whatever they hold', () => {
    const { create, list } = openEnvironment()
    create([
      { username: 'bert', metadata: { toString: 1, a: 'y' } },
      { username: 'anna', metadata: { toString: 1, a: 'x' } },
    ])
    const names = (orderBy: string) => list({ orderBy }).users.map(({ username }) => username)
    expect([names('metadata-asc'), names('metadata-desc')]).toEqual([
      ['anna', 'bert'],
      ['bert', 'anna'],
    ])
  })

  it('has 20 users on a page unless told otherwise', () => {
    const { create, list } = openEnvironment()
    create(Array(50).fill({}))
    expect([list().users.length, list({ limit: '50' }).users.length, list().count]).toEqual([20, 50, 50])
  })

  it('is empty for an environment that nobody touched', () => {
    expect(openEnvironment().list({}, ELSEWHERE)).toEqual({ count: 0, users: [] })
  })

  it.each<{ query: Query; error: string }>([
    { query: { limit: '0' }, error: 'query/limit must be >= 1' },
    { query: { limit: '101' }, error: 'query/limit must be <= 100' },
    { query: { offset: '-1' }, error: 'query/offset must be >= 0' },
    { query: { limit: 'ten' }, error: 'query/limit must be integer' },
    { query: { orderBy: 'email' }, error: 'query/orderBy must match pattern "^[A-Za-z]*-(asc|desc)$"' },
    { query: { 'filter[filterColumn]': 'shoe' }, error: 'query/filter/filterColumn must be one of all, id,' },
  ])('refuses $query', ({ query, error }) => {
    const { mock } = open()
    const reply = mock.answer({ method: 'GET', path: usersPath(), headers: HEADERS, query })
    expect(reply).toMatchObject({ status: 400, body: { error: expect.stringContaining(error) } })
  })
})

describe('get and delete', () => {
  it('know the users that are there', () => {
    const { create, get, remove, list } = openEnvironment()
    const [a, b] = create([{ username: 'ines' }, { username: 'ben' }]).created as [Schemas['User'], Schemas['User']]
    expect(get(a.id)).toMatchObject({ status: 200, body: { user: a } })
    expect(remove(a.id)).toEqual({ status: 204, headers: {} })
    expect(list()).toEqual({ count: 1, users: [b] })
  })

  it('answer 404 for a user who is gone or never was', () => {
    const { create, get, remove } = openEnvironment()
    const id = create([{}]).created[0]?.id as string
    remove(id)
    for (const reply of [get(id), remove(id), get(NOBODY), remove(NOBODY)]) {
      expect(reply).toMatchObject({ status: 404, body: { error: 'Not Found', code: 'not_found' } })
    }
  })

  it('answer 400 for an id that is no UUID', () => {
    const { get, remove } = openEnvironment()
    for (const reply of [get('ines'), remove('ines')]) {
      expect(reply).toMatchObject({ status: 400, body: { error: expect.stringContaining('path/userId must') } })
    }
  })

  it('never give an id twice', () => {
    const { create, remove } = openEnvironment()
    const ids = new Set<string>()
    for (let round = 0; round < 20; round++) {
      const id = create([{}]).created[0]?.id as string
      ids.add(id)
      remove(id)
    }
    expect(ids.size).toBe(20)
  })
})
