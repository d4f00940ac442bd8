import type { components, operations } from '../../generated/descope/types.ts'
import { defineBehaviours, type FailureOf, type ReplyOf, type TurnOf } from '../engine/define-behaviours.ts'
import type { BodyOf, Draft, Keys, Operation, Refusal, World } from '../engine/vocabulary.ts'

type Schemas = components['schemas']
type ResponseUser = Schemas['ResponseUser']
type Row = Schemas['CreateUsers']
type Identifiers = Pick<Row, 'additionalIdentifiers' | 'additionalLoginIds'>
type Changes = Schemas['PatchUserRequest'] & Schemas['UpdateUserRequest']

/** Users are kept as the API shows them. Passwords and seeds are not kept at all. */
export interface DescopeRecords {
  readonly users: ResponseUser
}

type Users = Draft<ResponseUser>
type Given<Id extends keyof operations> = TurnOf<operations[Id], DescopeRecords>
type Decided<Id extends keyof operations> = ReplyOf<operations[Id]> | Refusal
type PatchFailure = FailureOf<operations['patchUsersBatch']>
type RowFailure = 'login_id_exists' | 'missing_login_id' | 'password_conflict'

const NAME_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const seconds = (world: World): number => Math.floor(world.now.getTime() / 1000)

// ---------------------------------------------------------------------------------------------------------- creation

function createUsersBatch(turn: Given<'createUsersBatch'>): Decided<'createUsersBatch'> {
  const {
    input: { body },
    collections: { users },
    world,
    failures,
    failRow,
  } = turn
  const reply: BodyOf<operations['createUsersBatch'], 200> = { createdUsers: [], failedUsers: [], additionalErrors: {} }
  for (const row of body.users) {
    const invited = body.invite && row.loginId ? users.get(row.loginId) : undefined
    const loginIds = loginIdsOf(row.loginId, row)
    const failure = failRow(row.email ?? row.loginId)?.id ?? (invited ? undefined : rowFailure(row, loginIds, users))
    if (failure) {
      reply.failedUsers.push({ failure: failures[failure]?.message ?? failure, user: newUser('', row, loginIds, 0) })
      continue
    }
    // With an invitation, a user ID in the place of the login ID invites that user again and creates nobody.
    const user = invited ?? create(row, loginIds, users, world)
    reply.createdUsers.push(user)
    if (body.invite) inviteUser(user, turn)
  }
  return { status: 200, body: reply }
}

function rowFailure(row: Row, loginIds: readonly string[], users: Users): RowFailure | undefined {
  if (!row.loginId) return 'missing_login_id'
  if (isGiven(row.password) && isGiven(row.hashedPassword)) return 'password_conflict'
  return loginIds.some((id) => users.find('loginId', id)) ? 'login_id_exists' : undefined
}

function create(row: Row, loginIds: string[], users: Users, world: World): ResponseUser {
  const { id } = users.fresh((n) => world.letters('U2', 26, NAME_LETTERS, 'user', n))
  const user = newUser(id, row, loginIds, seconds(world))
  users.add(user, keysOf(user))
  return user
}

const keysOf = ({ loginIds }: ResponseUser): Keys => loginIds.map((id) => ['loginId', id] as const)

function inviteUser(user: ResponseUser, { input, world, invite }: Given<'createUsersBatch'>): void {
  const { sendMail, sendSMS, inviteUrl } = input.body
  const bySms = sendSMS === true && user.phone !== ''
  const byMail = sendMail !== false && user.email !== '' && !(bySms && sendMail !== true)
  for (const to of [...(byMail ? [user.email] : []), ...(bySms ? [user.phone] : [])]) {
    invite({
      to,
      at: world.timestamp,
      userId: user.userId,
      ...(isGiven(inviteUrl) && { url: inviteUrl }),
    })
  }
}

