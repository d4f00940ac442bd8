import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { CaseKit, DeriveOptions } from '../suite/case-kit.ts'
import { type Claims, fillFor, markOf, type Tale, type TaleStep, type Told, tell } from '../suite/tell.ts'
import type { Case, Evidence } from '../suite/vocabulary.ts'
import { weaker } from '../suite/walk-schema.ts'

/** Clocks differ; see judge-reply. */
const CLOCK_SKEW = 5 * 60_000
const EXISTS = 'Resources already exists for this Object'

/** What holds over several calls of Dynamic's bulk creation, beyond what its document says. */
export function dynamicStories(kit: CaseKit, options: DeriveOptions): readonly Case[] {
  const story = (name: string, tale: (own: Own) => Omit<Tale, 'id'>): Case => {
    const id = `bulkCreateUser/stories/${name}`
    return tell(kit, { id, ...tale(ownOf(kit, id)) })
  }
  const second = { path: { environmentId: options.secondParams?.['environmentId'] ?? NO_SECOND } }
  return [
    story('twice', ({ row }) => ({
      title: 'twice the same is refused by row, not by request',
      evidence: 'documented',
      steps: [
        create([row('a', { firstName: 'First' })]),
        create([row('a', { firstName: 'Second' })], {
          title: 'creates the same user again',
          status: 201,
          expect(claim) {
            shows(claim, { created: 0, updated: 0, failed: 1 }, 'documented')
            claim.showsAll('documented', '/failed/0', { code: 'email_already_exists', error: EXISTS })
          },
        }),
        list('a', row('a')['email'], (claim) => {
          claim.shows('observed', '/users/*/firstName', ['First'])
          claim.shows('observed', '/count', 1)
        }),
      ],
    })),
    story('twice-in-one-request', ({ row }) => ({
      title: 'a row sees the rows before it: duplicates inside one request are refused by row',
      evidence: 'assumed',
      steps: [
        create([row('a'), row('a', { firstName: 'Double' }), row('b'), row('b'), row('a')], {
          expect(claim) {
            claim.shows('assumed', '/created/*/email', [row('a')['email'], row('b')['email']])
            claim.shows('assumed', '/failed/*/code', Array(3).fill('email_already_exists'))
            claim.shows('documented', '/total', 5)
          },
        }),
      ],
    })),
    story('another-case', ({ row }) => ({
      title: 'an e-mail address is the same in any case',
      evidence: 'assumed',
      steps: [
        create([row('a')]),
        create(
          [upperCased(row('a')), { ...row('b'), email: row('b')['email'].replace('rollcall', 'RollCall') }, row('b')],
          {
            title: 'creates it again in another case',
            expect(claim) {
              claim.shows('assumed', '/failed/*/code', ['email_already_exists', 'email_already_exists'])
              // What is accepted is kept as it was written.
              claim.shows('assumed', '/created/*/email', [row('b')['email'].replace('rollcall', 'RollCall')])
            },
          },
        ),
      ],
    })),
    story('partial', ({ row, made }) => ({
      title: 'a good row beside a bad one survives and can be read back',
      evidence: 'documented',
      steps: [
        create([row('a')]),
        create([row('b', { firstName: 'Good' }), row('a'), row('c', { firstName: 'Better' })], {
          title: 'creates good users beside one that exists',
          status: 201,
          expect(claim) {
            claim.sameItems('documented', 'the e-mails created', valuesAt(claim.body, '/created/*/email'), [
              row('b')['email'],
              row('c')['email'],
            ])
            shows(claim, { created: 2, updated: 0, failed: 1 }, 'documented')
          },
        }),
        get(1, `${made('b')}/id`, 'observed', { email: row('b')['email'], firstName: 'Good' }),
        get(1, `${made('c')}/id`, 'observed', { email: row('c')['email'], firstName: 'Better' }),
      ],
    })),
    story('adds-up', ({ row }) => ({
      title: 'every row has exactly one outcome, and they add up to the total',
      evidence: 'documented',
      steps: [
        create([row('a'), row('b')]),
        create(
          ['a', 'c', 'd', 'b', 'e', 'd', 'f'].map((name) => row(name)),
          {
            title: 'creates old and new users at once',
            expect(claim, told) {
              claim.shows('documented', '/total', 7)
              const sent = ['a', 'c', 'd', 'b', 'e', 'd', 'f'].map((name) => row(name)['email'])
              const all = ['/created/*/email', '/updated/*/email', '/failed/*/user/email'].flatMap((at) =>
                valuesAt(told.body, at),
              )
              claim.sameItems('documented', 'the e-mails of all outcomes', all, sent)
            },
          },
        ),
        create(
          ['a', 'c', 'g', 'b'].map((name) => row(name)),
          {
            title: 'updates old users and creates a new one at once',
            query: { upsert: 'true' },
            expect(claim) {
              shows(claim, { created: 1, updated: 3, failed: 0 }, 'documented')
            },
          },
        ),
      ],
    })),
    story('values', ({ row, mark, made }) => {
      const rows = NAMES.map((name, at) =>
        row(`v${at}`, {
          firstName: name,
          lastName: `${name} ${mark}`,
          alias: `${at}  ${name}`,
          metadata: { at, name, list: [] },
        }),
      )
      // Nobody says that other forms of a letter are kept.
      const known = ({ firstName }: Row): Evidence =>
        firstName === firstName.normalize('NFKC') ? 'documented' : 'assumed'
      return {
        title: "each row's values come back under its own id, letter by letter",
        evidence: 'documented',
        steps: [
          create(rows, {
            expect(claim, told) {
              claim.shows(
                'assumed',
                '/created/*/email',
                rows.map(({ email }) => email),
              )
              const ids = valuesAt(told.body, '/created/*/id')
              claim.holds('documented', 'each user has an id of its own', new Set(ids).size === rows.length, ids)
              for (const sent of rows) {
                const found = valuesAt(told.body, '/created/*').find(({ email }) => email === sent.email)
                const own = Object.fromEntries(Object.keys(sent).map((name) => [name, found?.[name]]))
                claim.equal(known(sent), `what was created of ${sent.email}`, own, sent)
              }
            },
          }),
          ...rows.map((sent, at) => get(0, `${made(`v${at}`)}/id`, weaker(known(sent), 'observed'), sent)),
        ],
      }
    }),
    story('metadata', ({ row }) => ({
      title: 'metadata come back as they were: types, and lists and objects without members',
      evidence: 'documented',
      steps: [
        create([row('a', { metadata: METADATA })], {
          expect: (claim) => claim.shows('documented', '/created/0/metadata', METADATA),
        }),
        get(0, '/created/0/id', 'observed', { metadata: METADATA }),
      ],
    })),
    story('metadata-texts', ({ row }) => ({
      title: 'texts of metadata come back as they were: spaces, and letters in any form',
      evidence: 'assumed',
      steps: [create([row('a', { metadata: TEXTS })]), get(0, '/created/0/id', 'assumed', { metadata: TEXTS })],
    })),
    story('empty-lists', ({ row }) => ({
      title: 'lists without items are there, and empty',
      evidence: 'assumed',
      steps: [
        create([row('a')], {
          expect(claim) {
            claim.showsAll('assumed', '/created/0', {
              wallets: [],
              oauthAccounts: [],
              verifiedCredentials: [],
              metadata: {},
            })
            claim.showsAll('assumed', '', { updated: [], failed: [] })
          },
        }),
        get(0, '/created/0/id', 'assumed', {
          wallets: [],
          oauthAccounts: [],
          verifiedCredentials: [],
          lists: [],
          newUser: true,
          scope: '',
        }),
      ],
    })),
    // The document's link of this name starts at an update, which a creation alone does not make.
    story('getUpdatedUser', ({ row, made }) => ({
      title: 'upsert updates the user it finds, and what was absent stays',
      evidence: 'documented',
      steps: [
        create([
          row('a', {
            firstName: 'Old',
            lastName: 'Kept',
            jobTitle: 'Tester',
            country: 'SE',
            metadata: { old: 1, both: 1 },
          }),
          row('b'),
        ]),
        // Read before, so that an answer kept from then is seen to be old.
        get(0, `${made('a')}/id`, 'observed', { firstName: 'Old', lastName: 'Kept' }),
        create(
          [row('a', { firstName: 'New', country: null, jobTitle: '', team: 'Blue', metadata: { new: [], both: 2 } })],
          {
            title: 'upserts it',
            query: { upsert: 'true' },
            status: 201,
            expect(claim, told) {
              shows(claim, { created: 0, updated: 1, failed: 0 }, 'documented')
              claim.shows('documented', '/updated/0/id', told.said(0, `${made('a')}/id`))
              claim.showsAll('documented', '/updated/0', { email: row('a')['email'], firstName: 'New', team: 'Blue' })
              claim.showsAll('assumed', '/updated/0', {
                lastName: 'Kept',
                country: null,
                jobTitle: '',
                metadata: { new: [], both: 2 },
              })
              claim.shows('assumed', '/updated/0/createdAt', told.said(0, `${made('a')}/createdAt`))
            },
          },
        ),
        get(
          2,
          '/updated/0/id',
          'observed',
          { email: row('a')['email'], firstName: 'New', team: 'Blue' },
          (claim, told) => {
            claim.showsAll('assumed', '/user', {
              lastName: 'Kept',
              country: null,
              jobTitle: '',
              metadata: { new: [], both: 2 },
            })
            claim.equal('assumed', 'the user read back', told.body?.user, told.said(2, '/updated/0'))
          },
        ),
        list('a', row('a')['email'], (claim) => claim.shows('observed', '/users/*/firstName', ['New'])),
        get(0, `${made('b')}/id`, 'assumed', { email: row('b')['email'], firstName: null, team: null }),
      ],
    })),
    story('upsert-without-a-match', ({ row }) => ({
      title: 'upsert creates whom it does not find',
      evidence: 'documented',
      steps: [
        create([row('a'), row('b')], {
          query: { upsert: 'true' },
          status: 201,
          expect: (claim) => shows(claim, { created: 2, updated: 0, failed: 0 }, 'documented'),
        }),
      ],
    })),
    story('upsert-in-one-request', ({ row }) => ({
      title: 'with upsert, a row updates the user of a row before it',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: 'One' }), row('a', { lastName: 'Two' })], {
          query: { upsert: 'true' },
          expect: (claim) => shows(claim, { created: 1, updated: 1, failed: 0 }, 'assumed'),
        }),
        get(0, '/created/0/id', 'assumed', { firstName: 'One', lastName: 'Two' }),
      ],
    })),
    story('upsert-false', ({ row }) => ({
      title: 'upsert=false updates nobody',
      evidence: 'documented',
      steps: [
        create([row('a', { firstName: 'Old' })]),
        create([row('a', { firstName: 'New' })], {
          title: 'sends it again with upsert=false',
          query: { upsert: 'false' },
          status: 201,
          expect: (claim) => shows(claim, { created: 0, updated: 0, failed: 1 }, 'documented'),
        }),
        get(0, '/created/0/id', 'observed', { firstName: 'Old' }),
      ],
    })),
    story('upsert-adds-wallets-and-accounts', ({ row, fill }) => {
      const wallet = (n: number) => fill({ ...WALLET, publicWalletAddress: `0x${n}{hex:39}` })
      const account = (n: number) => fill({ provider: 'google', accountId: `${n}{digits:20}` })
      const MAIN = {
        firstName: 'Later',
        walletPublicKey: wallet(1).publicWalletAddress,
        wallet: WALLET.walletName,
        chain: WALLET.chain,
      }
      return {
        title: 'upsert adds wallets and accounts, and none twice',
        evidence: 'assumed',
        steps: [
          create([row('a', { wallets: [wallet(1)], oauthAccounts: [account(1)] })]),
          create([row('a', { wallets: [wallet(1), wallet(2)], oauthAccounts: [account(2), account(1)] })], {
            title: 'upserts it with one more of each',
            query: { upsert: 'true' },
            expect: (claim) => shows(claim, { created: 0, updated: 1, failed: 0 }, 'assumed'),
          }),
          get(0, '/created/0/id', 'assumed', {}, (claim) => {
            claim.shows(
              'assumed',
              '/user/wallets/*/publicKey',
              [1, 2].map((n) => wallet(n).publicWalletAddress),
            )
            claim.shows('assumed', '/user/oauthAccounts/*/provider', ['google', 'google'])
            claim.shows(
              'assumed',
              '/user/verifiedCredentials/*/oauth_account_id',
              [1, 2].map((n) => account(n).accountId),
            )
            claim.shows(
              'assumed',
              '/user/verifiedCredentials/*/address',
              [1, 2].map((n) => wallet(n).publicWalletAddress),
            )
          }),
          create([row('a', { firstName: 'Later' })], { title: 'upserts it without any', query: { upsert: 'true' } }),
          get(0, '/created/0/id', 'assumed', MAIN, (claim) =>
            claim.shows(
              'assumed',
              '/user/wallets/*/publicKey',
              [1, 2].map((n) => wallet(n).publicWalletAddress),
            ),
          ),
        ],
      }
    }),
    story('upsert-by-any-key', ({ row, mark, fill }) => {
      const wallets = [{ ...WALLET, publicWalletAddress: fill('0x{hex:40}') }]
      const oauthAccounts = [{ provider: 'github', accountId: fill('{digits:21}') }]
      const upsert = (title: string, one: Json): TaleStep =>
        create([one], {
          title,
          query: { upsert: 'true' },
          expect: (claim, told) => claim.shows('assumed', '/updated/*/id', [told.said(0, '/created/0/id')]),
        })
      return {
        title: 'upsert finds the user by user name, wallet or account too',
        evidence: 'assumed',
        steps: [
          create([row('a', { username: mark, wallets, oauthAccounts })]),
          upsert('by user name', { username: mark, firstName: 'One' }),
          upsert('by wallet, in another case', {
            wallets: [
              { ...WALLET, publicWalletAddress: wallets[0]?.publicWalletAddress.toUpperCase().replace('0X', '0x') },
            ],
            lastName: 'Two',
          }),
          upsert('by account', { oauthAccounts, team: 'Three' }),
          get(0, '/created/0/id', 'assumed', {
            email: row('a')['email'],
            username: mark,
            firstName: 'One',
            lastName: 'Two',
            team: 'Three',
          }),
        ],
      }
    }),
    story('upsert-moves-keys', ({ row, mark, fill }) => {
      const wallet = fill({ ...WALLET, publicWalletAddress: '0x{hex:40}' })
      const account = fill({ provider: 'google', accountId: '{digits:21}' })
      const [a, b] = [row('a'), row('b')]
      const [old, later] = [`${mark}o`, `${mark}n`]
      return {
        title: 'what an upsert gives a user nobody else can have, and what it takes away is free again',
        evidence: 'assumed',
        steps: [
          create([{ ...a, username: old }]),
          create([{ ...a, username: later, wallets: [wallet], oauthAccounts: [account] }], {
            title: 'upserts another user name, a wallet and an account',
            query: { upsert: 'true' },
            expect: (claim) => shows(claim, { created: 0, updated: 1, failed: 0 }, 'assumed'),
          }),
          create([{ username: later, email: b.email }], {
            title: 'upserts another e-mail',
            query: { upsert: 'true' },
            expect: (claim, told) => claim.shows('assumed', '/updated/*/id', [told.said(0, '/created/0/id')]),
          }),
          create(
            [
              b,
              row('c', { username: later }),
              row('d', { wallets: [wallet] }),
              row('e', { oauthAccounts: [account] }),
              { ...a, username: old },
            ],
            {
              title: 'creates others with the new keys, and one with the old ones',
              expect(claim) {
                claim.shows('assumed', '/failed/*/code', [
                  'email_already_exists',
                  'username_already_exists',
                  'reassign_wallet_error',
                  'social_account_already_exists',
                ])
                claim.shows('assumed', '/created/*/email', [a.email])
              },
            },
          ),
        ],
      }
    }),
    story('merge', ({ row, mark, made }) => ({
      title: 'a row that names two users updates neither',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: 'A' }), row('b', { firstName: 'B', username: mark })]),
        create([row('a', { firstName: 'C', username: mark })], {
          title: 'upserts both at once',
          query: { upsert: 'true' },
          expect(claim) {
            shows(claim, { created: 0, updated: 0, failed: 1 }, 'assumed')
            claim.shows('assumed', '/failed/0/code', 'merge_accounts_invalid')
          },
        }),
        get(0, `${made('a')}/id`, 'assumed', { firstName: 'A', username: null }),
        get(0, `${made('b')}/id`, 'assumed', { firstName: 'B', username: mark }),
      ],
    })),
    story('no-keys', ({ row, mark }) => ({
      title: '"" and null are no keys: such rows never collide',
      evidence: 'assumed',
      steps: [
        create(
          [1, 2, 3].map((n) => ({
            email: '',
            username: n === 3 ? '' : null,
            firstName: `rollcall ${mark}`,
            wallets: [],
          })),
          {
            expect: (claim) => shows(claim, { created: 3, updated: 0, failed: 0 }, 'assumed'),
          },
        ),
        create([row('a', { username: null }), { ...row('b'), username: '' }, { username: mark }], {
          expect: (claim) => shows(claim, { created: 3, updated: 0, failed: 0 }, 'assumed'),
        }),
        create([{ username: mark, firstName: 'Later' }], {
          title: 'upserts the one without an e-mail',
          query: { upsert: 'true' },
          expect: (claim) => shows(claim, { created: 0, updated: 1, failed: 0 }, 'assumed'),
        }),
      ],
    })),
    story('keys-of-others', ({ row, mark, fill }) => {
      const wallet = fill({ ...WALLET, publicWalletAddress: '0xab{hex:38}' })
      const solana = fill('So{hex:30}ANA')
      return {
        title: 'a user name, a wallet and an account belong to one user',
        evidence: 'assumed',
        steps: [
          create([
            row('a', { username: mark, wallets: [wallet], oauthAccounts: [{ provider: 'discord', accountId: mark }] }),
            row('g', { wallets: [{ ...WALLET, publicWalletAddress: solana }] }),
          ]),
          create(
            [
              row('b', { username: mark }),
              row('c', {
                wallets: [{ ...wallet, publicWalletAddress: wallet.publicWalletAddress.replace('ab', 'AB') }],
              }),
              row('d', { oauthAccounts: [{ provider: 'discord', accountId: mark }] }),
              // The case of an address matters, but in hexadecimal ones.
              row('f', {
                wallets: [solana.toLowerCase()].map((publicWalletAddress) => ({ ...WALLET, publicWalletAddress })),
              }),
              // The same account id at another provider is another account.
              row('e', { oauthAccounts: [{ provider: 'github', accountId: mark }] }),
            ],
            {
              title: 'creates others with the same',
              expect(claim) {
                const codes = ['username_already_exists', 'reassign_wallet_error', 'social_account_already_exists']
                claim.shows('assumed', '/failed/*/code', codes)
                claim.shows('assumed', '/created/*/email', [row('f')['email'], row('e')['email']])
              },
            },
          ),
          create(
            [row('h', { wallets: [{ ...wallet, publicWalletAddress: wallet.publicWalletAddress.toUpperCase() }] })],
            {
              title: 'creates another with the same wallet, all in capitals',
              expect: (claim) => claim.shows('assumed', '/failed/*/code', ['reassign_wallet_error']),
            },
          ),
          list('nobody else', row('b')['email'], (claim) => claim.shows('assumed', '/users', [])),
        ],
      }
    }),
    story('credentials', ({ row, mark, fill, made }) => {
      const wallet = fill({ ...WALLET, publicWalletAddress: '0x{hex:40}' })
      const account = {
        provider: 'google',
        accountId: fill('{digits:21}'),
        displayName: 'Ada L',
        username: mark,
        emails: [row('a')['email']],
        photos: [],
        profile: { level: 3 },
      }
      return {
        title: 'a verified e-mail, a wallet and an account are credentials, under their response names',
        evidence: 'assumed',
        steps: [
          create([
            row('a', { emailVerifiedAt: '2023-11-07T05:31:56+05:30', wallets: [wallet], oauthAccounts: [account] }),
            row('b'),
          ]),
          get(0, `${made('a')}/id`, 'assumed', {}, (claim, told) => {
            claim.showsAll('documented', '/user/wallets/0', {
              publicKey: wallet.publicWalletAddress,
              name: 'MetaMask',
              chain: 'ETH',
              provider: 'browserExtension',
            })
            claim.holds(
              'documented',
              'wallets have their response names',
              told.body?.user?.wallets?.[0]?.publicWalletAddress === undefined,
            )
            claim.showsAll('assumed', '/user', {
              walletPublicKey: wallet.publicWalletAddress,
              wallet: 'MetaMask',
              chain: 'ETH',
            })
            claim.showsAll('assumed', '/user/oauthAccounts/0', { provider: 'google', accountUsername: mark })
            claim.shows('assumed', '/user/verifiedCredentials/*/format', ['email', 'blockchain', 'oauth'])
            const [email, chain, oauth] = ['email', 'blockchain', 'oauth'].map((format) =>
              valuesAt(told.body, '/user/verifiedCredentials/*').find((one) => one?.format === format),
            )
            claim.equal(
              'assumed',
              'the verified e-mail',
              [email?.email, email?.public_identifier],
              Array(2).fill(row('a')['email']),
            )
            claim.equal(
              'assumed',
              'when it was verified',
              Date.parse(email?.verifiedAt),
              Date.parse('2023-11-07T05:31:56+05:30'),
            )
            claim.equal(
              'assumed',
              'the wallet of its credential',
              [chain?.address, chain?.chain, chain?.wallet_name, chain?.wallet_provider],
              [wallet.publicWalletAddress, 'ETH', 'MetaMask', 'browserExtension'],
            )
            claim.equal(
              'assumed',
              'the account of its credential',
              [oauth?.oauth_provider, oauth?.oauth_account_id, oauth?.oauth_display_name, oauth?.oauth_username],
              ['google', account.accountId, 'Ada L', mark],
            )
            claim.equal(
              'assumed',
              'its other data',
              [oauth?.oauth_emails, oauth?.oauth_account_photos, oauth?.oauth_metadata],
              [account.emails, [], { level: 3 }],
            )
            claim.shows('assumed', '/user/verifiedCredentials/*/signInEnabled', [true, true, true])
            claim.equal('assumed', 'by what the account is known', oauth?.public_identifier, mark)
            const ids = valuesAt(told.body, '/user/verifiedCredentials/*/id')
            claim.holds(
              'assumed',
              'the last verified credential is one of them',
              ids.includes(told.body?.user?.lastVerifiedCredentialId),
            )
          }),
          get(0, `${made('b')}/id`, 'assumed', { verifiedCredentials: [] }),
          create([row('b', { emailVerifiedAt: '2024-02-29T23:59:59Z' })], {
            title: 'verifies the other e-mail',
            query: { upsert: 'true' },
          }),
          get(0, `${made('b')}/id`, 'assumed', {}, (claim) =>
            claim.shows('assumed', '/user/verifiedCredentials/*/email', [row('b')['email']]),
          ),
        ],
      }
    }),
    story('deleted', ({ row, made }) => ({
      title: 'who was deleted is gone, the e-mail is free again, and the id is not',
      evidence: 'observed',
      steps: [
        create([row('a', { firstName: 'First' }), row('b')]),
        { title: 'deletes one', call: 'deleteUser', path: (told) => ({ userId: told.need(0, `${made('a')}/id`) }) },
        {
          title: 'looks for it',
          call: 'getUser',
          path: (told) => ({ userId: told.need(0, `${made('a')}/id`) }),
          status: 404,
          evidence: 'observed',
        },
        {
          title: 'deletes it again',
          call: 'deleteUser',
          path: (told) => ({ userId: told.need(0, `${made('a')}/id`) }),
          status: 404,
          evidence: 'assumed',
        },
        list('nobody', row('a')['email'], (claim) => claim.shows('observed', '/users', [])),
        create([row('a')], {
          title: 'creates it again',
          expect(claim, told) {
            shows(claim, { created: 1, updated: 0, failed: 0 }, 'observed')
            claim.shows('assumed', '/created/0/firstName', null)
            const id = told.body?.created?.[0]?.id
            claim.holds(
              'assumed',
              'ids are not used again',
              id !== told.said(0, `${made('a')}/id`) && id !== told.said(0, `${made('b')}/id`),
              id,
            )
          },
        }),
        get(0, `${made('b')}/id`, 'observed', { email: row('b')['email'] }),
      ],
    })),
    story('pages', ({ row, mark }) => {
      const rows = [3, 0, 5, 1, 6, 2, 4].map((at) =>
        row(`p${at}`, { team: at % 2 === 0 ? 'Even' : 'Odd', ...(at % 3 === 0 && { alias: `A${at}` }) }),
      )
      const page = (offset: number, limit: number): TaleStep => ({
        title: `lists from ${offset}, ${limit} at most`,
        call: 'listUsers',
        query: {
          offset: String(offset),
          limit: String(limit),
          'filter[filterColumn]': 'email',
          'filter[filterValue]': mark,
        },
        expect(claim, told) {
          claim.shows('observed', '/count', 7)
          claim.equal(
            'observed',
            'how many users the page holds',
            told.body?.users?.length,
            Math.max(0, Math.min(limit, 7 - offset)),
          )
        },
      })
      return {
        title: 'the pages of a list add up: nobody is left out and nobody comes twice',
        evidence: 'observed',
        steps: [
          create(rows),
          page(0, 3),
          page(3, 3),
          {
            ...page(6, 3),
            expect(claim, told) {
              const last = valuesAt(told.body, '/users/*/id')
              const found = [1, 2].flatMap((step) => (told.said(step, '/users') ?? []).map(({ id }: Json) => id))
              const ids = (told.said(0, '/created') ?? []).map(({ id }: Json) => id)
              claim.sameItems('observed', 'the ids of all pages', [...found, ...last], ids)
            },
          },
          page(7, 3),
          page(2, 100),
          ...(['asc', 'desc'] as const).map((direction) => ({
            ...page(0, 100),
            title: `lists by e-mail, ${direction}`,
            query: { limit: '100', orderBy: `email-${direction}`, 'filter[filterValue]': mark },
            expect(claim: Claims) {
              const emails = rows.map(({ email }) => email).sort()
              claim.shows('assumed', '/users/*/email', direction === 'asc' ? emails : emails.toReversed())
            },
          })),
          // Who has no value comes first; who has the same, in the order of creation; and downwards all is the other way.
          ...(
            [
              ['alias', [5, 1, 2, 4, 0, 3, 6]],
              ['createdAt', [3, 0, 5, 1, 6, 2, 4]],
              ['team', [0, 6, 2, 4, 3, 5, 1]],
            ] as const
          ).flatMap(([column, order]) =>
            (['asc', 'desc'] as const).map((direction) => ({
              ...page(0, 100),
              title: `lists by ${column}, ${direction}, to the last`,
              query: { limit: '100', orderBy: `${column}-${direction}`, 'filter[filterValue]': mark },
              expect(claim: Claims) {
                const upward = order.map((at) => row(`p${at}`).email)
                claim.shows('assumed', '/users/*/email', direction === 'asc' ? upward : upward.toReversed())
              },
            })),
          ),
          ...(['asc', 'desc'] as const).map((direction) => ({
            ...page(0, 100),
            title: `lists by team, ${direction}`,
            query: { limit: '100', orderBy: `team-${direction}`, 'filter[filterValue]': mark },
            expect(claim: Claims, told: Told) {
              const even = [3, 0, 5, 1, 6, 2, 4].filter((at) => at % 2 === 0).map((at) => row(`p${at}`).email)
              const odd = [3, 0, 5, 1, 6, 2, 4].filter((at) => at % 2 !== 0).map((at) => row(`p${at}`).email)
              const found = valuesAt(told.body, '/users/*/email')
              const [first, second] = direction === 'asc' ? [even, odd] : [odd, even]
              claim.sameItems('assumed', 'the first team', found.slice(0, first.length), first)
              claim.sameItems('assumed', 'the second team', found.slice(first.length), second)
            },
          })),
        ],
      }
    }),
    story('filters', ({ row, mark, fill }) => {
      const address = fill('0x{hex:40}')
      const wallets = [{ ...WALLET, walletName: `Purse ${mark}`, publicWalletAddress: address, chain: 'EVM' }]
      const others = [{ ...WALLET, publicWalletAddress: `${address.slice(0, -1)}x` }]
      const rows = [
        row('a', { alias: `Al ${mark}`, jobTitle: `Job ${mark}`, username: `${mark}u`, wallets: others }),
        row('b', {
          firstName: `Ada ${mark}`,
          phoneNumber: `+1 ${mark}`,
          wallets: [...wallets, { ...WALLET, walletName: `Pouch ${mark}`, publicWalletAddress: `${address}y` }],
          oauthAccounts: [{ provider: 'github', accountId: `Hub ${mark}` }],
        }),
        row('c', {
          lastName: `Last ${mark}`,
          oauthAccounts: [
            { provider: 'line', accountId: `Line ${mark}` },
            { provider: 'google', accountId: `Goo ${mark}` },
          ],
        }),
      ]
      const find = (filter: Record<string, string>, names: readonly string[]): TaleStep => ({
        title: `lists by ${Object.keys(filter).join(' and ')} ${filter['filterColumn'] ?? ''}`,
        call: 'listUsers',
        query: {
          limit: '100',
          ...Object.fromEntries(Object.entries(filter).map(([name, value]) => [`filter[${name}]`, value])),
        },
        expect: (claim, told) =>
          claim.sameItems(
            'observed',
            'the e-mails found',
            valuesAt(told.body, '/users/*/email'),
            names.map((name) => row(name)['email']),
          ),
      })
      const byColumn = (filterColumn: string, names: readonly string[], filterValue = mark) =>
        find({ filterColumn, filterValue }, names)
      return {
        title: 'filters of the list keep whom they name',
        evidence: 'observed',
        steps: [
          create(rows),
          byColumn('all', ['a', 'b', 'c']),
          byColumn('email', ['a', 'b', 'c'], mark.toUpperCase()),
          byColumn('alias', ['a']),
          byColumn('firstName', ['b']),
          byColumn('lastName', ['c']),
          byColumn('jobTitle', ['a']),
          byColumn('username', ['a']),
          byColumn('phoneNumber', ['b']),
          byColumn('walletPublicKey', ['b'], address),
          byColumn('accountId', ['c'], `Line ${mark}`),
          byColumn('accountId', ['b', 'c']),
          byColumn('wallet', ['b'], `purse ${mark}`),
          byColumn('wallet', ['b'], `pouch ${mark}`),
          byColumn('walletPublicKey', ['b'], `${address}y`),
          byColumn('all', ['a'], `al ${mark}`),
          byColumn('all', ['a'], `job ${mark}`),
          byColumn('all', ['a'], `${mark}U`),
          byColumn('all', ['b'], `ada ${mark}`),
          byColumn('all', ['b'], `+1 ${mark}`),
          byColumn('all', ['b'], `purse ${mark}`),
          byColumn('all', ['b'], `hub ${mark}`),
          byColumn('all', ['b'], address),
          byColumn('all', ['c'], `last ${mark}`),
          {
            ...find({}, ['b']),
            title: 'lists by id among all columns',
            query: (told) => ({
              'filter[filterColumn]': 'all',
              'filter[filterValue]': told.need(0, `/created/@${row('b')['email']}/id`),
            }),
          },
          find({ filterValue: mark, filterSocialProvider: 'line' }, ['c']),
          find({ filterValue: mark, chain: 'EVM' }, ['b']),
          find({ filterValue: `nobody ${mark}`, filterColumn: 'lastName' }, []),
          // Others may have a wallet there too.
          {
            title: 'lists by chain alone, the newest first',
            call: 'listUsers',
            query: { limit: '100', orderBy: 'createdAt-desc', 'filter[chain]': 'EVM' },
            expect(claim, told) {
              const emails = valuesAt(told.body, '/users/*/email')
              claim.holds('assumed', 'who has a wallet there is found', emails.includes(row('b').email), emails)
              claim.holds('assumed', 'who has none there is not', !emails.includes(row('a').email), emails)
            },
          },
        ],
      }
    }),
    story('many', ({ row, mark }) => {
      const rows = Array.from({ length: 50 }, (_, at) =>
        row(`m${String(at).padStart(2, '0')}`, { firstName: `Number ${at}`, metadata: { at } }),
      )
      return {
        title: 'of 50 rows none is lost, doubled or crossed',
        evidence: 'documented',
        steps: [
          create(rows, {
            expect(claim) {
              claim.shows('documented', '/total', 50)
              claim.shows(
                'assumed',
                '/created/*/email',
                rows.map(({ email }) => email),
              )
              claim.shows(
                'assumed',
                '/created/*/firstName',
                rows.map(({ firstName }) => firstName),
              )
            },
          }),
          {
            title: 'lists them',
            call: 'listUsers',
            query: { limit: '100', 'filter[filterColumn]': 'email', 'filter[filterValue]': mark },
            expect(claim, told) {
              const line = ({ id, email, firstName, metadata }: Json) =>
                JSON.stringify([id, email, firstName, metadata])
              const created = (told.said(0, '/created') ?? []).map(line)
              claim.sameItems('observed', 'the users listed', (told.body?.users ?? []).map(line), created)
            },
          },
        ],
      }
    }),
    story('bare-account', ({ row, fill }) => {
      const bare = { provider: 'google', accountId: fill('{digits:21}') }
      const pictured = { provider: 'line', accountId: fill('1{digits:20}'), photos: ['https://example.com/a.png'] }
      return {
        title: 'an account without further data is known by its id',
        evidence: 'assumed',
        steps: [
          create([row('a', { oauthAccounts: [bare, pictured] })]),
          get(0, '/created/0/id', 'assumed', {}, (claim) => {
            const shown = (name: string, wanted: readonly Json[]) =>
              claim.shows('assumed', `/user/verifiedCredentials/*/${name}`, wanted)
            shown('public_identifier', [bare.accountId, pictured.accountId])
            shown('oauth_account_photos', [[], pictured.photos])
            shown('oauth_emails', [[], []])
            shown('oauth_metadata', [{}, {}])
            shown('oauth_display_name', [null, null])
          }),
        ],
      }
    }),
    story('every-member', ({ row, mark, made }) => {
      const members = {
        alias: `Alias ${mark}`,
        firstName: 'First',
        lastName: 'Last',
        jobTitle: 'Job',
        phoneNumber: '+1 555 123',
        team: 'Team',
        tShirtSize: 'L',
        country: 'SE',
        policiesConsent: true,
        emailNotification: true,
        discordNotification: true,
        newsletterNotification: true,
        mfaBackupCodeAcknowledgement: 'pending',
      }
      const no = {
        policiesConsent: false,
        emailNotification: false,
        discordNotification: false,
        newsletterNotification: false,
      }
      return {
        title: 'every member that was sent can be read back, and what was not is null',
        evidence: 'documented',
        steps: [
          create([row('a', members), row('b', no), row('c')]),
          get(0, `${made('a')}/id`, 'observed', members),
          get(0, `${made('b')}/id`, 'observed', no),
          get(0, `${made('c')}/id`, 'assumed', Object.fromEntries(Object.keys(members).map((name) => [name, null]))),
        ],
      }
    }),
    story('verified-emails', ({ row, mark }) => {
      const emails = (...wanted: readonly string[]) =>
        get(0, '/created/0/id', 'assumed', {}, (claim, told) => {
          claim.shows('assumed', '/user/verifiedCredentials/*/email', wanted)
          const [first] = valuesAt(told.body, '/user/verifiedCredentials/*/id')
          claim.shows('assumed', '/user/lastVerifiedCredentialId', first)
        })
      const upsert = (one: Json): TaleStep =>
        create([one], {
          title: 'upserts it',
          query: { upsert: 'true' },
          expect: (claim) => shows(claim, { created: 0, updated: 1, failed: 0 }, 'assumed'),
        })
      const [a, b] = [row('a'), row('b')]
      return {
        title: 'a verified e-mail stays verified until it is replaced',
        evidence: 'assumed',
        steps: [
          create([{ ...a, username: mark, emailVerifiedAt: '2024-01-01T00:00:00Z' }]),
          emails(a.email),
          upsert({ ...a, firstName: 'Later' }),
          emails(a.email),
          upsert({ ...a, emailVerifiedAt: '2024-02-01T00:00:00Z' }),
          emails(a.email),
          upsert({ username: mark, email: b.email }),
          emails(),
          upsert({ username: mark, emailVerifiedAt: '2024-03-01T00:00:00Z' }),
          emails(b.email),
          // What two users have no account of is no account that they share.
          create([row('c', { emailVerifiedAt: '2024-04-01T00:00:00Z' })]),
          upsert(row('c', { firstName: 'Later' })),
        ],
      }
    }),
    story('instants', ({ row }) => {
      // RFC 3339, section 5.6; what a leap second is read as is said by nobody.
      const spellings = [
        ['2023-11-07T05:31:56Z', '2023-11-07T05:31:56.000Z'],
        ['2023-11-07T05:31:56.123Z', '2023-11-07T05:31:56.123Z'],
        ['2023-11-07T05:31:56.5Z', '2023-11-07T05:31:56.500Z'],
        ['2023-11-07t05:31:56z', '2023-11-07T05:31:56.000Z'],
        ['2023-11-07T05:31:56-08:00', '2023-11-07T13:31:56.000Z'],
        ['2023-11-07T05:31:56.250+05:30', '2023-11-07T00:01:56.250Z'],
        ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
        ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:59.500Z'],
        // ISO 8601 lets an offset do without its minutes or colon.
        ['2023-11-07T05:31:56+05', '2023-11-07T00:31:56.000Z'],
        ['2023-11-07T05:31:56-0130', '2023-11-07T07:01:56.000Z'],
        // What an offset moves out of the years that a text can name stays as it was sent.
        ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00.000Z'],
        ['0000-01-01T00:00:00+01:00', '0000-01-01T00:00:00+01:00'],
      ] as const
      return {
        title: 'an instant is the same however it is written',
        evidence: 'assumed',
        steps: spellings.flatMap(([sent, meant], at) => [
          create([row(`i${at}`, { emailVerifiedAt: sent })]),
          get(2 * at, '/created/0/id', 'assumed', {}, (claim) =>
            claim.shows('assumed', '/user/verifiedCredentials/0/verifiedAt', meant),
          ),
        ]),
      }
    }),
    story('metadata-size', ({ row }) => {
      const LIMIT = 512 * 1024
      const metadata = (text: string) => ({ text })
      const around = JSON.stringify(metadata('')).length
      // Nearly as long as numbers can be, under names as short as names can be: not much more than the limit in all.
      const letters = Object.fromEntries(
        [...'abcdefghijklmnopqrstuvwxyz'].map((name) => [name, -1.234567890123456e-300]),
      )
      const NUMBERS = Array(Math.ceil(LIMIT / JSON.stringify(letters).length)).fill(letters)
      const NOTHING = Array(Math.ceil(LIMIT / '"",[],'.length)).fill(['', []])
      const codes = (...wanted: readonly string[]) => ({
        title: 'creates with much metadata',
        expect: (claim: Claims) => claim.shows('assumed', '/failed/*/code', wanted),
      })
      return {
        title: 'metadata take 512 KiB of JSON at most, counted in UTF-8',
        evidence: 'assumed',
        steps: [
          create([row('a', { metadata: metadata('x'.repeat(LIMIT - around)) })], codes()),
          create([row('b', { metadata: metadata('x'.repeat(LIMIT - around + 1)) })], codes('metadata_size_exceeded')),
          create(
            [row('c', { metadata: metadata('é'.repeat((LIMIT - around) / 2 + 1)) })],
            codes('metadata_size_exceeded'),
          ),
          create([row('d', { metadata: { ['x'.repeat(LIMIT)]: 0 } })], codes('metadata_size_exceeded')),
          create([row('e', { metadata: { numbers: NUMBERS } })], codes('metadata_size_exceeded')),
          create([row('f', { metadata: { nothing: NOTHING.flat() } })], codes('metadata_size_exceeded')),
        ],
      }
    }),
    story('default-page', ({ row, mark }) => ({
      title: 'a list without a limit holds twenty users, and begins with the first',
      evidence: 'observed',
      steps: [
        create(Array.from({ length: 21 }, (_, at) => row(`d${at}`))),
        ...[
          { query: {}, held: 20 },
          { query: { offset: '20' }, held: 1 },
        ].map(({ query, held }) => ({
          title: 'lists without a limit',
          call: 'listUsers',
          query: { ...query, 'filter[filterColumn]': 'email', 'filter[filterValue]': mark },
          expect(claim: Claims, told: Told) {
            claim.shows('observed', '/count', 21)
            claim.equal('observed', 'how many users the page holds', told.body?.users?.length, held)
          },
        })),
      ],
    })),
    story('upsert-in-another-case', ({ row }) => ({
      title: 'upsert finds the user by an e-mail in another case',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: 'Old' })]),
        create([{ ...upperCased(row('a')), firstName: 'New' }], {
          title: 'upserts it in upper case',
          query: { upsert: 'true' },
          expect(claim, told) {
            shows(claim, { created: 0, updated: 1, failed: 0 }, 'assumed')
            claim.shows('assumed', '/updated/*/id', [told.said(0, '/created/0/id')])
          },
        }),
        get(0, '/created/0/id', 'assumed', { firstName: 'New' }),
      ],
    })),
    story('at-once', ({ row }) => {
      const twin = (firstName: string, step: Partial<TaleStep>): TaleStep => ({
        ...create([row('a', { firstName })], step),
        title: 'creates it, together with its twin',
        evidence: 'assumed',
      })
      return {
        title: 'two requests at once create the user once',
        evidence: 'documented',
        steps: [
          twin('One', { withNext: true, expect: () => undefined }),
          twin('Two', {
            expect(claim, told) {
              const created = [told.said(0, '/created'), told.body?.created].flat().filter(Boolean)
              claim.holds('documented', 'no more than one of both requests creates it', created.length <= 1, created)
              claim.equal('assumed', 'how many users both requests created', created.length, 1)
              const codes = [told.said(0, '/failed'), told.body?.failed].flat().map((failed: Json) => failed?.code)
              claim.sameItems('assumed', 'why the other failed', codes.filter(Boolean), ['email_already_exists'])
            },
          }),
          list('it', row('a')['email'], (claim) => claim.shows('observed', '/count', 1)),
        ],
      }
    }),
    story('timestamps', ({ row }) => ({
      title: 'timestamps tell when it happened',
      evidence: 'assumed',
      steps: [
        create([row('a')], {
          expect(claim, told) {
            const [created, updated] = ['createdAt', 'updatedAt'].map((name) => told.body?.created?.[0]?.[name])
            claim.holds(
              'assumed',
              'createdAt is not before the request',
              Date.parse(created) >= told.askedAt - CLOCK_SKEW,
              created,
            )
            claim.holds(
              'assumed',
              'updatedAt is not before createdAt',
              Date.parse(updated) >= Date.parse(created),
              updated,
            )
          },
        }),
        create([row('a', { firstName: 'Later' })], {
          title: 'upserts it',
          query: { upsert: 'true' },
          expect(claim, told) {
            const { createdAt, updatedAt } = told.body?.updated?.[0] ?? {}
            claim.equal('assumed', 'createdAt', createdAt, told.said(0, '/created/0/createdAt'))
            claim.holds(
              'assumed',
              'updatedAt is not before the first',
              Date.parse(updatedAt) >= Date.parse(told.said(0, '/created/0/updatedAt')),
              updatedAt,
            )
          },
        }),
      ],
    })),
    story('failed-user', ({ row }) => ({
      title: 'a failed row shows the user it would have been, and there is none',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: 'There' })]),
        create([row('a', { firstName: 'Not', lastName: 'There', metadata: { a: [1] } })], {
          title: 'creates it again',
          expect(claim, told) {
            claim.showsAll('assumed', '/failed/0/user', {
              email: row('a')['email'],
              firstName: 'Not',
              lastName: 'There',
              metadata: { a: [1] },
            })
            claim.holds(
              'assumed',
              'it has an id of its own',
              told.body?.failed?.[0]?.user?.id !== told.said(0, '/created/0/id'),
            )
          },
        }),
        {
          title: 'looks for it',
          call: 'getUser',
          path: (told) => ({ userId: told.need(1, '/failed/0/user/id') }),
          status: 404,
          evidence: 'assumed',
        },
        get(0, '/created/0/id', 'assumed', { firstName: 'There', lastName: null }),
      ],
    })),
    story('refused-request', ({ row, mark }) => ({
      title: 'a refused request creates nobody',
      evidence: 'assumed',
      steps: [
        create([row('a'), row('b', { country: 'Sweden' })], {
          title: 'sends a good row beside one that breaks the schema',
          status: 'refused',
          evidence: 'assumed',
          expect(claim) {
            claim.equal('assumed', 'the members of the refusal', Object.keys(claim.body ?? {}), ['error'])
            claim.holds('assumed', 'error says what was wrong', Boolean(claim.body?.error))
          },
        }),
        list('nobody', mark, (claim) => claim.shows('assumed', '/users', [])),
      ],
    })),
    story('environments', ({ row, mark }) => ({
      title: 'environments do not meet',
      evidence: 'documented',
      needs: 'second-tenant',
      steps: [
        create([row('a', { firstName: 'First' })]),
        create([row('a', { firstName: 'Second', username: mark })], {
          title: 'creates the same in the second environment',
          ...second,
          expect(claim) {
            shows(claim, { created: 1, updated: 0, failed: 0 }, 'assumed')
            claim.shows('documented', '/created/0/projectEnvironmentId', second.path.environmentId)
          },
        }),
        get(0, '/created/0/id', 'observed', { firstName: 'First', username: null }),
        {
          title: 'looks for it in the second',
          call: 'getUser',
          path: (told) => ({ ...second.path, userId: told.need(0, '/created/0/id') }),
          status: 404,
          evidence: 'observed',
        },
        {
          ...list('in the second', row('a')['email'], (claim) =>
            claim.shows('observed', '/users/*/firstName', ['Second']),
          ),
          ...second,
        },
        list('in the first', row('a')['email'], (claim) => claim.shows('observed', '/users/*/firstName', ['First'])),
        create([row('a', { lastName: 'Updated' })], {
          title: 'upserts it in the second environment',
          ...second,
          query: { upsert: 'true' },
          expect: (claim, told) => claim.shows('assumed', '/updated/*/id', [told.said(1, '/created/0/id')]),
        }),
        {
          title: 'deletes it from the second by the id of the first',
          call: 'deleteUser',
          path: (told) => ({ ...second.path, userId: told.need(0, '/created/0/id') }),
          status: 404,
          evidence: 'observed',
        },
        get(0, '/created/0/id', 'observed', { firstName: 'First', lastName: null }),
      ],
    })),
    story('steady', ({ row, made }) => ({
      title: 'reading changes nothing: the same question has the same answer',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: 'Same' }), row('b')]),
        ...Array.from({ length: 6 }, (_, at) =>
          get(0, `${made('a')}/id`, 'observed', { email: row('a')['email'], firstName: 'Same' }, (claim, told) => {
            if (at > 0) claim.equal('assumed', 'the user', told.body?.user, told.said(1, '/user'))
          }),
        ),
        ...Array.from({ length: 4 }, () =>
          create([row('a')], {
            title: 'creates it again',
            expect: (claim) => shows(claim, { created: 0, updated: 0, failed: 1 }, 'documented'),
          }),
        ),
      ],
    })),
  ]
}

