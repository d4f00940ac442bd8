import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../entries/config.ts'
import { checkConfig, checkValue, KEYS, type Kind } from './config-keys.ts'
import { type LoadOptions, loadModule, named } from './load-module.ts'
import { UsageError } from './read-arguments.ts'

/** The names that a configuration may have; of several in one folder the first. */
export const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `rollcall.config.${ending}`)

/** A configuration with all that the environment says otherwise. */
export interface FoundConfig {
  /** Absolute; none where there is none. */
  readonly file: string | undefined
  /** What its paths begin at. */
  readonly folder: string
  readonly config: Config
  /** What the environment says of it, which wins over what is set for one API. */
  readonly environment: Config
}

/**
 * The configuration that a command goes by: the one it is given, else the one that is found upwards from the working
 * directory, and over it the environment.
 * @throws UsageError where it cannot be loaded, or holds what is not allowed
 */
export async function readConfig(
  given: string | undefined,
  { env = process.env, ...options }: LoadOptions & { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<FoundConfig> {
  const environment = readEnvironment(env)
  const chosen = given ?? env['ROLLCALL_CONFIG']
  if (chosen !== undefined && !existsSync(chosen)) {
    throw new UsageError(`there is no configuration ${chosen || '(empty)'}`)
  }
  const file = chosen === undefined ? findUpwards(process.cwd()) : resolve(chosen)
  const config = file === undefined ? {} : checkConfig(await loadModule(file, options), named(file))
  return { file, folder: file === undefined ? process.cwd() : dirname(file), config, environment }
}

function findUpwards(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = CONFIG_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (found !== undefined || folder === dirname(folder)) return found
  }
}

/** `ROLLCALL_MAX_SESSIONS` of `maxSessions`. */
const variableOf = (key: string): string => `ROLLCALL_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`

/** @throws UsageError that names the variable, and what is allowed */
function readEnvironment(env: NodeJS.ProcessEnv): Config {
  const read: Record<string, unknown> = {}
  for (const [key, kind] of Object.entries<Kind>(KEYS)) {
    const name = variableOf(key)
    const text = env[name]
    // An unset variable of a shell is passed on so.
    if (text === undefined || text === '' || !kind.readText) continue
    read[key] = kind.readText(text)
    checkValue(name, kind, read[key])
  }
  return read
}