/** Unset fields are empty, not missing. */
function newUser(userId: string, row: Row, loginIds: string[], now: number): ResponseUser {
  const [loginId = ''] = loginIds
  const email = row.email ?? (isEmail(loginId) ? loginId : '')
  const phone = normalisePhone(row.phone ?? (isPhone(loginId) ? loginId : ''))
  const { name, givenName, middleName, familyName } = namesOf(row)
  const { recoveryEmail, recoveryPhone, verifiedRecoveryEmail, verifiedRecoveryPhone } = recoveryOf(row)
  // Written out and not spread: a spread makes the object slow to build, and slow to write out.
  return {
    loginIds,
    externalIds: [...loginIds],
    userId,
    name,
    givenName,
    middleName,
    familyName,
    email,
    phone,
    verifiedEmail: row.verifiedEmail ?? email !== '',
    verifiedPhone: row.verifiedPhone ?? phone !== '',
    picture: row.picture ?? '',
    roleNames: row.roleNames ?? [],
    permissions: [],
    userTenants: (row.userTenants ?? []).map(toUserTenant),
    ssoAppIds: row.ssoAppIds ?? row.ssoAppIDs ?? [],
    status: row.status ?? 'invited',
    test: row.test ?? false,
    customAttributes: withoutNulls(row.customAttributes ?? {}),
    createdTime: row.createdTime ?? now,
    modifiedTime: now,
    password: Boolean(row.password) || isGiven(row.hashedPassword),
    TOTP: isGiven(row.seed) && row.seed !== '',
    SAML: false,
    SCIM: false,
    OIDC: false,
    OAuth: {},
    webauthn: false,
    push: false,
    editable: false,
    consentExpiration: 0,
    recoveryEmail,
    recoveryPhone,
    verifiedRecoveryEmail,
    verifiedRecoveryPhone,
  }
}

const isGiven = <T>(value: T): value is NonNullable<T> => value !== null && value !== undefined

/** The main login ID first, then the additional ones, each once; phones normalised. */
function loginIdsOf(loginId: string | undefined, row: Identifiers): string[] {
  const ids = new Set<string>()
  for (const id of [loginId, ...(row.additionalIdentifiers ?? row.additionalLoginIds ?? [])]) {
    if (id) ids.add(normaliseLoginId(id))
  }
  return [...ids]
}

function namesOf(row: Pick<Row, 'name' | 'displayName' | 'givenName' | 'middleName' | 'familyName'>) {
  return {
    name: row.name ?? row.displayName ?? '',
    givenName: row.givenName ?? '',
    middleName: row.middleName ?? '',
    familyName: row.familyName ?? '',
  }
}

function recoveryOf(
  row: Pick<Row, 'recoveryEmail' | 'recoveryPhone' | 'verifiedRecoveryEmail' | 'verifiedRecoveryPhone'>,
) {
  return {
    recoveryEmail: row.recoveryEmail ?? '',
    recoveryPhone: normalisePhone(row.recoveryPhone ?? ''),
    verifiedRecoveryEmail: row.verifiedRecoveryEmail ?? false,
    verifiedRecoveryPhone: row.verifiedRecoveryPhone ?? false,
  }
}

function toUserTenant({ tenantId = '', roleNames = [] }: Schemas['AssociatedTenant']): Schemas['UserTenant'] {
  return { tenantId, tenantName: '', roleNames, permissions: [] }
}

const withoutNulls = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.keys(attributes).some((name) => attributes[name] === null)
    ? Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null))
    : attributes

/** No address is longer (RFC 5321, 4.5.3.1), and the pattern takes the square of the length. */
const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
const isPhone = (text: string): boolean => /^\+[\d\s().-]{6,}$/.test(text)
/** `+1-555-555-5555` is kept as `+15555555555`. */
const normalisePhone = (text: string): string => text.replace(/[\s().-]/g, '')
const normaliseLoginId = (id: string): string => (isPhone(id) ? normalisePhone(id) : id)

// ------------------------------------------------------------------------------------------------------------ changes

/** The user that a login ID or a user ID names. Either may stand in the place of the login ID. */
function findUser(
  { loginId, userId }: { loginId?: string | undefined; userId?: string | undefined },
  users: Users,
): ResponseUser | Refusal {
  if (!loginId && !userId) return refusal('E011002', 'loginId or userId is required')
  const byLogin = loginId ? (users.find('loginId', normaliseLoginId(loginId)) ?? users.get(loginId)) : undefined
  const byId = userId ? users.get(userId) : undefined
  const found = byLogin ?? byId
  if (!found || (loginId && !byLogin) || (userId && !byId)) return refusal('E112102', 'Cannot find user')
  if (byLogin && byId && byLogin.userId !== byId.userId)
    return refusal('E011004', 'loginId and userId name different users')
  return found
}

