import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundlePackage } from './bundle-package.ts'

const root = join(import.meta.dirname, '..')

/**
 * Before the tests: the package is bundled, as it is built, from the sources as they are, into a folder of this run.
 * The commands that tests run are those of it (`cli/spawn-rollcall.ts`): from the sources each took twice the time to start.
 */
export default async function bundleCommand(): Promise<() => Promise<void>> {
  const folder = join(root, '.vitest', `package-${process.pid}`)
  await mkdir(folder, { recursive: true })
  // What the package imports by its own name is found by it.
  await copyFile(join(root, 'package.json'), join(folder, 'package.json'))
  await bundlePackage(join(folder, 'dist'))
  process.env['ROLLCALL_TEST_COMMAND'] = join(folder, 'dist/cli/main.js')
  return () => rm(folder, { recursive: true, force: true })
}
