import type { Api } from './api/api.ts'
import { behaviours } from './behaviours/dynamic.ts'

// What was generated comes behind the code: in a bundle it lies there too, and code compresses best next to code.

import { examples } from '../generated/dynamic/examples.ts'
import { operations, servers, title, version } from '../generated/dynamic/operations.ts'
import type { components } from '../generated/dynamic/types.ts'
import validators from '../generated/dynamic/validators.js'

export type { components, operations, paths } from '../generated/dynamic/types.ts'
export type { DynamicUser } from './behaviours/dynamic.ts'

type Schemas = components['schemas']
/** One row of a bulk creation. */
export type DynamicNewUser = Schemas['InternalUserFields']
/** One row that a bulk creation refused. */
export type DynamicFailedUser = Schemas['BulkUserCreateFailure']
/** The body of a bulk creation: 1 to 50 rows, in a bare array. */
export type BulkCreateUsersRequest = Schemas['BulkUserCreateRequest']
/** What a bulk creation answers: users that are new, users that were changed, and rows that failed. */
export type BulkCreateUsersReply = Schemas['BulkUserCreateResponse']
/** One page of the users of an environment. */
export type ListUsersReply = Schemas['UsersResponse']

/** Dynamic's bulk-user API. Tenants are environments, which the path names. */
export const dynamic: Api = {
  name: 'dynamic',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
  unanswered: [],
}
