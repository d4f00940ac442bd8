import { registerHooks } from 'node:module'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner'
import type { Court, createJudge, Verdict } from './judge-mock.ts'

type Context = { -readonly [Name in keyof InstrumenterContext]?: InstrumenterContext[Name] | undefined }

/** What the instrumented files and Stryker tell each other. */
const context: Context = ((globalThis as Record<string, unknown>)[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {})

/** Stryker's test runner whose tests are the cases of the contract suite, in this process. */
class ContractRunner implements TestRunner {
  #judge: Awaited<ReturnType<typeof createJudge>> | undefined
  #courts: readonly Court[] = []
  #loads = 0
  /** Neighbouring mutants mostly fail the same case: the last that noticed something is asked first. */
  readonly #killers = new Set<string>()

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init(): Promise<void> {
    propagateLoads()
    this.#judge = await (await import(inSandbox('judge-mock.ts'))).createJudge()
    this.#courts = await this.#load()
  }

  async #load(): Promise<readonly Court[]> {
    const mocks = await import(`${inSandbox('load-mocks.ts')}?${LOAD}=${this.#loads++}`)
    return this.#judge?.open(mocks) ?? []
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const verdicts = await this.#try(this.#courts, this.#ids(), false)
    return {
      status: DryRunStatus.Complete,
      tests: verdicts.map(toTest),
      ...(coverageAnalysis !== 'off' && context.mutantCoverage && { mutantCoverage: context.mutantCoverage }),
    }
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, sandboxFileName, hitLimit, disableBail, mutantActivation } = options
    const testFilter = options.testFilter ?? this.#reach(sandboxFileName)
    context.hitCount = hitLimit === undefined ? undefined : 0
    context.hitLimit = hitLimit
    context.activeMutant = activeMutant.id
    try {
      // A mutant in what runs while modules load needs modules of its own; the others stay as they are.
      const courts = mutantActivation === 'static' ? await this.#load() : this.#courts
      const verdicts = await this.#try(courts, this.#inOrder(testFilter), !disableBail)
      const failed = verdicts.filter(({ outcome }) => outcome === 'fail')
      for (const { id } of failed) this.#remember(id)
      const limit = determineHitLimitReached(context.hitCount, hitLimit)
      if (limit) return { status: MutantRunStatus.Timeout, ...(limit.reason && { reason: limit.reason }) }
      const [first] = failed
      if (!first) return { status: MutantRunStatus.Survived, nrOfTests: verdicts.length }
      const killedBy = failed.map(({ id }) => id)
      return { status: MutantRunStatus.Killed, killedBy, failureMessage: first.seen, nrOfTests: verdicts.length }
    } catch (error) {
      // A mock that cannot even be loaded or created ends every run.
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: String(error), nrOfTests: 0 }
    } finally {
      context.activeMutant = undefined
    }
  }

  #ids(): readonly string[] {
    return this.#judge?.ids ?? []
  }

  /** Of the cases, all that the file can matter to: a behaviour is that of one API. */
  #reach(file: string): readonly string[] {
    const all = this.#ids()
    const own = all.filter((id) => id.startsWith(`${basename(file, '.ts')} `))
    return own.length > 0 ? own : all
  }

  async #try(courts: readonly Court[], ids: readonly string[], bail: boolean): Promise<readonly Verdict[]> {
    const onCase = (id: string) => {
      context.currentTestId = id
    }
    try {
      return (await this.#judge?.judge(courts, ids, { bail, onCase })) ?? []
    } finally {
      context.currentTestId = undefined
    }
  }

  #inOrder(ids: readonly string[]): readonly string[] {
    const wanted = new Set(ids)
    return [
      ...new Set([
        ...[...this.#killers]
          .reverse()
          .filter((id) => wanted.has(id))
          .slice(0, FIRST),
        ...ids,
      ]),
    ]
  }

  #remember(id: string): void {
    this.#killers.delete(id)
    this.#killers.add(id)
  }
}

/** How many of those that noticed something are asked before all others. */
const FIRST = 30

const LOAD = 'load'

/** The runner stands in the project, and what it runs in Stryker's copy of it, which is the working directory. */
const inSandbox = (name: string): string =>
  pathToFileURL(join(process.cwd(), 'contract-tests/proofs/mutants', name)).href

/** A module of the mock that is loaded for the third time imports others for the third time. */
function propagateLoads(): void {
  const isReloaded = (url: string) => /\/(?:mocks\/(?!data\/)|contract-tests\/targets\.ts)/.test(url)
  registerHooks({
    resolve(specifier, parent, next) {
      const found = next(specifier, parent)
      const load = parent.parentURL && new URL(parent.parentURL).searchParams.get(LOAD)
      return load && isReloaded(found.url) ? { ...found, url: `${found.url}?${LOAD}=${load}` } : found
    },
  })
}

function toTest({ id, title, outcome, duration, seen }: Verdict): TestResult {
  const test = { id, name: `${id}: ${title}`, timeSpentMs: duration }
  if (outcome === 'fail') return { ...test, status: TestStatus.Failed, failureMessage: seen }
  return { ...test, status: outcome === 'pass' ? TestStatus.Success : TestStatus.Skipped }
}

/** StrykerJS loads this export by its name (Plugins, `declareClassPlugin`). */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'contract', ContractRunner)]
