import { isLoopback, type Listening, type ListenOptions } from '../mocks/adapters/http-server.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Mock } from '../mocks/api/mock.ts'
import { type Assembled, assembleMock, type Loading } from './assemble-mock.ts'
import { describeStart } from './describe-start.ts'
import { LIMIT_FLAGS, LIMITS_HELP, readLimits } from './limit-flags.ts'
import { named } from './load-module.ts'
import { logAnswers } from './log-answers.ts'
import { openBrowser } from './open-browser.ts'
import { readArguments, UsageError } from './read-arguments.ts'
import { readServingFlags } from './read-serving-flags.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { tellLater } from './tell-later.ts'
import { FaultTeller } from './tell-served-faults.ts'
import { MockWatcher } from './watch-mock.ts'

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
  --token <t>           accept this credential alone, default any; repeatable
  --users <n>           of a built-in API: every tenant starts with the same n users
  --records <n>         of a document: each resource begins with n records, at most 10000; below a parent with at most 3
  --empty               of a document: begin without records, not with those of its examples
  --stateless           of a document: remember nothing; every reply is its example, or made from its schemas
  --behaviours <file>   of a document: behaviours of your own; the file exports by default what defineBehaviours returns
  --seed <text>         the same seed gives the same ids and data
  --delay <ms|min-max>  hold each answer back
  --rate-limit          enforce the vendors' documented limits, with 429 and Retry-After
  --check-replies       check every reply against its document before it is sent; of documents of your own always done
  --grace <time>        how long requests that have arrived are still answered after Ctrl-C or SIGTERM, default 5s; a
                        second one ends at once
  --max-sessions <n>    how many sessions are kept, default 1000; the least recently used goes first
  --open                open the inspector in a browser
  --no-inspector        do not serve the inspector, which is at /__rollcall/, and in a browser at /
  --journal <n>         how many calls of a session the journal keeps, default 1000
${LIMITS_HELP}
  --control-token <t>   the credential of the control API below /__rollcall/; needed where --host is not loopback
${describeReadingFlags(24)}
  --watch               read again what is edited: documents with all their files, overlays, behaviours, configuration;
                        records are kept, and an edit that cannot be read changes nothing
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
    watch: { type: 'boolean', short: 'w', default: false },
    quiet: { type: 'boolean', short: 'q', default: false },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(about + OPTIONS(usual))
    return 0
  }
  if (values.open && values['no-inspector']) throw new UsageError('--open and --no-inspector do not go together')
  const own = readServingFlags(values)
  const limits = readLimits(values)
  const twice = positionals.find((name, index) => positionals.indexOf(name) !== index)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  const warn = (message: string) => void process.stderr.write(`${message}\n`)
  const tell = (line: string) => warn(`rollcall: ${escapeControl(line)}`)
  const assemble = (loading?: Loading) => assembleMock({ values, own, positionals, usual }, warn, loading)
  const watcher = values.watch ? new MockWatcher(assemble) : undefined
  const first: Assembled = await (watcher ? watcher.begin() : assemble())
  const { found, apis, port, host, controlToken, hasTokens } = first
  if (found.file !== undefined && !values.quiet) tell(`${named(found.file)} is read`)
  const say = (line: string) => void (values.quiet || console.log(escapeControl(line)))
  const later = tellLater(first)
  const faults = new FaultTeller({ warn: tell, tell: say })
  faults.tellAtStart(first)
  const mock = watcher?.mock ?? first.mock
  const delay = watcher?.delay ?? first.delay
  const log = values.quiet ? undefined : logAnswers(process.stdout, () => mock.apis)
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
  faults.tellFurther(first)
  watcher?.start({
    say,
    tell,
    // What is looked for in a document that is no longer the one would hold up the reading of the next.
    onChange: (changed) => faults.stop(changed),
    onReload: (next) => {
      for (const line of later(next)) tell(line)
      faults.tellAtStart(next)
      faults.tellFurther(next)
    },
  })
  await stopped
  watcher?.stop()
  faults.stop()
  await server.close()
  return 0
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
