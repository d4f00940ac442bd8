import type { EventEmitter } from 'node:events'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeriveOptions } from '../contract-tests/case-kit.ts'
import { quote } from '../contract-tests/reporters/curl.ts'
import {
  createReporters,
  type Output,
  REPORTERS,
  type Reporter,
  type ReporterName,
} from '../contract-tests/reporters/index.ts'
import { createLocate } from '../contract-tests/reporters/locate.ts'
import { createRedact } from '../contract-tests/reporters/redact.ts'
import { count, describeDuration, describeRun, printable, tally } from '../contract-tests/reporters/sum-up.ts'
import { createSend, probe, SendError, type SendOptions } from '../contract-tests/send-http.ts'
import { schemesOf } from '../contract-tests/send-http-credentials.ts'
import type { VerifyOptions } from '../contract-tests/verify.ts'
import type { Case, CaseRequest, Evidence, RunResult, Send } from '../contract-tests/vocabulary.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { VERSION } from '../mocks/version.ts'
import { didYouMean, readArguments, readInteger, UsageError } from './read-arguments.ts'
import { differences } from './verify-against.ts'
import {
  completeUrl,
  describeRate,
  isLoopback,
  isOurMock,
  isProduction,
  loadSubject,
  politeRate,
  type Rate,
  readRate,
  readUrl,
  type Subject,
  wantsCredentials,
} from './verify-target.ts'

const HELP = `Usage: rollcall verify <api or document> --url <base url> [options]

Checks a running implementation against its document, and deletes again what it created there.
Built in: ${Object.keys(BUILT_IN).join(', ')}. For any other: the path of an OpenAPI 3.1 document.

  --url <url>            where the API is, with its base path
  --token <text>         the credential; better in the environment, as ROLLCALL_TOKEN
  --token-env <name>     the environment variable that holds it
  --bad-token <text>     one that must be refused (or ROLLCALL_BAD_TOKEN)
  --second-token <text>  one of another tenant (or ROLLCALL_SECOND_TOKEN)
  --header <n: v>        sent with every request; several
  --param <k=v>          a path parameter, such as the tenant's id; several
  --second-param <k=v>   the same for a second tenant; several

  --grep <text>          only cases whose id or title contains it
  --case <id>            only this one, again
  --seed <text>          the same seed makes the same requests; default: another for every run
  --list                 print the cases; nothing is sent
  --dry-run              print the requests and their number per operation; nothing is sent
  --strict <evidence>    what can fail: documented (default), observed, assumed
  --against <url>        verify this one too, and show only what differs

  --rate <n/s | n/min>   default: as fast as it goes on this machine, 2/s or the documented limit elsewhere
  --concurrency <n>      requests at the same time, default 1
  --timeout <ms>         for one request, default 30000
  --fail-fast            stop at the first failure
  --allow-mail           also try what sends mail to people
  --allow-production     the hosts that the document names are refused without

  --reporter <names>     ${Object.keys(REPORTERS).join(', ')}; several with commas; default list
  --output <folder>      where files go, default rollcall-report
  --help

Exit codes: 0 no failure; 1 failures, or broken off; 2 the command line was not understood, or nothing answers there.`

const FLAGS = {
  url: { type: 'string' },
  token: { type: 'string' },
  'token-env': { type: 'string' },
  'bad-token': { type: 'string' },
  'second-token': { type: 'string' },
  header: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  'second-param': { type: 'string', multiple: true },
  grep: { type: 'string' },
  case: { type: 'string' },
  seed: { type: 'string' },
  list: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'string', default: 'documented' },
  against: { type: 'string' },
  rate: { type: 'string' },
  concurrency: { type: 'string' },
  timeout: { type: 'string', default: '30000' },
  'fail-fast': { type: 'boolean' },
  'allow-mail': { type: 'boolean' },
  'allow-production': { type: 'boolean' },
  reporter: { type: 'string', default: 'list' },
  output: { type: 'string', default: 'rollcall-report' },
  help: { type: 'boolean', short: 'h' },
} as const

/** What a mock of ours refuses always, and what it lets in where its API names nothing. */
const REFUSED = 'invalid'
const PLAIN_TOKEN = 'token'

