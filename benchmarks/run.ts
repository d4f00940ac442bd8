/** `npm run bench`: the mock beside the floor in one run, as ratios. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  CONNECTIONS,
  compareAnswers,
  measureColdStart,
  measureRound,
  type Sample,
  startLoad,
  stayOffServerCore,
} from './measure.ts'
import {
  type ColdStart,
  type Comparison,
  describeMachine,
  describeMethod,
  describeResults,
  isMissedClearly,
  ratiosOf,
} from './report.ts'
import { BARE_NODE, FLOOR, ROLLCALL } from './servers.ts'
import { WORKLOADS, type Workload } from './workloads.ts'

const HELP = `Usage: npm run bench -- [options]

  --rounds <n>       default 5
  --seconds <n>      how long each server is measured in a round; default 3
  --starts <n>       pairs of cold starts, default 15
  --only <text>      only the workloads whose name has this text; RESULTS.md stays
  --check            exit 1 when a goal is missed by more than the spread; RESULTS.md stays
  --help`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    starts: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

/** On a terminal one line that is written over; in a pipe a line for each thing that is done. */
function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else process.stderr.write(`${text}\n`)
}

async function compare(workload: Workload, rounds: number, seconds: number): Promise<Comparison> {
  const length = await compareAnswers([FLOOR, ROLLCALL], workload)
  using load = startLoad()
  const floor: Sample[] = []
  const mock: Sample[] = []
  for (let round = 1; round <= rounds; round++) {
    const [below, above] = await measureRound([FLOOR, ROLLCALL], workload, load, { seconds, length })
    if (!below || !above) throw new Error('a round must give a sample for each server')
    floor.push(below)
    mock.push(above)
    tell(`${workload.name}: round ${round} of ${rounds}, ${(above.rate / below.rate).toFixed(3)} of the floor`)
  }
  return { workload: workload.name, floor, mock }
}

async function compareColdStarts(pairs: number): Promise<ColdStart> {
  const workload = WORKLOADS[0] as Workload
  const bare: number[] = []
  const mock: number[] = []
  // The first pair brings the files into memory and does not count.
  for (let pair = 0; pair <= pairs; pair++) {
    const times = [await measureColdStart(BARE_NODE, workload, 200), await measureColdStart(ROLLCALL, workload, 201)]
    if (pair === 0) continue
    bare.push(times[0] as number)
    mock.push(times[1] as number)
    tell(`cold start: pair ${pair} of ${pairs}`)
  }
  return { bare, mock }
}

async function main(): Promise<void> {
  if (values.help) return console.log(HELP)
  const [rounds, seconds, starts] = [values.rounds, values.seconds, values.starts].map(Number) as [
    number,
    number,
    number,
  ]
  if (!(rounds >= 1 && seconds > 0 && starts >= 1)) throw new Error(`a number is wrong\n${HELP}`)
  const workloads = WORKLOADS.filter(({ name }) => name.includes(values.only))
  if (workloads.length === 0) throw new Error(`no workload has "${values.only}" in its name`)
  stayOffServerCore()
  console.log(`${describeMachine()}\n`)

  const comparisons: Comparison[] = []
  for (const workload of workloads) comparisons.push(await compare(workload, rounds, seconds))
  const results = { comparisons, coldStart: await compareColdStarts(starts) }
  if (process.stderr.isTTY) tell('')
  console.log(describeResults(results))

  if (values.check) {
    const missed = ratiosOf(results).filter(isMissedClearly)
    for (const { name } of missed) console.log(`\nmissed by more than the spread: ${name}`)
    process.exitCode = missed.length > 0 ? 1 : 0
  } else if (!values.only) {
    const method = describeMethod(rounds, starts, CONNECTIONS)
    const text = `# Results\n\n${method}\n\nMachine: ${describeMachine()}.\n\n${describeResults(results)}\n`
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
  }
}

await main()
