import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { CaseKit, DeriveOptions } from '../suite/case-kit.ts'
import { type Claims, fillFor, markOf, type Tale, type TaleStep, type Told, tell } from '../suite/tell.ts'
import type { Case, Evidence } from '../suite/vocabulary.ts'

/** Clocks differ; see judge-reply. */
const CLOCK_SKEW = 5 * 60_000
const EXISTS = 'A login ID is already in use'

/** What holds over several calls of Descope's user management, beyond what its document says. Nobody is invited. */
export function descopeStories(kit: CaseKit, _options: DeriveOptions): readonly Case[] {
  const story = (id: string, tale: (own: Own) => Omit<Tale, 'id'>): Case => tell(kit, { id, ...tale(ownOf(kit, id)) })
  return [...creation(story), ...patches(story), ...updates(story), ...searches(story), ...deletions(story)]
}

type Story = (id: string, tale: (own: Own) => Omit<Tale, 'id'>) => Case

// ---------------------------------------------------------------------------------------------------------- creation

const creation = (story: Story): Case[] => [
  story('createUsersBatch/stories/twice', ({ row }) => ({
    title: 'twice the same is refused by row, not by request',
    evidence: 'observed',
    steps: [
      create([row('a', { name: 'First' })]),
      create([row('a', { name: 'Second' })], {
        title: 'creates the same user again',
        expect(claim) {
          claim.showsAll('assumed', '', { createdUsers: [] })
          claim.shows('assumed', '/failedUsers/*/failure', [EXISTS])
          claim.showsAll('assumed', '/failedUsers/0/user', {
            name: 'Second',
            loginIds: [row('a').loginId],
            userId: '',
          })
        },
      }),
      load({ loginId: row('a').loginId }, 'observed', { name: 'First' }),
      search({ loginIds: [row('a').loginId] }, (claim) =>
        claim.showsAll('observed', '', { total: 1, 'users/0/name': 'First' }),
      ),
    ],
  })),
  story('createUsersBatch/stories/twice-in-one-request', ({ row }) => ({
    title: 'a row sees the rows before it: duplicates inside one request are refused by row',
    evidence: 'assumed',
    steps: [
      create([row('a', { name: 'One' }), row('b'), row('a', { name: 'Two' }), row('b'), row('c')], {
        expect(claim) {
          claim.shows(
            'assumed',
            '/createdUsers/*/loginIds/0',
            ['a', 'b', 'c'].map((name) => row(name).loginId),
          )
          claim.shows('assumed', '/failedUsers/*/failure', [EXISTS, EXISTS])
          claim.shows(
            'assumed',
            '/failedUsers/*/user/loginIds/0',
            ['a', 'b'].map((name) => row(name).loginId),
          )
        },
      }),
      load({ loginId: row('a').loginId }, 'assumed', { name: 'One' }),
    ],
  })),
  story('createUsersBatch/stories/partial', ({ row, mark }) => ({
    title: 'a good row beside a bad one survives and can be loaded',
    evidence: 'observed',
    steps: [
      create([row('b', { name: 'Good' }), { loginId: '', name: `rollcall ${mark}` }, row('c', { name: 'Better' })], {
        title: 'creates good users beside one without a login ID',
        expect(claim) {
          claim.sameItems('observed', 'the names created', valuesAt(claim.body, '/createdUsers/*/name'), [
            'Good',
            'Better',
          ])
          claim.shows('assumed', '/failedUsers/*/user/name', [`rollcall ${mark}`])
          claim.shows('assumed', '/failedUsers/*/user/loginIds', [[]])
        },
      }),
      load({ loginId: row('b').loginId }, 'observed', { name: 'Good' }),
      load({ loginId: row('c').loginId }, 'observed', { name: 'Better' }),
    ],
  })),
  story('createUsersBatch/stories/adds-up', ({ row, mark }) => {
    const rows = ['a', 'c', 'b', 'd', 'c', 'e'].map((name) => row(name))
    return {
      title: 'every row has exactly one outcome',
      evidence: 'observed',
      steps: [
        create([row('a'), row('b')]),
        create(rows, {
          title: 'creates old and new users at once',
          expect(claim, told) {
            const all = ['/createdUsers/*/loginIds/0', '/failedUsers/*/user/loginIds/0'].flatMap((at) =>
              valuesAt(told.body, at),
            )
            claim.sameItems(
              'assumed',
              'the login IDs of all outcomes',
              all,
              rows.map(({ loginId }) => loginId),
            )
            const made = valuesAt(told.body, '/createdUsers/*/loginIds/0')
            claim.sameItems(
              'observed',
              'the login IDs created',
              made,
              ['c', 'd', 'e'].map((name) => row(name).loginId),
            )
          },
        }),
        search({ text: mark }, (claim) => claim.shows('assumed', '/total', 5)),
      ],
    }
  }),
  story('createUsersBatch/stories/values', ({ row, mark }) => {
    const rows = NAMES.map((name, at) =>
      row(`v${at}`, {
        name: `${name} ${at}`,
        givenName: name,
        middleName: `${at}`,
        familyName: `${name} ${mark}`,
        picture: `https://example.com/${mark}/${at}.png`,
      }),
    )
    return {
      title: "each row's values come back under its own ID, letter by letter",
      evidence: 'observed',
      steps: [
        create(rows, {
          expect(claim, told) {
            claim.shows(
              'assumed',
              '/createdUsers/*/loginIds/0',
              rows.map(({ loginId }) => loginId),
            )
            const ids = valuesAt(told.body, '/createdUsers/*/userId')
            claim.holds('documented', 'each user has an ID of its own', new Set(ids).size === rows.length, ids)
          },
        }),
        ...rows.map(({ loginId, ...details }, at) =>
          load(
            (told) => ({ userId: told.need(0, `/createdUsers/@${loginId}/userId`) }),
            at < PLAIN_NAMES ? 'observed' : 'assumed',
            { ...details, loginIds: [loginId] },
          ),
        ),
      ],
    }
  }),
  story('createUsersBatch/stories/attributes', ({ row }) => {
    const customAttributes = {
      text: '  spaces  ',
      decomposed: 'e\u0301',
      zero: 0,
      half: -1.5,
      digits: '007',
      no: false,
      list: ['b', 'a'],
      empty: [],
    }
    return {
      title: 'attributes come back as they were: types, empty lists, spaces',
      evidence: 'assumed',
      steps: [
        create([row('a', { customAttributes }), row('b')]),
        load({ loginId: row('a').loginId }, 'assumed', { customAttributes }),
        load({ loginId: row('b').loginId }, 'assumed', { customAttributes: {} }),
      ],
    }
  }),
  story('createUsersBatch/stories/empty', ({ row }) => ({
    title: 'what was not given comes back empty, not missing',
    evidence: 'assumed',
    steps: [
      create([row('a')]),
      load({ loginId: row('a').loginId }, 'assumed', {
        name: '',
        givenName: '',
        middleName: '',
        familyName: '',
        phone: '',
        picture: '',
        recoveryEmail: '',
        recoveryPhone: '',
        roleNames: [],
        userTenants: [],
        ssoAppIds: [],
        permissions: [],
        customAttributes: {},
        OAuth: {},
        test: false,
        password: false,
        TOTP: false,
        SAML: false,
        SCIM: false,
        OIDC: false,
        webauthn: false,
        push: false,
        editable: false,
        verifiedPhone: false,
        verifiedRecoveryEmail: false,
        verifiedRecoveryPhone: false,
      }),
      create([row('b', { seed: '', password: '' })]),
      load({ loginId: row('b').loginId }, 'assumed', { TOTP: false, password: false }),
    ],
  })),
  story('createUsersBatch/stories/email-login', ({ row, mark }) => ({
    title: 'a login ID that is an e-mail address becomes the e-mail, verified; the user is invited',
    evidence: 'observed',
    steps: [
      create([row('a'), { loginId: `${mark}name` }]),
      load({ loginId: row('a').loginId }, 'observed', {
        email: row('a').loginId,
        verifiedEmail: true,
        status: 'invited',
        loginIds: [row('a').loginId],
      }),
      load({ loginId: `${mark}name` }, 'assumed', {
        email: '',
        verifiedEmail: false,
        status: 'invited',
        loginIds: [`${mark}name`],
      }),
    ],
  })),
  story('createUsersBatch/stories/verified', ({ row, mark, phone }) => ({
    title: 'a verified flag that is left out is true for a given contact, and stays as it was sent',
    evidence: 'observed',
    steps: [
      create([
        { loginId: `${mark}a`, email: row('a').loginId },
        { loginId: `${mark}b`, email: row('b').loginId, verifiedEmail: false, phone, status: 'disabled' },
        {
          loginId: `${mark}c`,
          email: row('c').loginId,
          verifiedEmail: true,
          phone,
          verifiedPhone: false,
          status: 'enabled',
        },
      ]),
      load({ loginId: `${mark}a` }, 'observed', { email: row('a').loginId, verifiedEmail: true, phone: '' }),
      load({ loginId: `${mark}b` }, 'observed', {
        verifiedEmail: false,
        phone,
        verifiedPhone: true,
        status: 'disabled',
      }),
      load({ loginId: `${mark}c` }, 'observed', {
        verifiedEmail: true,
        phone,
        verifiedPhone: false,
        status: 'enabled',
      }),
    ],
  })),
  story('createUsersBatch/stories/phones', ({ row, phone, dashed }) => ({
    title: 'phones are normalised, as login IDs too',
    evidence: 'observed',
    steps: [
      create([{ loginId: dashed }, row('b', { phone: dashed, recoveryPhone: dashed })]),
      load({ loginId: phone }, 'observed', { phone, loginIds: [phone] }),
      load({ loginId: dashed }, 'observed', { phone, verifiedPhone: true }),
      load({ loginId: row('b').loginId }, 'observed', { phone }, (claim) =>
        claim.shows('assumed', '/user/recoveryPhone', phone),
      ),
      create([{ loginId: phone }], {
        title: 'creates it again, normalised',
        expect: (claim) => claim.shows('assumed', '/failedUsers/*/failure', [EXISTS]),
      }),
      search({ phones: [dashed] }, (claim) => claim.shows('assumed', '/users/*/phone', [phone, phone])),
    ],
  })),
  story('createUsersBatch/stories/passwords', ({ row, mark, fill }) => {
    const secrets = {
      password: `Canary-${mark}-Pw7!`,
      bcrypt: `$2a$10$Canary${mark}`.padEnd(60, 'x'),
      md5: fill('{hex:32}'),
      seed: `CANARY${mark.toUpperCase()}`,
    }
    const quiet = (claim: Claims) => {
      const text = JSON.stringify(claim.body) ?? ''
      for (const [name, secret] of Object.entries(secrets))
        claim.holds('documented', `the reply does not show the ${name}`, !text.includes(secret), 'it does')
    }
    return {
      title: 'passwords, their hashes and seeds are never answered; that there is one, is',
      evidence: 'documented',
      steps: [
        create(
          [
            row('a', { password: secrets.password, seed: secrets.seed }),
            row('b', { hashedPassword: { bcrypt: { hash: secrets.bcrypt } } }),
            row('c', { hashedPassword: { md5: { hash: secrets.md5 } } }),
            row('d'),
            row('a', { password: secrets.password }),
          ],
          {
            expect(claim) {
              quiet(claim)
              for (const name of ['a', 'b', 'c', 'd'])
                claim.shows('documented', `/createdUsers/@${row(name).loginId}/password`, name !== 'd')
            },
          },
        ),
        load({ loginId: row('a').loginId }, 'documented', { password: true }, (claim) => {
          quiet(claim)
          claim.shows('assumed', '/user/TOTP', true)
        }),
        load({ loginId: row('b').loginId }, 'documented', { password: true }, quiet),
        search({ text: mark }, quiet),
        { title: 'patches it', call: 'patchUser', body: { loginId: row('a').loginId, name: 'Patched' }, expect: quiet },
        {
          title: 'updates it',
          call: 'updateUser',
          body: { loginId: row('b').loginId, email: row('b').loginId },
          expect: quiet,
        },
        load({ loginId: row('a').loginId }, 'assumed', { password: true, name: 'Patched' }, quiet),
      ],
    }
  }),
  story('createUsersBatch/stories/additional-identifiers', ({ row, mark }) => ({
    title: 'additional identifiers are login IDs, and as unique as these',
    evidence: 'observed',
    steps: [
      create([row('a', { additionalIdentifiers: [`${mark}x`, row('x').loginId, `${mark}x`] })], {
        expect: (claim) =>
          claim.shows('observed', '/createdUsers/0/loginIds', [row('a').loginId, `${mark}x`, row('x').loginId]),
      }),
      load({ loginId: `${mark}x` }, 'observed', { email: row('a').loginId }),
      load({ loginId: row('x').loginId }, 'observed', {}, (claim, told) =>
        claim.shows('observed', '/user/userId', told.said(0, '/createdUsers/0/userId')),
      ),
      create(
        [
          { loginId: `${mark}x` },
          row('b', { additionalIdentifiers: [row('a').loginId] }),
          row('c', { additionalIdentifiers: [`${mark}y`] }),
          { loginId: `${mark}y` },
        ],
        {
          title: 'creates others with the same',
          expect(claim) {
            claim.shows('assumed', '/failedUsers/*/failure', [EXISTS, EXISTS, EXISTS])
            claim.shows('assumed', '/createdUsers/*/loginIds', [[row('c').loginId, `${mark}y`]])
          },
        },
      ),
      load((told) => ({ userId: told.need(0, '/createdUsers/0/userId') }), 'assumed', {
        externalIds: [row('a').loginId, `${mark}x`, row('x').loginId],
      }),
      create([{ additionalIdentifiers: [`${mark}z`] }, { loginId: '', additionalIdentifiers: ['', `${mark}z`] }], {
        title: 'names users by additional identifiers alone',
        expect(claim) {
          claim.shows('assumed', '/createdUsers', [])
          claim.shows('assumed', '/failedUsers/*/user/loginIds', [[`${mark}z`], [`${mark}z`]])
        },
      }),
    ],
  })),
  story('createUsersBatch/stories/roles-and-tenants', ({ row, mark }) => {
    const details = {
      roleNames: [`role ${mark}`, 'Tenant Admin'],
      userTenants: [{ tenantId: `t${mark}`, roleNames: ['Reader'] }, { tenantId: `u${mark}` }],
      ssoAppIds: [`app${mark}`],
    }
    return {
      title: 'roles, tenants and applications come back as they were given',
      // A project may know none of them.
      evidence: 'assumed',
      steps: [
        create([row('a', details)]),
        load(
          { loginId: row('a').loginId },
          'assumed',
          { roleNames: details.roleNames, ssoAppIds: details.ssoAppIds },
          (claim) => {
            claim.showsAll('assumed', '/user/userTenants/0', details.userTenants[0] as Record<string, Json>)
            claim.shows('assumed', '/user/userTenants/*/tenantId', [`t${mark}`, `u${mark}`])
            claim.shows('assumed', '/user/userTenants/*/permissions', [[], []])
            claim.shows('assumed', '/user/userTenants/1/roleNames', [])
            claim.shows('assumed', '/user/userTenants/*/tenantName', ['', ''])
          },
        ),
        create([row('b', { userTenants: [{ roleNames: ['Reader'] }] })], {
          title: 'creates with a tenant that is not named',
          expect: (claim) => claim.shows('assumed', '/createdUsers/0/userTenants/*/tenantId', ['']),
        }),
      ],
    }
  }),
  story('createUsersBatch/stories/client-names', ({ row, mark }) => ({
    title: 'the names that clients send mean the same; where both come, the documented one wins',
    evidence: 'observed',
    steps: [
      create([
        row('a', { displayName: 'Ada', additionalLoginIds: [`${mark}x`], ssoAppIDs: [`app${mark}`] }),
        row('b', {
          displayName: 'Client',
          name: 'Documented',
          additionalLoginIds: [`${mark}n`],
          additionalIdentifiers: [`${mark}y`],
          ssoAppIDs: ['n'],
          ssoAppIds: ['y'],
        }),
      ]),
      load(
        { loginId: row('a').loginId },
        'observed',
        { name: 'Ada', loginIds: [row('a').loginId, `${mark}x`] },
        (claim) => claim.shows('assumed', '/user/ssoAppIds', [`app${mark}`]),
      ),
      load({ loginId: row('b').loginId }, 'assumed', {
        name: 'Documented',
        loginIds: [row('b').loginId, `${mark}y`],
        ssoAppIds: ['y'],
      }),
    ],
  })),
  story('createUsersBatch/stories/test-users', ({ row, mark }) => {
    const [a, b] = [row('a').loginId, row('b').loginId]
    const emails = (title: string, filter: Json, wanted: readonly string[]): TaleStep => ({
      ...search({ emails: [a, b], ...filter }, (claim, told) =>
        claim.sameItems('documented', 'the e-mails found', valuesAt(told.body, '/users/*/email'), wanted),
      ),
      title,
    })
    return {
      title: 'test users stay out of a search unless asked for',
      evidence: 'documented',
      steps: [
        create([row('a', { test: true, name: mark }), row('b', { name: mark })]),
        emails('searches', {}, [b]),
        emails('searches with test users', { withTestUser: true }, [a, b]),
        emails('searches for test users', { testUsersOnly: true }, [a]),
        load({ loginId: a }, 'documented', { test: true }),
        load({ loginId: b }, 'documented', { test: false }),
      ],
    }
  }),
  story('createUsersBatch/stories/no-contacts', ({ mark }) => {
    const ids = ['a b', '@', 'a@b', 'a@b.', 'a@b@c.example', 'a@b.c d', '+12', '+1234567x', 'x+1234567'].map(
      (id) => `${mark}${id}`,
    )
    // Signs that only a phone may begin with cannot come after a mark.
    const plus = [`+12345${mark}`, `+1234567 ${mark}`]
    // No address has more than 254 characters (RFC 5321, section 4.5.3.1).
    const long = (last: number) => `${mark.padEnd(64, 'l')}@${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(last)}.com`
    const all = [...ids, ...plus, long(58)]
    return {
      title: 'a login ID that only resembles an e-mail address or a phone number is neither',
      evidence: 'assumed',
      steps: [
        {
          ...create(
            all.map((loginId) => ({ loginId })),
            {
              expect(claim) {
                claim.shows('assumed', '/createdUsers/*/loginIds/0', all)
                claim.shows('assumed', '/createdUsers/*/email', Array(all.length).fill(''))
                claim.shows('assumed', '/createdUsers/*/phone', Array(all.length).fill(''))
              },
            },
          ),
          evidence: 'assumed',
        },
        create([{ loginId: long(57) }], {
          title: 'creates one with an address as long as may be',
          evidence: 'assumed',
          expect: (claim) => claim.shows('assumed', '/createdUsers/*/email', [long(57)]),
        }),
      ],
    }
  }),
  story('createUsersBatch/stories/codes', ({ row }) => {
    const refused = (title: string, body: Json, code: string): TaleStep => ({
      title,
      body,
      status: 400,
      evidence: 'assumed',
      expect: (claim) => refusal(claim, code),
    })
    return {
      title: 'missing arguments have another code than wrong ones',
      evidence: 'assumed',
      steps: [
        refused('sends nothing', undefined, 'E011002'),
        refused('sends no users', {}, 'E011002'),
        refused('sends an empty list', { users: [] }, 'E011002'),
        refused('sends no list', { users: {} }, 'E011003'),
        refused('sends a wrong login ID', { users: [{ ...row('a'), loginId: 7 }] }, 'E011003'),
        // Missing is here what stands deeper, and there what the call has no code for.
        refused(
          'sends a hash without its text',
          { users: [{ ...row('a'), hashedPassword: { bcrypt: {} } }] },
          'E011003',
        ),
        { ...refused('searches for nothing', undefined, 'E011003'), call: 'searchUsers' },
      ],
    }
  }),
  story('createUsersBatch/stories/wrong-key', ({ row, fill }) => {
    const { loginId } = row('a')
    const wrong = (call: string, changes: Pick<TaleStep, 'rows' | 'body' | 'query'>): TaleStep => ({
      title: `calls ${call} with a wrong key`,
      call,
      ...changes,
      credentials: 'bad',
      status: 401,
      evidence: 'assumed',
      expect: (claim) => refusal(claim, 'E111119'),
    })
    return {
      title: 'a wrong key is told like a missing one',
      evidence: 'assumed',
      needs: 'bad-token',
      steps: [
        wrong('createUsersBatch', { rows: [row('a')] }),
        wrong('patchUser', { body: { loginId } }),
        wrong('updateUser', { body: { loginId } }),
        wrong('loadUser', { query: { loginId } }),
        wrong('searchUsers', { body: { loginIds: [loginId] } }),
        wrong('deleteUser', { body: { loginId } }),
        wrong('deleteUsersBatch', { body: { userIds: [fill('U2{hex:26}')] } }),
      ],
    }
  }),
  story('createUsersBatch/stories/at-once', ({ row }) => {
    const twin = (name: string, step: Partial<TaleStep>): TaleStep => ({
      ...create([row('a', { name })], step),
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
            const created = [told.said(0, '/createdUsers'), told.body?.createdUsers].flat().filter(Boolean)
            claim.holds('documented', 'no more than one of both requests creates it', created.length <= 1, created)
            claim.equal('assumed', 'how many users both requests created', created.length, 1)
            const failures = [told.said(0, '/failedUsers'), told.body?.failedUsers].flat().filter(Boolean)
            claim.equal('assumed', 'why the other failed', failures[0]?.failure, EXISTS)
          },
        }),
        load({ loginId: row('a').loginId }, 'observed', { loginIds: [row('a').loginId] }),
      ],
    }
  }),
  story('createUsersBatch/stories/invitations', ({ row, mark, phone }) => ({
    title: 'an invitation goes to a new user, or again to the one whose user ID stands in the place of the login ID',
    evidence: 'observed',
    needs: 'mail',
    steps: [
      create([row('a', { name: 'First' })]),
      {
        title: 'invites the user again, and two others',
        call: 'createUsersBatch',
        body: (told: Told) => ({
          invite: true,
          sendMail: true,
          inviteUrl: 'https://example.com/',
          users: [
            { loginId: told.need(0, '/createdUsers/0/userId') },
            row('b', { name: 'Second', phone }),
            row('a', { name: 'Third' }),
          ],
        }),
        expect(claim, told) {
          claim.shows('observed', '/createdUsers/0/userId', told.said(0, '/createdUsers/0/userId'))
          claim.shows('assumed', '/createdUsers/*/name', ['First', 'Second'])
          claim.shows('assumed', '/failedUsers/*/failure', [EXISTS])
        },
      },
      {
        title: 'names the user ID without an invitation',
        call: 'createUsersBatch',
        body: (told: Told) => ({ users: [{ loginId: told.need(0, '/createdUsers/0/userId') }] }),
        expect(claim, told) {
          const id = told.body?.createdUsers?.[0]?.userId
          claim.holds(
            'assumed',
            'it is another user',
            id !== undefined && id !== told.said(0, '/createdUsers/0/userId'),
          )
        },
      },
      load({ loginId: row('a').loginId }, 'observed', { name: 'First', status: 'invited' }),
      load({ loginId: row('b').loginId }, 'observed', { name: 'Second', status: 'invited' }),
      search({ text: mark }, (claim) => claim.shows('assumed', '/total', 2)),
    ],
  })),
  story('createUsersBatch/stories/timestamps', ({ row }) => ({
    title: 'timestamps tell, in seconds, when it happened',
    evidence: 'observed',
    steps: [
      create([row('a'), row('b', { createdTime: 1700000000 })], {
        expect(claim, told) {
          const time = valuesAt(told.body, '/createdUsers/*').find(
            ({ loginIds }) => loginIds?.[0] === row('a').loginId,
          )?.createdTime
          const [from, to] = [told.askedAt - CLOCK_SKEW, Date.now() + CLOCK_SKEW]
          claim.holds('observed', 'createdTime is now, in seconds', time * 1000 >= from && time * 1000 <= to, time)
          claim.shows('assumed', `/createdUsers/@${row('b').loginId}/createdTime`, 1700000000)
        },
      }),
      { title: 'patches it', call: 'patchUser', body: { loginId: row('b').loginId, name: 'Later' } },
      load({ loginId: row('b').loginId }, 'assumed', { createdTime: 1700000000 }, (claim, told) => {
        const time = told.body?.user?.modifiedTime
        claim.holds('assumed', 'modifiedTime is now, in seconds', time * 1000 >= told.askedAt - CLOCK_SKEW, time)
      }),
    ],
  })),
  story('createUsersBatch/stories/many', ({ row, mark }) => {
    const rows = Array.from({ length: 40 }, (_, at) =>
      row(`m${String(at).padStart(2, '0')}`, { name: `Number ${at}`, givenName: mark }),
    )
    const line = ({ loginIds, name, givenName }: Json) => JSON.stringify([loginIds, name, givenName])
    return {
      title: 'of 40 rows none is lost, doubled or crossed',
      evidence: 'observed',
      steps: [
        create(rows, {
          expect: (claim) =>
            claim.shows(
              'assumed',
              '/createdUsers/*/name',
              rows.map(({ name }) => name),
            ),
        }),
        search({ loginIds: rows.map(({ loginId }) => loginId) }, (claim, told) => {
          claim.shows('observed', '/total', 40)
          claim.sameItems(
            'observed',
            'the users found',
            (told.body?.users ?? []).map(line),
            rows.map(({ loginId, ...details }) => line({ loginIds: [loginId], ...details })),
          )
          claim.sameItems(
            'observed',
            'their IDs',
            valuesAt(told.body, '/users/*/userId'),
            valuesAt({ all: told.said(0, '/createdUsers') }, '/all/*/userId'),
          )
        }),
      ],
    }
  }),
  story('createUsersBatch/stories/refused-request', ({ row, mark }) => ({
    title: 'a refused request creates nobody',
    evidence: 'assumed',
    steps: [
      create([row('a'), row('b', { name: 7 })], {
        title: 'sends a good row beside one that breaks the schema',
        status: 'refused',
      }),
      search({ text: mark }, (claim) => claim.showsAll('assumed', '', { users: [], total: 0 })),
    ],
  })),
  story('createUsersBatch/stories/projects', ({ row }) => {
    const second = { credentials: 'second' } as const
    const { loginId } = row('a')
    return {
      title: 'projects do not meet',
      evidence: 'documented',
      needs: 'second-tenant',
      steps: [
        create([row('a', { name: 'First' })]),
        create([row('a', { name: 'Second' }), row('b')], {
          ...second,
          title: 'creates the same in the second project',
          expect: (claim) =>
            claim.sameItems('documented', 'the names created', valuesAt(claim.body, '/createdUsers/*/name'), [
              'Second',
              '',
            ]),
        }),
        load({ loginId }, 'documented', { name: 'First' }),
        { ...load({ loginId }, 'documented', { name: 'Second' }), ...second },
        { ...gone((told) => ({ userId: told.need(0, '/createdUsers/0/userId') })), ...second },
        gone({ loginId: row('b').loginId }),
        {
          ...search({ loginIds: [loginId] }, (claim) => claim.shows('documented', '/users/*/name', ['Second'])),
          ...second,
        },
        search({ loginIds: [loginId, row('b').loginId] }, (claim) =>
          claim.shows('documented', '/users/*/name', ['First']),
        ),
        { title: 'patches it in the second', call: 'patchUser', body: { loginId, givenName: 'Patched' }, ...second },
        { title: 'deletes it in the second', call: 'deleteUser', body: { loginId }, ...second },
        load({ loginId }, 'documented', { name: 'First', givenName: '' }),
      ],
    }
  }),
  story('createUsersBatch/stories/steady', ({ row }) => ({
    title: 'reading changes nothing: the same question has the same answer',
    evidence: 'assumed',
    steps: [
      create([row('a', { name: 'Same' }), row('b')]),
      ...Array.from({ length: 6 }, (_, index) =>
        load({ loginId: row('a').loginId }, 'observed', { name: 'Same' }, (claim, told) => {
          if (index > 0) claim.equal('assumed', 'the user', told.body?.user, told.said(1, '/user'))
        }),
      ),
      ...Array.from({ length: 4 }, () =>
        create([row('a')], {
          title: 'creates it again',
          expect: (claim) => claim.shows('assumed', '/failedUsers/*/failure', [EXISTS]),
        }),
      ),
    ],
  })),
]

