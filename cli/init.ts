import { createInterface } from 'node:readline/promises'
import { BUILT_IN } from '../mocks/built-in.ts'
import { type DraftedProject, draftProject, type OwnDocument } from './draft-project.ts'
import { findDocuments } from './find-documents.ts'
import { linesToPaste, type Named, TOOLS, type Tool, titleOf } from './lines-to-paste.ts'
import { loadApi } from './load-api.ts'
import {
  type DraftedWorker,
  draftWorker,
  expected,
  findMsw,
  foldersOfProject,
  putWorker,
  readText,
} from './put-worker.ts'
import { didYouMean, readArguments, UsageError } from './read-arguments.ts'
import { writeWhole } from './write-whole.ts'

const [FIRST_API = ''] = Object.keys(BUILT_IN)

const HELP = `Usage: rollcall init [dir] [options]

Sets a project up for its OpenAPI documents, which it finds: rollcall.config.ts, behaviours with one operation as a
comment, and scripts in package.json. It shows what it would write, and asks. Nothing that is there is written over.
Then it prints the lines to paste for the tools of the project. Where one of them runs in a page (Vite, Next.js,
Storybook), or dir is named, it puts the worker of the MSW that is installed here into dir; without dir: where
package.json says so (msw.workerDirectory), or ./public; nowhere if a Vite config uses MSW's plugin.

  --yes             write without asking
  --document <file> this document, not those that are found; repeatable
  --for <tool>      only the lines for it: ${TOOLS.join(', ')}; repeatable; default: those in package.json
  --api <name>      no document, but this API: ${Object.keys(BUILT_IN).join(', ')}; default where there is no document: ${FIRST_API}
  --help`

/** The package that says that a project uses a tool. */
const PACKAGES: Readonly<Record<Tool, readonly string[]>> = {
  vite: ['vite'],
  next: ['next'],
  vitest: ['vitest'],
  jest: ['jest'],
  playwright: ['@playwright/test', 'playwright'],
  storybook: ['storybook'],
}
/** Those whose requests a worker intercepts, in a page. */
const IN_PAGES: readonly Tool[] = ['vite', 'next', 'storybook']

/**
 * `rollcall init`.
 * @returns the exit code
 * @throws UsageError; DocumentError; Error (code `ERR_INIT`) where MSW is missing or too old, or a file that is not MSW's is
 * in the way
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('init', args, {
    for: { type: 'string', multiple: true },
    api: { type: 'string' },
    document: { type: 'string', multiple: true },
    yes: { type: 'boolean', short: 'y', default: false },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (positionals.length > 1) throw new UsageError('init takes one folder; see rollcall init --help')
  if (values.api !== undefined && values.document) throw new UsageError('--api and --document do not go together')
  if (values.api !== undefined) oneOf('API', values.api, Object.keys(BUILT_IN))
  const asked = values.for?.map((name) => oneOf('tool', name, TOOLS) as Tool)
  const documents = values.api === undefined ? await readDocuments(values.document) : []
  const isOwn = documents.length > 0
  const tools = asked ?? (await toolsOfProject(isOwn ? [] : TOOLS))
  const hasPages = tools.some((tool) => IN_PAGES.includes(tool))
  const msw = await findMsw()
  // Of a project that has no document, pages are all that this is for.
  if (!msw && !isOwn && tools.some((tool) => tool !== 'playwright')) {
    const why = values.api === undefined ? 'no document is found here, and ' : ''
    throw expected(
      `${why}MSW is not installed here; run: npm install --save-dev msw${why && ', or name yours with --document'}`,
    )
  }
  const folders = positionals.length > 0 ? positionals : msw && hasPages ? await foldersOfProject() : []
  const workers = msw ? await Promise.all(folders.map((folder) => draftWorker(msw, folder))) : []
  if (!isOwn || (await writeProject(await draftProject(documents), workers, values.yes))) {
    for (const worker of workers) await putWorker(worker)
  }
  const named = await nameFor(documents, values.api ?? FIRST_API, msw?.version)
  for (const tool of tools) {
    process.stdout.write(`\n--- ${titleOf(tool, named)}\n\n${linesToPaste(tool, named).join('\n')}`)
  }
  if (isOwn) console.log('\nNow: npx rollcall mock --watch')
  return 0
}

function oneOf(kind: string, name: string, known: readonly string[]): string {
  if (known.includes(name)) return name
  throw new UsageError(`there is no ${kind} ${name}${didYouMean(name, known)}; init knows: ${known.join(', ')}`)
}

/** So many are taken without a word. */
const MOST = 8