/** A UUID that the case does not get to send: without a second tenant it is skipped. */
const NO_SECOND = '00000000-0000-4000-8000-000000000000'

const WALLET = { chain: 'ETH', walletName: 'MetaMask', walletProvider: 'browserExtension' }

/** What the name pattern allows: letters that normalising would change, letters beyond 16 bits, spaces inside. */
const NAMES = ['José', '李雷', "O'Brien", '𠮷田 𐐷', 'Kelvin \u212a', 'Å\u212b ﬁ', 'Two  spaces', 'Ünïcode ǅ ß']

const TEXTS = { spaces: '  spaces  around  ', decomposed: 'e\u0301 and \u00e9', astral: '😀 𝒳', lines: 'a\n\tb' }

const METADATA = {
  text: 'Zoë 李雷',
  empty: '',
  zero: 0,
  minus: -1.5,
  great: 9007199254740991,
  digits: '007',
  yes: true,
  no: false,
  nothing: null,
  list: [],
  object: {},
  mixed: [1, '1', [], {}, null],
}

type Row = { readonly email: string } & Readonly<Record<string, Json>>

interface Own {
  readonly mark: string
  /** A row of the story's own; the same name gives the same e-mail. */
  readonly row: (name: string, members?: Readonly<Record<string, Json>>) => Row
  readonly fill: <T>(value: T) => T
  /** Where a reply has the user that was created of this row. */
  readonly made: (name: string) => string
}

