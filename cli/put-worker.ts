import { mkdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { writeWhole } from './write-whole.ts'

const WORKER = 'mockServiceWorker.js'

/** The MSW that a project imports. */
export interface Msw {
  readonly version: string
  /** The text of its service worker. */
  readonly worker: string
}

/** @returns undefined where it is not installed; @throws Error (code `ERR_INIT`) where it is too old */
export async function findMsw(): Promise<Msw | undefined> {
  let manifest: string
  try {
    manifest = createRequire(join(process.cwd(), 'package.json')).resolve('msw/package.json')
  } catch {
    return undefined
  }
  const { version } = JSON.parse(await readFile(manifest, 'utf8'))
  const [major, minor] = version.split('.').map(Number)
  if (major < 2 || (major === 2 && minor < 10)) {
    throw expected(`MSW ${version} is too old, rollcall needs 2.10 or newer; run: npm install --save-dev msw@latest`)
  }
  return { version, worker: await readFile(join(dirname(manifest), 'lib', WORKER), 'utf8') }
}

/** Where a project serves the worker from: none where a plugin of Vite does that. */
export async function foldersOfProject(): Promise<string[]> {
  for (const name of ['ts', 'js', 'mts', 'mjs'].map((ending) => `vite.config.${ending}`)) {
    if (!(await readText(name))?.includes('msw/vite')) continue
    console.log(`${name} has MSW's plugin, which serves the worker: nothing to put anywhere`)
    return []
  }
  const saved = JSON.parse((await readText('package.json')) ?? '{}').msw?.workerDirectory ?? 'public'
  return [saved].flat()
}

/** The worker in a folder of the project: what is to be written, unless it is there already, and a line about it. */
export interface DraftedWorker {
  readonly path: string
  readonly text?: string
  readonly told: string
}

/** @throws Error (code `ERR_INIT`) where a file that is not MSW's is in the way */
export async function draftWorker({ version, worker }: Msw, folder: string): Promise<DraftedWorker> {
  const path = join(folder, WORKER)
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === false) {
    throw expected(`${folder} is a file; name the folder that your server serves as /`)
  }
  const before = await readText(path)
  if (before === worker) return { path, told: `${path} is the worker of MSW ${version} already` }
  const [, replaced] = /^const PACKAGE_VERSION = '(.+)'$/m.exec(before ?? '') ?? []
  if (before !== undefined && (!replaced || !before.includes('Mock Service Worker'))) {
    throw expected(`${path} is not MSW's; it was left as it is: move it away, or name another folder`)
  }
  const instead = replaced ? `, in place of that of ${replaced}` : ''
  return { path, text: worker, told: `${path}: the worker of MSW ${version}${instead}` }
}

/** Writes it where it is not there yet, and tells. */
export async function putWorker({ path, text, told }: DraftedWorker): Promise<void> {
  if (text !== undefined) {
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(new Map([[path, text]]))
  }
  console.log(told)
}

/** @returns undefined where there is no such file; @throws Error (code `ERR_INIT`) where it cannot be read */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw expected(`cannot read ${path}: ${(error as Error).message}`)
  }
}

/** An error that needs no stack. */
export const expected = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_INIT' })
