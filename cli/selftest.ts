import { loadFaults } from '../contract-tests/selftest/built-in.ts'
import { listFaults } from '../contract-tests/selftest/list-faults.ts'
import { createSelfTest, type FaultResult, isSound, scoresOf } from '../contract-tests/selftest/run-faults.ts'
import { inMemoryField } from '../contract-tests/selftest/targets.ts'
import type { VendorFaults } from '../contract-tests/selftest/vocabulary.ts'
import { schemesOf } from '../contract-tests/suite/list-schemes.ts'
import type { Stories } from '../contract-tests/suite/tell.ts'
import type { Case, Evidence } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { shippedName } from '../documents/read/find-shipped.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import type { Api } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { didYouMean, readArguments, UsageError } from './read-arguments.ts'
import { describeReadingFlags, READING_FLAGS, readingOptions } from './reading-flags.ts'
import { loadSubject } from './verify-subject.ts'

const HELP = `Usage: rollcall selftest [api] [options]
       rollcall selftest --document <file>

Plants one fault after the other in a mock, and sees whether the contract suite notices: the case that is about the
broken rule must wake, and no other counts. Built in: ${Object.keys(BUILT_IN).join(', ')}; without a name, all of them.

  --document <file>    faults of any API in a mock of this document: what would a run against it miss?
  --grep <text>        only faults whose name contains it
${describeReadingFlags(23)}
  --help

Exit codes: 0 every fault that breaks a documented or observed rule is noticed, and 95 % of the assumed ones;
1 not so; 2 the command line was not understood.`

interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** What the command prints on; tests bring their own. */
export interface Surroundings {
  readonly stdout?: Output
  readonly stderr?: Output
}

/**
 * `rollcall selftest`.
 * @returns the exit code: 1 where a fault is missed, or an untouched mock of a built-in API breaks a rule
 * @throws UsageError
 */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<number> {
  const { stdout = process.stdout, stderr = process.stderr } = surroundings
  const { values, positionals } = readArguments('selftest', args, {
    document: { type: 'string' },
    grep: { type: 'string' },
    ...READING_FLAGS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    stdout.write(`${HELP}\n`)
    return 0
  }
  const [name, ...rest] = positionals
  if (rest.length > 0 || (name !== undefined && values.document !== undefined)) {
    throw new UsageError('selftest takes one API, or --document; see rollcall selftest --help')
  }
  const reading = readingOptions(values)
  if (values.document === undefined && reading.overlays?.length) {
    throw new UsageError('--overlay changes a document of your own: give --document')
  }
  const began = performance.now()
  const grounds: Ground[] = []
  if (values.document !== undefined) grounds.push(await groundOfDocument(values.document, reading))
  else for (const api of name === undefined ? Object.keys(BUILT_IN) : [name]) grounds.push(await groundOf(api))
  const results: FaultResult[] = []
  let isQuiet = true
  for (const { name: api, contract, mocked, stories, faults: vendor } of grounds) {
    const selfTest = createSelfTest({
      name: api,
      contract,
      ...inMemoryField(mocked, schemesOf(contract)),
      hasSecondToken: vendor.tenants === undefined,
      ...vendor.tenants,
      ...(stories && { stories }),
    })
    const faults = listFaults(contract, selfTest.cases, vendor).filter(({ name: one }) =>
      one.includes(values.grep ?? ''),
    )
    const already = await selfTest.breachesOfGood()
    stdout.write(`${describeGround(api, faults.length, selfTest.cases, already.size)}\n`)
    // What a document cannot say its mock cannot do: no fault of the suite.
    if (already.size > 0 && values.document === undefined) isQuiet = false
    for (const [index, fault] of faults.entries()) {
      if (stderr.isTTY) stderr.write(`\r\u001b[K${api} ${index + 1} of ${faults.length}: ${fault.name}`)
      const result = await selfTest.plant(fault)
      if (stderr.isTTY) stderr.write('\r\u001b[K')
      results.push(result)
      stdout.write(`${describeFault(result)}\n`)
    }
  }
  if (values.grep !== undefined && results.length === 0) throw new UsageError(`no fault is called ${values.grep}`)
  stdout.write(`\n${describeScores(results)}\nin ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return isQuiet && isSound(results) ? 0 : 1
}

interface Ground {
  readonly name: string
  readonly contract: Contract
  readonly mocked: Api
  readonly stories?: Stories
  readonly faults: VendorFaults
}

async function groundOf(name: string): Promise<Ground> {
  if (!Object.hasOwn(BUILT_IN, name)) {
    throw new UsageError(
      `there is no API ${name}${didYouMean(name, Object.keys(BUILT_IN))}; built in: ${Object.keys(BUILT_IN).join(', ')}; or give --document`,
    )
  }
  const { contract, api, stories } = await loadSubject(name)
  return { name, contract, mocked: api as Api, faults: await loadFaults(name), ...(stories && { stories }) }
}

async function groundOfDocument(file: string, options: ReadOptions): Promise<Ground> {
  const { readApi } = await import('../mocks/read-api.ts')
  const [{ contract, stories }, mocked] = [await loadSubject(file, options), await readApi(file, options)]
  // Faults of a built-in API are about its own document only, and its stories too.
  const isBuiltIn = shippedName(file) !== undefined
  const told = stories && !isBuiltIn ? { stories } : {}
  return { name: `${mocked.name} (${file})`, contract, mocked, faults: { own: [] }, ...told }
}

function describeGround(name: string, faults: number, cases: readonly Case[], already: number): string {
  const quiet =
    already === 0 ? 'the untouched mock wakes none' : `the untouched mock wakes ${already} rules, left out here`
  return `\n${name}: ${faults} faults, ${cases.length} cases; ${quiet}`
}

const ANSWER = { woken: 'yes', asleep: 'NO ', 'by accident': 'NO ', 'without effect': '-  ' } as const

function describeFault({ fault, outcome, woke }: FaultResult): string {
  const by =
    outcome === 'without effect'
      ? 'nothing to notice: no reply of this mock shows it'
      : outcome === 'by accident'
        ? `by accident: ${woke}`
        : (woke ?? 'no case notices')
  return `  ${ANSWER[outcome]}  ${fault.evidence.padEnd(10)}  ${fault.name.padEnd(62)}  ${by}`
}

function describeScores(results: readonly FaultResult[]): string {
  const kinds = new Set(results.map(({ fault }) => fault.name)).size
  const line = (evidence: Evidence, planted: number, woken: number) =>
    `  ${evidence.padEnd(10)}  ${woken} of ${planted} noticed${planted === 0 ? '' : `, ${percent(woken, planted)} %`}`
  return [
    `${results.length} planted faults of ${kinds} kinds`,
    ...scoresOf(results).map(({ evidence, planted, woken }) => line(evidence, planted, woken)),
    `  by accident  ${results.filter(({ outcome }) => outcome === 'by accident').length}`,
  ].join('\n')
}

/** Rounded down: 100 is all of them. */
const percent = (part: number, whole: number): number => Math.floor((part / whole) * 100)
