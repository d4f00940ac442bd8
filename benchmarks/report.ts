/** Figures into tables: for people at a terminal, and for RESULTS.md. */
import { cpus } from 'node:os'
import type { Sample } from './measure.ts'
import { isPinned, LOAD_CORE, SERVER_CORE } from './servers.ts'

/** A ratio in each round, and what it should be. */
export interface Ratio {
  readonly name: string
  readonly rounds: readonly number[]
  /** What is held to the goal. */
  readonly value: number
  readonly goal: number
  /** Whether a larger ratio is the better one. */
  readonly wantsMore: boolean
}

export interface Comparison {
  readonly workload: string
  readonly floor: readonly Sample[]
  readonly mock: readonly Sample[]
}

export interface ColdStart {
  /** Milliseconds, pair by pair. */
  readonly bare: readonly number[]
  readonly mock: readonly number[]
}

export interface Results {
  readonly comparisons: readonly Comparison[]
  readonly coldStart: ColdStart
}

export const THROUGHPUT_GOAL = 0.85
export const COLD_START_GOAL = 2.2

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Half the way from the smallest to the largest. */
const spreadOf = (values: readonly number[]): number => (Math.max(...values) - Math.min(...values)) / 2

export function ratiosOf({ comparisons, coldStart }: Results): Ratio[] {
  const throughput = comparisons.map(({ workload, floor, mock }) => {
    const rounds = mock.map(({ rate }, round) => rate / (floor[round] as Sample).rate)
    return { name: workload, rounds, value: median(rounds), goal: THROUGHPUT_GOAL, wantsMore: true }
  })
  const start = coldStart.mock.map((time, pair) => time / (coldStart.bare[pair] as number))
  return [
    ...throughput,
    {
      name: 'cold start',
      rounds: start,
      value: median(coldStart.mock) / median(coldStart.bare),
      goal: COLD_START_GOAL,
      wantsMore: false,
    },
  ]
}

const distance = ({ value, goal, wantsMore }: Ratio): number => (wantsMore ? 1 : -1) * (value - goal)

export const isMet = (ratio: Ratio): boolean => distance(ratio) >= 0

/** Whether the goal is missed by more than the rounds differ among themselves. */
export const isMissedClearly = (ratio: Ratio): boolean => distance(ratio) < -spreadOf(ratio.rounds)

export function describeResults(results: Results): string {
  const ratios = ratiosOf(results)
  return [
    renderTable(
      ['workload', 'server', 'req/s', 'CPU per request', 'RSS', 'load generator', 'of the floor (min..max)'],
      results.comparisons.flatMap((comparison, index) => [
        serverRow(comparison.workload, 'floor', comparison.floor, ''),
        serverRow('', 'rollcall mock', comparison.mock, showRatio(ratios[index] as Ratio)),
      ]),
    ),
    renderTable(
      ['cold start', 'to the first right answer (min..max)', 'of bare node (min..max)'],
      [
        ['bare node', showTimes(results.coldStart.bare), ''],
        ['rollcall mock, three APIs', showTimes(results.coldStart.mock), showRatio(ratios.at(-1) as Ratio)],
      ],
    ),
    renderTable(['goal', 'wanted', 'median', 'verdict'], ratios.map(verdictRow)),
  ].join('\n\n')
}

function serverRow(workload: string, name: string, samples: readonly Sample[], ratio: string): string[] {
  const middle = (read: (sample: Sample) => number | undefined): number | undefined => {
    const values = samples.map(read).filter((value) => value !== undefined)
    return values.length > 0 ? median(values) : undefined
  }
  return [
    workload,
    name,
    show(middle(({ rate }) => rate)),
    show(
      middle(({ cpu }) => cpu),
      ' µs',
    ),
    show(
      middle(({ memory }) => memory && memory / 2 ** 20),
      ' MiB',
    ),
    show(
      middle(({ loadShare }) => loadShare * 100),
      ' %',
    ),
    ratio,
  ]
}

const show = (value: number | undefined, unit = ''): string =>
  value === undefined ? '-' : `${Math.round(value).toLocaleString('en')}${unit}`

const showRatio = ({ rounds, value }: Ratio): string =>
  `${value.toFixed(2)} (${Math.min(...rounds).toFixed(2)}..${Math.max(...rounds).toFixed(2)})`

const showTimes = (times: readonly number[]): string =>
  `${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)}..${Math.max(...times).toFixed(0)})`

function verdictRow(ratio: Ratio): string[] {
  const unmet = isMissedClearly(ratio) ? 'missed' : 'missed by less than the spread'
  return [
    ratio.name,
    `${ratio.wantsMore ? 'at least' : 'at most'} ${ratio.goal}`,
    ratio.value.toFixed(2),
    isMet(ratio) ? 'met' : unmet,
  ]
}

/** A Markdown table, padded so that it reads as a table without rendering too. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

export function describeMachine(): string {
  const processors = cpus()
  const pinning = isPinned
    ? `servers held to core ${SERVER_CORE}, the load generator to core ${LOAD_CORE}`
    : 'taskset is missing, so servers and load generator share the cores'
  return `${processors.length} cores, ${processors[0]?.model.trim()}; Node ${process.versions.node}; ${pinning}`
}

export function describeMethod(rounds: number, starts: number, connections: number): string {
  return `Written by \`npm run bench\`. The floor is a bare \`node:http\` server that reads, parses, validates with the same generated
validator, keeps users in a Map and answers a body of the same length and shape; every reply of both servers is checked
for status and length. ${rounds} rounds, each with fresh processes that are warmed up first; within a round the servers take
turns at laps of some thousand rows over ${connections} keep-alive connections, each lap on an empty state. Every field of a row is set, every
key is unique. A ratio is that of one round; shown are the median and the range. CPU is that of all the server's threads.
Cold start: from the spawning of the process to the first right answer, ${starts} alternating pairs; the ratio of the medians.`
}
