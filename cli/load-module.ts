import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { dirname, extname, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findCulprit } from '../mocks/find-culprit.ts'
import { ownExports } from './own-exports.ts'
import { UsageError } from './read-arguments.ts'

/** How a module is loaded. */
export interface LoadOptions {
  /** Read again, with all of its project that it imports, also where it was loaded before. */
  readonly fresh?: boolean
  /** Told of each file of the project before it is read: its absolute path. */
  readonly onRead?: (path: string) => void
}

/**
 * Loads what a project's own file exports: its default, else all of it. TypeScript is run by Node from 22.18 on, and before
 * that by jiti, where it is installed. The file may import `rollcall` also where the project has not installed it.
 * @throws UsageError that says what is wrong and where
 */
export async function loadModule(file: string, options: LoadOptions = {}): Promise<unknown> {
  const { onRead } = options
  const read: string[] = []
  const note = (path: string) => {
    read.push(path)
    onRead?.(path)
  }
  note(file)
  if (extname(file) === '.json') return readJson(file)
  try {
    const loaded = (await importModule(file, { ...options, onRead: note })) as Record<string, unknown>
    return Object.hasOwn(loaded, 'default') ? loaded['default'] : loaded
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { message, name } = error as Error
    throw new UsageError(
      `${named(placeOf(error as Error, file, read))} cannot be loaded: ${name}: ${message.split('\n')[0]}`,
    )
  }
}

/** Where it went wrong; where nothing says that, the file. */
function placeOf(error: NodeJS.ErrnoException, file: string, read: readonly string[]): string {
  if (error.code === 'ERR_MODULE_NOT_FOUND') return file
  if (error instanceof SyntaxError) return placeOfSyntax(error.stack) ?? findBroken(read) ?? file
  return findCulprit(error) ?? file
}

/** Node says in the first line of a stack where it could not go on reading, but of JavaScript only when it is asked. */
function placeOfSyntax(stack = ''): string | undefined {
  const [, file, line] = /^(\S+?)(?:\?\S*)?:(\d+)\n/.exec(stack) ?? []
  if (file === undefined) return undefined
  return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}`
}

/** The first of several files that cannot be read. */
function findBroken(files: readonly string[]): string | undefined {
  for (const file of new Set(files)) {
    const place = placeOfSyntax(checkSyntax(file))
    if (place !== undefined) return place
  }
  return undefined
}

const checkSyntax = (file: string): string =>
  spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 5000 }).stderr

/** A path as it is shortest: from the working directory, or from the root. */
export function named(path: string): string {
  const short = relative(process.cwd(), path)
  return short === '' || short.length > path.length ? path : short
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${named(file)} cannot be loaded: ${(error as Error).message}`)
  }
}

