import { join } from 'node:path'
import { show, showRatio } from '../figures.ts'
import { runNode } from '../servers.ts'
import type { Finding, Measured, Options, Part } from '../vocabulary.ts'

const SUBJECTS = ['Dynamic, 1 row', 'Dynamic, 50 rows', 'Royalti, 50 rows', 'Descope, 50 rows']
const script = join(import.meta.dirname, '../msw-cost.ts')

export const msw: Part = {
  name: 'msw',
  title: 'Through MSW',
  method: `In one process without a network, by \`setupServer\` and \`fetch\`: MSW answers the same request by a handler that reads the
body as JSON and returns the mock's reply as a constant, and by our handlers, in turn. Our share is what ours cost more,
as a part of what the constant one costs. CPU of the whole process, garbage collection included.`,
  subjects: SUBJECTS,
  async measure({ wants, rounds, seconds, tell }: Options): Promise<Measured> {
    const rows: string[][] = []
    const findings: Finding[] = []
    for (const subject of SUBJECTS.filter(wants)) {
      const { stdout } = await runNode([script, subject, String(rounds), String(seconds)])
      const { constant, ours }: { constant: number[]; ours: number[] } = JSON.parse(stdout)
      const shares = ours.map((cost, round) => cost / (constant[round] as number) - 1)
      findings.push({ target: 'msw-own-share', subject, rounds: shares })
      const middleOf = (costs: readonly number[]) => show(costs.toSorted((a, b) => a - b)[costs.length >> 1], ' µs')
      rows.push([subject, middleOf(constant), middleOf(ours), showRatio(shares)])
      tell(`msw: ${subject}`)
    }
    return { tables: [{ head: ['request', 'constant handler', 'our handlers', 'our share'], rows }], findings }
  },
}