// ------------------------------------------------------------------------------------------------------------ changes

/** Everything that a patch or an update can say. */
const detailsOf = ({ row, mark, phone }: Own) => ({
  email: row('mail').loginId,
  verifiedEmail: false,
  phone,
  verifiedPhone: true,
  name: `Name ${mark}`,
  givenName: 'Given',
  middleName: 'Middle',
  familyName: 'Family',
  picture: `https://example.com/${mark}.png`,
  status: 'enabled',
  roleNames: ['One', 'Two'],
  ssoAppIds: ['app'],
  customAttributes: { kept: 1, changed: 'old' },
})

const patches = (story: Story): Case[] => [
  story('patchUser/stories/keeps', (own) => {
    const { row, mark } = own
    const details = detailsOf(own)
    return {
      title: 'patch changes what is sent and keeps the rest',
      evidence: 'observed',
      steps: [
        create([
          row('a', {
            ...details,
            additionalIdentifiers: [`${mark}x`],
            userTenants: [{ tenantId: 'T', roleNames: ['R'] }],
          }),
          row('b', { name: 'Other' }),
        ]),
        change(
          'patchUser',
          { loginId: row('a').loginId, givenName: 'Patched' },
          'observed',
          { ...details, givenName: 'Patched' },
          (claim) => claim.shows('assumed', '/created', false),
        ),
        load(
          { loginId: row('a').loginId },
          'observed',
          { ...details, givenName: 'Patched', loginIds: [row('a').loginId, `${mark}x`] },
          (claim, told) => {
            claim.shows('observed', '/user/userId', told.said(0, `/createdUsers/@${row('a').loginId}/userId`))
            claim.shows('observed', '/user/userTenants/*/tenantId', ['T'])
            claim.shows('assumed', '/user/createdTime', told.said(0, `/createdUsers/@${row('a').loginId}/createdTime`))
          },
        ),
        change('patchUser', { loginId: row('a').loginId }, 'assumed', { ...details, givenName: 'Patched' }),
        load({ loginId: row('b').loginId }, 'observed', { name: 'Other', givenName: '' }),
      ],
    }
  }),
  story('patchUser/stories/lists', ({ row }) => {
    const { loginId } = row('a')
    const tenants = (...ids: readonly string[]) => ids.map((tenantId) => ({ tenantId, roleNames: ['R'] }))
    return {
      title: 'lists of a patch replace, and [] clears',
      evidence: 'observed',
      steps: [
        create([row('a', { roleNames: ['One'], ssoAppIds: ['a', 'b'], userTenants: tenants('T1', 'T2') })]),
        change('patchUser', { loginId, roleNames: ['Two', 'Three'], userTenants: tenants('T2') }, 'observed', {
          roleNames: ['Two', 'Three'],
          ssoAppIds: ['a', 'b'],
        }),
        load({ loginId }, 'observed', { roleNames: ['Two', 'Three'] }, (claim) =>
          claim.shows('observed', '/user/userTenants/*/tenantId', ['T2']),
        ),
        change('patchUser', { loginId, roleNames: [], ssoAppIds: ['c'] }, 'observed', { roleNames: [] }),
        load({ loginId }, 'observed', { roleNames: [] }, (claim) => {
          claim.shows('assumed', '/user/ssoAppIds', ['c'])
          claim.shows('observed', '/user/userTenants/*/tenantId', ['T2'])
        }),
        change('patchUser', { loginId, ssoAppIds: [], userTenants: [] }, 'assumed', { ssoAppIds: [], userTenants: [] }),
        load({ loginId }, 'assumed', { roleNames: [], ssoAppIds: [], userTenants: [] }),
      ],
    }
  }),
  story('patchUsersBatch/stories/partial', ({ row, mark }) => {
    const [a, b] = [row('a').loginId, row('b').loginId]
    return {
      title:
        'each row of a patch of many has its own outcome: a good one beside a bad one is kept, and seen by the next',
      evidence: 'assumed',
      steps: [
        create([row('a', { name: 'Old', familyName: 'Kept' }), row('b', { name: 'Old' })]),
        {
          title: 'patches two users, one that is not there, and one to the identifier of another',
          call: 'patchUsersBatch',
          body: {
            users: [
              { loginId: a, name: 'New' },
              { loginId: row('nobody').loginId, name: 'Nobody' },
              { loginId: b, additionalIdentifiers: [`${mark}x`] },
              { loginId: a, additionalIdentifiers: [`${mark}x`] },
            ],
          },
          expect(claim) {
            claim.shows('assumed', '/patchedUsers/*/loginIds', [[a], [b, `${mark}x`]])
            claim.shows('assumed', '/failedUsers/*/user/loginIds', [[row('nobody').loginId], [a, `${mark}x`]])
            claim.shows('assumed', '/failedUsers/*/user/userId', ['', ''])
          },
        },
        load({ loginId: a }, 'assumed', { name: 'New', familyName: 'Kept', loginIds: [a] }),
        load({ loginId: b }, 'assumed', { name: 'Old', loginIds: [b, `${mark}x`] }),
        gone({ loginId: row('nobody').loginId }),
      ],
    }
  }),
  story('patchUser/stories/attributes', ({ row }) => {
    const { loginId } = row('a')
    return {
      title: 'attributes of a patch are merged key by key, and null removes one',
      evidence: 'assumed',
      steps: [
        create([row('a', { customAttributes: { kept: 1, changed: 'old', removed: true } })]),
        change('patchUser', { loginId, customAttributes: { changed: ['new'], removed: null, added: 0 } }, 'assumed', {
          customAttributes: { kept: 1, changed: ['new'], added: 0 },
        }),
        load({ loginId }, 'assumed', { customAttributes: { kept: 1, changed: ['new'], added: 0 } }),
      ],
    }
  }),
  story('patchUser/stories/null-and-empty', (own) => {
    const { row } = own
    const { loginId } = row('a')
    const details = detailsOf(own)
    return {
      title: 'null in a patch keeps, and an empty text clears',
      evidence: 'assumed',
      steps: [
        create([row('a', details)]),
        change('patchUser', { loginId, roleNames: null, ssoAppIds: null, userTenants: null }, 'assumed', details),
        change('patchUser', { loginId, name: '', picture: '', phone: '' }, 'assumed', {
          name: '',
          picture: '',
          phone: '',
          verifiedPhone: false,
          givenName: 'Given',
        }),
        load({ loginId }, 'assumed', { name: '', picture: '', phone: '', givenName: 'Given' }),
      ],
    }
  }),
  story('patchUser/stories/every-member', ({ row, mark, phone, dashed }) => {
    const { loginId } = row('a')
    const members = {
      name: `Name ${mark}`,
      givenName: 'Given',
      middleName: 'Middle',
      familyName: 'Family',
      picture: `https://example.com/${mark}.png`,
      status: 'disabled',
      test: true,
      email: row('b').loginId,
      verifiedEmail: false,
      verifiedPhone: false,
      recoveryEmail: row('c').loginId,
      verifiedRecoveryEmail: true,
      verifiedRecoveryPhone: true,
      roleNames: [`role ${mark}`],
    }
    return {
      title: 'every member of a patch is taken over',
      evidence: 'assumed',
      steps: [
        create([row('a')]),
        change('patchUser', { loginId, ...members, phone: dashed, recoveryPhone: dashed, scim: true }, 'assumed', {
          ...members,
          phone,
          recoveryPhone: phone,
          SCIM: true,
        }),
        load({ loginId }, 'assumed', { ...members, phone, recoveryPhone: phone, SCIM: true }),
        change('patchUser', { loginId, email: '', ssoAppIDs: [`app${mark}`], scim: false }, 'assumed', {
          email: '',
          verifiedEmail: false,
          ssoAppIds: [`app${mark}`],
          SCIM: false,
        }),
        change('patchUser', { loginId, ssoAppIDs: ['client'], ssoAppIds: ['documented'] }, 'assumed', {
          ssoAppIds: ['documented'],
        }),
        change('patchUser', { loginId, displayName: 'Client' }, 'assumed', { name: 'Client' }),
      ],
    }
  }),
  story('patchUser/stories/not-lists', ({ row }) => {
    const { loginId } = row('a')
    const details = { roleNames: ['Kept'], ssoAppIds: ['kept'] }
    const refused = (changes: Readonly<Record<string, Json>>): TaleStep => ({
      title: `patches ${JSON.stringify(changes)}`,
      call: 'patchUser',
      body: { loginId, name: 'Changed', ...changes },
      status: 400,
      evidence: 'assumed',
      expect: (claim) => refusal(claim, 'E011004'),
    })
    const tenants = (...userTenants: readonly Json[]) => ({ userTenants })
    return {
      title: 'what is no list of roles, applications or tenants is refused, and changes nothing',
      evidence: 'assumed',
      steps: [
        create([row('a', { ...details, userTenants: [{ tenantId: 'T', roleNames: ['R'] }] })]),
        refused({ roleNames: 'One' }),
        refused({ roleNames: ['One', 2] }),
        refused({ ssoAppIds: {} }),
        refused({ ssoAppIds: [null] }),
        refused({ userTenants: 'T' }),
        refused(tenants(null)),
        refused(tenants('T')),
        refused(tenants({ roleNames: [] })),
        refused(tenants({ tenantId: 7, roleNames: [] })),
        refused(tenants({ tenantId: 'T', roleNames: 'R' })),
        refused(tenants({ tenantId: 'T', roleNames: ['R', 7] })),
        load({ loginId }, 'assumed', { name: '', ...details }, (claim) =>
          claim.shows('assumed', '/user/userTenants/*/tenantId', ['T']),
        ),
        change('patchUser', { loginId, ...tenants({ tenantId: 'U' }) }, 'assumed', {}, (claim) =>
          claim.shows('assumed', '/user/userTenants/*/roleNames', [[]]),
        ),
      ],
    }
  }),
  story('loadUser/stories/two-names', ({ row, fill }) => {
    const idOf = (told: Told, name: string) => told.need(0, `/createdUsers/@${row(name).loginId}/userId`)
    const nobody = fill('U2{hex:26}')
    const refused = (title: string, query: TaleStep['query'], status: number, code: string): TaleStep => ({
      title,
      ...(query && { query }),
      status,
      evidence: 'assumed',
      expect: (claim) => refusal(claim, code),
    })
    const { loginId } = row('a')
    return {
      title: 'a login ID and a user ID together must name the same user',
      evidence: 'assumed',
      steps: [
        create([row('a'), row('b')]),
        load((told) => ({ loginId, userId: idOf(told, 'a') }), 'assumed', { email: loginId }),
        refused('names two users', (told) => ({ loginId, userId: idOf(told, 'b') }), 400, 'E011004'),
        refused('names one and nobody', { loginId, userId: nobody }, 404, 'E112102'),
        refused(
          'names nobody and one',
          (told) => ({ loginId: row('z').loginId, userId: idOf(told, 'a') }),
          404,
          'E112102',
        ),
        refused('names nobody', { userId: nobody }, 404, 'E112102'),
        refused('names no one at all', undefined, 400, 'E011002'),
        refused('names two empty texts', { loginId: '', userId: '' }, 400, 'E011002'),
      ],
    }
  }),
  story('patchUser/stories/contacts', ({ row, phone, dashed }) => {
    const { loginId } = row('a')
    return {
      title: 'a new contact without its flag counts as verified, and phones are normalised',
      evidence: 'observed',
      steps: [
        create([row('a', { verifiedEmail: false })]),
        change('patchUser', { loginId, phone: dashed }, 'observed', {
          phone,
          verifiedPhone: true,
          verifiedEmail: false,
        }),
        change('patchUser', { loginId, email: row('b').loginId }, 'assumed', {
          email: row('b').loginId,
          verifiedEmail: true,
        }),
        change('patchUser', { loginId, verifiedPhone: false }, 'observed', { phone, verifiedPhone: false }),
        change('patchUser', { loginId, verifiedEmail: false }, 'assumed', {
          verifiedEmail: false,
          verifiedPhone: false,
        }),
        load({ loginId }, 'observed', { phone, verifiedPhone: false, email: row('b').loginId, loginIds: [loginId] }),
      ],
    }
  }),
  story('patchUser/stories/by-user-id', ({ row, mark }) => ({
    title: 'a user ID may stand in the place of the login ID',
    evidence: 'observed',
    steps: [
      create([row('a', { additionalIdentifiers: [`${mark}x`] })]),
      {
        ...change('patchUser', {}, 'observed', { name: 'One' }),
        body: (told: Told) => ({ loginId: told.need(0, '/createdUsers/0/userId'), name: 'One' }),
      },
      change('patchUser', { loginId: `${mark}x`, givenName: 'Two' }, 'observed', { name: 'One', givenName: 'Two' }),
      {
        ...change('updateUser', {}, 'assumed', { name: 'Three', givenName: '' }),
        body: (told: Told) => ({ userId: told.need(0, '/createdUsers/0/userId'), name: 'Three' }),
      },
      load({ loginId: row('a').loginId }, 'assumed', { name: 'Three', loginIds: [row('a').loginId, `${mark}x`] }),
    ],
  })),
  story('patchUser/stories/identifiers', ({ row, mark }) => {
    const { loginId } = row('a')
    return {
      title: 'additional identifiers are replaced, or cleared; those of others are refused, and nothing changes',
      evidence: 'assumed',
      steps: [
        create([row('a', { additionalIdentifiers: [`${mark}x`] }), row('b')]),
        change('patchUser', { loginId, additionalIdentifiers: [`${mark}y`] }, 'assumed', {
          loginIds: [loginId, `${mark}y`],
          externalIds: [loginId, `${mark}y`],
        }),
        gone({ loginId: `${mark}x` }),
        load({ loginId: `${mark}y` }, 'assumed', { email: loginId }),
        {
          title: 'takes the login ID of another',
          call: 'patchUser',
          body: { loginId, name: 'Taken', additionalIdentifiers: [row('b').loginId] },
          status: 'refused',
          expect: tells,
        },
        load({ loginId }, 'assumed', { name: '', loginIds: [loginId, `${mark}y`] }),
        change('patchUser', { loginId, additionalIdentifiers: [] }, 'assumed', { loginIds: [loginId] }),
        gone({ loginId: `${mark}y` }),
      ],
    }
  }),
]

