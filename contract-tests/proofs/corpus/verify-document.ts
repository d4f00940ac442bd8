/** Verifies the mock of one document against the document, as a child of `run.ts`: which may end it, and all that it started. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readContract } from '../../../documents/contract/build-contract.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { readPeak } from './read-peak.ts'
import type { Told } from './run-apart.ts'
import { startMock } from './start-mock.ts'
import { type Failure, NOT_VERIFIED, type Verification } from './verification.ts'

type Result = Omit<Verification, 'document'>

const [file = '', memory = '', output = '', strict = ''] = process.argv.slice(2)

/** How often the memory of the suite is looked at, in milliseconds. */
const LOOK = 100

/** The mock is nobody's: all may be changed there. */
const LEAVE = ['--allow-changes', '--allow-leftovers', '--allow-mail']
const CREDENTIALS = ['--token', 'token', '--bad-token', 'invalid']

interface Ended {
  readonly code: number | null
  readonly complained: string
  readonly peak: number | undefined
}

/** `rollcall verify` as anybody runs it, in a process of its own, from its sources. */
function runSuite(url: string): Promise<Ended> {
  const main = join(import.meta.dirname, '../../../cli/main.ts')
  const args = ['verify', file, '--url', url, '--seed', 'corpus', '--strict', strict, ...CREDENTIALS, ...LEAVE]
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${memory}`, main, ...args, '--reporter', 'json', '--output', output],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complained = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained = (complained + text).slice(-10_000)
  })
  let peak: number | undefined
  const timer = setInterval(() => (peak = readPeak(child.pid as number) ?? peak), LOOK)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      clearInterval(timer)
      resolve({ code, complained, peak })
    })
  })
}

const LEVELS = ['documented', 'observed', 'assumed']
/** What fails a run. */
const ENFORCED = LEVELS.slice(0, LEVELS.indexOf(strict) + 1)

/** Failed cases by their kind and by what they failed for, the most frequent first. */
function groupFailures(tests: readonly Json[]): Failure[] {
  const groups = new Map<string, Failure>()
  for (const { rawStatus, tags, message, extra } of tests) {
    if (rawStatus !== 'fail') continue
    const [kind = ''] = tags
    // The others are notes; a case that failed without any broke its own rule.
    const enforced: Json[] = (extra.breaches ?? []).filter((breach: Json) => ENFORCED.includes(breach.rule.evidence))
    const [{ rule, seen, cause } = { rule: extra.rule, seen: message, cause: undefined }] = enforced
    const what = cause ?? rule.text
    const key = `${kind} ${what}`
    const group = groups.get(key) ?? { kind, rule: rule.text, cases: 0, first: extra.caseId, seen: String(seen) }
    groups.set(key, { ...group, cases: group.cases + 1 })
  }
  return [...groups.values()].sort((a, b) => b.cases - a.cases)
}

async function verifyDocument(): Promise<Result> {
  const began = performance.now()
  const mock = await startMock(file, Number(memory))
  try {
    const { code, complained, peak } = await runSuite(mock.url)
    const memoryOfMock = mock.peakMemory()
    const measured = {
      duration: performance.now() - began,
      ...(peak !== undefined && { memory: peak }),
      ...(memoryOfMock !== undefined && { memoryOfMock }),
    }
    const report = readReport()
    if (report === undefined || code === null || code > 2) {
      return { ...NOT_VERIFIED, ...measured, reason: complaintOf(complained) ?? `it ended with ${code}` }
    }
    const { tests, extra } = report.results
    const counted = { ...measured, cases: tests.length, outcomes: extra.outcomes, failures: groupFailures(tests) }
    const unforeseen = extra.leftovers.filter((one: Json) => !one.foreseen)
    const complaints = [
      ...(extra.interrupted === undefined ? [] : [`broken off: ${extra.interrupted}`]),
      ...unforeseen.map((one: Json) => `left behind: ${one.what}: ${one.reason}`),
    ]
    const isIdle = code === 2 && (await readContract(file)).operations.length > 0
    return { ...counted, complaints, ...(isIdle && { reason: complaintOf(complained) ?? 'it tried nothing' }) }
  } finally {
    mock.stop()
  }
}

function readReport(): Json {
  try {
    return JSON.parse(readFileSync(join(output, 'ctrf-report.json'), 'utf8'))
  } catch {
    return undefined
  }
}

/** The line that says it: Node prints a heap that is full among many others. */
const complaintOf = (complained: string): string | undefined =>
  /^(?:FATAL ERROR|\w*Error|rollcall): .*$/m.exec(complained)?.[0] ?? complained.trim().split('\n').at(-1)

const result: Result = await verifyDocument().catch((error: Error) => ({
  ...NOT_VERIFIED,
  reason: error.message.split('\n', 1)[0] ?? '',
}))
process.send?.({ result } satisfies Told<Result>)
process.disconnect?.()
