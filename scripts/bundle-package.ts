import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'

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

const runtimeTexts: Plugin = {
  name: 'runtime-texts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]validators[\\/]runtime-texts\.ts$/ }, async ({ path }) => {
      const { RUNTIME_TEXTS } = await import(pathToFileURL(path).href)
      return { contents: `export const RUNTIME_TEXTS = ${JSON.stringify(RUNTIME_TEXTS)}` }
    })
  },
}

/**
 * Bundles what the package exports, and its command, for Node 20 and browsers.
 * @param folder where it goes: `dist/` of the package
 * @returns the paths of all sources that are in it, from the root of the checkout
 */
export async function bundlePackage(folder: string): Promise<readonly string[]> {
  const options = {
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
    plugins: [runtimeTexts],
    jsx: 'automatic',
    metafile: true,
    logLevel: 'warning',
  } as const satisfies BuildOptions
  const { metafile } = await build({ ...options, write: false })
  await build({ ...options, plugins: [...options.plugins, keepTogether(metafile.inputs)] })
  return Object.keys(metafile.inputs)
}

type Modules = Metafile['inputs']

/** Whether what is imported so is loaded when the code comes to it, and not with the module. */
const isLater = (kind: string): boolean => !/^(?:import|require)-/.test(kind)

/** What is loaded with some of the modules. */
function closureOf(modules: Modules, entries: readonly string[]): Set<string> {
  const reached = new Set(entries)
  for (const path of reached) {
    for (const { kind, path: imported } of modules[path]?.imports ?? []) {
      if (!isLater(kind) && modules[imported]) reached.add(imported)
    }
  }
  return reached
}

/** Besides the APIs, what a page may load: it gets nothing that it did not ask for. */
const FOR_PAGES = ['mocks/index.ts', 'mocks/generated.ts', 'mocks/data/index.ts', 'mocks/adapters/msw.ts']
const COMMAND = 'cli/mock.ts'
const BUILT_IN = 'mocks/built-in.ts'

/**
 * Modules that `rollcall mock` needs all are of two files instead of forty, each of which costs its start half a millisecond: what
 * the built-in APIs have in common, and what only Node loads. esbuild puts together what the same entries reach, so each
 * entry that reaches one of them is made to reach them all.
 */
function keepTogether(modules: Modules): Plugin {
  const loadedLater = ({ imports }: Modules[string]) =>
    imports.flatMap(({ kind, path }) => (isLater(kind) && modules[path] ? [path] : []))
  const apis = loadedLater(modules[BUILT_IN] as Modules[string]).filter((path) => path.startsWith('mocks/'))
  const [first = new Set<string>(), ...others] = apis.map((api) => closureOf(modules, [api]))
  const forPages = closureOf(modules, [...apis, ...FOR_PAGES])
  const main = closureOf(modules, ['cli/main.ts'])
  const groups = [
    [...first].filter((path) => others.every((reached) => reached.has(path))),
    [...closureOf(modules, [COMMAND])].filter((path) => path !== COMMAND && !forPages.has(path) && !main.has(path)),
  ]
  const entries = new Set([...built.map(sourceOf), ...Object.values(modules).flatMap(loadedLater)])
  return {
    name: 'keep-together',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^together:/ }, ({ path }) => ({ path, namespace: 'together', sideEffects: true }))
      onLoad({ filter: /./, namespace: 'together' }, ({ path }) => ({
        contents: (groups[Number(path.split(':')[1])] ?? []).map((one) => `export * from './${one}'\n`).join(''),
        resolveDir: root,
      }))
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const own = relative(root, path)
        if (!entries.has(own)) return undefined
        const reached = closureOf(modules, [own])
        const needed = groups.flatMap((group, at) => (group.some((one) => reached.has(one)) ? [`together:${at}`] : []))
        const text = readFileSync(path, 'utf8')
        return {
          contents: `${text}\n${needed.map((one) => `import '${one}'\n`).join('')}`,
          loader: path.endsWith('x') ? 'tsx' : 'ts',
        }
      })
    },
  }
}
