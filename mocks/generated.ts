import { type Api, basePathOf } from './api/api.ts'
import { defineApi } from './api/define-api.ts'
import { fromPlan, type Planned } from './plan/play-plan.ts'
import { extendRoutes } from './replies/extend-routes.ts'

export type { Api } from './api/api.ts'
export { readCall } from './requests/read-call.ts'

/** What `api.ts` of `rollcall generate` hands over. */
export interface GeneratedParts
  extends Omit<Planned, 'basePath'>,
    Pick<Api, 'name' | 'title' | 'version' | 'servers' | 'readCall'> {}

/** Makes an API of what `rollcall generate` wrote into `api.ts`: it validates and remembers, without its document. */
export function createApi({ plan, ...given }: GeneratedParts): Api {
  const parts = { ...given, validators: forJson(given.operations, given.validators) }
  const api = defineApi({ ...parts, behaviours: fromPlan({ ...parts, plan, basePath: basePathOf(parts) }) })
  const own = new Set<unknown>(api.operations)
  return { ...api, extendRoutes: extendRoutes(({ operation }) => own.has(operation), api.operations) }
}

/** A reply in another media type is none that a schema of JSON could be held to. */
const forJson = (operations: Api['operations'], validators: Api['validators']): Api['validators'] =>
  Object.fromEntries(
    operations.map(({ id, replies }) => {
      const own = validators[id]
      const held = Object.entries(own?.replies ?? {}).filter(([key]) => /json/i.test(replies[key]?.mediaTypes[0] ?? ''))
      return [id, { ...own, replies: Object.fromEntries(held) }]
    }),
  )