const updates = (story: Story): Case[] => [
  story('updateUser/stories/removes', (own) => {
    const { row, mark } = own
    const { loginId } = row('a')
    const emptied = {
      phone: '',
      name: '',
      givenName: '',
      middleName: '',
      familyName: '',
      picture: '',
      roleNames: [],
      ssoAppIds: [],
      customAttributes: {},
    }
    return {
      title: 'update removes what is absent, and keeps the IDs and the status',
      evidence: 'documented',
      steps: [
        create([
          row('a', {
            ...detailsOf(own),
            additionalIdentifiers: [`${mark}x`],
            userTenants: [{ tenantId: 'T', roleNames: ['R'] }],
          }),
          row('b', { name: 'Other' }),
        ]),
        change('updateUser', { loginId, email: row('c').loginId }, 'documented', {
          email: row('c').loginId,
          phone: '',
          name: '',
          picture: '',
        }),
        load({ loginId }, 'documented', { email: row('c').loginId, ...emptied }, (claim, told) => {
          claim.shows('documented', '/user/userTenants', [])
          claim.shows('observed', '/user/userId', told.said(0, `/createdUsers/@${loginId}/userId`))
          claim.shows('observed', '/user/status', 'enabled')
          claim.shows('assumed', '/user/loginIds', [loginId, `${mark}x`])
          claim.showsAll('assumed', '/user', {
            verifiedPhone: false,
            createdTime: told.said(0, `/createdUsers/@${loginId}/createdTime`),
          })
        }),
        load({ loginId: row('b').loginId }, 'documented', { name: 'Other' }),
      ],
    }
  }),
  story('updateUser/stories/replaces', (own) => {
    const { row, phone, dashed } = own
    const { loginId } = row('a')
    const details = {
      ...detailsOf(own),
      name: 'New',
      roleNames: ['Three'],
      ssoAppIds: ['new'],
      customAttributes: { new: 1 },
      status: 'disabled',
    }
    return {
      title: 'update puts what is sent in the place of what was; lists replace',
      evidence: 'documented',
      steps: [
        create([row('a', detailsOf(own))]),
        change('updateUser', { loginId, ...details, phone: dashed }, 'documented', { ...details, phone }, (claim) =>
          claim.shows('assumed', '/created', false),
        ),
        load({ loginId }, 'documented', { ...details, phone }),
        change('updateUser', { loginId, email: loginId, phone: dashed }, 'assumed', {
          verifiedEmail: true,
          verifiedPhone: true,
          status: 'disabled',
        }),
        change('updateUser', { loginId, verifiedPhone: true }, 'assumed', {
          email: '',
          verifiedEmail: false,
          phone: '',
          verifiedPhone: true,
          name: '',
        }),
      ],
    }
  }),
  story('updateUser/stories/identifiers', ({ row, mark }) => {
    const { loginId } = row('a')
    return {
      title: 'additional identifiers that are sent replace; those of others are refused, and nothing changes',
      evidence: 'assumed',
      steps: [
        create([row('a', { name: 'Kept', test: true, additionalIdentifiers: [`${mark}x`] }), row('b')]),
        {
          title: 'takes the login ID of another',
          call: 'updateUser',
          body: { loginId, additionalIdentifiers: [row('b').loginId] },
          status: 'refused',
        },
        load({ loginId }, 'assumed', { name: 'Kept', loginIds: [loginId, `${mark}x`] }),
        change('updateUser', { loginId, displayName: 'Client', additionalLoginIds: [`${mark}y`] }, 'assumed', {
          name: 'Client',
          test: true,
          loginIds: [loginId, `${mark}y`],
        }),
        load({ loginId: `${mark}y` }, 'assumed', { name: 'Client', test: true }),
      ],
    }
  }),
]

