import { mebibytes, median, pairwise, show, showRatio } from '../figures.ts'
import { CONNECTIONS, compareAnswers, type Load, orderOf, startLoad } from '../measure.ts'
import { ROLLCALL, type Started, startServer } from '../servers.ts'
import type { Finding, Measured, Options, Part, Table } from '../vocabulary.ts'
import { descopeRows, dynamicRows, SMALL_USERS, type Workload, workloadNamed } from '../workloads.ts'

const USERS = 'stored users'
const SESSIONS = 'sessions'
const ROWS = 'rows'
const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** So many users are created while a size is measured; where fewer are stored, in several goes. */
const WINDOW = 10_000

interface Cost {
  /** Seconds of CPU. */
  readonly cpu: number
  readonly seconds: number
}

/** Sends requests without emptying the state, and tells what they cost the server. */
async function spend(
  load: Load,
  one: Started,
  workload: Workload,
  requests: number,
  length: number,
  sessions?: number,
) {
  const { resetPath: _, ...order } = orderOf(one, workload, requests, length)
  const before = one.cpuTime() ?? Number.NaN
  const { seconds } = await load.send({ ...order, ...(sessions && { sessions }), connections: CONNECTIONS })
  return { cpu: (one.cpuTime() ?? Number.NaN) - before, seconds } satisfies Cost
}

const empty = async ({ url, server }: Started): Promise<void> => {
  await (await fetch(url + server.resetPath, { method: 'POST' })).arrayBuffer()
}

/**
 * One process grows, another is kept at a thousand users; both are measured in turn, so that a ratio is of two
 * neighbouring windows.
 */
async function measureUsers({ rounds, tell }: Options): Promise<Measured> {
  const { length } = await compareAnswers([ROLLCALL], SMALL_USERS)
  const growing = await startServer(ROLLCALL)
  const small = await startServer(ROLLCALL)
  using load = startLoad()
  const perRequest = SMALL_USERS.rows
  const create = (one: Started, users: number) => spend(load, one, SMALL_USERS, users / perRequest, length)
  const add = (costs: readonly Cost[]): Cost => ({
    cpu: costs.reduce((sum, { cpu }) => sum + cpu, 0),
    seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0),
  })
  /** As many as a window has, always beside 1,000 to 2,000 stored ones. */
  const createBesideFew = async (): Promise<Cost> => {
    const costs: Cost[] = []
    for (let done = 0; done < WINDOW; done += 1_000) {
      await empty(small)
      await create(small, 1_000)
      costs.push(await create(small, 1_000))
    }
    return add(costs)
  }
  try {
    await createBesideFew()
    await create(growing, 20_000)
    await empty(growing)
    const rows: string[][] = []
    const findings: Finding[] = []
    let stored = 0
    for (const size of SIZES) {
      const grown = await create(growing, size - stored)
      stored = size
      const memory = growing.memory()
      const few: Cost[] = []
      const many: Cost[] = []
      for (let round = 1; round <= rounds; round++) {
        few.push(await createBesideFew())
        if (size === SIZES[0]) {
          many.push(few.at(-1) as Cost)
        } else {
          many.push(await create(growing, WINDOW))
          stored += WINDOW
        }
        const [below, above] = [few.at(-1), many.at(-1)].map((cost) => ((cost?.cpu ?? Number.NaN) / WINDOW) * 1e6)
        tell(
          `growth: ${show(size)} users, round ${round} of ${rounds}, CPU ${show(above, ' µs', 1)} beside ${show(below, ' µs', 1)}`,
        )
      }
      const ofFew = pairwise(
        few.map(({ cpu }) => cpu),
        many.map(({ cpu }) => cpu),
      )
      if (size === 1_000_000) {
        const gigabytes = (memory ?? Number.NaN) / 1e9
        findings.push(
          { target: 'creation-at-1e6', subject: 'Dynamic users, by CPU', rounds: ofFew },
          { target: 'memory-of-1e6', subject: 'Dynamic users: name, e-mail, one wallet', rounds: [gigabytes] },
        )
      }
      rows.push([
        show(size),
        show(median(many.map(({ cpu }) => (cpu / WINDOW) * 1e6)), ' µs', 1),
        show(median(many.map(({ seconds }) => WINDOW / seconds))),
        size === SIZES[0] ? '' : showRatio(ofFew),
        mebibytes(memory),
        show(grown.seconds, ' s', 1),
      ])
    }
    const head = ['users stored', 'CPU per user', 'users/s', 'of 1,000 (CPU)', 'RSS when reached', 'to get there']
    return { tables: [{ head, rows }], findings }
  } finally {
    await Promise.all([growing.stop(), small.stop()])
  }
}

