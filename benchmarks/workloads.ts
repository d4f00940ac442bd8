/**
 * What is sent: request bodies in which every field of a row is set. The keys that must be unique hold a marker of nine
 * characters, which the load generator overwrites with digits, so that a request costs it a few bytes and no text.
 */
import type { components as Descope } from '../generated/descope/types.ts'
import type { components as Dynamic } from '../generated/dynamic/types.ts'
import type { components as Royalti } from '../generated/royalti/types.ts'

type Row = Dynamic['schemas']['BulkUserCreateRequest'][number]

/** Stands for nine digits; it occurs nowhere else in a body. */
export const MARKER = '#########'

/** The body with the numbers of rows 0 and following in place of its markers. */
export function numberRows(body: string, rows: number): string {
  const places = body.split(MARKER).length - 1
  let place = 0
  return body.replaceAll(MARKER, () => String(Math.floor((place++ * rows) / places)).padStart(MARKER.length, '0'))
}

export type ApiName = 'dynamic' | 'royalti' | 'descope'

/** A request as it is sent, with markers in its body. */
export interface Call {
  readonly method: string
  readonly path: string
  /** Empty where it has none. */
  readonly body: string
  /** How many are in the body. */
  readonly rows: number
}

/** Stands in a path for the id of the first user that was prepared, which each server makes for itself. */
const FIRST_ID = '{id}'

export const withFirstId = (path: string, prepared: string): string =>
  path.replace(FIRST_ID, () => /"id":"([^"]+)"/.exec(prepared)?.[1] ?? '')

/** A request that a server is measured with, sent again and again. */
export interface Repeated extends Call {
  readonly name: string
  /** Left out of a document of one's own. */
  readonly api?: ApiName
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  /** Sent once to an empty state. All requests then name the rows that it created; without it, each has rows of its own. */
  readonly prepare?: Call
  /** By how many bytes the bodies of replies may differ, as ids get longer. Default: 0. */
  readonly slack?: number
}

export interface Workload extends Repeated {
  readonly api: ApiName
  readonly operationId: string
  /** What the workload is an instance of. */
  readonly kind: 'created' | 'refused' | 'duplicates' | 'updated' | 'read'
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

const royaltiRow: Royalti['schemas']['NewUser'] = {
  firstName: 'Siobhan',
  lastName: "O'Brien",
  nickName: 'sob',
  userType: 'producer',
  email: `siobhan.${MARKER}@example.com`,
  ipi: '00123456790',
  role: 'user',
  phone: '+353 20 913 1234',
  country: 'IE',
}

const descopeRow: Descope['schemas']['CreateUsers'] = {
  loginId: `siobhan.${MARKER}@example.com`,
  email: `siobhan.${MARKER}@example.com`,
  phone: '+353209131234',
  verifiedEmail: true,
  verifiedPhone: true,
  name: "Siobhan O'Brien",
  givenName: 'Siobhan',
  middleName: 'Mary',
  familyName: "O'Brien",
  picture: 'https://photos.example.com/siobhan.png',
  roleNames: ['Developer', 'Reviewer'],
  userTenants: [{ tenantId: 'T2Galway', roleNames: ['Tenant Admin'] }],
  ssoAppIds: ['SA2Galway'],
  status: 'enabled',
  customAttributes: { plan: 'enterprise', seats: 12, beta: true },
  additionalIdentifiers: [`siobhan-${MARKER}`],
  test: false,
  password: 'correct horse battery staple',
  createdTime: 1_788_108_300,
  recoveryEmail: 'siobhan@example.org',
  recoveryPhone: '+353209131235',
  verifiedRecoveryEmail: true,
  verifiedRecoveryPhone: false,
}

/** As the row before, but for what only creation takes. */
const { password: _, createdTime: __, ...descopeChange } = descopeRow

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

interface Maker<R> {
  readonly api: ApiName
  readonly label: string
  readonly operationId: string
  readonly path: string
  readonly token: string
  readonly status: number
  readonly row: R
  readonly beyondLatin: R
  /** Breaks the row's schema. */
  readonly bad: object
  bodyOf(rows: readonly unknown[]): unknown
}

const dynamic: Maker<Row> = {
  api: 'dynamic',
  label: 'Dynamic',
  operationId: 'bulkCreateUser',
  path: '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk',
  token: 'dyn_benchmark0123456789abcdef',
  status: 201,
  row: dynamicRow,
  beyondLatin: dynamicRowBeyondLatin,
  bad: { country: 'Ireland' },
  bodyOf: (rows) => rows,
}

const royalti: Maker<typeof royaltiRow> = {
  api: 'royalti',
  label: 'Royalti',
  operationId: 'bulkCreateUsers',
  path: '/user/bulk',
  token: 'RWAK-benchmark0123456789',
  status: 201,
  row: royaltiRow,
  beyondLatin: { ...royaltiRow, firstName: '芳', lastName: 'Ωмega', nickName: 'Добро пожаловать' },
  bad: { country: 353 },
  bodyOf: (users) => ({ users, sendEmail: false }),
}

const descope: Maker<typeof descopeRow> = {
  api: 'descope',
  label: 'Descope',
  operationId: 'createUsersBatch',
  path: '/v1/mgmt/user/create/batch',
  token: 'P2benchmark:management-key',
  status: 200,
  row: descopeRow,
  beyondLatin: {
    ...descopeRow,
    name: '王芳',
    givenName: '芳',
    familyName: 'Ωмega',
    customAttributes: { plan: 'Добро пожаловать', seats: 12, beta: true },
  },
  bad: { loginId: [`siobhan.${MARKER}@example.com`] },
  bodyOf: (users) => ({ users }),
}

const headersOf = ({ token }: { readonly token: string }) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})

