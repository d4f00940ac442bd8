/** Measures servers side by side: laps of the same requests in turn, so that what disturbs one disturbs the other. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Order, Outcome } from './load.ts'
import { isPinned, LOAD_CORE, type Server, type Started, spawnNode, startServer } from './servers.ts'
import { MARKER, type Workload } from './workloads.ts'

export const CONNECTIONS = 10

/** A lap ends, and the state is emptied, after so many rows: every field set, a user takes some kilobytes. */
const ROWS_PER_LAP = 20_000
/** And after so many requests, so that the servers take turns several times a second. */
const REQUESTS_PER_LAP = 5_000
const WARM_UP_LAPS = 3

export const requestsPerLap = ({ rows }: Workload): number => Math.min(REQUESTS_PER_LAP, Math.ceil(ROWS_PER_LAP / rows))

/** What one server did in one round. */
export interface Sample {
  /** Requests per second. */
  readonly rate: number
  /** Server CPU per request, in microseconds. */
  readonly cpu: number | undefined
  /** Resident memory at the end of the last lap, in bytes. */
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

/** One round: fresh processes, warmed up, then laps in turn. Gives a sample for each server, in their order. */
export async function measureRound(
  servers: readonly Server[],
  workload: Workload,
  load: Load,
  { seconds, length }: { seconds: number; length: number },
): Promise<Sample[]> {
  const started = await Promise.all(servers.map(startServer))
  try {
    const requests = requestsPerLap(workload)
    const lap = ({ url, server }: Started) =>
      load.send({ url, resetPath: server.resetPath, workload, connections: CONNECTIONS, requests, length })
    let fastest = Number.POSITIVE_INFINITY
    for (let count = 0; count < WARM_UP_LAPS; count++) {
      for (const one of started) fastest = Math.min(fastest, (await lap(one)).seconds)
    }
    const laps = Math.max(2, Math.round(seconds / fastest))
    const tallies = started.map((one) => ({ one, seconds: 0, cpu: 0, ownCpu: 0, memory: one.memory() }))
    for (let count = 0; count < laps; count++) {
      for (const tally of count % 2 ? tallies.toReversed() : tallies) {
        const before = tally.one.cpuTime() ?? Number.NaN
        const outcome = await lap(tally.one)
        tally.cpu += (tally.one.cpuTime() ?? Number.NaN) - before
        tally.seconds += outcome.seconds
        tally.ownCpu += outcome.ownCpu
        tally.memory = tally.one.memory()
      }
    }
    return tallies.map((tally) => ({
      rate: (laps * requests) / tally.seconds,
      cpu: Number.isNaN(tally.cpu) ? undefined : (tally.cpu / (laps * requests)) * 1e6,
      memory: tally.memory,
      loadShare: tally.ownCpu / tally.seconds,
    }))
  } finally {
    await Promise.all(started.map((one) => one.stop()))
  }
}

/**
 * Holds the servers' answers to one request against each other.
 * @returns how many bytes the body of each answer has
 * @throws Error when one differs in status, length or shape: then the comparison would be of unlike things
 */
export async function compareAnswers(servers: readonly Server[], workload: Workload): Promise<number> {
  const started = await Promise.all(servers.map(startServer))
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
    return first?.length ?? 0
  } finally {
    await Promise.all(started.map((one) => one.stop()))
  }
}

async function answerOf({ url }: Started, { method, path, headers, body }: Workload) {
  let row = 0
  const filled = body.replaceAll(MARKER, () => String(row++).padStart(MARKER.length, '0'))
  const response = await fetch(url + path, { method, headers, body: filled })
  const text = await response.text()
  return { status: response.status, length: Buffer.byteLength(text), shape: shapeOf(JSON.parse(text)), text }
}

/** Members in their order, with each text's length in the text's place. */
function shapeOf(value: unknown): string {
  return JSON.stringify(value, (_name, member) => (typeof member === 'string' ? member.length : member))
}

/** Milliseconds from spawning a server to its first right answer. */
export async function measureColdStart(server: Server, { path, method, headers, body }: Workload, status: number) {
  const began = performance.now()
  const started = await startServer(server)
  try {
    const response = await fetch(started.url + path, { method, headers, body: body.replaceAll(MARKER, '000000001') })
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
