/** What is measured: servers as child processes pinned to one core, and what the kernel says of them. */
import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

export const SERVER_CORE = 0
export const LOAD_CORE = 1

export interface Server {
  readonly name: string
  /** Arguments of Node. The first line that the program prints is its URL. */
  readonly args: readonly string[]
  /** A POST there empties its state. */
  readonly resetPath: string
}

const inCheckout = (path: string): string => join(import.meta.dirname, '..', path)

export const FLOOR: Server = {
  name: 'floor',
  args: [inCheckout('benchmarks/floor-server.ts')],
  resetPath: '/__rollcall/reset',
}

export const ROLLCALL: Server = {
  name: 'rollcall mock',
  args: [inCheckout('dist/cli/main.js'), 'mock', '--quiet', '--port', '0'],
  resetPath: '/__rollcall/reset',
}

const BARE =
  "const s=require('node:http').createServer((q,r)=>r.end('ok')).listen(0,'127.0.0.1',()=>console.log('http://127.0.0.1:'+s.address().port))"

/** The least that a server in Node can take to start. */
export const BARE_NODE: Server = { name: 'bare node', args: ['-e', BARE], resetPath: '/' }

/** Whether processes can be held to a core each. */
export const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

export function spawnNode(core: number, args: readonly string[], stdio: StdioOptions): ChildProcess {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', ...args]
  if (isPinned) command.unshift('taskset', '-c', String(core))
  return spawn(command[0] as string, command.slice(1), { stdio })
}

export interface Started {
  readonly server: Server
  readonly url: string
  /** CPU time of all its threads so far, in seconds; undefined where the system does not tell. */
  cpuTime(): number | undefined
  /** Resident memory in bytes. */
  memory(): number | undefined
  stop(): Promise<void>
}

export async function startServer(server: Server): Promise<Started> {
  const child = spawnNode(SERVER_CORE, server.args, ['ignore', 'pipe', 'inherit'])
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`${server.name} ended with ${code} before it printed its address`)))
  })
  return {
    server,
    url,
    cpuTime: () => readCpuTime(child.pid as number),
    memory: () => readMemory(child.pid as number),
    stop() {
      child.kill('SIGTERM')
      return gone
    },
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

function readMemory(pid: number): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  } catch {
    return undefined
  }
}
