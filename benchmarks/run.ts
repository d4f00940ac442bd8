/** `npm run bench`: the mock beside a floor and its peers, as ratios. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '../scripts/read-options.ts'
import { pairwise } from './figures.ts'
import { stayOffServerCore } from './measure.ts'
import { coldStart } from './parts/cold-start.ts'
import { growth } from './parts/growth.ts'
import { inspector } from './parts/inspector.ts'
import { productionInstall } from './parts/install.ts'
import { largeDocument } from './parts/large-document.ts'
import { latency } from './parts/latency.ts'
import { msw } from './parts/msw.ts'
import { ownDocuments } from './parts/own-documents.ts'
import { profiles } from './parts/profiles.ts'
import { suite } from './parts/suite.ts'
import { compareServers, throughput } from './parts/throughput.ts'
import { describeCommit, describeFindings, describeMachine, describeMeasured, judge } from './report.ts'
import { endWithUs } from './servers.ts'
import { CHECKED, REASONS, TARGETS } from './targets.ts'
import type { Finding, Measured, Options, Part } from './vocabulary.ts'
import { workloadNamed } from './workloads.ts'

const PARTS: readonly Part[] = [
  throughput,
  ownDocuments,
  latency,
  growth,
  coldStart,
  suite,
  msw,
  productionInstall,
  largeDocument,
  inspector,
  profiles,
]

const USAGE = `Usage: npm run bench -- [options]

Parts: ${PARTS.map(({ name }) => name).join(', ')}.

  --only <text>      only what has this text in "<part>: <subject>"; several. A part that was measured whole is kept in
                     benchmarks/results/, and RESULTS.md is written from what is kept
  --list             print the parts and their subjects
  --rounds <n>       default 5
  --seconds <n>      how long each server is measured in a round; default 0.7
  --starts <n>       pairs of cold starts, default 15
  --check            CPU per request of the floor alone, in two minutes; exit 1 when a limit of targets.ts is missed in
                     every round, and again when measured anew
  --help`

const { values } = readOptions(USAGE, {
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string' },
    starts: { type: 'string', default: '15' },
    check: { type: 'boolean', default: false },
  },
})

const kept = join(import.meta.dirname, 'results')

/** A part as it was last measured whole. */
interface Kept extends Measured {
  readonly at: string
  readonly commit: string
  readonly machine: string
  readonly rounds: number
  readonly seconds: number
  readonly took: number
}

/** On a terminal one line that is written over; in a pipe a line for each thing that is done. */
function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else process.stderr.write(`${text}\n`)
}

/** The peers are dependencies of this folder alone, so that the checkout stays light. */
function installPeers(): void {
  if (existsSync(join(import.meta.dirname, 'node_modules', 'openapi-backend'))) return
  console.log('Installing the peers in benchmarks/ (npm ci), once.')
  // What npm says of the package that it runs a script of must not lead there again.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: import.meta.dirname, env, stdio: 'inherit' })
}

function readNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!(value >= least)) throw new Error(`--${name} must be a number from ${least}, not ${text}`)
  return value
}

async function measureParts(options: Options): Promise<void> {
  const wantsOf = (part: Part) => part.subjects.filter((subject) => options.wants(`${part.name}: ${subject}`))
  const parts = PARTS.filter((part) => wantsOf(part).length > 0)
  if (parts.length === 0) throw new Error(`nothing is called ${values.only.join(' or ')}; see --list`)
  for (const part of parts) {
    const subjects = wantsOf(part)
    const began = performance.now()
    let measured: Measured
    try {
      measured = await part.measure({ ...options, wants: (subject) => subjects.includes(subject) })
    } catch (error) {
      console.error(`\n${part.name} broke off: ${(error as Error).message}\nThe other parts go on.\n`)
      process.exitCode = 1
      continue
    }
    const took = (performance.now() - began) / 1000
    if (process.stderr.isTTY) tell('')
    console.log(`## ${part.title}\n\n${describeMeasured(measured)}\n`)
    if (measured.findings.length > 0) console.log(`${describeFindings(measured.findings)}\n`)
    if (subjects.length < part.subjects.length) continue
    keep(part, measured, options, took)
  }
  writeResults()
}

