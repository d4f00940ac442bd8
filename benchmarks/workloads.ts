/**
 * What is sent: request bodies in which every field of a row is set. The keys that must be unique hold a marker of nine
 * characters, which the load generator overwrites with digits, so that a request costs it a few bytes and no text.
 */
import type { components } from '../generated/dynamic/types.ts'

type Row = components['schemas']['BulkUserCreateRequest'][number]

/** Stands for nine digits; it occurs nowhere else in a body. */
export const MARKER = '#########'

export interface Workload {
  readonly name: string
  readonly rows: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** With markers. */
  readonly body: string
  readonly status: number
}

const dynamicRow: Row = {
  alias: 'Siobhan',
  firstName: 'Siobhan',
  lastName: "O'Brien",
  jobTitle: 'Head of R&D',
  phoneNumber: '+353 20 913 1234',
  metadata: {
    plan: 'enterprise',
    seats: 12,
    tags: ['beta', 'eire'],
    address: { city: 'Galway', postcode: 'H91 E2K8' },
  },
  mfaBackupCodeAcknowledgement: 'pending',
  tShirtSize: 'XL',
  team: 'Research',
  policiesConsent: true,
  country: 'IE',
  username: `siobhan-${MARKER}`,
  btcWallet: '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5',
  kdaWallet: 'k:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF',
  ltcWallet: 'LUttH43tQ4x4qniCKr1Rqo8ESeXFPdv9ax',
  ckbWallet: 'ckt1q9876543210abcdefghijklmnopqrstuvwxyz',
  kasWallet: 'kaspa:qrelgny7sr3vahq69yykxx36m65gvmhryxrlwngfzgu8xkdslum2yxjp3ap8m',
  dogeWallet: 'DPcy35vmuk8GXcfu1vgFFEeij3BuYYJQKB',
  emailNotification: true,
  discordNotification: false,
  newsletterNotification: true,
  emailVerifiedAt: '2026-08-30T16:45:00.250Z',
  email: `siobhan.${MARKER}@example.com`,
  wallets: [
    {
      publicWalletAddress: `0xd0e2d2506d1c961212818d135904d94${MARKER}`,
      chain: 'ETH',
      walletName: 'MetaMask',
      walletProvider: 'browserExtension',
    },
    {
      publicWalletAddress: `bc1q9vza2e8x573nczrlzms0wvx3gsqj${MARKER}`,
      chain: 'BTC',
      walletName: 'Xverse',
      walletProvider: 'deepLink',
      additionalWalletAddresses: [
        {
          address: 'bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297',
          type: 'ordinals',
          publicKey: 'cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115',
          network: 'mainnet',
        },
        { address: '3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5', type: 'payment' },
      ],
    },
  ],
  oauthAccounts: [
    {
      provider: 'github',
      accountId: MARKER,
      emails: ['siobhan.obrien@example.com', 'sob@example.org'],
      displayName: "Siobhan O'Brien",
      username: 'siobhan-ob',
      photos: ['https://photos.example.com/siobhan.png'],
      profile: { company: 'Example Ltd', publicRepos: 41 },
    },
  ],
}

/** Beyond Latin-1, so that a string takes two bytes a character in V8 and must be encoded on its way out. */
const dynamicRowBeyondLatin: Row = {
  ...dynamicRow,
  alias: '王芳',
  firstName: '芳',
  lastName: 'Ωмega',
  team: 'Добро пожаловать',
  metadata: { ...dynamicRow.metadata, tags: ['βήτα', '測試'] },
}

function dynamicCreation(name: string, rows: readonly Row[], status: number): Workload {
  return {
    name,
    rows: rows.length,
    method: 'POST',
    path: '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk',
    headers: { authorization: 'Bearer dyn_benchmark0123456789abcdef', 'content-type': 'application/json' },
    body: JSON.stringify(rows),
    status,
  }
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

export const WORKLOADS: readonly Workload[] = [
  dynamicCreation('Dynamic, 1 row', [dynamicRow], 201),
  dynamicCreation('Dynamic, 50 rows', times(50, dynamicRow), 201),
  dynamicCreation(
    'Dynamic, 50 rows, all refused',
    [...times(49, dynamicRow), { ...dynamicRow, country: 'Ireland' }],
    400,
  ),
  dynamicCreation('Dynamic, 1 row, beyond Latin-1', [dynamicRowBeyondLatin], 201),
  dynamicCreation('Dynamic, 50 rows, beyond Latin-1', times(50, dynamicRowBeyondLatin), 201),
]
