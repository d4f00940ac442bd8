import type { components, operations } from '../../generated/royalti/types.ts'
import { defineBehaviours, type ReplyOf, type TurnOf } from '../engine/define-behaviours.ts'
import type { BodyOf, Draft, Keys, Refusal } from '../engine/vocabulary.ts'

type Row = components['schemas']['NewUser']
type Schemas = components['schemas']

/** A user of a workspace as the mock keeps it. */
export interface RoyaltiUser {
  readonly id: string
  /** Counts the workspace's users in order of creation. */
  readonly number: number
  readonly row: Row
  readonly createdAt: string
  readonly invite: { readonly id: string; readonly status: 'invited'; readonly date: string } | null
}

interface Records {
  readonly users: RoyaltiUser
}

type Given<Id extends keyof operations> = TurnOf<operations[Id], Records>
type Decided<Id extends keyof operations> = ReplyOf<operations[Id]> | Refusal

const DONE = 'Done.'

function bulkCreateUsers(turn: Given<'bulkCreateUsers'>): Decided<'bulkCreateUsers'> {
  const {
    input: { body },
    collections: { users },
    failures,
    failRow,
  } = turn
  const createdUsers: string[] = []
  const errors: string[] = []
  let processedCount = 0
  for (const row of body.users) {
    const failure = failRow(row.email)?.id ?? failureOf(row, users)
    if (failure) {
      errors.push(say(failures[failure]?.message ?? failure, row))
    } else {
      create(row, turn)
      createdUsers.push(nameOf(row))
    }
    if (failure !== 'invalid_email') processedCount++
  }
  return {
    status: 201,
    body: { message: DONE, createdUsers, processedCount, errors } satisfies BodyOf<operations['bulkCreateUsers'], 201>,
  }
}

function failureOf({ email }: Row, users: Draft<RoyaltiUser>): 'invalid_email' | 'already_associated' | undefined {
  if (email === undefined) return undefined
  if (!isEmail(email)) return 'invalid_email'
  return users.find('email', email.toLowerCase()) ? 'already_associated' : undefined
}

const keysOf = ({ row }: Pick<RoyaltiUser, 'row'>): Keys =>
  row.email === undefined ? [] : [['email', row.email.toLowerCase()]]

function create(row: Row, { input, collections: { users }, world, invite }: Given<'bulkCreateUsers'>): void {
  const { body } = input
  const createdAt = world.timestamp
  const { number, id } = users.fresh((n) => world.uuid('user', n))
  const isInvited = row.email !== undefined && body.sendEmail !== false
  const user: RoyaltiUser = {
    id,
    number,
    row,
    createdAt,
    invite: isInvited ? { id: world.uuid('invite', number), status: 'invited', date: createdAt } : null,
  }
  users.add(user, keysOf(user))
  if (user.invite) {
    invite({
      to: row.email as string,
      at: createdAt,
      userId: user.id,
      ...(body.redirect_url !== undefined && { url: body.redirect_url }),
      ...(body.message !== undefined && { message: body.message }),
    })
  }
}

/** Made by the first list that needs it: it takes ten milliseconds, for which the start would wait. */
let byName: Intl.Collator | undefined

function listUsers({ input, collections: { users } }: Given<'listUsers'>): Decided<'listUsers'> {
  const { q, page = 1, size = 10, sort, order, role, externalId, attributes } = input.query
  const wanted = q?.toLowerCase()
  const roles: readonly (string | undefined)[] | undefined = role?.split(',')
  const found = users.select({
    picks: ({ row }) =>
      (wanted === undefined ||
        nameOf(row).toLowerCase().includes(wanted) ||
        row.email?.toLowerCase().includes(wanted) === true) &&
      (roles === undefined || roles.includes(row.role)) &&
      // Bulk creation sets no external id, so none can match.
      externalId === undefined,
    isTurned: order !== 'asc',
    first: page * size,
    // They stand in the order of their creation, which is that of their changes too: nothing updates a user here. Splits
    // are not kept.
    ...(sort === 'name' && {
      by: ({ row }: RoyaltiUser) => nameOf(row),
      compare: (byName ??= new Intl.Collator('en')).compare,
    }),
  })
  const shown = found.slice((page - 1) * size, page * size).map((user) => listed(user, attributes?.split(',')))
  return {
    status: 200,
    body: {
      message: 'success',
      Users: shown,
      count: shown.length,
      totalUsers: found.length,
    } satisfies Schemas['UserList'],
  }
}

