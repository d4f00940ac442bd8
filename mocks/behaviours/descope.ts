import type { components, operations } from '../../generated/descope/types.ts'
import type {
  Behaviour,
  Behaviours,
  BodyOf,
  Draft,
  InputOf,
  Keys,
  Operation,
  Refusal,
  Turn,
  World,
} from '../engine/vocabulary.ts'

type Schemas = components['schemas']
type ResponseUser = Schemas['ResponseUser']
type Row = Schemas['CreateUsers']
type Identifiers = Pick<Row, 'additionalIdentifiers' | 'additionalLoginIds'>
type Changes = Schemas['PatchUserRequest'] & Schemas['UpdateUserRequest']

/** A user as the mock keeps it: as the API shows it, under its user ID. Passwords and seeds are not kept at all. */
export interface DescopeUser {
  readonly id: string
  readonly user: ResponseUser
}

type Users = Draft<DescopeUser>
type Given<Id extends keyof operations> = Turn<DescopeUser, InputOf<operations[Id]>>
type RowFailure = 'login_id_exists' | 'missing_login_id' | 'password_conflict'

const NAME_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const seconds = (world: World): number => Math.floor(world.now.getTime() / 1000)

// ---------------------------------------------------------------------------------------------------------- creation

function createUsersBatch({ input, users, world, failures, failRow }: Given<'createUsersBatch'>) {
  const { body } = input
  const reply: BodyOf<operations['createUsersBatch'], 200> = { createdUsers: [], failedUsers: [], additionalErrors: {} }
  for (const row of body.users) {
    const invited = body.invite && row.loginId ? users.get(row.loginId) : undefined
    const loginIds = loginIdsOf(row)
    const failure = failRow(row.email ?? row.loginId)?.id ?? (invited ? undefined : rowFailure(row, loginIds, users))
    if (failure) {
      reply.failedUsers.push({ failure: failures[failure]?.message ?? failure, user: newUser('', row, loginIds, 0) })
      continue
    }
    // With an invitation, a user ID in the place of the login ID invites that user again and creates nobody.
    const user = invited?.user ?? create(row, loginIds, users, world)
    reply.createdUsers.push(user)
    if (body.invite) invite(user, body, users, world)
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
  users.add({ id, user }, keysOf({ user }))
  return user
}

const keysOf = ({ user }: Pick<DescopeUser, 'user'>): Keys => user.loginIds.map((id) => ['loginId', id] as const)

function invite(user: ResponseUser, request: Schemas['CreateUsersRequest'], users: Users, world: World): void {
  const { sendMail, sendSMS, inviteUrl } = request
  const bySms = sendSMS === true && user.phone !== ''
  const byMail = sendMail !== false && user.email !== '' && !(bySms && sendMail !== true)
  for (const to of [...(byMail ? [user.email] : []), ...(bySms ? [user.phone] : [])]) {
    users.invite({
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
function loginIdsOf(row: Identifiers & { readonly loginId?: string | undefined }): string[] {
  const ids = new Set<string>()
  for (const id of [row.loginId, ...(row.additionalIdentifiers ?? row.additionalLoginIds ?? [])]) {
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
  Object.values(attributes).includes(null)
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
): DescopeUser | Refusal {
  if (!loginId && !userId) return refusal('E011002', 'loginId or userId is required')
  const byLogin = loginId ? (users.find('loginId', normaliseLoginId(loginId)) ?? users.get(loginId)) : undefined
  const byId = userId ? users.get(userId) : undefined
  const found = byLogin ?? byId
  if (!found || (loginId && !byLogin) || (userId && !byId)) return refusal('E112102', 'Cannot find user')
  if (byLogin && byId && byLogin.id !== byId.id) return refusal('E011004', 'loginId and userId name different users')
  return found
}

function patchUser({ input, users, world, failRow }: Given<'patchUser'>) {
  const struck = failRow(input.body.email)
  if (struck) return refusal(struck.id, '')
  const found = findUser(input.body, users)
  if ('refused' in found) return found
  const lists = readLists(input.body)
  if ('refused' in lists) return lists
  return change(found, patched(found.user, { ...input.body, ...lists } as Changes), input.body, users, world)
}

/** The three members of a patch that may be any JSON value: null keeps, anything but such a list as clients send is refused. */
function readLists(
  body: Schemas['PatchUserRequest'],
): Partial<Pick<Changes, 'roleNames' | 'userTenants' | 'ssoAppIds'>> | Refusal {
  const lists: Record<string, unknown> = {}
  for (const [name, isItem] of [
    ['roleNames', isText],
    ['userTenants', isTenant],
    ['ssoAppIds', isText],
  ] as const) {
    const value = body[name]
    if (isGiven(value) && !isListOf(isItem, value)) {
      return refusal('E011004', `/${name} must be such a list as a user shows`)
    }
    lists[name] = value
  }
  return lists
}

const isListOf = (isItem: (item: unknown) => boolean, value: unknown): boolean =>
  Array.isArray(value) && value.every(isItem)
const isText = (value: unknown): boolean => typeof value === 'string'

function isTenant(value: unknown): boolean {
  const { tenantId, roleNames } = Object(value)
  return isText(tenantId) && (roleNames === undefined || isListOf(isText, roleNames))
}

/** Absent and null stay; lists replace, and an empty list clears; attributes merge, and a null among them removes one. */
function patched(before: ResponseUser, changes: Changes): ResponseUser {
  const { email, phone, recoveryPhone } = changes
  const name = changes.name ?? changes.displayName
  return {
    ...before,
    ...pick(changes, ['givenName', 'middleName', 'familyName', 'picture', 'status', 'roleNames', 'ssoAppIds', 'test']),
    ...pick(changes, [
      'email',
      'verifiedEmail',
      'verifiedPhone',
      'recoveryEmail',
      'verifiedRecoveryEmail',
      'verifiedRecoveryPhone',
    ]),
    ...(isGiven(name) && { name }),
    ...(isGiven(phone) && { phone: normalisePhone(phone) }),
    ...(isGiven(recoveryPhone) && { recoveryPhone: normalisePhone(recoveryPhone) }),
    ...(isGiven(email) && { verifiedEmail: changes.verifiedEmail ?? email !== '' }),
    ...(isGiven(phone) && { verifiedPhone: changes.verifiedPhone ?? phone !== '' }),
    ...(!isGiven(changes.ssoAppIds) && isGiven(changes.ssoAppIDs) && { ssoAppIds: changes.ssoAppIDs }),
    ...(isGiven(changes.userTenants) && { userTenants: changes.userTenants.map(toUserTenant) }),
    ...(isGiven(changes.scim) && { SCIM: changes.scim }),
    ...(isGiven(changes.customAttributes) && {
      customAttributes: withoutNulls({ ...before.customAttributes, ...changes.customAttributes }),
    }),
  }
}

function pick<K extends keyof Changes>(
  changes: Changes,
  names: readonly K[],
): { [Name in K]?: NonNullable<Changes[Name]> } {
  return Object.fromEntries(
    names.filter((name) => isGiven(changes[name])).map((name) => [name, changes[name]]),
  ) as never
}

function updateUser({ input, users, world, failRow }: Given<'updateUser'>) {
  const struck = failRow(input.body.email)
  if (struck) return refusal(struck.id, '')
  const found = findUser(input.body, users)
  if ('refused' in found) return found
  return change(found, updated(found.user, input.body), input.body, users, world)
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

/** Keeps the changed user, with the other login IDs replaced where the request names some. */
function change(
  { id, user: { loginIds } }: DescopeUser,
  after: ResponseUser,
  body: Identifiers,
  users: Users,
  world: World,
) {
  const [loginId] = loginIds
  const names = (body.additionalIdentifiers ?? body.additionalLoginIds) ? loginIdsOf({ ...body, loginId }) : loginIds
  const taken = names.find((name) => (users.find('loginId', name)?.id ?? id) !== id)
  if (taken !== undefined) return refusal('E111127', 'An additional identifier is a login ID of another user')
  const user: ResponseUser = { ...after, loginIds: names, externalIds: [...names], modifiedTime: seconds(world) }
  users.put({ id, user })
  return { status: 200, body: { user, created: false } satisfies Schemas['UserResponse'] }
}

// ---------------------------------------------------------------------------------------------------------- read-back

function loadUser({ input, users }: Given<'loadUser'>) {
  const found = findUser(input.query, users)
  return 'refused' in found ? found : { status: 200, body: { user: found.user } satisfies Schemas['LoadUserResponse'] }
}

function searchUsers({ input, users }: Given<'searchUsers'>) {
  const { body } = input
  const found = [...users.values()].map(({ user }) => user).filter((user) => isFound(user, body))
  const { sort } = body
  if (sort) found.sort((a, b) => compare(a, b, sort))
  const limit = body.limit || 100
  const start = body.offset || (body.page ?? 0) * limit
  return {
    status: 200,
    body: { users: found.slice(start, start + limit), total: found.length } satisfies Schemas['SearchUsersResponse'],
  }
}

/** What one field says nothing about, the next may. */
function compare(a: ResponseUser, b: ResponseUser, sort: NonNullable<Schemas['SearchUsersRequest']['sort']>): number {
  for (const { field, desc } of sort) {
    const key = SORT_KEYS.get(field)
    if (!key || key(a) === key(b)) continue
    return key(a) < key(b) === !desc ? -1 : 1
  }
  return 0
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

/** Whether the user satisfies every filter; an empty list filters nothing. */
function isFound(user: ResponseUser, search: Schemas['SearchUsersRequest']): boolean {
  if (search.testUsersOnly ? !user.test : user.test && !search.withTestUser) return false
  const { text, customAttributes = {}, tenantRoleNames = {} } = search
  const meets = (wanted: readonly string[] | undefined, has: readonly string[]) =>
    !wanted?.length || wanted.some((one) => has.includes(one))
  const equals = <T>(wanted: T | undefined, has: T) => wanted === undefined || wanted === has
  return (
    isWithin(user.createdTime, search.fromCreatedTime, search.toCreatedTime) &&
    isWithin(user.modifiedTime ?? 0, search.fromModifiedTime, search.toModifiedTime) &&
    (!text || textsOf(user).some((has) => has.toLowerCase().includes(text.toLowerCase()))) &&
    meets(search.loginId ? [normaliseLoginId(search.loginId)] : [], user.loginIds) &&
    meets(search.loginIds?.map(normaliseLoginId), user.loginIds) &&
    meets(search.userIds, [user.userId]) &&
    meets(search.emails, [user.email]) &&
    meets(search.phones?.map(normalisePhone), [user.phone]) &&
    meets(search.statuses, [user.status]) &&
    meets(search.roleNames, [...user.roleNames, ...user.userTenants.flatMap(({ roleNames }) => roleNames)]) &&
    meets(
      search.tenantIds,
      user.userTenants.map(({ tenantId }) => tenantId),
    ) &&
    meets(search.ssoAppIds, user.ssoAppIds) &&
    Object.entries(tenantRoleNames).every(([tenantId, wanted]) => hasTenantRoles(user, tenantId, wanted)) &&
    Object.entries(customAttributes).every(([name, wanted]) => hasAttribute(user.customAttributes[name], wanted)) &&
    equals(search.verifiedEmail, user.verifiedEmail) &&
    equals(search.verifiedPhone, user.verifiedPhone) &&
    equals(search.password, user.password) &&
    equals(search.totp, user.TOTP) &&
    equals(search.webauthn, user.webauthn) &&
    equals(search.scim, user.SCIM) &&
    (!search.scimOnly || user.SCIM) &&
    (!search.ssoOnly || user.SAML || user.OIDC)
  )
}

const textsOf = ({ name, email, phone, userId, loginIds }: ResponseUser): string[] => [
  name,
  email,
  phone,
  userId,
  ...loginIds,
]

/** Times of a user are in seconds, those of a search in milliseconds. */
function isWithin(time: number, from: string | number | undefined, to: string | number | undefined): boolean {
  const at = time * 1000
  return (!from || at >= Number(from)) && (!to || at <= Number(to))
}

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

function deleteUser({ input, users }: Given<'deleteUser'>) {
  const found = findUser(input.body, users)
  if ('refused' in found) return found
  users.remove(found.id)
  return { status: 200, body: {} }
}

/** An id that names nobody is passed over. */
function deleteUsersBatch({ input, users }: Given<'deleteUsersBatch'>) {
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

export const behaviours: Behaviours<DescopeUser> = {
  tenantOf: ({ caller }) => projectOf(caller.credential),
  keysOf,
  whole: {
    shownOf: ({ user }) => user,
    recordOf: (shown) => ({ id: (shown as ResponseUser).userId, user: shown as ResponseUser }),
  },
  refuse: shapeRefusal,
  // The page "Rate Limiting"; it names no limit of their own for patch, load and delete.
  limits: [
    { name: 'create', operations: ['createUsersBatch'], requests: 100, seconds: 60, backOff: 60 },
    { name: 'update', operations: ['updateUser', 'searchUsers'], requests: 200, seconds: 60, backOff: 60 },
    {
      name: 'general',
      operations: ['patchUser', 'loadUser', 'deleteUser', 'deleteUsersBatch'],
      requests: 100,
      seconds: 60,
    },
  ],
  creation: { operationId: 'createUsersBatch', bodyOf: (rows) => ({ users: rows }) },
  readings: (userId) => ({ loadUser: { query: { userId } } }),
  exampleCredential: 'P2example:management-key',
  operations: {
    createUsersBatch,
    patchUser,
    updateUser,
    loadUser,
    searchUsers,
    deleteUser,
    deleteUsersBatch,
  } satisfies Record<keyof operations, Behaviour<DescopeUser>>,
}
