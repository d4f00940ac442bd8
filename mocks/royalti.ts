import { examples } from '../generated/royalti/examples.ts'
import { operations, servers, title, version } from '../generated/royalti/operations.ts'
import validators from '../generated/royalti/validators.js'
import type { Api } from './api.ts'
import { behaviours, type RoyaltiUser } from './behaviours/royalti.ts'

export type { components, operations, paths } from '../generated/royalti/types.ts'

export const royalti: Api<RoyaltiUser> = {
  name: 'royalti',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
}