function keep(part: Part, measured: Measured, { rounds, seconds }: Options, took: number): void {
  mkdirSync(kept, { recursive: true })
  const record: Kept = {
    at: new Date().toISOString().slice(0, 16),
    commit: describeCommit(),
    machine: describeMachine(),
    rounds,
    seconds,
    took,
    ...measured,
  }
  writeFileSync(join(kept, `${part.name}.json`), `${JSON.stringify(record)}\n`)
}

function readKept({ name }: Part): Kept | undefined {
  const file = join(kept, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** RESULTS.md stays as it is until every part was measured on this machine. */
function writeResults(): void {
  const records = PARTS.map((part) => ({ part, record: readKept(part) }))
  const missing = records.filter(({ record }) => !record).map(({ part }) => part.name)
  if (missing.length > 0) {
    console.log(`RESULTS.md stays: ${missing.join(', ')} not measured whole yet.`)
    return
  }
  const all = records as { part: Part; record: Kept }[]
  const findings = all.flatMap(({ record }) => record.findings)
  const machines = [...new Set(all.map(({ record }) => record.machine))]
  const sections = all.map(({ part, record }) => {
    const { at, commit, rounds, seconds, took } = record
    const when = `${rounds} rounds of ${seconds} s where there are rounds; ${at} UTC, commit ${commit}, ${took.toFixed(0)} s.`
    return `## ${part.title}\n\n${part.method}\n\n${when}\n\n${describeMeasured(record)}`
  })
  const missed = findings.filter((finding) => judge(finding) !== 'met')
  const text = [
    '# Results',
    'Written by `npm run bench`. What is wanted stands in `targets.ts`. A verdict is "missed" where every round misses.',
    machines.map((machine) => `Machine: ${machine}.`).join('\n\n'),
    '## Targets',
    describeFindings(findings),
    `${findings.length - missed.length} of ${findings.length} met.`,
    ...explain(missed),
    ...sections,
  ].join('\n\n')
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${text}\n`)
  console.log('RESULTS.md is written.')
}

/** What is known of each miss; for throughput, the profiles at the end say where the time goes. */
function explain(missed: readonly Finding[]): string[] {
  const targets = [...new Set(missed.map(({ target }) => target))]
  return targets.flatMap((target) => {
    const reason = REASONS[target]
    return reason === undefined ? [] : [`Why "${TARGETS[target].says}" is missed: ${reason}`]
  })
}

/** What misses its limit in every round is measured once more before it is believed. */
async function check(options: Options): Promise<number> {
  let failures = 0
  for (const [name, limit] of Object.entries(CHECKED)) {
    const workload = workloadNamed(name)
    const rounds: number[] = []
    const judged = (): Finding => ({ target: 'cpu-of-floor', subject: name, rounds })
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { samples } = await compareServers(workload, options, false)
      const cpuOf = (server: string) => (samples.get(server) ?? []).map(({ cpu }) => cpu)
      rounds.push(...pairwise(cpuOf('rollcall mock'), cpuOf('floor')))
      if (rounds.length === 0) throw new Error('this system does not tell the CPU time of a process')
      if (judge(judged(), limit) !== 'missed') break
    }
    const verdict = judge(judged(), limit)
    const range = `${Math.min(...rounds).toFixed(2)}..${Math.max(...rounds).toFixed(2)}`
    console.log(`${name}: CPU per request ${range} of the floor in ${rounds.length} rounds, limit ${limit}: ${verdict}`)
    if (verdict === 'missed') failures++
  }
  return failures > 0 ? 1 : 0
}

async function main(): Promise<void> {
  if (values.list) {
    for (const { name, subjects } of PARTS) for (const subject of subjects) console.log(`${name}: ${subject}`)
    return
  }
  const options: Options = {
    rounds: readNumber('rounds', values.check && values.rounds === '5' ? '3' : values.rounds, 1),
    seconds: readNumber('seconds', values.seconds ?? '0.7', 0.05),
    starts: readNumber('starts', values.starts, 1),
    wants: (subject) => values.only.length === 0 || values.only.some((text) => subject.includes(text)),
    tell,
  }
  stayOffServerCore()
  endWithUs()
  if (values.check) {
    process.exitCode = await check(options)
    return
  }
  installPeers()
  console.log(`${describeMachine()}\n`)
  await measureParts(options)
}

await main()
