/**
 * The floor: the least that bulk creation of Dynamic users can cost on node:http with our own validator. It reads,
 * parses, validates, keeps the users in a Map and answers the same users as the mock: no route, no credentials, no
 * unique keys, no sessions, no journal, no check of its own reply.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { components } from '../generated/dynamic/types.ts'
import validators from '../generated/dynamic/validators.js'

type Schemas = components['schemas']
type Row = Schemas['BulkUserCreateRequest'][number]

const validate = validators['bulkCreateUser']?.body
if (!validate) throw new Error('generated/dynamic/validators.js has no validator of the body of bulkCreateUser')
const environmentId = '95b11417-f18f-457f-8804-68e361f9164f'
const users = new Map<string, Schemas['User']>()

function createUser(row: Row, now: string): Schemas['User'] {
  const { email, emailVerifiedAt } = row
  const credentials: Schemas['JwtVerifiedCredential'][] = []
  const wallets: Schemas['Wallet'][] = []
  const oauthAccounts: Schemas['OAuthAccount'][] = []
  if (email && emailVerifiedAt) {
    credentials.push({
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

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

function create(response: ServerResponse, text: string): void {
  const rows: Row[] = JSON.parse(text)
  if (!validate?.(rows)) {
    const [error] = validate?.errors ?? []
    reply(response, 400, { error: `${error?.instancePath} ${error?.message}` })
    return
  }
  const now = new Date().toISOString()
  const created = rows.map((row) => createUser(row, now))
  for (const user of created) users.set(user.id, user)
  reply(response, 201, { created, updated: [], failed: [], total: rows.length })
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.url !== '/__rollcall/reset') return create(response, Buffer.concat(chunks).toString())
    users.clear()
    response.writeHead(204).end()
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('SIGTERM', () => process.exit())