/** So many requests in a row that nothing answers, and the target is taken for gone. */
const PATIENCE = 5

type Values = ReturnType<typeof readArguments<typeof FLAGS>>['values']

/** What the command touches besides its arguments; tests bring their own. */
export interface Surroundings {
  readonly suite?: Suite
  readonly env?: NodeJS.ProcessEnv
  readonly stdout?: Output
  readonly stderr?: Output
  readonly signals?: EventEmitter
  readonly exit?: (code: number) => void
}

/** The part of `rollcall/contract` that is used here. */
export interface Suite {
  listCases(options: Pick<VerifyOptions, 'document' | 'name' | 'grep' | 'only'> & DeriveOptions): {
    readonly cases: readonly Case[]
  }
  verify(options: VerifyOptions): Promise<RunResult>
}

type Ground = Required<Surroundings>

export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<number> {
  const ground: Ground = {
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
    exit: (code) => process.exit(code),
    ...surroundings,
    suite: surroundings.suite ?? (await loadSuite()),
  }
  const { values, positionals } = readArguments('verify', args, FLAGS)
  if (values.help) {
    ground.stdout.write(`${HELP}\n`)
    return 0
  }
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) {
    throw new UsageError('verify takes one API or document; see rollcall verify --help')
  }
  return new Command(await loadSubject(name), name, values, ground).run()
}

async function loadSuite(): Promise<Suite> {
  const { listCases, verify } = await import('../contract-tests/verify.ts')
  return { listCases, verify }
}

/** A target and the credentials for it. */
interface Target {
  readonly url: string
  readonly isNear: boolean
  readonly token: string | undefined
  readonly badToken: string | undefined
  readonly secondToken: string | undefined
  readonly secrets: readonly string[]
}

class Command {
  readonly #subject: Subject
  readonly #name: string
  readonly #values: Values
  readonly #ground: Ground
  readonly #params: Readonly<Record<string, string>>
  readonly #secondParams: Readonly<Record<string, string>>
  readonly #headers: Readonly<Record<string, string>>
  readonly #reporters: readonly ReporterName[]
  readonly #strict: Evidence
  readonly #timeout: number
  readonly #rate: Rate | undefined
  readonly #concurrency: number | undefined

  constructor(subject: Subject, name: string, values: Values, ground: Ground) {
    this.#subject = subject
    this.#name = name
    this.#values = values
    this.#ground = ground
    this.#params = readPairs('--param', values.param)
    this.#secondParams = readPairs('--second-param', values['second-param'])
    this.#headers = readHeaders(values.header)
    this.#reporters = readChoices('--reporter', values.reporter.split(','), Object.keys(REPORTERS) as ReporterName[])
    this.#strict = readChoices('--strict', [values.strict], ['documented', 'observed', 'assumed'])[0] as Evidence
    this.#timeout = readInteger('--timeout', values.timeout, 1, 3_600_000)
    this.#rate = values.rate === undefined ? undefined : readRate(values.rate)
    this.#concurrency =
      values.concurrency === undefined ? undefined : readInteger('--concurrency', values.concurrency, 1, 64)
    if (values.against !== undefined && values.reporter !== 'list') {
      throw new UsageError('--against shows differences and takes no --reporter')
    }
  }

  async run(): Promise<number> {
    const { list, 'dry-run': isDry, url, against } = this.#values
    if (list || isDry) return list ? this.#list() : this.#dryRun()
    if (url === undefined) throw new UsageError('verify needs --url; see rollcall verify --help')
    if (this.#values.case !== undefined || this.#values.grep !== undefined) this.#selected()
    // All is refused before anything is sent.
    const urls = [['--url', url] as const, ...(against === undefined ? [] : [['--against', against] as const])].map(
      ([flag, text]) => this.#admit(flag, text),
    )
    const targets: Target[] = []
    for (const one of urls) targets.push(await this.#reach(one))
    return this.#withSignals((signal) =>
      targets[1] ? this.#compare(targets[0] as Target, targets[1], signal) : this.#verify(targets[0] as Target, signal),
    )
  }

  /** @throws UsageError when the URL is not one, or leads to production without leave */
  #admit(flag: string, text: string): URL {
    const url = readUrl(flag, text)
    if (!this.#values['allow-production'] && isProduction(url, this.#subject.document)) {
      throw new UsageError(
        `${url.hostname} is a production host of ${this.#subject.name}; give --allow-production if you mean it`,
      )
    }
    return url
  }

