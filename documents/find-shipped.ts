import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The package's own `openapi/`, from the sources as from `dist/`, whatever folder the bundler put this code into. */
export function findShipped(name: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'openapi', `${name}.yaml`)
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return undefined
  }
}