function patchUser({ input, collections: { users }, world, failRow }: Given<'patchUser'>): Decided<'patchUser'> {
  const struck = failRow(input.body.email)
  return struck ? refusal(struck.id, '') : patchOne(input.body, users, world)
}

function patchOne(body: Schemas['PatchUserRequest'], users: Users, world: World) {
  const found = findUser(body, users)
  if ('refused' in found) return found
  const refused = refuseLists(body)
  if (refused) return refused
  return change(found, patched(found, body as Changes), body, users, world)
}

/** What refuses a user alone refuses a row of many, by the code that it has there. */
const ROW_FAILURES: Readonly<Record<string, PatchFailure>> = {
  E112102: 'user_not_found',
  E011002: 'missing_identifier',
  E111127: 'identifier_taken',
  E011004: 'invalid_arguments',
}

function patchUsersBatch(turn: Given<'patchUsersBatch'>): Decided<'patchUsersBatch'> {
  const { input, collections, world, failures, failRow } = turn
  const reply: BodyOf<operations['patchUsersBatch'], 200> = { patchedUsers: [], failedUsers: [], additionalErrors: {} }
  for (const row of input.body.users) {
    const struck = failRow(row.email ?? row.loginId)
    const outcome = struck ? refusal(struck.id, '') : patchOne(row, collections.users, world)
    if (!('refused' in outcome)) reply.patchedUsers.push(outcome.body.user)
    else {
      const id = ROW_FAILURES[outcome.rule as string] ?? (outcome.rule as PatchFailure)
      reply.failedUsers.push({ failure: failures[id]?.message ?? outcome.message, user: shownOf(row) })
    }
  }
  return { status: 200, body: reply }
}

/** A row that failed, as a user: without its lists, which may be anything. */
function shownOf(row: Schemas['PatchUserRequest']): ResponseUser {
  const { roleNames: _, userTenants: __, ssoAppIds: ___, ...rest } = row
  return newUser('', rest as Row, loginIdsOf(row.loginId, row), 0)
}

/** The three members of a patch that may be any JSON value: null keeps, anything but such a list as clients send is refused. */
function refuseLists(body: Schemas['PatchUserRequest']): Refusal | undefined {
  for (const [name, isItem] of LISTS) {
    const value = body[name]
    if (isGiven(value) && !isListOf(isItem, value)) {
      return refusal('E011004', `/${name} must be such a list as a user shows`)
    }
  }
  return undefined
}

const isListOf = (isItem: (item: unknown) => boolean, value: unknown): boolean =>
  Array.isArray(value) && value.every(isItem)
function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isTenant(value: unknown): boolean {
  const { tenantId, roleNames } = Object(value)
  return isText(tenantId) && (roleNames === undefined || isListOf(isText, roleNames))
}

const LISTS = [
  ['roleNames', isText],
  ['userTenants', isTenant],
  ['ssoAppIds', isText],
] as const

/** What overwrites as it is given. */
const OVERWRITING = [
  ...([
    'givenName',
    'middleName',
    'familyName',
    'picture',
    'status',
    'roleNames',
    'ssoAppIds',
    'test',
    'email',
  ] as const),
  ...(['verifiedEmail', 'verifiedPhone', 'recoveryEmail', 'verifiedRecoveryEmail', 'verifiedRecoveryPhone'] as const),
] satisfies readonly (keyof Changes & keyof ResponseUser)[]

/** Absent and null stay; lists replace, and an empty list clears; attributes merge, and a null among them removes one. */
function patched(before: ResponseUser, changes: Changes): ResponseUser {
  const after = { ...before }
  for (const name of OVERWRITING) {
    const value = changes[name]
    if (isGiven(value)) (after as Record<string, unknown>)[name] = value
  }
  const { email, phone, recoveryPhone, ssoAppIDs, userTenants, scim, customAttributes } = changes
  const name = changes.name ?? changes.displayName
  if (isGiven(name)) after.name = name
  if (isGiven(phone)) {
    after.phone = normalisePhone(phone)
    after.verifiedPhone = changes.verifiedPhone ?? phone !== ''
  }
  if (isGiven(recoveryPhone)) after.recoveryPhone = normalisePhone(recoveryPhone)
  if (isGiven(email)) after.verifiedEmail = changes.verifiedEmail ?? email !== ''
  if (isGiven(ssoAppIDs) && !isGiven(changes.ssoAppIds)) after.ssoAppIds = ssoAppIDs
  if (isGiven(userTenants)) after.userTenants = userTenants.map(toUserTenant)
  if (isGiven(scim)) after.SCIM = scim
  if (isGiven(customAttributes)) {
    after.customAttributes = withoutNulls({ ...before.customAttributes, ...customAttributes })
  }
  return after
}