// ----------------------------------------------------------------------------------------------------------- searches

const searches = (story: Story): Case[] => [
  story('searchUsers/stories/same-user', (own) => {
    const { row, mark } = own
    return {
      title: 'a user is the same by login ID, by user ID and in a search',
      evidence: 'observed',
      steps: [
        create([row('a', { ...detailsOf(own), additionalIdentifiers: [`${mark}x`] })]),
        load({ loginId: row('a').loginId }, 'observed', {}, (claim, told) =>
          claim.shows('observed', '/user', told.said(0, '/createdUsers/0')),
        ),
        load(
          (told) => ({ userId: told.need(0, '/createdUsers/0/userId') }),
          'observed',
          {},
          (claim, told) => claim.shows('observed', '/user', told.said(1, '/user')),
        ),
        {
          ...load({}, 'observed', {}, (claim, told) => claim.shows('observed', '/user', told.said(1, '/user'))),
          query: (told) => ({ loginId: told.need(0, '/createdUsers/0/userId') }),
        },
        search({ loginIds: [`${mark}x`] }, (claim, told) => claim.shows('observed', '/users', [told.said(1, '/user')])),
      ],
    }
  }),
  story('searchUsers/stories/filters', ({ row, mark, phone }) => {
    const rows = [
      row('a', { name: `Ada ${mark}`, status: 'enabled', roleNames: [`r1${mark}`], customAttributes: { shelf: mark } }),
      row('b', {
        status: 'disabled',
        roleNames: [`r2${mark}`],
        userTenants: [{ tenantId: `t${mark}`, roleNames: [`r1${mark}`] }],
        verifiedEmail: false,
      }),
      row('c', { status: 'invited', phone, ssoAppIds: [`app${mark}`], password: `Pw-${mark}-7` }),
      row('d', { status: 'enabled', userTenants: [{ tenantId: `u${mark}`, roleNames: [] }], familyName: mark }),
    ]
    const by = (
      filter: Readonly<Record<string, Json>>,
      names: readonly string[],
      evidence: Evidence = 'documented',
    ): TaleStep => ({
      ...search({ text: mark, limit: 100, ...filter }, (claim, told) => {
        claim.sameItems(
          evidence,
          'the login IDs found',
          valuesAt(told.body, '/users/*/loginIds/0'),
          names.map((name) => row(name).loginId),
        )
        claim.shows(evidence, '/total', names.length)
      }),
      title: `searches by ${Object.keys(filter).join(' and ') || 'text'}`,
    })
    return {
      title: 'filters of a search keep whom they name',
      evidence: 'documented',
      steps: [
        create(rows),
        by({}, ['a', 'b', 'c', 'd']),
        by({ text: `ADA ${mark}` }, ['a'], 'assumed'),
        by({ loginIds: [row('a').loginId, row('c').loginId] }, ['a', 'c']),
        by({ loginId: row('b').loginId }, ['b'], 'assumed'),
        by({ emails: [row('b').loginId, row('d').loginId] }, ['b', 'd']),
        by({ phones: [phone] }, ['c']),
        by({ statuses: ['enabled'] }, ['a', 'd']),
        by({ statuses: ['invited', 'disabled'] }, ['b', 'c']),
        by({ statuses: ['enabled'], emails: [row('a').loginId, row('b').loginId] }, ['a']),
        by({ roleNames: [`r1${mark}`] }, ['a', 'b'], 'assumed'),
        by({ roleNames: [`r2${mark}`] }, ['b'], 'assumed'),
        by({ tenantIds: [`t${mark}`, `u${mark}`] }, ['b', 'd'], 'assumed'),
        by({ ssoAppIds: [`app${mark}`] }, ['c'], 'assumed'),
        by({ customAttributes: { shelf: mark } }, ['a'], 'assumed'),
        by({ verifiedEmail: false }, ['b'], 'assumed'),
        by({ password: true }, ['c'], 'assumed'),
        by({ loginIds: [`nobody${mark}`] }, []),
        by({ loginIds: [], emails: [] }, ['a', 'b', 'c', 'd'], 'assumed'),
      ],
    }
  }),
  story('searchUsers/stories/more-filters', ({ row, mark }) => {
    const tenant = (id: string, ...roles: readonly string[]) => ({ tenantId: `${id}${mark}`, roleNames: roles })
    const rows = [
      row('a', {
        userTenants: [tenant('t', 'One', 'Two'), tenant('u', 'Three')],
        customAttributes: { tags: ['x', 'y'] },
      }),
      row('b', { userTenants: [tenant('t', 'Two')], customAttributes: { tags: ['y'], shelf: 1 } }),
      row('c', { userTenants: [tenant('u', 'One')], customAttributes: { tags: 'x' } }),
      row('d', { createdTime: 1_700_000_000 }),
    ]
    const HOUR = 3_600_000
    const by = (
      title: string,
      filter: Readonly<Record<string, Json>> | ((told: Told) => Readonly<Record<string, Json>>),
      names: string,
      evidence: Evidence = 'assumed',
    ): TaleStep => ({
      title: `searches by ${title}`,
      call: 'searchUsers',
      body: (told: Told) => ({ text: mark, ...(filter instanceof Function ? filter(told) : filter) }),
      expect: (claim, told) =>
        claim.sameItems(
          evidence,
          'the login IDs found',
          valuesAt(told.body, '/users/*/loginIds/0'),
          [...names].map((name) => row(name).loginId),
        ),
    })
    const made = (told: Told) => Number(told.said(0, '/createdUsers/0/createdTime')) * 1000
    const roles = (id: string, values: readonly string[], and?: boolean) => ({
      tenantRoleNames: { [`${id}${mark}`]: { values, ...(and !== undefined && { and }) } },
    })
    return {
      title: 'filters by tenant, attribute and time keep whom they name',
      evidence: 'documented',
      steps: [
        create(rows),
        by('user ID', (told: Told) => ({ userIds: [told.need(0, `/createdUsers/@${row('c').loginId}/userId`)] }), 'c'),
        by('a role of a tenant', roles('t', ['One']), 'a'),
        by('one of two roles of a tenant', roles('t', ['One', 'Two']), 'ab'),
        by('two roles of a tenant', roles('t', ['One', 'Two'], true), 'a'),
        by('any role of a tenant', roles('t', []), 'ab'),
        by('a tenant without a word on roles', { tenantRoleNames: { [`t${mark}`]: {} } }, 'ab'),
        by(
          'roles of two tenants',
          { tenantRoleNames: { ...roles('t', ['Two']).tenantRoleNames, ...roles('u', ['Three']).tenantRoleNames } },
          'a',
        ),
        by('a tag', { customAttributes: { tags: 'x' } }, 'ac'),
        by('one of two tags', { customAttributes: { tags: ['x', 'y'] } }, 'abc'),
        by('two attributes', { customAttributes: { tags: ['y'], shelf: 1 } }, 'b'),
        by('an attribute of another type', { customAttributes: { shelf: '1' } }, ''),
        by('scimOnly', { scimOnly: true }, ''),
        by('ssoOnly', { ssoOnly: true }, ''),
        by('scim', { scim: false }, 'abcd'),
        by('totp', { totp: true }, ''),
        by('no totp', { totp: false }, 'abcd'),
        by('webauthn', { webauthn: true }, ''),
        by('no webauthn', { webauthn: false }, 'abcd'),
        by('no verified phone', { verifiedPhone: false }, 'abcd'),
        by('a tenant', { tenantIds: [`t${mark}`] }, 'ab'),
        // Times are told in seconds and asked for in milliseconds; clocks may differ.
        by('creation since', (told: Told) => ({ fromCreatedTime: made(told) - HOUR }), 'abc', 'documented'),
        by('creation from then on', (told: Told) => ({ fromCreatedTime: made(told) + HOUR }), '', 'documented'),
        by('creation until', (told: Told) => ({ toCreatedTime: made(told) + HOUR }), 'abcd', 'documented'),
        by('creation before', (told: Told) => ({ toCreatedTime: made(told) - HOUR }), 'd', 'documented'),
        by(
          'creation between',
          (told: Told) => ({ fromCreatedTime: made(told), toCreatedTime: made(told) + HOUR }),
          'abc',
        ),
        by('creation in one second', { fromCreatedTime: 1_700_000_000_000, toCreatedTime: 1_700_000_000_000 }, 'd'),
        by('change since', (told: Told) => ({ fromModifiedTime: made(told) - HOUR }), 'abcd'),
        by('change from then on', (told: Told) => ({ fromModifiedTime: made(told) + HOUR }), ''),
        by('change until', (told: Told) => ({ toModifiedTime: String(made(told) + HOUR) }), 'abcd'),
        by('change before', (told: Told) => ({ toModifiedTime: String(made(told) - HOUR) }), ''),
      ],
    }
  }),
  story('searchUsers/stories/orders', ({ row, mark, fill }) => {
    const tenant = (id: string) => [{ tenantId: `${id}${mark}`, roleNames: [] }]
    const digits = fill('{digits:8}')
    const rows = [
      row('s2', {
        name: 'B',
        status: 'enabled',
        createdTime: 1_700_000_002,
        phone: `+12${digits}`,
        userTenants: tenant('Ax'),
        email: row('e3').loginId,
      }),
      row('s3', {
        name: 'A',
        status: 'disabled',
        createdTime: 1_700_000_001,
        phone: `+11${digits}`,
        userTenants: tenant('Ay'),
        email: row('e1').loginId,
      }),
      row('s1', {
        name: 'A',
        status: 'enabled',
        createdTime: 1_700_000_004,
        phone: `+13${digits}`,
        userTenants: tenant('Aw'),
        email: row('e2').loginId,
      }),
      row('s4', {
        name: 'B',
        status: 'invited',
        createdTime: 1_700_000_003,
        phone: `+10${digits}`,
        email: row('e4').loginId,
      }),
    ]
    const by = (sort: readonly { readonly field?: string; readonly desc?: boolean }[], order: string): TaleStep => ({
      ...search({ text: mark, sort }, (claim) =>
        claim.shows(
          'assumed',
          '/users/*/loginIds/0',
          [...order].map((n) => row(`s${n}`).loginId),
        ),
      ),
      title: `searches sorted by ${sort.map(({ field = 'nothing', desc }) => `${field}${desc ? ', descending' : ''}`).join(', then ')}`,
    })
    return {
      title: 'a search is in the order asked for, and where that says nothing, in the next',
      evidence: 'assumed',
      steps: [
        create(rows),
        by([{ field: 'externalId' }], '1234'),
        by([{ field: 'externalId', desc: true }], '4321'),
        by([{ field: 'phoneNumber' }], '4321'),
        by([{ field: 'email' }], '3124'),
        // Who has no tenant comes first.
        by([{ field: 'tenant' }], '4123'),
        by([{ field: 'createdTime' }], '3241'),
        by([{ field: 'createdTime', desc: true }], '1423'),
        // A field that nobody knows says nothing of the order, as one without a name.
        by([{ field: `none${mark}`, desc: true }, { field: 'email' }], '3124'),
        by([{ desc: true }, { field: 'email' }], '3124'),
        by([{ field: 'displayName' }, { field: 'externalId' }], '1324'),
        by([{ field: 'displayName', desc: true }, { field: 'externalId' }], '2413'),
        by([{ field: 'status' }, { field: 'externalId', desc: true }], '3214'),
        {
          ...search({ text: mark, sort: [{ field: 'id' }] }, (claim, told) => {
            const ids = valuesAt(told.body, '/users/*/userId')
            claim.equal('assumed', 'the order of the user IDs', ids, [...ids].sort())
          }),
          title: 'searches sorted by user ID',
        },
        { title: 'patches the first', call: 'patchUser', body: { loginId: row('s2').loginId, givenName: 'Later' } },
        ...[false, true].map((desc) => ({
          ...search({ text: mark, sort: [{ field: 'modifiedTime', desc }] }, (claim, told) => {
            const times = valuesAt(told.body, '/users/*/modifiedTime').map(Number)
            const upward = times.toSorted((a, b) => a - b)
            claim.equal('assumed', 'the order of the times', times, desc ? upward.toReversed() : upward)
          }),
          title: `searches sorted by the last change${desc ? ', descending' : ''}`,
        })),
      ],
    }
  }),
  story('searchUsers/stories/default-page', ({ row, mark }) => {
    const rows = Array.from({ length: 102 }, (_, at) => row(`d${at}`))
    const page = (filter: Json, held: number): TaleStep =>
      search({ text: mark, ...filter }, (claim, told) => {
        claim.shows('documented', '/total', 102)
        claim.equal('documented', 'how many users the page holds', told.body?.users?.length, held)
      })
    return {
      title: 'a search without a limit holds a hundred users, and begins with the first page',
      evidence: 'documented',
      steps: [
        // How many rows a batch may have, nobody says.
        ...[0, 34, 68].map((start): TaleStep => ({ ...create(rows.slice(start, start + 34)), evidence: 'assumed' })),
        page({}, 100),
        page({ page: 1 }, 2),
        page({ limit: 0, offset: 101 }, 1),
      ],
    }
  }),
  story('searchUsers/stories/pages', ({ row, mark }) => {
    const rows = Array.from({ length: 7 }, (_, at) => row(`p${at}`, { name: `${7 - at} ${mark}` }))
    const page = (filter: Readonly<Record<string, number>>, length: number, expect?: TaleStep['expect']): TaleStep => ({
      ...search({ text: mark, ...filter }, (claim, told) => {
        claim.shows('documented', '/total', 7)
        claim.equal('documented', 'how many users the page holds', told.body?.users?.length, length)
        expect?.(claim, told)
      }),
      title: `searches ${JSON.stringify(filter)}`,
    })
    return {
      title: 'the pages of a search add up: nobody is left out and nobody comes twice',
      evidence: 'documented',
      steps: [
        create(rows),
        page({ limit: 3, page: 0 }, 3),
        page({ limit: 3, page: 1 }, 3),
        page({ limit: 3, page: 2 }, 1, (claim, told) => {
          const found = [1, 2].flatMap((step) => (told.said(step, '/users') ?? []).map(({ userId }: Json) => userId))
          const ids = (told.said(0, '/createdUsers') ?? []).map(({ userId }: Json) => userId)
          claim.sameItems(
            'documented',
            'the IDs of all pages',
            [...found, ...valuesAt(told.body, '/users/*/userId')],
            ids,
          )
        }),
        page({ limit: 3, page: 3 }, 0),
        page({ limit: 5, offset: 4 }, 3),
        page({ limit: 2, page: 1, offset: 6 }, 1),
        page({ limit: 0 }, 7),
        ...[true, false].map((desc) => ({
          ...search({ text: mark, sort: [{ field: 'displayName', desc }] }, (claim) => {
            const names = rows.map(({ name }) => name)
            claim.shows('assumed', '/users/*/name', desc ? names : names.toReversed())
          }),
          title: `searches sorted by name, ${desc ? 'descending' : 'ascending'}`,
        })),
      ],
    }
  }),
]

