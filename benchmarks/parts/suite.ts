import { join } from 'node:path'
import { median, show } from '../figures.ts'
import { rollcallOf, runNode, startServer } from '../servers.ts'
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
async function verifyOverHttp(api: ApiName, url: string): Promise<Run> {
  const began = performance.now()
  const { stdout } = await runNode([main, 'verify', api, '--url', url, '--seed', 'bench'])
  const seconds = (performance.now() - began) / 1000
  const [, passed] = /^\d+ cases: (\d+) passed/m.exec(stdout) ?? []
  if (passed === undefined) throw new Error(`verify did not say how many cases passed: ${stdout.slice(-500)}`)
  return { cases: Number(passed), seconds }
}

async function verifyInMemory(api: ApiName): Promise<Run & { readonly deriving: number }> {
  const { stdout } = await runNode([inMemory, api])
  return JSON.parse(stdout)
}

export const suite: Part = {
  name: 'suite',
  title: 'The contract suite',
  method: `\`rollcall verify\` of a running \`rollcall mock\`, its start and the derivation of the cases included, both processes on one
core; and the suite in one process with the mock, where deriving is told apart.`,
  subjects: APIS,
  async measure({ wants, rounds, tell }: Options): Promise<Measured> {
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
    return { tables: [{ head, rows }], findings: [] }
  },
}
