import { join } from 'node:path'
import { median, show } from '../figures.ts'
import { LOAD_CORE, rollcallOf, runNode, SERVER_CORE, startServer } from '../servers.ts'
import type { Measured, Options, Part } from '../vocabulary.ts'
import type { ApiName } from '../workloads.ts'

const APIS: readonly ApiName[] = ['dynamic', 'royalti', 'descope']
const main = join(import.meta.dirname, '../../dist/cli/main.js')
const inMemory = join(import.meta.dirname, '../suite-in-memory.ts')

/** What a run says of itself. */
interface Run {
  readonly cases: number
  readonly seconds: number
}

/** @throws Error when a case failed: then the run was about something else */
async function verifyOverHttp(
  api: ApiName,
  url: string,
  options: readonly string[] = [],
  core = SERVER_CORE,
): Promise<Run> {
  const began = performance.now()
  const { stdout } = await runNode([main, 'verify', api, '--url', url, '--seed', 'bench', ...options], core)
  const seconds = (performance.now() - began) / 1000
  const [, passed] = /^\d+ cases: (\d+) passed/m.exec(stdout) ?? []
  if (passed === undefined) throw new Error(`verify did not say how many cases passed: ${stdout.slice(-500)}`)
  return { cases: Number(passed), seconds }
}

async function verifyInMemory(api: ApiName): Promise<Run & { readonly deriving: number }> {
  const { stdout } = await runNode([inMemory, api])
  return JSON.parse(stdout)
}

/** Each answer takes so many milliseconds, and so many requests are under way. */
const DELAY = 5
const CONCURRENCY = 8
const DELAYED = `a server that answers in ${DELAY} ms, ${CONCURRENCY} at once`

/** Seconds that so many requests take by themselves. */
async function sendAlone(url: string, count: number): Promise<number> {
  const began = performance.now()
  let left = count
  const send = async () => {
    while (left-- > 0) await (await fetch(url)).arrayBuffer()
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, send))
  return (performance.now() - began) / 1000
}

/** A whole run beside its requests alone, each of which is refused after as long. */
async function measureDelayed({ rounds, tell }: Options): Promise<Measured> {
  const api = 'descope'
  const started = await startServer(rollcallOf(api, '--delay', `${DELAY}`))
  const runs: { cases: number; requests: number; seconds: number; alone: number }[] = []
  try {
    for (let round = 1; round <= Math.min(rounds, 3); round++) {
      const sentBefore = await countCalls(started.url)
      const run = await verifyOverHttp(api, started.url, ['--concurrency', `${CONCURRENCY}`], LOAD_CORE)
      const requests = (await countCalls(started.url)) - sentBefore
      const alone = await sendAlone(`${started.url}/v1/mgmt/user`, requests)
      runs.push({ ...run, requests, alone })
      tell(`suite: ${DELAYED}, round ${round}`)
    }
  } finally {
    await started.stop()
  }
  const row = [
    show(runs[0]?.cases),
    show(median(runs.map(({ requests }) => requests))),
    show(median(runs.map(({ seconds }) => seconds)), ' s', 2),
    show(median(runs.map(({ alone }) => alone)), ' s', 2),
  ]
  return {
    tables: [{ head: ['cases', 'requests', 'whole run', 'requests alone'], rows: [row] }],
    findings: [{ target: 'suite-of-requests', subject: DELAYED, rounds: runs.map((run) => run.seconds / run.alone) }],
  }
}

/** How many calls a mock was sent so far. */
async function countCalls(url: string): Promise<number> {
  const entries = (await (await fetch(`${url}/__rollcall/journal?limit=1&short=true`)).json()) as { id: number }[]
  return entries[0]?.id ?? 0
}

export const suite: Part = {
  name: 'suite',
  title: 'The contract suite',
  method: `\`rollcall verify\` of a running \`rollcall mock\`, its start and the derivation of the cases included, both processes on one
core; and the suite in one process with the mock, where deriving is told apart. And a whole run against a server that holds each
answer back for ${DELAY} ms, ${CONCURRENCY} requests at once, each process with a core of its own, beside as many requests sent by themselves.`,
  subjects: [...APIS, DELAYED],
  async measure(options: Options): Promise<Measured> {
    const { wants, rounds, tell } = options
    const rows: string[][] = []
    for (const api of APIS.filter(wants)) {
      const started = await startServer(rollcallOf(api))
      try {
        const over: Run[] = []
        const inside: Awaited<ReturnType<typeof verifyInMemory>>[] = []
        for (let round = 1; round <= Math.min(rounds, 3); round++) {
          over.push(await verifyOverHttp(api, started.url))
          inside.push(await verifyInMemory(api))
          tell(`suite: ${api}, round ${round}`)
        }
        const perSecond = (runs: readonly Run[]) => show(median(runs.map(({ cases, seconds }) => cases / seconds)))
        rows.push([
          api,
          show(over[0]?.cases),
          show(median(over.map(({ seconds }) => seconds)), ' s', 2),
          perSecond(over),
          show(median(inside.map(({ deriving }) => deriving)), ' s', 2),
          show(median(inside.map(({ seconds }) => seconds)), ' s', 2),
          perSecond(inside),
        ])
      } finally {
        await started.stop()
      }
    }
    const head = ['document', 'cases', 'over HTTP', 'cases/s', 'deriving', 'in memory', 'cases/s']
    const delayed = wants(DELAYED) ? await measureDelayed(options) : { tables: [], findings: [] }
    return { tables: [...(rows.length > 0 ? [{ head, rows }] : []), ...delayed.tables], findings: delayed.findings }
  },
}
