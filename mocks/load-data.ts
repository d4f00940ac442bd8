import type { Api } from './api/api.ts'

/** Makes so many rows of an API's bulk creation, in slices; what `sliceRows` of `rollcall/data` is. */
type SliceRows = (api: Api, count: number, seed: string) => Iterable<readonly unknown[]>

/**
 * Loads the makers of users at once. They bring a large library along, which no browser bundle and no start without
 * users shall carry; so there is no import of them here that a bundler could follow.
 * @throws Error outside Node, saying what to do instead
 */
export function loadSliceRows(): SliceRows {
  const getBuiltinModule = globalThis.process?.getBuiltinModule
  if (!getBuiltinModule) {
    throw new Error('a number of users needs Node; elsewhere give rows, of makeUsers')
  }
  const require = getBuiltinModule('node:module').createRequire(import.meta.url)
  return require(import.meta.url.endsWith('.ts') ? './data/index.ts' : 'rollcall/data').sliceRows
}
