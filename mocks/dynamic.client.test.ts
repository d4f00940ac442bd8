import * as sdk from '@dynamic-labs/sdk-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from './adapters/http-server.ts'
import { createMock } from './create-mock.ts'
import { dynamic } from './dynamic.ts'

interface Named {
  environmentId: string
}
type Data = Record<string, unknown>
type User = Data & { id: string; createdAt: Date }
interface Client {
  bulkCreateUser(given: Named & { internalUserFields: Data[]; upsert?: boolean }): Promise<{
    created: User[]
    updated: User[]
    failed: { user: User; error: string; code: string }[]
    total: number
  }>
  getEnvironmentUsers(given: Named & Data): Promise<{ count: number; users: User[] }>
  getUser(given: Named & { userId: string }): Promise<{ user: User }>
  deleteUser(given: Named & { userId: string }): Promise<void>
}

/** The types that come with the client import without file extensions, which TypeScript does not follow under nodenext. */
const { Configuration, UsersApi } = sdk as unknown as {
  Configuration: new (given: { basePath: string; accessToken?: string }) => object
  UsersApi: new (configuration: object) => Client
}

const environmentId = '95b11417-f18f-457f-8804-68e361f9164f'
const NOBODY = '0a000000-0000-4000-8000-0000000000ff'
const NOW = new Date('2026-11-02T09:15:30.412Z')
const ADDRESS = '0xbF394748301603f18d953C90F0b087CBEC0E1834'

const mock = createMock({ apis: [dynamic], clock: () => NOW })
let server: Listening
let users: Client

/** The official client, told nothing but where the API is and its token. */
const connect = (accessToken?: string) =>
  new UsersApi(new Configuration({ basePath: `${server.url}/api/v0`, ...(accessToken && { accessToken }) }))

beforeAll(async () => {
  server = await listen(mock, { port: 0 })
  users = connect('dyn_example')
})
beforeEach(() => mock.reset())
afterAll(() => server.close())

const create = (internalUserFields: Data[], upsert?: boolean) =>
  users.bulkCreateUser({ environmentId, internalUserFields, ...(upsert !== undefined && { upsert }) })

