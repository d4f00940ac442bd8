import type { Json } from '../../documents/read/read-document.ts'
import type { CaseRequest } from '../suite/vocabulary.ts'
import { fault, story } from './fault.ts'
import * as calls from './many-calls.ts'
import { bulkFaults, emailFaults } from './many-rows.ts'
import { isSuccess, parse, plantBody, plantReply, plantRequest, plantSent } from './plant.ts'
import type { Fault, VendorFaults } from './vocabulary.ts'

/** Two tenants. */
const environments = {
  params: { environmentId: '95b11417-f18f-457f-8804-68e361f9164f' },
  secondParams: { environmentId: '3f4f7ad0-7a2e-4f4c-9d5e-6b1a2c3d4e5f' },
}

const CREATE = ['bulkCreateUser']
const READ = ['getUser']
const LIST = ['listUsers']
const ROWS: calls.Rows = { create: 'bulkCreateUser', rowsOf: (body) => (Array.isArray(body) ? body : []), key: 'email' }

const isUpsert = (request: CaseRequest) => calls.queryOf(request).get('upsert') === 'true'
const onCreate = (change: (body: Json, request: CaseRequest) => Json) => plantBody(CREATE, change)
const onUpsert = (change: (body: Json) => Json) =>
  onCreate((body, request) => (isUpsert(request) ? change(body) : body))
const freshId = (id: string) => id.replace(/^......../, 'ffffffff')

/** Rows of this failure are said to be created. */
const letThrough = (code: string): Fault =>
  fault(
    `lets ${code} through`,
    code === 'email_already_exists' ? 'documented' : 'assumed',
    `a row that is ${code} fails`,
    { cases: new RegExp(`/failures/${code}$`), breach: new RegExp(code) },
    onCreate((body) => {
      const passed = body.failed.filter((one: Json) => one.code === code)
      return {
        ...body,
        created: [...body.created, ...passed.map(({ user }: Json) => user)],
        failed: body.failed.filter((one: Json) => one.code !== code),
      }
    }),
  )

