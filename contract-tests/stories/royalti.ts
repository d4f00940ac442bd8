import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { CaseKit, DeriveOptions } from '../suite/case-kit.ts'
import { type Claims, fillFor, markOf, type Tale, type TaleStep, type Told, tell } from '../suite/tell.ts'
import type { Case } from '../suite/vocabulary.ts'

/** Clocks differ; see judge-reply. */
const CLOCK_SKEW = 5 * 60_000

/** What holds over several calls of Royalti's bulk creation, beyond what its document says. Nobody is sent a mail. */
export function royaltiStories(kit: CaseKit, _options: DeriveOptions): readonly Case[] {
  const story = (name: string, tale: (own: Own) => Omit<Tale, 'id'>): Case => {
    const id = name.includes('/') ? name : `bulkCreateUsers/stories/${name}`
    return tell(kit, { id, ...tale(ownOf(kit, id)) })
  }
  return [
    story('twice', ({ row }) => ({
      title: 'twice the same is refused by row, not by request',
      evidence: 'documented',
      steps: [
        create([row('a', { country: 'Sweden' })]),
        create([row('a', { country: 'Norway' })], {
          title: 'creates the same user again',
          status: 201,
          expect(claim) {
            claim.shows('documented', '/errors', [alreadyThere(row('a'))])
            claim.shows('documented', '/createdUsers', [])
            claim.shows('documented', '/message', 'Done.')
            processed(claim, 1, 1)
          },
        }),
        find(row('a').email, (claim) => {
          claim.shows('assumed', '/Users/*/country', ['Sweden'])
          claim.showsAll('assumed', '', { count: 1, totalUsers: 1 })
        }),
      ],
    })),
    story('twice-in-one-request', ({ row }) => ({
      title: 'a row sees the rows before it: duplicates inside one request are refused by row',
      evidence: 'assumed',
      steps: [
        create([row('a'), row('b'), row('a'), row('c'), row('b')], {
          expect(claim) {
            claim.shows(
              'assumed',
              '/createdUsers',
              ['a', 'b', 'c'].map((name) => nameOf(row(name))),
            )
            claim.shows(
              'assumed',
              '/errors',
              ['a', 'b'].map((name) => alreadyThere(row(name))),
            )
            processed(claim, 5, 5)
          },
        }),
        find(row('a').email, (claim) => claim.shows('assumed', '/Users/*/email', [row('a').email])),
      ],
    })),
    story('another-case', ({ row }) => ({
      title: 'an e-mail address is the same in any case',
      evidence: 'assumed',
      steps: [
        create([row('a')]),
        create(
          [
            { ...row('a'), email: row('a').email.toUpperCase() },
            { ...row('b'), email: row('b').email.replace('rollcall', 'RollCall') },
            row('b'),
          ],
          {
            title: 'creates it again in another case',
            expect(claim) {
              claim.shows('assumed', '/createdUsers', [nameOf(row('b'))])
              claim.shows('assumed', '/errors', [alreadyThere(row('a')), alreadyThere(row('b'))])
            },
          },
        ),
        // What is accepted is kept as it was written, and found in any case.
        find(row('b').email, (claim) =>
          claim.shows('assumed', '/Users/*/email', [row('b').email.replace('rollcall', 'RollCall')]),
        ),
      ],
    })),
    story('texts', ({ row }) => {
      const broken = ['not-an-address', 'two@@example.com', 'nobody@', '@example.com', 'a b@example.com'].map(
        (email, at) => ({ ...row(`x${at}`), email }),
      )
      return {
        title: 'refused rows are told in the documented words, in the order of the rows',
        evidence: 'documented',
        steps: [
          create([row('a')]),
          create([broken[0] as Row, row('b'), row('a'), ...broken.slice(1)], {
            title: 'creates one of each',
            status: 201,
            expect(claim, told) {
              const [first, ...others] = broken.map((one) => `Invalid email format for ${nameOf(one)}`)
              const wanted = [first as string, alreadyThere(row('a')), ...others]
              // That these are no addresses is clear; what else is none, every implementation sees differently.
              for (const text of wanted.slice(0, 2))
                claim.holds(
                  'documented',
                  `errors have ${JSON.stringify(text)}`,
                  valuesAt(told.body, '/errors/*').includes(text),
                )
              claim.shows('assumed', '/errors', wanted)
              claim.shows('documented', '/createdUsers', [nameOf(row('b'))])
              processed(claim, 7, 2)
            },
          }),
        ],
      }
    }),
    story('addresses', ({ row, mark }) => {
      const long = (last: number) =>
        `${mark.padEnd(64, 'l')}@${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(last)}.com`
      const good = [
        `${mark}a.b.cd.e@example.com`,
        `${mark}@a.b.example.com`,
        `${mark}@ex-ample.com`,
        `${mark}é@exämple.com`,
        `${mark}@e1.co`,
        long(57),
      ]
      const bad = [
        `${mark}a..b@example.com`,
        `${mark}.@example.com`,
        `.${mark}@example.com`,
        `${mark}@example`,
        `${mark}@example.c`,
        `${mark}@.com`,
        `${mark}@example..com`,
        `${mark}@example.com.`,
        `${mark}@example.com x`,
        `${mark}<a>@example.com`,
        `${mark}@exam_ple.com`,
        `x${mark}.a b@example.com`,
        `${mark},a@example.com`,
        long(58),
      ]
      const rows = [...good, ...bad].map((email, at) => ({ ...row(`r${at}`), email }))
      return {
        title: 'an address has dot-separated parts around one at sign, and 254 characters at most',
        evidence: 'assumed',
        steps: [
          create(rows, {
            expect(claim) {
              claim.shows('assumed', '/createdUsers', rows.slice(0, good.length).map(nameOf))
              const errors = rows.slice(good.length).map((one) => `Invalid email format for ${nameOf(one)}`)
              claim.shows('assumed', '/errors', errors)
            },
          }),
          // Asked for nothing, the list begins with whoever came last.
          {
            title: 'lists the newest',
            call: 'listUsers',
            query: { sort: 'createdAt', order: 'desc', size: '1' },
            expect: (claim) => claim.shows('assumed', '/Users/*/email', [long(57)]),
          },
        ],
      }
    }),
    story('partial', ({ row }) => ({
      title: 'a good row beside a bad one survives and can be found',
      evidence: 'documented',
      steps: [
        create([row('a')]),
        create([row('b', { country: 'Nigeria' }), row('a'), row('c', { role: 'user' })], {
          title: 'creates good users beside one that exists',
          status: 201,
          expect(claim) {
            claim.sameItems('documented', 'createdUsers', valuesAt(claim.body, '/createdUsers/*'), [
              nameOf(row('b')),
              nameOf(row('c')),
            ])
            claim.shows('documented', '/errors', [alreadyThere(row('a'))])
            processed(claim, 3, 3)
          },
        }),
        find(row('b').email, (claim) => claim.shows('assumed', '/Users/*/country', ['Nigeria'])),
        find(row('c').email, (claim) => claim.shows('assumed', '/Users/*/role', ['user'])),
      ],
    })),
    story('adds-up', ({ row, mark }) => {
      const rows = [row('a'), row('b'), { ...row('c'), email: 'none' }, row('d'), row('a'), row('e')]
      return {
        title: 'every row has exactly one outcome',
        evidence: 'assumed',
        steps: [
          create([row('b')]),
          create(rows, {
            title: 'creates old, new and broken ones at once',
            expect(claim, told) {
              const all = ['/createdUsers/*', '/errors/*'].flatMap((at) => valuesAt(told.body, at))
              claim.equal('assumed', 'how many outcomes there are', all.length, rows.length)
              for (const name of ['a', 'b', 'c', 'd', 'e']) {
                const times = all.filter((text) => String(text).includes(nameOf(row(name)))).length
                claim.equal('documented', `how often ${name} has an outcome`, times, name === 'a' ? 2 : 1)
              }
              processed(claim, 6, 5)
            },
          }),
          find(mark, (claim) => claim.shows('assumed', '/totalUsers', 4)),
        ],
      }
    }),
    story('values', ({ row, mark }) => {
      const rows = NAMES.map((name, at) =>
        row(`v${at}`, {
          firstName: name,
          lastName: `${name} ${mark}${at}`,
          country: `Country ${at}`,
          role: at % 2 === 0 ? 'user' : 'admin',
        }),
      )
      return {
        title: "each row's values come back under its own id, letter by letter",
        evidence: 'documented',
        steps: [
          create(rows, { expect: (claim) => claim.shows('assumed', '/createdUsers', rows.map(nameOf)) }),
          ...rows.map((sent) =>
            find(sent.email, (claim) => {
              claim.shows('documented', '/Users/0/email', sent.email)
              // Nobody says that other forms of a letter are kept.
              const isPlain = sent.firstName === sent.firstName.normalize('NFKC')
              claim.showsAll(isPlain ? 'documented' : 'assumed', '/Users/0', {
                firstName: sent.firstName,
                lastName: sent.lastName,
              })
              claim.showsAll('assumed', '/Users/0', {
                country: sent['country'],
                role: sent['role'],
                fullName: nameOf(sent),
                'User/email': sent.email,
              })
            }),
          ),
          {
            title: 'lists them all',
            call: 'listUsers',
            query: { q: mark, size: '100' },
            expect: (claim, told) => {
              const ids = valuesAt(told.body, '/Users/*/id')
              claim.holds('documented', 'each user has an id of its own', new Set(ids).size === rows.length, ids)
            },
          },
        ],
      }
    }),
    story('kept-spaces', ({ row, mark }) => ({
      title: 'names are not trimmed',
      evidence: 'assumed',
      steps: [
        create([row('a', { firstName: ' Ada ', lastName: ` ${mark} ` })], {
          expect: (claim) => claim.shows('assumed', '/createdUsers', [` Ada   ${mark} `]),
        }),
        find(row('a').email, (claim) =>
          claim.showsAll('assumed', '/Users/0', { firstName: ' Ada ', lastName: ` ${mark} ` }),
        ),
      ],
    })),
    story('getUser', ({ row, mark }) => {
      const sent = row('a', {
        nickName: `nick ${mark}`,
        userType: 'artist',
        ipi: '00123456790',
        role: 'user',
        phone: '+46 701-740605',
        country: 'Åland Islands',
      })
      return {
        title: 'a user read alone is the user of the list, and nobody was invited',
        evidence: 'assumed',
        steps: [
          create([sent, row('b')]),
          find(sent.email, (claim) => claim.shows('assumed', '/count', 1)),
          read(1, '/Users/0/id', (claim, told) => {
            claim.showsAll('assumed', '', {
              email: sent.email,
              firstName: sent.firstName,
              lastName: sent.lastName,
              phone: sent['phone'],
              country: sent['country'],
              ipi: sent['ipi'],
              externalId: null,
            })
            claim.showsAll('assumed', '/TenantUser', { nickName: sent['nickName'], userType: ['artist'] })
            claim.shows('assumed', '/invite', null)
            for (const name of ['id', 'fullName', 'firstName', 'lastName', 'email', 'externalId', 'country']) {
              claim.shows('assumed', `/${name}`, told.said(1, `/Users/0/${name}`))
            }
          }),
          find(row('b').email, (claim) =>
            claim.showsAll('assumed', '/Users/0', { email: row('b').email, role: null, country: null, Artists: [] }),
          ),
          read(3, '/Users/0/id', (claim) => {
            claim.showsAll('assumed', '', {
              email: row('b').email,
              phone: null,
              country: null,
              ipi: null,
              invite: null,
            })
            claim.showsAll('assumed', '/TenantUser', { nickName: null, userType: [] })
          }),
        ],
      }
    }),
    story('many', ({ row, mark }) => {
      const rows = Array.from({ length: 40 }, (_, at) =>
        row(`m${String(at).padStart(2, '0')}`, { country: `Country ${at}` }),
      )
      return {
        title: 'of 40 rows none is lost, doubled or crossed',
        evidence: 'assumed',
        steps: [
          create(rows, {
            expect(claim) {
              claim.shows('assumed', '/createdUsers', rows.map(nameOf))
              claim.shows('documented', '/errors', [])
              processed(claim, 40, 40)
            },
          }),
          {
            title: 'lists them',
            call: 'listUsers',
            query: { q: mark, size: '100' },
            expect(claim, told) {
              const line = ({ email, firstName, lastName, country }: Json) =>
                JSON.stringify([email, firstName, lastName, country])
              claim.sameItems('assumed', 'the users listed', (told.body?.Users ?? []).map(line), rows.map(line))
              claim.holds(
                'documented',
                'each has an id of its own',
                new Set(valuesAt(told.body, '/Users/*/id')).size === rows.length,
              )
            },
          },
        ],
      }
    }),
    story('nobody', ({ mark }) => ({
      title: 'no rows create nobody',
      evidence: 'assumed',
      steps: [
        create([], {
          expect: (claim) => claim.showsAll('assumed', '', { createdUsers: [], errors: [], processedCount: 0 }),
        }),
        find(mark, (claim) => claim.showsAll('assumed', '', { Users: [], count: 0, totalUsers: 0 })),
      ],
    })),
    story('pages', ({ row, mark }) => {
      const names = ['Cia', 'Ada', 'Eve', 'Bea', 'Dag', 'Fay', 'Gus']
      const rows = names.map((firstName, at) => row(`p${at}`, { firstName, lastName: mark }))
      const page = (number: number, size: number, query: Readonly<Record<string, string>> = {}): TaleStep => ({
        title: `lists page ${number} of ${size}`,
        call: 'listUsers',
        query: { q: mark, page: String(number), size: String(size), ...query },
        expect(claim, told) {
          const held = Math.max(0, Math.min(size, names.length - (number - 1) * size))
          claim.showsAll('documented', '', { count: held, totalUsers: names.length })
          claim.equal('documented', 'how many users the page holds', told.body?.Users?.length, held)
        },
      })
      const sorted = (sort: string, order: string, wanted: readonly string[]): TaleStep => ({
        ...page(1, 100, { sort, order }),
        title: `lists by ${sort}, ${order}`,
        expect: (claim) => claim.shows(sort === 'name' ? 'documented' : 'assumed', '/Users/*/firstName', wanted),
      })
      return {
        title: 'the pages of a list add up, in the order asked for',
        evidence: 'documented',
        steps: [
          create(rows),
          page(1, 3),
          page(2, 3),
          {
            ...page(3, 3),
            expect(claim, told) {
              const emails = [1, 2].flatMap((step) => (told.said(step, '/Users') ?? []).map(({ email }: Json) => email))
              claim.sameItems(
                'documented',
                'the e-mails of all pages',
                [...emails, ...valuesAt(told.body, '/Users/*/email')],
                rows.map(({ email }) => email),
              )
            },
          },
          page(4, 3),
          page(1, 100),
          { ...find(mark, (claim) => claim.shows('assumed', '/count', names.length)), title: 'lists without a size' },
          sorted('name', 'asc', names.toSorted()),
          sorted('name', 'desc', names.toSorted().reverse()),
          sorted('createdAt', 'asc', names),
          sorted('createdAt', 'desc', names.toReversed()),
        ],
      }
    }),
    story('filters', ({ row, mark }) => {
      const rows = [row('a', { role: 'user' }), row('b', { role: 'admin' }), row('c', { role: 'guest' }), row('d')]
      const by = (query: Readonly<Record<string, string>>, names: readonly string[]): TaleStep => ({
        title: `lists by ${Object.keys(query).join(' and ')}`,
        call: 'listUsers',
        query: { size: '100', q: mark, ...query },
        expect: (claim, told) =>
          claim.sameItems(
            'documented',
            'the e-mails found',
            valuesAt(told.body, '/Users/*/email'),
            names.map((name) => row(name).email),
          ),
      })
      return {
        title: 'filters of the list keep whom they name',
        evidence: 'documented',
        steps: [
          create(rows),
          by({ role: 'user' }, ['a']),
          by({ role: 'admin,guest' }, ['b', 'c']),
          by({ q: nameOf(row('d')) }, ['d']),
          by({ externalId: mark }, []),
          {
            title: 'asks for some attributes',
            call: 'listUsers',
            query: { q: row('a').email, attributes: 'email,role' },
            expect(claim, told) {
              claim.showsAll('documented', '/Users/0', { email: row('a').email, role: 'user' })
              claim.equal('assumed', 'the members', Object.keys(told.body?.Users?.[0] ?? {}).sort(), [
                'email',
                'id',
                'role',
              ])
            },
          },
        ],
      }
    }),
    story('listUsers/stories/default-page', ({ row, mark }) => {
      const rows = Array.from({ length: 12 }, (_, at) => row(`d${at}`))
      const page = (query: Readonly<Record<string, string>>, held: number): TaleStep => ({
        title: 'lists without a size',
        call: 'listUsers',
        query: { q: mark, ...query },
        expect(claim, told) {
          claim.shows('assumed', '/message', 'success')
          claim.showsAll('documented', '', { count: held, totalUsers: 12 })
          claim.equal('documented', 'how many users the page holds', told.body?.Users?.length, held)
        },
      })
      return {
        title: 'a list without a size holds ten users, and begins with the first page',
        evidence: 'documented',
        steps: [create(rows), page({}, 10), page({ page: '2' }, 2)],
      }
    }),
    story('listUsers/stories/default-order', ({ row, mark }) => {
      const names = ['Ada', 'Cia', 'Bea']
      const inOrder = (query: Readonly<Record<string, string>>, wanted: readonly string[]): TaleStep => ({
        title: `lists by ${query['sort'] ?? 'nothing'}, ${query['order'] ?? 'in no order'}`,
        call: 'listUsers',
        query: { q: mark, ...query },
        expect: (claim) => claim.shows('assumed', '/Users/*/firstName', wanted),
      })
      return {
        title: 'a list without an order begins with the newest change',
        evidence: 'assumed',
        steps: [
          ...names.map((firstName, at) => create([row(`o${at}`, { firstName })])),
          inOrder({}, names.toReversed()),
          inOrder({ order: 'asc' }, names),
          inOrder({ sort: 'name' }, ['Cia', 'Bea', 'Ada']),
          inOrder({ sort: 'createdAt', order: 'asc' }, names),
          inOrder({ sort: 'createdAt' }, names.toReversed()),
        ],
      }
    }),
    story('invitations', ({ row }) => {
      const invited = (claim: Claims, told: Told) => {
        claim.shows('assumed', '/invite/status', 'invited')
        const date = told.body?.invite?.date
        claim.holds(
          'assumed',
          'the invitation is not before the request',
          Date.parse(date) >= told.askedAt - CLOCK_SKEW,
        )
      }
      return {
        title: 'whoever has an e-mail is invited, unless sendEmail is false',
        evidence: 'assumed',
        needs: 'mail',
        steps: [
          {
            title: 'creates without a word on mails',
            call: 'bulkCreateUsers',
            body: { users: [row('a')] },
          },
          find(row('a').email, (claim) => claim.shows('assumed', '/count', 1)),
          read(1, '/Users/0/id', invited),
          {
            title: 'creates with mails',
            call: 'bulkCreateUsers',
            body: { users: [row('b')], sendEmail: true, redirect_url: 'https://example.com/', message: 'Hello' },
          },
          find(row('b').email, (claim) => claim.shows('assumed', '/count', 1)),
          read(4, '/Users/0/id', invited),
        ],
      }
    }),
    story('one-name', ({ row, mark }) => ({
      title: 'who has one name is told by it',
      evidence: 'assumed',
      steps: [
        create([{ firstName: mark, email: row('a').email }], {
          expect: (claim) => claim.shows('assumed', '/createdUsers', [mark]),
        }),
      ],
    })),
    story('at-once', ({ row }) => {
      const twin = (country: string, step: Partial<TaleStep> = {}): TaleStep => ({
        ...create([row('a', { country })], step),
        title: 'creates it, together with its twin',
        evidence: 'assumed',
      })
      return {
        title: 'two requests at once create the user once',
        evidence: 'assumed',
        steps: [
          twin('Sweden', { withNext: true, expect: () => undefined }),
          twin('Norway', {
            expect(claim, told) {
              const names = [told.said(0, '/createdUsers'), told.body?.createdUsers].flat()
              const errors = [told.said(0, '/errors'), told.body?.errors].flat()
              claim.equal('assumed', 'whom both requests created', names, [nameOf(row('a'))])
              claim.equal('assumed', 'the errors of both', errors, [alreadyThere(row('a'))])
            },
          }),
          find(row('a').email, (claim) => claim.shows('assumed', '/count', 1)),
        ],
      }
    }),
    story('timestamps', ({ row }) => ({
      title: 'timestamps tell when it happened',
      evidence: 'assumed',
      steps: [
        create([row('a')]),
        find(row('a').email, (claim, told) => {
          const [created, updated] = ['createdAt', 'updatedAt'].map((name) => told.body?.Users?.[0]?.[name])
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
        }),
      ],
    })),
    story('refused-request', ({ row, mark }) => ({
      title: 'a refused request creates nobody',
      evidence: 'assumed',
      steps: [
        create([row('a'), { ...row('b'), firstName: 7 } as unknown as Row], {
          title: 'sends a good row beside one that breaks the schema',
          status: 'refused',
          expect(claim) {
            const details = valuesAt(claim.body, '/error/details/*')
            claim.holds('assumed', 'error.details say what was wrong', details.length > 0 && details.every(Boolean))
          },
        }),
        find(mark, (claim) => claim.shows('assumed', '/totalUsers', 0)),
      ],
    })),
    story('deleteUsers/stories/exactly', ({ row, mark, fill }) => {
      const nobody = fill('{uuid}')
      const ids = (told: Told) => ['a', 'b'].map((name) => told.need(1, `/Users/${at(told, row(name).email)}/id`))
      const at = (told: Told, email: string) =>
        (told.said(1, '/Users') ?? []).findIndex((user: Json) => user?.email === email)
      return {
        title: 'exactly those who are named are deleted, and the rest is reported',
        evidence: 'documented',
        steps: [
          create([row('a'), row('b'), row('c')]),
          { title: 'lists them', call: 'listUsers', query: { q: mark, size: '100' } },
          { title: 'reads one', call: 'getUser', path: (told) => ({ id: ids(told)[0] as string }) },
          {
            title: 'deletes two, and one that does not exist',
            body: (told: Told) => ({ ids: [...ids(told), nobody] }),
            expect(claim) {
              claim.shows('documented', '/message', 'Done.')
              claim.shows('assumed', '/processedCount', 2)
              claim.shows('assumed', '/failedDeletions', [nobody])
            },
          },
          find(mark, (claim) => claim.shows('documented', '/Users/*/email', [row('c').email])),
          {
            title: 'looks for one',
            call: 'getUser',
            path: (told) => ({ id: ids(told)[0] as string }),
            status: 404,
            evidence: 'documented',
          },
          {
            title: 'deletes them again',
            body: (told: Told) => ({ ids: ids(told) }),
            expect: (claim, told) => claim.showsAll('assumed', '', { processedCount: 0, failedDeletions: ids(told) }),
          },
          create([row('a')], {
            title: 'creates one again',
            expect: (claim) => claim.shows('assumed', '/createdUsers', [nameOf(row('a'))]),
          }),
          find(row('a').email, (claim, told) => {
            claim.shows('assumed', '/count', 1)
            claim.holds(
              'assumed',
              'ids are not used again',
              !valuesAt(told.said(1, '/Users'), '/*/id').includes(told.body?.Users?.[0]?.id),
            )
          }),
        ],
      }
    }),
    story('workspaces', ({ row, mark }) => {
      const second = { credentials: 'second' } as const
      return {
        title: 'workspaces do not meet',
        evidence: 'documented',
        needs: 'second-tenant',
        steps: [
          create([row('a', { country: 'Sweden' })]),
          create([row('a', { country: 'Norway' }), row('b')], {
            ...second,
            title: 'creates the same in the second workspace',
            expect: (claim) => claim.shows('assumed', '/createdUsers', [nameOf(row('a')), nameOf(row('b'))]),
          }),
          find(mark, (claim) => claim.shows('documented', '/Users/*/country', ['Sweden'])),
          { ...find(row('a').email, (claim) => claim.shows('documented', '/Users/*/country', ['Norway'])), ...second },
          {
            ...read(2, '/Users/0/id'),
            ...second,
            title: 'looks for the first in the second',
            status: 404,
            evidence: 'documented',
          },
          {
            ...second,
            title: 'deletes the first from the second',
            call: 'deleteUsers',
            body: (told: Told) => ({ ids: [told.need(2, '/Users/0/id')] }),
            expect: (claim, told) => claim.shows('assumed', '/failedDeletions', [told.said(2, '/Users/0/id')]),
          },
          read(2, '/Users/0/id', (claim) => claim.shows('documented', '/email', row('a').email)),
        ],
      }
    }),
    story('steady', ({ row }) => ({
      title: 'reading changes nothing: the same question has the same answer',
      evidence: 'assumed',
      steps: [
        create([row('a'), row('b')]),
        ...Array.from({ length: 6 }, (_, index) =>
          find(row('a').email, (claim, told) => {
            claim.shows('documented', '/Users/*/email', [row('a').email])
            if (index > 0) claim.equal('assumed', 'the user', told.body?.Users, told.said(1, '/Users'))
          }),
        ),
        ...Array.from({ length: 4 }, () =>
          create([row('a')], {
            title: 'creates it again',
            expect: (claim) => claim.shows('documented', '/errors', [alreadyThere(row('a'))]),
          }),
        ),
      ],
    })),
  ]
}