// ---------------------------------------------------------------------------------------------------------- deletions

const deletions = (story: Story): Case[] => [
  story('deleteUser/stories/gone', ({ row }) => ({
    title: 'who was deleted is gone, the login ID is free again, and the user ID is not',
    evidence: 'observed',
    steps: [
      create([row('a', { name: 'First' }), row('b'), row('c')]),
      { title: 'deletes by login ID', body: { loginId: row('a').loginId } },
      {
        title: 'deletes by user ID',
        body: (told: Told) => ({ userId: told.need(0, `/createdUsers/@${row('b').loginId}/userId`) }),
      },
      gone({ loginId: row('a').loginId }),
      gone((told) => ({ userId: told.need(0, `/createdUsers/@${row('a').loginId}/userId`) })),
      gone({ loginId: row('b').loginId }),
      { title: 'deletes it again', body: { loginId: row('a').loginId }, status: 404, evidence: 'assumed' },
      search({ loginIds: ['a', 'b', 'c'].map((name) => row(name).loginId) }, (claim) =>
        claim.shows('observed', '/users/*/loginIds/0', [row('c').loginId]),
      ),
      create([row('a')], {
        title: 'creates it again',
        expect(claim, told) {
          claim.shows('observed', '/createdUsers/*/loginIds/0', [row('a').loginId])
          const ids = (told.said(0, '/createdUsers') ?? []).map(({ userId }: Json) => userId)
          claim.holds('assumed', 'user IDs are not used again', !ids.includes(told.body?.createdUsers?.[0]?.userId))
        },
      }),
      load({ loginId: row('a').loginId }, 'observed', { name: '' }),
    ],
  })),
  story('deleteUsersBatch/stories/exactly', ({ row, fill }) => ({
    title: 'exactly those who are named are deleted',
    evidence: 'observed',
    steps: [
      create([row('a'), row('b'), row('c'), row('d')]),
      {
        title: 'deletes two, of whom one is named twice, and one that does not exist',
        body: (told: Told) => ({
          userIds: [
            told.need(0, `/createdUsers/@${row('a').loginId}/userId`),
            fill('U2{hex:26}'),
            told.need(0, `/createdUsers/@${row('c').loginId}/userId`),
            told.need(0, `/createdUsers/@${row('a').loginId}/userId`),
          ],
        }),
        evidence: 'assumed',
      },
      search({ loginIds: ['a', 'b', 'c', 'd'].map((name) => row(name).loginId) }, (claim, told) =>
        claim.sameItems('observed', 'who is left', valuesAt(told.body, '/users/*/loginIds/0'), [
          row('b').loginId,
          row('d').loginId,
        ]),
      ),
      gone({ loginId: row('a').loginId }),
      gone({ loginId: row('c').loginId }),
      load({ loginId: row('b').loginId }, 'observed', { email: row('b').loginId }),
    ],
  })),
]

