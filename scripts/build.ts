/** Builds `dist/`: bundled JavaScript for Node 20 and browsers, and type declarations. */
import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'
import { buildInspector } from './build-inspector.ts'

const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** `./dist/mocks/index.js` is built from `mocks/index.ts`. */
const sourceOf = (built: string): string => built.replace(/^(?:\.\/)?dist\//, '').replace(/\.js$/, '.ts')

const built: string[] = [
  ...Object.values<string>(manifest.bin),
  ...Object.values<{ default?: string }>(manifest.exports).flatMap((entry) => entry.default ?? []),
]

const require = createRequire(import.meta.url)
/** What Node imports of `yaml` is CommonJS that requires Node's own modules, which no bundle can; this is the same code. */
const yaml = join(dirname(require.resolve('yaml/package.json')), 'browser/index.js')

rmSync(join(root, 'dist'), { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: built.map(sourceOf),
  outdir: 'dist',
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
const page = await buildInspector(join(root, 'dist/inspector'))
const inputs = [...Object.keys(metafile.inputs), ...Object.keys(page.inputs)]
writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), noticesOf(inputs))
for (const bin of Object.values<string>(manifest.bin)) chmodSync(join(root, bin), 0o755)

const tsc = require.resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
leaveOutUnread(Object.values<{ types?: string }>(manifest.exports).flatMap((entry) => entry.types ?? []))

/**
 * Removes the declarations that no entry leads to: the compiler writes one for each source, and most of them say what only
 * we import. They are a tenth of what an installation takes.
 */
function leaveOutUnread(entries: readonly string[]): void {
  const isRead = new Set<string>()
  const waiting = entries.map((entry) => join(root, entry))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (isRead.has(path)) continue
    isRead.add(path)
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) waiting.push(join(dirname(path), fileName.replace(/(?:\.js|\.ts)$/, '.d.ts')))
    }
  }
  for (const name of readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const path = join(root, 'dist', name)
    if (path.endsWith('.d.ts') && !isRead.has(path)) rmSync(path)
  }
}

/** The licences of the packages whose code is in the bundles, which each of them asks to be passed on. */
function noticesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one))
    if (!file) throw new Error(`${name} is bundled, and has no licence to pass on`)
    return `${name} ${version}, ${license}\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`
  })
  return `Code of these packages is bundled in rollcall.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`
}