async function readDocuments(given: readonly string[] | undefined): Promise<OwnDocument[]> {
  const paths = given ?? (await findDocuments(process.cwd()))
  if (!given && paths.length > MOST) {
    const shown = `${paths.slice(0, MOST).join(', ')} and ${paths.length - MOST} more`
    throw new UsageError(`there are ${paths.length} documents: ${shown}; say which with --document`)
  }
  return Promise.all(paths.map(async (path) => ({ path, api: await loadApi(path) })))
}

/** The tools that `package.json` names. */
async function toolsOfProject(otherwise: readonly Tool[]): Promise<readonly Tool[]> {
  const manifest = await readManifest()
  const known = { ...manifest.dependencies, ...manifest.devDependencies }
  const found = TOOLS.filter((tool) => PACKAGES[tool].some((name) => Object.hasOwn(known, name)))
  return found.length > 0 ? found : otherwise
}

interface Manifest {
  readonly type?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

async function readManifest(): Promise<Manifest> {
  const text = (await readText('package.json')) ?? '{}'
  try {
    return JSON.parse(text)
  } catch (error) {
    throw expected(`package.json is no JSON: ${(error as Error).message}`)
  }
}

async function nameFor(documents: readonly OwnDocument[], name: string, mswVersion = '3'): Promise<Named> {
  const { type } = await readManifest()
  const [own] = documents
  const api = own?.api ?? (await BUILT_IN[name]?.())
  const operation = api?.operations.find(({ role }) => role === 'subject') ?? api?.operations[0]
  return {
    name: own?.api.name ?? name,
    operationId: operation?.id ?? '',
    mswMajor: Number.parseInt(mswVersion, 10),
    ...(own && { document: own.path }),
    isCommonJs: type !== 'module',
  }
}

/**
 * Shows what a project is to get, asks where somebody can answer, and writes it.
 * @param workers are shown, and left to the caller
 * @returns whether it may be written
 */
async function writeProject(
  { files, manifest, left }: DraftedProject,
  workers: readonly DraftedWorker[],
  isAgreed: boolean,
): Promise<boolean> {
  for (const line of left) console.log(line)
  const all = [...files, ...(manifest ? [manifest] : [])]
  const lacking = workers.filter(({ text }) => text !== undefined)
  if (all.length + lacking.length === 0) return true
  if (!isAgreed) {
    for (const { path, text } of files) console.log(`\n--- ${path}\n\n${text}`)
    if (manifest) console.log(`--- package.json gets the scripts ${manifest.scripts.join(', ')}\n`)
    for (const { told } of lacking) console.log(`--- ${told}\n`)
    if (!process.stdin.isTTY) {
      console.log('Nothing of this was written: rollcall init --yes writes it')
      return false
    }
    if (!(await agrees())) {
      console.log('Nothing was written')
      return false
    }
  }
  await writeWhole(new Map(all.map(({ path, text }) => [path, text])))
  for (const { path } of files) console.log(`${path}: written`)
  if (manifest) console.log(`package.json: the scripts ${manifest.scripts.join(', ')}`)
  return true
}

async function agrees(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^\s*(?:y(?:es)?)?\s*$/i.test(await terminal.question('Write this? (Y/n) '))
  } finally {
    terminal.close()
  }
}
