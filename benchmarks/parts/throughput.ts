import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mebibytes, middle, pairwise, show, showRatio } from '../figures.ts'
import { CONNECTIONS, compareAnswers, holdContest, type Sample, WARM_UP_LAPS } from '../measure.ts'
import { writePeerDocument } from '../peer-documents.ts'
import { floorOf, peersOf, ROLLCALL, type Server } from '../servers.ts'
import type { TargetName } from '../targets.ts'
import type { Finding, Measured, Options, Part } from '../vocabulary.ts'
import { WORKLOADS, type Workload } from '../workloads.ts'

interface Comparison {
  readonly workload: Workload
  /** By server, in the order of the table; the floor is the first, the mock the second. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>
}

/** Peers answer from examples: other outcomes than creation are not theirs to decide. One API shows what alphabets cost. */
const hasPeers = ({ kind, api, name }: Workload): boolean =>
  kind === 'created' && (api === 'dynamic' || !name.includes('Latin'))

/** The floor, the mock, and where they are wanted the peers with the same reply. */
export async function compareServers(
  workload: Workload,
  { rounds, seconds, tell }: Pick<Options, 'rounds' | 'seconds' | 'tell'>,
  withPeers = hasPeers(workload),
): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const stateful = [floorOf(workload.api), ROLLCALL]
    const answer = await compareAnswers([ROLLCALL, floorOf(workload.api)], workload)
    const peers: Server[] = withPeers ? peersOf(writePeerDocument(folder, workload, JSON.parse(answer.text))) : []
    if (peers.length > 0) await compareAnswers([floorOf(workload.api), ...peers], workload)
    const servers = [...stateful, ...peers]
    const { length } = answer
    const samples = await holdContest(servers, workload, { rounds, seconds, length }, (round, [floor, mock]) => {
      const found = floor?.cpu && mock?.cpu ? `, CPU ${(mock.cpu / floor.cpu).toFixed(2)} of the floor` : ''
      tell(`${workload.name}: round ${round} of ${rounds}${found}`)
    })
    return { workload, samples }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const rates = (samples: readonly Sample[] = []) => samples.map(({ rate }) => rate)
const cpus = (samples: readonly Sample[] = []) => samples.map(({ cpu }) => cpu)

function rowsOf({ workload, samples }: Comparison): string[][] {
  const floor = samples.get('floor')
  return [...samples].map(([name, taken], index) => {
    const ofFloor = index === 0 ? ['', ''] : [pairwise(rates(taken), rates(floor)), pairwise(cpus(taken), cpus(floor))]
    return [
      index === 0 ? workload.name : '',
      name,
      show(middle(rates(taken))),
      show(middle(cpus(taken)), ' µs'),
      mebibytes(middle(taken.map(({ memory }) => memory))),
      show(middle(taken.map(({ loadShare }) => loadShare * 100)), ' %'),
      ...ofFloor.map((ratios) => (typeof ratios === 'string' || ratios.length === 0 ? '' : showRatio(ratios))),
    ]
  })
}

function findingsOf({ workload, samples }: Comparison): Finding[] {
  if (workload.kind === 'refused' || workload.kind === 'duplicates') return []
  const mock = samples.get(ROLLCALL.name)
  const found = (target: TargetName, rounds: number[]): Finding[] =>
    rounds.length > 0 ? [{ target, subject: workload.name, rounds }] : []
  const size = workload.rows === 1 ? '1' : '50'
  const of = (name: string) => pairwise(rates(mock), rates(samples.get(name)))
  return [
    ...found('rate-of-floor', of('floor')),
    ...found('cpu-of-floor', pairwise(cpus(mock), cpus(samples.get('floor')))),
    ...found(`of-prism-${size}`, of('Prism -v silent')),
    ...found(`of-openapi-backend-${size}`, of('openapi-backend')),
  ]
}

/** Refusing beside accepting: the same rows but for the last one's fault. */
function refusalsOf(comparisons: readonly Comparison[]): Finding[] {
  return comparisons.flatMap(({ workload, samples }): Finding[] => {
    if (workload.kind !== 'refused') return []
    const accepted = comparisons.find(
      ({ workload: { api, kind, rows } }) => api === workload.api && kind === 'created' && rows === workload.rows,
    )
    if (!accepted) return []
    const rounds = pairwise(cpus(samples.get(ROLLCALL.name)), cpus(accepted.samples.get(ROLLCALL.name)))
    return [{ target: 'refusing-of-accepting', subject: workload.name, rounds }]
  })
}

export const throughput: Part = {
  name: 'throughput',
  title: 'Throughput',
  method: `The floor is a bare \`node:http\` server for each API that reads, parses, validates with the same generated validator,
keeps users in a Map, changes and finds them there, and answers a body of the same length and shape. Prism, openapi-backend and Scalar answer the very
reply of the mock, from the example of a copy of the document; they keep nothing and look up nothing. Every reply of
every server is checked for status and length. Each workload has fresh processes, which take turns at laps over ${CONNECTIONS}
keep-alive connections, the stateful ones with the same requests on an empty state, the others with as many as take half
as long: ${WARM_UP_LAPS} laps each to warm up, then the rounds. Every field of a row is set, every key is unique, but for duplicates and updates,
which name the same users in every request, and reads, which find 50 users there. A ratio is that of one round; shown are the median and the range. CPU is
that of all threads of the server. "all refused" is a body whose last row breaks its schema.`,
  subjects: WORKLOADS.map(({ name }) => name),
  async measure(options): Promise<Measured> {
    const comparisons: Comparison[] = []
    const wanted = WORKLOADS.filter(({ name }) => options.wants(name))
    // Before anything is measured: a comparison of unlike things at the end would cost all that was found before.
    for (const workload of wanted) await compareAnswers([ROLLCALL, floorOf(workload.api)], workload)
    for (const workload of wanted) {
      comparisons.push(await compareServers(workload, options))
    }
    return {
      tables: [
        {
          head: [
            'workload',
            'server',
            'req/s',
            'CPU per request',
            'RSS',
            'load generator',
            'req/s of the floor',
            'CPU of the floor',
          ],
          rows: comparisons.flatMap(rowsOf),
        },
      ],
      findings: [...comparisons.flatMap(findingsOf), ...refusalsOf(comparisons)],
    }
  },
}
