import type { Api } from './api/api.ts'
import { behaviours } from './behaviours/descope.ts'

// What was generated comes behind the code: in a bundle it lies there too, and code compresses best next to code.

import { examples } from '../generated/descope/examples.ts'
import { operations, servers, title, version } from '../generated/descope/operations.ts'
import type { components } from '../generated/descope/types.ts'
import validators from '../generated/descope/validators.js'

export type { components, operations, paths } from '../generated/descope/types.ts'

type Schemas = components['schemas']
/** A user as replies show it. */
export type DescopeUser = Schemas['ResponseUser']
/** One row of a bulk creation. */
export type DescopeNewUser = Schemas['CreateUsers']
/** One row that a bulk creation refused. */
export type DescopeFailedUser = Schemas['FailedUser']
/** The body of `POST /v1/mgmt/user/create/batch`. */
export type BulkCreateUsersRequest = Schemas['CreateUsersRequest']
/** What a bulk creation answers: users that were created, and rows that failed, under status 200. */
export type BulkCreateUsersReply = Schemas['CreateUsersResponse']
/** One page of a search, with how many users match in all. */
export type SearchUsersReply = Schemas['SearchUsersResponse']

/** Descope's bulk-user API. Tenants are projects: the credential is `<project id>:<management key>`. */
export const descope: Api = {
  name: 'descope',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
  unanswered: [],
}
