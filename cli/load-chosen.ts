import { sep } from 'node:path'
import type { Stories } from '../contract-tests/suite/tell.ts'
import { copyLazily } from '../documents/read/define-lazily.ts'
import { isUrl } from '../documents/read/name-document.ts'
import type { Api } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import type { OwnBehaviours } from '../mocks/engine/define-behaviours.ts'
import { extendApi } from '../mocks/extend-api.ts'
import type { ReadApiOptions } from '../mocks/read-api.ts'
import type { Chosen } from './choose-apis.ts'
import { loadApi } from './load-api.ts'
import { type LoadOptions, loadModule, named } from './load-module.ts'
import { UsageError } from './read-arguments.ts'

/**
 * The API of a document with all that is set for it: its name, its behaviours, and what it begins with.
 * @throws UsageError when there is no such API, or its behaviours are none; DocumentError when the document cannot be read
 */
export async function loadChosen(
  chosen: Chosen,
  { read = readChosen, ...options }: LoadOptions & { readonly read?: (chosen: Chosen) => Promise<Api> } = {},
): Promise<Api> {
  const { name, records, empty, behaviours } = chosen
  const loaded = await read(chosen)
  const called = name === undefined ? loaded : Object.assign(copyLazily(loaded), { name })
  const api =
    behaviours === undefined ? called : extendBy(called, behaviours, await loadBehaviours(behaviours, options))
  const { furnish } = api.behaviours
  if (!furnish || (records === undefined && empty === undefined)) return api
  const begin: typeof furnish = (open) =>
    furnish(open, { ...(records !== undefined && { records }), ...(empty !== undefined && { empty }) })
  return Object.assign(copyLazily(api), {
    behaviours: Object.assign(copyLazily(api.behaviours), { furnish: begin }),
  })
}

/** What is read for it, without anything else that is set. */
export const readChosen = (
  { label, document, reading, stateless = false }: Chosen,
  options?: Pick<ReadApiOptions, 'previous' | 'onRead'>,
): Promise<Api> => {
  const { overlays = [] } = reading
  // What a configuration names has been made absolute: messages call it as it can be opened from here.
  const path = label === document || Object.hasOwn(BUILT_IN, document) || isUrl(document) ? document : named(document)
  const isBelow = (overlay: string) => !isUrl(overlay) && overlay.startsWith(process.cwd() + sep)
  const shown = overlays.map((overlay) => (label !== document && isBelow(overlay) ? named(overlay) : overlay))
  return loadApi(path, { ...reading, overlays: shown, stateless, ...options })
}

/** Behaviours as they were given, or those that a file exports. @throws UsageError where it exports none */
export async function loadBehaviours(given: string | OwnBehaviours, options?: LoadOptions): Promise<OwnBehaviours> {
  if (typeof given !== 'string') return given
  const exported = Object(await loadModule(given, options))
  const found = [exported, exported.behaviours].find((one) => typeof Object(one).operations === 'object')
  if (found) return found
  throw new UsageError(`${named(given)} must export by default what defineBehaviours of rollcall gives`)
}

/** Stories as they were given, or those that a file exports. @throws UsageError where it exports none */
export async function loadStoriesOf(given: string | Stories, options?: LoadOptions): Promise<Stories> {
  if (typeof given !== 'string') return given
  const exported = await loadModule(given, options)
  const found = [exported, Object(exported).stories].find((one) => typeof one === 'function')
  if (found) return found as Stories
  throw new UsageError(
    `${named(given)} must export by default a function, as Stories of rollcall/contract describes it`,
  )
}

function extendBy(api: Api, from: string | OwnBehaviours, behaviours: OwnBehaviours): Api {
  try {
    return extendApi(api, behaviours)
  } catch (error) {
    throw new UsageError(`${typeof from === 'string' ? named(from) : 'behaviours'}: ${(error as Error).message}`)
  }
}
