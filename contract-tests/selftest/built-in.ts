import type { VendorFaults } from './vocabulary.ts'

/** What the self-test knows of the built-in APIs, by the names of their documents: each loaded when it is asked for. */
export const FAULTS: Readonly<Record<string, () => Promise<VendorFaults>>> = {
  dynamic: async () => (await import('./dynamic.ts')).dynamicServers,
  royalti: async () => (await import('./royalti.ts')).royaltiServers,
  descope: async () => (await import('./descope.ts')).descopeServers,
}

/** Loads what the self-test knows of an API, by its name; one that is not built in has no fault of its own. */
export const loadFaults = async (name: string): Promise<VendorFaults> =>
  (Object.hasOwn(FAULTS, name) ? await FAULTS[name]?.() : undefined) ?? { own: [] }
