/** What is measured: servers as child processes pinned to one core, and what the kernel says of them. */
import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ApiName } from './workloads.ts'

export const SERVER_CORE = 0
export const LOAD_CORE = 1
/** For a command that has the machine to itself. */
export const BOTH_CORES = `${SERVER_CORE},${LOAD_CORE}`

export interface Server {
  readonly name: string
  /** Arguments of Node. The program prints its URL on a line of its own, unless it is given a port. */
  readonly args: readonly string[]
  /** A POST there empties its state; left out where it has none. */
  readonly resetPath?: string
  /** It serves the document's paths at `/`. */
  readonly dropsBasePath?: boolean
  /** It cannot tell which port it took: it is given a free one. */
  readonly takesPort?: boolean
}

const inCheckout = (path: string): string => join(import.meta.dirname, '..', path)

export const floorOf = (api: ApiName): Server => ({
  name: 'floor',
  args: [inCheckout('benchmarks/floor-server.ts'), api],
  resetPath: '/__rollcall/reset',
})

const MOCK = [inCheckout('dist/cli/main.js'), 'mock']

export const ROLLCALL: Server = {
  name: 'rollcall mock',
  args: [...MOCK, '--quiet', '--port', '0'],
  resetPath: '/__rollcall/reset',
}

export const rollcallOf = (subject: string, ...options: readonly string[]): Server => ({
  ...ROLLCALL,
  args: [...MOCK, subject, '--quiet', '--port', '0', ...options],
})

const prismManifest = createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')

export const prismOf = (file: string): Server => ({
  name: 'Prism -v silent',
  args: [join(dirname(prismManifest), 'dist/index.js'), 'mock', '-v', 'silent', file],
  dropsBasePath: true,
  takesPort: true,
})

/** The peers, on a document whose examples are the mock's replies. */
export const peersOf = (file: string): Server[] => [
  prismOf(file),
  { name: 'openapi-backend', args: [inCheckout('benchmarks/peer-server.ts'), 'openapi-backend', file] },
  { name: 'Scalar', args: [inCheckout('benchmarks/peer-server.ts'), 'scalar', file], dropsBasePath: true },
]

const BARE =
  "const s=require('node:http').createServer((q,r)=>r.end('ok')).listen(0,'127.0.0.1',()=>console.log('http://127.0.0.1:'+s.address().port))"

/** The least that a server in Node can take to start. */
export const BARE_NODE: Server = { name: 'bare node', args: ['-e', BARE] }

/** The base paths of the documents' servers, where they have one. */
const BASE_PATHS: Readonly<Partial<Record<ApiName, string>>> = { dynamic: '/api/v0' }

export const pathFor = ({ dropsBasePath }: Server, { api, path }: { api?: ApiName; path: string }): string =>
  dropsBasePath && api ? path.slice((BASE_PATHS[api] ?? '').length) : path

/** Whether processes can be held to a core each. */
export const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

const running = new Set<ChildProcess>()

export function spawnNode(cores: number | string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', ...args]
  if (isPinned) command.unshift('taskset', '-c', String(cores))
  const child = spawn(command[0] as string, command.slice(1), { stdio })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/** Ends what was started, however this process ends but by SIGKILL. */
export function endWithUs(): void {
  process.once('exit', () => {
    for (const child of running) child.kill()
  })
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(code))
  }
}

export interface Started {
  readonly server: Server
  readonly url: string
  /** CPU time of all its threads so far, in seconds; undefined where the system does not tell. */
  cpuTime(): number | undefined
  /** Resident memory in bytes. */
  memory(): number | undefined
  /** The most that it ever was. */
  peakMemory(): number | undefined
  stop(): Promise<void>
}

export async function startServer(server: Server, options: readonly string[] = []): Promise<Started> {
  const port = server.takesPort ? await takePort() : undefined
  const given = port === undefined ? [] : ['--port', String(port)]
  const child = spawnNode(SERVER_CORE, [...options, ...server.args, ...given], ['ignore', 'pipe', 'inherit'])
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`${server.name} ended with ${code} before it listened`)))
  })
  failed.catch(() => undefined)
  const url = await Promise.race([failed, port === undefined ? printedUrl(child) : untilListening(port)])
  return {
    server,
    url,
    cpuTime: () => readCpuTime(child.pid as number),
    memory: () => readMemory(child.pid as number, 'VmRSS'),
    peakMemory: () => readMemory(child.pid as number, 'VmHWM'),
    stop() {
      child.kill('SIGTERM')
      return gone
    },
  }
}

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const [url] = /^http:\S+(?=\n)/m.exec(text) ?? []
      if (url !== undefined) resolve(url)
    })
  })
}

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function untilListening(port: number): Promise<string> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isUp) return `http://127.0.0.1:${port}`
    await wait(5)
  }
}

/** From schedstat in nanoseconds, because /proc/<pid>/stat counts in hundredths of a second. */
function readCpuTime(pid: number): number | undefined {
  try {
    const tasks = `/proc/${pid}/task`
    const times = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ', 1)[0])
    return times.reduce((sum, time) => sum + Number(time), 0) / 1e9
  } catch {
    return undefined
  }
}

export function readMemory(pid: number, field: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    return (
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
    )
  } catch {
    return undefined
  }
}

/**
 * Runs a script to its end, on the servers' core unless another is given.
 * @throws Error when it fails
 */
export async function runNode(
  args: readonly string[],
  cores: number | string = SERVER_CORE,
): Promise<{ stdout: string; peakMemory: number | undefined }> {
  const child = spawnNode(cores, args, ['ignore', 'pipe', 'inherit'])
  let stdout = ''
  let peakMemory: number | undefined
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  const watch = setInterval(() => {
    peakMemory = readMemory(child.pid as number, 'VmHWM') ?? peakMemory
  }, 50)
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout.slice(-2000)}`)
  return { stdout, peakMemory }
}
