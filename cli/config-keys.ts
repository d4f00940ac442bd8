import type { ApiConfig, ApiSettings, Config } from '../entries/config.ts'
import { didYouMean, UsageError } from './read-arguments.ts'

/** What a setting may be. */
export interface Kind {
  /** As it follows "must be". */
  readonly allowed: string
  isAllowed(value: unknown): boolean
  /** What a text of the environment means; left out where the environment cannot say it. */
  readText?(text: string): unknown
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const TEXT: Kind = { allowed: 'a text that is not empty', isAllowed: isText, readText: (text) => text }

const TEXTS: Kind = {
  allowed: 'a text or a list of texts, none of them empty',
  isAllowed: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  readText: (text) => text.split(',').map((one) => one.trim()),
}

const FLAG: Kind = {
  allowed: 'true or false',
  isAllowed: (value) => typeof value === 'boolean',
  readText: (text) => ({ true: true, 1: true, false: false, 0: false })[text] ?? text,
}

const integer = (least: number, most: number): Kind => ({
  allowed: `a whole number from ${least} to ${most}`,
  isAllowed: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  readText: (text) => (/^\d+$/.test(text) ? Number(text) : text),
})

/** The longest time that an answer may be held back, in milliseconds. */
export const LONGEST_DELAY = 600_000

const isDelay = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= LONGEST_DELAY
  const [, from, to] = (isText(value) && /^(\d+)-(\d+)$/.exec(value)) || []
  return from !== undefined && Number(from) <= Number(to) && Number(to) <= LONGEST_DELAY
}

const DELAY: Kind = {
  allowed: `milliseconds from 0 to ${LONGEST_DELAY}, a span of them like '100-400', or these by operationId`,
  isAllowed: (value) => isDelay(value) || (isRecord(value) && Object.values(value).every(isDelay)),
  readText: (text) => (/^\d+$/.test(text) ? Number(text) : text),
}

const BEHAVIOURS: Kind = {
  allowed: 'the path of a file, or what defineBehaviours of rollcall gives',
  isAllowed: (value) => isText(value) || (isRecord(value) && isRecord(value['operations'])),
  readText: (text) => text,
}

const STORIES: Kind = {
  allowed: 'the path of a file, or a function as Stories of rollcall/contract describes it',
  isAllowed: (value) => isText(value) || typeof value === 'function',
  readText: (text) => text,
}

const FAILURES: Kind = {
  allowed: "a list of orders like { operationId: 'listPets', status: 503 }",
  isAllowed: (value) => Array.isArray(value) && value.every((one) => isRecord(one) && isText(one['operationId'])),
}

const OF_API: Readonly<Record<keyof ApiSettings, Kind>> = {
  overlays: TEXTS,
  behaviours: BEHAVIOURS,
  stories: STORIES,
  records: integer(0, 10_000),
  empty: FLAG,
  stateless: FLAG,
  tokens: TEXTS,
  delay: DELAY,
  failures: FAILURES,
  allowFiles: TEXTS,
  allowRemote: FLAG,
  out: TEXT,
}

const OF_ONE: Readonly<Record<keyof ApiConfig, Kind>> = { document: TEXT, ...OF_API }

const APIS: Kind = {
  allowed: "APIs by their names, each a document or settings like { document: 'openapi.yaml' }",
  isAllowed: (value) => isRecord(value) && Object.values(value).every((one) => isText(one) || isRecord(one)),
}

/** All that the top of a configuration may hold. */
export const KEYS: Readonly<Record<keyof Config, Kind>> = {
  documents: TEXTS,
  apis: APIS,
  seed: TEXT,
  users: integer(0, 1_000_000),
  port: integer(0, 65_535),
  host: TEXT,
  basePath: TEXT,
  rateLimit: FLAG,
  checkReplies: FLAG,
  maxSessions: integer(1, 1_000_000),
  journal: integer(1, 1_000_000),
  controlToken: TEXT,
  ...OF_API,
}

/** @throws UsageError that names the file, the key, and what is allowed there */
export function checkConfig(config: unknown, file: string): Config {
  if (!isRecord(config)) throw new UsageError(`${file} must export an object by default, as defineConfig takes it`)
  checkKeys(config, KEYS, file, '')
  for (const [name, one] of Object.entries(config['apis'] ?? {})) {
    if (isRecord(one)) checkKeys(one, OF_ONE, file, `apis.${name}.`)
  }
  return config
}

function checkKeys(given: Record<string, unknown>, keys: Readonly<Record<string, Kind>>, file: string, at: string) {
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!Object.hasOwn(keys, key)) {
      const known = Object.keys(keys)
      throw new UsageError(`${file}: ${at}${key} is no setting${didYouMean(key, known)}; allowed: ${known.join(', ')}`)
    }
    checkValue(`${file}: ${at}${key}`, keys[key] as Kind, value)
  }
}

/** @throws UsageError that says what is allowed */
export function checkValue(what: string, { allowed, isAllowed }: Kind, value: unknown): void {
  if (isAllowed(value)) return
  throw new UsageError(`${what} must be ${allowed}, not ${JSON.stringify(value)?.slice(0, 100)}`)
}
