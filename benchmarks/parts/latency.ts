import { median, pairwise, show, showRatio } from '../figures.ts'
import { compareAnswers, type Load, orderOf, requestsPerLap, startContest, startLoad } from '../measure.ts'
import { floorOf, ROLLCALL, type Started } from '../servers.ts'
import type { Finding, Measured, Options, Part } from '../vocabulary.ts'
import { type Workload, workloadNamed } from '../workloads.ts'

const SUBJECTS = ['Dynamic, 1 row', 'Dynamic, 50 rows', 'Royalti, 50 rows', 'Descope, 50 rows']
const LOAD = 0.8
/** Enough that none is short of one while the server collects garbage. */
const CONNECTIONS = 64
const PARTS_OF_ROUND = 2

interface Tail {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** One round: each server's own throughput, then 80 % of it, in turns. */
async function measureTails(
  started: readonly Started[],
  load: Load,
  workload: Workload,
  length: number,
  seconds: number,
): Promise<Tail[]> {
  const requests = requestsPerLap(workload)
  const lap = (one: Started) => load.send(orderOf(one, workload, requests, length))
  const rates: number[] = []
  for (const one of started) {
    const taken = [await lap(one), await lap(one), await lap(one)]
    rates.push(requests / median(taken.map((outcome) => outcome.seconds)))
  }
  const latencies: number[][] = started.map(() => [])
  for (let part = 0; part < PARTS_OF_ROUND; part++) {
    for (const [index, one] of started.entries()) {
      const pace = LOAD * (rates[index] as number)
      const count = Math.max(20, Math.min(Math.round((pace * seconds) / PARTS_OF_ROUND), 4 * requests))
      const order = { ...orderOf(one, workload, count, length), pace, connections: CONNECTIONS }
      const outcome = await load.send(order)
      latencies[index]?.push(...(outcome.latencies ?? []))
    }
  }
  return latencies.map((taken, index) => {
    const sorted = taken.sort((a, b) => a - b)
    return { rate: LOAD * (rates[index] as number), p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
  })
}

export const latency: Part = {
  name: 'latency',
  title: 'Latency at 80 % load',
  method: `Requests are sent evenly at 80 % of the throughput that the same process has just shown, whether or not the last ones were
answered, over up to ${CONNECTIONS} connections. A latency runs from when a request was due to the end of its reply. What disturbs the machine
for some milliseconds shows in the p99 of either server; the ratio is that of one round.`,
  subjects: SUBJECTS,
  async measure({ rounds, seconds, wants, tell }: Options): Promise<Measured> {
    const rows: string[][] = []
    const findings: Finding[] = []
    for (const subject of SUBJECTS.filter(wants)) {
      const workload = workloadNamed(subject)
      const servers = [floorOf(workload.api), ROLLCALL]
      const { length } = await compareAnswers(servers, workload)
      const floor: Tail[] = []
      const mock: Tail[] = []
      using load = startLoad()
      await using contest = await startContest(servers, workload, load, length)
      for (let round = 1; round <= rounds; round++) {
        const [below, above] = await measureTails(contest.started, load, workload, length, seconds * 2)
        if (below) floor.push(below)
        if (above) mock.push(above)
        tell(`latency of ${subject}: round ${round} of ${rounds}`)
      }
      const ratios = pairwise(
        mock.map(({ p99 }) => p99),
        floor.map(({ p99 }) => p99),
      )
      findings.push({ target: 'p99-of-floor', subject, rounds: ratios })
      for (const [name, tails] of [
        ['floor', floor],
        [ROLLCALL.name, mock],
      ] as const) {
        const middleOf = (read: (tail: Tail) => number) => median(tails.map(read))
        rows.push([
          name === 'floor' ? subject : '',
          name,
          show(middleOf(({ rate }) => rate)),
          show(
            middleOf(({ p50 }) => p50),
            ' ms',
            2,
          ),
          show(
            middleOf(({ p99 }) => p99),
            ' ms',
            2,
          ),
          name === 'floor' ? '' : showRatio(ratios),
        ])
      }
    }
    return {
      tables: [{ head: ['workload', 'server', 'req/s sent', 'p50', 'p99', 'p99 of the floor'], rows }],
      findings,
    }
  },
}
