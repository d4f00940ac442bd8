import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, showRatio, showTimes } from '../figures.ts'
import { compareAnswers, measureColdStart } from '../measure.ts'
import { writePeerDocument } from '../peer-documents.ts'
import { BARE_NODE, peersOf, ROLLCALL, rollcallOf, type Server } from '../servers.ts'
import type { Measured, Options, Part } from '../vocabulary.ts'
import { workloadNamed } from '../workloads.ts'

const SUBJECT = 'rollcall mock, three APIs'
const workload = workloadNamed('Dynamic, 1 row')

export const coldStart: Part = {
  name: 'cold-start',
  title: 'Cold start',
  method: `From the spawning of the process to the end of the first right answer (Dynamic, 1 row), in turns with a bare \`node:http\`
server; the first turn brings the files into memory and does not count. The ratio of the medians is judged; the range is
that of the pairs. Peers take a third of the turns.`,
  subjects: [SUBJECT],
  async measure({ starts, tell }: Options): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
    try {
      const { text } = await compareAnswers([ROLLCALL], workload)
      const peers = peersOf(writePeerDocument(folder, workload, JSON.parse(text)))
      const ours: Server[] = [
        { ...ROLLCALL, name: SUBJECT },
        { ...rollcallOf('dynamic'), name: 'rollcall mock dynamic' },
      ]
      const times = new Map<string, number[]>([BARE_NODE, ...ours, ...peers].map(({ name }) => [name, []]))
      for (let turn = 0; turn <= starts; turn++) {
        const servers = [BARE_NODE, ...ours, ...(turn % 3 === 1 || turn === 0 ? peers : [])]
        for (const server of servers) {
          const time = await measureColdStart(server, workload, server === BARE_NODE ? 200 : workload.status)
          if (turn > 0) times.get(server.name)?.push(time)
        }
        if (turn > 0) tell(`cold start: turn ${turn} of ${starts}`)
      }
      const bare = times.get(BARE_NODE.name) as number[]
      const mock = times.get(SUBJECT) as number[]
      const rows = [...times].map(([name, taken]) => [
        name,
        showTimes(taken),
        taken === bare ? '' : showRatio([median(taken) / median(bare)]),
      ])
      const rounds = mock.map((time, turn) => time / (bare[turn] as number))
      return {
        tables: [{ head: ['server', 'to the first right answer (min..max)', 'of bare node'], rows }],
        findings: [{ target: 'cold-start', subject: SUBJECT, rounds, value: median(mock) / median(bare) }],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
