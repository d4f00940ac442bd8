/** Measures servers side by side: laps of the same requests in turn, so that what disturbs one disturbs the other. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Order, Outcome } from './load.ts'
import { isPinned, LOAD_CORE, pathFor, type Server, type Started, spawnNode, startServer } from './servers.ts'
import { type Call, numberRows, type Repeated, withFirstId } from './workloads.ts'

export const CONNECTIONS = 10

/** A lap ends, and the state is emptied, after so many rows: every field set, a user takes some kilobytes. */
const ROWS_PER_LAP = 4_000
/** And after so many requests, so that the servers take turns several times a second. */
const REQUESTS_PER_LAP = 2_000
export const WARM_UP_LAPS = 12
/** Peers are many times slower, and need no fine figure: their laps take this part of the floor's time. */
const PEER_SHARE = 0.5

export const requestsPerLap = ({ rows }: Repeated): number => Math.min(REQUESTS_PER_LAP, Math.ceil(ROWS_PER_LAP / rows))

/** What one server did in one round. */
export interface Sample {
  /** Requests per second. */
  readonly rate: number
  /** Server CPU per request, in microseconds. */
  readonly cpu: number | undefined
  /** Resident memory at the end of the round, in bytes. */
  readonly memory: number | undefined
  /** The share of its core that the load generator used. */
  readonly loadShare: number
}

export interface Load extends Disposable {
  send(order: Order): Promise<Outcome>
}

