import type { Contract } from '../documents/contract/contract.ts'
import { shippedName } from '../documents/read/find-shipped.ts'
import type { Stories } from './suite/tell.ts'

/** The stories of the built-in APIs, by the names of their documents: each loaded when it is asked for. */
export const STORIES: Readonly<Record<string, () => Promise<Stories>>> = {
  dynamic: async () => (await import('./stories/dynamic.ts')).dynamicStories,
  royalti: async () => (await import('./stories/royalti.ts')).royaltiStories,
  descope: async () => (await import('./stories/descope.ts')).descopeStories,
}

/**
 * Loads the stories of a document: of a built-in one its own, of any other those of its resources. @returns undefined where
 * its author says by `x-role` what a run is about, also of one that only has the name of a built-in one
 */
export async function loadStories(file: string, contract: Contract): Promise<Stories | undefined> {
  const name = shippedName(file)
  if (name !== undefined && Object.hasOwn(STORIES, name)) return STORIES[name]?.()
  if (contract.operations.some(({ role }) => role !== undefined)) return undefined
  return (await import('./stories/resources/tell-lifecycles.ts')).resourceStories
}
