import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A Prism in a process of its own; disposing of it waits for its end. */
export interface RunningPrism extends AsyncDisposable {
  /** Without a base path: Prism's own server knows none. */
  readonly url: string
  /** All that it has printed, without colours. */
  readonly log: () => string
}

const manifest = createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')
const PRISM = join(dirname(manifest), 'dist', 'index.js')

/** Starts the real Prism on a free port, and waits for its address. For tests. */
export function startPrism(...args: string[]): Promise<RunningPrism> {
  const child = spawn(process.execPath, [PRISM, ...args, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let isListening = false
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`Prism ended with ${code}: ${printed}`)))
    const hear = (text: string) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours
      printed += text.replace(/\x1b\[[0-9;]*m/g, '')
      // To look through all of it with each line took most of the time of a long run.
      if (isListening) return
      const [, url] = /Prism is listening on (http:\S+:\d+)/.exec(printed) ?? []
      if (!url) return
      isListening = true
      resolve({
        url,
        log: () => printed,
        async [Symbol.asyncDispose]() {
          child.kill('SIGKILL')
          await ended
        },
      })
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
  })
}
