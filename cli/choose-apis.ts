import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Stories } from '../contract-tests/suite/tell.ts'
import { isUrl } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import type { ApiConfig, ApiSettings, Config } from '../entries/config.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import type { OwnBehaviours } from '../mocks/engine/define-behaviours.ts'
import { named } from './load-module.ts'
import { readOne, UsageError } from './read-arguments.ts'
import type { FoundConfig } from './read-config.ts'
import { type ReadingValues, readingOptions } from './reading-flags.ts'

/** One API that a command is about, with all that is set for it. */
export interface Chosen extends Pick<ApiSettings, 'records' | 'empty' | 'stateless' | 'delay' | 'failures' | 'out'> {
  /** As it was named on the command line; of the configuration its document, from the working directory. */
  readonly label: string
  /** What the configuration calls it. */
  readonly name?: string
  /** A path, a URL, or the name of a built-in API. */
  readonly document: string
  readonly reading: ReadOptions
  readonly behaviours?: string | OwnBehaviours
  readonly stories?: string | Stories
  readonly tokens?: readonly string[]
}

/** Settings that are about one document: at the top of a configuration of several nobody could say which. */
const OF_ONE_DOCUMENT = ['overlays', 'behaviours', 'stories', 'out'] as const

/**
 * The APIs that a command is about: those that it names, else those of the environment, else all of the configuration.
 * What is named may be the name or the document of one that the configuration has.
 * @throws UsageError where the configuration says too little or too much
 */
export function chooseApis(
  found: FoundConfig,
  positionals: readonly string[],
  flags: ReadingValues = {},
): readonly Chosen[] {
  const { documents } = found.environment
  const asked = positionals.length > 0 ? positionals : listOf(documents)
  const configured = listConfigured(found)
  const chosen =
    documents === undefined && positionals.length === 0
      ? configured
      : asked.map((label) => pick(label, configured, found))
  return chosen.map((one) => ({ ...one, reading: readingOptions(flags, one.reading) }))
}

/** The one API that a command is about. @throws UsageError where there is none, or more */
export function chooseOne(
  command: string,
  found: FoundConfig,
  positionals: readonly string[],
  what: string,
  flags?: ReadingValues,
): Chosen {
  if (positionals.length > 1) readOne(command, positionals, what)
  const [one, ...others] = chooseApis(found, positionals, flags)
  if (one && others.length === 0) return one
  if (!one || !found.file) readOne(command, [], what)
  const known = [one, ...others].map((chosen) => chosen?.name ?? chosen?.label).join(', ')
  throw new UsageError(`${command} takes one ${what}, and ${named(found.file as string)} has ${known}: say which`)
}

const listOf = <T>(given: T | readonly T[] | undefined): readonly T[] =>
  given === undefined ? [] : Array.isArray(given) ? given : [given as T]

function pick(label: string, configured: readonly Chosen[], found: FoundConfig): Chosen {
  const isSame = ({ name, document }: Chosen) =>
    name === label || document === label || (!isUrl(label) && existsSync(label) && document === resolve(label))
  const known = configured.find(isSame)
  if (known) return { ...known, label }
  const { overlays: _, behaviours: __, stories: ___, out: ____, ...rest } = found.config
  return settle(label, { document: label }, { ...found, folder: process.cwd(), config: rest })
}

function listConfigured(found: FoundConfig): Chosen[] {
  const { config, file = '' } = found
  const { apis = {}, documents } = config
  const all: readonly (readonly [name: string | undefined, one: ApiConfig])[] = [
    ...listOf(documents).map((document) => [undefined, { document }] as const),
    ...Object.entries(apis).map(([name, one]) => [name, typeof one === 'string' ? { document: one } : one] as const),
  ]
  const shared = OF_ONE_DOCUMENT.find((key) => config[key] !== undefined)
  if (shared && all.length > 1) {
    throw new UsageError(
      `${named(file)}: ${shared} is about one document, and there are ${all.length}: say it in apis, for each`,
    )
  }
  return all.map(([name, one]) => {
    const { document = name as string } = one
    if (one.document === undefined && !Object.hasOwn(BUILT_IN, document)) {
      throw new UsageError(
        `${named(file)}: apis.${name}.document must be a path or a URL: no built-in API is called ${name}`,
      )
    }
    const at = atFolder(document, found.folder)
    const label = at === document ? document : named(at)
    return settle(label, { ...one, document: at }, found, name)
  })
}

/** What is in a file begins where that is; the name of a built-in API and a URL stay. */
const atFolder = (path: string, folder: string): string =>
  Object.hasOwn(BUILT_IN, path) || isUrl(path) ? path : resolve(folder, path)

/** What is set for one API: the environment wins over what is said of it, and that over the top of the file. */
function settle(label: string, own: ApiConfig & { document: string }, found: FoundConfig, name?: string): Chosen {
  const top: ApiSettings = found.config
  const file = located({ ...top, ...own }, found.folder)
  const { environment } = found
  const said = { ...file, ...located(environment, process.cwd()) }
  const { records, empty, stateless, delay, failures, out, behaviours, stories } = said
  const allowFiles = listOf(said.allowFiles)
  for (const folder of allowFiles) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue
    throw new UsageError(
      `${found.file ? named(found.file) : 'ROLLCALL_ALLOW_FILES'}: allowFiles must be folders, not ${folder}`,
    )
  }
  return {
    label,
    document: own.document,
    reading: { overlays: listOf(said.overlays), allowFiles, allowRemote: said.allowRemote ?? false },
    ...(name !== undefined && { name }),
    ...(records !== undefined && { records }),
    ...(empty !== undefined && { empty }),
    ...(stateless !== undefined && { stateless }),
    ...(delay !== undefined && { delay }),
    ...(failures !== undefined && { failures }),
    ...(out !== undefined && { out }),
    ...(behaviours !== undefined && { behaviours }),
    ...(stories !== undefined && { stories }),
    ...(said.tokens !== undefined && { tokens: listOf(said.tokens) }),
  }
}

/** The same with its paths absolute. */
function located(settings: ApiSettings & Config, folder: string): ApiSettings {
  const at = (path: string) => (isUrl(path) ? path : resolve(folder, path))
  const { overlays, behaviours, stories, allowFiles, out } = settings
  return {
    ...settings,
    ...(overlays !== undefined && { overlays: listOf(overlays).map(at) }),
    ...(typeof behaviours === 'string' && { behaviours: at(behaviours) }),
    ...(typeof stories === 'string' && { stories: at(stories) }),
    ...(allowFiles !== undefined && { allowFiles: listOf(allowFiles).map(at) }),
    ...(out !== undefined && { out: at(out) }),
  }
}
