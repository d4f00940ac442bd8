import { examples } from '../generated/descope/examples.ts'
import { operations, servers, title, version } from '../generated/descope/operations.ts'
import validators from '../generated/descope/validators.js'
import type { Api } from './api.ts'
import { behaviours, type DescopeUser } from './behaviours/descope.ts'

export type { components, operations, paths } from '../generated/descope/types.ts'

export const descope: Api<DescopeUser> = {
  name: 'descope',
  title,
  version,
  servers,
  operations,
  validators,
  examples,
  behaviours,
}