/** What normalising or trimming would change comes last: nobody says that it is kept. */
const NAMES = [
  'José',
  '李雷',
  "O'Brien",
  'Two  spaces',
  '𠮷田 𐐷',
  'José 😀',
  'Jose\u0301',
  'Kelvin \u212a',
  'Å\u212b ﬁ',
  ' around ',
]
const PLAIN_NAMES = 6

interface Row {
  readonly loginId: string
  readonly [member: string]: Json
}

interface Own {
  readonly mark: string
  /** A row of the story's own; the same name gives the same login ID. */
  readonly row: (name: string, members?: Readonly<Record<string, Json>>) => Row
  readonly fill: <T>(value: T) => T
  /** A phone of the story's own, as it is kept and as people write it. */
  readonly phone: string
  readonly dashed: string
}

const ownOf = (kit: CaseKit, id: string): Own => {
  const mark = markOf(kit, id)
  const digits = fillFor(kit, id, '{digits:10}')
  return {
    mark,
    row: (name, members = {}) => ({ loginId: `rollcall-${mark}${name}@example.com`, ...members }),
    fill: (value) => fillFor(kit, id, value),
    phone: `+1${digits}`,
    dashed: `+1-${digits.slice(0, 3)}-(${digits.slice(3, 6)}) ${digits.slice(6)}`,
  }
}

