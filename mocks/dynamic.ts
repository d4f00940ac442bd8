import { examples } from '../generated/dynamic/examples.ts'
import { operations, servers, title, version } from '../generated/dynamic/operations.ts'
import validators from '../generated/dynamic/validators.js'
import type { Api } from './api.ts'
import { behaviours, type DynamicUser } from './behaviours/dynamic.ts'

export type { components, operations, paths } from '../generated/dynamic/types.ts'

export const dynamic: Api<DynamicUser> = {
  name: 'dynamic',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
}
