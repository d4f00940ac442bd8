import { shippedName } from '../documents/find-shipped.ts'
import type { VendorFaults } from './faulty-servers/vocabulary.ts'
import type { Stories } from './stories/tell.ts'

/** What the suite has of a built-in API besides its document. */
interface Vendor {
  stories(): Promise<Stories>
  faults(): Promise<VendorFaults>
}

/** The vendors of the suite, by the names of their documents; `mocks/built-in.ts` has those of the mock. */
export const VENDORS: Readonly<Record<string, Vendor>> = {
  dynamic: {
    stories: async () => (await import('./stories/dynamic.ts')).dynamicStories,
    faults: async () => (await import('./faulty-servers/dynamic.ts')).dynamicServers,
  },
  royalti: {
    stories: async () => (await import('./stories/royalti.ts')).royaltiStories,
    faults: async () => (await import('./faulty-servers/royalti.ts')).royaltiServers,
  },
  descope: {
    stories: async () => (await import('./stories/descope.ts')).descopeStories,
    faults: async () => (await import('./faulty-servers/descope.ts')).descopeServers,
  },
}

const vendorOf = (name: string): Vendor | undefined => (Object.hasOwn(VENDORS, name) ? VENDORS[name] : undefined)

/** Loads the stories of a built-in document. @returns undefined for any other file, also for one of the same name */
export const loadStories = async (file: string): Promise<Stories | undefined> =>
  vendorOf(shippedName(file) ?? '')?.stories()

/** Loads what the self-test knows of a built-in API, by its name; any other has no fault of its own. */
export const loadFaults = async (name: string): Promise<VendorFaults> => (await vendorOf(name)?.faults()) ?? { own: [] }