function updateUser({ input, collections: { users }, world, failRow }: Given<'updateUser'>): Decided<'updateUser'> {
  const struck = failRow(input.body.email)
  if (struck) return refusal(struck.id, '')
  const found = findUser(input.body, users)
  if ('refused' in found) return found
  return change(found, updated(found, input.body), input.body, users, world)
}

/** What is absent is removed; user ID, login IDs, status and whether it is a test user stay. */
function updated(before: ResponseUser, row: Schemas['UpdateUserRequest']): ResponseUser {
  const email = row.email ?? ''
  const phone = normalisePhone(row.phone ?? '')
  return {
    ...before,
    ...namesOf(row),
    email,
    phone,
    verifiedEmail: row.verifiedEmail ?? email !== '',
    verifiedPhone: row.verifiedPhone ?? phone !== '',
    picture: row.picture ?? '',
    roleNames: row.roleNames ?? [],
    userTenants: (row.userTenants ?? []).map(toUserTenant),
    ssoAppIds: row.ssoAppIds ?? row.ssoAppIDs ?? [],
    status: row.status ?? before.status,
    test: row.test ?? before.test,
    customAttributes: withoutNulls(row.customAttributes ?? {}),
    ...recoveryOf(row),
  }
}

/** Keeps the changed user, with the other login IDs replaced where the request names some. @param user nobody else's yet */
function change({ userId, loginIds }: ResponseUser, user: ResponseUser, body: Identifiers, users: Users, world: World) {
  const [loginId] = loginIds
  const names = (body.additionalIdentifiers ?? body.additionalLoginIds) ? loginIdsOf(loginId, body) : loginIds
  const taken = names.find((name) => (users.find('loginId', name)?.userId ?? userId) !== userId)
  if (taken !== undefined) return refusal('E111127', 'An additional identifier is a login ID of another user')
  user.loginIds = names
  user.externalIds = [...names]
  user.modifiedTime = seconds(world)
  users.put(user)
  return { status: 200 as const, body: { user, created: false } satisfies Schemas['UserResponse'] }
}

// ---------------------------------------------------------------------------------------------------------- read-back

function loadUser({ input, collections: { users } }: Given<'loadUser'>): Decided<'loadUser'> {
  const found = findUser(input.query, users)
  return 'refused' in found ? found : { status: 200, body: { user: found } satisfies Schemas['LoadUserResponse'] }
}

/** No page says how many users one search may give: all of a million would be a reply that others wait for. */
const MOST_FOUND = 1000

function searchUsers({ input, collections: { users } }: Given<'searchUsers'>): Decided<'searchUsers'> {
  const { body } = input
  const tests = testsOf(body)
  const limit = Math.min(body.limit || 100, MOST_FOUND)
  const start = body.offset || (body.page ?? 0) * limit
  const found = users.select({
    picks: (user) => tests.every((test) => test(user)),
    first: start + limit,
    ...(body.sort && orderOf(body.sort)),
  })
  return {
    status: 200,
    body: {
      users: found.slice(start, start + limit),
      total: found.length,
    } satisfies Schemas['SearchUsersResponse'],
  }
}

/** What one field says nothing about, the next may. */
function orderOf(sort: NonNullable<Schemas['SearchUsersRequest']['sort']>) {
  const steps = sort.flatMap(({ field, desc }) => {
    const key = SORT_KEYS.get(field)
    return key ? [{ key, factor: desc ? -1 : 1 }] : []
  })
  type Keys = readonly (string | number)[]
  return {
    by: (user: ResponseUser): Keys => steps.map(({ key }) => key(user)),
    compare: (some: Keys, others: Keys): number => {
      for (const [at, { factor }] of steps.entries()) {
        const [one, other] = [some[at] as string, others[at] as string]
        if (one !== other) return one < other ? -factor : factor
      }
      return 0
    },
  }
}

