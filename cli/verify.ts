import type { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { schemesOf } from '../contract-tests/suite/list-schemes.ts'
import { shapesOf } from '../contract-tests/suite/reporters/curl.ts'
import {
  createReporters,
  type Output,
  type ReporterName,
  type RunReporter,
} from '../contract-tests/suite/reporters/index.ts'
import { createLocate } from '../contract-tests/suite/reporters/locate.ts'
import {
  describeNothingTried,
  describeRun,
  hasEndedWell,
  LEFT_BEHIND,
  loggable,
  oneLine,
  type Verdict,
  verdictOf,
} from '../contract-tests/suite/reporters/sum-up.ts'
import { Redactor } from '../contract-tests/suite/secrets/redactor.ts'
import type { Leftover, RunResult } from '../contract-tests/suite/vocabulary.ts'
import { DocumentError } from '../documents/read/document-error.ts'
import { VERSION } from '../mocks/api/version.ts'
import { chooseOne } from './choose-apis.ts'
import { loadStoriesOf } from './load-chosen.ts'
import { openFolder } from './open-folder.ts'
import { UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { tellFaults } from './tell-faults.ts'
import { describeDifferences, differences } from './verify-against.ts'
import {
  checkChanges,
  deriveOptionsOf,
  HELP,
  readVerifyArguments,
  type VerifyArguments,
  writeAgain,
} from './verify-arguments.ts'
import { foreseePlan, listPlan, type Suite, selectCases } from './verify-plan.ts'
import { politeRate } from './verify-rate.ts'
import { loadSubject, type Subject, valuesInUrl, withoutQuery } from './verify-subject.ts'
import { admitUrl, reachTarget, sendUntilGone, type Target } from './verify-target.ts'
import { appendWhole, writeWhole } from './write-whole.ts'

export type { Suite } from './verify-plan.ts'

/** What the command touches besides its arguments; tests bring their own. */
export interface Surroundings {
  readonly suite?: Suite
  readonly env?: NodeJS.ProcessEnv
  readonly stdout?: Output
  readonly stderr?: Output
  readonly signals?: EventEmitter
  readonly exit?: (code: number) => void
}

type Ground = Required<Surroundings>

/** Whoever is ended by one of them says so by its exit code: 128 and its number. */
const STOPPING = ['SIGINT', 'SIGTERM'] as const

const EXIT_CODES: Readonly<Record<Verdict, number>> = { passed: 0, failed: 1, 'nothing-tried': 2 }

/** Reporters that write no file of their own. */
const PRINTED: ReadonlySet<ReporterName> = new Set(['list', 'github'])

/**
 * `rollcall verify`.
 * @returns the exit code: 1 where the run failed, 2 where nothing was tried, 130 after Ctrl-C, 143 after SIGTERM
 * @throws UsageError before anything is sent
 */
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
  const given = readVerifyArguments(args)
  if (!given) {
    ground.stdout.write(`${HELP}\n`)
    return 0
  }
  const { flags } = given
  if (flags.stories === '') throw new UsageError('--stories must not be empty')
  const found = await readConfig(flags.config, { env: ground.env })
  const chosen = chooseOne('verify', found, given.name === undefined ? [] : [given.name], 'API or document', flags)
  const told = flags.stories === undefined ? chosen.stories : resolve(flags.stories)
  const stories = told === undefined ? undefined : await loadStoriesOf(told)
  const read: VerifyArguments = { ...given, name: chosen.label, reading: chosen.reading }
  const subject = await loadSubject(chosen.document, chosen.reading, {
    ...(chosen.name !== undefined && { name: chosen.name }),
    ...(stories && { stories }),
  }).catch((error) => {
    // Nothing was tried: whoever reads exit codes must not take it for a failure of the target.
    throw error instanceof DocumentError ? new UsageError(error.message) : error
  })
  return new Command(subject, read, ground).run()
}

async function loadSuite(): Promise<Suite> {
  const { listCases, verify } = await import('../contract-tests/suite/verify.ts')
  return { listCases, verify }
}

class Command {
  readonly #subject: Subject
  readonly #args: VerifyArguments
  readonly #ground: Ground
  /** Of each run, what would stay behind if nothing more were done. */
  readonly #pending: (() => readonly Leftover[])[] = []

  constructor(subject: Subject, args: VerifyArguments, ground: Ground) {
    this.#subject = subject
    this.#args = args
    this.#ground = ground
  }

  async run(): Promise<number> {
    const { list, 'dry-run': isDry, url, against, case: only, grep, output } = this.#args.flags
    const { reporters } = this.#args
    const { suite, stdout, env } = this.#ground
    checkChanges(this.#args, this.#subject.contract)
    tellFaults(withoutQuery(this.#args.name), this.#subject.contract, this.#ground.stderr)
    const select = () => selectCases(suite, this.#args, this.#subject)
    if (list || isDry) {
      const plan = select()
      stdout.write(`${list ? listPlan(plan) : foreseePlan(plan, this.#args, this.#subject)}\n`)
      return 0
    }
    if (url === undefined) throw new UsageError('verify needs --url; see rollcall verify --help')
    if (only !== undefined || grep !== undefined) select()
    // All is refused before anything is sent.
    const urls = [['--url', url] as const, ...(against === undefined ? [] : [['--against', against] as const])].map(
      ([flag, text]) => admitUrl(flag, text, this.#args, this.#subject),
    )
    const targets: Target[] = []
    for (const one of urls) targets.push(await reachTarget(one, this.#args, this.#subject, env))
    for (const { doubt } of targets) if (doubt !== undefined) this.#ground.stderr.write(`rollcall: ${doubt}\n`)
    if (against === undefined && reporters.some((name) => !PRINTED.has(name))) await openFolder('--output', output)
    const { name, headers, params, secondParams, flags } = this.#args
    // Also one that anybody may guess, where it was given: it is hidden where nothing else can be meant.
    const given = flags.token ?? env[flags['token-env'] ?? 'ROLLCALL_TOKEN'] ?? ''
    const redactor = new Redactor({
      contract: this.#subject.contract,
      secrets: [
        given,
        ...[name, ...(flags.overlay ?? [])].flatMap(valuesInUrl),
        ...targets.flatMap(({ secrets }) => secrets),
      ],
      called: [headers, params, secondParams],
    })
    const [one, other] = targets as [Target, Target?]
    return this.#withSignals(redactor, (signal) =>
      other ? this.#compare(one, other, redactor, signal) : this.#verify(one, redactor, signal),
    )
  }

  async #verify(target: Target, redactor: Redactor, signal: AbortSignal): Promise<number> {
    const { stdout, stderr, env } = this.#ground
    const { flags, headers, reporters } = this.#args
    const { contract, nameFile } = this.#subject
    const summary = env['GITHUB_STEP_SUMMARY']
    const reporter = createReporters(
      reporters,
      {
        version: VERSION,
        again: writeAgain(this.#args, target.url, redactor),
        curl: {
          url: target.url,
          headers,
          schemes: schemesOf(contract),
          credentials: shapesOf(target),
        },
        locate: createLocate(contract, nameFile),
        stdout,
        hasColor: stdout.isTTY === true && !env['NO_COLOR'],
        writeFile: async (name, content) => {
          const path = join(flags.output, name)
          await writeWhole(new Map([[path, content]]))
          stderr.write(`report: ${path}\n`)
          return path
        },
        ...(summary && { appendSummary: (markdown: string) => appendWhole(summary, markdown) }),
      },
      redactor,
    )
    const result = await this.#attempt(target, signal, reporter)
    // Also when a report cannot be written, the verdict is told.
    await reporter.onEnd(result).finally(() => {
      if (!reporters.includes('list')) stdout.write(`${loggable(describeRun(result))}\n`)
    })
    return this.#end(verdictOf(result), result, redactor)
  }

  async #compare(one: Target, other: Target, redactor: Redactor, signal: AbortSignal): Promise<number> {
    const { stdout } = this.#ground
    const results = [await this.#attempt(one, signal), await this.#attempt(other, signal)]
    for (const { results: cases } of results) for (const result of cases) redactor.learn(result)
    const [a, b] = results.map((result) => redactor.run(result)) as [RunResult, RunResult]
    const found = differences(a, b)
    stdout.write(`${describeDifferences(a, b, found)}\n`)
    if (found.length > 0 || !hasEndedWell(a) || !hasEndedWell(b)) return this.#end('failed', a, redactor)
    // Alike in every case: what the one tried, the other did.
    return this.#end(verdictOf(a) === 'nothing-tried' ? 'nothing-tried' : 'passed', a, redactor)
  }

  /** @returns the exit code */
  #end(verdict: Verdict, result: RunResult, redactor: Redactor): number {
    if (verdict === 'nothing-tried') {
      const why = redactor.hideIn(describeNothingTried(result))
      this.#ground.stderr.write(`rollcall: ${loggable(oneLine(why))}\n`)
    }
    return EXIT_CODES[verdict]
  }

  #attempt(target: Target, signal: AbortSignal, reporter?: RunReporter): Promise<RunResult> {
    const { url, isNear, token, badToken, secondToken, secrets } = target
    const { contract, name, stories } = this.#subject
    const { flags, headers, timeout, concurrency, strict, allowChanges, maxRequests, budget } = this.#args
    const { grep, case: only } = flags
    const rate = this.#args.rate ?? (isNear ? undefined : politeRate(this.#subject))
    const gone = new AbortController()
    const send = sendUntilGone(gone, {
      url,
      token,
      badToken,
      secondToken,
      headers,
      scheme: schemesOf(contract),
      timeout,
      say: (line) => this.#ground.stderr.write(`${line}\n`),
    })
    return this.#ground.suite.verify({
      ...deriveOptionsOf(this.#args),
      document: contract,
      name,
      ...(stories && { stories }),
      send,
      url,
      strict,
      ...(grep !== undefined && { grep }),
      ...(only !== undefined && { only }),
      failFast: flags['fail-fast'] === true,
      ...(concurrency !== undefined && { concurrency }),
      ...(rate && { rate }),
      ...(allowChanges !== undefined && { allowChanges }),
      // Where it is not given, the run decides by where the target is.
      ...(flags['allow-leftovers'] && { allowLeftovers: true }),
      ...(maxRequests !== undefined && { maxRequests }),
      ...(budget !== undefined && { budget }),
      allowMail: flags['allow-mail'] === true,
      hasBadToken: badToken !== undefined,
      hasSecondToken: secondToken !== undefined,
      secrets,
      signal: AbortSignal.any([signal, gone.signal]),
      onStop: (pending) => void this.#pending.push(pending),
      ...(reporter && {
        onStart: (plan: { total: number }) => reporter.onStart(plan),
        onResult: (...given: Parameters<RunReporter['onResult']>) => reporter.onResult(...given),
      }),
    })
  }

  #tellPending(redactor: Redactor): void {
    for (const { what, reason } of this.#pending.flatMap((pending) => pending())) {
      const left = redactor.hideIn(`${what}: ${reason}`)
      this.#ground.stderr.write(`${LEFT_BEHIND}  ${loggable(oneLine(left))}\n`)
    }
  }

  /** The first signal asks the run to stop and clean up, the second one does not ask. */
  async #withSignals(redactor: Redactor, work: (signal: AbortSignal) => Promise<number>): Promise<number> {
    const { signals, stderr, exit } = this.#ground
    const controller = new AbortController()
    let code: number | undefined
    const listeners = STOPPING.map((name) => {
      const stop = () => {
        if (code !== undefined) {
          this.#tellPending(redactor)
          return exit(code)
        }
        code = 128 + constants.signals[name]
        stderr.write('rollcall: stopping, and deleting what was created; once more to leave at once\n')
        controller.abort(new Error('stopped from outside'))
      }
      signals.on(name, stop)
      return () => void signals.off(name, stop)
    })
    try {
      const own = await work(controller.signal)
      return code ?? own
    } finally {
      for (const remove of listeners) remove()
    }
  }
}