describe("Dynamic's official client", () => {
  it('creates users and reads them in its own terms', async () => {
    const { created, updated, failed, total } = await create([
      {
        email: 'ines@example.com',
        emailVerifiedAt: new Date('2023-11-07T05:31:56Z'),
        firstName: 'Inès',
        metadata: { plan: 'free' },
        wallets: [
          {
            publicWalletAddress: ADDRESS,
            chain: 'EVM',
            walletName: 'MetaMask',
            walletProvider: 'browserExtension',
            additionalWalletAddresses: [{ address: 'bc1q', type: 'payment' }],
          },
        ],
        oauthAccounts: [
          { provider: 'github', accountId: '583231', username: 'ines-gh', emails: ['ines@github.example'] },
        ],
      },
      {},
    ])
    expect([created.length, updated, failed, total]).toEqual([2, [], [], 2])
    expect(created[0]).toMatchObject({
      projectEnvironmentId: environmentId,
      email: 'ines@example.com',
      firstName: 'Inès',
      metadata: { plan: 'free' },
      createdAt: NOW,
      updatedAt: NOW,
      wallets: [{ publicKey: ADDRESS, name: 'MetaMask', provider: 'browserExtension' }],
      oauthAccounts: [{ provider: 'github', accountUsername: 'ines-gh' }],
      verifiedCredentials: [
        { format: 'email', publicIdentifier: 'ines@example.com', verifiedAt: new Date('2023-11-07T05:31:56Z') },
        {
          format: 'blockchain',
          walletName: 'MetaMask',
          walletAdditionalAddresses: [{ address: 'bc1q', type: 'payment' }],
        },
        { format: 'oauth', oauthProvider: 'github', oauthAccountId: '583231', oauthEmails: ['ines@github.example'] },
      ],
    })
  })

  it.each([undefined, false])('sees which rows failed, and why, with upsert %s', async (upsert) => {
    await create([{ email: 'ines@example.com' }])
    const reply = await create(
      [{ email: 'INES@example.com', firstName: 'Agnès' }, { email: 'ben@example.com' }],
      upsert,
    )
    expect(reply).toMatchObject({
      created: [{ email: 'ben@example.com' }],
      updated: [],
      failed: [
        {
          code: 'email_already_exists',
          error: 'Resources already exists for this Object',
          user: { email: 'INES@example.com', firstName: 'Agnès' },
        },
      ],
      total: 2,
    })
  })

  it('updates with upsert', async () => {
    const [ines] = (await create([{ email: 'ines@example.com', firstName: 'Inès', country: 'FR' }])).created
    const reply = await create([{ email: 'ines@example.com', country: null }, { email: 'ben@example.com' }], true)
    expect(reply).toMatchObject({
      created: [{ email: 'ben@example.com' }],
      // The client reads null as undefined.
      updated: [{ id: ines?.id, firstName: 'Inès', country: undefined }],
      failed: [],
      total: 2,
    })
  })

  it('lists, pages, sorts and filters', async () => {
    const { created } = await create(['carla', 'anna', 'bert'].map((username) => ({ username })))
    expect(await users.getEnvironmentUsers({ environmentId })).toEqual({ count: 3, users: created })
    const namesFor = async (given: Data) =>
      (await users.getEnvironmentUsers({ environmentId, ...given })).users.map(({ username }) => username)
    expect(await namesFor({ limit: 1, offset: 1 })).toEqual(['anna'])
    expect(await namesFor({ orderBy: 'username-desc' })).toEqual(['carla', 'bert', 'anna'])
    expect(await namesFor({ filter: { filterColumn: 'username', filterValue: 'AN' } })).toEqual(['anna'])
    expect(await namesFor({ includeSessions: true })).toHaveLength(3)
  })

  it('gets a user and deletes it', async () => {
    const [ines] = (await create([{ email: 'ines@example.com', metadata: { plan: 'free' } }])).created as [User]
    expect(await users.getUser({ environmentId, userId: ines.id })).toEqual({ user: ines })
    expect(await users.deleteUser({ environmentId, userId: ines.id })).toBeUndefined()
    expect(await users.getEnvironmentUsers({ environmentId })).toEqual({ count: 0, users: [] })
  })

  /** The client throws the response itself. */
  const refusalOf = async (answer: Promise<unknown>) => {
    const response = (await answer.then(
      () => expect.fail('the client saw no error'),
      (thrown: unknown) => thrown,
    )) as Response
    return { status: response.status, body: await response.json() }
  }

  it.each<{ what: string; ask: () => Promise<unknown>; status: number; body: unknown }>([
    {
      what: 'no token',
      ask: () => connect().bulkCreateUser({ environmentId, internalUserFields: [{}] }),
      status: 401,
      body: { error: 'No jwt provided!' },
    },
    {
      what: 'a refused token',
      ask: () => connect('invalid').getEnvironmentUsers({ environmentId }),
      status: 403,
      body: { error: 'Access Forbidden' },
    },
    {
      what: 'a bad country',
      ask: () => create([{ email: 'ines@example.com' }, { country: 'usa' }]),
      status: 400,
      body: { error: '/1/country must match pattern "^[A-Z]{2}$"' },
    },
    {
      what: 'a broken e-mail',
      ask: () => create([{ email: 'ines@example.com' }, { email: 'ines' }]),
      status: 400,
      body: { error: "/1/email is not an e-mail address as the vendor's page defines it" },
    },
    {
      what: '51 rows',
      ask: () => create(Array(51).fill({})),
      status: 400,
      body: { error: 'body must NOT have more than 50 items' },
    },
    {
      what: 'no rows',
      ask: () => create([]),
      status: 400,
      body: { error: 'body must NOT have fewer than 1 items' },
    },
    {
      what: 'getting nobody',
      ask: () => users.getUser({ environmentId, userId: NOBODY }),
      status: 404,
      body: { error: 'Not Found', code: 'not_found' },
    },
    {
      what: 'deleting nobody',
      ask: () => users.deleteUser({ environmentId, userId: NOBODY }),
      status: 404,
      body: { error: 'Not Found', code: 'not_found' },
    },
  ])('is refused with $status for $what, and nothing is created', async ({ ask, status, body }) => {
    expect(await refusalOf(ask())).toEqual({ status, body })
    expect(await users.getEnvironmentUsers({ environmentId })).toEqual({ count: 0, users: [] })
  })
})
