import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** How a process ended, and all that it printed. For tests. */
export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** What a process is started with; what is left out is inherited from the test. */
export interface Surroundings {
  /** Default: this checkout's command line: in tests as `scripts/bundle-command.ts` built it, else from its sources. */
  readonly command?: readonly [string, ...string[]]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** The file of this checkout's command line. */
export const MAIN = process.env['ROLLCALL_TEST_COMMAND'] ?? join(import.meta.dirname, 'main.ts')
const OWN = [process.execPath, MAIN] as const

/** Runs a command to its end. */
export function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  return launch(args, surroundings).outcome
}

/** A server in a process of its own; disposing of it kills it (SIGKILL). */
export interface Running extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** Waits for what it has yet to print. Fails when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Its reader goes away, as `head -1` does. */
  stopReading(): void
  stop(signal?: NodeJS.Signals): Promise<Outcome>
}

/** Starts `rollcall mock`, or another command that serves, on a free port, and waits for its address. */
export const start = (args: readonly string[], surroundings: Surroundings = {}, command = 'mock'): Promise<Running> =>
  startServer([command, '--port', '0', ...args], surroundings)

/** Starts any command that serves, and waits for the address that it prints. */
export async function startServer(
  args: readonly string[],
  surroundings: Surroundings,
  address = /(http:\/\/\S+:\d+)\n/,
): Promise<Running> {
  const { child, outcome, heard } = launch(args, surroundings)
  const printed = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(heard.stdout)
      if (found) return found
      const ended = await Promise.race([heard.more(), outcome])
      if (ended) throw new Error(`it ended with ${ended.code} before it printed ${pattern}: ${ended.stderr}`)
    }
  }
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return outcome
  }
  const [, url = ''] = await printed(address)
  return {
    url,
    pid: child.pid as number,
    stdout: () => heard.stdout,
    stderr: () => heard.stderr,
    printed,
    stopReading: () => child.stdout?.destroy(),
    stop,
    [Symbol.asyncDispose]: () => stop('SIGKILL').then(() => undefined),
  }
}

interface Heard {
  stdout: string
  stderr: string
  more: () => Promise<void>
}

function launch(args: readonly string[], { command = OWN, cwd, env }: Surroundings) {
  const [file, ...first] = command
  const child: ChildProcess = spawn(file, [...first, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let waiting: (() => void)[] = []
  const heard: Heard = {
    stdout: '',
    stderr: '',
    more: () => new Promise((resolve) => waiting.push(resolve)),
  }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      heard[name] += text
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    })
  }
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout: heard.stdout, stderr: heard.stderr }))
  })
  return { child, outcome, heard }
}
