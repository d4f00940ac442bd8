import type { Random } from '../../documents/patterns/random.ts'
import type { components } from '../../generated/dynamic/types.ts'
import { jobTitle, type Person, pastDate, team } from './people.ts'
import { ADDRESSES, type Chain, OWN_FIELDS } from './wallets.ts'

type Row = components['schemas']['InternalUserFields']
type Wallet = components['schemas']['CreateWalletRequest']
type Account = components['schemas']['CreateUserOauthRequest']

/** A row of `bulkCreateUser`. */
export function makeDynamicRow(person: Person): Row {
  const { at, index } = person
  const has = (field: string, probability: number): boolean => at(`has ${field}`).chance(probability)
  const wallets = Array.from({ length: at('wallets').pick([0, 1, 1, 2]) }, (_, number) => wallet(at, number))
  const isVerified = has('emailVerifiedAt', 0.7)
  return {
    email: person.email,
    ...(isVerified && { emailVerifiedAt: pastDate(at('emailVerifiedAt')) }),
    firstName: person.firstName,
    lastName: person.lastName,
    ...(has('alias', 0.3) && { alias: person.firstName }),
    ...(has('username', 0.8) && { username: person.username }),
    ...(has('jobTitle', 0.7) && { jobTitle: jobTitle(at('jobTitle')) }),
    // The pattern knows no parentheses and no ampersand is needed: a number is written in one piece.
    ...(has('phoneNumber', 0.6) && { phoneNumber: person.phone }),
    ...(has('team', 0.6) && { team: team(at('team')) }),
    ...(has('tShirtSize', 0.3) && { tShirtSize: at('tShirtSize').pick(['XS', 'S', 'M', 'L', 'XL', 'XXL']) }),
    country: person.place.code,
    policiesConsent: has('policiesConsent', 0.95),
    ...(has('newsletterNotification', 0.5) && { newsletterNotification: at('newsletterNotification').chance(0.4) }),
    ...(has('emailNotification', 0.5) && { emailNotification: at('emailNotification').chance(0.7) }),
    ...(has('discordNotification', 0.2) && { discordNotification: at('discordNotification').chance(0.5) }),
    ...(has('mfaBackupCodeAcknowledgement', 0.15) && {
      mfaBackupCodeAcknowledgement: at('mfaBackupCodeAcknowledgement').pick(['pending', 'complete'] as const),
    }),
    ...(has('metadata', 0.5) && {
      metadata: {
        externalId: `crm-${String(index).padStart(6, '0')}`,
        plan: at('plan').pick(['free', 'team', 'enterprise']),
        seats: at('seats').integer(1, 40),
        source: at('source').pick(['import', 'referral', 'event']),
      },
    }),
    ...ownWallets(at),
    ...(wallets.length > 0 && { wallets }),
    ...(has('oauthAccounts', 0.35) && { oauthAccounts: [account(person)] }),
  }
}

const CHAINS: readonly Chain[] = [
  ...([
    'ETH',
    'ETH',
    'ETH',
    'ETH',
    'ETH',
    'EVM',
    'EVM',
    'SOL',
    'SOL',
    'SOL',
    'BTC',
    'BTC',
    'SUI',
    'TRON',
    'TON',
  ] as const),
  ...([
    'FLOW',
    'ALGO',
    'STARK',
    'COSMOS',
    'ECLIPSE',
    'SPARK',
    'APTOS',
    'STELLAR',
    'ALEO',
    'TEMPO',
    'MIDNIGHT',
  ] as const),
]
const WALLET_NAMES: Partial<Record<Chain, readonly string[]>> = {
  ETH: ['metamask', 'rainbow', 'coinbase', 'rabby'],
  EVM: ['metamask', 'trust', 'zerion'],
  SOL: ['phantom', 'solflare', 'backpack'],
  BTC: ['xverse', 'unisat', 'leather'],
}
const PROVIDERS = [
  'browserExtension',
  'browserExtension',
  'embeddedWallet',
  'walletConnect',
  'qrCode',
  'deepLink',
] as const

function wallet(at: (field: string) => Random, number: number): Wallet {
  const chain = at(`wallets/${number}/chain`).pick(CHAINS)
  return {
    publicWalletAddress: ADDRESSES[chain](at(`wallets/${number}/publicWalletAddress`)),
    chain,
    walletName: at(`wallets/${number}/walletName`).pick(WALLET_NAMES[chain] ?? [chain.toLowerCase()]),
    walletProvider: at(`wallets/${number}/walletProvider`).pick(PROVIDERS),
  }
}

function ownWallets(at: (field: string) => Random): Partial<Row> {
  const fields = Object.entries(OWN_FIELDS).filter(([field]) => at(`has ${field}`).chance(0.04))
  return Object.fromEntries(fields.map(([field, make]) => [field, make(at(field))]))
}

const ACCOUNTS = ['google', 'github', 'discord', 'apple', 'twitter', 'linkedin', 'microsoft'] as const

function account({ at, index, email, username, firstName, lastName }: Person): Account {
  const provider = at('oauthAccounts/0/provider').pick(ACCOUNTS)
  return {
    provider,
    accountId: `${at('oauthAccounts/0/accountId').integer(10_000_000, 99_999_999)}${String(index).padStart(7, '0')}`,
    emails: [email],
    displayName: `${firstName} ${lastName}`,
    username,
    photos: [`https://cdn.example.com/${provider}/${username}.png`],
    profile: { locale: at('oauthAccounts/0/profile').pick(['en', 'de', 'fr', 'ja']) },
  }
}