export function startLoad(): Load {
  const child = spawnNode(LOAD_CORE, [join(import.meta.dirname, 'load.ts')], ['ignore', 'inherit', 'inherit', 'ipc'])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the load generator ended with ${code}`)
  })
  ended.catch(() => undefined)
  return {
    async send(order) {
      child.send(order)
      const [outcome] = await Promise.race([once(child, 'message'), ended])
      return outcome as Outcome
    },
    [Symbol.dispose]: () => void child.kill(),
  }
}

export const orderOf = ({ url, server }: Started, workload: Repeated, requests: number, length: number): Order => ({
  url,
  ...(server.resetPath !== undefined && { resetPath: server.resetPath }),
  workload,
  path: pathFor(server, workload),
  connections: CONNECTIONS,
  requests,
  length,
})

/** Servers that run beside each other, warmed up. */
export interface Contest extends AsyncDisposable {
  readonly started: readonly Started[]
  /**
   * One round: laps in turn for so many seconds of the fastest. Gives a sample for each server, in their order. Those that
   * keep state do as many requests in a lap, others as many as take half as long.
   */
  measureRound(seconds: number): Promise<Sample[]>
}

/**
 * Starts the servers, and warms each up until what is compiled at run time is compiled: after four laps the floor is as
 * fast as it gets, and the mock, which is more code, takes up to twelve.
 */
export async function startContest(
  servers: readonly Server[],
  workload: Repeated,
  load: Load,
  length: number,
): Promise<Contest> {
  const started = await Promise.all(servers.map((server) => startServer(server)))
  const stop = async () => void (await Promise.all(started.map((one) => one.stop())))
  const requests = requestsPerLap(workload)
  const lap = (one: Started, count: number) => load.send(orderOf(one, workload, count, length))
  const runners = started.map((one) => ({ one, count: requests }))
  let fastest = Number.POSITIVE_INFINITY
  try {
    for (let count = 0; count < WARM_UP_LAPS; count++) {
      for (const runner of runners) {
        if (runner.one.server.resetPath !== undefined) {
          fastest = Math.min(fastest, (await lap(runner.one, requests)).seconds)
          continue
        }
        const share = count === 0 ? CONNECTIONS : runner.count
        const took = (await lap(runner.one, share)).seconds
        runner.count = Math.max(CONNECTIONS, Math.round((share * fastest * PEER_SHARE) / took))
      }
    }
  } catch (error) {
    await stop()
    throw error
  }

  return {
    started,
    async measureRound(seconds) {
      const tallies = runners.map(({ one, count }) => ({ one, count, seconds: 0, cpu: 0, ownCpu: 0, requests: 0 }))
      const laps = Math.max(2, Math.round(seconds / fastest))
      for (let count = 0; count < laps; count++) {
        for (const tally of count % 2 ? tallies.toReversed() : tallies) {
          const before = tally.one.cpuTime() ?? Number.NaN
          const outcome = await lap(tally.one, tally.count)
          tally.cpu += (tally.one.cpuTime() ?? Number.NaN) - before
          tally.seconds += outcome.seconds
          tally.ownCpu += outcome.ownCpu
          tally.requests += tally.count
        }
      }
      return tallies.map((tally) => ({
        rate: tally.requests / tally.seconds,
        cpu: Number.isNaN(tally.cpu) ? undefined : (tally.cpu / tally.requests) * 1e6,
        memory: tally.one.memory(),
        loadShare: tally.ownCpu / tally.seconds,
      }))
    },
    [Symbol.asyncDispose]: stop,
  }
}

/**
 * Holds a contest of so many rounds, each of so many seconds.
 * @param length of each answer, in bytes
 * @param onRound is told of each round, from 1, with a sample for each server, in their order
 * @returns the samples of each server, by its name
 */
export async function holdContest(
  servers: readonly Server[],
  workload: Repeated,
  { rounds, seconds, length }: { readonly rounds: number; readonly seconds: number; readonly length: number },
  onRound: (round: number, taken: readonly Sample[]) => void,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(servers.map(({ name }) => [name, []]))
  using load = startLoad()
  await using contest = await startContest(servers, workload, load, length)
  for (let round = 1; round <= rounds; round++) {
    const taken = await contest.measureRound(seconds)
    for (const [index, { name }] of servers.entries()) samples.get(name)?.push(taken[index] as Sample)
    onRound(round, taken)
  }
  return samples
}

export interface Answer {
  /** Bytes of the body. */
  readonly length: number
  readonly text: string
}

/**
 * Holds the servers' answers to one request against each other.
 * @returns the answer of the first
 * @throws Error when one differs in status, length or shape: then the comparison would be of unlike things
 */
export async function compareAnswers(servers: readonly Server[], workload: Repeated): Promise<Answer> {
  const started = await Promise.all(servers.map((server) => startServer(server)))
  try {
    const answers = await Promise.all(started.map((one) => answerOf(one, workload)))
    const [first] = answers
    for (const [index, answer] of answers.entries()) {
      const same = answer.status === workload.status && answer.length === first?.length && answer.shape === first.shape
      if (!same) {
        const told = [first, answer].map((one) => `${one?.status}, ${one?.length} bytes: ${one?.text.slice(0, 4000)}`)
        throw new Error(`${workload.name}: ${servers[index]?.name} answers otherwise\n${told.join('\n')}`)
      }
    }
    return first as Answer
  } finally {
    await Promise.all(started.map((one) => one.stop()))
  }
}

async function answerOf({ url, server }: Started, workload: Repeated) {
  const headers = { 'content-type': 'application/json', ...workload.headers }
  const send = ({ method, body, rows }: Call, path: string) =>
    fetch(url + path, { method, headers, body: body === '' ? null : numberRows(body, rows) })
  const { prepare } = workload
  const prepared = prepare && server.resetPath !== undefined ? await (await send(prepare, prepare.path)).text() : ''
  const response = await send(workload, withFirstId(pathFor(server, workload), prepared))
  const text = await response.text()
  return { status: response.status, length: Buffer.byteLength(text), shape: shapeOf(text), text }
}

/** Members in any order, with each text's and number's length in its place. */
function shapeOf(text: string): string {
  const measure = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(measure)
    if (typeof value === 'string' || typeof value === 'number') return String(value).length
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, member]) => [name, measure(member)] as const)
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return JSON.stringify(measure(JSON.parse(text)))
}

/** Milliseconds from spawning a server to its first right answer. */
export async function measureColdStart(server: Server, workload: Repeated, status = workload.status): Promise<number> {
  const { method, headers, body, rows } = workload
  const began = performance.now()
  const started = await startServer(server)
  try {
    const response = await fetch(started.url + pathFor(server, workload), {
      method,
      headers,
      body: numberRows(body, rows),
    })
    await response.text()
    const elapsed = performance.now() - began
    if (response.status !== status) throw new Error(`${server.name} answers ${response.status} instead of ${status}`)
    return elapsed
  } finally {
    await started.stop()
  }
}

/** This process measures and waits: it stays off the servers' core. */
export function stayOffServerCore(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', String(LOAD_CORE), String(process.pid)])
}
