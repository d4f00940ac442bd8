import { existsSync } from 'node:fs'
import type { Api } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import type { ReadApiOptions } from '../mocks/read-api.ts'
import { didYouMean, UsageError } from './read-arguments.ts'

/** @throws UsageError when a name is neither a built-in API nor looks like, or is, a file: the closest API is named */
export function checkName(name: string): void {
  if (Object.hasOwn(BUILT_IN, name) || existsSync(name) || /[./\\]/.test(name)) return
  const known = Object.keys(BUILT_IN)
  throw new UsageError(
    `there is no API ${name}${didYouMean(name, known)}; built in: ${known.join(', ')}; or name a document`,
  )
}

/**
 * A built-in API by its name, or the one of a document by its path or URL.
 * @throws UsageError when it is neither; DocumentError when the document cannot be read
 */
export async function loadApi(name: string, options?: ReadApiOptions): Promise<Api> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined
  if (load && options?.overlays?.length) throw new UsageError(`--overlay changes documents, and ${name} is built in`)
  if (load) return load()
  checkName(name)
  const { readApi } = await import('../mocks/read-api.ts')
  return readApi(name, options)
}
