import type { components, operations } from '../../generated/dynamic/types.ts'
import { defineBehaviours, type FailureOf, type ReplyOf, type TurnOf } from '../engine/define-behaviours.ts'
import type { BodyOf, Draft, Refusal, World } from '../engine/vocabulary.ts'

type Schemas = components['schemas']
type Row = Schemas['BulkUserCreateRequest'][number]
type Credential = Schemas['JwtVerifiedCredential']
/** What a row can fail by; a failure of the whole call is none of its codes. */
type Code = FailureOf<operations['bulkCreateUser']> & NonNullable<FailedRow['code']>
type FailedRow = NonNullable<BodyOf<operations['bulkCreateUser'], 201>['failed']>[number]

/** A user as the mock keeps it: just as the API shows it. */
export type DynamicUser = Schemas['User']

/** With the lists that have its keys: the document would let it be without, but no state that is put back may. */
type User = DynamicUser & Required<Pick<DynamicUser, 'verifiedCredentials' | 'wallets'>>

interface Records {
  readonly users: User
}

type Given<Id extends keyof operations> = TurnOf<operations[Id], Records>
type Decided<Id extends keyof operations> = ReplyOf<operations[Id]> | Refusal

/** "512 KB" of the vendor's page, read as KiB of the JSON text in UTF-8. */
const MAX_METADATA_BYTES = 512 * 1024

/** The unique keys, in the order in which a collision decides the failure's code. */
const CODES: Readonly<Record<string, Code>> = {
  email: 'email_already_exists',
  username: 'username_already_exists',
  wallet: 'reassign_wallet_error',
  account: 'social_account_already_exists',
}

function bulkCreateUser({
  input,
  collections: { users },
  world,
  tenant,
  failures,
  failRow,
}: Given<'bulkCreateUser'>): Decided<'bulkCreateUser'> {
  const created: User[] = []
  const updated: User[] = []
  const failed: FailedRow[] = []
  for (const [index, row] of input.body.entries()) {
    const struck = failRow(row.email)?.id as Code | undefined
    const keys = keysOfRow(row)
    const outcome = struck ? { code: struck } : placeRow(row, keys, users, input.query.upsert === true)
    if ('code' in outcome) {
      const id = world.uuid('failed', users.size, index)
      const { message = '' } = failures[outcome.code] ?? {}
      failed.push({ user: newUser(id, tenant, row, world), error: message, code: outcome.code })
    } else if (outcome.holder) {
      const user = updateUser(outcome.holder, row, world)
      users.put(user)
      updated.push(user)
    } else {
      const { id } = users.fresh((n) => world.uuid('user', n))
      const user = newUser(id, tenant, row, world)
      users.add(user, keys)
      created.push(user)
    }
  }
  const body: BodyOf<operations['bulkCreateUser'], 201> = { created, updated, failed, total: input.body.length }
  return { status: 201, body }
}

/** Whether a row fails, updates the one user that its keys name, or is new. */
function placeRow(
  row: Row,
  keys: readonly Key[],
  users: Draft<User>,
  isUpsert: boolean,
): { code: Code } | { holder: User | undefined } {
  if (row.metadata && isTooLarge(row.metadata)) return { code: 'metadata_size_exceeded' }
  let holder: User | undefined
  for (const [index, key] of keys) {
    const found = users.find(index, key)
    if (!found) continue
    if (!isUpsert) return { code: CODES[index] as Code }
    if (holder && holder.id !== found.id) return { code: 'merge_accounts_invalid' }
    holder = found
  }
  return { holder }
}

// Nearly all are small, and need not be written to know it.
const isTooLarge = (metadata: Readonly<Record<string, unknown>>): boolean =>
  mostBytesOf(metadata, 0) > MAX_METADATA_BYTES &&
  new TextEncoder().encode(JSON.stringify(metadata)).length > MAX_METADATA_BYTES

