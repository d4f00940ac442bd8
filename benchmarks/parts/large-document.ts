import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { load as parse } from 'js-yaml'
import { mebibytes, median, middle, pairwise, show } from '../figures.ts'
import { BOTH_CORES, prismOf, rollcallOf, runNode, type Server, startServer } from '../servers.ts'
import { largeYaml, OPERATIONS } from '../synthetic-document.ts'
import type { Finding, Measured, Options, Part, Table } from '../vocabulary.ts'
import { WIDE_OPERATIONS, wideJson } from '../wide-document.ts'

const FIRST_ANSWER = 'rollcall mock and Prism'
const WIDE = 'rollcall mock and Prism, OpenAPI 3.0'
const LIST = 'rollcall verify --list'
const RELOAD = 'rollcall mock --watch'
const main = join(import.meta.dirname, '../../dist/cli/main.js')

/** Seconds from spawning the server to a right answer from the middle of the document, and the memory then. */
async function firstAnswer(server: Server): Promise<{ seconds: number; memory: number | undefined }> {
  const began = performance.now()
  const started = await startServer(server)
  try {
    const response = await fetch(`${started.url}/v1/resource100s`, { headers: { authorization: 'Bearer bench' } })
    const body = (await response.json()) as { data?: unknown[] }
    if (response.status !== 200 || body.data?.length !== 1) {
      throw new Error(`${server.name} answers ${response.status} with ${JSON.stringify(body)}`)
    }
    return { seconds: (performance.now() - began) / 1000, memory: started.memory() }
  } finally {
    await started.stop()
  }
}

async function measureFirstAnswers(
  file: string,
  { rounds, tell }: Pick<Options, 'rounds' | 'tell'>,
): Promise<{ table: Table; ours: number[]; ofPrism: number[] }> {
  const servers = [rollcallOf(file), prismOf(file)]
  const taken = servers.map((): Awaited<ReturnType<typeof firstAnswer>>[] => [])
  for (let round = 1; round <= rounds; round++) {
    for (const [index, server] of servers.entries()) taken[index]?.push(await firstAnswer(server))
    tell(`large document: first answer, round ${round} of ${rounds}`)
  }
  const seconds = taken.map((answers) => answers.map((answer) => answer.seconds))
  const rows = servers.map(({ name }, index) => [
    name,
    show(median(seconds[index] as number[]), ' s', 2),
    mebibytes(middle(taken[index]?.map(({ memory }) => memory) ?? [])),
  ])
  const [ours, theirs] = seconds as [number[], number[]]
  return {
    table: { head: ['server', 'to the first right answer', 'RSS'], rows },
    ours,
    ofPrism: pairwise(ours, theirs),
  }
}

async function measureList(file: string, { rounds, tell }: Options): Promise<Measured> {
  const times: number[] = []
  const peaks: number[] = []
  let cases = 0
  for (let round = 1; round <= Math.min(rounds, 3); round++) {
    const began = performance.now()
    const { stdout, peakMemory } = await runNode([main, 'verify', file, '--list'], BOTH_CORES)
    times.push((performance.now() - began) / 1000)
    if (peakMemory) peaks.push(peakMemory / 1e9)
    cases = Number(/^(\d+) cases$/m.exec(stdout)?.[1])
    if (!(cases > OPERATIONS)) throw new Error(`verify --list lists ${cases} cases of ${OPERATIONS} operations`)
    tell(`large document: verify --list, round ${round}`)
  }
  const findings: Finding[] = [{ target: 'large-list-time', subject: `${show(cases)} cases`, rounds: times }]
  if (peaks.length > 0) {
    findings.push({ target: 'large-list-memory', subject: `${show(cases)} cases`, rounds: peaks })
  }
  const rows = [[show(cases), show(median(times), ' s', 1), show(middle(peaks), ' GB', 2)]]
  return { tables: [{ head: ['cases listed', 'in', 'peak memory'], rows }], findings }
}

/**
 * Milliseconds from the writing of one operation's example to the first reply that shows it, less what parsing the text takes
 * in this process, which has parsed it as often.
 */
async function measureReload(file: string, { rounds, tell }: Options): Promise<Measured> {
  const text = readFileSync(file, 'utf8')
  const started = await startServer(rollcallOf(file, '--watch'))
  const times: number[] = []
  const parsing: number[] = []
  const name = async () => {
    const response = await fetch(`${started.url}/v1/resource100s`, { headers: { authorization: 'Bearer bench' } })
    return ((await response.json()) as { data: { name: string }[] }).data[0]?.name
  }
  try {
    await name()
    // The first rounds find code that was not compiled yet.
    for (let round = -1; round <= rounds; round++) {
      const edited = text.replace('name: Example 100\n', `name: Example 100 edited ${round + 2}\n`)
      const parsed = performance.now()
      parse(edited)
      const took = performance.now() - parsed
      writeFileSync(file, edited)
      const began = performance.now()
      while ((await name()) !== `Example 100 edited ${round + 2}`) await wait(5)
      if (round < 1) continue
      times.push(performance.now() - began - took)
      parsing.push(took)
      tell(`large document: reload, round ${round} of ${rounds}`)
    }
  } finally {
    await started.stop()
  }
  const rows = [[show(median(parsing), ' ms', 0), show(median(times), ' ms', 0)]]
  const head = ['parsing the text', 'from the edit of one operation to the reply, beyond that']
  return {
    tables: [{ head, rows }],
    findings: [{ target: 'large-reload', subject: `${show(OPERATIONS)} operations`, rounds: times }],
  }
}

export const largeDocument: Part = {
  name: 'large-document',
  title: 'Large documents',
  method: `A synthetic document (\`synthetic-document.ts\`) of ${show(OPERATIONS)} operations: from the spawning of the process to the first right
answer, \`rollcall verify --list\`, which derives every case and has both cores, and with \`--watch\` from the edit of one
operation's example to the reply that shows it, beyond the parsing of the text. And one of OpenAPI 3.0 as large as the
largest that vendors publish (\`wide-document.ts\`): ${show(WIDE_OPERATIONS)} operations whose records have 40 members and
refer to others, 12 MB of JSON.`,
  subjects: [FIRST_ANSWER, WIDE, LIST, RELOAD],
  async measure(options): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
    const file = join(folder, 'large.yaml')
    try {
      const text = largeYaml()
      writeFileSync(file, text)
      const tables: Table[] = []
      const findings: Finding[] = []
      if (options.wants(FIRST_ANSWER)) {
        const { table, ours } = await measureFirstAnswers(file, options)
        tables.push(table)
        const subject = `${show(text.length / 1e6, ' MB', 1)} of YAML`
        findings.push({ target: 'large-first-answer', subject, rounds: ours })
      }
      if (options.wants(WIDE)) {
        const wide = join(folder, 'wide.json')
        const json = wideJson()
        writeFileSync(wide, json)
        const { table, ofPrism } = await measureFirstAnswers(wide, { ...options, rounds: Math.min(options.rounds, 3) })
        tables.push(table)
        const subject = `${show(json.length / 1e6, ' MB', 1)} of JSON`
        findings.push({ target: 'wide-first-answer', subject, rounds: ofPrism })
      }
      if (options.wants(LIST)) {
        const listed = await measureList(file, options)
        tables.push(...listed.tables)
        findings.push(...listed.findings)
      }
      if (options.wants(RELOAD)) {
        const reloaded = await measureReload(file, options)
        tables.push(...reloaded.tables)
        findings.push(...reloaded.findings)
      }
      return { tables, findings }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