  /** @throws UsageError when nothing answers there, or a credential is missing */
  async #reach(url: URL): Promise<Target> {
    const { env } = this.#ground
    const { token: given, 'token-env': variable, 'bad-token': bad, 'second-token': second } = this.#values
    const isNear = isLoopback(url)
    const { document, api } = this.#subject
    if (variable !== undefined && !env[variable])
      throw new UsageError(`the environment variable ${variable} is not set`)
    const own = given ?? (variable === undefined ? env['ROLLCALL_TOKEN'] : env[variable])
    const fallback = isNear ? (api?.behaviours.exampleCredential ?? PLAIN_TOKEN) : undefined
    if (own === undefined && fallback === undefined && wantsCredentials(document) && !this.#hasCredentialHeader()) {
      throw new UsageError('a target that is not on this machine needs a credential: --token-env <name> or --token')
    }
    await probe(url.href, { timeout: Math.min(this.#timeout, 10_000) }).catch((error: Error) => {
      throw new UsageError(`${url.href} cannot be reached: ${error.message}`)
    })
    const isMock = await isOurMock(url)
    const secondToken = second ?? env['ROLLCALL_SECOND_TOKEN']
    const badToken = bad ?? env['ROLLCALL_BAD_TOKEN']
    const example = api?.behaviours.exampleCredential
    const secrets = [own ?? (isNear ? example : undefined), secondToken, badToken, ...secretHeaders(this.#headers)]
    return {
      url: completeUrl(url, isMock, document),
      isNear,
      token: own ?? fallback,
      badToken: badToken ?? (isMock ? REFUSED : undefined),
      secondToken,
      // Words that anybody may print; to hide them would make reports unreadable.
      secrets: secrets.filter((secret): secret is string => !!secret && secret !== REFUSED && secret !== PLAIN_TOKEN),
    }
  }

  #hasCredentialHeader(): boolean {
    return Object.keys(this.#headers).some((name) => SECRET_HEADER.test(name))
  }

  async #verify(target: Target, signal: AbortSignal): Promise<number> {
    const { stdout, stderr, env } = this.#ground
    const { output } = this.#values
    const { document, file, text } = this.#subject
    const summary = env['GITHUB_STEP_SUMMARY']
    const reporter = createReporters(
      this.#reporters,
      {
        version: VERSION,
        again: this.#again(target.url),
        curl: { url: target.url, headers: this.#headers, schemes: schemesOf(document) },
        locate: createLocate({ document, file, text }),
        stdout,
        hasColor: stdout.isTTY === true && !env['NO_COLOR'],
        writeFile: async (name, content) => {
          await mkdir(output, { recursive: true })
          const path = join(output, name)
          await writeFile(path, content)
          stderr.write(`report: ${path}\n`)
          return path
        },
        ...(summary && { appendSummary: (markdown: string) => appendFile(summary, markdown) }),
      },
      target.secrets,
    )
    const result = await this.#attempt(target, signal, reporter)
    await reporter.onEnd(result)
    if (!this.#reporters.includes('list')) stdout.write(`${printable(describeRun(result))}\n`)
    return tally(result.results).fail > 0 || result.interrupted !== undefined ? 1 : 0
  }

  async #compare(one: Target, other: Target, signal: AbortSignal): Promise<number> {
    const { stdout } = this.#ground
    const [a, b] = [await this.#attempt(one, signal), await this.#attempt(other, signal)]
    const hide = createRedact([...one.secrets, ...other.secrets])
    const found = differences(a, b)
    const lines = [
      `- ${one.url}: ${describeRun(a)}`,
      `+ ${other.url}: ${describeRun(b)}`,
      ...found.map((text) => `\n${text}`),
      `\n${found.length === 0 ? 'no differences' : count(found.length, 'difference')}`,
      ...[a, b].flatMap((result) =>
        result.leftovers.map(({ what, reason }) => `left behind at ${result.url}: ${what}: ${reason}`),
      ),
      ...[a, b].flatMap((result) => (result.interrupted ? [`broken off at ${result.url}: ${result.interrupted}`] : [])),
    ]
    stdout.write(`${hide(printable(lines.join('\n')))}\n`)
    return found.length > 0 || a.interrupted !== undefined || b.interrupted !== undefined ? 1 : 0
  }

  #attempt(target: Target, signal: AbortSignal, reporter?: Reporter): Promise<RunResult> {
    const { url, isNear, token, badToken, secondToken, secrets } = target
    const { document, name } = this.#subject
    const { grep, case: only } = this.#values
    const rate = this.#rate ?? (isNear ? undefined : politeRate(this.#subject))
    const gone = new AbortController()
    const send = giveUp(gone, {
      url,
      token,
      badToken,
      secondToken,
      headers: this.#headers,
      scheme: schemesOf(document),
      timeout: this.#timeout,
    })
    return this.#ground.suite.verify({
      ...this.#deriveOptions(),
      document,
      name,
      send,
      url,
      strict: this.#strict,
      ...(grep !== undefined && { grep }),
      ...(only !== undefined && { only }),
      failFast: this.#values['fail-fast'] === true,
      ...(this.#concurrency !== undefined && { concurrency: this.#concurrency }),
      ...(rate && { rate }),
      allowMail: this.#values['allow-mail'] === true,
      hasBadToken: badToken !== undefined,
      hasSecondToken: secondToken !== undefined,
      secrets,
      signal: AbortSignal.any([signal, gone.signal]),
      ...(reporter && {
        onStart: (plan: { total: number }) => reporter.onStart(plan),
        onResult: (...given: Parameters<Reporter['onResult']>) => reporter.onResult(...given),
      }),
    })
  }

  #deriveOptions(): DeriveOptions {
    const { seed } = this.#values
    return {
      ...(seed !== undefined && { seed }),
      ...(Object.keys(this.#params).length > 0 && { params: this.#params }),
      ...(Object.keys(this.#secondParams).length > 0 && { secondParams: this.#secondParams }),
    }
  }

  /** The first signal asks the run to stop and clean up, the second one does not ask. */
  async #withSignals(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
    const { signals, stderr, exit } = this.#ground
    const controller = new AbortController()
    const stop = () => {
      if (controller.signal.aborted) return exit(1)
      stderr.write('rollcall: stopping, and deleting what was created; once more to leave at once\n')
      controller.abort(new Error('stopped from outside'))
    }
    for (const name of ['SIGINT', 'SIGTERM']) signals.on(name, stop)
    try {
      const code = await work(controller.signal)
      return controller.signal.aborted ? 1 : code
    } finally {
      for (const name of ['SIGINT', 'SIGTERM']) signals.off(name, stop)
    }
  }

  /** @throws UsageError when nothing is left to do: a typo must not pass */
  #selected(): readonly Case[] {
    const { grep, case: only } = this.#values
    const { document, name } = this.#subject
    const { listCases } = this.#ground.suite
    const all = { ...this.#deriveOptions(), document, name }
    const { cases } = listCases({ ...all, ...(grep !== undefined && { grep }), ...(only !== undefined && { only }) })
    if (cases.length > 0) return cases
    if (only === undefined) throw new UsageError(`no case has "${grep ?? ''}" in its id or title; see --list`)
    const known = listCases(all).cases.map(({ id }) => id)
    throw new UsageError(`there is no case ${only}${didYouMean(only, known)}; see --list`)
  }

  #list(): number {
    const cases = this.#selected()
    const lines = cases.map(({ id, title }) => `${id}  ${title}`)
    this.#ground.stdout.write(`${printable([...lines, count(cases.length, 'case')].join('\n'))}\n`)
    return 0
  }

  #dryRun(): number {
    const cases = this.#selected()
    const lines: string[] = []
    const totals = new Map<string, number>()
    for (const one of cases) {
      if (one.unprovokable !== undefined) continue
      if (one.needs === 'mail' && !this.#values['allow-mail']) continue
      const requests: CaseRequest[] = []
      for (const step of one.steps) {
        const request = this.#foresee(step, requests)
        if (request && 'skip' in request) continue
        if (request) requests.push(request)
        const operation = request?.operationId ?? one.operationId
        totals.set(operation, (totals.get(operation) ?? 0) + 1)
        const line = request ? `${request.method} ${request.path}` : `(what earlier replies lead to: ${step.title})`
        lines.push(`${line}  ${one.id}`)
      }
    }
    const rate = this.#rate ?? this.#remoteRate()
    const seconds = rate ? (lines.length / rate.requests) * rate.seconds : 0
    const duration = rate ? `, ${describeDuration(seconds * 1000)} at ${describeRate(rate)}` : ''
    const sums = [...totals].map(([operation, number]) => `${String(number).padStart(6)}  ${operation}`)
    const total = `${String(lines.length).padStart(6)}  in all${duration}; deleting what was created comes on top`
    this.#ground.stdout.write(`${printable([...lines, '', ...sums, total].join('\n'))}\n`)
    return 0
  }

  #remoteRate(): Rate | undefined {
    const { url } = this.#values
    return url !== undefined && !isLoopback(readUrl('--url', url)) ? politeRate(this.#subject) : undefined
  }

  /** The request that a step will make, as far as it can be told before any reply; undefined where it cannot. */
  #foresee(
    step: Case['steps'][number],
    requests: readonly CaseRequest[],
  ): ReturnType<Case['steps'][number]['request']> | undefined {
    try {
      return step.request({
        tag: 'dryrun00',
        replies: [],
        requests,
      })
    } catch {
      return undefined
    }
  }

  /** This command again, without what chooses a case or how it is reported; credentials by their variable. */
  #again(url: string): string {
    const { 'token-env': variable, token, strict } = this.#values
    const flags = [
      ['--url', url],
      ...Object.entries(this.#params).map(([key, value]) => ['--param', `${key}=${value}`]),
      ...Object.entries(this.#secondParams).map(([key, value]) => ['--second-param', `${key}=${value}`]),
      ...Object.entries(this.#headers).map(([key, value]) => ['--header', `${key}: ${value}`]),
      ...(variable !== undefined
        ? [['--token-env', variable]]
        : token !== undefined
          ? [['--token-env', 'ROLLCALL_TOKEN']]
          : []),
      ...(strict === 'documented' ? [] : [['--strict', strict]]),
      ...(this.#values['allow-mail'] ? [['--allow-mail']] : []),
      ...(this.#values['allow-production'] ? [['--allow-production']] : []),
    ]
    return ['rollcall', 'verify', this.#name, ...flags.flat()].map(quote).join(' ')
  }
}

/** Sends until the target is gone: it says so once then, instead of failing every case that is left. */
function giveUp(gone: AbortController, options: SendOptions): Send {
  const send = createSend(options)
  let inARow = 0
  return async (request, signal) => {
    try {
      const reply = await send(request, signal)
      inARow = 0
      return reply
    } catch (error) {
      const isSilent = error instanceof SendError && (error.kind === 'unreachable' || error.kind === 'timeout')
      inARow = isSilent ? inARow + 1 : 0
      if (inARow >= PATIENCE && !gone.signal.aborted) {
        gone.abort(new Error(`the target answers no more: ${(error as Error).message}`))
      }
      throw error
    }
  }
}

const SECRET_HEADER = /auth|key|token|secret|cookie|session|pass|credential/i

const secretHeaders = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers)
    .filter(([name]) => SECRET_HEADER.test(name))
    // `Bearer xyz`: the word is no secret, and the token can show without it.
    .flatMap(([, value]) => [value, ...value.split(/\s+/).filter((word) => word.length > 6)])

function readPairs(flag: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1) throw new UsageError(`${flag} must be like name=value, not ${pair}`)
      return [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
}

function readHeaders(headers: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    headers.map((header) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(header) ?? []
      // The header itself may be a secret that was typed wrongly.
      if (name === undefined || value === undefined) throw new UsageError('--header must be like "Name: value"')
      return [name, value]
    }),
  )
}

function readChoices<T extends string>(flag: string, given: readonly string[], known: readonly T[]): T[] {
  return given.map((word) => {
    const found = known.find((name) => name === word.trim())
    if (found) return found
    throw new UsageError(
      `${flag} has no ${word || 'empty name'}${didYouMean(word, known)}; there is ${known.join(', ')}`,
    )
  })
}
