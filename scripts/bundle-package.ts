import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** `./dist/mocks/index.js` is built from `mocks/index.ts`. */
const sourceOf = (built: string): string => built.replace(/^(?:\.\/)?dist\//, '').replace(/\.js$/, '.ts')

const built: string[] = [
  ...Object.values<string>(manifest.bin),
  ...Object.values<{ default?: string }>(manifest.exports).flatMap((entry) => entry.default ?? []),
]

const require = createRequire(import.meta.url)
/** What Node imports of `yaml` is CommonJS that requires Node's own modules, which no bundle can; this is the same code. */
const yaml = join(dirname(require.resolve('yaml/package.json')), 'browser/index.js')

/**
 * Bundles what the package exports, and its command, for Node 20 and browsers.
 * @param folder where it goes: `dist/` of the package
 * @returns the paths of all sources that are in it, from the root of the checkout
 */
export async function bundlePackage(folder: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: built.map(sourceOf),
    outdir: folder,
    outbase: '.',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    charset: 'utf8',
    minifySyntax: true,
    // A fifth of an installation is our own code. The names in a stack trace stay.
    minifyWhitespace: true,
    lineLimit: 120,
    external: [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)],
    alias: { yaml },
    plugins: [
      {
        name: 'runtime-texts',
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]validators[\\/]runtime-texts\.ts$/ }, async ({ path }) => {
            const { RUNTIME_TEXTS } = await import(pathToFileURL(path).href)
            return { contents: `export const RUNTIME_TEXTS = ${JSON.stringify(RUNTIME_TEXTS)}` }
          })
        },
      },
    ],
    jsx: 'automatic',
    metafile: true,
    logLevel: 'warning',
  })
  return Object.keys(metafile.inputs)
}
