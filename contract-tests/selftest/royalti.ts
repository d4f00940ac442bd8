import type { Json } from '../../documents/read/read-document.ts'
import { fault, story } from './fault.ts'
import * as calls from './many-calls.ts'
import { bulkFaults, emailFaults } from './many-rows.ts'
import { plantBody, plantRequest, plantSent } from './plant.ts'
import type { Fault, VendorFaults } from './vocabulary.ts'

const CREATE = ['bulkCreateUsers']
const LIST = ['listUsers']
const ROWS: calls.Rows = {
  create: 'bulkCreateUsers',
  rowsOf: (body) => (Array.isArray(body?.users) ? body.users : []),
  key: 'email',
}

const onCreate = (change: (body: Json) => Json) => plantBody(CREATE, change)

const royaltiFaults: readonly Fault[] = [
  // Rows
  ...bulkFaults({
    ...ROWS,
    created: 'createdUsers',
    refused: 'errors',
    withRows: (body, users) => ({ ...body, users }),
    evidence: 'documented',
  }),
  fault(
    'loses the last of many rows',
    'documented',
    'every row has one outcome',
    story('pages|filters', /createdUsers/),
    onCreate((body) => {
      if (body.createdUsers.length > 3) body.createdUsers.pop()
    }),
  ),
  fault(
    'answers a row twice',
    'documented',
    'every row has one outcome',
    story('many|values|adds-up'),
    onCreate((body) => {
      if (body.createdUsers.length > 1) body.createdUsers.push(body.createdUsers[0])
    }),
  ),
  fault(
    'crosses the values of two rows',
    'documented',
    "each row's values come back",
    story('values'),
    plantSent(CREATE, (body) => {
      const [a, b] = ROWS.rowsOf(body)
      if (typeof b?.email === 'string' && typeof a?.email === 'string') [a.email, b.email] = [b.email, a.email]
    }),
  ),
  fault(
    'counts more rows than it got',
    'documented',
    'processedCount is no more than the rows',
    story('many|twice', /processedCount is a whole number/),
    onCreate((body) => void (body.processedCount += 50)),
  ),
  fault(
    'counts only what it did',
    'assumed',
    'processedCount is that of the created and the already associated',
    story('twice|partial|adds-up', /processedCount/),
    onCreate((body) => {
      body.processedCount = body.createdUsers.length
    }),
  ),
  fault(
    'names the created by their e-mails',
    'documented',
    'the created are told by their names',
    story('values|many|partial'),
    plantBody(CREATE, (body, { body: sent = '' }) => {
      body.createdUsers = body.createdUsers.map(
        (name: string, at: number) => ROWS.rowsOf(JSON.parse(sent))[at]?.email ?? name,
      )
    }),
  ),
  fault(
    'says something else than done',
    'documented',
    'the message is "Done."',
    story('twice', /message/),
    onCreate((body) => ({ ...body, message: 'OK' })),
  ),
  // Uniqueness
  ...emailFaults(ROWS),
  fault(
    'lets already_associated through',
    'documented',
    'an e-mail is there once',
    { cases: /\/failures\/already_associated$/, breach: /errors/ },
    plantBody(CREATE, (body, { body: sent = '' }) => {
      const names = ROWS.rowsOf(JSON.parse(sent)).map(({ firstName, lastName }) => `${firstName} ${lastName}`)
      return body.errors.some((text: string) => text.includes('already'))
        ? { ...body, createdUsers: names, errors: [] }
        : body
    }),
  ),
  fault(
    'lets invalid_email through',
    'documented',
    'an e-mail is an address',
    { cases: /\/failures\/invalid_email$|\/stories\/texts$/, breach: /errors/ },
    plantSent(CREATE, (body) => {
      for (const row of ROWS.rowsOf(body))
        if (typeof row?.email === 'string' && !row.email.includes('@')) row.email = `${row.email}@example.com`
    }),
  ),
  fault(
    'takes everything with an @ for an e-mail',
    'assumed',
    'an e-mail is an address',
    story('texts', /errors/),
    plantSent(CREATE, (body) => {
      for (const row of ROWS.rowsOf(body)) {
        if (typeof row?.email === 'string' && /@.*@|@$|^@| /.test(row.email))
          row.email = `${row.email.replace(/[^a-z]/g, '')}@example.com`
      }
    }),
  ),
  fault(
    'names the last name first in its messages',
    'documented',
    'a failed row is told in the documented words',
    { cases: /\/failures\/already_associated$/, breach: /errors/ },
    onCreate((body) => {
      body.errors = body.errors.map((text: string) => text.replace(/^User (\S+) (\S+)/, 'User $2 $1'))
    }),
  ),
  fault(
    'creates twice what comes twice at once',
    'assumed',
    'two requests at once create the user once',
    story('at-once'),
    calls.letTwinsAtOnceIn(ROWS),
  ),
  // Values
  fault(
    'normalises letters',
    'assumed',
    'texts come back as they were',
    story('values'),
    calls.keepTexts(CREATE, /^email$/, (text) => text.normalize('NFKC')),
  ),
  fault(
    'trims texts',
    'assumed',
    'texts come back as they were',
    story('kept-spaces'),
    calls.keepTexts(CREATE, /^email$/, (text) => text.trim()),
  ),
  fault(
    'joins spaces',
    'documented',
    'texts come back as they were',
    story('values'),
    calls.keepTexts(CREATE, /^email$/, (text) => text.replace(/ {2,}/g, ' ')),
  ),
  fault(
    'fills a template with what was sent',
    'documented',
    'texts come back as they were',
    story('values'),
    calls.keepTexts(CREATE, /^email$/, (text) => text.replace('{firstName}', 'Ada')),
  ),
  fault(
    'drops the country',
    'assumed',
    'what was sent can be read back',
    story('twice|partial|many|values'),
    plantSent(CREATE, (body) => {
      for (const row of ROWS.rowsOf(body))
        if (typeof row === 'object' && row !== null && typeof row.country === 'string') delete row.country
    }),
  ),
  fault(
    'invites though it must not',
    'assumed',
    'with sendEmail false nobody is invited',
    story('getUser', /invite/),
    plantSent(CREATE, (body) => (body?.sendEmail === false ? { ...body, sendEmail: true } : body)),
  ),
  fault(
    'invites only when told to',
    'assumed',
    'whoever has an e-mail is invited, unless sendEmail is false',
    story('invitations', /invite/),
    plantSent(CREATE, (body) =>
      Array.isArray(body?.users) && body.sendEmail === undefined ? { ...body, sendEmail: false } : body,
    ),
  ),
  fault(
    'answers updatedAt before createdAt',
    'assumed',
    'updatedAt is not before createdAt',
    story('timestamps'),
    plantBody(LIST, (body) => {
      for (const user of body.Users)
        if (user.createdAt) user.updatedAt = new Date(Date.parse(user.createdAt) - 3_600_000).toISOString()
    }),
  ),
  // Reading, listing, deleting
  fault(
    'reads back what was first read',
    'documented',
    'a change can be read back',
    story('exactly'),
    calls.readStale(LIST, (request) => calls.queryOf(request).get('q') ?? undefined),
  ),
  fault(
    'changes by being read',
    'assumed',
    'reading changes nothing',
    story('steady'),
    calls.changeByReading(LIST, 'updatedAt'),
  ),
  fault(
    'deletes nobody',
    'documented',
    'who was deleted is gone',
    story('exactly'),
    calls.deleteNobody(['deleteUsers'], {
      status: 200,
      body: { message: 'Done.', processedCount: 2, failedDeletions: [] },
    }),
  ),
  fault(
    'deletes only the first',
    'documented',
    'exactly those who are named are deleted',
    story('exactly'),
    plantSent(['deleteUsers'], (body) => (Array.isArray(body?.ids) ? { ids: body.ids.slice(0, 1) } : body)),
  ),
  fault(
    'does not report whom it did not delete',
    'assumed',
    'who was not deleted is reported',
    story('exactly|workspaces', /failedDeletions/),
    plantBody(['deleteUsers'], (body) => ({ ...body, failedDeletions: [] })),
  ),
  fault(
    'gives the ids of the deleted away',
    'assumed',
    'ids are not used again',
    story('exactly'),
    calls.reuseIds(
      ['deleteUsers'],
      ({ body = '' }) => JSON.parse(body).ids[0],
      (id, body) => (id === 'listUsers' ? body.Users.map((user: Json) => user.id) : []),
    ),
  ),
  fault(
    'skips a user between two pages',
    'documented',
    'the pages of a list add up',
    story('pages'),
    plantBody(LIST, (body, request) => {
      if (Number(calls.queryOf(request).get('page')) > 1) body.Users.shift()
    }),
  ),
  fault('repeats a user on the next page', 'documented', 'the pages of a list add up', story('pages'), ({ send }) => {
    let last: Json
    return async (request, signal) => {
      const reply = await send(request, signal)
      if (request.operationId !== 'listUsers' || reply.status !== 200) return reply
      const body = JSON.parse(reply.text)
      if (Number(calls.queryOf(request).get('page')) > 1 && body.Users.length > 0) body.Users[0] = last ?? body.Users[0]
      last = body.Users.at(-1)
      return { ...reply, text: JSON.stringify(body) }
    }
  }),
  fault(
    'ignores the size of a page',
    'documented',
    'a page holds as many as asked for',
    story('pages'),
    calls.ignoreQuery('listUsers', /^size$/),
  ),
  fault(
    'sizes a page as it likes where no size is asked for',
    'documented',
    'a page holds ten users where no size is asked for',
    story('default-page'),
    calls.assumeQuery('listUsers', 'size', '20'),
  ),
  fault(
    'begins with the oldest where no order is asked for',
    'assumed',
    'a list begins with the newest change',
    story('default-order'),
    calls.assumeQuery('listUsers', 'order', 'asc'),
  ),
  fault(
    'counts the page and not the list',
    'documented',
    'the count is that of all who match',
    story('pages', /totalUsers/),
    plantBody(LIST, (body) => ({ ...body, totalUsers: body.Users.length })),
  ),
  fault(
    'ignores filters',
    'documented',
    'filters keep whom they name',
    story('filters'),
    calls.ignoreQuery('listUsers', /^(?:role|externalId)$/),
  ),
  fault(
    'takes a list of roles for one role',
    'documented',
    'filters keep whom they name',
    story('filters'),
    plantRequest(
      LIST,
      () => (request) =>
        calls.editQuery(request, (query) => {
          if (query.has('role')) query.set('role', query.get('role')?.split(',')[0] ?? '')
        }),
    ),
  ),
  fault(
    'ignores the attributes asked for',
    'assumed',
    'the list holds the attributes asked for',
    story('filters', /members/),
    calls.ignoreQuery('listUsers', /^attributes$/),
  ),
  fault(
    'ignores the order',
    'documented',
    'a list is in the order asked for',
    story('pages'),
    calls.ignoreQuery('listUsers', /^order$/),
  ),
  fault(
    'sorts by another field than asked for',
    'documented',
    'a list is in the order asked for',
    story('pages'),
    calls.ignoreQuery('listUsers', /^sort$/),
  ),
  // Tenants
  fault(
    'keeps the users of all tenants together',
    'documented',
    'tenants do not meet',
    story('workspaces'),
    plantRequest(
      undefined,
      () =>
        ({ credentials, ...request }) =>
          credentials === 'second' ? request : { ...request, ...(credentials && { credentials }) },
    ),
  ),
]

/** Faults of servers that only Royalti.io's API can have. */
export const royaltiServers: VendorFaults = { own: royaltiFaults }
