import { randomUUID } from 'node:crypto'
import type { components } from '../../generated/descope/types.ts'
import validators from '../../generated/descope/validators.js'
import { type Answer, type Floor, refuse } from './vocabulary.ts'

type Schemas = components['schemas']
type User = Schemas['ResponseUser']
/** What the three operations take of one user, in so far as the workloads use it. */
type Row = Omit<Schemas['CreateUsers'], 'hashedPassword' | 'seed'>

/** By login ID. */
const users = new Map<string, User>()

const seconds = (): number => Math.floor(Date.now() / 1000)
const newId = (): string => `U2${randomUUID().slice(0, 26)}`

const toUserTenant = ({ tenantId = '', roleNames = [] }: NonNullable<Row['userTenants']>[number]) => ({
  tenantId,
  tenantName: '',
  roleNames,
  permissions: [],
})

function createUser(userId: string, row: Row, now: number): User {
  const loginIds = [row.loginId as string, ...(row.additionalIdentifiers ?? [])]
  return {
    loginIds,
    externalIds: [...loginIds],
    userId,
    name: row.name ?? row.displayName ?? '',
    givenName: row.givenName ?? '',
    middleName: row.middleName ?? '',
    familyName: row.familyName ?? '',
    email: row.email ?? '',
    phone: row.phone ?? '',
    verifiedEmail: row.verifiedEmail ?? false,
    verifiedPhone: row.verifiedPhone ?? false,
    picture: row.picture ?? '',
    roleNames: row.roleNames ?? [],
    permissions: [],
    userTenants: (row.userTenants ?? []).map(toUserTenant),
    ssoAppIds: row.ssoAppIds ?? [],
    status: row.status ?? 'invited',
    test: row.test ?? false,
    customAttributes: row.customAttributes ?? {},
    createdTime: row.createdTime ?? now,
    modifiedTime: now,
    password: Boolean(row.password),
    TOTP: false,
    SAML: false,
    SCIM: false,
    OIDC: false,
    OAuth: {},
    webauthn: false,
    push: false,
    editable: false,
    consentExpiration: 0,
    recoveryEmail: row.recoveryEmail ?? '',
    recoveryPhone: row.recoveryPhone ?? '',
    verifiedRecoveryEmail: row.verifiedRecoveryEmail ?? false,
    verifiedRecoveryPhone: row.verifiedRecoveryPhone ?? false,
  } as User
}

const problem = (errorMessage: string) => ({
  errorCode: 'E011003',
  errorDescription: 'The request is not valid',
  errorMessage,
})

function createBatch(text: string): Answer {
  const body: { users: Row[] } = JSON.parse(text)
  const validate = validators['createUsersBatch']?.body
  if (!validate?.(body)) return refuse(validate, problem)
  const now = seconds()
  const createdUsers: User[] = []
  const failedUsers: unknown[] = []
  for (const row of body.users) {
    const loginId = row.loginId as string
    if (users.has(loginId)) {
      failedUsers.push({ failure: 'A login ID is already in use', user: createUser('', row, 0) })
      continue
    }
    const user = createUser(newId(), row, now)
    users.set(loginId, user)
    createdUsers.push(user)
  }
  return [200, { createdUsers, failedUsers, additionalErrors: {} }]
}

type Changed = (before: User, row: Row, now: number) => User

/** What is given overwrites, what is absent stays; attributes merge. */
const patched: Changed = (before, row, now) => {
  const { loginId = '', additionalIdentifiers, userTenants, customAttributes, ...fields } = row
  const user = { ...before, ...fields, modifiedTime: now } as User
  if (userTenants) user.userTenants = userTenants.map(toUserTenant)
  if (customAttributes) user.customAttributes = { ...before.customAttributes, ...customAttributes }
  if (additionalIdentifiers) {
    user.loginIds = [loginId, ...additionalIdentifiers]
    user.externalIds = [...user.loginIds]
  }
  return user
}

/** What is absent is removed. */
const updated: Changed = ({ userId, status, createdTime, password }, row, now) => ({
  ...createUser(userId, row, now),
  status: row.status ?? status,
  createdTime,
  password,
})

function change(operationId: 'patchUser' | 'updateUser', changed: Changed, text: string): Answer {
  const body: Row = JSON.parse(text)
  const validate = validators[operationId]?.body
  if (!validate?.(body)) return refuse(validate, problem)
  const before = users.get(body.loginId as string)
  if (!before) throw new Error(`the floor has no user ${body.loginId}`)
  const user = changed(before, body, seconds())
  users.set(body.loginId as string, user)
  return [200, { user, created: false }]
}

/** Of the filters and pages, those of the workload. */
function search(text: string): Answer {
  const body: Schemas['SearchUsersRequest'] = JSON.parse(text)
  const validate = validators['searchUsers']?.body
  if (!validate?.(body)) return refuse(validate, problem)
  const { statuses = [], limit = 100, page = 0 } = body
  const wanted = (body.text ?? '').toLowerCase()
  const found: User[] = []
  for (const user of users.values()) {
    const { name, email, phone, userId, loginIds, status } = user
    const texts = [name, email, phone, userId, ...loginIds]
    if (statuses.includes(status) && texts.some((has) => has.toLowerCase().includes(wanted))) found.push(user)
  }
  return [200, { users: found.slice(page * limit, (page + 1) * limit), total: found.length }]
}

export const floor: Floor = {
  calls: {
    'POST /v1/mgmt/user/create/batch': createBatch,
    'PATCH /v1/mgmt/user/patch': (text) => change('patchUser', patched, text),
    'POST /v1/mgmt/user/update': (text) => change('updateUser', updated, text),
    'POST /v2/mgmt/user/search': search,
  },
  reset: () => users.clear(),
}
