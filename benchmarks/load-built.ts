/** Loads a module of `dist/`: what is measured is what is shipped. This folder is a package of its own, so by path. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const load = <T>(path: string): Promise<T> =>
  import(pathToFileURL(join(import.meta.dirname, '..', 'dist', path)).href) as Promise<T>

export const { createMock } = await load<typeof import('rollcall')>('mocks/index.js')
export const loadHandlers = () => load<typeof import('rollcall/msw')>('mocks/adapters/msw.js')
export const loadContract = () => load<typeof import('rollcall/contract')>('contract-tests/index.js')

/** A built-in API. */
export async function loadApi(name: string): Promise<typeof import('rollcall/dynamic')['dynamic']> {
  const { [name]: api } = await load<Record<string, typeof import('rollcall/dynamic')['dynamic']>>(`mocks/${name}.js`)
  if (!api) throw new Error(`there is no built-in API ${name}`)
  return api
}