async function measureSessions({ rounds, tell }: Options): Promise<Table> {
  const workload = workloadNamed('Dynamic, 1 row')
  const { length } = await compareAnswers([ROLLCALL], workload)
  const rows: string[][] = []
  const requests = 2_000
  for (const sessions of [1, 100, 10_000]) {
    const server = { ...ROLLCALL, args: [...ROLLCALL.args, '--max-sessions', '10001'] }
    const [one, other] = await Promise.all([startServer(server), startServer(server)])
    using load = startLoad()
    try {
      // Every session is there before it is measured.
      await spend(load, one, workload, 10_000, length, sessions)
      await spend(load, other, workload, 10_000, length, 1)
      const many: Cost[] = []
      const single: Cost[] = []
      for (let round = 1; round <= rounds; round++) {
        single.push(await spend(load, other, workload, requests, length, 1))
        many.push(await spend(load, one, workload, requests, length, sessions))
        tell(`growth: ${show(sessions)} sessions, round ${round} of ${rounds}`)
      }
      const ratios = pairwise(
        many.map(({ cpu }) => cpu),
        single.map(({ cpu }) => cpu),
      )
      rows.push([
        show(sessions),
        show(median(many.map(({ cpu }) => (cpu / requests) * 1e6)), ' µs'),
        sessions === 1 ? '' : showRatio(ratios),
        mebibytes(one.memory()),
      ])
    } finally {
      await Promise.all([one.stop(), other.stop()])
    }
  }
  return { head: ['sessions', 'CPU per request of 1 row', 'of one session (CPU)', 'RSS'], rows }
}

async function measureRows({ rounds, tell }: Options): Promise<Table> {
  const workloads = [...[1, 2, 5, 10, 20, 50].map(dynamicRows), ...[1, 10, 100, 1_000].map(descopeRows)]
  const rows: string[][] = []
  const one = await startServer(ROLLCALL)
  using load = startLoad()
  try {
    for (const workload of workloads) {
      const { length } = await compareAnswers([ROLLCALL], workload)
      const requests = Math.max(CONNECTIONS, Math.ceil(5_000 / workload.rows))
      const costs: Cost[] = []
      for (let round = -1; round < rounds; round++) {
        await empty(one)
        const cost = await spend(load, one, workload, requests, length)
        if (round >= 0) costs.push(cost)
      }
      tell(`growth: ${workload.name}`)
      const perRequest = median(costs.map(({ cpu }) => (cpu / requests) * 1e6))
      rows.push([workload.name, show(perRequest, ' µs'), show(perRequest / workload.rows, ' µs', 1)])
    }
  } finally {
    await one.stop()
  }
  return { head: ['rows of a request', 'CPU per request', 'CPU per row'], rows }
}

export const growth: Part = {
  name: 'growth',
  title: 'Growth',
  method: `Users of Dynamic with a name, an e-mail address and one wallet, in requests of ${SMALL_USERS.rows}: ${show(WINDOW)} are created beside those that are
stored, in turn with as many beside a thousand in another process; the ratio is of two neighbouring turns. Sessions: each
request goes to the next of so many, all of which are there. Rows: every field of a row is set.`,
  subjects: [USERS, SESSIONS, ROWS],
  async measure(options): Promise<Measured> {
    const users = options.wants(USERS) ? await measureUsers(options) : { tables: [], findings: [] }
    const tables = [...users.tables]
    if (options.wants(SESSIONS)) tables.push(await measureSessions(options))
    if (options.wants(ROWS)) tables.push(await measureRows(options))
    return { tables, findings: users.findings }
  },
}
