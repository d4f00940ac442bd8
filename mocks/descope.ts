import { defineApi } from './api/define-api.ts'
import { behaviours } from './behaviours/descope.ts'

// What was generated comes behind the code: in a bundle it lies there too, and code compresses best next to code.

import { examples } from '../generated/descope/examples.ts'
import { operations, servers, title, version } from '../generated/descope/operations.ts'
import type { components } from '../generated/descope/types.ts'
import validators from '../generated/descope/validators.js'

export type { components, operations, paths } from '../generated/descope/types.ts'

type Schemas = components['schemas']
export type DescopeUser = Schemas['ResponseUser']
/** One row of a bulk creation. */
export type DescopeNewUser = Schemas['CreateUsers']
/** One row that a bulk creation refused. */
export type DescopeFailedUser = Schemas['FailedUser']
export type BulkCreateUsersRequest = Schemas['CreateUsersRequest']
export type BulkCreateUsersReply = Schemas['CreateUsersResponse']
export type SearchUsersReply = Schemas['SearchUsersResponse']

export const descope = defineApi({
  name: 'descope',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
})
