import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, parse, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DocumentError } from './document-error.ts'
import type { ReadOptions } from './read-options.ts'

/** The path that a file URL leads to, through symlinks. @throws DocumentError where nothing may be read there */
export type AdmitFile = (url: URL) => Promise<string>

/**
 * Who may read which file: below the nearest folder upwards of the document that has a `.git` or a `package.json` (else the
 * document's own), below the working directory if the document lies there, and below what is allowed. A path is judged by
 * where it leads: a symlink opens nothing.
 * @param document its path; undefined for one that came from a URL, which may read only what is allowed
 */
export function createAdmitFile(document: string | undefined, { allowFiles = [] }: ReadOptions): AdmitFile {
  const own = document === undefined ? [] : foldersOf(dirname(resolve(document)))
  const folders = Promise.all([...own, ...allowFiles].map((folder) => leadsTo(resolve(folder))))
  return async (url) => {
    const path = await leadsTo(pathOf(url))
    const known = await folders
    if (known.some((folder) => isBelow(path, folder))) return path
    const within = known[0] === undefined ? '' : ` outside of ${known[0]}`
    throw new DocumentError(`it is a file${within}; --allow-files <folder> allows it`)
  }
}

function foldersOf(folder: string): string[] {
  const here = process.cwd()
  // Of a process that runs in the root, every file would be its own.
  const isHere = isBelow(folder, here) && here !== parse(here).root
  return [repositoryOf(folder), ...(isHere ? [here] : [])]
}

function repositoryOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (['.git', 'package.json'].some((name) => existsSync(join(at, name)))) return at
  }
  return folder
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url)
  } catch {
    throw new DocumentError('it is no file of this machine')
  }
}

/** What is not there leads to where it would be. */
async function leadsTo(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(await leadsTo(folder), basename(path))
  }
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
