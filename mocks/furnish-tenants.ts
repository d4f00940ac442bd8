import type { Api } from './api/api.ts'
import type { MockOptions } from './api/mock.ts'
import type { Target } from './engine/answer-call.ts'
import { takeTurn } from './engine/take-turn.ts'
import type { OpenTenant } from './engine/vocabulary.ts'
import { createWorld } from './engine/world.ts'
import { loadSliceRows } from './load-data.ts'
import type { StoreOptions } from './state/store.ts'

/** When the users that a tenant starts with were created: the same in every process. */
const FOUNDED = new Date('2026-01-01T00:00:00.000Z')

/**
 * Every tenant starts with the same users, created as by its API's own bulk creation, or with what its API has it begin
 * with.
 */
export function furnishTenants(
  apis: readonly Api[],
  targets: readonly Target[],
  options: MockOptions,
  seed: string,
): StoreOptions['furnish'] {
  const { users } = options
  const slicesOf = new Map<string, Iterable<readonly unknown[]>>()
  for (const api of users ? apis : []) {
    if (!api.behaviours.creation) continue
    const given = typeof users === 'object' ? users[api.name] : undefined
    if (given) slicesOf.set(api.name, [given])
    else if (typeof users === 'number') slicesOf.set(api.name, loadSliceRows()(api, users, seed))
  }

  /** Stops before each slice. */
  function* furnishBySlices(name: string, tenant: string, open: OpenTenant): Generator<void> {
    for (const api of apis) if (api.name === name) api.behaviours.furnish?.(open, options)
    for (const rows of slicesOf.get(name) ?? []) {
      yield
      const target = targets.find(
        ({ api, operation, behaviours }) => api === name && operation.id === behaviours.creation?.operationId,
      )
      if (!target) return
      const body = structuredClone(target.behaviours.creation?.bodyOf(rows))
      const world = createWorld(seed, name, tenant, FOUNDED)
      takeTurn(target, open, { tenant, world, input: { path: {}, query: {}, headers: {}, body } })
    }
  }

  // Each call of a tenant that keeps nothing yet comes by here.
  if (slicesOf.size === 0 && !apis.some(({ behaviours }) => behaviours.furnish)) return undefined
  return (api, tenant, open, session, patience) => {
    const work = furnishBySlices(api, tenant, open)
    if (slicesOf.has(api)) patience?.furnish(open, work, users, [session, api, tenant])
    for (const _ of work);
  }
}
