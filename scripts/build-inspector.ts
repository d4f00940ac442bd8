import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'

const SOURCES = join(import.meta.dirname, '../inspector')

/**
 * Builds the inspector's page into a folder, as files that need nothing else.
 * @returns what went into it, for the licences of what it brings along
 */
export async function buildInspector(folder: string): Promise<Metafile> {
  await mkdir(folder, { recursive: true })
  const { metafile } = await build({
    absWorkingDir: join(SOURCES, '..'),
    entryPoints: { inspector: 'inspector/main.tsx' },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  await build({
    absWorkingDir: join(SOURCES, '..'),
    entryPoints: { inspector: 'inspector/style.css' },
    outdir: folder,
    minify: true,
    charset: 'utf8',
    logLevel: 'warning',
  })
  for (const name of ['index.html', 'icon.svg']) await cp(join(SOURCES, name), join(folder, name))
  return metafile
}
