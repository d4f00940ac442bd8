import { fork } from 'node:child_process'
import { join } from 'node:path'

/** What a script of this room tells the process that started it: how far it is, now and then, and what came of it at the end. */
export type Told<Result> = { readonly done: number; readonly of: number } | { readonly result: Result }

/** How long a script may take, and what it is given. */
export interface Apart {
  /** A file of this room. */
  readonly script: string
  readonly args: readonly string[]
  /** Seconds. */
  readonly timeout: number
  /** Of its heap, in megabytes. */
  readonly memory: number
  tellProgress?(done: number, of: number): void
}

const running = new Set<() => void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const end of running) end()
    process.exit(1)
  })
}

/** Runs a script in a process of its own: whatever a document does there, it ends only that. @returns why nothing came of it */
export function runApart<Result>({ script, args, timeout, memory, tellProgress }: Apart): Promise<Result | Error> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, script), args, {
      execArgv: [`--max-old-space-size=${memory}`],
      // A group of its own: what it starts ends with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let came: Result | Error = new Error('it ended early')
    const end = (): void => {
      try {
        process.kill(-(child.pid as number), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    const timer = setTimeout(() => {
      came = new Error(`not done within ${timeout} s`)
      end()
    }, timeout * 1000)
    running.add(end)
    child.on('message', (told: Told<Result>) => {
      if ('result' in told) came = told.result
      else tellProgress?.(told.done, told.of)
    })
    child.once('close', () => {
      clearTimeout(timer)
      end()
      running.delete(end)
      resolve(came)
    })
  })
}
