import { defineApi } from './api/define-api.ts'
import { behaviours } from './behaviours/royalti.ts'

// What was generated comes behind the code: in a bundle it lies there too, and code compresses best next to code.

import { examples } from '../generated/royalti/examples.ts'
import { operations, servers, title, version } from '../generated/royalti/operations.ts'
import type { components } from '../generated/royalti/types.ts'
import validators from '../generated/royalti/validators.js'

export type { components, operations, paths } from '../generated/royalti/types.ts'

type Schemas = components['schemas']
export type RoyaltiUser = Schemas['User']
/** One row of a bulk creation. */
export type RoyaltiNewUser = Schemas['NewUser']
export type BulkCreateUsersRequest = Schemas['BulkCreateRequest']
export type BulkCreateUsersReply = Schemas['BulkCreateReply']
export type ListUsersReply = Schemas['UserList']

export const royalti = defineApi({
  name: 'royalti',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
})
