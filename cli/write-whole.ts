import { appendFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { reasonOf } from './reason-of.ts'

/**
 * Writes files whole, all of them or none: a reader never sees half a file, and a full disk leaves what was there.
 * @param files texts by their paths
 * @throws Error with a code, in one line
 */
export async function writeWhole(files: ReadonlyMap<string, string>): Promise<void> {
  const parts = [...files].map(([path, text]) => ({ path, part: `${path}.new`, text }))
  try {
    for (const { path, part, text } of parts) await writeFile(part, text).catch((error) => explain(path, error))
    for (const { path, part } of parts) await rename(part, path).catch((error) => explain(path, error))
  } catch (error) {
    await Promise.all(parts.map(({ part }) => rm(part, { force: true }).catch(() => {})))
    throw error
  }
}

/** Adds a text to a file that others write to as well: all of it, or nothing. @throws Error with a code, in one line */
export async function appendWhole(path: string, text: string): Promise<void> {
  const before = await stat(path).catch(() => undefined)
  await appendFile(path, text).catch(async (error) => {
    await truncate(path, before?.size ?? 0).catch(() => {})
    explain(path, error)
  })
}

function explain(path: string, error: NodeJS.ErrnoException): never {
  throw Object.assign(new Error(`${path} cannot be written: ${reasonOf(error)}`), { code: error.code ?? 'EIO' })
}