const dynamicFaults: readonly Fault[] = [
  // Rows
  ...bulkFaults({
    ...ROWS,
    created: 'created',
    refused: 'failed',
    withRows: (_, rows) => rows,
    evidence: 'documented',
  }),
  fault(
    'loses the last of many rows',
    'documented',
    'every row has one outcome',
    story('many|values|adds-up'),
    onCreate((body) => {
      if (body.created.length > 3) body.created.pop()
    }),
  ),
  fault(
    'answers a row twice',
    'documented',
    'every row has one outcome',
    story('many|values|adds-up'),
    onCreate((body) => {
      const [first] = body.created
      if (body.created.length > 1) body.created.push({ ...first, id: freshId(first.id) })
    }),
  ),
  fault(
    'crosses the values of two rows',
    'documented',
    "each row's values come back",
    story('values'),
    onCreate(({ created: [a, b] }) => {
      if (b) [a.firstName, b.firstName] = [b.firstName, a.firstName]
    }),
  ),
  fault(
    'crosses the ids of two rows',
    'observed',
    "each row's values come back under its own id",
    story('values|partial|many'),
    onCreate(({ created: [a, b] }) => {
      if (b) [a.id, b.id] = [b.id, a.id]
    }),
  ),
  fault(
    'counts only what it did in the total',
    'documented',
    'the total is the number of rows',
    story('twice|partial|adds-up', /total/),
    onCreate((body) => {
      body.total = body.created.length + body.updated.length
    }),
  ),
  fault(
    'counts one row too many in the total',
    'documented',
    'the total is the number of rows',
    story('twice|many|adds-up', /total/),
    onCreate((body) => void body.total++),
  ),
  fault(
    'gives a failed row the id of another user',
    'assumed',
    'a failed row has an id of its own',
    story('failed-user'),
    ({ send }) => {
      let last = ''
      return async (request, signal) => {
        const reply = await send(request, signal)
        const body = parse(reply.text)
        if (request.operationId !== 'bulkCreateUser' || !isSuccess(reply)) return reply
        for (const { user } of body.failed) user.id = last
        last = body.created[0]?.id ?? last
        return { ...reply, text: JSON.stringify(body) }
      }
    },
  ),
  // Uniqueness
  ...emailFaults(ROWS),
  ...[
    'email_already_exists',
    'username_already_exists',
    'reassign_wallet_error',
    'social_account_already_exists',
    'merge_accounts_invalid',
    'metadata_size_exceeded',
  ].map(letThrough),
  fault(
    'creates twice what comes twice at once',
    'documented',
    'two requests at once create the user once',
    story('at-once'),
    calls.letTwinsAtOnceIn(ROWS),
  ),
  fault(
    'takes an empty user name for a key',
    'assumed',
    '"" and null are no keys',
    story('no-keys'),
    onCreate((body, { body: sent }) => {
      const empty = (parse(sent) as Json[]).filter((row) => row.username === '' || row.username === null).length
      if (empty > 1) body.failed.push({ ...body.created.pop(), code: 'username_already_exists' })
    }),
  ),
  // Upsert
  fault(
    'ignores upsert',
    'documented',
    'upsert updates the user it finds',
    story('getUpdatedUser|adds-up'),
    calls.ignoreQuery('bulkCreateUser', /^upsert$/),
  ),
  fault(
    'upserts without being asked',
    'documented',
    'without upsert nobody is updated',
    story('twice'),
    plantRequest(CREATE, () => (request) => calls.editQuery(request, (query) => query.set('upsert', 'true'))),
  ),
  fault(
    'takes upsert=false for true',
    'documented',
    'upsert=false updates nobody',
    story('upsert-false'),
    plantRequest(
      CREATE,
      () => (request) =>
        calls.editQuery(request, (query) => {
          if (query.has('upsert')) query.set('upsert', 'true')
        }),
    ),
  ),
  fault(
    'duplicates with upsert',
    'documented',
    'upsert updates the user it finds',
    story('getUpdatedUser|adds-up'),
    onUpsert((body) => ({
      ...body,
      created: [...body.created, ...body.updated.map((user: Json) => ({ ...user, id: freshId(user.id) }))],
      updated: [],
    })),
  ),
  fault(
    'updates without saying so',
    'documented',
    'an updated row is among the updated',
    story('getUpdatedUser|adds-up'),
    onUpsert((body) => ({ ...body, updated: [] })),
  ),
  fault(
    'wipes with upsert what is absent',
    'assumed',
    'upsert keeps what is absent',
    story('getUpdatedUser'),
    plantRequest(CREATE, () => (request) => {
      if (!isUpsert(request)) return request
      const rows = ROWS.rowsOf(parse(request.body))
      return {
        ...request,
        body: JSON.stringify(rows.map((row) => ({ firstName: '', lastName: '', jobTitle: '', ...row }))),
      }
    }),
  ),
  fault(
    'keeps with upsert what is sent',
    'documented',
    'upsert puts what is sent in the place of what was',
    story('getUpdatedUser'),
    plantRequest(CREATE, () => (request) => {
      if (!isUpsert(request)) return request
      return {
        ...request,
        body: JSON.stringify(ROWS.rowsOf(parse(request.body)).map(({ firstName: _, ...row }) => row)),
      }
    }),
  ),
  fault(
    'does not create with upsert',
    'documented',
    'upsert creates whom it does not find',
    story('upsert-without-a-match'),
    onUpsert((body) => ({ ...body, created: [] })),
  ),
  fault(
    'minds the case of an e-mail with upsert',
    'assumed',
    'upsert finds the user by an e-mail in another case',
    story('upsert-in-another-case'),
    calls.mindTheCase(ROWS),
  ),
  fault(
    'does not look at the rows before with upsert',
    'assumed',
    'with upsert, a row updates the user of a row before it',
    story('upsert-in-one-request'),
    calls.letTwinsIn(ROWS),
  ),
  fault(
    'replaces wallets with upsert',
    'assumed',
    'upsert adds wallets',
    story('upsert-adds-wallets-and-accounts'),
    plantBody(READ, (body) => {
      body.user.wallets = body.user.wallets.slice(-1)
    }),
  ),
  fault(
    'moves the creation with upsert',
    'assumed',
    'createdAt stays',
    story('timestamps|getUpdatedUser'),
    onUpsert((body) => {
      for (const user of body.updated) user.createdAt = new Date(Date.parse(user.createdAt) + 1000).toISOString()
    }),
  ),
  // Values
  fault(
    'normalises letters',
    'assumed',
    'texts come back as they were',
    story('values|metadata'),
    calls.keepTexts(CREATE, /^(?:email|username)$/, (text) => text.normalize('NFC')),
  ),
  fault(
    'trims texts',
    'documented',
    'spaces around a text break its pattern',
    { cases: /\/refuses\/.*\/pattern(?:\/\w+)?$/, breach: /must satisfy pattern/ },
    calls.keepTexts(CREATE, /^email$/, (text) => text.trim()),
  ),
  fault(
    'joins spaces',
    'documented',
    'texts come back as they were',
    story('values|metadata'),
    calls.keepTexts(CREATE, /^email$/, (text) => text.replace(/ {2,}/g, ' ')),
  ),
  fault(
    'keeps the numbers of metadata as texts',
    'documented',
    'metadata come back as they were',
    story('metadata|values'),
    plantSent(
      CREATE,
      editMetadata((value) => (typeof value === 'number' ? String(value) : value)),
    ),
  ),
  fault(
    'keeps the digits of metadata as numbers',
    'documented',
    'metadata come back as they were',
    story('metadata'),
    plantSent(
      CREATE,
      editMetadata((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
    ),
  ),
  fault(
    'drops empty lists',
    'documented',
    'metadata come back as they were',
    story('metadata|values'),
    plantSent(
      CREATE,
      editMetadata((value) => (Array.isArray(value) && value.length === 0 ? undefined : value)),
    ),
  ),
  fault(
    'drops null',
    'documented',
    'metadata come back as they were',
    story('metadata'),
    plantSent(
      CREATE,
      editMetadata((value) => (value === null ? undefined : value)),
    ),
  ),
  fault(
    'rounds great numbers',
    'documented',
    'metadata come back as they were',
    story('metadata'),
    plantSent(
      CREATE,
      editMetadata((value) => (typeof value === 'number' ? Math.fround(value) : value)),
    ),
  ),
  fault(
    'drops a member that was sent',
    'assumed',
    'every member comes back as it was sent',
    story('getCreatedUser/members', /newsletterNotification/),
    plantSent(CREATE, (body) => {
      for (const row of ROWS.rowsOf(body))
        if (typeof row?.newsletterNotification === 'boolean') delete row.newsletterNotification
    }),
  ),
  fault(
    'answers wallets under the names of the request',
    'documented',
    'wallets have their response names',
    story('credentials', /wallets/),
    plantBody(READ, (body) => {
      for (const wallet of body.user.wallets ?? []) wallet.publicWalletAddress = wallet.publicKey
    }),
  ),
  fault(
    'leaves empty lists out',
    'assumed',
    'lists without items are there, and empty',
    story('empty-lists'),
    onCreate((body) => {
      for (const user of body.created)
        for (const name of Object.keys(user))
          if (Array.isArray(user[name]) && user[name].length === 0) delete user[name]
    }),
  ),
  fault(
    'answers updatedAt before createdAt',
    'assumed',
    'updatedAt is not before createdAt',
    story('timestamps'),
    onCreate((body) => {
      for (const user of body.created) user.updatedAt = new Date(Date.parse(user.createdAt) - 3_600_000).toISOString()
    }),
  ),
  fault(
    'answers timestamps in local time as if in UTC',
    'assumed',
    'createdAt is not before the request',
    story('timestamps'),
    onCreate((body) => {
      for (const user of body.created)
        user.createdAt = new Date(Date.parse(user.createdAt) - 5 * 3_600_000).toISOString()
    }),
  ),
  // Reading, listing, deleting
  fault(
    'reads back what was first read',
    'assumed',
    'a change can be read back',
    story('upsert-adds-wallets-and-accounts'),
    calls.readStale(READ, ({ path }) => path),
  ),
  fault(
    'changes by being read',
    'assumed',
    'reading changes nothing',
    story('steady'),
    calls.changeByReading(READ, 'updatedAt'),
  ),
  fault(
    'deletes nobody',
    'observed',
    'who was deleted is gone',
    story('deleted'),
    calls.deleteNobody(['deleteUser'], { status: 204 }),
  ),
  fault(
    'gives the ids of the deleted away',
    'assumed',
    'ids are not used again',
    story('deleted'),
    calls.reuseIds(
      ['deleteUser'],
      ({ params }) => params?.['userId'],
      (id, body) => (id === 'bulkCreateUser' ? body.created.map((user: Json) => user.id) : []),
    ),
  ),
  fault(
    'skips a user between two pages',
    'observed',
    'the pages of a list add up',
    story('pages'),
    calls.shiftOffset('listUsers', 'offset', 1),
  ),
  fault(
    'repeats a user on the next page',
    'observed',
    'the pages of a list add up',
    story('pages'),
    calls.shiftOffset('listUsers', 'offset', -1),
  ),
  fault(
    'ignores the size of a page',
    'observed',
    'a page holds as many as asked for',
    story('pages'),
    calls.ignoreQuery('listUsers', /^limit$/),
  ),
  fault(
    'sizes a page as it likes where no size is asked for',
    'observed',
    'a page holds twenty users where no limit is asked for',
    story('default-page'),
    calls.assumeQuery('listUsers', 'limit', '10'),
  ),
  fault(
    'counts the page and not the list',
    'observed',
    'the count is that of all who match',
    story('pages', /count/),
    plantBody(LIST, (body) => ({ ...body, count: body.users.length })),
  ),
  fault(
    'ignores filters',
    'observed',
    'filters keep whom they name',
    story('filters|pages'),
    calls.ignoreQuery('listUsers', /^filter\[filter(?:Social|Value)/),
  ),
  fault(
    'looks for the filter in every column',
    'observed',
    'a filter looks at its column',
    story('filters'),
    calls.ignoreQuery('listUsers', /filterColumn/),
  ),
  fault(
    'ignores the order',
    'assumed',
    'a list is in the order asked for',
    story('pages'),
    calls.ignoreQuery('listUsers', /^orderBy$/),
  ),
  // Tenants
  fault(
    'keeps the users of all tenants together',
    'observed',
    'tenants do not meet',
    story('environments'),
    ({ send }) =>
      async (request, signal) => {
        const { environmentId: first } = environments.params
        const { environmentId: second } = environments.secondParams
        if (!request.path.includes(second)) return send(request, signal)
        const reply = await send({ ...request, path: request.path.replace(second, first) }, signal)
        return { ...reply, text: reply.text.replaceAll(first, second) }
      },
  ),
  fault(
    'names the wrong tenant',
    'documented',
    'a user names its tenant',
    story('environments', /projectEnvironmentId/),
    plantReply(CREATE, ({ params }) => (reply) => ({
      ...reply,
      text: reply.text.replace(/("projectEnvironmentId":")[^"]+/g, `$1${params['environmentId']}`),
    })),
  ),
]

/** Every value inside of `metadata`, changed; undefined takes the member away. */
function editMetadata(change: (value: Json) => Json): (body: Json) => Json {
  const inside = (value: Json): Json => {
    if (Array.isArray(value) && value.length > 0) return value.map(inside)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return change(value)
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, one]) => [name, inside(one)])
        .filter(([, one]) => one !== undefined),
    )
  }
  return (body) => ROWS.rowsOf(body).map((row) => (row?.metadata ? { ...row, metadata: inside(row.metadata) } : row))
}

/** Faults of servers that only Dynamic's API can have; two environments are its tenants. */
export const dynamicServers: VendorFaults = { own: dynamicFaults, tenants: environments }