const SORT_KEYS = new Map<string | undefined, (user: ResponseUser) => string | number>(
  Object.entries({
    id: ({ userId }: ResponseUser) => userId,
    externalId: ({ loginIds }: ResponseUser) => loginIds[0] as string,
    displayName: ({ name }: ResponseUser) => name,
    phoneNumber: ({ phone }: ResponseUser) => phone,
    email: ({ email }: ResponseUser) => email,
    status: ({ status }: ResponseUser) => status,
    tenant: ({ userTenants }: ResponseUser) => userTenants[0]?.tenantId ?? '',
    createdTime: ({ createdTime }: ResponseUser) => createdTime,
    modifiedTime: ({ modifiedTime = 0 }: ResponseUser) => modifiedTime,
  }),
)

type Test = (user: ResponseUser) => boolean

/** What a search asks of each user, of the filters that it has: an empty list filters nothing. */
function testsOf(search: Schemas['SearchUsersRequest']): Test[] {
  const tests: Test[] = []
  if (search.testUsersOnly) tests.push(({ test }) => test)
  else if (!search.withTestUser) tests.push(({ test }) => !test)
  /** Times of a user are in seconds, those of a search in milliseconds. */
  const within = (timeOf: (user: ResponseUser) => number, from?: string | number, to?: string | number) => {
    if (from) tests.push((user) => timeOf(user) * 1000 >= Number(from))
    if (to) tests.push((user) => timeOf(user) * 1000 <= Number(to))
  }
  const meets = (wanted: readonly string[] | undefined, has: (user: ResponseUser, one: string) => boolean) => {
    if (wanted?.length) tests.push((user) => wanted.some((one) => has(user, one)))
  }
  const equals = (
    wanted: boolean | undefined,
    name: 'verifiedEmail' | 'verifiedPhone' | 'password' | 'TOTP' | 'webauthn' | 'SCIM',
  ) => {
    if (wanted !== undefined) tests.push((user) => user[name] === wanted)
  }
  within(({ createdTime }) => createdTime, search.fromCreatedTime, search.toCreatedTime)
  within(({ modifiedTime = 0 }) => modifiedTime, search.fromModifiedTime, search.toModifiedTime)
  const text = search.text?.toLowerCase()
  if (text) tests.push((user) => textsOf(user).some((has) => has.toLowerCase().includes(text)))
  meets(search.loginId ? [normaliseLoginId(search.loginId)] : [], ({ loginIds }, one) => loginIds.includes(one))
  meets(search.loginIds?.map(normaliseLoginId), ({ loginIds }, one) => loginIds.includes(one))
  meets(search.userIds, ({ userId }, one) => userId === one)
  meets(search.emails, ({ email }, one) => email === one)
  meets(search.phones?.map(normalisePhone), ({ phone }, one) => phone === one)
  meets(search.statuses, ({ status }, one) => status === one)
  meets(
    search.roleNames,
    ({ roleNames, userTenants }, one) =>
      roleNames.includes(one) || userTenants.some((tenant) => tenant.roleNames.includes(one)),
  )
  meets(search.tenantIds, ({ userTenants }, one) => userTenants.some(({ tenantId }) => tenantId === one))
  meets(search.ssoAppIds, ({ ssoAppIds }, one) => ssoAppIds.includes(one))
  for (const [tenantId, wanted] of Object.entries(search.tenantRoleNames ?? {})) {
    tests.push((user) => hasTenantRoles(user, tenantId, wanted))
  }
  for (const [name, wanted] of Object.entries(search.customAttributes ?? {})) {
    tests.push((user) => hasAttribute(user.customAttributes[name], wanted))
  }
  equals(search.verifiedEmail, 'verifiedEmail')
  equals(search.verifiedPhone, 'verifiedPhone')
  equals(search.password, 'password')
  equals(search.totp, 'TOTP')
  equals(search.webauthn, 'webauthn')
  equals(search.scim, 'SCIM')
  if (search.scimOnly) tests.push(({ SCIM }) => SCIM)
  if (search.ssoOnly) tests.push(({ SAML, OIDC }) => SAML || OIDC)
  return tests
}

const textsOf = ({ name, email, phone, userId, loginIds }: ResponseUser): string[] => [
  name,
  email,
  phone,
  userId,
  ...loginIds,
]

