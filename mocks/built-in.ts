import type { Api } from './api/api.ts'
import type { OperationExamples } from './engine/vocabulary.ts'

/** The APIs that rollcall brings along, each loaded when it is asked for, with the examples of requests, which no page needs. */
export const BUILT_IN: Readonly<Record<string, () => Promise<Api>>> = {
  dynamic: async () =>
    withRequests((await import('./dynamic.ts')).dynamic, (await import('../generated/dynamic/examples.ts')).requests),
  royalti: async () =>
    withRequests((await import('./royalti.ts')).royalti, (await import('../generated/royalti/examples.ts')).requests),
  descope: async () =>
    withRequests((await import('./descope.ts')).descope, (await import('../generated/descope/examples.ts')).requests),
}

type Requests = Readonly<Record<string, NonNullable<OperationExamples['request']>>>

const withRequests = (api: Api, requests: Requests): Api => ({
  ...api,
  examples: Object.fromEntries(
    Object.entries(api.examples).map(([id, examples]) => [
      id,
      { ...examples, ...(requests[id] && { request: requests[id] }) },
    ]),
  ),
})
