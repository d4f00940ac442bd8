import { join } from 'node:path'
import { median, show, showRatio } from '../figures.ts'
import { runNode } from '../servers.ts'
import type { Finding, Measured, Options, Part } from '../vocabulary.ts'

const SUBJECTS = ['Dynamic, 1 row', 'Dynamic, 50 rows', 'Royalti, 50 rows', 'Descope, 50 rows']
const script = join(import.meta.dirname, '../msw-cost.ts')

export const msw: Part = {
  name: 'msw',
  title: 'Through MSW',
  method: `In one process without a network, by \`setupServer\` and \`fetch\`: MSW answers the same request by a handler that reads the
body as JSON and returns the mock's reply as a constant, by one that does the work of the floor, and by our handlers, in
turn. A share is what a handler costs more than the constant one, as a part of what that costs. CPU of the whole process,
garbage collection included.`,
  subjects: SUBJECTS,
  async measure({ wants, rounds, seconds, tell }: Options): Promise<Measured> {
    const rows: string[][] = []
    const findings: Finding[] = []
    for (const subject of SUBJECTS.filter(wants)) {
      const { stdout } = await runNode([script, subject, String(rounds), String(seconds)])
      const { constant, floor, ours }: Record<'constant' | 'floor' | 'ours', number[]> = JSON.parse(stdout)
      const sharesOf = (costs: readonly number[]) => costs.map((cost, round) => cost / (constant[round] as number) - 1)
      findings.push({ target: 'msw-own-share', subject, rounds: sharesOf(ours) })
      const costs = [constant, floor, ours].map((rounds) => show(median(rounds), ' µs'))
      rows.push([subject, ...costs, showRatio(sharesOf(floor)), showRatio(sharesOf(ours))])
      tell(`msw: ${subject}`)
    }
    return {
      tables: [
        { head: ['request', 'constant handler', 'floor', 'our handlers', "the floor's share", 'our share'], rows },
      ],
      findings,
    }
  },
}