function create(rows: readonly Json[], step: Partial<TaleStep> = {}): TaleStep {
  const all = (claim: Claims) =>
    claim.equal('observed', 'how many users were created', valuesAt(claim.body, '/createdUsers/*').length, rows.length)
  const isPlain = step.status === undefined
  return { title: 'creates', call: 'createUsersBatch', rows, ...(isPlain && { expect: all }), ...step }
}

type Identifier = Readonly<Record<string, string>>

const load = (
  query: Identifier | ((told: Told) => Identifier),
  evidence: Evidence,
  shown: Readonly<Record<string, Json>>,
  more?: (claim: Claims, told: Told) => void,
): TaleStep => ({
  title: 'loads it',
  call: 'loadUser',
  query,
  expect(claim, told) {
    claim.showsAll(evidence, '/user', shown)
    more?.(claim, told)
  },
})

const gone = (query: Identifier | ((told: Told) => Identifier)): TaleStep => ({
  title: 'loads nobody',
  call: 'loadUser',
  query,
  status: 404,
  evidence: 'observed',
  expect(claim) {
    claim.shows('observed', '/errorCode', 'E112102')
    tells(claim)
  },
})

/** The code of a refusal, and that it says what was wrong. */
function refusal(claim: Claims, code: string): void {
  claim.shows('assumed', '/errorCode', code)
  tells(claim)
}

function tells(claim: Claims): void {
  const { errorDescription, errorMessage } = claim.body ?? {}
  claim.holds(
    'assumed',
    'errorMessage says more than what kind of error it is',
    Boolean(errorMessage) && errorMessage !== errorDescription,
  )
}

const search = (body: Json, expect: (claim: Claims, told: Told) => void): TaleStep => ({
  title: 'searches',
  call: 'searchUsers',
  body,
  expect,
})

const change = (
  call: string,
  body: Json,
  evidence: Evidence,
  shown: Readonly<Record<string, Json>>,
  more?: TaleStep['expect'],
): TaleStep => ({
  title: call === 'patchUser' ? 'patches it' : 'updates it',
  call,
  body,
  expect(claim, told) {
    claim.showsAll(evidence, '/user', shown)
    more?.(claim, told)
  },
})
