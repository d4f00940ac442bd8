import { mkdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { BUILT_IN } from '../mocks/built-in.ts'
import { linesToPaste, TITLES, TOOLS, type Tool } from './lines-to-paste.ts'
import { didYouMean, readArguments, UsageError } from './read-arguments.ts'
import { writeWhole } from './write-whole.ts'

const [FIRST_API = ''] = Object.keys(BUILT_IN)

const HELP = `Usage: rollcall init [dir] [options]

Puts the worker of the MSW that is installed here into dir, and prints the lines to paste. It changes nothing else.
Without dir: where package.json says so (msw.workerDirectory), or ./public; nowhere if a Vite config uses MSW's plugin.

  --for <tool>  only the lines for it: ${TOOLS.join(', ')}; repeatable
  --api <name>  lines with this API: ${Object.keys(BUILT_IN).join(', ')}; default ${FIRST_API}
  --help`

const WORKER = 'mockServiceWorker.js'

/**
 * `rollcall init`.
 * @returns the exit code
 * @throws UsageError; Error (code `ERR_INIT`) where MSW is missing or too old, or a file that is not MSW's is in the
 * way
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('init', args, {
    for: { type: 'string', multiple: true, default: [...TOOLS] },
    api: { type: 'string', default: FIRST_API },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (positionals.length > 1) throw new UsageError('init takes one folder; see rollcall init --help')
  const load = BUILT_IN[oneOf('API', values.api, Object.keys(BUILT_IN))]
  const tools = values.for.map((name) => oneOf('tool', name, TOOLS) as Tool)

  const msw = await findMsw()
  for (const folder of positionals.length > 0 ? positionals : await foldersOfProject()) await putWorker(msw, folder)
  const api = await load?.()
  const named = {
    name: values.api,
    operationId: api?.operations.find(({ role }) => role === 'subject')?.id ?? '',
    mswMajor: Number.parseInt(msw.version, 10),
  }
  for (const tool of tools) process.stdout.write(`\n--- ${TITLES[tool]}\n\n${linesToPaste(tool, named).join('\n')}`)
  return 0
}

function oneOf(kind: string, name: string, known: readonly string[]): string {
  if (known.includes(name)) return name
  throw new UsageError(`there is no ${kind} ${name}${didYouMean(name, known)}; init knows: ${known.join(', ')}`)
}

interface Msw {
  readonly version: string
  readonly worker: string
}

/** The MSW that the project here imports. */
async function findMsw(): Promise<Msw> {
  let manifest: string
  try {
    manifest = createRequire(join(process.cwd(), 'package.json')).resolve('msw/package.json')
  } catch {
    throw expected('MSW is not installed here; run: npm install --save-dev msw')
  }
  const { version } = JSON.parse(await readFile(manifest, 'utf8'))
  const [major, minor] = version.split('.').map(Number)
  if (major < 2 || (major === 2 && minor < 10)) {
    throw expected(`MSW ${version} is too old, rollcall needs 2.10 or newer; run: npm install --save-dev msw@latest`)
  }
  return { version, worker: await readFile(join(dirname(manifest), 'lib', WORKER), 'utf8') }
}

async function foldersOfProject(): Promise<string[]> {
  for (const name of ['ts', 'js', 'mts', 'mjs'].map((ending) => `vite.config.${ending}`)) {
    if (!(await read(name))?.includes('msw/vite')) continue
    console.log(`${name} has MSW's plugin, which serves the worker: nothing to put anywhere`)
    return []
  }
  const saved = JSON.parse((await read('package.json')) ?? '{}').msw?.workerDirectory ?? 'public'
  return [saved].flat()
}

async function putWorker({ version, worker }: Msw, folder: string): Promise<void> {
  const path = join(folder, WORKER)
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === false) {
    throw expected(`${folder} is a file; name the folder that your server serves as /`)
  }
  const before = await read(path)
  if (before === worker) return console.log(`${path} is the worker of MSW ${version} already`)
  const [, replaced] = /^const PACKAGE_VERSION = '(.+)'$/m.exec(before ?? '') ?? []
  if (before !== undefined && (!replaced || !before.includes('Mock Service Worker'))) {
    throw expected(`${path} is not MSW's; it was left as it is: move it away, or name another folder`)
  }
  await mkdir(folder, { recursive: true })
  await writeWhole(new Map([[path, worker]]))
  console.log(`${path}: the worker of MSW ${version}${replaced ? `, in place of that of ${replaced}` : ''}`)
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw expected(`cannot read ${path}: ${(error as Error).message}`)
  }
}

/** An error that needs no stack. */
const expected = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_INIT' })