/** Letters that normalising would change, letters beyond 16 bits, spaces inside. */
const NAMES = [
  'José',
  'Jose\u0301',
  '陽菜',
  "O'Brien",
  '𠮷田 𐐷',
  'Kelvin \u212a',
  'Å\u212b ﬁ',
  'Two  spaces',
  '{firstName} $& %s',
  'José😀',
]

interface Row extends Named {
  readonly lastName: string
  readonly email: string
}

/** A row that need not have more than a name. */
interface Named {
  readonly firstName: string
  readonly lastName?: string
  readonly [member: string]: Json
}

interface Own {
  readonly mark: string
  /** A row of the story's own; the same name gives the same e-mail and names. */
  readonly row: (name: string, members?: Readonly<Record<string, Json>>) => Row
  readonly fill: <T>(value: T) => T
}

const ownOf = (kit: CaseKit, id: string): Own => {
  const mark = markOf(kit, id)
  return {
    mark,
    row: (name, members = {}) => ({
      firstName: `Rollcall ${name}`,
      lastName: `${mark}${name}`,
      email: `rollcall-${mark}${name}@example.com`,
      ...members,
    }),
    fill: (value) => fillFor(kit, id, value),
  }
}

const nameOf = ({ firstName, lastName }: Named): string => [firstName, lastName].filter(Boolean).join(' ')
const alreadyThere = (row: Named): string => `User ${nameOf(row)} already associated with workspace!`

/** What is documented of the count, and what is our reading. */
function processed(claim: Claims, rows: number, count: number): void {
  const found = claim.body?.processedCount
  claim.holds(
    'documented',
    `processedCount is a whole number from 0 to ${rows}`,
    Number.isInteger(found) && found >= 0 && found <= rows,
    found,
  )
  claim.equal('assumed', 'processedCount, the created and the already associated', found, count)
}

function create(rows: readonly Named[], step: Partial<TaleStep> = {}): TaleStep {
  const all = (claim: Claims) =>
    claim.sameItems('documented', 'createdUsers', valuesAt(claim.body, '/createdUsers/*'), rows.map(nameOf))
  const isPlain = step.status === undefined
  return { title: 'creates', call: 'bulkCreateUsers', rows, ...(isPlain && { expect: all }), ...step }
}

const find = (q: string, expect: (claim: Claims, told: Told) => void): TaleStep => ({
  title: 'finds it',
  call: 'listUsers',
  query: { q },
  expect,
})

function read(step: number, pointer: string, expect?: (claim: Claims, told: Told) => void): TaleStep {
  return {
    title: 'reads it alone',
    call: 'getUser',
    path: (told) => ({ id: told.need(step, pointer) }),
    ...(expect && { expect }),
  }
}