/** A bulk creation of these rows. */
export function creation<R>(maker: Maker<R>, name: string, rows: readonly unknown[]): Workload {
  const { api, label, operationId, path, status, bodyOf } = maker
  return {
    name: `${label}, ${name}`,
    api,
    operationId,
    rows: rows.length,
    method: 'POST',
    path,
    headers: headersOf(maker),
    body: JSON.stringify(bodyOf(rows)),
    status,
    kind: 'created',
  }
}

function creations<R>(maker: Maker<R>): Workload[] {
  const { row, beyondLatin, bad } = maker
  const many = creation(maker, '50 rows', times(50, row))
  return [
    creation(maker, '1 row', [row]),
    many,
    creation(maker, '1 row, beyond Latin-1', [beyondLatin]),
    creation(maker, '50 rows, beyond Latin-1', times(50, beyondLatin)),
    {
      ...creation(maker, '50 rows, all refused', [...times(49, row), { ...row, ...bad }]),
      status: 400,
      kind: 'refused',
    },
    { ...many, name: `${maker.label}, 50 rows, all duplicates`, prepare: many, kind: 'duplicates' },
  ]
}

const dynamicMany = creation(dynamic, '50 rows', times(50, dynamicRow))
const descopeMany = creation(descope, '50 rows', times(50, descopeRow))
const descopeOne = creation(descope, '1 row', [descopeRow])

/** A look at 50 users that were created before. */
function reading(
  prepare: Workload,
  more: Pick<Workload, 'name' | 'operationId' | 'path'> & Partial<Workload>,
): Workload {
  const { authorization = '' } = prepare.headers
  return {
    ...prepare,
    ...{ method: 'GET', headers: { authorization }, body: '', rows: 0, status: 200, prepare, kind: 'read' },
    ...more,
  }
}

const DYNAMIC_USERS = dynamic.path.replace('/bulk', '')

function descopeUpdate(operationId: string, method: string, path: string): Workload {
  return {
    ...descopeOne,
    name: `Descope, ${operationId}`,
    operationId,
    method,
    path,
    body: JSON.stringify(descopeChange),
    prepare: descopeOne,
    kind: 'updated',
  }
}

export const WORKLOADS: readonly Workload[] = [
  ...creations(dynamic),
  {
    ...dynamicMany,
    name: 'Dynamic, 50 rows, upsert',
    path: `${dynamic.path}?upsert=true`,
    prepare: dynamicMany,
    kind: 'updated',
  },
  reading(dynamicMany, { name: 'Dynamic, list', operationId: 'listUsers', path: DYNAMIC_USERS }),
  reading(dynamicMany, { name: 'Dynamic, get by id', operationId: 'getUser', path: `${DYNAMIC_USERS}/${FIRST_ID}` }),
  ...creations(royalti),
  ...creations(descope),
  descopeUpdate('patchUser', 'PATCH', '/v1/mgmt/user/patch'),
  descopeUpdate('updateUser', 'POST', '/v1/mgmt/user/update'),
  reading(descopeMany, {
    ...{ name: 'Descope, search', operationId: 'searchUsers', method: 'POST', path: '/v2/mgmt/user/search' },
    headers: descopeMany.headers,
    body: JSON.stringify({ text: 'siobhan', statuses: ['enabled'], limit: 10, page: 1 }),
  }),
]

export function workloadNamed(name: string): Workload {
  const found = WORKLOADS.find((workload) => workload.name === name)
  if (!found) throw new Error(`there is no workload ${name}`)
  return found
}

/** A user with a name, an e-mail address and one wallet: what growth is measured with. */
const smallDynamicRow: Row = {
  firstName: 'Siobhan',
  lastName: "O'Brien",
  email: `siobhan.${MARKER}@example.com`,
  emailVerifiedAt: '2026-08-30T16:45:00.250Z',
  wallets: [
    {
      publicWalletAddress: `0xd0e2d2506d1c961212818d135904d94${MARKER}`,
      chain: 'ETH',
      walletName: 'MetaMask',
      walletProvider: 'browserExtension',
    },
  ],
}

export const SMALL_USERS = creation(dynamic, '50 small rows', times(50, smallDynamicRow))

/** The same creation with more or fewer rows. */
export const dynamicRows = (count: number): Workload =>
  creation(dynamic, `${count} row${count > 1 ? 's' : ''}`, times(count, dynamicRow))
export const descopeRows = (count: number): Workload =>
  creation(descope, `${count} row${count > 1 ? 's' : ''}`, times(count, descopeRow))
