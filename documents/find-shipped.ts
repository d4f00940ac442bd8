import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

/** The package's own `openapi/`, from the sources as from `dist/`, whatever folder the bundler put this code into. */
export function findShipped(name: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'openapi', `${name}.yaml`)
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return undefined
  }
}

/** The name of the built-in document that a file is, by whatever path. @returns undefined for any other file */
export function shippedName(file: string): string | undefined {
  const name = basename(file, extname(file))
  const shipped = findShipped(name)
  return shipped !== undefined && existsSync(file) && realpathSync(file) === realpathSync(shipped) ? name : undefined
}
