import type { Api } from './api.ts'

/** The APIs that rollcall brings along, each loaded when it is asked for. */
export const BUILT_IN: Readonly<Record<string, () => Promise<Api>>> = {
  dynamic: async () => (await import('./dynamic.ts')).dynamic as unknown as Api,
  royalti: async () => (await import('./royalti.ts')).royalti as unknown as Api,
  descope: async () => (await import('./descope.ts')).descope as unknown as Api,
}