const ownOf = (kit: CaseKit, id: string): Own => {
  const mark = markOf(kit, id)
  return {
    mark,
    row: (name, members = {}) => ({ email: `rollcall-${mark}${name}@example.com`, ...members }),
    fill: (value) => fillFor(kit, id, value),
    made: (name) => `/created/@rollcall-${mark}${name}@example.com`,
  }
}

const upperCased = (row: Row): Row => ({ ...row, email: row.email.toUpperCase() })

function create(rows: readonly Json[], step: Partial<TaleStep> = {}): TaleStep {
  const all = (claim: Claims) =>
    claim.equal('documented', 'how many users were created', valuesAt(claim.body, '/created/*').length, rows.length)
  const isPlain = step.query === undefined && step.status === undefined
  return { title: 'creates', call: 'bulkCreateUser', rows, ...(isPlain && { expect: all }), ...step }
}

/** How many users there are in each list, and all of them together. */
function shows(
  claim: Claims,
  counts: { readonly created: number; readonly updated: number; readonly failed: number },
  evidence: Evidence,
): void {
  for (const [name, count] of Object.entries(counts)) {
    claim.equal(evidence, `how many users are ${name}`, valuesAt(claim.body, `/${name}/*`).length, count)
  }
  claim.shows('documented', '/total', counts.created + counts.updated + counts.failed)
}

function get(
  step: number,
  pointer: string,
  evidence: Evidence,
  shown: Readonly<Record<string, Json>>,
  more?: (claim: Claims, told: Told) => void,
): TaleStep {
  return {
    title: 'reads it back',
    call: 'getUser',
    path: (told) => ({ userId: told.need(step, pointer) }),
    expect(claim, told) {
      claim.shows(evidence, '/user/id', told.said(step, pointer))
      claim.showsAll(evidence, '/user', shown)
      more?.(claim, told)
    },
  }
}

const list = (what: string, email: string, expect: (claim: Claims, told: Told) => void): TaleStep => ({
  title: `lists ${what}`,
  call: 'listUsers',
  query: { limit: '100', 'filter[filterColumn]': 'email', 'filter[filterValue]': email },
  expect,
})
