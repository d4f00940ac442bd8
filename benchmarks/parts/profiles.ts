import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareAnswers, orderOf, requestsPerLap, startLoad } from '../measure.ts'
import { ROLLCALL, startServer } from '../servers.ts'
import type { Measured, Options, Part } from '../vocabulary.ts'
import { type Workload, workloadNamed } from '../workloads.ts'

const SUBJECTS = ['Dynamic, 1 row', 'Dynamic, 50 rows', 'Royalti, 50 rows', 'Descope, 50 rows']
const SECONDS = 3
const SHOWN = 15

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Runs the mock under --cpu-prof with one workload. */
async function takeProfile(workload: Workload): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-profile-'))
  try {
    const { length } = await compareAnswers([ROLLCALL], workload)
    const started = await startServer(ROLLCALL, ['--cpu-prof', `--cpu-prof-dir=${folder}`])
    try {
      using load = startLoad()
      const until = performance.now() + SECONDS * 1000
      while (performance.now() < until) await load.send(orderOf(started, workload, requestsPerLap(workload), length))
    } finally {
      await started.stop()
    }
    const [file] = readdirSync(folder)
    if (!file) throw new Error('the mock left no profile')
    return JSON.parse(readFileSync(join(folder, file), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By function: the share of the time in which the server did something. */
function shareOut({ nodes, samples, timeDeltas }: Profile): [name: string, share: number][] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const times = new Map<string, number>()
  let total = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    if (!frame || frame.functionName === '(idle)') continue
    const time = timeDeltas[index] ?? 0
    const place = frame.url === '' ? '' : `, ${frame.url.replace(/^.*\/(?=[^/]+$)/, '')}:${frame.lineNumber + 1}`
    const name = `${frame.functionName || '(anonymous)'}${place}`
    times.set(name, (times.get(name) ?? 0) + time)
    total += time
  }
  return [...times].sort((a, b) => b[1] - a[1]).map(([name, time]) => [name, time / total])
}

export const profiles: Part = {
  name: 'profiles',
  title: 'Where the time goes',
  method: `\`rollcall mock\` under \`--cpu-prof\` with one workload for ${SECONDS} s: the functions with the largest share of their own of the
server's time, its start included. A native function without a place is named by what called it.`,
  subjects: SUBJECTS,
  async measure({ wants, tell }: Options): Promise<Measured> {
    const tables = []
    for (const name of SUBJECTS.filter(wants)) {
      const shares = shareOut(await takeProfile(workloadNamed(name)))
      tell(`profile of ${name}`)
      const rows = shares.slice(0, SHOWN).map(([frame, share]) => [frame, `${(share * 100).toFixed(1)} %`])
      tables.push({ head: [name, 'of the time'], rows })
    }
    return { tables, findings: [] }
  },
}