function listed({ id, row, createdAt }: RoyaltiUser, attributes?: readonly string[]): Schemas['ListedUser'] {
  const all: Schemas['ListedUser'] = {
    id,
    fullName: nameOf(row),
    firstName: row.firstName ?? null,
    lastName: row.lastName ?? null,
    email: row.email ?? null,
    role: row.role ?? null,
    externalId: null,
    country: row.country ?? null,
    createdAt,
    updatedAt: createdAt,
    User: row.email === undefined ? null : { email: row.email },
    Artists: [],
  }
  if (!attributes) return all
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => name === 'id' || attributes.includes(name)),
  ) as Schemas['ListedUser']
}

function getUser({ input, collections: { users }, world }: Given<'getUser'>): Decided<'getUser'> {
  const user = users.get(input.path.id)
  if (!user) return NOT_FOUND
  const { row } = user
  return {
    status: 200,
    body: {
      id: user.id,
      fullName: nameOf(row),
      firstName: row.firstName ?? null,
      lastName: row.lastName ?? null,
      email: row.email ?? null,
      phone: row.phone ?? null,
      country: row.country ?? null,
      ipi: row.ipi ?? null,
      externalId: null,
      TenantUser: {
        TenantId: Number(world.letters('', 5, '123456789')),
        nickName: row.nickName ?? null,
        userType: row.userType === undefined ? [] : [row.userType],
      },
      invite: user.invite,
    } satisfies Schemas['User'],
  }
}

function deleteUsers({ input, collections: { users } }: Given<'deleteUsers'>): Decided<'deleteUsers'> {
  const failedDeletions = input.body.ids.filter((id) => !users.remove(id))
  const processedCount = input.body.ids.length - failedDeletions.length
  return { status: 200, body: { message: DONE, processedCount, failedDeletions } satisfies Schemas['BulkDeleteReply'] }
}

const nameOf = ({ firstName, lastName }: Row): string => [firstName, lastName].filter(Boolean).join(' ')

const say = (template: string, row: Row): string => template.replace('{firstName} {lastName}', () => nameOf(row))

/** Dot-separated atoms, an at sign, a host name of two labels or more; at most 254 characters (RFC 5321, 4.5.3.1). */
const EMAIL = /^[^\s@.,:;<>()[\]"\\]+(?:\.[^\s@.,:;<>()[\]"\\]+)*@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}$/u
const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text)

const NOT_FOUND: Refusal = { refused: 'failure', rule: 'not_found', message: '' }

/** The codes are the document's: `x-failures`, by status. */
function shapeRefusal({ refused, message }: Refusal, status: number) {
  // The vendor has no 403 here: a refused token is 401 as well.
  const shaped = refused === 'bad-credentials' ? 401 : status
  const [code, text] = CODES[shaped] ?? ['BAD_REQUEST', 'The request is not valid.']
  const known = refused === 'failure' ? message : text
  return { status: shaped, body: { success: false, error: { code, message: known, details: [message] } } }
}

const CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['UNAUTHORIZED', 'A valid bearer token is required.'],
  404: ['NOT_FOUND', 'Not found.'],
  429: ['TOO_MANY_REQUESTS', 'Too many requests.'],
  500: ['INTERNAL_SERVER_ERROR', 'Something went wrong.'],
}

/** The workspace that a JWT names; an API key stands for a workspace of its own. */
function workspaceOf(token: string): string | undefined {
  const parts = token.split('.')
  if (parts.length < 3) return undefined
  const payload = (parts[1] as string).replaceAll('-', '+').replaceAll('_', '/')
  try {
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0))
    const claims = JSON.parse(new TextDecoder().decode(bytes))
    const workspace = claims.workspaceId ?? claims.tenantId
    if (typeof workspace === 'string' || typeof workspace === 'number') return String(workspace)
  } catch {
    // It only looks like a JWT.
  }
  return undefined
}

export const behaviours = defineBehaviours<operations, Records>()(
  { bulkCreateUsers, listUsers, getUser, deleteUsers },
  {
    tenantOf: ({ caller, digest }) => workspaceOf(caller.credential) ?? `token-${digest(caller.credential)}`,
    collections: {
      users: { idOf: ({ id }) => id, keysOf, readings: (id) => ({ listUsers: {}, getUser: { path: { id } } }) },
    },
    refuse: shapeRefusal,
    creation: { operationId: 'bulkCreateUsers', bodyOf: (rows) => ({ users: rows, sendEmail: false }) },
    exampleCredential: 'RWAK-example',
  },
)