const TYPESCRIPT = /\.[mc]?ts$/
/** Words that only a module begins a line with. */
const IS_MODULE = /^\s*(?:export\s|import\s*[\w{*'"])/m

let edition = 0

async function importModule(file: string, { fresh = false, onRead }: LoadOptions): Promise<unknown> {
  const isNative = !TYPESCRIPT.test(file) || Boolean(process.features.typescript)
  if (isNative && typeof module.registerHooks === 'function') {
    const hooks = module.registerHooks(hooksFor(dirname(file), fresh ? ++edition : 0, onRead))
    try {
      return await import(`${pathToFileURL(file)}${fresh ? `?edition=${edition}` : ''}`)
    } catch (error) {
      // An enum or a namespace, which is more than types that can be left out.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error
      for (const imported of onRead ? listImports(file) : []) onRead?.(imported)
      const jiti = await loadJiti(file)
      if (!jiti) throw error
      return await jiti.import(file)
    } finally {
      hooks.deregister()
    }
  }
  const jiti = await loadJiti(file)
  if (jiti) {
    for (const imported of onRead ? listImports(file) : []) onRead?.(imported)
    return jiti.import(file)
  }
  if (isNative) return import(`${pathToFileURL(file)}${fresh ? `?edition=${++edition}` : ''}`)
  throw new UsageError(
    `${named(file)} is TypeScript, which needs Node 22.18 or newer, or the package jiti: npm install --save-dev jiti`,
  )
}

/** The loader that the project has, or what came along with this package. */
async function loadJiti(file: string): Promise<{ import(file: string): Promise<unknown> } | undefined> {
  for (const from of [file, fileURLToPath(import.meta.url)]) {
    let path: string
    try {
      path = module.createRequire(from).resolve('jiti')
    } catch {
      continue
    }
    const { createJiti } = await import(pathToFileURL(path).href)
    return createJiti(pathToFileURL(file).href, { moduleCache: false, fsCache: false, alias: ownNames(file) })
  }
  return undefined
}

/** Of a project that has not installed this package, where its names lead. */
function ownNames(file: string): Record<string, string> {
  try {
    module.createRequire(file).resolve('rollcall/package.json')
    return {}
  } catch {
    return Object.fromEntries(ownExports())
  }
}

type Hooks = Parameters<NonNullable<typeof module.registerHooks>>[0]

/** How the files of a project are found and read; those of packages are left to Node. */
function hooksFor(folder: string, edition: number, onRead?: (path: string) => void): Hooks {
  const isOwn = (url: string | undefined) =>
    url?.startsWith('file:') === true && !fileURLToPath(url).includes(`${sep}node_modules${sep}`)
  return {
    resolve(specifier, context, next) {
      if (!isOwn(context.parentURL)) return next(specifier, context)
      const found = resolveFirst(spellingsOf(specifier), (one) => {
        try {
          return next(one, context)
        } catch (error) {
          // A project need not have installed the package whose command line it is given to.
          const own = ownExports().get(one)
          if (own === undefined) throw error
          return next(pathToFileURL(own).href, context)
        }
      })
      const isBelow = isOwn(found.url) && fileURLToPath(found.url).startsWith(folder + sep)
      return edition > 0 && isBelow && !found.url.includes('?')
        ? { ...found, url: `${found.url}?edition=${edition}` }
        : found
    },
    load(url, context, next) {
      if (!isOwn(url)) return next(url, context)
      const file = fileURLToPath(url.split('?', 1)[0] as string)
      onRead?.(file)
      if (/\.m?ts$/.test(file)) return next(url, { ...context, format: 'module-typescript' })
      // A folder whose package.json says CommonJS may all the same hold a file that is written as a module.
      if (file.endsWith('.js') && IS_MODULE.test(readFileSync(file, 'utf8')))
        return next(url, { ...context, format: 'module' })
      return next(url, context)
    },
  }
}

/** The files that a file imports by a relative path, and those that these import: where no loader tells of them. */
function listImports(file: string): Set<string> {
  const found = new Set([file])
  for (const one of found) {
    const text = existsSync(one) ? readFileSync(one, 'utf8') : ''
    for (const { 1: specifier = '' } of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const path = spellingsOf(specifier)
        .map((spelling) => resolve(dirname(one), spelling))
        .find(existsSync)
      if (path !== undefined) found.add(path)
    }
  }
  found.delete(file)
  return found
}

/** As it is written, and as TypeScript and bundlers let it be written. */
const spellingsOf = (specifier: string): string[] =>
  /^\.{0,2}\//.test(specifier)
    ? [specifier, specifier.replace(/\.([mc]?)js$/, '.$1ts'), `${specifier}.ts`, `${specifier}/index.ts`]
    : [specifier]

/** @throws what the first attempt threw, where none comes to anything */
function resolveFirst<R>(spellings: readonly string[], attempt: (spelling: string) => R): R {
  let thrown: unknown
  for (const spelling of spellings) {
    try {
      return attempt(spelling)
    } catch (error) {
      thrown ??= error
    }
  }
  throw thrown
}
