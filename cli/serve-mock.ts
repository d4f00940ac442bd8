import { resolve } from 'node:path'
import { DocumentError } from '../documents/read/document-error.ts'
import type { Delay } from '../entries/config.ts'
import { isLoopback, type Listening, type ListenOptions } from '../mocks/adapters/http-server.ts'
import type { Api } from '../mocks/api/api.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Mock, MockOptions } from '../mocks/api/mock.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { createMock } from '../mocks/create-mock.ts'
import type { ProgrammedFailure } from '../mocks/engine/force-failure.ts'
import { placeBelow } from '../mocks/list-sites.ts'
import { type Chosen, chooseApis } from './choose-apis.ts'
import { LONGEST_DELAY } from './config-keys.ts'
import { describeFaults } from './describe-faults.ts'
import { describeStart } from './describe-start.ts'
import { chooseDelay, createDelay } from './hold-answers.ts'
import { isToldAtStart } from './is-told-at-start.ts'
import { LIMIT_FLAGS, LIMITS_HELP, readLimits } from './limit-flags.ts'
import { loadChosen } from './load-chosen.ts'
import { named } from './load-module.ts'
import { logAnswers } from './log-answers.ts'
import { openBrowser } from './open-browser.ts'
import { readArguments, readInteger, readTime, UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { tellFurther } from './tell-further.ts'

/** What a command that serves a mock brings along. */
interface Serving {
  readonly command: string
  /** Printed by --help, before the options that all of them have. */
  readonly about: string
  readonly port: number
  listen(mock: Mock, options: ListenOptions): Promise<Listening>
}

const OPTIONS = (port: number) => `
  --port <n>            default ${port}; 0 takes a free one
  --host <name>         default 127.0.0.1
  --base-path <path>    serve every API below this path, and nowhere else; default: that of each of its servers
  --token <t>           let only this credential in; may be given several times
  --users <n>           of a built-in API: every tenant starts with the same n users
  --records <n>         of a document: each resource begins with n records, at most 10000; below a parent with at most 3
  --empty               of a document: begin with nothing, not with what it shows
  --stateless           of a document: remember nothing; every reply is its example, or made from its schemas
  --behaviours <file>   of a document: behaviours of your own, which defineBehaviours of rollcall makes
  --seed <text>         the same seed gives the same ids and data
  --delay <ms|min-max>  hold each answer back
  --rate-limit          enforce the vendors' documented limits, with 429 and Retry-After
  --check-replies       hold every reply to its document before it is kept and sent; documents of your own always are
  --grace <time>        how long requests that have arrived are still answered after Ctrl-C or SIGTERM, default 5s; a
                        second one ends at once
  --max-sessions <n>    how many sessions are kept, default 1000; the least recently used goes first
  --open                open the inspector in a browser
  --no-inspector        leave the inspector's page out, which is at /__rollcall/, and for a browser at /
  --journal <n>         how many calls of a session the journal keeps, default 1000
${LIMITS_HELP}
  --control-token <t>   who may steer the mock below /__rollcall/; needed where --host is not loopback
${describeReadingFlags(24)}
  --quiet               print only the address
  --help

Each setting may also stand in rollcall.config.ts, or in the environment as ROLLCALL_PORT, ROLLCALL_RECORDS and so on.
A request with the header "x-rollcall-session: <any>" has a state of its own.`

/** Serves a mock until it is told to stop. */
export async function serveMock(
  args: readonly string[],
  { command, about, port: usual, listen }: Serving,
): Promise<number> {
  const { values, positionals } = readArguments(command, args, {
    port: { type: 'string' },
    host: { type: 'string' },
    'base-path': { type: 'string' },
    token: { type: 'string', multiple: true },
    seed: { type: 'string' },
    users: { type: 'string' },
    records: { type: 'string' },
    empty: { type: 'boolean' },
    stateless: { type: 'boolean' },
    behaviours: { type: 'string' },
    delay: { type: 'string' },
    'rate-limit': { type: 'boolean' },
    'check-replies': { type: 'boolean' },
    grace: { type: 'string', default: '5s' },
    'max-sessions': { type: 'string' },
    open: { type: 'boolean', default: false },
    'no-inspector': { type: 'boolean', default: false },
    journal: { type: 'string' },
    'control-token': { type: 'string' },
    ...LIMIT_FLAGS,
    ...READING_FLAGS,
    quiet: { type: 'boolean', short: 'q', default: false },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(about + OPTIONS(usual))
    return 0
  }
  if (values.open && values['no-inspector']) throw new UsageError('--open and --no-inspector do not go together')
  const own = readOwn(values)
  const limits = readLimits(values)
  const twice = positionals.find((name, index) => positionals.indexOf(name) !== index)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  const found = await readConfig(values.config)
  const settings = { ...found.config, ...found.environment }
  const port = own.port ?? settings.port ?? usual
  const host = values.host ?? settings.host ?? '127.0.0.1'
  const users = own.users ?? settings.users ?? 0
  const seed = values.seed ?? settings.seed
  const maxSessions = own.maxSessions ?? settings.maxSessions ?? 1000
  const journal = own.journal ?? settings.journal ?? 1000
  const controlToken = values['control-token'] ?? settings.controlToken
  const basePath = readBasePath(values['base-path'] ?? settings.basePath)
  const configured = chooseApis(found, positionals, values)
  const asked = configured.length > 0 ? configured : chooseApis(found, Object.keys(BUILT_IN), values)
  // Nothing says which of several it is for.
  for (const flag of ['overlay', 'behaviours'] as const) {
    if (values[flag] && asked.length > 1) throw new UsageError(`--${flag} goes with one document`)
  }
  const chosen = asked.map((one) => override(one, values, own.records))
  const names = chosen.map(({ label }) => label)
  const loaded = await Promise.all(chosen.map((one) => loadChosen(one)))
  const apis = basePath === undefined ? loaded : loaded.map((api) => placeBelow(api, basePath))
  const warn = (message: string) => void process.stderr.write(`${message}\n`)
  const tell = (line: string) => warn(`rollcall: ${escapeControl(line)}`)
  for (const [index, api] of apis.entries()) {
    if (!isToldAtStart(api)) continue
    const { diagnostics = [], findPlace = () => undefined } = api
    for (const line of describeFaults(names[index] as string, diagnostics, findPlace)) tell(line)
  }
  const hasTokens = chosen.some(({ tokens }) => tokens !== undefined)
  const mock = compose({
    apis,
    ...(seed !== undefined && { seed }),
    ...(hasTokens && { tokens: byApi(apis, chosen, ({ tokens }) => tokens) }),
    ...(users > 0 && { users }),
    ...((values['rate-limit'] ?? settings.rateLimit) && { rateLimit: true }),
    // What is built in is certified with the check; a document of one's own may have an example that breaks its schema.
    checkReplies:
      (values['check-replies'] ?? settings.checkReplies ?? false) ||
      chosen.some(({ document, behaviours }) => !Object.hasOwn(BUILT_IN, document) || behaviours !== undefined),
    maxSessions,
    journal,
    warn,
  })
  for (const [index, { failures = [] }] of chosen.entries()) {
    for (const order of failures) orderFailure(mock, { ...order, api: (apis[index] as Api).name }, found.file)
  }
  if (found.file !== undefined && !values.quiet) tell(`${named(found.file)} is read`)
  const delay = own.delay ?? createDelay(byApi(apis, chosen, ({ delay }) => delay))
  const log = values.quiet ? undefined : logAnswers(process.stdout)
  const server = await listen(mock, {
    port,
    host,
    grace: own.grace,
    ...limits,
    warn,
    ...(values['no-inspector'] && { inspector: false }),
    ...(delay && { delay }),
    ...(controlToken !== undefined && { controlToken }),
    ...(log && { onAnswer: log }),
  }).catch((error) => explain(error, host, port))
  if (!isLoopback(host)) {
    warn(`rollcall: ${host} is open to other machines; whoever reaches it can use the mock`)
  }
  // Before the address is out: whoever waits for it may send the signal at once.
  const stopped = untilStopped()
  const inspector = values['no-inspector'] ? undefined : `${server.url}/__rollcall/`
  console.log(values.quiet ? server.url : describeStart(apis, server.url, hasTokens, inspector))
  if (values.open && inspector !== undefined) await openBrowser(inspector, tell)
  const say = (line: string) => void (values.quiet || console.log(escapeControl(line)))
  const outlets = { warn: tell, tell: say }
  const endings = apis.map((api, index) => tellFurther(names[index] as string, api, outlets))
  await stopped
  for (const end of endings) end()
  await server.close()
  return 0
}

type Values = {
  readonly [flag in
    | 'port'
    | 'host'
    | 'users'
    | 'records'
    | 'delay'
    | 'max-sessions'
    | 'journal'
    | 'control-token']?: string
} & {
  readonly token?: string[]
  readonly empty?: boolean
  readonly stateless?: boolean
  readonly behaviours?: string
  readonly grace: string
}

/** What the flags say, read and checked. @throws UsageError */
function readOwn(values: Values) {
  const integer = (flag: keyof Values & string, text: string | undefined, least: number, most: number) =>
    text === undefined ? undefined : readInteger(`--${flag}`, text, least, most)
  // An empty host would mean every address of this machine.
  if (values.host === '') throw new UsageError('--host must not be empty')
  // An unset variable of the shell gives it so; nobody could send it.
  for (const flag of ['token', 'control-token', 'behaviours'] as const) {
    if ([values[flag]].flat().includes('')) throw new UsageError(`--${flag} must not be empty`)
  }
  const port = integer('port', values.port, 0, 65_535)
  const users = integer('users', values.users, 0, 1_000_000)
  const records = integer('records', values.records, 0, 10_000)
  if (values.empty && (records ?? 0) > 0) throw new UsageError('--empty and --records do not go together')
  if (values.stateless && (values.empty || records !== undefined)) {
    throw new UsageError(`--stateless keeps no records: leave out --${values.empty ? 'empty' : 'records'}`)
  }
  const maxSessions = integer('max-sessions', values['max-sessions'], 1, 1_000_000)
  const journal = integer('journal', values.journal, 1, 1_000_000)
  const delay = values.delay === undefined ? undefined : readDelay(values.delay)
  return { port, users, records, maxSessions, journal, delay, grace: readTime('--grace', values.grace, 600_000) }
}

function readBasePath(text: string | undefined): string | undefined {
  const basePath = text?.replace(/\/+$/, '')
  if (basePath === undefined || /^(?:\/[^\s?#]+)?$/.test(basePath)) return basePath
  throw new UsageError(`--base-path must be a path such as /api, not ${text}`)
}

/** What is set for an API, with what the flags say instead; what does not go with a flag gives way to it. */
function override(chosen: Chosen, values: Values, records: number | undefined): Chosen {
  const { records: _, empty: __, stateless: ___, ...rest } = chosen
  const isSaid = records !== undefined || values.empty !== undefined || values.stateless !== undefined
  return {
    ...(isSaid ? rest : chosen),
    ...(records !== undefined && { records }),
    ...(values.empty && { empty: true }),
    ...(values.stateless && { stateless: true }),
    ...(values.token && { tokens: values.token }),
    ...(values.behaviours !== undefined && { behaviours: resolve(values.behaviours) }),
  }
}

/** By the names of APIs, what is set for each; what is not set is left out. */
const byApi = <T>(
  apis: readonly Api[],
  chosen: readonly Chosen[],
  of: (one: Chosen) => T | undefined,
): Record<string, T> =>
  Object.fromEntries(
    apis.flatMap(({ name }, index) => {
      const set = of(chosen[index] as Chosen)
      return set === undefined ? [] : [[name, set] as const]
    }),
  )

/** @throws UsageError that says where an order of the configuration is wrong */
function orderFailure(mock: Mock, order: ProgrammedFailure, file: string | undefined): void {
  try {
    mock.failNext(order)
  } catch (error) {
    throw new UsageError(`${file && named(file)}: failures: ${(error as Error).message}`)
  }
}

/** How long to hold the next answer back, in milliseconds: always the same, or evenly spread between two bounds. */
function readDelay(text: string): () => number {
  const [least = '', most = least, ...rest] = text.split('-')
  const from = readInteger('--delay', least, 0, LONGEST_DELAY)
  const to = readInteger('--delay', most, 0, LONGEST_DELAY)
  if (rest.length > 0 || to < from) throw new UsageError(`--delay must be like 200 or 100-400, not ${text}`)
  return () => chooseDelay(text as Delay)
}

/** @throws DocumentError when two of the documents answer the same path */
function compose(options: MockOptions): Mock {
  try {
    return createMock(options)
  } catch (error) {
    throw new DocumentError((error as Error).message)
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): never {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is taken; choose another with --port, or --port 0 for a free one`,
    EACCES: `port ${port} needs more rights; choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${host} is not an address of this machine`,
    ENOTFOUND: `the host ${host} is not known`,
  }
  throw Object.assign(new Error(reasons[error.code ?? ''] ?? error.message), { code: error.code ?? 'ELISTEN' })
}

/** One Ctrl-C under npm comes twice, from the terminal and from npm, within some milliseconds. */
const ECHO = 50

/** The first signal stops; the next one finds nobody and ends the process at once. */
function untilStopped(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const other of signals) if (other !== signal) process.off(other, stop)
      setTimeout(() => process.off(signal, stop), ECHO).unref()
      resolve()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
