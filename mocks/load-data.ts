/** Makes so many rows of an API's bulk creation; what `makeRows` of `rollcall/data` is. */
export type MakeRows = (api: never, count: number, seed: string) => readonly unknown[]

/**
 * Loads the makers of users at once. They bring a large library along, which no browser bundle and no start without
 * users shall carry; so there is no import of them here that a bundler could follow.
 * @throws Error outside Node, saying what to do instead
 */
export function loadMakeRows(): MakeRows {
  const getBuiltinModule = globalThis.process?.getBuiltinModule
  if (!getBuiltinModule) {
    throw new Error(
      'createMock({ users: <number> }) needs Node; elsewhere make the rows first: ' +
        "import { makeUsers } from 'rollcall/data', then createMock({ users: { <api>: await makeUsers(api, { count }) } })",
    )
  }
  const require = getBuiltinModule('node:module').createRequire(import.meta.url)
  return require(import.meta.url.endsWith('.ts') ? './data/index.ts' : 'rollcall/data').makeRows
}