/** Never less than the JSON text in UTF-8 has: six bytes for each UTF-16 unit, and what a number may take at most. */
function mostBytesOf(value: unknown, sum: number): number {
  // Fifty rows of half a megabyte would take longer to write than to read.
  if (typeof value === 'string') return sum + value.length * (/^[ !#-[\]-~]*$/.test(value) ? 1 : 6) + 2
  if (typeof value !== 'object' || value === null) return sum + 25
  let most = sum + 2
  if (Array.isArray(value)) for (const item of value) most = mostBytesOf(item, most + 1)
  else
    for (const name of Object.keys(value))
      most = mostBytesOf((value as Record<string, unknown>)[name], most + name.length * 6 + 4)
  return most
}

type Key = readonly [index: string, key: string]

const emailKey = (email: string): Key => ['email', email.toLowerCase()]
const usernameKey = (username: string): Key => ['username', username]
/** Hexadecimal addresses are the same in any case (their case is a checksum, EIP-55); others are not. */
const walletKey = (address: string): Key => [
  'wallet',
  address.startsWith('0x') || address.startsWith('0X') ? address.toLowerCase() : address,
]
const accountKey = (provider: string | undefined, id: string | null | undefined): Key => [
  'account',
  `${provider} ${id}`,
]

/** "" and null are no key. What it says of a row, `keysOf` says of the user that it creates. */
function keysOfRow(row: Row): Key[] {
  const keys: Key[] = []
  if (row.email) keys.push(emailKey(row.email))
  if (row.username) keys.push(usernameKey(row.username))
  for (const wallet of row.wallets ?? []) keys.push(walletKey(wallet.publicWalletAddress))
  for (const account of row.oauthAccounts ?? []) keys.push(accountKey(account.provider, account.accountId))
  return keys
}

function keysOf(user: User): Key[] {
  const keys: Key[] = []
  if (user.email) keys.push(emailKey(user.email))
  if (user.username) keys.push(usernameKey(user.username))
  for (const wallet of user.wallets) keys.push(walletKey(wallet.publicKey))
  for (const { oauth_provider, oauth_account_id } of user.verifiedCredentials) {
    if (oauth_account_id) keys.push(accountKey(oauth_provider, oauth_account_id))
  }
  return keys
}

function newUser(id: string, environmentId: string, row: Row, world: World): User {
  const now = world.timestamp
  const own = world.within(id)
  const verified = emailCredential(row.email, row.emailVerifiedAt, own)
  const { wallets, oauthAccounts, credentials } = linksOf(row, [], [], verified, own)
  const user: User = {
    id,
    projectEnvironmentId: environmentId,
    verifiedCredentials: credentials,
    alias: row.alias ?? null,
    country: row.country ?? null,
    email: row.email ?? null,
    firstName: row.firstName ?? null,
    jobTitle: row.jobTitle ?? null,
    lastName: row.lastName ?? null,
    phoneNumber: row.phoneNumber ?? null,
    policiesConsent: row.policiesConsent ?? null,
    tShirtSize: row.tShirtSize ?? null,
    team: row.team ?? null,
    username: row.username ?? null,
    newUser: true,
    metadata: row.metadata ?? {},
    mfaBackupCodeAcknowledgement: row.mfaBackupCodeAcknowledgement ?? null,
    btcWallet: row.btcWallet ?? null,
    kdaWallet: row.kdaWallet ?? null,
    ltcWallet: row.ltcWallet ?? null,
    ckbWallet: row.ckbWallet ?? null,
    kasWallet: row.kasWallet ?? null,
    dogeWallet: row.dogeWallet ?? null,
    emailNotification: row.emailNotification ?? null,
    discordNotification: row.discordNotification ?? null,
    newsletterNotification: row.newsletterNotification ?? null,
    lists: [],
    scope: '',
    missingFields: [],
    createdAt: now,
    updatedAt: now,
    sessions: [],
    wallets,
    chainalysisChecks: [],
    oauthAccounts,
    mfaDevices: [],
  }
  // Assigned and not spread: a spread makes the object slow to build, and slow to write out.
  setFirst(user)
  return user
}

/** The members of a row that stand in a user under the same name. */
const SAME = [
  'alias',
  'country',
  'email',
  'firstName',
  'jobTitle',
  'lastName',
  'phoneNumber',
  'policiesConsent',
  'tShirtSize',
  'team',
  'username',
  'metadata',
  'mfaBackupCodeAcknowledgement',
  'btcWallet',
  'kdaWallet',
  'ltcWallet',
  'ckbWallet',
  'kasWallet',
  'dogeWallet',
  'emailNotification',
  'discordNotification',
  'newsletterNotification',
] as const satisfies readonly (keyof Row & keyof User)[]

/** What the row has overwrites, what it lacks stays, null clears; wallets and accounts are added. */
function updateUser(before: User, row: Row, world: World): User {
  const own = world.within(before.id)
  const links = linksOf(row, before.wallets, before.oauthAccounts ?? [], before.verifiedCredentials, own)
  const email = row.email ?? before.email ?? null
  const verified = emailCredential(email, row.emailVerifiedAt, own)
  const credentials = [
    ...(verified.length > 0 ? verified : links.credentials.filter((old) => old.email === email)),
    ...links.credentials.filter(({ format }) => format !== 'email'),
  ]
  const { lastVerifiedCredentialId: _, ...rest } = before
  const user: User = credentials.length > 0 ? { ...before } : rest
  for (const name of SAME) if (Object.hasOwn(row, name)) (user as Record<string, unknown>)[name] = row[name]
  user.verifiedCredentials = credentials
  user.updatedAt = world.timestamp
  user.wallets = links.wallets
  user.oauthAccounts = links.oauthAccounts
  setFirst(user)
  return user
}

/** What a user shows of the first of its credentials and wallets. */
function setFirst(user: User): void {
  const [credential] = user.verifiedCredentials
  if (credential) user.lastVerifiedCredentialId = credential.id
  const [wallet] = user.wallets
  if (wallet) {
    user.walletPublicKey = wallet.publicKey
    user.wallet = wallet.name
    user.chain = wallet.chain
  }
}

/** What else of a user has an id: numbers, because they are hashed for every row. */
const WALLET = 1
const WALLET_CREDENTIAL = 2
const ACCOUNT = 3
const ACCOUNT_CREDENTIAL = 4
const EMAIL_CREDENTIAL = 5

/**
 * The user's wallets and accounts with the row's new ones behind them, each with its credential.
 * @param own the world of this user's ids
 */
function linksOf(
  row: Row,
  walletsBefore: readonly Schemas['Wallet'][],
  accountsBefore: readonly Schemas['OAuthAccount'][],
  credentialsBefore: readonly Credential[],
  own: World,
) {
  const wallets = [...walletsBefore]
  const oauthAccounts = [...accountsBefore]
  const credentials = [...credentialsBefore]
  const addresses = new Set<string>()
  for (const { publicKey } of walletsBefore) addresses.add(walletKey(publicKey)[1])
  const accounts = new Set<string>()
  for (const { oauth_provider, oauth_account_id } of credentialsBefore) {
    if (oauth_account_id) accounts.add(accountKey(oauth_provider, oauth_account_id)[1])
  }
  const isNew = (known: Set<string>, [, key]: Key): boolean => known.size < known.add(key).size
  for (const wallet of row.wallets ?? []) {
    const { publicWalletAddress: address, chain, walletName, walletProvider, additionalWalletAddresses = [] } = wallet
    if (!isNew(addresses, walletKey(address))) continue
    wallets.push({
      // Wallets and accounts are never taken away, so their place is theirs.
      id: own.uuid(WALLET, wallets.length),
      name: walletName,
      chain,
      publicKey: address,
      provider: walletProvider,
      properties: {},
      lastSelectedAt: null,
    })
    credentials.push({
      id: own.uuid(WALLET_CREDENTIAL, wallets.length),
      format: 'blockchain',
      signInEnabled: true,
      address,
      chain,
      public_identifier: address,
      wallet_name: walletName,
      wallet_provider: walletProvider,
      wallet_additional_addresses: additionalWalletAddresses,
    })
  }
  for (const account of row.oauthAccounts ?? []) {
    const key = accountKey(account.provider, account.accountId)
    if (!isNew(accounts, key)) continue
    const { provider, accountId, username, displayName, photos, emails, profile } = account
    oauthAccounts.push({
      id: own.uuid(ACCOUNT, oauthAccounts.length),
      provider,
      ...(username !== undefined && { accountUsername: username }),
    })
    credentials.push({
      id: own.uuid(ACCOUNT_CREDENTIAL, oauthAccounts.length),
      format: 'oauth',
      signInEnabled: true,
      public_identifier: username || accountId,
      oauth_provider: provider,
      ...(username !== undefined && { oauth_username: username }),
      oauth_display_name: displayName ?? null,
      oauth_account_id: accountId,
      oauth_account_photos: photos ?? [],
      oauth_emails: emails ?? [],
      oauth_metadata: profile ?? {},
    })
  }
  return { wallets, oauthAccounts, credentials }
}

/** A verified e-mail is a credential; without `emailVerifiedAt` it is none yet. */
function emailCredential(email: string | null | undefined, verifiedAt: string | undefined, own: World): Credential[] {
  if (!email || verifiedAt === undefined) return []
  return [
    {
      id: own.uuid(EMAIL_CREDENTIAL, email),
      format: 'email',
      signInEnabled: true,
      email,
      public_identifier: email,
      verifiedAt: instantOf(verifiedAt),
    },
  ]
}

/**
 * The validator lets in what Date does not read dependably: a leap second and lower-case letters (RFC 3339, section
 * 5.6), any white space between date and time, and an offset without its minutes or colon.
 */
function instantOf(dateTime: string): string {
  if (PLAIN.test(dateTime)) return dateTime.length === 24 ? dateTime : `${dateTime.slice(0, 19)}.000Z`
  const readable = `${dateTime.slice(0, 10)}T${dateTime.slice(11).toUpperCase()}`
    .replace(/:60(?=[.Z+-])/, ':59')
    .replace(/([+-]..):?(..)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`)
  const instant = new Date(readable).toISOString()
  // An offset can move the instant out of the years that a date-time can name: Date then writes more digits, and it
  // stays as it was sent.
  return instant.length === 24 ? instant : dateTime
}

/** What needs no reading: UTC, with milliseconds or without, no leap second. */
const PLAIN = /T.{6}[0-5].(?:\..{3})?Z/

function listUsers({ input, collections: { users } }: Given<'listUsers'>): Decided<'listUsers'> {
  const { offset = 0, limit = 20, orderBy, filter } = input.query
  const found = users.select({
    picks: filter && ((user) => matches(user, filter)),
    first: offset + limit,
    ...(orderBy && orderOf(orderBy)),
  })
  const body = { count: found.length, users: found.slice(offset, offset + limit) } satisfies Schemas['UsersResponse']
  return { status: 200, body }
}

/** @param orderBy a column, a hyphen, and `asc` or `desc` */
function orderOf(orderBy: string) {
  const [column, direction] = orderBy.split('-')
  return {
    // Users of one request share their timestamps; a descending order begins with the last of them.
    isTurned: direction === 'desc',
    by: (user: User) => {
      const value = user[column as keyof User] ?? ''
      // What a caller sent may be an object that has no text.
      return typeof value === 'string' ? value : JSON.stringify(value)
    },
    compare: (one: string, other: string) => (one < other ? -1 : Number(one > other)),
  }
}

type Column = Exclude<NonNullable<Schemas['UserSearchFilterParams']['filterColumn']>, 'all'>

function matches(user: User, filter: Schemas['UserSearchFilterParams']): boolean {
  const { filterValue, filterColumn = 'all', filterSocialProvider, chain } = filter
  if (
    filterSocialProvider &&
    !user.verifiedCredentials.some(({ oauth_provider }) => oauth_provider === filterSocialProvider)
  )
    return false
  if (chain && !user.wallets.some((wallet) => wallet.chain === chain)) return false
  if (!filterValue) return true
  const wanted = filterValue.toLowerCase()
  const columns = filterColumn === 'all' ? COLUMNS : [filterColumn]
  return columns.some((column) => textsOf(user, column).some((text) => text?.toLowerCase().includes(wanted)))
}

const COLUMNS: readonly Column[] = [
  'id',
  'walletPublicKey',
  'email',
  'alias',
  'firstName',
  'lastName',
  'phoneNumber',
  'jobTitle',
  'wallet',
  'username',
  'accountId',
]

function textsOf(user: User, column: Column): readonly (string | null | undefined)[] {
  if (column === 'walletPublicKey') return user.wallets.map(({ publicKey }) => publicKey)
  if (column === 'wallet') return user.wallets.map(({ name }) => name)
  if (column === 'accountId') return user.verifiedCredentials.map(({ oauth_account_id }) => oauth_account_id)
  return [user[column]]
}

function getUser({ input, collections: { users } }: Given<'getUser'>): Decided<'getUser'> {
  const user = users.get(input.path.userId)
  return user ? { status: 200, body: { user } satisfies Schemas['UserResponse'] } : NOT_FOUND
}

function deleteUser({ input, collections: { users } }: Given<'deleteUser'>): Decided<'deleteUser'> {
  return users.remove(input.path.userId) ? { status: 204 } : NOT_FOUND
}

const NOT_FOUND: Refusal = { refused: 'failure', rule: 'not_found', message: '' }

/** The vendor's own words; where there are none, those that say what was wrong. */
const ERRORS: { readonly [Reason in Refusal['refused']]?: string } = {
  'no-credentials': 'No jwt provided!',
  'bad-credentials': 'Access Forbidden',
  'no-such-path': 'Not Found',
  'rate-limited': 'Too many requests. Please try again later.',
}

function shapeRefusal({ refused, message }: Refusal, status: number) {
  const error = ERRORS[refused] ?? message
  return { status, body: status === 404 ? { error, code: 'not_found' } : { error } }
}

export const behaviours = defineBehaviours<operations, Records>()(
  { bulkCreateUser, listUsers, getUser, deleteUser },
  {
    tenantOf: ({ path }) => path['environmentId'] as string,
    collections: { users: { idOf: ({ id }) => id, keysOf, readings: () => ({ listUsers: {} }) } },
    refuse: shapeRefusal,
    // The page "Rate limits", counted here for each token instead of each address.
    limits: [
      { name: 'bulk', operations: ['bulkCreateUser'], requests: 150, seconds: 60 },
      { name: 'developer', requests: 1500, seconds: 60 },
    ],
    creation: { operationId: 'bulkCreateUser', bodyOf: (rows) => rows },
    exampleCredential: 'dyn_example',
  },
)
