import { cp, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { run } from '../cli/spawn-rollcall.ts'

const ROOT = join(import.meta.dirname, '..')

/** Without what an outer npm says about the package it runs in. */
export const cleanEnv: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
)

/** @throws Error with all that npm printed */
export async function npm(args: readonly string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await run(args, { command: ['npm'], cwd, env: cleanEnv })
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stdout}${stderr}`)
}

/**
 * Packs the package as it would be published; the tarball's path. It packs a copy: packing builds `dist/` anew, which
 * others may be reading.
 */
export async function packPackage(folder: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const copy = join(folder, 'copy')
  const left = new Set(['dist', '.git'])
  await cp(ROOT, copy, {
    recursive: true,
    // `benchmarks/` has dependencies of its own.
    filter: (source) =>
      basename(source) !== 'node_modules' && (dirname(source) !== ROOT || !left.has(basename(source))),
  })
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir')
  await npm(['pack', '--pack-destination', folder], copy)
  return join(folder, `${name}-${version}.tgz`)
}