function hasTenantRoles(
  { userTenants }: ResponseUser,
  tenantId: string,
  { values = [], and }: Schemas['TenantRoles'],
): boolean {
  const has = userTenants.find((tenant) => tenant.tenantId === tenantId)?.roleNames
  if (!has) return false
  return (
    values.length === 0 ||
    (and ? values.every((role) => has.includes(role)) : values.some((role) => has.includes(role)))
  )
}

const hasAttribute = (has: unknown, wanted: unknown): boolean =>
  [wanted].flat().some((one) => [has].flat().some((value) => value === one))

// ----------------------------------------------------------------------------------------------------------- clean-up

function deleteUser({ input, collections: { users } }: Given<'deleteUser'>): Decided<'deleteUser'> {
  const found = findUser(input.body, users)
  if ('refused' in found) return found
  users.remove(found.userId)
  return { status: 200, body: {} }
}

/** An id that names nobody is passed over. */
function deleteUsersBatch({ input, collections: { users } }: Given<'deleteUsersBatch'>): Decided<'deleteUsersBatch'> {
  for (const id of input.body.userIds) users.remove(id)
  return { status: 200, body: {} }
}

// ----------------------------------------------------------------------------------------------------------- refusals

const refusal = (code: string, message: string): Refusal => ({ refused: 'failure', rule: code, message })

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  E011001: 'Request is malformed',
  E011002: 'Missing arguments',
  E011003: 'The request is not valid',
  E011004: 'Invalid arguments',
  E111119: 'Unauthorized',
  E111127: 'An identifier belongs to another user',
  E112102: 'User not found',
  E130429: 'Too many requests',
  E010000: 'Internal error',
}

function shapeRefusal(refusal: Refusal, status: number, operation?: Operation) {
  const code = codeOf(refusal, operation)
  return {
    status: refusal.refused === 'bad-credentials' ? 401 : status,
    body: {
      errorCode: code,
      errorDescription: DESCRIPTIONS[code] ?? refusal.message,
      errorMessage: refusal.message,
    } satisfies Schemas['Error'],
  }
}

function codeOf({ refused, rule, at }: Refusal, operation?: Operation): string {
  if (refused === 'failure') return rule as string
  if (refused !== 'invalid') return CODES[refused] ?? 'E011001'
  // Missing, to a call that has such arguments, is the body or the list in it, which may be empty too.
  const isMissing = (rule === 'required' || rule === 'minItems') && at?.lastIndexOf('/') === 0
  return isMissing && operation?.failures.some(({ id }) => id === 'E011002') ? 'E011002' : 'E011003'
}

const CODES: { readonly [Reason in Refusal['refused']]?: string } = {
  'no-credentials': 'E111119',
  'bad-credentials': 'E111119',
  'rate-limited': 'E130429',
  'broken-reply': 'E010000',
}

/** The project ID stands before the colon of the credential. */
const projectOf = (credential: string): string | Refusal =>
  /^([^:]+):./.exec(credential)?.[1] ?? {
    refused: 'bad-credentials',
    message: 'the bearer token must be <ProjectId>:<ManagementKey>',
  }

export const behaviours = defineBehaviours<operations, DescopeRecords>()(
  {
    createUsersBatch,
    patchUser,
    patchUsersBatch,
    updateUser,
    loadUser,
    searchUsers,
    deleteUser,
    deleteUsersBatch,
  },
  {
    tenantOf: ({ caller }) => projectOf(caller.credential),
    collections: {
      users: {
        idOf: ({ userId }) => userId,
        keysOf,
        readings: (userId) => ({ loadUser: { query: { userId } } }),
        fromVersion1: (kept) => (kept as { user: ResponseUser }).user,
      },
    },
    refuse: shapeRefusal,
    // The page "Rate Limiting"; it names no limit of their own for patch, load and delete.
    limits: [
      { name: 'create', operations: ['createUsersBatch'], requests: 100, seconds: 60, backOff: 60 },
      { name: 'update', operations: ['updateUser', 'searchUsers'], requests: 200, seconds: 60, backOff: 60 },
      {
        name: 'general',
        operations: ['patchUser', 'patchUsersBatch', 'loadUser', 'deleteUser', 'deleteUsersBatch'],
        requests: 100,
        seconds: 60,
      },
    ],
    creation: { operationId: 'createUsersBatch', bodyOf: (rows) => ({ users: rows }) },
    exampleCredential: 'P2example:management-key',
  },
)
