import type { Json } from '../../documents/read/read-document.ts'
import type { CaseRequest, Send } from '../suite/vocabulary.ts'
import { fault, story } from './fault.ts'
import * as calls from './many-calls.ts'
import { bulkFaults } from './many-rows.ts'
import { eachObject, editSent, isSuccess, parse, plantBody, plantRequest, plantSent } from './plant.ts'
import type { Fault, Ground, VendorFaults } from './vocabulary.ts'

const CREATE = ['createUsersBatch']
const CHANGES = ['patchUser', 'updateUser']
const ROWS: calls.Rows = {
  create: 'createUsersBatch',
  rowsOf: (body) => (Array.isArray(body?.users) ? body.users : []),
  key: 'loginId',
}

const onCreate = (change: (body: Json, request: CaseRequest) => Json) => plantBody(CREATE, change)
const onRows = (change: (row: Json) => void) =>
  plantSent(CREATE, (body) => {
    for (const row of ROWS.rowsOf(body)) if (typeof row === 'object' && row !== null) change(row)
  })
const freshId = (id: string) => id.replace(/^U2..../, 'U2ffff')

/** The request goes to another operation. */
const sendTo =
  (from: string, to: string) =>
  ({ send, kit }: Ground): Send =>
  (request, signal) => {
    const { method, path } = kit.builderOf(to).operation
    return send(request.operationId === from ? { ...request, method, path } : request, signal)
  }

/** Before a patch, the user as it is. */
const patchKnowing =
  (edit: (body: Json, user: Json) => Json): Fault['plant'] =>
  ({ send, kit }) =>
  async (request, signal) => {
    const loginId = parse(request.body)?.loginId
    if (request.operationId !== 'patchUser' || typeof loginId !== 'string' || request.credentials)
      return send(request, signal)
    const user = parse((await send(kit.builderOf('loadUser').request({ query: { loginId } }), signal)).text)?.user
    return send(user ? editSent(request, (body) => edit(body, user)) : request, signal)
  }

