/**
 * What is wanted, in one place. `check` is what `npm run bench -- --check` fails on, where that is not yet what is
 * wanted: it may only ever move towards it.
 */
export interface Target {
  readonly says: string
  readonly wanted: number
  /** Whether more is better. */
  readonly wantsMore: boolean
  readonly unit?: string
}

const least = (says: string, wanted: number, unit?: string): Target => ({
  says,
  wanted,
  wantsMore: true,
  ...(unit && { unit }),
})
const most = (says: string, wanted: number, unit?: string): Target => ({
  ...least(says, wanted, unit),
  wantsMore: false,
})

export const TARGETS = {
  'rate-of-floor': least('throughput, of the floor', 0.85),
  'cpu-of-floor': most('CPU per request, of the floor', 1.15),
  'of-prism-1': least('throughput, of Prism', 10),
  'of-prism-50': least('throughput, of Prism', 1),
  'of-openapi-backend-1': least('throughput, of openapi-backend', 3),
  'of-openapi-backend-50': least('throughput, of openapi-backend', 1),
  'refusing-of-accepting': most('CPU of refusing, of accepting the same rows', 1),
  'p99-of-floor': most('p99 at 80 % load, of the floor', 2),
  'creation-at-1e6': least('creation at 1,000,000 users, of that at 1,000', 0.9),
  'memory-of-1e6': most('memory with 1,000,000 users', 2.5, 'GB'),
  'cold-start': most('time to the first right answer, of bare node', 2),
  'msw-own-share': most("our share, of MSW's handler cost", 0.15),
  'install-size': most('production install', 12, 'MB'),
  'install-packages': most('packages in a production install', 20),
  'large-first-answer': most('first right answer, 1,000 operations', 2, 's'),
  'large-list-time': most('verify --list, 1,000 operations', 10, 's'),
  'large-list-memory': most('memory of verify --list', 1, 'GB'),
} as const satisfies Readonly<Record<string, Target>>

export type TargetName = keyof typeof TARGETS

/**
 * What `--check` measures: CPU per request of the floor, the steadiest of the figures. It fails where every round
 * misses the limit.
 */
export const CHECKED: Readonly<Record<string, number>> = {
  'Dynamic, 1 row': 2.4,
  'Dynamic, 50 rows': 1.9,
  'Royalti, 50 rows': 3,
  'Descope, 50 rows': 3,
}
