import { DocumentError } from '../documents/read/document-error.ts'
import { isLoopback, type Listening, type ListenOptions } from '../mocks/adapters/http-server.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Mock, MockOptions } from '../mocks/api/mock.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { createMock } from '../mocks/create-mock.ts'
import { placeBelow } from '../mocks/list-sites.ts'
import { describeFaults } from './describe-faults.ts'
import { describeStart } from './describe-start.ts'
import { loadApi } from './load-api.ts'
import { logAnswers } from './log-answers.ts'
import { readArguments, readInteger, readTime, UsageError } from './read-arguments.ts'
import { describeReadingFlags, READING_FLAGS, readingOptions } from './reading-flags.ts'
import { isToldAtStart, tellFurtherFaults } from './tell-further-faults.ts'

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
  --seed <text>         the same seed gives the same ids and data
  --delay <ms|min-max>  hold each answer back
  --rate-limit          enforce the vendors' documented limits, with 429 and Retry-After
  --check-replies       hold every reply to its document before it is kept and sent; documents of your own always are
  --grace <time>        how long requests that have arrived are still answered after Ctrl-C or SIGTERM, default 5s; a
                        second one ends at once
  --max-sessions <n>    how many sessions are kept, default 1000; the least recently used goes first
  --journal <n>         how many calls of a session the journal keeps, default 1000
  --control-token <t>   who may steer the mock below /__rollcall/; needed where --host is not loopback
${describeReadingFlags(24)}
  --quiet               print only the address
  --help

A request with the header "x-rollcall-session: <any>" has a state of its own.`

/** Serves a mock until it is told to stop. */
export async function serveMock(
  args: readonly string[],
  { command, about, port: usual, listen }: Serving,
): Promise<number> {
  const { values, positionals } = readArguments(command, args, {
    port: { type: 'string', default: String(usual) },
    host: { type: 'string', default: '127.0.0.1' },
    'base-path': { type: 'string' },
    token: { type: 'string', multiple: true },
    seed: { type: 'string' },
    users: { type: 'string' },
    records: { type: 'string' },
    empty: { type: 'boolean', default: false },
    stateless: { type: 'boolean', default: false },
    delay: { type: 'string' },
    'rate-limit': { type: 'boolean' },
    'check-replies': { type: 'boolean', default: false },
    grace: { type: 'string', default: '5s' },
    'max-sessions': { type: 'string', default: '1000' },
    journal: { type: 'string', default: '1000' },
    'control-token': { type: 'string' },
    ...READING_FLAGS,
    quiet: { type: 'boolean', short: 'q', default: false },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(about + OPTIONS(usual))
    return 0
  }
  const port = readInteger('--port', values.port, 0, 65535)
  // An empty host would mean every address of this machine.
  if (values.host === '') throw new UsageError('--host must not be empty')
  // An unset variable of the shell gives it so; nobody could send it.
  for (const flag of ['token', 'control-token'] as const) {
    if ([values[flag]].flat().includes('')) throw new UsageError(`--${flag} must not be empty`)
  }
  const twice = positionals.find((name, index) => positionals.indexOf(name) !== index)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  const users = values.users === undefined ? 0 : readInteger('--users', values.users, 0, 1_000_000)
  const records = values.records === undefined ? undefined : readInteger('--records', values.records, 0, 10_000)
  if (values.empty && (records ?? 0) > 0) throw new UsageError('--empty and --records do not go together')
  if (values.stateless && (values.empty || records !== undefined)) {
    throw new UsageError(`--stateless keeps no records: leave out --${values.empty ? 'empty' : 'records'}`)
  }
  const maxSessions = readInteger('--max-sessions', values['max-sessions'], 1, 1_000_000)
  const journal = readInteger('--journal', values.journal, 1, 1_000_000)
  const delay = values.delay === undefined ? undefined : readDelay(values.delay)
  const grace = readTime('--grace', values.grace, 600_000)
  const basePath = values['base-path']?.replace(/\/+$/, '')
  if (basePath !== undefined && !/^(?:\/[^\s?#]+)?$/.test(basePath)) {
    throw new UsageError(`--base-path must be a path such as /api, not ${values['base-path']}`)
  }
  const reading = readingOptions(values)
  const names = positionals.length > 0 ? positionals : Object.keys(BUILT_IN)
  // Nothing says which of several it is for.
  if (values.overlay && names.length > 1) throw new UsageError('--overlay goes with one document')
  const loaded = await Promise.all(names.map((name) => loadApi(name, { ...reading, stateless: values.stateless })))
  const apis = basePath === undefined ? loaded : loaded.map((api) => placeBelow(api, basePath))
  const warn = (message: string) => void process.stderr.write(`${message}\n`)
  const tell = (line: string) => warn(`rollcall: ${escapeControl(line)}`)
  for (const [index, api] of apis.entries()) {
    if (!isToldAtStart(api)) continue
    const { diagnostics = [], findPlace = () => undefined } = api
    for (const line of describeFaults(names[index] as string, diagnostics, findPlace)) tell(line)
  }
  const mock = compose({
    apis,
    ...(values.seed !== undefined && { seed: values.seed }),
    ...(values.token && { tokens: values.token }),
    ...(users > 0 && { users }),
    ...(records !== undefined && { records }),
    ...(values.empty && { empty: true }),
    ...(values['rate-limit'] && { rateLimit: true }),
    // What is built in is certified with the check; a document of one's own may have an example that breaks its schema.
    checkReplies: values['check-replies'] || positionals.some((name) => !Object.hasOwn(BUILT_IN, name)),
    maxSessions,
    journal,
    warn,
  })
  const log = values.quiet ? undefined : logAnswers(process.stdout)
  const server = await listen(mock, {
    port,
    host: values.host,
    grace,
    warn,
    ...(delay && { delay }),
    ...(values['control-token'] !== undefined && { controlToken: values['control-token'] }),
    ...(log && { onAnswer: log }),
  }).catch((error) => explain(error, values.host, port))
  if (!isLoopback(values.host)) {
    warn(`rollcall: ${values.host} is open to other machines; whoever reaches it can use the mock`)
  }
  // Before the address is out: whoever waits for it may send the signal at once.
  const stopped = untilStopped()
  console.log(values.quiet ? server.url : describeStart(apis, server.url, values.token !== undefined))
  const endings = apis.map((api, index) => tellFurtherFaults(names[index] as string, api, tell))
  await stopped
  for (const end of endings) end()
  await server.close()
  return 0
}

/** How long to hold the next answer back, in milliseconds: always the same, or evenly spread between two bounds. */
function readDelay(text: string): () => number {
  const [least = '', most = least, ...rest] = text.split('-')
  const from = readInteger('--delay', least, 0, 600_000)
  const to = readInteger('--delay', most, 0, 600_000)
  if (rest.length > 0 || to < from) throw new UsageError(`--delay must be like 200 or 100-400, not ${text}`)
  return () => from + Math.floor(Math.random() * (to - from + 1))
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
