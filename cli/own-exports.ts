import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What this package exports, by the names that others import it by: the files of what was built, or of the sources where they run. */
export function ownExports(): ReadonlyMap<string, string> {
  let root = import.meta.dirname
  while (!existsSync(join(root, 'package.json'))) root = dirname(root)
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const entries = Object.entries<{ default?: string }>(exports).flatMap(([path, { default: built }]) => {
    if (built === undefined) return []
    const file = import.meta.url.endsWith('.ts') ? built.replace('/dist/', '/').replace(/\.js$/, '.ts') : built
    return [[path.replace(/^\./, name), join(root, file)] as const]
  })
  // A name stands for all that begins with it: the longer ones go before.
  return new Map(entries.sort(([one], [other]) => other.length - one.length))
}
