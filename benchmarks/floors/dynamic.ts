import { randomUUID } from 'node:crypto'
import type { components } from '../../generated/dynamic/types.ts'
import validators from '../../generated/dynamic/validators.js'
import { type Answer, type Floor, refuse } from './vocabulary.ts'

type Schemas = components['schemas']
type Row = Schemas['BulkUserCreateRequest'][number]
type User = Schemas['User']

const validate = validators['bulkCreateUser']?.body
const validatePath = validators['getUser']?.path
const environmentId = '95b11417-f18f-457f-8804-68e361f9164f'
const path = `/api/v0/environments/${environmentId}/users`
/** By e-mail address. */
const users = new Map<string, User>()
/** By id: made when it is asked for, so that creation keeps one Map. */
const usersById = new Map<string, User>()

type Links = Pick<User, 'verifiedCredentials' | 'wallets' | 'oauthAccounts'>

/** The e-mail credential of a row, and its wallets and accounts that are new, each with its credential. */
function linksOf(row: Row, before?: Links) {
  const { email, emailVerifiedAt } = row
  const credentials = before?.verifiedCredentials?.filter(({ format }) => format !== 'email') ?? []
  const wallets = before?.wallets?.slice() ?? []
  const oauthAccounts = before?.oauthAccounts?.slice() ?? []
  if (email && emailVerifiedAt) {
    credentials.unshift({
      id: randomUUID(),
      format: 'email',
      signInEnabled: true,
      email,
      public_identifier: email,
      verifiedAt: emailVerifiedAt,
    })
  }
  for (const wallet of row.wallets ?? []) {
    const { publicWalletAddress: address, chain, walletName, walletProvider, additionalWalletAddresses = [] } = wallet
    if (wallets.some(({ publicKey }) => publicKey === address)) continue
    wallets.push({
      id: randomUUID(),
      name: walletName,
      chain,
      publicKey: address,
      provider: walletProvider,
      properties: {},
      lastSelectedAt: null,
    })
    credentials.push({
      id: randomUUID(),
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
  for (const { provider, accountId, username = '', displayName, photos, emails, profile } of row.oauthAccounts ?? []) {
    if (credentials.some((one) => one.oauth_provider === provider && one.oauth_account_id === accountId)) continue
    oauthAccounts.push({ id: randomUUID(), provider, accountUsername: username })
    credentials.push({
      id: randomUUID(),
      format: 'oauth',
      signInEnabled: true,
      public_identifier: username,
      oauth_provider: provider,
      oauth_username: username,
      oauth_display_name: displayName ?? null,
      oauth_account_id: accountId,
      oauth_account_photos: photos ?? [],
      oauth_emails: emails ?? [],
      oauth_metadata: profile ?? {},
    })
  }
  return { credentials, wallets, oauthAccounts }
}

function createUser(row: Row, now: string): User {
  const { email } = row
  const { credentials, wallets, oauthAccounts } = linksOf(row)
  const [credential] = credentials
  const [wallet] = wallets
  if (!credential || !wallet) throw new Error('the floor answers only rows with a verified e-mail address and a wallet')
  return {
    id: randomUUID(),
    projectEnvironmentId: environmentId,
    verifiedCredentials: credentials,
    lastVerifiedCredentialId: credential.id,
    alias: row.alias ?? null,
    country: row.country ?? null,
    email: email ?? null,
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
    walletPublicKey: wallet.publicKey,
    wallet: wallet.name,
    chain: wallet.chain,
    createdAt: now,
    updatedAt: now,
    sessions: [],
    wallets,
    chainalysisChecks: [],
    oauthAccounts,
    mfaDevices: [],
  }
}

/** What the row has overwrites, and what is new is added. */
function updateUser(before: User, row: Row, now: string): User {
  const { wallets: _, oauthAccounts: __, emailVerifiedAt: ___, ...fields } = row
  const { credentials, wallets, oauthAccounts } = linksOf(row, before)
  return { ...before, ...fields, verifiedCredentials: credentials, wallets, oauthAccounts, updatedAt: now } as User
}

function create(text: string, isUpsert: boolean): Answer {
  const rows: Row[] = JSON.parse(text)
  if (!validate?.(rows)) return refuse(validate, (error) => ({ error }))
  const now = new Date().toISOString()
  const created: User[] = []
  const updated: User[] = []
  const failed: unknown[] = []
  for (const row of rows) {
    const email = row.email as string
    const known = users.get(email)
    const user = known && isUpsert ? updateUser(known, row, now) : createUser(row, now)
    if (known && !isUpsert) {
      failed.push({ user, error: 'Resources already exists for this Object', code: 'email_already_exists' })
      continue
    }
    if (known) updated.push(user)
    else created.push(user)
    users.set(email, user)
  }
  return [201, { created, updated, failed, total: rows.length }]
}

const PAGE = 20

function list(): User[] {
  const page: User[] = []
  for (const user of users.values()) {
    if (page.length === PAGE) break
    page.push(user)
  }
  return page
}

function read(url: string): Answer {
  if (url === path) return [200, { count: users.size, users: list() }]
  if (usersById.size !== users.size) for (const user of users.values()) usersById.set(user.id as string, user)
  const userId = url.slice(path.length + 1)
  if (!validatePath?.({ environmentId, userId })) return refuse(validatePath, (error) => ({ error }))
  const user = usersById.get(userId)
  if (!user) throw new Error(`the floor has no user ${userId}`)
  return [200, { user }]
}

export const floor: Floor = {
  calls: {
    [`POST ${path}/bulk`]: (text) => create(text, false),
    [`POST ${path}/bulk?upsert=true`]: (text) => create(text, true),
  },
  read,
  reset() {
    users.clear()
    usersById.clear()
  },
}
