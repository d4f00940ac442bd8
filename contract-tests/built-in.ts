import { shippedName } from '../documents/read/find-shipped.ts'
import type { Stories } from './suite/tell.ts'

/** The stories of the built-in APIs, by the names of their documents: each loaded when it is asked for. */
export const STORIES: Readonly<Record<string, () => Promise<Stories>>> = {
  dynamic: async () => (await import('./stories/dynamic.ts')).dynamicStories,
  royalti: async () => (await import('./stories/royalti.ts')).royaltiStories,
  descope: async () => (await import('./stories/descope.ts')).descopeStories,
}

/** Loads the stories of a built-in document. @returns undefined for any other file, also for one of the same name */
export async function loadStories(file: string): Promise<Stories | undefined> {
  const name = shippedName(file)
  return name !== undefined && Object.hasOwn(STORIES, name) ? STORIES[name]?.() : undefined
}
