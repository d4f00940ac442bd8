import { format } from 'node:util'
import { runCommand } from './run-command.ts'
import type { Outcome, Surroundings } from './spawn-rollcall.ts'

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a command line to its end as `run` does, but in the process of the test, which is a tenth of the work. For tests:
 * folder, environment and streams are the process's own, so one runs after the other.
 */
export function runHere(args: readonly string[], surroundings: Omit<Surroundings, 'command'> = {}): Promise<Outcome> {
  const outcome = last.then(() => runAlone(args, surroundings))
  last = outcome.catch(() => {})
  return outcome
}

async function runAlone(
  args: readonly string[],
  { cwd = process.cwd(), env = process.env }: Surroundings,
): Promise<Outcome> {
  const before = { cwd: process.cwd(), env: process.env, log: console.log }
  const said = { stdout: '', stderr: '' }
  const writes = (['stdout', 'stderr'] as const).map((name) => {
    const { write } = process[name]
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      for (const one of rest) if (typeof one === 'function') queueMicrotask(() => one())
      return true
    }
    return { name, write }
  })
  console.log = (...told: unknown[]) => void process.stdout.write(`${format(...told)}\n`)
  try {
    process.chdir(cwd)
    process.env = env
    const code = await runCommand(args)
    return { code, signal: null, ...said }
  } finally {
    process.chdir(before.cwd)
    process.env = before.env
    console.log = before.log
    for (const { name, write } of writes) process[name].write = write
  }
}