const descopeFaults: readonly Fault[] = [
  // Rows
  ...bulkFaults({
    ...ROWS,
    created: 'createdUsers',
    refused: 'failedUsers',
    withRows: (body, users) => ({ ...body, users }),
    evidence: 'observed',
  }),
  fault(
    'loses the last of many rows',
    'observed',
    'every row has one outcome',
    story('many|values'),
    onCreate((body) => {
      if (body.createdUsers.length > 3) body.createdUsers.pop()
    }),
  ),
  fault(
    'answers a row twice',
    'observed',
    'every row has one outcome',
    story('many|values|adds-up'),
    onCreate((body) => {
      const [first] = body.createdUsers
      if (body.createdUsers.length > 1) body.createdUsers.push({ ...first, userId: freshId(first.userId) })
    }),
  ),
  fault(
    'crosses the ids of two rows',
    'observed',
    "each row's values come back under its own id",
    story('values|many'),
    onCreate(({ createdUsers: [a, b] }) => {
      if (b) [a.userId, b.userId] = [b.userId, a.userId]
    }),
  ),
  fault(
    'crosses the values of two rows',
    'observed',
    "each row's values come back",
    story('values'),
    plantSent(CREATE, (body) => {
      const [a, b] = ROWS.rowsOf(body)
      if (b?.loginId && a?.loginId) [a.loginId, b.loginId] = [b.loginId, a.loginId]
    }),
  ),
  // Uniqueness
  fault(
    'lets login_id_exists through',
    'assumed',
    'a login ID is there once',
    { cases: /\/failures\/login_id_exists$/, breach: /failedUsers/ },
    onCreate((body) => ({ ...body, failedUsers: [] })),
  ),
  fault(
    'creates twice what comes twice at once',
    'documented',
    'two requests at once create the user once',
    story('at-once'),
    calls.letTwinsAtOnceIn(ROWS),
  ),
  fault(
    'does not take further login IDs for ones',
    'observed',
    'additional identifiers are login IDs',
    story('additional-identifiers'),
    onRows((row) => void delete row.additionalIdentifiers),
  ),
  // Values
  fault(
    'normalises letters',
    'assumed',
    'texts come back as they were',
    story('values|attributes'),
    calls.keepTexts(CREATE, /^(?:loginId|email|password|hash)$/, (text) => text.normalize('NFKC')),
  ),
  fault(
    'trims texts',
    'assumed',
    'texts come back as they were',
    story('values|attributes'),
    calls.keepTexts(CREATE, /^loginId$/, (text) => text.trim()),
  ),
  fault(
    'joins spaces',
    'observed',
    'texts come back as they were',
    story('values'),
    calls.keepTexts(CREATE, /^loginId$/, (text) => text.replace(/ {2,}/g, ' ')),
  ),
  fault(
    'drops empty lists',
    'assumed',
    'attributes come back as they were',
    story('attributes'),
    onRows(({ customAttributes }) => {
      for (const name of Object.keys(customAttributes ?? {}))
        if (customAttributes[name]?.length === 0) delete customAttributes[name]
    }),
  ),
  fault(
    'keeps the numbers of attributes as texts',
    'assumed',
    'attributes come back as they were',
    story('attributes'),
    onRows(({ customAttributes }) => {
      for (const name of Object.keys(customAttributes ?? {}))
        if (typeof customAttributes[name] === 'number') customAttributes[name] = String(customAttributes[name])
    }),
  ),
  fault(
    'leaves what is empty out',
    'assumed',
    'what was not given comes back empty, not missing',
    story('empty'),
    plantBody(['loadUser'], (body) => {
      for (const name of Object.keys(body.user))
        if (body.user[name] === '' || body.user[name]?.length === 0) delete body.user[name]
    }),
  ),
  fault(
    'does not normalise phones',
    'observed',
    'phones are normalised',
    story('phones|contacts|replaces'),
    ({ send }) => {
      const written = new Map<string, string>()
      return async (request, signal) => {
        for (const [, text = ''] of (request.body ?? '').matchAll(/"(\+1-[^"]+)"/g))
          written.set(text.replace(/[^+\d]/g, ''), text)
        const reply = await send(request, signal)
        return {
          ...reply,
          text: [...written].reduce((all, [plain, text]) => all.replaceAll(`"${plain}"`, `"${text}"`), reply.text),
        }
      }
    },
  ),
  fault(
    'takes a contact without its flag for unverified',
    'observed',
    'a verified flag that is left out is true',
    story('verified'),
    onRows((row) => {
      if (row.email !== undefined && row.verifiedEmail === undefined) row.verifiedEmail = false
    }),
  ),
  fault(
    'takes every contact for verified',
    'observed',
    'a verified flag stays as it was sent',
    story('verified'),
    onRows((row) => {
      if (row.verifiedEmail === false) row.verifiedEmail = true
    }),
  ),
  fault(
    'enables whom it must only invite',
    'observed',
    'a new user is invited',
    story('email-login', /status/),
    onRows((row) => void (row.status ??= 'enabled')),
  ),
  fault(
    'drops the status',
    'observed',
    'the status is as it was sent',
    story('verified'),
    onRows((row) => {
      if (typeof row.status === 'string') delete row.status
    }),
  ),
  fault(
    'does not know the names that clients send',
    'observed',
    'the names that clients send mean the same',
    story('client-names'),
    onRows((row) => void delete row.displayName),
  ),
  fault(
    'answers timestamps in milliseconds',
    'observed',
    'timestamps are in seconds',
    story('timestamps'),
    onCreate((body) => {
      for (const user of body.createdUsers) user.createdTime *= 1000
    }),
  ),
  fault(
    'ignores when a user was created',
    'assumed',
    'createdTime is as it was sent',
    story('timestamps'),
    onRows((row) => {
      if (typeof row.createdTime === 'number') delete row.createdTime
    }),
  ),
  fault(
    'drops a member that was sent',
    'assumed',
    'every member comes back as it was sent',
    story('loadCreatedUser/members', /recoveryEmail/),
    onRows((row) => {
      if (typeof row.recoveryEmail === 'string') delete row.recoveryEmail
    }),
  ),
  // Secrets
  fault(
    'shows the password',
    'documented',
    'passwords are never answered',
    story('passwords', /does not show the password/),
    onCreate((body, { body: sent }) => {
      for (const [at, user] of body.createdUsers.entries())
        user.picture = ROWS.rowsOf(parse(sent))[at]?.password ?? user.picture
    }),
  ),
  fault(
    'shows the hash of a password',
    'documented',
    'hashes are never answered',
    story('passwords', /does not show the (?:bcrypt|md5)/),
    onCreate((body, { body: sent }) => {
      for (const user of body.createdUsers)
        user.picture = JSON.stringify(ROWS.rowsOf(parse(sent)).map(({ hashedPassword }) => hashedPassword))
    }),
  ),
  fault(
    'shows the password of a failed row',
    'documented',
    'passwords are never answered',
    story('passwords', /does not show the password/),
    onCreate((body, { body: sent }) => {
      for (const one of body.failedUsers) one.user.picture = ROWS.rowsOf(parse(sent)).at(-1)?.password ?? ''
    }),
  ),
  fault(
    'does not say that there is a password',
    'documented',
    'that there is a password is told',
    story('passwords', /password/),
    onCreate((body) => {
      for (const user of body.createdUsers) user.password = false
    }),
  ),
  // Changes
  fault(
    'patches by replacing',
    'observed',
    'patch keeps what is absent',
    story('keeps'),
    sendTo('patchUser', 'updateUser'),
  ),
  fault(
    'patches the first of many alone',
    'assumed',
    'each row of a patch of many has its own outcome',
    story('partial', /patchedUsers/),
    plantSent(['patchUsersBatch'], (body) =>
      Array.isArray(body?.users) ? { ...body, users: body.users.slice(0, 1) } : body,
    ),
  ),
  fault(
    'says that it patched, and keeps what was where another row fails',
    'assumed',
    'a good row beside a bad one is kept',
    story('partial', /name/),
    plantSent(['patchUsersBatch'], (body) =>
      body?.users?.length > 1 ? { ...body, users: body.users.map(({ name: _, ...row }: Json) => row) } : body,
    ),
  ),
  fault(
    'updates by patching',
    'documented',
    'update removes what is absent',
    story('removes'),
    sendTo('updateUser', 'patchUser'),
  ),
  fault(
    'changes nothing',
    'observed',
    'patch changes what is sent',
    story('keeps|lists'),
    plantSent(['patchUser'], (body) => ({ loginId: body.loginId })),
  ),
  fault(
    'says that it changed, and keeps what was',
    'documented',
    'an update can be read back',
    story('replaces'),
    ({ send, kit }) =>
      async (request, signal) => {
        const loginId = parse(request.body)?.loginId
        if (request.operationId !== 'updateUser' || typeof loginId !== 'string') return send(request, signal)
        const before = parse((await send(kit.builderOf('loadUser').request({ query: { loginId } }), signal)).text)?.user
        const reply = await send(request, signal)
        if (!before || !isSuccess(reply)) return reply
        const { name, roleNames, ssoAppIds, customAttributes, email } = before
        await send(
          { ...request, body: JSON.stringify({ loginId, email, name, roleNames, ssoAppIds, customAttributes }) },
          signal,
        )
        return reply
      },
  ),
  fault(
    'merges lists',
    'observed',
    'lists of a patch replace',
    story('lists'),
    patchKnowing((body, user) =>
      Array.isArray(body.roleNames)
        ? { ...body, roleNames: [...new Set([...user.roleNames, ...body.roleNames])] }
        : body,
    ),
  ),
  fault(
    'does not clear a list',
    'observed',
    '[] clears',
    story('lists'),
    plantSent(['patchUser'], (body) =>
      Object.fromEntries(Object.entries<Json>(body).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    ),
  ),
  fault(
    'replaces all attributes for one',
    'assumed',
    'attributes of a patch are merged',
    story('attributes'),
    patchKnowing((body, user) =>
      body.customAttributes
        ? {
            ...body,
            customAttributes: {
              ...Object.fromEntries(Object.keys(user.customAttributes).map((name) => [name, null])),
              ...body.customAttributes,
            },
          }
        : body,
    ),
  ),
  fault(
    'clears with null',
    'assumed',
    'null in a patch keeps',
    story('null-and-empty'),
    plantSent(['patchUser'], (body) =>
      Object.fromEntries(Object.entries<Json>(body).map(([name, value]) => [name, value === null ? [] : value])),
    ),
  ),
  fault(
    'does not clear a text',
    'assumed',
    'an empty text in a patch clears',
    story('null-and-empty'),
    plantSent(['patchUser'], (body) =>
      Object.fromEntries(Object.entries<Json>(body).filter(([, value]) => value !== '')),
    ),
  ),
  fault(
    'resets the status with an update',
    'observed',
    'update keeps the status',
    story('removes', /status/),
    plantSent(['updateUser'], (body) => ({ status: 'invited', ...body })),
  ),
  fault(
    'does not know user IDs in the place of login IDs',
    'observed',
    'a user ID may stand in the place of the login ID',
    story('by-user-id'),
    plantSent(CHANGES, (body) =>
      typeof body.loginId === 'string' && /^U2/.test(body.loginId) ? { ...body, loginId: 'nobody' } : body,
    ),
  ),
  // Reading, searching, deleting
  fault(
    'reads back what was first read',
    'assumed',
    'a change can be read back',
    story('passwords|keeps'),
    calls.readStale(['loadUser'], ({ path }) => path),
  ),
  fault(
    'changes by being read',
    'assumed',
    'reading changes nothing',
    story('steady'),
    calls.changeByReading(['loadUser'], 'modifiedTime'),
  ),
  fault(
    'shows test users to whoever searches',
    'documented',
    'test users stay out of a search',
    story('test-users'),
    plantSent(['searchUsers'], (body) => ({ withTestUser: true, ...body })),
  ),
  fault(
    'shows all users to whoever searches for test users',
    'documented',
    'a search for test users finds them only',
    story('test-users'),
    plantSent(['searchUsers'], ({ testUsersOnly, ...body }) => ({
      ...body,
      ...(testUsersOnly && { withTestUser: true }),
    })),
  ),
  fault(
    'skips a user between two pages',
    'documented',
    'the pages of a search add up',
    story('pages'),
    plantBody(['searchUsers'], (body, { body: sent }) => {
      if (parse(sent).page > 0) body.users.shift()
    }),
  ),
  fault(
    'ignores the size of a page',
    'documented',
    'a page holds as many as asked for',
    story('pages'),
    plantSent(['searchUsers'], ({ limit: _, ...body }) => body),
  ),
  fault(
    'counts pages from 1',
    'documented',
    'pages count from 0',
    story('pages'),
    plantSent(['searchUsers'], (body) => (body.page > 0 ? { ...body, page: body.page - 1 } : body)),
  ),
  fault(
    'counts the page and not the list',
    'documented',
    'the total is that of all who match',
    story('pages', /total/),
    plantBody(['searchUsers'], (body) => ({ ...body, total: body.users.length })),
  ),
  fault(
    'ignores filters',
    'documented',
    'filters keep whom they name',
    story('filters'),
    plantSent(['searchUsers'], ({ statuses: _, ...body }) => body),
  ),
  fault(
    'sizes a page as it likes where no size is asked for',
    'documented',
    'a page holds a hundred users where no limit is asked for',
    story('default-page'),
    plantSent(['searchUsers'], (body) => ({ ...body, limit: body.limit || 50 })),
  ),
  fault(
    'creates whom it must invite again',
    'observed',
    'a user ID in the place of the login ID invites that user again',
    story('invitations'),
    plantSent(CREATE, (body) => void delete body.invite),
  ),
  fault(
    'needs one of several filters',
    'documented',
    'filters hold together',
    story('filters'),
    plantSent(['searchUsers'], (body) => (body.statuses && body.emails ? { ...body, statuses: undefined } : body)),
  ),
  fault(
    'ignores the order',
    'assumed',
    'a search is in the order asked for',
    story('pages'),
    plantSent(['searchUsers'], ({ sort: _, ...body }) => body),
  ),
  fault(
    'deletes nobody',
    'observed',
    'who was deleted is gone',
    story('gone|exactly'),
    calls.deleteNobody(['deleteUser', 'deleteUsersBatch'], { status: 200, body: {} }),
  ),
  fault(
    'deletes only the first',
    'observed',
    'exactly those who are named are deleted',
    story('exactly'),
    plantSent(['deleteUsersBatch'], (body) =>
      Array.isArray(body?.userIds) ? { userIds: body.userIds.slice(0, 1) } : body,
    ),
  ),
  fault(
    'gives the ids of the deleted away',
    'assumed',
    'ids are not used again',
    story('gone'),
    calls.reuseIds(
      ['deleteUser'],
      ({ body }) => parse(body)?.userId,
      (id, body) => (id === 'createUsersBatch' ? body.createdUsers.map((user: Json) => user.userId) : []),
    ),
  ),
  // Tenants
  fault(
    'keeps the users of all tenants together',
    'documented',
    'tenants do not meet',
    story('projects'),
    plantRequest(
      undefined,
      () =>
        ({ credentials, ...request }) =>
          credentials === 'second' ? request : { ...request, ...(credentials && { credentials }) },
    ),
  ),
  fault(
    'shows a member only where it is true',
    'assumed',
    'what was not given comes back empty, not missing',
    story('empty'),
    plantBody(
      ['loadUser'],
      (body) =>
        void eachObject(body, (one) => {
          for (const name of Object.keys(one)) if (one[name] === false) delete one[name]
        }),
    ),
  ),
]

/** Faults of servers that only Descope's API can have. */
export const descopeServers: VendorFaults = { own: descopeFaults, badTokens: ['no-colon', ':key:more', 'project:'] }
