import type { Api } from './api/api.ts'

/** The APIs that rollcall brings along, each loaded when it is asked for. */
export const BUILT_IN: Readonly<Record<string, () => Promise<Api>>> = {
  dynamic: async () => (await import('./dynamic.ts')).dynamic,
  royalti: async () => (await import('./royalti.ts')).royalti,
  descope: async () => (await import('./descope.ts')).descope,
}
