import type { Api } from './api/api.ts'
import { behaviours } from './behaviours/royalti.ts'

// What was generated comes behind the code: in a bundle it lies there too, and code compresses best next to code.

import { examples } from '../generated/royalti/examples.ts'
import { operations, servers, title, version } from '../generated/royalti/operations.ts'
import type { components } from '../generated/royalti/types.ts'
import validators from '../generated/royalti/validators.js'

export type { components, operations, paths } from '../generated/royalti/types.ts'

type Schemas = components['schemas']
/** A user as replies show it. */
export type RoyaltiUser = Schemas['User']
/** One row of a bulk creation. */
export type RoyaltiNewUser = Schemas['NewUser']
/** The body of a bulk creation: the rows, and whether mails go out. */
export type BulkCreateUsersRequest = Schemas['BulkCreateRequest']
/** What a bulk creation answers: the names of created users, and a sentence for each refused row. */
export type BulkCreateUsersReply = Schemas['BulkCreateReply']
/** One page of the users of a workspace. */
export type ListUsersReply = Schemas['UserList']

/** Royalti.io's bulk-user API. Tenants are workspaces, which the token names. */
export const royalti: Api = {
  name: 'royalti',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
  unanswered: [],
}
